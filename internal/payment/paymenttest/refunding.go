package paymenttest

import (
	"strings"
	"sync"
	"testing"

	"myclothes/internal/money"
	"myclothes/internal/payment"
)

var refunding = map[string]func(*testing.T, Harness){
	"a full refund":                          refundAll,
	"partial refunds add up":                 refundInParts,
	"the same token gives back once":         refundTwice,
	"the same token at once gives back once": refundInParallel,
	"a refund above the balance is refused":  refundTooMuch,
	"a refund of nothing is refused":         refundNothing,
	"a refund before a capture is refused":   refundUncaptured,
	"a refund of what is refunded":           refundRefunded,
	"a long reason and a strange token":      refundStrange,
}

func back(c payment.Confirm, a money.Amount, token string) payment.Refund {
	return payment.Refund{Key: c.Key, Amount: a, Reason: "단순 변심", Token: token}
}

func mustRefund(t *testing.T, h Harness, c payment.Confirm, r payment.Refund, want payment.Status, left money.Amount) {
	t.Helper()
	got, err := h.Provider.Refund(t.Context(), r)
	if err != nil {
		t.Fatalf("Refund: %v", err)
	}
	mustBe(t, got, want, c)
	if got.Balance != left {
		t.Fatalf("balance %d, want %d", got.Balance, left)
	}
}

func refundAll(t *testing.T, h Harness) {
	c := captured(t, h)
	mustRefund(t, h, c, back(c, price, "all"), payment.AtRefunded, 0)
	if r := queryMustBe(t, h, payment.AtRefunded, c); r.Balance != 0 {
		t.Fatalf("balance %d, want 0", r.Balance)
	}
	booksMustBe(t, h, c.OrderID, Books{Captured: price, Refunded: price, Captures: 1, Refunds: 1})
}

func refundInParts(t *testing.T, h Harness) {
	c := captured(t, h)
	mustRefund(t, h, c, back(c, 4_999, "one"), payment.AtPartial, price-4_999)
	mustRefund(t, h, c, back(c, 1, "two"), payment.AtPartial, price-5_000)
	mustRefund(t, h, c, back(c, price-5_000, "three"), payment.AtRefunded, 0)
	booksMustBe(t, h, c.OrderID, Books{Captured: price, Refunded: price, Captures: 1, Refunds: 3})
}

func refundTwice(t *testing.T, h Harness) {
	c := captured(t, h)
	mustRefund(t, h, c, back(c, 5_000, "once"), payment.AtPartial, price-5_000)
	mustRefund(t, h, c, back(c, 5_000, "once"), payment.AtPartial, price-5_000)
	booksMustBe(t, h, c.OrderID, Books{Captured: price, Refunded: 5_000, Captures: 1, Refunds: 1})
}

func refundInParallel(t *testing.T, h Harness) {
	c := captured(t, h)
	errs := make([]error, 20)
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() { _, errs[i] = h.Provider.Refund(t.Context(), back(c, 1_000, "once")) })
	}
	wg.Wait()
	yes := 0
	for _, err := range errs {
		if err != nil {
			mustNotKnow(t, err)
			continue
		}
		yes++
	}
	if yes == 0 {
		t.Error("none of 20 refunds was answered")
	}
	booksMustBe(t, h, c.OrderID, Books{Captured: price, Refunded: 1_000, Captures: 1, Refunds: 1})
}

func refundTooMuch(t *testing.T, h Harness) {
	c := captured(t, h)
	_, err := h.Provider.Refund(t.Context(), back(c, price+1, "too much"))
	mustRefuse(t, err)
	mustRefund(t, h, c, back(c, 10_000, "fits"), payment.AtPartial, 5_000)
	_, err = h.Provider.Refund(t.Context(), back(c, 5_001, "too much then"))
	mustRefuse(t, err)
	booksMustBe(t, h, c.OrderID, Books{Captured: price, Refunded: 10_000, Captures: 1, Refunds: 1})
}

func refundNothing(t *testing.T, h Harness) {
	c := captured(t, h)
	for _, a := range []money.Amount{0, -1} {
		_, err := h.Provider.Refund(t.Context(), back(c, a, "nothing"))
		mustRefuse(t, err)
	}
	booksMustBe(t, h, c.OrderID, Books{Captured: price, Captures: 1})
}

func refundUncaptured(t *testing.T, h Harness) {
	c := bought(t, h, "approve")
	_, err := h.Provider.Refund(t.Context(), back(c, price, "early"))
	mustRefuse(t, err)
	booksMustBe(t, h, c.OrderID, Books{})
}

// refundRefunded: that nothing is left may mean that an earlier refund of ours went through, so Query must tell.
func refundRefunded(t *testing.T, h Harness) {
	c := captured(t, h)
	mustRefund(t, h, c, back(c, price, "first"), payment.AtRefunded, 0)
	_, err := h.Provider.Refund(t.Context(), back(c, price, "second"))
	mustNotKnow(t, err)
	queryMustBe(t, h, payment.AtRefunded, c)
	booksMustBe(t, h, c.OrderID, Books{Captured: price, Refunded: price, Captures: 1, Refunds: 1})
}

func refundStrange(t *testing.T, h Harness) {
	c := captured(t, h)
	for i, token := range []string{strings.Repeat("t", 400), "환불 1\r\nX: y", "\x00"} {
		r := payment.Refund{Key: c.Key, Amount: 1, Reason: strings.Repeat("가", 500), Token: token}
		left := price - money.Amount(i+1)
		mustRefund(t, h, c, r, payment.AtPartial, left)
		mustRefund(t, h, c, r, payment.AtPartial, left)
	}
	booksMustBe(t, h, c.OrderID, Books{Captured: price, Refunded: 3, Captures: 1, Refunds: 3})
}
