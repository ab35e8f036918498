package toss

import (
	"encoding/json"
	"errors"
	"net/url"
	"time"

	"myclothes/internal/money"
	"myclothes/internal/payment"
)

// wire is the part of Toss's Payment object that the shop reads. Pointers tell what is absent or null from what is zero.
type wire struct {
	PaymentKey    string        `json:"paymentKey"`
	OrderID       string        `json:"orderId"`
	Status        string        `json:"status"`
	Currency      string        `json:"currency"`
	TotalAmount   *money.Amount `json:"totalAmount"`
	BalanceAmount *money.Amount `json:"balanceAmount"`
	ApprovedAt    *string       `json:"approvedAt"`
	Failure       *struct {
		Code string `json:"code"`
	} `json:"failure"`
	Checkout *struct {
		URL string `json:"url"`
	} `json:"checkout"`
}

// statuses pairs Toss's words with ours. Any other is AtUnheard.
var statuses = map[string]payment.Status{
	"READY":               payment.AtReady,
	"IN_PROGRESS":         payment.AtInProgress,
	"WAITING_FOR_DEPOSIT": payment.AtWaiting,
	"DONE":                payment.AtCaptured,
	"PARTIAL_CANCELED":    payment.AtPartial,
	"CANCELED":            payment.AtRefunded,
	"ABORTED":             payment.AtAborted,
	"EXPIRED":             payment.AtExpired,
}

// decode reads a Payment object. It refuses one that lacks its names, its status or its amounts, whose amounts are
// impossible, or that is not in won; unknown members are ignored.
func decode(body []byte) (wire, error) {
	var w wire
	if err := json.Unmarshal(body, &w); err != nil {
		return wire{}, errors.New("the answer is not a Payment object")
	}
	switch {
	case !usableKey(w.PaymentKey), w.OrderID == "", w.Status == "":
		return wire{}, errors.New("the Payment object lacks a name or a status")
	case w.Currency != money.Currency:
		return wire{}, errors.New("the Payment object is not in won")
	case w.TotalAmount == nil || w.BalanceAmount == nil:
		return wire{}, errors.New("the Payment object lacks an amount")
	case *w.BalanceAmount < 0 || *w.BalanceAmount > *w.TotalAmount || *w.TotalAmount > money.Max:
		return wire{}, errors.New("the Payment object has an impossible amount")
	}
	return w, nil
}

// result is the shop's view. A time of approval that does not parse is left zero: it must not hide that money moved.
func (w wire) result() payment.Result {
	r := payment.Result{Key: w.PaymentKey, OrderID: w.OrderID, Status: payment.AtUnheard,
		Total: *w.TotalAmount, Balance: *w.BalanceAmount}
	if s, ok := statuses[w.Status]; ok {
		r.Status = s
	}
	switch r.Status {
	case payment.AtCaptured, payment.AtPartial, payment.AtRefunded:
		if w.ApprovedAt != nil {
			r.Approved, _ = time.Parse(time.RFC3339, *w.ApprovedAt)
		}
	case payment.AtAborted, payment.AtExpired:
		if w.Failure != nil {
			r.Failure = w.Failure.Code
		}
	}
	return r
}

// checkoutURL is where the buyer's browser goes, so it must be an absolute web address.
func (w wire) checkoutURL() (string, error) {
	if w.Checkout == nil {
		return "", errors.New("the Payment object lacks checkout.url")
	}
	u, err := url.Parse(w.Checkout.URL)
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return "", errors.New("checkout.url is not a web address")
	}
	return w.Checkout.URL, nil
}

// usableKey reports whether a paymentKey (at most 200 characters) can be a segment of a path.
func usableKey(k string) bool { return k != "" && k != "." && k != ".." && len(k) <= 200 }
