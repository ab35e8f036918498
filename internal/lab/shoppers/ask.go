package shoppers

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

// visit is an interaction under way: who does what, and when the next request should start.
type visit struct {
	*Shopper
	act string
	due time.Time
}

// ask sends one request, JSON if there is something to send, and reads the answer into out, if that is given. What came is in the history.
func (v *visit) ask(method, path, key string, in, out any) (Outcome, string) {
	body, note := []byte(nil), ""
	if in != nil {
		body, _ = json.Marshal(in) // maps of words and numbers
		note = " " + string(body)
	}
	if key != "" {
		note = " key " + key
	}
	req, err := http.NewRequest(method, v.crowd.plan.URL+path, bytes.NewReader(body))
	if err != nil {
		panic(err) // our own addresses
	}
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if key != "" {
		req.Header.Set("Idempotency-Key", key)
	}
	return v.send(req, method+" "+path+note, out)
}

// send sends a request and returns its outcome and, of a refusal, the code.
func (v *visit) send(req *http.Request, name string, out any) (Outcome, string) {
	c := Call{Shopper: v.ID, Act: v.act, Request: name, Due: v.due, Start: time.Now(), Outcome: Unknown}
	status, instance, text, err := fetch(v.browser, req)
	c.End, c.Status, c.Instance = time.Now(), status, instance
	code := ""
	switch {
	case err != nil:
		c.Note = err.Error()
	case status >= 400:
		code = problem(text)
		if c.Note = code; status < 500 {
			c.Outcome = Refused
		}
	case out != nil && json.Unmarshal(text, out) != nil:
		c.Note = "an answer that cannot be read"
	default:
		c.Outcome = OK
	}
	v.due = c.End
	v.crowd.History.add(c)
	v.notice(name, text)
	if status == http.StatusInternalServerError {
		v.crowd.History.Broke("500", v.ID, "%s was answered with 500 by %s", name, instance)
	}
	return c.Outcome, code
}

func fetch(browser *http.Client, req *http.Request) (status int, instance string, text []byte, err error) {
	resp, err := browser.Do(req)
	if err != nil {
		return 0, "", nil, err
	}
	defer resp.Body.Close()
	text, err = io.ReadAll(resp.Body)
	if err != nil {
		err = fmt.Errorf("the answer broke off: %w", err)
	}
	return resp.StatusCode, resp.Header.Get("X-Instance"), text, err
}

// problem is the code of a problem document (RFC 9457).
func problem(text []byte) string {
	var doc struct{ Code string }
	if json.Unmarshal(text, &doc) != nil {
		return "a page"
	}
	return doc.Code
}
