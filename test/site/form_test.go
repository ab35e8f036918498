package site

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/net/html"
)

// submit sends a form of the latest page as a browser would, with some of its fields filled in.
func submit(_ *testscript.TestScript, v *visit, args []string) error {
	if err := want(args, 1, 100); err != nil {
		return err
	}
	form, err := v.form(args[0])
	if err != nil {
		return err
	}
	fields := successful(form)
	typed, err := values(args[1:])
	if err != nil {
		return err
	}
	for name, all := range typed {
		fields[name] = all
	}
	if strings.EqualFold(attr(form, "method"), "post") {
		return v.send("POST", args[0], "application/x-www-form-urlencoded", []byte(fields.Encode()))
	}
	to := args[0] + "?" + fields.Encode()
	v.again = func() error { return v.send("GET", to, "", nil) }
	return v.again()
}

// form finds the first form of the latest page whose action is the given one.
func (v *visit) form(action string) (*html.Node, error) {
	doc, err := html.Parse(strings.NewReader(string(v.body)))
	if err != nil {
		return nil, err
	}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "form" && path(attr(n, "action")) == action {
			return n, nil
		}
	}
	return nil, fmt.Errorf("the page has no form that leads to %s", action)
}

// path is an address without its fragment, which stays in the browser.
func path(address string) string {
	p, _, _ := strings.Cut(address, "#")
	return p
}

// successful are the fields that a browser sends of a form as it stands (HTML, "constructing the entry list").
func successful(form *html.Node) url.Values {
	out := url.Values{}
	for n := range form.Descendants() {
		if n.Type != html.ElementNode || n.Data != "input" || attr(n, "name") == "" || has(n, "disabled") {
			continue
		}
		if t := attr(n, "type"); (t == "radio" || t == "checkbox") && !has(n, "checked") {
			continue
		}
		out.Add(attr(n, "name"), attr(n, "value"))
	}
	return out
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}
