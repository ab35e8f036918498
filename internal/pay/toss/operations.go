package toss

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"regexp"

	"myclothes/internal/money"
	"myclothes/internal/payment"
)

// Lengths that Toss takes, in characters.
const (
	maxOrderName = 100
	maxReason    = 200
)

// wellFormedOrderID is Toss's rule for orderId. Others are refused here: they could never have reached it.
var wellFormedOrderID = regexp.MustCompile(`^[A-Za-z0-9_-]{6,64}$`)

var errForeign = errors.New("the answer is about another payment")

var methods = map[payment.Method]string{payment.Card: "CARD", payment.Transfer: "TRANSFER"}

// Start makes the payment at POST /v1/payments. Its answer is bound to the order for 15 days: a second Start with another
// amount gets the first payment, which is then reported as Unknown.
func (p *Provider) Start(ctx context.Context, s payment.Start) (payment.Started, error) {
	method, known := methods[s.Method]
	if !known || !wellFormedOrderID.MatchString(s.OrderID) {
		return payment.Started{}, &payment.RefusedError{Code: "INVALID_REQUEST"}
	}
	body, err := p.do(ctx, call{
		method: http.MethodPost, path: "/v1/payments", key: idempotencyKey("start", s.OrderID), lang: s.Lang,
		refused: startRefusals,
		body: struct {
			Method        string       `json:"method"`
			Amount        money.Amount `json:"amount"`
			OrderID       string       `json:"orderId"`
			OrderName     string       `json:"orderName"`
			SuccessURL    string       `json:"successUrl"`
			FailURL       string       `json:"failUrl"`
			CustomerName  string       `json:"customerName,omitempty"`
			CustomerEmail string       `json:"customerEmail,omitempty"`
		}{method, s.Amount, s.OrderID, cut(s.OrderName, maxOrderName), s.SuccessURL, s.FailURL, s.BuyerName, s.BuyerEmail},
	})
	if err != nil {
		return payment.Started{}, err
	}
	w, err := decode(body)
	if err != nil {
		return payment.Started{}, unknown("", err)
	}
	if w.OrderID != s.OrderID || *w.TotalAmount != s.Amount {
		return payment.Started{}, unknown("", errForeign)
	}
	to, err := w.checkoutURL()
	if err != nil {
		return payment.Started{}, unknown("", err)
	}
	return payment.Started{Key: w.PaymentKey, CheckoutURL: to}, nil
}

// Confirm takes the money at POST /v1/payments/confirm. Toss binds its answer to the order, a refusal too: a refused
// Confirm stays refused, whatever the next one says.
func (p *Provider) Confirm(ctx context.Context, c payment.Confirm) (payment.Result, error) {
	if !wellFormedOrderID.MatchString(c.OrderID) {
		return payment.Result{}, &payment.RefusedError{Code: "INVALID_REQUEST"}
	}
	body, err := p.do(ctx, call{
		method: http.MethodPost, path: "/v1/payments/confirm", key: idempotencyKey("confirm", c.OrderID), lang: c.Lang,
		refused: confirmRefusals,
		body: struct {
			PaymentKey string       `json:"paymentKey"`
			OrderID    string       `json:"orderId"`
			Amount     money.Amount `json:"amount"`
		}{c.Key, c.OrderID, c.Amount},
	})
	if err != nil {
		return payment.Result{}, err
	}
	return heard(body, func(w wire) bool { return w.PaymentKey == c.Key && w.OrderID == c.OrderID })
}

// Query asks GET /v1/payments/orders/{orderId}.
func (p *Provider) Query(ctx context.Context, orderID string) (payment.Result, error) {
	if !wellFormedOrderID.MatchString(orderID) {
		return payment.Result{}, payment.ErrNoPayment
	}
	body, err := p.do(ctx, call{method: http.MethodGet, path: "/v1/payments/orders/" + orderID,
		refused: refusals{"NOT_FOUND_PAYMENT": http.StatusNotFound}})
	if _, no := errors.AsType[*payment.RefusedError](err); no {
		return payment.Result{}, payment.ErrNoPayment
	}
	if err != nil {
		return payment.Result{}, err
	}
	return heard(body, func(w wire) bool { return w.OrderID == orderID })
}

// Refund gives money back at POST /v1/payments/{paymentKey}/cancel. It always says how much: without an amount Toss gives
// back everything.
func (p *Provider) Refund(ctx context.Context, r payment.Refund) (payment.Result, error) {
	if r.Amount <= 0 || r.Token == "" || !usableKey(r.Key) {
		return payment.Result{}, &payment.RefusedError{Code: "INVALID_REQUEST"}
	}
	reason := cut(r.Reason, maxReason)
	if reason == "" {
		reason = "주문 취소" // Toss requires one
	}
	body, err := p.do(ctx, call{
		method: http.MethodPost, path: "/v1/payments/" + url.PathEscape(r.Key) + "/cancel",
		key: idempotencyKey("refund", r.Token), refused: refundRefusals,
		body: struct {
			CancelReason string       `json:"cancelReason"`
			CancelAmount money.Amount `json:"cancelAmount"`
		}{reason, r.Amount},
	})
	if err != nil {
		return payment.Result{}, err
	}
	return heard(body, func(w wire) bool { return w.PaymentKey == r.Key })
}

// heard reads a 200 and makes sure that it is about the payment asked for.
func heard(body []byte, ours func(wire) bool) (payment.Result, error) {
	w, err := decode(body)
	if err != nil {
		return payment.Result{}, unknown("", err)
	}
	if !ours(w) {
		return payment.Result{}, unknown("", errForeign)
	}
	return w.result(), nil
}
