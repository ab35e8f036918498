package business

import (
	"cmp"
	"context"
	"time"

	"myclothes/internal/cart"
	"myclothes/internal/checkout"
	"myclothes/internal/company"
	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/lang"
	"myclothes/internal/payment"
	"myclothes/internal/session"
)

// RequestState is where a request for an order stands.
type RequestState string

const (
	Open      RequestState = "open"      // by who asked. Next: each of the others
	Ordered   RequestState = "ordered"   // somebody approved, and it is an order. Final
	Declined  RequestState = "declined"  // somebody who approves said no. Final
	Withdrawn RequestState = "withdrawn" // by who asked. Final
)

// Request is an order that somebody asks for who may not order by themselves. It holds no prices: they are asked when it is approved.
type Request struct {
	ID        string
	Company   company.ID
	Customer  customer.ID // who asked
	Owner     session.Key // whose order it becomes
	State     RequestState
	Lines     []cart.Line
	Wanted    checkout.Request // without agreements
	Number    string           // of the order; empty before
	AskedAt   time.Time
	DecidedAt time.Time // the zero time before
}

// Ask asks for an order of what the visitor's cart holds, which then leaves the cart. It refuses what could not be ordered now.
func (x *Business) Ask(ctx context.Context, c cart.Carried, req checkout.Request) (string, cart.Carried, error) {
	b, err := x.trading(ctx, c)
	if err != nil {
		return "", c, err
	}
	if !b.Roles.MayAsk() {
		return "", c, company.NotYours
	}
	if req, err = req.Check(); err != nil {
		return "", c, err
	}
	if req.Method == payment.Invoice && !b.OnAccount() {
		return "", c, checkout.NotOnAccount
	}
	if err := x.Rates.Allow(ctx, "ask "+c.Member, 5*time.Second, 60); err != nil {
		return "", c, err
	}
	q, err := x.Desk.Quote(ctx, c, req.Delivery.RoadAddress, checkout.Seen{})
	if err != nil {
		return "", c, err
	}
	lines := make([]cart.Line, len(q.Lines))
	for i, l := range q.Lines {
		lines[i] = cart.Line{SKU: l.SKU, Quantity: l.Quantity}
	}
	req.Agreements = nil
	id, err := x.Store.Ask(ctx, Request{Company: b.Company, Customer: b.Customer, Owner: c.Owner(), Lines: lines, Wanted: req})
	if err != nil {
		return "", c, err
	}
	next, err := x.Desk.Carts.Home.Take(ctx, c, lines)
	if err != nil {
		x.Warn(ctx, "requested lines stay in the cart", err)
		return id, c, nil
	}
	return id, next, nil
}

// Request returns a request that the visitor made, or that they may approve, with what it costs them now. The quote is the zero one where it cannot be ordered as it is, and
// why says so.
func (x *Business) Request(ctx context.Context, c cart.Carried, id string) (r Request, q checkout.Quote, why error, err error) {
	b, err := x.Buyer(ctx, c)
	if err != nil {
		return r, q, nil, err
	}
	if r, err = x.Store.Request(ctx, b.Company, id); err != nil {
		return r, q, nil, err
	}
	if !b.Roles.SeesAll() && r.Customer != b.Customer {
		return r, q, nil, fault.NoSuchPage
	}
	q, why = x.Desk.QuoteOf(ctx, c, cart.Cart{Lines: r.Lines}, r.Wanted.Delivery.RoadAddress, checkout.Seen{})
	if f := fault.Of(why); f != nil && (f.Kind == fault.Internal || f.Kind == fault.Unavailable) {
		return r, q, nil, why
	}
	return r, q, why, nil
}

// Approve orders what was asked for, to be paid in that way; "" for the one that was asked for.
func (x *Business) Approve(ctx context.Context, c cart.Carried, id string, m payment.Method, agreed []checkout.Agreement, seen checkout.Seen, tag lang.Tag) (checkout.Receipt, error) {
	b, err := x.trading(ctx, c)
	if err != nil {
		return checkout.Receipt{}, err
	}
	if !b.Roles.Approves {
		return checkout.Receipt{}, company.NotYours
	}
	r, err := x.Store.Request(ctx, b.Company, id)
	if err != nil {
		return checkout.Receipt{}, err
	}
	if r.State == Declined || r.State == Withdrawn {
		return checkout.Receipt{}, fault.WrongState
	}
	want := r.Wanted
	want.Agreements, want.Method = agreed, cmp.Or(m, want.Method)
	return x.Desk.PlaceAsked(ctx, c, checkout.Asked{Request: id, Owner: r.Owner, Lines: cart.Cart{Lines: r.Lines}}, want, seen, tag)
}

// Close declines a request, or withdraws the visitor's own.
func (x *Business) Close(ctx context.Context, c cart.Carried, id string) error {
	b, err := x.Buyer(ctx, c)
	if err != nil {
		return err
	}
	r, err := x.Store.Request(ctx, b.Company, id)
	switch {
	case err != nil:
		return err
	case r.Customer == b.Customer:
		return x.Store.CloseRequest(ctx, b.Company, id, Withdrawn)
	case b.Roles.Approves:
		return x.Store.CloseRequest(ctx, b.Company, id, Declined)
	}
	return fault.NoSuchPage
}

// Requests returns those that the visitor made, or all for who approves.
func (x *Business) Requests(ctx context.Context, b company.Buyer) ([]Request, error) {
	of := b.Customer
	if b.Roles.SeesAll() {
		of = ""
	}
	return x.Store.Requests(ctx, b.Company, of)
}
