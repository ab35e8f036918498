package shoptest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// Browser is somebody's, with cookies of its own. It follows no redirect. Not safe for concurrent use.
type Browser struct {
	From    string     // the address on the network that it says it has; "" for none
	Secrets []*Secrets // learn what is sent and answered
	client  http.Client
}

// Answer is what came back.
type Answer struct {
	Status   int
	Location string // where it leads, if anywhere
	Header   http.Header
	Body     string
}

// NewBrowser is one that nobody has used yet.
func NewBrowser(from string) *Browser {
	jar, _ := cookiejar.New(nil) // fails never without options
	return &Browser{From: from, client: http.Client{Jar: jar, Timeout: 30 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// Get asks for a page.
func (b *Browser) Get(address string) (Answer, error) { return b.Send("GET", address, "", "") }

// Form sends an ordinary form.
func (b *Browser) Form(address string, fields url.Values) (Answer, error) {
	return b.Send("POST", address, "application/x-www-form-urlencoded", fields.Encode())
}

// JSON sends v. header may hold one more header as "Name: value".
func (b *Browser) JSON(method, address string, v any, header ...string) (Answer, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return Answer{}, err
	}
	return b.Send(method, address, "application/json", string(text), header...)
}

// Send sends any request.
func (b *Browser) Send(method, address, contentType, body string, header ...string) (Answer, error) {
	req, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		return Answer{}, err
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	if b.From != "" {
		req.Header.Set("X-Forwarded-For", b.From)
	}
	for _, h := range header {
		name, value, _ := strings.Cut(h, ": ")
		req.Header.Set(name, value)
	}
	resp, err := b.client.Do(req)
	if err != nil {
		return Answer{}, err
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(io.LimitReader(resp.Body, 8<<20))
	for _, s := range b.Secrets {
		s.Saw(req, resp, got)
	}
	return Answer{resp.StatusCode, resp.Header.Get("Location"), resp.Header, string(bytes.TrimSpace(got))}, err
}

// Join makes an account through the API, as people do: they say who they are, and open the link in the mail.
func (b *Browser) Join(shop string, who Person) error {
	a, err := b.JSON("POST", shop+"/api/v1/account", map[string]any{"email": who.Email, "password": who.Password, "name": who.Name, "phone": who.Phone, "consents": []string{"over14", "terms", "privacy"}})
	if err != nil || a.Status != http.StatusAccepted {
		return fmt.Errorf("joining: %d %s %v", a.Status, a.Body, err)
	}
	return nil
}

// Person is what somebody says of themselves.
type Person struct{ Name, Email, Phone, Password string }

// SignIn signs in through the API.
func (b *Browser) SignIn(shop string, who Person) error {
	a, err := b.JSON("POST", shop+"/api/v1/session", map[string]string{"email": who.Email, "password": who.Password})
	if err != nil || a.Status != http.StatusNoContent {
		return fmt.Errorf("signing in: %d %s %v", a.Status, a.Body, err)
	}
	return nil
}

// Mailed returns the path of the link in a mail to that address, of those that the demo shows, whose path begins so.
func (b *Browser) Mailed(shop, to, path string) (string, error) {
	a, err := b.Get(shop + "/demo/mail")
	if err != nil {
		return "", err
	}
	link := regexp.MustCompile(regexp.QuoteMeta(path) + `[\w-]+`)
	for _, mail := range strings.Split(a.Body, "<li") {
		if m := link.FindString(mail); m != "" && strings.Contains(mail, to) {
			return m, nil
		}
	}
	return "", fmt.Errorf("no mail to %s with %s", to, path)
}
