package checkout

import (
	"context"
	"errors"
	"time"

	"myclothes/internal/cart"
	"myclothes/internal/company"
	"myclothes/internal/fault"
	"myclothes/internal/lang"
	"myclothes/internal/order"
	"myclothes/internal/payment"
	"myclothes/internal/session"
)

// Place orders what the visitor's cart holds, holding the units, and prepares the payment with the provider.
//
// The same key with the same request answers with the same order, however often and on however many instances it is sent;
// with another request it is fault.KeyReused. A price that is not the one in seen is fault.PriceChanged and nothing is placed.
// If the provider cannot be reached the order stands and its attempt has no CheckoutURL yet: placing again under the same key, or Pay, asks again.
// What was ordered leaves the cart; what was added meanwhile stays.
func (d *Desk) Place(ctx context.Context, c cart.Carried, key string, req Request, seen Seen, tag lang.Tag) (Receipt, cart.Carried, error) {
	if err := checkKey(key); err != nil {
		return Receipt{}, c, err
	}
	req, err := req.Check()
	if err != nil {
		return Receipt{}, c, err
	}
	buyer, err := d.buyer(ctx, c, req.Method)
	if err != nil {
		return Receipt{}, c, err
	}
	quote, err := d.Quote(ctx, c, req.Delivery.RoadAddress, seen)
	if err = asSeen(quote, seen, err); err != nil {
		// An earlier call with the same key may have placed the order, and emptied the cart.
		r, again := d.placedBefore(ctx, c.Owner(), key, req)
		switch {
		case errors.Is(again, fault.NoSuchPage):
			return Receipt{}, c, err
		case again != nil:
			return Receipt{}, c, again
		}
		r, err = d.start(ctx, r)
		return r, c, err
	}
	c = c.Named() // a home in the browser may come without a token
	r, placed, err := d.write(ctx, sale{owner: c.Owner(), key: key, req: req, quote: quote, buyer: buyer, lang: tag})
	if err != nil {
		return Receipt{}, c, err
	}
	if placed {
		c = d.emptyCart(ctx, c, quote.Lines)
	}
	r, err = d.start(ctx, r)
	return r, c, err
}

// asSeen refuses a quote with prices that the buyer has not seen.
func asSeen(q Quote, seen Seen, err error) error {
	if err == nil && (len(q.Changed) > 0 || (seen.Digest != "" && seen.Digest != q.Digest())) {
		err = priceChanged(q)
	}
	return err
}

// sale is all that an order is made of.
type sale struct {
	owner   session.Key // whose order it becomes
	key     string
	req     Request
	quote   Quote
	buyer   company.Buyer // who orders
	request string        // of whoever asked for it
	lang    lang.Tag
}

// placedBefore finds the order of an earlier call with this key; fault.NoSuchPage if there is none.
func (d *Desk) placedBefore(ctx context.Context, buyer session.Key, key string, req Request) (Receipt, error) {
	if buyer == "" {
		return Receipt{}, fault.NoSuchPage
	}
	r, digest, err := d.Orders.Placed(ctx, buyer, key)
	if err != nil {
		return Receipt{}, err
	}
	if digest != req.digest() {
		return Receipt{}, fault.KeyReused.With(map[string]any{"number": r.Order.Number})
	}
	return r, nil
}

// write places the order, or finds the one that another call is placing under the same key.
func (d *Desk) write(ctx context.Context, s sale) (Receipt, bool, error) {
	for range 3 { // a number that is taken already is as good as impossible, and costs another try
		p := d.placement(s)
		placed, err := d.Orders.PlaceOrder(ctx, p)
		if err != nil {
			return Receipt{}, false, err
		}
		if placed && p.Payment.State == payment.Owed {
			r, err := d.Orders.Order(ctx, p.Order.Number) // it is paid already
			return r, true, err
		}
		if placed {
			return Receipt{Order: p.Order, Payments: []payment.Payment{p.Payment}}, true, nil
		}
		if r, err := d.placedBefore(ctx, s.owner, s.key, s.req); !errors.Is(err, fault.NoSuchPage) {
			return r, false, err
		}
	}
	return Receipt{}, false, errors.New("checkout: no free order number")
}

func (d *Desk) placement(s sale) Placement {
	now := d.Now()
	o := order.Order{
		Number: order.NewNumber(now), Status: order.AwaitingPayment, Lang: s.lang, Company: s.quote.Company,
		Lines: orderLines(s.quote.Lines), Totals: s.quote.Totals, Contact: s.req.Contact, Delivery: s.req.Delivery,
		PlacedAt: now, HoldUntil: now.Add(d.HoldFor),
		History: []order.Event{{At: now, To: order.AwaitingPayment, Reason: order.ByBuyer}},
	}
	first := payment.Payment{OrderID: o.Number + "-1", Order: o.Number, Provider: d.Provider.Name(), Method: s.req.Method, Amount: o.Totals.Total,
		State: payment.Ready, RefundNo: 1, CreatedAt: now, UpdatedAt: now}
	p := Placement{Order: o, Payment: first, Buyer: s.owner, Key: s.key, Digest: s.req.digest(), Request: s.request}
	if o.Company != "" {
		p.Member = string(s.buyer.Customer)
	}
	if s.req.Method == payment.Invoice {
		p.Payment.Provider, p.Payment.State = payment.OnAccount, payment.Owed
		p.Order.DueAt = now.AddDate(0, 0, s.buyer.Terms.DaysToPay)
	}
	return p
}

// emptyCart takes what was ordered out of the cart. That the order stands does not depend on it.
func (d *Desk) emptyCart(ctx context.Context, c cart.Carried, lines []cart.PricedLine) cart.Carried {
	taken := make([]cart.Line, len(lines))
	for i, l := range lines {
		taken[i] = cart.Line{SKU: l.SKU, Quantity: l.Quantity}
	}
	next, err := d.Carts.Home.Take(ctx, c, taken)
	if err != nil {
		d.Warn(ctx, "ordered lines stay in the cart", err)
		return c
	}
	return next
}

// start tells the provider of the receipt's latest attempt, if that is still to be done.
func (d *Desk) start(ctx context.Context, r Receipt) (Receipt, error) {
	last := &r.Payments[len(r.Payments)-1]
	if last.CheckoutURL != "" || last.State != payment.Ready {
		return r, nil
	}
	s, err := d.Provider.Start(ctx, d.startOf(&r.Order, last))
	if err != nil {
		return d.notStarted(ctx, r, err), nil
	}
	if err := d.Orders.Started(ctx, last.OrderID, s, d.Now()); err != nil {
		return Receipt{}, err
	}
	last.Key, last.CheckoutURL = s.Key, s.CheckoutURL
	return r, nil
}

// notStarted returns the receipt as it stands after the provider did not prepare its payment. Of two that ask at once the provider answers one,
// whose answer is waited for a moment; a definite no ends the attempt, so that the next has a name of its own.
func (d *Desk) notStarted(ctx context.Context, r Receipt, why error) Receipt {
	last := &r.Payments[len(r.Payments)-1]
	var refused *payment.RefusedError
	if errors.As(why, &refused) {
		if err := d.Orders.RefuseStart(ctx, last.OrderID, refused.Code, d.Now()); err == nil {
			last.State, last.Refusal = payment.Refused, refused.Code
		}
	}
	var unknown *payment.UnknownError
	if errors.As(why, &unknown) && unknown.Code == "IDEMPOTENT_REQUEST_PROCESSING" {
		for wait := 50 * time.Millisecond; wait < time.Second; wait *= 2 {
			time.Sleep(wait)
			if now, err := d.Orders.Order(ctx, r.Order.Number); err == nil && now.Payments[len(now.Payments)-1].CheckoutURL != "" {
				return now
			}
		}
	}
	d.Warn(ctx, "the payment of "+last.OrderID+" could not be prepared", why)
	return r
}

func (d *Desk) startOf(o *order.Order, p *payment.Payment) payment.Start {
	back := d.BaseURL
	if o.Lang == lang.English {
		back += "/en"
	}
	back += "/orders/" + o.Number + "/payment/"
	return payment.Start{
		OrderID: p.OrderID, OrderName: o.Name(o.Lang), Amount: p.Amount, Method: p.Method, Lang: o.Lang,
		SuccessURL: back + "success", FailURL: back + "fail", BuyerName: o.Contact.Name, BuyerEmail: o.Contact.Email,
	}
}

// Pay gives the buyer a place to pay an order that awaits payment: the open attempt, or a new one after a refusal.
func (d *Desk) Pay(ctx context.Context, r Receipt, m payment.Method) (Receipt, error) {
	if !r.Order.Status.Payable() {
		return Receipt{}, fault.WrongState
	}
	if !d.open(ctx, r.Payments[len(r.Payments)-1], m) {
		next, err := d.Orders.AddAttempt(ctx, r.Order.Number, d.Provider.Name(), m, d.Now())
		if err != nil {
			return Receipt{}, err
		}
		r.Payments = append(r.Payments, next)
	}
	r, err := d.start(ctx, r)
	if err == nil && r.Payments[len(r.Payments)-1].CheckoutURL == "" {
		err = fault.OutOfOrder.Saying("결제창을 열지 못했어요. 주문은 그대로 있으니 잠시 후 다시 시도해 주세요.",
			"The payment page could not be opened. Your order is safe: please try again in a moment.")
	}
	return r, err
}

// open reports whether the buyer can still agree to this attempt. One that they turned down, or that ran out, is only known to the provider:
// a browser that comes back from there with bad news changes nothing here.
func (d *Desk) open(ctx context.Context, p payment.Payment, m payment.Method) bool {
	if p.State != payment.Ready || p.Method != m {
		return false
	}
	if p.Key == "" {
		return true // the provider has not been told yet
	}
	res, err := d.Provider.Query(ctx, p.OrderID)
	return err == nil && res.Status == payment.AtReady
}

func priceChanged(q Quote) error {
	type change struct {
		SKU string `json:"sku"`
		Was int64  `json:"was"`
		Now int64  `json:"now"`
	}
	var all []change
	for _, c := range q.Changed {
		all = append(all, change{c.Name.SKU, int64(c.Was), int64(c.Now)})
	}
	return fault.PriceChanged.With(map[string]any{"changes": all, "total": int64(q.Totals.Total)})
}
