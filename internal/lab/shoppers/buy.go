package shoppers

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// form opens the form of an order, with something in the cart.
func (v *visit) form() { v.page("/checkout") }

// buy fills the cart if it is empty, orders it, pays, and now and then thinks better of it.
func (v *visit) buy() {
	if v.pending == nil && v.mayBeEmpty() && v.add() != OK {
		return
	}
	b := v.place()
	if b == nil {
		return
	}
	if n := v.crowd.intN(20); n == 0 {
		return // wandered off: the hold ends by time
	} else if n <= 2 {
		v.again(b)
	}
	if key := v.agree(b); key != "" {
		v.confirm(b, key)
	}
	v.inquire()
	if b.Paid && v.crowd.intN(8) == 0 {
		v.cancel(b)
	}
}

func (v *visit) mayBeEmpty() bool {
	for _, s := range v.cart {
		if s.least > 0 {
			return false
		}
	}
	return true
}

// placed is the answer to an order.
type placed struct {
	Number  string
	Total   int64
	Payment struct {
		OrderID  string `json:"order_id"`
		Checkout string `json:"checkout_url"`
	}
}

// place orders what the cart holds; nil if it was refused or not answered. An order without an answer is asked for under the same key at the next occasion.
func (v *visit) place() *Order {
	v.act = "place"
	b := v.pending
	if b == nil {
		v.keys++
		b = &Order{Key: fmt.Sprintf("shopper-%d-%d", v.ID, v.keys)}
	}
	var got placed
	o, code := v.ask("POST", "/api/v1/orders", b.Key, v.details(), &got)
	for sku, s := range v.cart {
		v.cart[sku] = s.ordered(o)
	}
	switch v.pending = nil; {
	case o == Unknown:
		v.pending = b
		return nil
	case o == Refused:
		if code != "cart_empty" {
			v.empty()
		}
		return nil
	}
	b.Number, b.Payment, b.Checkout, b.Total = got.Number, got.Payment.OrderID, got.Payment.Checkout, got.Total
	v.Orders = append(v.Orders, b)
	return b
}

// again sends the same order under the same key, and another one under it (I1).
func (v *visit) again(b *Order) {
	var got placed
	if o, code := v.ask("POST", "/api/v1/orders", b.Key, v.details(), &got); o == Refused || o == OK && got.Number != b.Number {
		v.crowd.History.Broke("I1", v.ID, "order %s, sent again under its key, was answered with %s %q %s", b.Number, o, got.Number, code)
	}
	other := v.details()
	other["delivery"].(map[string]any)["memo"] = "문 앞에"
	if o, code := v.ask("POST", "/api/v1/orders", b.Key, other, nil); o == OK || o == Refused && code != "idempotency_conflict" {
		v.crowd.History.Broke("I1", v.ID, "another order under the key of %s was answered with %s %s", b.Number, o, code)
	}
}

// agree plays the payment page and returns the provider's key if there is something to confirm.
func (v *visit) agree(b *Order) string {
	v.act = "pay"
	if b.Checkout == "" {
		return ""
	}
	form := url.Values{"result": {v.crowd.result()}}
	req, err := http.NewRequest("POST", b.Checkout, strings.NewReader(form.Encode()))
	if err != nil {
		v.crowd.History.Broke("M1", v.ID, "order %s is to be paid at %q", b.Number, b.Checkout)
		return ""
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	began := time.Now()
	resp, err := v.crowd.window().Do(req)
	c := Call{Shopper: v.ID, Act: "provider", Request: "POST " + b.Checkout + " " + form.Encode(), Due: began, Start: began, End: time.Now(), Outcome: Unknown}
	defer func() { v.crowd.History.add(c) }()
	if err != nil {
		c.Note = err.Error()
		return ""
	}
	resp.Body.Close()
	c.Status, c.Outcome = resp.StatusCode, OK
	to, err := resp.Location()
	if err != nil {
		c.Outcome = Refused
		return ""
	}
	return to.Query().Get("paymentKey")
}

// window is a browser at the payment provider, which shows where it is sent instead of going there.
func (c *Crowd) window() *http.Client {
	return &http.Client{Timeout: c.plan.Timeout, Transport: c.via, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// confirm comes back from paying, and asks again where there was no answer.
func (v *visit) confirm(b *Order, key string) {
	v.act = "confirm"
	in := map[string]any{"paymentKey": key, "orderId": b.Payment, "amount": b.Total}
	for range 1 + v.crowd.intN(3) {
		switch o, code := v.ask("POST", "/api/v1/orders/"+b.Number+"/payment/confirm", "", in, nil); {
		case o == Unknown:
			continue
		case o == OK:
			b.Paid = true
		case code == "payment_refused":
			b.Refused = true
		case code == "not_found":
			v.crowd.History.Broke("O1", v.ID, "order %s was acknowledged and is not found when it is paid", b.Number)
		}
		return
	}
}

func (v *visit) cancel(b *Order) {
	v.act = "cancel"
	b.AskedToCancel = true
	o, _ := v.ask("POST", "/api/v1/orders/"+b.Number+"/cancel", "", nil, nil)
	b.Cancelled = o == OK
}

// inquire looks at the latest order: its own buyer always finds it (R1).
func (v *visit) inquire() {
	if len(v.Orders) == 0 {
		v.page("/orders/lookup")
		return
	}
	v.act = "inquire"
	v.findOrder(v.Orders[len(v.Orders)-1])
}

// Seen is an order as the shop shows it.
type Seen struct {
	Status string
	Totals struct{ Total int64 }
}

func (v *visit) findOrder(b *Order) (Seen, Outcome) {
	var got Seen
	o, code := v.ask("GET", "/api/v1/orders/"+b.Number, "", nil, &got)
	switch {
	case o == Refused:
		v.crowd.History.Broke("R1", v.ID, "order %s was acknowledged and is not shown: %s", b.Number, code)
	case o == OK && got.Totals.Total != b.Total:
		v.crowd.History.Broke("M3", v.ID, "order %s cost %d won when it was placed and %d now", b.Number, b.Total, got.Totals.Total)
	case o == OK && b.Paid && !b.AskedToCancel && (got.Status == "awaiting_payment" || got.Status == "payment_unknown" || got.Status == "expired"):
		v.crowd.History.Broke("R1", v.ID, "order %s was acknowledged as paid and is shown as %s", b.Number, got.Status)
	}
	return got, o
}
