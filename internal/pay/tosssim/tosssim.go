// Package tosssim is a local server that speaks the Toss Payments protocol, API version 2022-11-16, as TOSS.md records it.
// No money moves. Its payment page lets a person or a script choose how each payment ends, faults included.
//
// What it answers it has first written to its journal, so that kill -9 forgets no capture, no refund and no idempotency key.
// One process per journal. Webhooks are not kept: those under way when it ends are lost, as a real provider's may be.
package tosssim

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Options of New. SecretKey and BaseURL are required.
type Options struct {
	BaseURL    string // where browsers reach the simulator's own pages, without a trailing slash
	SecretKey  string
	ClientKey  string           // using it where the secret key belongs is 400 INVALID_API_KEY
	Journal    string           // path of the append-only file of JSON lines; empty keeps all in memory
	Now        func() time.Time // for the windows and times shown; nil is the system clock
	SlowFor    time.Duration    // how long a "slow" confirm takes; 0 is 3 s
	HangFor    time.Duration    // how long a "timeout" confirm gives no answer at most; 0 is 90 s
	WebhookURL string           // where status changes are told; empty tells nobody
	Log        *slog.Logger     // nil discards
}

// Server is the simulator, an http.Handler. It is safe for concurrent use.
type Server struct {
	o     Options
	key   [sha256.Size]byte // of SecretKey, compared in constant time
	mux   *http.ServeMux
	hooks *webhooks
	done  chan struct{} // closed by Close; ends every hang
	close sync.Once

	mu       sync.Mutex
	book     book
	journal  *journal
	inFlight map[string]bool // idempotency scopes being worked on; a restart forgets them
}

// New reads the journal, if there is one, and makes the server. A line torn by a crash at the journal's end is dropped: its
// answer was never given. Any other damage is an error.
func New(o Options) (*Server, error) {
	if o.SecretKey == "" || o.BaseURL == "" {
		return nil, errors.New("tosssim: BaseURL and SecretKey are required")
	}
	o.BaseURL = strings.TrimSuffix(o.BaseURL, "/")
	o.SlowFor = cmp.Or(o.SlowFor, 3*time.Second)
	o.HangFor = cmp.Or(o.HangFor, 90*time.Second)
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{o: o, key: sha256.Sum256([]byte(o.SecretKey)), book: newBook(), inFlight: map[string]bool{},
		done: make(chan struct{})}
	var err error
	if s.journal, err = openJournal(o.Journal, func(r record) { s.book.apply(r) }); err != nil {
		return nil, err
	}
	s.book.forgetAnswers(o.Now())
	s.hooks = newWebhooks(o.WebhookURL, o.Log)
	s.mux = s.routes()
	return s, nil
}

// ServeHTTP answers the API below /v1/, the payment pages and the ledger.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// Close ends hangs and webhooks, waits for the latter, and closes the journal. Requests that come later fail with a 500 if
// they would change anything. Close may be called again.
func (s *Server) Close() error {
	var err error
	s.close.Do(func() {
		close(s.done)
		s.hooks.close()
		s.mu.Lock()
		defer s.mu.Unlock()
		err = s.journal.Close()
	})
	return err
}

// routes is the whole surface.
func (s *Server) routes() *http.ServeMux {
	m := http.NewServeMux()
	m.Handle("POST /v1/payments", s.api(s.create))
	m.Handle("POST /v1/payments/confirm", s.api(s.confirm))
	m.Handle("POST /v1/payments/{key}/cancel", s.api(s.cancel))
	m.Handle("GET /v1/payments/{key}", s.api(s.byKey))
	m.Handle("GET /v1/payments/orders/{order}", s.api(s.byOrder))
	m.Handle("/v1/", s.api(func(*call) reply { return failure(codeNotFound) }))
	m.HandleFunc("GET /checkout/{key}", s.showCheckout)
	m.HandleFunc("POST /checkout/{key}", s.decideCheckout)
	m.HandleFunc("GET /checkout.css", s.style)
	m.HandleFunc("GET /ledger", s.ledger)
	return m
}

// hang waits for d, unless the client leaves or the server closes first. The caller holds no lock.
func (s *Server) hang(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	case <-s.done:
	}
}
