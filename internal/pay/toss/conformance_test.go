package toss_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"myclothes/internal/money"
	"myclothes/internal/pay/toss"
	"myclothes/internal/pay/tosssim"
	"myclothes/internal/payment"
	"myclothes/internal/payment/paymenttest"
)

func TestConformance(t *testing.T) { paymenttest.Run(t, open) }

const secret = "test_sk_conformance"

// open starts a simulator on a loopback port with a clock of its own.
func open(t *testing.T) paymenttest.Harness {
	var ahead atomic.Int64
	srv := httptest.NewUnstartedServer(nil)
	base := "http://" + srv.Listener.Addr().String()
	sim, err := tosssim.New(tosssim.Options{
		BaseURL: base, SecretKey: secret, ClientKey: "test_ck_conformance", Journal: t.TempDir() + "/journal",
		Now:     func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) },
		SlowFor: 50 * time.Millisecond, HangFor: time.Minute,
	})
	if err != nil {
		t.Fatal(err)
	}
	srv.Config.Handler = sim
	srv.Start()
	t.Cleanup(func() { sim.Close(); srv.Close() })
	return paymenttest.Harness{
		Provider:  toss.New(toss.Options{BaseURL: base, SecretKey: secret, Timeout: 20 * time.Second, HTTP: srv.Client()}),
		Impatient: toss.New(toss.Options{BaseURL: base, SecretKey: secret, Timeout: 250 * time.Millisecond, HTTP: srv.Client()}),
		Buy:       func(t testing.TB, s payment.Started, result string) { buy(t, srv.Client(), s, result) },
		Books:     func(t testing.TB, id string) paymenttest.Books { return books(t, srv.Client(), base, id) },
		Advance:   func(d time.Duration) { ahead.Add(int64(d)) },
	}
}

func buy(t testing.TB, c *http.Client, s payment.Started, result string) {
	t.Helper()
	browser := http.Client{Transport: c.Transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := browser.PostForm(s.CheckoutURL, url.Values{"result": {result}})
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("the payment page answered %s to %s", resp.Status, result)
	}
}

func books(t testing.TB, c *http.Client, base, orderID string) (b paymenttest.Books) {
	t.Helper()
	resp, err := c.Get(base + "/ledger")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var ledger struct {
		Orders []struct {
			OrderID  string       `json:"order_id"`
			Captured money.Amount `json:"captured"`
			Refunded money.Amount `json:"refunded"`
			Captures int          `json:"captures"`
			Refunds  int          `json:"refunds"`
		} `json:"orders"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&ledger); err != nil {
		t.Fatal(err)
	}
	for _, o := range ledger.Orders {
		if o.OrderID == orderID {
			return paymenttest.Books{Captured: o.Captured, Refunded: o.Refunded, Captures: o.Captures, Refunds: o.Refunds}
		}
	}
	t.Fatalf("the ledger does not know %s", orderID)
	return b
}
