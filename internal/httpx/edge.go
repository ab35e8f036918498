package httpx

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"myclothes/internal/fault"
	"myclothes/internal/lang"
)

// Edge is what happens to every request of the public port, around all surfaces.
type Edge struct {
	Trusted    []netip.Prefix // proxies whose X-Forwarded-For and X-Request-Id are believed
	Secure     bool           // the shop is reached over HTTPS
	PayOrigins string         // origins to which a form may lead the browser, besides the shop itself: where people pay, and where they sign in with another account
	Zone       string         // in answers' headers if Debug
	Instance   string
	Debug      bool
	// Begin is told of every request when it comes, and what it returns when it is answered. route is the pattern, so their number is bounded.
	Begin func(ctx context.Context, method, request string) (context.Context, func(route string, status int))
	// Broken answers when a handler panicked before it wrote anything.
	Broken func(w http.ResponseWriter, r *http.Request, f *fault.Error)

	// After has visitors read what they wrote; nil where every reader sees everything and no page is kept.
	After *After

	draining atomic.Bool
}

// Drain makes the health check fail from now on, so that the load balancer sends no new visitors, and ends each connection with its next answer: one that stays
// open would have to be cut in the end, and a request may be on its way over it just then.
func (e *Edge) Drain() { e.draining.Store(true) }

// Health answers the load balancer's check. It is shallow on purpose: were it to ask the database, one slow
// database would take every instance out at once.
func (e *Edge) Health(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	if e.draining.Load() {
		w.WriteHeader(http.StatusServiceUnavailable)
		w.Write([]byte("draining\n"))
		return
	}
	w.Write([]byte("ok\n"))
}

// requestTimeout bounds what a request may wait for: a lock, a connection, another server. Asking for money is bounded apart from it.
const requestTimeout = 20 * time.Second

// Around wraps the public port's handler.
func (e *Edge) Around(next http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { e.Broken(w, r, fault.Denied) }))
	inner := guard.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &visit{id: requestID(r, e.Trusted), client: clientOf(r, e.Trusted)}
		v.lang, r.URL = language(r)
		ctx, cancel := context.WithTimeout(r.Context(), requestTimeout)
		defer cancel()
		ctx, end := e.Begin(ctx, r.Method, v.id)
		before := func(http.ResponseWriter) {}
		if e.After != nil {
			ctx, before = e.After.begin(ctx, r)
		}
		r = with(r.WithContext(ctx), v)
		e.headers(w.Header(), v)
		if e.draining.Load() {
			w.Header().Set("Connection", "close")
		}
		rec := &recorder{ResponseWriter: w, before: before}
		defer func() {
			if p := recover(); p != nil && p != http.ErrAbortHandler {
				slog.ErrorContext(r.Context(), "handler panicked", "route", v.route, "panic", p, "stack", string(debug.Stack()), "request", v.id)
				if rec.status == 0 {
					e.Broken(rec, r, fault.Broken)
				}
			}
			end(v.route, rec.code())
		}()
		inner.ServeHTTP(rec, r)
	})
}

func (e *Edge) headers(h http.Header, v *visit) {
	h.Set("X-Request-Id", v.id)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin-allow-popups") // a payment window must be able to answer the page that opened it
	h.Set("Content-Security-Policy", "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' "+e.PayOrigins)
	if e.Secure {
		h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	}
	if e.Debug {
		h.Set("X-Zone", e.Zone)
		h.Set("X-Instance", e.Instance)
	}
}

// requestID keeps the id that a trusted load balancer gave, if it is short and plain, so that both logs tell of the same request.
func requestID(r *http.Request, trusted []netip.Prefix) string {
	id := r.Header.Get("X-Request-Id")
	if !within(sender(r), trusted) {
		id = ""
	}
	plain := func(c rune) bool {
		return c == '-' || c == '_' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
	}
	if id != "" && len(id) <= 64 && strings.IndexFunc(id, func(c rune) bool { return !plain(c) }) < 0 {
		return id
	}
	return rand.Text()
}

// recorder remembers the status for metrics, and lets something be done before the head is written.
type recorder struct {
	http.ResponseWriter
	before func(http.ResponseWriter)
	status int
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
		r.before(r.ResponseWriter)
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.WriteHeader(http.StatusOK)
	}
	return r.ResponseWriter.Write(b)
}

func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

func (r *recorder) code() int {
	if r.status == 0 {
		return http.StatusOK
	}
	return r.status
}

// language takes the language from the address, /en/… being English, and returns the address without it. The API has no
// such addresses: it follows Accept-Language.
func language(r *http.Request) (lang.Tag, *url.URL) {
	p := r.URL.Path
	if strings.HasPrefix(p, "/api/") {
		return lang.Accepted(r.Header.Get("Accept-Language")), r.URL
	}
	rest, ok := strings.CutPrefix(p, "/en")
	if !ok || (rest != "" && rest[0] != '/') {
		return lang.Korean, r.URL
	}
	u := *r.URL
	u.Path, u.RawPath = rest, strings.TrimPrefix(u.RawPath, "/en")
	if u.Path == "" {
		u.Path = "/"
	}
	return lang.English, &u
}
