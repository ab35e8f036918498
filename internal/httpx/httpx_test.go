package httpx

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"myclothes/internal/cart"
	"myclothes/internal/fault"
	"myclothes/internal/fresh"
	"myclothes/internal/lang"
	"myclothes/internal/session"
)

// around serves routes behind an edge and tells of every observed request.
func around(t *testing.T, e *Edge, routes ...Route) (http.Handler, *[]string) {
	t.Helper()
	var seen []string
	fail := func(w http.ResponseWriter, r *http.Request, f *fault.Error) {
		w.WriteHeader(Status(f))
		fmt.Fprintf(w, "%s in %s", f.Code, Lang(r))
	}
	e.Broken = fail
	e.Begin = func(ctx context.Context, method, _ string) (context.Context, func(string, int)) {
		return ctx, func(route string, status int) { seen = append(seen, fmt.Sprintf("%s|%s|%d", route, method, status)) }
	}
	mux := http.NewServeMux()
	Surface{Routes: append(routes, Route{Pattern: "/", Handle: Missing(mux, "/")}), Fail: fail}.Mount(mux)
	return e.Around(mux), &seen
}

func ask(h http.Handler, method, target, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestEdge(t *testing.T) {
	e := &Edge{Secure: true, Trusted: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}, PayOrigins: "https://pay.example"}
	h, seen := around(t, e,
		Route{Pattern: "GET /page", Cache: Revisit, Handle: func(w http.ResponseWriter, r *http.Request) error {
			_, err := fmt.Fprintf(w, "%s %s %v", Lang(r), RequestID(r), fresh.Required(r.Context()))
			return err
		}},
		Route{Pattern: "POST /act", Fresh: true, Handle: func(w http.ResponseWriter, r *http.Request) error {
			_, err := fmt.Fprint(w, fresh.Required(r.Context()))
			return err
		}},
		Route{Pattern: "GET /panic", Handle: func(http.ResponseWriter, *http.Request) error { panic("a bug") }},
		Route{Pattern: "GET /broken", Handle: func(http.ResponseWriter, *http.Request) error { return errors.New("password=hunter2") }},
		Route{Pattern: "GET /full", Handle: func(http.ResponseWriter, *http.Request) error { return fault.CartFull }},
	)
	for _, c := range []struct {
		method, target, want string
		status               int
		headers              []string
	}{
		{"GET", "/page", "ko id-1 false", 200, []string{"X-Request-Id", "id-1"}},
		{"GET", "/en/page", "en id-2 false", 200, []string{"X-Request-Id", "id-2"}},
		{"GET", "/english", "not_found in ko", 404, nil},
		{"POST", "/act", "true", 200, nil},
		{"POST", "/act", "true", 200, []string{"Sec-Fetch-Site", "same-origin"}},
		{"POST", "/act", "forbidden in ko", 403, []string{"Sec-Fetch-Site", "cross-site"}},
		{"POST", "/en/act", "forbidden in en", 403, []string{"Origin", "https://evil.example"}},
		{"GET", "/panic", "internal in ko", 500, nil},
		{"GET", "/broken", "internal in ko", 500, nil},
		{"GET", "/full", "cart_full in ko", 409, nil},
		{"DELETE", "/page", "method_not_allowed in ko", 405, nil},
		{"GET", "/nothing", "not_found in ko", 404, nil},
	} {
		w := ask(h, c.method, c.target, "", c.headers...)
		if w.Code != c.status || w.Body.String() != c.want {
			t.Errorf("%s %s %v: %d %q, want %d %q", c.method, c.target, c.headers, w.Code, w.Body, c.status, c.want)
		}
		if w.Header().Get("X-Request-Id") == "" || w.Header().Get("Strict-Transport-Security") == "" || !strings.Contains(w.Header().Get("Content-Security-Policy"), "form-action 'self' https://pay.example") {
			t.Errorf("%s %s: headers %v", c.method, c.target, w.Header())
		}
	}
	if w := ask(h, "DELETE", "/page", ""); w.Header().Get("Allow") != "GET" {
		t.Errorf("Allow: %q", w.Header().Get("Allow"))
	}
	if got := (*seen)[0]; got != "GET /page|GET|200" {
		t.Errorf("observed %q", got)
	}
	if w := ask(h, "GET", "/page", "", "X-Request-Id", "<script>"); strings.Contains(w.Body.String(), "<") {
		t.Errorf("a forged request id came through: %s", w.Body)
	}
	if w := ask(h, "GET", "/full", ""); w.Header().Get("Cache-Control") != "no-store" {
		t.Error("an error may be kept")
	}
}

func TestHealthWhileDraining(t *testing.T) {
	e := &Edge{}
	h := http.HandlerFunc(e.Health)
	if w := ask(h, "GET", "/healthz", ""); w.Code != 200 {
		t.Errorf("healthy: %d", w.Code)
	}
	e.Drain()
	if w := ask(h, "GET", "/healthz", ""); w.Code != 503 {
		t.Errorf("draining: %d", w.Code)
	}
}

func TestClientIsSeenPastTrustedProxiesOnly(t *testing.T) {
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	for _, c := range []struct{ remote, forwarded, want string }{
		{"203.0.113.9:1", "198.51.100.1", "203.0.113.9"},
		{"10.0.0.1:1", "", "10.0.0.1"},
		{"10.0.0.1:1", "198.51.100.1", "198.51.100.1"},
		{"10.0.0.1:1", "1.2.3.4, 198.51.100.1", "198.51.100.1"},
		{"10.0.0.1:1", "1.2.3.4, 198.51.100.1, 10.9.9.9", "198.51.100.1"},
		{"10.0.0.1:1", "nonsense", "10.0.0.1"},
		{"[::1]:1", "198.51.100.1", "198.51.100.1"},
		{"[::ffff:10.0.0.1]:1", "198.51.100.1", "198.51.100.1"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.remote
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := clientOf(r, trusted).String(); got != c.want {
			t.Errorf("%s forwarded %q: %s, want %s", c.remote, c.forwarded, got, c.want)
		}
	}
}

func TestCookies(t *testing.T) {
	next := cart.Carried{Visitor: session.New(), Sealed: "sealed"}
	for _, c := range []struct {
		secure bool
		name   string
	}{{true, "__Host-mc"}, {false, "mc"}} {
		w := httptest.NewRecorder()
		k := Cookies{Secure: c.secure}
		k.Carry(w, cart.Carried{}, next)
		set := w.Result().Cookies()
		if len(set) != 2 || set[0].Name != c.name || !set[0].HttpOnly || set[0].Secure != c.secure || set[0].SameSite != http.SameSiteLaxMode || set[0].Path != "/" || set[0].Domain != "" {
			t.Errorf("set %v", set)
		}
		r := httptest.NewRequest("GET", "/", nil)
		for _, s := range set {
			r.AddCookie(s)
		}
		if got := k.Carried(r); got != next {
			t.Errorf("read back %v, want %v", got, next)
		}
		again := httptest.NewRecorder()
		k.Carry(again, next, next)
		if set := again.Result().Cookies(); len(set) != 1 || set[0].Name != c.name {
			t.Errorf("a change must renew the visitor's cookie and no other: %v", set)
		}
	}
	r := httptest.NewRequest("GET", "/", nil)
	r.AddCookie(&http.Cookie{Name: "mc", Value: "forged"})
	if got := (Cookies{}).Carried(r); got.Visitor != "" {
		t.Errorf("a malformed cookie is a visitor: %v", got)
	}
}

func TestDecodeJSON(t *testing.T) {
	for _, c := range []struct {
		kind, body string
		want       *fault.Error
	}{
		{"application/json", `{"n": 1}`, nil},
		{"application/json; charset=utf-8", `{"n": 1}  `, nil},
		{"text/plain", `{"n": 1}`, fault.WrongType},
		{"", `{"n": 1}`, fault.WrongType},
		{"application/json", ``, fault.BadRequest},
		{"application/json", `{"n": 1`, fault.BadRequest},
		{"application/json", `{"n": "1"}`, fault.BadRequest},
		{"application/json", `{"n": 1.5}`, fault.BadRequest},
		{"application/json", `{"n": 1e30}`, fault.BadRequest},
		{"application/json", `{"n": 1} {"n": 2}`, fault.BadRequest},
		{"application/json", `{"m": 1}`, fault.BadRequest},
		{"application/json", `[1]`, fault.BadRequest},
		{"application/json", `{"n": ` + strings.Repeat(" ", MaxBody) + `1}`, fault.TooLarge},
	} {
		r := httptest.NewRequest("POST", "/", io.NopCloser(strings.NewReader(c.body)))
		r.Header.Set("Content-Type", c.kind)
		var v struct {
			N int `json:"n"`
		}
		err := DecodeJSON(httptest.NewRecorder(), r, &v)
		if c.want == nil && (err != nil || v.N != 1) || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s %.40q: %v, want %v", c.kind, c.body, err, c.want)
		}
	}
}

func TestLimiter(t *testing.T) {
	l := NewLimiter(time.Minute, 3)
	from := func(addr string) *http.Request {
		r := httptest.NewRequest("POST", "/", nil)
		r.RemoteAddr = addr
		return with(r, &visit{client: clientOf(r, nil)})
	}
	for i := range 3 {
		if err := l.Allow(from("192.0.2.1:1")); err != nil {
			t.Fatalf("try %d: %v", i+1, err)
		}
	}
	err := l.Allow(from("192.0.2.1:2"))
	if f := fault.Of(err); f == nil || f.Kind != fault.TooMany || f.RetryAfter != time.Minute {
		t.Errorf("try 4: %v", err)
	}
	if err := l.Allow(from("192.0.2.2:1")); err != nil {
		t.Errorf("somebody else: %v", err)
	}
}

func TestEveryKindHasAStatusAndWords(t *testing.T) {
	for _, f := range fault.All {
		if Status(f) < 400 || f.Words.KO == "" || f.Words.EN == "" {
			t.Errorf("%s: status %d, words %+v", f.Code, Status(f), f.Words)
		}
		if (f.Kind == fault.TooMany || f.Kind == fault.Unavailable) && f.RetryAfter == 0 {
			t.Errorf("%s says come back and not when", f.Code)
		}
	}
	if lang.Accepted("en-US,ko;q=0.5") != lang.English || lang.Accepted("") != lang.Korean || lang.Accepted("fr") != lang.Korean {
		t.Error("languages are not chosen as accepted")
	}
}
