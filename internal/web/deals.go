package web

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"strconv"

	"myclothes/internal/catalog"
	"myclothes/internal/company"
	"myclothes/internal/httpx"
	"myclothes/internal/money"
	"myclothes/internal/ui"
)

// shopper returns for which company the visitor of a page buys that is kept for everybody else. Only who carries a session is asked about; browsing goes on while nobody can say.
func (s *Web) shopper(w http.ResponseWriter, r *http.Request) company.Buyer {
	if s.Business == nil || !s.Visitors.Cookies.Carried(r).Visitor.SignedIn() {
		return company.Buyer{}
	}
	err := s.Visitors.Recognize(w, r)
	if err == nil {
		var b company.Buyer
		if b, err = s.Desk.Buyer(r.Context(), httpx.Carried(r)); err == nil {
			return b
		}
	}
	slog.WarnContext(r.Context(), "company not shown", "err", err, "request", httpx.RequestID(r))
	return company.Buyer{}
}

// deal puts what the visitor's company pays into a product's view. Such a page is nobody else's: it is never kept, and tells programs nothing.
func (s *Web) deal(ctx context.Context, b company.Buyer, m *ui.Meta, v *ui.ProductView) error {
	if !b.Business() {
		return nil
	}
	skus := make([]string, len(v.Variants))
	for i, x := range v.Variants {
		skus[i] = x.SKU
	}
	offers, err := s.Carts.Catalog.Offers(ctx, string(b.Customer), skus)
	if err != nil {
		return err
	}
	v.Deals = dealRows(v.Words, v.Variants, offers)
	best := v.Price
	for _, o := range offers {
		best = min(best, o.For(max(1, o.Deal.Least)).Price)
	}
	if best < v.Price {
		v.ListPrice, v.Price = max(v.ListPrice, v.Price), best
	}
	if least := leastOf(v.Deals); v.Quantity == "1" && least > 1 {
		v.Quantity = strconv.Itoa(least)
	}
	m.Linked, m.Private = nil, true
	return nil
}

// leastOf is the fewest units of which any option can be bought.
func leastOf(rows []ui.DealRow) int {
	least := 0
	for _, r := range rows {
		if least == 0 || r.Least < least {
			least = r.Least
		}
	}
	return least
}

// dealRows lists what variants cost, those that cost alike in one row.
func dealRows(t ui.Words, variants []catalog.Variant, offers map[string]catalog.Offer) []ui.DealRow {
	var out []ui.DealRow
	for _, x := range variants {
		o, ok := offers[x.SKU]
		if !ok || o.Deal.Company == "" {
			continue
		}
		row, name := dealRow(o), t.T(x.Color.Name)+" / "+x.Size.Label
		i := slices.IndexFunc(out, func(r ui.DealRow) bool { return slices.Equal(r.Prices, row.Prices) })
		if i < 0 {
			row.Options = name
			out = append(out, row)
			continue
		}
		out[i].Options += ", " + name
	}
	if len(out) == 1 {
		out[0].Options = "" // all of them
	}
	return out
}

// dealRow is what an offer costs by quantity: a step where the price falls.
func dealRow(o catalog.Offer) ui.DealRow {
	least := max(1, o.Deal.Least)
	from := []int{least}
	for _, x := range o.Deal.Tiers {
		if x.From > least {
			from = append(from, x.From)
		}
	}
	slices.Sort(from)
	row := ui.DealRow{Least: least}
	for _, n := range from {
		price := o.For(n).Price
		if last := len(row.Prices) - 1; last >= 0 && row.Prices[last].Price == price {
			continue
		}
		supply, _ := money.SplitVAT(price)
		row.Prices = append(row.Prices, ui.DealPrice{From: n, Price: price, Supply: supply})
	}
	return row
}
