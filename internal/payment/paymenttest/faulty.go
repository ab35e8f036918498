package paymenttest

import (
	"strings"
	"testing"

	"myclothes/internal/payment"
)

// Each fault must be an unknown to the caller, after which Query tells what happened and another Confirm ends well.
var faulty = map[string]func(*testing.T, Harness){
	"no answer, nothing captured":   func(t *testing.T, h Harness) { fault(t, h, "timeout_before", payment.AtInProgress) },
	"no answer, captured":           func(t *testing.T, h Harness) { fault(t, h, "timeout_after", payment.AtCaptured) },
	"a 5xx, nothing captured":       func(t *testing.T, h Harness) { fault(t, h, "error", payment.AtInProgress) },
	"a 5xx, captured":               func(t *testing.T, h Harness) { fault(t, h, "error_after", payment.AtCaptured) },
	"a lost answer can be refunded": refundAfterFault,
}

func fault(t *testing.T, h Harness, result string, then payment.Status) {
	c := bought(t, h, result)
	first := h.Provider
	if strings.HasPrefix(result, "timeout") {
		first = h.Impatient
	}
	_, err := first.Confirm(t.Context(), c)
	mustNotKnow(t, err)
	queryMustBe(t, h, then, c)
	mustBe(t, heard(t, h, c), payment.AtCaptured, c)
	queryMustBe(t, h, payment.AtCaptured, c)
	booksMustBe(t, h, c.OrderID, Books{Captured: price, Captures: 1})
}

func refundAfterFault(t *testing.T, h Harness) {
	c := bought(t, h, "timeout_after")
	_, err := h.Impatient.Confirm(t.Context(), c)
	mustNotKnow(t, err)
	r, err := h.Provider.Refund(t.Context(), payment.Refund{Key: c.Key, Amount: price, Reason: "주문 취소", Token: c.OrderID})
	if err != nil {
		t.Fatal(err)
	}
	mustBe(t, r, payment.AtRefunded, c)
	booksMustBe(t, h, c.OrderID, Books{Captured: price, Refunded: price, Captures: 1, Refunds: 1})
}
