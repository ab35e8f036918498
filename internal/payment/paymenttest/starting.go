package paymenttest

import (
	"context"
	"errors"
	"testing"

	"myclothes/internal/payment"
)

var starting = map[string]func(*testing.T, Harness){
	"start is repeatable":                     startTwice,
	"start again with another amount":         startAgainDearer,
	"start below the least amount is refused": startTooCheap,
	"query before the buyer agreed":           queryReady,
	"query after the buyer agreed":            queryAgreed,
	"query of an unknown order":               queryUnknown,
	"a cancelled context is an unknown":       cancelled,
	"a buyer who never comes":                 neverComes,
}

func startTwice(t *testing.T, h Harness) {
	a := attempt()
	first, err := h.Provider.Start(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	second, err := h.Provider.Start(t.Context(), a)
	if err != nil || first != second {
		t.Fatalf("the second Start = %+v, %v, want %+v", second, err, first)
	}
}

func startAgainDearer(t *testing.T, h Harness) {
	a := attempt()
	if _, err := h.Provider.Start(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	a.Amount++
	if s, err := h.Provider.Start(t.Context(), a); err == nil {
		t.Fatalf("Start = %+v for an order that was started with another amount", s)
	}
}

func startTooCheap(t *testing.T, h Harness) {
	a := attempt()
	a.Amount = 1
	_, err := h.Provider.Start(t.Context(), a)
	mustRefuse(t, err)
}

func queryReady(t *testing.T, h Harness) {
	_, c := start(t, h)
	if r := queryMustBe(t, h, payment.AtReady, c); r.Balance != price {
		t.Fatalf("balance %d, want %d", r.Balance, price)
	}
}

func queryAgreed(t *testing.T, h Harness) {
	c := bought(t, h, "approve")
	queryMustBe(t, h, payment.AtInProgress, c)
	booksMustBe(t, h, c.OrderID, Books{})
}

func queryUnknown(t *testing.T, h Harness) {
	for _, id := range []string{"never-started", "x", "../v1/payments", ""} {
		if _, err := h.Provider.Query(t.Context(), id); !errors.Is(err, payment.ErrNoPayment) {
			t.Errorf("Query(%q): %v, want ErrNoPayment", id, err)
		}
	}
}

func cancelled(t *testing.T, h Harness) {
	c := bought(t, h, "approve")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, starting := h.Provider.Start(ctx, attempt())
	_, confirming := h.Provider.Confirm(ctx, c)
	_, querying := h.Provider.Query(ctx, c.OrderID)
	_, refunding := h.Provider.Refund(ctx, payment.Refund{Key: c.Key, Amount: 1, Reason: "취소", Token: "t"})
	for _, err := range []error{starting, confirming, querying, refunding} {
		mustNotKnow(t, err)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%v does not wrap context.Canceled", err)
		}
	}
	booksMustBe(t, h, c.OrderID, Books{})
}

func neverComes(t *testing.T, h Harness) {
	_, c := start(t, h)
	h.Advance(buyerWindow)
	if r := queryMustBe(t, h, payment.AtExpired, c); r.Failure == "" {
		t.Fatal("expired without saying why")
	}
}
