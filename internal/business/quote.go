package business

import (
	"context"
	"time"

	"myclothes/internal/cart"
	"myclothes/internal/company"
	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/lang"
	"myclothes/internal/money"
	"myclothes/internal/order"
)

// Quote is a 견적서: what a cart costs the company, frozen when it is made. An order asks stock and prices again.
type Quote struct {
	Number     string
	Company    company.ID
	Customer   customer.ID // who made it
	Lines      []QuoteLine
	Totals     order.Totals // without a surcharge: it names no address
	MadeAt     time.Time
	ValidUntil time.Time
}

// QuoteLine is a line of it. Supply and VAT of all lines and of the delivery add up to those of the total.
type QuoteLine struct {
	SKU         string
	Name, Color lang.Text
	Size        string
	Quantity    int
	Unit        money.Amount // VAT included
	Supply, VAT money.Amount
}

// Total is what the line costs.
func (l QuoteLine) Total() money.Amount { return l.Supply + l.VAT }

// DeliverySupply is what of the total's supply value is for bringing it.
func (q Quote) DeliverySupply() money.Amount {
	rest := q.Totals.Supply
	for _, l := range q.Lines {
		rest -= l.Supply
	}
	return rest
}

// DeliveryVAT is what of the total's VAT is for bringing it.
func (q Quote) DeliveryVAT() money.Amount { return q.Totals.Delivery - q.DeliverySupply() }

// quoteDays is how long a quote stands.
const quoteDays = 14

// MakeQuote writes down what the visitor's cart costs now. It refuses an empty cart; what is not sold any more is left out.
func (x *Business) MakeQuote(ctx context.Context, c cart.Carried) (string, error) {
	b, err := x.trading(ctx, c)
	if err != nil {
		return "", err
	}
	priced, err := x.Desk.Carts.Open(ctx, c)
	if err != nil {
		return "", err
	}
	if err := x.Rates.Allow(ctx, "quote "+c.Member, 5*time.Second, 60); err != nil {
		return "", err
	}
	now := x.Now()
	q := Quote{Number: "Q" + order.NewNumber(now), Company: b.Company, Customer: b.Customer, MadeAt: now, ValidUntil: now.AddDate(0, 0, quoteDays)}
	var parts []money.Amount
	var lines []order.Line
	for _, l := range priced.Lines {
		if l.OnSale {
			q.Lines = append(q.Lines, QuoteLine{SKU: l.SKU, Name: l.Name, Color: l.Color, Size: l.Size, Quantity: l.Quantity, Unit: l.Price})
			lines = append(lines, order.Line{Quantity: l.Quantity, UnitPrice: l.Price})
			parts = append(parts, l.Total())
		}
	}
	if len(q.Lines) == 0 {
		return "", fault.CartEmpty
	}
	supply, vat := money.SplitVATs(parts)
	for i := range q.Lines {
		q.Lines[i].Supply, q.Lines[i].VAT = supply[i], vat[i]
	}
	q.Totals = order.Sum(lines, priced.Delivery, 0)
	return q.Number, x.Store.PutQuote(ctx, q)
}

// Quote returns a quote that the visitor made, or any of the company for who sees all.
func (x *Business) Quote(ctx context.Context, c cart.Carried, number string) (Quote, company.Company, error) {
	b, err := x.Buyer(ctx, c)
	if err != nil {
		return Quote{}, company.Company{}, err
	}
	q, err := x.Store.Quote(ctx, b.Company, number)
	if err == nil && !b.Roles.SeesAll() && q.Customer != b.Customer {
		err = fault.NoSuchPage
	}
	if err != nil {
		return Quote{}, company.Company{}, err
	}
	who, err := x.Store.Company(ctx, b.Company)
	return q, who, err
}

// Quotes returns those that Quote would.
func (x *Business) Quotes(ctx context.Context, b company.Buyer) ([]Quote, error) {
	of := b.Customer
	if b.Roles.SeesAll() {
		of = ""
	}
	return x.Store.Quotes(ctx, b.Company, of)
}
