package site

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

func status(v *visit, args []string) error {
	if err := want(args, 1, 1); err != nil {
		return err
	}
	if got := strconv.Itoa(v.resp.StatusCode); got != args[0] {
		return fmt.Errorf("the status is %s, want %s", got, args[0])
	}
	return nil
}

func body(v *visit, args []string) error {
	if err := want(args, 1, 1); err != nil {
		return err
	}
	return matches(string(v.body), args[0])
}

func matches(s, pattern string) error {
	re, err := regexp.Compile(pattern)
	if err != nil {
		return err
	}
	if !re.MatchString(s) {
		return fmt.Errorf("no match for %s", pattern)
	}
	return nil
}

// text looks into what a page shows: its text and the values of its fields.
func text(v *visit, args []string) error {
	if err := want(args, 1, 1); err != nil {
		return err
	}
	if !strings.Contains(v.shows(), args[0]) {
		return fmt.Errorf("the page does not show %q", args[0])
	}
	return nil
}

func (v *visit) shows() string {
	doc, err := html.Parse(strings.NewReader(string(v.body)))
	if err != nil {
		return ""
	}
	var b strings.Builder
	for n := range doc.Descendants() {
		switch {
		case n.Type == html.TextNode && n.Parent.Data != "script" && n.Parent.Data != "style":
			b.WriteString(n.Data)
		case n.Type == html.ElementNode && n.Data == "input":
			b.WriteString("\n" + attr(n, "value") + "\n")
		}
	}
	return b.String()
}

func header(v *visit, args []string) error {
	if err := want(args, 1, 2); err != nil {
		return err
	}
	all := v.resp.Header.Values(args[0])
	if len(all) == 0 {
		return fmt.Errorf("no header %s", args[0])
	}
	if len(args) == 1 {
		return nil
	}
	return matches(strings.Join(all, "\n"), args[1])
}

func location(v *visit, args []string) error {
	if err := want(args, 1, 1); err != nil {
		return err
	}
	to, err := v.location()
	if err != nil {
		return err
	}
	return matches(to, args[0])
}

func field(v *visit, args []string) error {
	if len(args) != 1 && len(args) != 3 {
		return fmt.Errorf("takes a path, or a path, a comparison and a value")
	}
	x, err := v.lookUp(args[0])
	if err != nil || len(args) == 1 {
		return err
	}
	if !compare(shown(x), args[1], args[2]) {
		return fmt.Errorf("%s is %s, want %s %s", args[0], shown(x), args[1], args[2])
	}
	return nil
}

func compare(got, op, want string) bool {
	a, errA := strconv.ParseInt(got, 10, 64)
	b, errB := strconv.ParseInt(want, 10, 64)
	switch op {
	case "==":
		return got == want
	case "!=":
		return got != want
	case "~":
		return matches(got, want) == nil
	case "<":
		return errA == nil && errB == nil && a < b
	case ">":
		return errA == nil && errB == nil && a > b
	}
	return false
}

// lookUp follows a path into the latest answer's JSON: a member by its name, an element by its number or by a member's value in brackets, the
// number of elements by "length".
func (v *visit) lookUp(path string) (any, error) {
	var x any
	d := json.NewDecoder(strings.NewReader(string(v.body)))
	d.UseNumber()
	if err := d.Decode(&x); err != nil {
		return nil, fmt.Errorf("not JSON: %w", err)
	}
	for _, step := range steps.FindAllString(path, -1) {
		next, ok := into(x, step)
		if !ok {
			return nil, fmt.Errorf("no %s of %s in it", step, path)
		}
		x = next
	}
	return x, nil
}

// steps are the parts of a path: lines, 0, [sku=A.B].
var steps = regexp.MustCompile(`\[[^\]]*\]|[^.\[]+`)

func into(x any, step string) (any, bool) {
	switch x := x.(type) {
	case map[string]any:
		next, ok := x[step]
		return next, ok
	case []any:
		if step == "length" {
			return json.Number(strconv.Itoa(len(x))), true
		}
		if i, err := strconv.Atoi(step); err == nil {
			if i < len(x) {
				return x[i], true
			}
			return nil, false
		}
		name, value, _ := strings.Cut(strings.Trim(step, "[]"), "=")
		for _, e := range x {
			if m, ok := e.(map[string]any); ok && shown(m[name]) == value {
				return e, true
			}
		}
	}
	return nil, false
}

// shown spells a JSON value as scripts write it: a text without quotes.
func shown(x any) string {
	if s, ok := x.(string); ok {
		return s
	}
	b, _ := json.Marshal(x) // was decoded from JSON
	return string(b)
}
