package tosssim

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

const idem = "Idempotency-Key"

func TestFirstAnswerIsReplayed(t *testing.T) {
	w := newWorld(t)
	first := w.api("POST", "/v1/payments", newOrder, idem, "k")
	for name, again := range map[string]answered{
		"the same":      w.api("POST", "/v1/payments", newOrder, idem, "k"),
		"another body":  w.api("POST", "/v1/payments", strings.Replace(newOrder, "order-1", "order-2", 1), idem, "k"),
		"a broken body": w.api("POST", "/v1/payments", "{", idem, "k"),
		"after two minutes": func() answered {
			w.now = w.now.Add(2 * time.Minute)
			return w.api("POST", "/v1/payments", "", idem, "k")
		}(),
	} {
		if again.raw != first.raw || again.status != 200 {
			t.Errorf("%s: %d %s", name, again.status, again.raw)
		}
	}
	if again := w.api("POST", "/v1/payments", strings.Replace(newOrder, "order-1", "order-2", 1), idem, "other"); again.PaymentKey == first.PaymentKey {
		t.Error("another key got the same answer")
	}
	w.now = w.now.Add(keyLife)
	w.mustBe(w.api("POST", "/v1/payments", "{", idem, "k"), 400, codeInvalidRequest)
}

// TestScope: the URL is part of it.
func TestScope(t *testing.T) {
	w := newWorld(t)
	key := w.confirmed()
	w.mustBe(w.api("POST", "/v1/payments/"+key+"/cancel", `{"cancelReason":"x"}`, idem, "c1"), 200, "")
	w.mustBe(w.api("POST", "/v1/payments/nothing/cancel", `{"cancelReason":"x"}`, idem, "c1"), 404, codeNotFoundPayment)
}

func TestRefusalsAreBoundErrorsAreNot(t *testing.T) {
	w := newWorld(t)
	key := w.made()
	w.mustBe(w.api("POST", "/v1/payments/confirm", confirmBody(key), idem, "k", "Accept-Language", "en"), 404, codeNotFoundSession)
	w.choose(key, errorBefore)
	a := w.api("POST", "/v1/payments/confirm", confirmBody(key), idem, "k")
	w.mustBe(a, 404, codeNotFoundSession)
	if !strings.Contains(a.Message, "session") {
		t.Errorf("the first answer was English, the second is %q", a.Message)
	}
	w.mustBe(w.api("POST", "/v1/payments/confirm", confirmBody(key), idem, "k2"), 500, codeFailedInternal)
	w.mustBe(w.api("POST", "/v1/payments/confirm", confirmBody(key), idem, "k2"), 200, "")
}

func TestKeyLength(t *testing.T) {
	w := newWorld(t)
	w.mustBe(w.api("POST", "/v1/payments", newOrder, idem, strings.Repeat("k", 301)), 400, codeIdempotencyKey)
	w.mustBe(w.api("POST", "/v1/payments", newOrder, idem, strings.Repeat("k", 300)), 200, "")
}

// TestInFlight: while a confirm hangs, its key is busy, another key and other calls are not.
func TestInFlight(t *testing.T) {
	w := newWorld(t)
	key := w.made()
	w.choose(key, timeoutAfter)
	ctx, leave := context.WithCancel(t.Context())
	var hung sync.WaitGroup
	hung.Go(func() {
		r := httptest.NewRequestWithContext(ctx, "POST", "/v1/payments/confirm", strings.NewReader(confirmBody(key)))
		r.SetBasicAuth(secretKey, "")
		r.Header.Set(idem, "k")
		w.ServeHTTP(httptest.NewRecorder(), r)
	})
	for w.api("GET", "/v1/payments/"+key, "").Status != done { // reads go on meanwhile
		time.Sleep(time.Millisecond)
	}
	w.mustBe(w.api("POST", "/v1/payments/confirm", confirmBody(key), idem, "k"), 409, codeIdempotentProcessing)
	w.mustBe(w.api("POST", "/v1/payments/confirm", confirmBody(key), idem, "k2"), 400, codeAlreadyProcessed)
	leave()
	hung.Wait()
	if a := w.api("POST", "/v1/payments/confirm", confirmBody(key), idem, "k"); a.Status != done {
		t.Errorf("after the client left: %d %s", a.status, a.raw)
	}
	if l := w.orders()[0]; l.Captures != 1 || l.Captured != 15000 {
		t.Errorf("%+v", l)
	}
}

func TestCloseEndsHangs(t *testing.T) {
	w := newWorld(t)
	key := w.made()
	w.choose(key, timeoutBefore)
	ended := make(chan int)
	go func() { ended <- w.api("POST", "/v1/payments/confirm", confirmBody(key)).status }()
	for !func() bool { w.mu.Lock(); defer w.mu.Unlock(); return w.book.byKey[key].Troubled }() {
		time.Sleep(time.Millisecond)
	}
	w.Close()
	if status := <-ended; status != 500 {
		t.Errorf("answered %d", status)
	}
}

// TestParallelKeys: many confirms, some with keys of their own, take the money once.
func TestParallelKeys(t *testing.T) {
	w := newWorld(t)
	key := w.agreed()
	var wg sync.WaitGroup
	for i := range 40 {
		wg.Go(func() { w.api("POST", "/v1/payments/confirm", confirmBody(key), idem, fmt.Sprint(i%8)) })
	}
	wg.Wait()
	if l := w.orders()[0]; l.Captures != 1 || l.Captured != 15000 {
		t.Errorf("%+v", l)
	}
}
