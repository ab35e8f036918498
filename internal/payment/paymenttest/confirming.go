package paymenttest

import (
	"sync"
	"testing"
	"time"

	"myclothes/internal/lang"
	"myclothes/internal/payment"
)

// The windows of TOSS.md: for the buyer to agree, and for the shop to confirm after that.
const (
	buyerWindow = 30 * time.Minute
	shopWindow  = 10 * time.Minute
)

var confirming = map[string]func(*testing.T, Harness){
	"confirm captures":                               confirmOnce,
	"confirm again gives the same answer":            confirmAgain,
	"confirm 20 times at once captures once":         confirmInParallel,
	"a wrong amount is refused":                      wrongAmount,
	"another order's key is not captured":            foreignKey,
	"confirm before the buyer agreed is refused":     tooEarly,
	"confirm after ten minutes is refused":           tooLate,
	"the card company declines":                      declined,
	"the buyer leaves":                               left,
	"a refusal at the confirm stays":                 refusalStays,
	"a refusal speaks the language that was asked":   refusalSpeaks,
	"a slow confirm captures":                        slowly,
	"a bank transfer is confirmed as a card payment": byTransfer,
}

func confirmOnce(t *testing.T, h Harness) {
	c := captured(t, h)
	if r := queryMustBe(t, h, payment.AtCaptured, c); r.Balance != price {
		t.Fatalf("balance %d, want %d", r.Balance, price)
	}
	booksMustBe(t, h, c.OrderID, Books{Captured: price, Captures: 1})
}

func confirmAgain(t *testing.T, h Harness) {
	c := captured(t, h)
	r, err := h.Provider.Confirm(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	mustBe(t, r, payment.AtCaptured, c)
	booksMustBe(t, h, c.OrderID, Books{Captured: price, Captures: 1})
}

func confirmInParallel(t *testing.T, h Harness) {
	c := bought(t, h, "approve")
	var wg sync.WaitGroup
	errs := make([]error, 20)
	results := make([]payment.Result, len(errs))
	for i := range errs {
		wg.Go(func() { results[i], errs[i] = h.Provider.Confirm(t.Context(), c) })
	}
	wg.Wait()
	yes := 0
	for i, err := range errs {
		if err != nil {
			mustNotKnow(t, err) // one of the others is being worked on
			continue
		}
		yes++
		mustBe(t, results[i], payment.AtCaptured, c)
	}
	if yes == 0 {
		t.Error("none of 20 confirms was answered")
	}
	queryMustBe(t, h, payment.AtCaptured, c)
	booksMustBe(t, h, c.OrderID, Books{Captured: price, Captures: 1})
}

func wrongAmount(t *testing.T, h Harness) {
	c := bought(t, h, "approve")
	wrong := c
	wrong.Amount -= 1000
	_, err := h.Provider.Confirm(t.Context(), wrong)
	mustRefuse(t, err)
	queryMustBe(t, h, payment.AtInProgress, c)
	booksMustBe(t, h, c.OrderID, Books{})
}

func foreignKey(t *testing.T, h Harness) {
	mine, other := bought(t, h, "approve"), bought(t, h, "approve")
	mine.Key = other.Key
	if r, err := h.Provider.Confirm(t.Context(), mine); err == nil {
		t.Fatalf("Confirm = %+v with another payment's key", r)
	}
	booksMustBe(t, h, mine.OrderID, Books{})
	booksMustBe(t, h, other.OrderID, Books{})
}

func tooEarly(t *testing.T, h Harness) {
	_, c := start(t, h)
	_, err := h.Provider.Confirm(t.Context(), c)
	mustRefuse(t, err)
	booksMustBe(t, h, c.OrderID, Books{})
}

func tooLate(t *testing.T, h Harness) {
	c := bought(t, h, "approve")
	h.Advance(shopWindow)
	_, err := h.Provider.Confirm(t.Context(), c)
	mustRefuse(t, err)
	queryMustBe(t, h, payment.AtExpired, c)
	booksMustBe(t, h, c.OrderID, Books{})
}

func declined(t *testing.T, h Harness) { endsAborted(t, h, "decline") }
func left(t *testing.T, h Harness)     { endsAborted(t, h, "cancel") }

func endsAborted(t *testing.T, h Harness, result string) {
	c := bought(t, h, result)
	if r := queryMustBe(t, h, payment.AtAborted, c); r.Failure == "" {
		t.Error("aborted without saying why")
	}
	_, err := h.Provider.Confirm(t.Context(), c)
	mustRefuse(t, err)
	booksMustBe(t, h, c.OrderID, Books{})
}

func refusalStays(t *testing.T, h Harness) {
	c := bought(t, h, "decline_at_confirm")
	_, err := h.Provider.Confirm(t.Context(), c)
	first := mustRefuse(t, err)
	if first.Code == "" || first.Message == "" {
		t.Errorf("refused with %+v, want a code and words", first)
	}
	_, err = h.Provider.Confirm(t.Context(), c)
	if again := mustRefuse(t, err); *again != *first {
		t.Errorf("refused again with %+v, want %+v", again, first)
	}
	if r := queryMustBe(t, h, payment.AtAborted, c); r.Failure != first.Code {
		t.Errorf("Query gives %q as the reason, Confirm gave %q", r.Failure, first.Code)
	}
	booksMustBe(t, h, c.OrderID, Books{})
}

func refusalSpeaks(t *testing.T, h Harness) {
	words := map[lang.Tag]string{}
	for _, tag := range []lang.Tag{lang.Korean, lang.English, ""} {
		c := bought(t, h, "decline_at_confirm")
		c.Lang = tag
		_, err := h.Provider.Confirm(t.Context(), c)
		words[tag] = mustRefuse(t, err).Message
	}
	if words[lang.Korean] == words[lang.English] || words[""] != words[lang.Korean] {
		t.Errorf("refusals by language: %q", words)
	}
}

func slowly(t *testing.T, h Harness) {
	c := bought(t, h, "slow")
	mustBe(t, heard(t, h, c), payment.AtCaptured, c)
	booksMustBe(t, h, c.OrderID, Books{Captured: price, Captures: 1})
}

func byTransfer(t *testing.T, h Harness) {
	a := attempt()
	a.Method = payment.Transfer
	s, err := h.Provider.Start(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	h.Buy(t, s, "approve")
	c := payment.Confirm{Key: s.Key, OrderID: a.OrderID, Amount: a.Amount}
	mustBe(t, heard(t, h, c), payment.AtCaptured, c)
}
