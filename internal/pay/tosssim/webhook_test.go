package tosssim

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

func TestWebhooks(t *testing.T) {
	type event struct {
		EventType, CreatedAt string
		Data                 object
		id, retried, at      string
	}
	events := make(chan event, 16)
	tries := make(chan struct{}, 1)
	shop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case tries <- struct{}{}: // the very first is turned away
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		default:
		}
		e := event{id: r.Header.Get("tosspayments-webhook-transmission-id"), at: r.Header.Get("tosspayments-webhook-transmission-time"),
			retried: r.Header.Get("tosspayments-webhook-transmission-retried-count")}
		if err := json.NewDecoder(r.Body).Decode(&e); err != nil {
			t.Error(err)
		}
		events <- e
	}))
	defer shop.Close()
	w := newWorld(t, func(o *Options) { o.WebhookURL = shop.URL })
	key := w.confirmed()
	w.api("POST", "/v1/payments/"+key+"/cancel", `{"cancelReason":"x"}`)
	seen := map[string]string{}
	for range 3 {
		e := <-events
		if e.EventType != "PAYMENT_STATUS_CHANGED" || e.Data.PaymentKey != key || e.id == "" || e.CreatedAt != "2026-11-22T09:00:00.000000" {
			t.Errorf("%+v", e)
		}
		if _, err := time.Parse(time.RFC3339, e.at); err != nil {
			t.Error(err)
		}
		seen[e.Data.Status] = e.retried
	}
	again := 0
	for _, status := range []string{inProgress, done, canceled} {
		if seen[status] == "1" {
			again++
		} else if seen[status] != "0" {
			t.Errorf("%s: retried %q", status, seen[status])
		}
	}
	if again != 1 {
		t.Errorf("%d deliveries were retried, want 1", again)
	}
}

// TestCloseEndsWebhooks: a receiver that never answers does not keep the server from closing.
func TestCloseEndsWebhooks(t *testing.T) {
	arrived := make(chan struct{}, 1)
	shop := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body) // only then does the server notice that the caller left
		arrived <- struct{}{}
		<-r.Context().Done()
	}))
	defer shop.Close()
	w := newWorld(t, func(o *Options) { o.WebhookURL = shop.URL })
	w.agreed()
	<-arrived
	if err := w.Close(); err != nil {
		t.Error(err)
	}
}
