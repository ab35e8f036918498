package tosssim

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// backoff is how long to wait before each further try. The real one waits 1, 4, 16 … minutes, seven times.
var backoff = []time.Duration{200 * time.Millisecond, time.Second, 4 * time.Second}

const (
	webhookTimeout = 10 * time.Second // for the receiver to answer, as at Toss
	webhooksAtOnce = 32
)

// webhooks tells one receiver of changes, each in its own goroutine, so that they may arrive early, late or out of order.
type webhooks struct {
	url   string // empty tells nobody
	log   *slog.Logger
	http  *http.Client
	ctx   context.Context
	stop  context.CancelFunc
	slots chan struct{}

	mu      sync.Mutex // parts wg.Add from wg.Wait
	closed  bool
	sending sync.WaitGroup
}

func newWebhooks(url string, log *slog.Logger) *webhooks {
	ctx, stop := context.WithCancel(context.Background())
	return &webhooks{url: url, log: log, ctx: ctx, stop: stop, slots: make(chan struct{}, webhooksAtOnce),
		http: &http.Client{
			Timeout:       webhookTimeout,
			Transport:     &http.Transport{MaxIdleConnsPerHost: webhooksAtOnce},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		}}
}

// tell sends PAYMENT_STATUS_CHANGED for e, later. It never blocks; the caller may hold s.mu.
func (s *Server) tell(e *entry) {
	if s.hooks.url == "" {
		return
	}
	s.hooks.send(mustJSON(struct {
		EventType string          `json:"eventType"`
		CreatedAt string          `json:"createdAt"`
		Data      json.RawMessage `json:"data"`
	}{"PAYMENT_STATUS_CHANGED", s.o.Now().In(seoul).Format("2006-01-02T15:04:05.000000"), s.payment(e).body}))
}

func (h *webhooks) send(body []byte) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return
	}
	h.sending.Go(func() { h.deliver(rand.Text(), body) })
}

// deliver tries until the receiver answers 200, the tries are used up or the server closes.
func (h *webhooks) deliver(id string, body []byte) {
	for try := 0; ; try++ {
		if h.try(id, try, body) {
			return
		}
		if try == len(backoff) {
			h.log.Warn("webhook given up", "transmission_id", id)
			return
		}
		t := time.NewTimer(backoff[try])
		select {
		case <-t.C:
		case <-h.ctx.Done():
			t.Stop()
			return
		}
	}
}

func (h *webhooks) try(id string, retried int, body []byte) bool {
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
	case <-h.ctx.Done():
		return false
	}
	req, err := http.NewRequestWithContext(h.ctx, http.MethodPost, h.url, bytes.NewReader(body))
	if err != nil {
		return false
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("tosspayments-webhook-transmission-time", time.Now().In(seoul).Format(time.RFC3339))
	req.Header.Set("tosspayments-webhook-transmission-id", id)
	req.Header.Set("tosspayments-webhook-transmission-retried-count", strconv.Itoa(retried))
	resp, err := h.http.Do(req)
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10))
	return resp.StatusCode == http.StatusOK
}

// close abandons what is under way and waits for it to end.
func (h *webhooks) close() {
	h.mu.Lock()
	h.closed = true
	h.mu.Unlock()
	h.stop()
	h.sending.Wait()
	h.http.CloseIdleConnections()
}
