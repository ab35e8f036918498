package site

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"myclothes/internal/store"
	"myclothes/test/shoptest"
)

// visit is what a script does: a browser without JavaScript and without opinions.
type visit struct {
	t      *testing.T
	shop   *shoptest.Shop
	db     *store.DB
	number int64
	from   string                   // the visitor's address on the network
	vars   func(name, value string) // sets a variable of the script

	extra   http.Header // of the next request only
	people  map[string]*person
	*person // whose turn it is
}

// person is a visitor with cookies and the page before them.
type person struct {
	jar   http.CookieJar
	last  *http.Request // the latest request, and what came back
	resp  *http.Response
	body  []byte
	again func() error // the latest GET once more, for await
}

type visitKey struct{}

// as goes on as somebody else, or as somebody who was here before.
func (v *visit) as(name string) {
	if v.people == nil {
		v.people = map[string]*person{}
	}
	if v.people[name] == nil {
		jar, _ := cookiejar.New(nil) // fails never without options
		v.people[name] = &person{jar: jar}
	}
	v.person = v.people[name]
}

// send makes a request and keeps its answer. Redirects are not followed: scripts say where they lead.
func (v *visit) send(method, address, contentType string, body []byte) error {
	u, err := v.address(address)
	if err != nil {
		return err
	}
	req, err := http.NewRequest(method, u, bytes.NewReader(body))
	if err != nil {
		return err
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	req.Header.Set("X-Forwarded-For", v.from)
	for name, values := range v.extra {
		req.Header[name] = values
	}
	v.extra = nil
	return v.do(req)
}

func (v *visit) do(req *http.Request) error {
	client := http.Client{Jar: v.jar, Timeout: 30 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 8<<20))
	v.last, v.resp, v.body = req, resp, body
	v.shop.Secrets.Saw(req, resp, body)
	return err
}

// address completes what a script writes. It does not tidy a path: what climbs out of a folder must arrive as it is.
func (v *visit) address(s string) (string, error) {
	if strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") {
		return s, nil
	}
	if !strings.HasPrefix(s, "/") {
		return "", fmt.Errorf("%q is neither an address nor a path", s)
	}
	return v.shop.URL + s, nil
}

// location returns where the latest answer leads.
func (v *visit) location() (string, error) {
	if v.resp == nil {
		return "", fmt.Errorf("nothing was asked yet")
	}
	u, err := v.resp.Location()
	if err != nil {
		return "", fmt.Errorf("%s leads nowhere: %w", v.resp.Status, err)
	}
	return u.String(), nil
}

// values reads name=value words. A name that comes twice has both values; the value may be empty.
func values(words []string) (url.Values, error) {
	out := url.Values{}
	for _, w := range words {
		name, value, ok := strings.Cut(w, "=")
		if !ok {
			return nil, fmt.Errorf("%q is not name=value", w)
		}
		out.Add(name, value)
	}
	return out, nil
}

// answer describes the latest answer for whoever must find out why a script failed.
func (v *visit) answer() string {
	if v.resp == nil {
		return "no answer yet"
	}
	b := string(v.body)
	if at := strings.Index(b, "<main"); at > 0 {
		b = b[at:]
	}
	if len(b) > 3000 {
		b = b[:3000] + "…"
	}
	return fmt.Sprintf("%s %s\n%s %v\n%s", v.last.Method, v.last.URL, v.resp.Status, v.resp.Header, b)
}
