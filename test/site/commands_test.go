package site

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"myclothes/internal/money"
	"myclothes/test/shoptest"
)

// command is one word of the scripts. not is true where the script wrote "!" before it; a command that changes something refuses that.
type command = func(ts *testscript.TestScript, not bool, args []string)

// commands are all words of the scripts besides those of testscript itself.
var commands = map[string]command{
	"GET":    send("GET"),    // GET path-or-address
	"HEAD":   send("HEAD"),   // HEAD path-or-address
	"DELETE": send("DELETE"), // DELETE path-or-address
	"PUT":    send("PUT"),    // PUT path-or-address
	"POST":   act(post),      // POST path [name=value…]: an ordinary form
	"JSON":   act(sendJSON),  // JSON method path body-or-file: $NAMES in the file are replaced
	"RAW":    act(sendRaw),   // RAW method path content-type body-or-file
	"LARGE":  act(sendLarge), // LARGE method path content-type bytes
	"with":   act(with),      // with Header value: on the next request only
	"as":     act(as),        // as somebody: goes on with other cookies and another page; '' is who began
	"follow": act(follow),    // follows the latest answer's redirect by GET
	"submit": act(submit),    // submit action [name=value…]: sends the form of the latest page that leads there, as it is but for these fields
	"pay":    act(pay),       // pay result [address]: decides on the simulator's page, by default the one that the latest redirect leads to
	"await":  act(await),     // await field …, await body …: repeats the latest GET until it is so
	"keep":   act(keep),      // keep NAME field path | keep NAME body regexp-with-a-group | keep NAME location
	"price":  act(price),     // price sku won: the merchant changes a price
	"run":    run,            // run command […]: the shop's program, with its database; its output is then the latest answer. ! run: it must fail
	"open":   act(open),      // open [flags]: a shop of its own, which the script visits from now on
	"reopen": act(reopen),    // reopen [flags]: closes it and opens it again, with these flags this time
	"term":   act(term),      // sends SIGTERM to it
	"ended":  act(ended),     // waits for it to end with exit code 0

	"status":   check(status),   // status code
	"body":     check(body),     // body regexp
	"text":     check(text),     // text words: the page holds exactly these characters, as shown, not as markup
	"header":   check(header),   // header name [regexp]
	"field":    check(field),    // field path [== | != | < | > | ~ value]: of JSON; a path is lines.0.sku or variants[sku=X].price
	"location": check(location), // location regexp
}

func of(ts *testscript.TestScript) *visit { return ts.Value(visitKey{}).(*visit) }

// act makes a command of what changes something.
func act(f func(ts *testscript.TestScript, v *visit, args []string) error) command {
	return func(ts *testscript.TestScript, not bool, args []string) {
		v := of(ts)
		if not {
			ts.Fatalf("! makes no sense here")
		}
		v.vars = ts.Setenv
		if err := f(ts, v, args); err != nil {
			ts.Fatalf("%v\n%s", err, v.answer())
		}
	}
}

// check makes a command of a question about the latest answer.
func check(f func(v *visit, args []string) error) command {
	return func(ts *testscript.TestScript, not bool, args []string) {
		v := of(ts)
		err := f(v, args)
		switch {
		case not && err == nil:
			ts.Fatalf("it is so, and must not be\n%s", v.answer())
		case !not && err != nil:
			ts.Fatalf("%v\n%s", err, v.answer())
		}
	}
}

// run runs the shop's program in the script's folder. The $NAMES in CSV and JSON files that it is given are replaced first.
func run(ts *testscript.TestScript, not bool, args []string) {
	v := of(ts)
	for _, a := range args {
		if name := ts.MkAbs(a); strings.HasSuffix(a, ".csv") || strings.HasSuffix(a, ".json") {
			if text, err := os.ReadFile(name); err == nil {
				ts.Check(os.WriteFile(name, []byte(os.Expand(string(text), ts.Getenv)), 0o600))
			}
		}
	}
	if err := photo(ts.MkAbs("photo.jpg")); err != nil {
		ts.Fatalf("%v", err)
	}
	out, err := v.shop.Run(v.t, ts.MkAbs("."), args...)
	v.resp, v.body = &http.Response{Header: http.Header{}}, []byte(out)
	if (err != nil) != not {
		ts.Fatalf("%v: %s", err, out)
	}
}

// photo makes the photograph that the scripts' files name.
func photo(name string) error {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 500, 625)), nil); err != nil {
		return err
	}
	return os.WriteFile(name, b.Bytes(), 0o600)
}

func want(args []string, least, most int) error {
	if len(args) < least || len(args) > most {
		return fmt.Errorf("takes %d to %d words, got %q", least, most, args)
	}
	return nil
}

func send(method string) command {
	return act(func(_ *testscript.TestScript, v *visit, args []string) error {
		if err := want(args, 1, 1); err != nil {
			return err
		}
		ask := func() error { return v.send(method, args[0], "", nil) }
		if method == http.MethodGet {
			v.again = ask
		}
		return ask()
	})
}

func post(_ *testscript.TestScript, v *visit, args []string) error {
	if err := want(args, 1, 100); err != nil {
		return err
	}
	form, err := values(args[1:])
	if err != nil {
		return err
	}
	return v.send("POST", args[0], "application/x-www-form-urlencoded", []byte(form.Encode()))
}

func sendJSON(ts *testscript.TestScript, v *visit, args []string) error {
	if err := want(args, 3, 3); err != nil {
		return err
	}
	return v.send(args[0], args[1], "application/json", content(ts, args[2]))
}

func sendRaw(ts *testscript.TestScript, v *visit, args []string) error {
	if err := want(args, 4, 4); err != nil {
		return err
	}
	return v.send(args[0], args[1], args[2], content(ts, args[3]))
}

// content is the file of that name in the script, with its $NAMES replaced, or the word itself.
func content(ts *testscript.TestScript, word string) []byte {
	if !strings.HasSuffix(word, ".json") && !strings.HasSuffix(word, ".txt") {
		return []byte(word)
	}
	return []byte(os.Expand(ts.ReadFile(word), ts.Getenv))
}

func sendLarge(_ *testscript.TestScript, v *visit, args []string) error {
	if err := want(args, 4, 4); err != nil {
		return err
	}
	n, err := strconv.Atoi(args[3])
	if err != nil {
		return err
	}
	return v.send(args[0], args[1], args[2], []byte(`{"sku":"`+strings.Repeat("x", n)+`"}`))
}

func with(_ *testscript.TestScript, v *visit, args []string) error {
	if err := want(args, 2, 2); err != nil {
		return err
	}
	if v.extra == nil {
		v.extra = http.Header{}
	}
	v.extra.Add(args[0], args[1])
	return nil
}

func as(_ *testscript.TestScript, v *visit, args []string) error {
	if err := want(args, 1, 1); err != nil {
		return err
	}
	v.as(args[0])
	return nil
}

func follow(_ *testscript.TestScript, v *visit, args []string) error {
	to, err := v.location()
	if err != nil {
		return err
	}
	v.again = func() error { return v.send("GET", to, "", nil) }
	return v.again()
}

func pay(_ *testscript.TestScript, v *visit, args []string) error {
	if err := want(args, 1, 2); err != nil {
		return err
	}
	to, err := v.location()
	if len(args) == 2 {
		to, err = args[1], nil
	}
	if err != nil {
		return err
	}
	return v.send("POST", to, "application/x-www-form-urlencoded", []byte("result="+args[0]))
}

func await(_ *testscript.TestScript, v *visit, args []string) error {
	if err := want(args, 2, 4); err != nil {
		return err
	}
	question := map[string]func(*visit, []string) error{"field": field, "body": body, "text": text, "status": status}[args[0]]
	if question == nil || v.again == nil {
		return fmt.Errorf("await follows a GET and asks for status, field, body or text")
	}
	var err error
	for deadline := time.Now().Add(45 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if err = question(v, args[1:]); err == nil {
			return nil
		}
		if again := v.again(); again != nil {
			return again
		}
	}
	return err
}

func keep(_ *testscript.TestScript, v *visit, args []string) error {
	if err := want(args, 2, 3); err != nil {
		return err
	}
	value, err := v.find(args[1:])
	if err == nil {
		v.vars(args[0], value)
	}
	return err
}

func (v *visit) find(args []string) (string, error) {
	switch {
	case args[0] == "location":
		return v.location()
	case args[0] == "field" && len(args) == 2:
		x, err := v.lookUp(args[1])
		return shown(x), err
	case args[0] == "body" && len(args) == 2:
		re, err := regexp.Compile(args[1])
		if err != nil {
			return "", err
		}
		if m := re.FindSubmatch(v.body); len(m) == 2 {
			return string(m[1]), nil
		}
		return "", fmt.Errorf("no %s with one group", args[1])
	}
	return "", fmt.Errorf("keeps a field, a part of the body or the location")
}

func price(_ *testscript.TestScript, v *visit, args []string) error {
	if err := want(args, 2, 2); err != nil {
		return err
	}
	won, err := money.Parse(args[1])
	if err != nil {
		return err
	}
	return v.db.Merchant().SetPrice(context.Background(), args[0], won, won)
}

func open(_ *testscript.TestScript, v *visit, args []string) error {
	v.shop = shoptest.Start(v.t, "sqlite:"+v.t.TempDir()+"/shop.db", append(flags, args...)...)
	v.db = v.shop.Open()
	return v.enter()
}

func reopen(_ *testscript.TestScript, v *visit, args []string) error {
	v.shop.Stop()
	v.shop.Restart(args...)
	return nil
}

func term(_ *testscript.TestScript, v *visit, _ []string) error {
	v.shop.Terminate()
	return nil
}

func ended(_ *testscript.TestScript, v *visit, _ []string) error {
	v.shop.Ended()
	return nil
}
