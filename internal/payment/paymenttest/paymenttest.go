// Package paymenttest is the conformance suite of payment.Provider. It knows only the interface and, through Harness, the
// buyer, the provider's books and its clock.
package paymenttest

import (
	"context"
	"crypto/rand"
	"errors"
	"testing"
	"time"

	"myclothes/internal/lang"
	"myclothes/internal/money"
	"myclothes/internal/payment"
)

// Harness is a provider under test with a world around it. Every case gets its own.
type Harness struct {
	// Provider waits long enough never to give up on a provider that answers.
	Provider payment.Provider
	// Impatient is the same account, giving up after a fraction of a second. The hang of the time-out results outlasts it.
	Impatient payment.Provider
	// Buy plays the buyer at s, who ends with result, one of those of CONTRACT.md's payment simulator, error_after or
	// decline_at_confirm. It returns once the browser was sent back.
	Buy func(t testing.TB, s payment.Started, result string)
	// Books says what the provider really did for an order.
	Books func(t testing.TB, orderID string) Books
	// Advance moves the provider's clock.
	Advance func(time.Duration)
}

// Books is the truth about an order, from outside the Provider.
type Books struct {
	Captured, Refunded money.Amount
	Captures, Refunds  int // how many times
}

// Run runs every case, each with a Harness of its own.
func Run(t *testing.T, open func(*testing.T) Harness) {
	for _, group := range []map[string]func(*testing.T, Harness){starting, confirming, faulty, refunding} {
		for name, run := range group {
			t.Run(name, func(t *testing.T) { run(t, open(t)) })
		}
	}
}

const price money.Amount = 15_000

// attempt is a Start with a new order.
func attempt() payment.Start {
	return payment.Start{
		OrderID: "test-" + rand.Text(), OrderName: "코튼 셔츠 외 2건", Amount: price, Method: payment.Card,
		SuccessURL: "https://shop.example/pay/success?from=toss", FailURL: "https://shop.example/pay/fail",
		Lang: lang.Korean, BuyerName: "김하나", BuyerEmail: "hana@shop.example",
	}
}

func start(t *testing.T, h Harness) (payment.Started, payment.Confirm) {
	t.Helper()
	a := attempt()
	s, err := h.Provider.Start(t.Context(), a)
	if err != nil {
		t.Fatalf("Start: %v", err)
	}
	if s.Key == "" || s.CheckoutURL == "" {
		t.Fatalf("Start = %+v, want a key and an address", s)
	}
	return s, payment.Confirm{Key: s.Key, OrderID: a.OrderID, Amount: a.Amount}
}

// bought starts a payment and lets the buyer end with result.
func bought(t *testing.T, h Harness, result string) payment.Confirm {
	t.Helper()
	s, c := start(t, h)
	h.Buy(t, s, result)
	return c
}

// captured is a payment whose money was taken.
func captured(t *testing.T, h Harness) payment.Confirm {
	t.Helper()
	c := bought(t, h, "approve")
	r, err := h.Provider.Confirm(t.Context(), c)
	if err != nil {
		t.Fatalf("Confirm: %v", err)
	}
	mustBe(t, r, payment.AtCaptured, c)
	return c
}

// mustBe checks that r is c's payment, in that status.
func mustBe(t *testing.T, r payment.Result, want payment.Status, c payment.Confirm) {
	t.Helper()
	if r.Status != want || r.Key != c.Key || r.OrderID != c.OrderID || r.Total != price {
		t.Fatalf("got %+v, want %s of %+v", r, want, c)
	}
	switch want {
	case payment.AtCaptured, payment.AtPartial, payment.AtRefunded:
		if r.Approved.IsZero() {
			t.Fatalf("%s without a time of approval", want)
		}
	default:
		if !r.Approved.IsZero() {
			t.Fatalf("%s with a time of approval", want)
		}
	}
}

func queryMustBe(t *testing.T, h Harness, want payment.Status, c payment.Confirm) payment.Result {
	t.Helper()
	r, err := h.Provider.Query(t.Context(), c.OrderID)
	if err != nil {
		t.Fatalf("Query: %v", err)
	}
	mustBe(t, r, want, c)
	return r
}

func mustRefuse(t *testing.T, err error) *payment.RefusedError {
	t.Helper()
	r, ok := errors.AsType[*payment.RefusedError](err)
	if !ok {
		t.Fatalf("got %v, want a RefusedError", err)
	}
	return r
}

func mustNotKnow(t *testing.T, err error) {
	t.Helper()
	if _, ok := errors.AsType[*payment.UnknownError](err); !ok {
		t.Fatalf("got %v, want an UnknownError", err)
	}
}

func booksMustBe(t *testing.T, h Harness, orderID string, want Books) {
	t.Helper()
	if got := h.Books(t, orderID); got != want {
		t.Fatalf("the provider's books say %+v, want %+v", got, want)
	}
}

// heard repeats Confirm as the shop's worker does, until the provider has noticed that the first caller left.
func heard(t *testing.T, h Harness, c payment.Confirm) payment.Result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		r, err := h.Provider.Confirm(ctx, c)
		if err == nil {
			return r
		}
		mustNotKnow(t, err)
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("Confirm again: %v", err)
		}
	}
}
