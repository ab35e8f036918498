package checkout

import (
	"context"
	"errors"

	"myclothes/internal/cart"
	"myclothes/internal/company"
	"myclothes/internal/fault"
	"myclothes/internal/lang"
	"myclothes/internal/payment"
	"myclothes/internal/session"
)

// Asked is an order that somebody asked for who may not order by themselves.
type Asked struct {
	Request string
	Owner   session.Key // whose order it becomes
	Lines   cart.Cart
}

// NotOnAccount refuses payment on account to who has no credit.
var NotOnAccount = fault.BadRequest.At("payment_method", "후불로는 주문할 수 없어요. 다른 결제 수단을 골라 주세요.", "You cannot buy on account. Choose another way to pay.")

// Buyer returns for whom the visitor buys; the zero Buyer for themselves.
func (d *Desk) Buyer(ctx context.Context, c cart.Carried) (company.Buyer, error) {
	if c.Member == "" || d.Companies == nil {
		return company.Buyer{}, nil
	}
	return d.Companies.BuyerOf(ctx, c.Member)
}

// buyer is Buyer for somebody who orders, and refuses who may not, or not in this way.
func (d *Desk) buyer(ctx context.Context, c cart.Carried, m payment.Method) (company.Buyer, error) {
	b, err := d.Buyer(ctx, c)
	switch {
	case err != nil:
		return b, err
	case !b.MayOrder():
		return b, fault.NeedsApproval
	case m == payment.Invoice && !b.OnAccount():
		return b, NotOnAccount
	}
	return b, nil
}

// PlaceAsked orders what somebody else asked for, as Place does with a cart: the visitor approves it, at the prices in seen. However often it is approved it becomes one order.
func (d *Desk) PlaceAsked(ctx context.Context, c cart.Carried, a Asked, req Request, seen Seen, tag lang.Tag) (Receipt, error) {
	req, err := req.Check()
	if err != nil {
		return Receipt{}, err
	}
	buyer, err := d.buyer(ctx, c, req.Method)
	if err != nil {
		return Receipt{}, err
	}
	if !buyer.Business() || !buyer.Roles.Approves {
		return Receipt{}, company.NotYours
	}
	key := "request-" + a.Request
	quote, err := d.QuoteOf(ctx, c, a.Lines, req.Delivery.RoadAddress, seen)
	if err = asSeen(quote, seen, err); err != nil {
		r, again := d.placedBefore(ctx, a.Owner, key, req)
		if errors.Is(again, fault.NoSuchPage) {
			return Receipt{}, err
		}
		return r, again
	}
	r, _, err := d.write(ctx, sale{owner: a.Owner, key: key, req: req, quote: quote, buyer: buyer, request: a.Request, lang: tag})
	if err != nil {
		return Receipt{}, err
	}
	return d.start(ctx, r)
}
