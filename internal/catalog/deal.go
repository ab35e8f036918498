package catalog

import "myclothes/internal/money"

// Tier is what an SKU costs each in a line of at least From units, VAT included.
type Tier struct {
	From  int // 1 and more
	Price money.Amount
}

// Deal is what an SKU is bought on: the zero Deal at today's price, as by anybody, or on what a company has agreed on.
type Deal struct {
	Company string // whose; empty: nobody's
	Percent int    // off today's price, for an SKU that has no Tiers
	Tiers   []Tier // in no order; a line costs the lowest of those that it reaches
	Least   int    // fewest units of a line; 0 and 1 are the same
}

// Price returns what one unit costs in a line of that quantity. It is never more than today's price: a business pays no more than anybody else, a sale included.
//
// The one rounding rule of the percentage: the price of one unit is rounded down to ten won, before it is multiplied. So lines add up to the total as they are shown.
func (d Deal) Price(today money.Amount, quantity int) money.Amount {
	best := today
	if len(d.Tiers) == 0 && d.Percent > 0 {
		off := today * money.Amount(100-d.Percent) / 100
		best = min(best, max(tenWon, off-off%tenWon))
	}
	for _, t := range d.Tiers {
		if quantity >= t.From {
			best = min(best, t.Price)
		}
	}
	return best
}

const tenWon money.Amount = 10

// For returns the offer as a line of so many units has it: its Price is what one of them costs.
func (o Offer) For(quantity int) Offer {
	o.Price = o.Deal.Price(o.Price, quantity)
	return o
}
