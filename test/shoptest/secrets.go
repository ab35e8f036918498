package shoptest

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Secrets are texts that nothing may hold which the shop writes for its operators: log, metrics, traces. All of that is in one file, which is searched when the test
// ends. Safe for concurrent use.
type Secrets struct {
	mu   sync.Mutex
	all  map[string]string // with what each is
	told *os.File
}

// leastSecret is how many bytes a text must have to be told from chance.
const leastSecret = 6

func newSecrets(t testing.TB) *Secrets {
	f, err := os.Create(filepath.Join(t.TempDir(), "told"))
	if err != nil {
		t.Fatal(err)
	}
	s := &Secrets{all: map[string]string{}, told: f}
	t.Cleanup(func() {
		for _, found := range s.found(t) {
			t.Errorf("the shop told its operators %s", found)
		}
		f.Close()
	})
	return s
}

// Write adds to what operators are told.
func (s *Secrets) Write(b []byte) (int, error) { return s.told.Write(b) }

// Add adds a text. Telephone numbers are looked for with and without hyphens, and all as they are and as addresses spell them.
func (s *Secrets) Add(what, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, spelled := range []string{text, strings.ReplaceAll(text, "-", ""), url.QueryEscape(text), url.PathEscape(text)} {
		if len(spelled) >= leastSecret {
			s.all[spelled] = what
		}
	}
}

func (s *Secrets) found(t testing.TB) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.all) == 0 {
		return nil
	}
	told, err := os.ReadFile(s.told.Name())
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	text := string(told)
	for _, secret := range slices.Sorted(maps.Keys(s.all)) {
		if i := whole(text, secret); i >= 0 {
			out = append(out, fmt.Sprintf("%s %q: %q", s.all[secret], secret, text[max(0, i-120):min(len(text), i+120)]))
		}
	}
	t.Logf("%d personal texts and tokens looked for in %d bytes of log, metrics and traces: %d found", len(s.all), len(text), len(out))
	return out
}

// whole returns where a secret stands in a text; -1 where it does not. One of digits must stand by itself: the measures are full of longer numbers.
func whole(text, secret string) int {
	number := strings.Trim(secret, "0123456789") == ""
	for from := 0; ; {
		i := strings.Index(text[from:], secret)
		if i < 0 {
			return -1
		}
		i += from
		if end := i + len(secret); !number || !(i > 0 && digit(text[i-1])) && !(end < len(text) && digit(text[end])) {
			return i
		}
		from = i + 1
	}
}

func digit(b byte) bool { return '0' <= b && b <= '9' }

// personal are the fields of forms, documents and addresses whose values are secrets.
var personal = map[string]bool{"email": true, "password": true, "current": true, "name": true, "phone": true, "representative": true, "recipient": true, "road_address": true, "detail_address": true, "memo": true,
	"challenge": true, "answer": true, "pending": true, "state": true, "code": true, "paymentKey": true, "payment_key": true}

// links are paths that end in what only the owner of a mail knows.
var links = regexp.MustCompile(`/(?:account/(?:confirm|reset|mail)|business/join)/([\w-]{20,})`)

// Saw takes every secret from what was sent and answered.
func (s *Secrets) Saw(req *http.Request, resp *http.Response, body []byte) {
	sent := ""
	if req.GetBody != nil {
		if r, err := req.GetBody(); err == nil {
			b, _ := io.ReadAll(r)
			sent = string(b)
		}
	}
	if form, err := url.ParseQuery(sent); err == nil && !strings.HasPrefix(sent, "{") {
		s.fields(form)
	}
	var document any
	if json.Unmarshal([]byte(sent), &document) == nil {
		s.document("", document)
	}
	for _, c := range resp.Cookies() {
		s.Add("a cookie", c.Value)
	}
	if to, err := resp.Location(); err == nil && strings.HasPrefix(to.Path, "/orders/") {
		s.fields(url.Values{"paymentKey": to.Query()["paymentKey"]})
	}
	for _, m := range links.FindAllStringSubmatch(string(body)+req.URL.Path, -1) {
		s.Add("a link", m[1])
	}
	s.fields(req.URL.Query())
}

func (s *Secrets) fields(form url.Values) {
	for name, values := range form {
		_, last, ok := strings.Cut(name, ".")
		if !ok {
			last = name
		}
		for _, v := range values {
			if personal[last] {
				s.Add("a "+last, v)
			}
		}
	}
}

func (s *Secrets) document(name string, x any) {
	switch x := x.(type) {
	case map[string]any:
		for k, v := range x {
			s.document(k, v)
		}
	case []any:
		for _, v := range x {
			s.document(name, v)
		}
	case string:
		if personal[name] {
			s.Add("a "+name, x)
		}
	}
}

// Traces starts a collector that keeps every trace among what operators are told, and returns its address.
func (s *Secrets) Traces(t testing.TB) string {
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		io.Copy(s, r.Body)
	}))
	t.Cleanup(collector.Close)
	return collector.URL
}
