//go:build linux

package trial

import (
	"context"
	"fmt"
	"io"
	"time"

	"myclothes/internal/lab/shoppers"
)

// Sale is what came of a flash sale.
type Sale struct {
	Buyers  int           `json:"buyers"`
	Units   int           `json:"units"`
	AtOnce  int           `json:"at_once"`
	Bought  int           `json:"bought"`   // who was told so
	SoldOut int           `json:"sold_out"` // who was told so
	Unsure  int           `json:"unsure"`
	Sold    int64         `json:"sold"`     // in the stock
	Left    int64         `json:"left"`     // on hand or reserved at the end
	Charged int           `json:"captures"` // at the provider
	Seconds float64       `json:"seconds"`
	Calls   shoppers.Sums `json:"calls"`
	Adding  shoppers.Sums `json:"adding"`
	Placing shoppers.Sums `json:"placing"`
}

// Sell puts units of one SKU on the shelf, and lets buyers loose on them.
func (w *World) Sell(ctx context.Context, buyers, units, atOnce int, together bool) (Sale, error) {
	sku, err := w.Stack.SQL(ctx, fmt.Sprintf(`UPDATE stock SET initial = %d, on_hand = %d, restocked = 0, reserved = 0, sold = 0, returned = 0
		WHERE sku = (SELECT sku FROM variant JOIN product ON product.id = product_id WHERE status = 'on_sale' ORDER BY sku LIMIT 1) RETURNING sku`, units, units))
	if err != nil {
		return Sale{}, err
	}
	w.Began = time.Now()
	w.Say("%d buyers want one of %d units of %s, %d at a time", buyers, units, sku, atOnce)
	s := Sale{Buyers: buyers, Units: units, AtOnce: atOnce}
	for _, end := range w.Crowd.Rush(sku, buyers, atOnce, together) {
		switch end {
		case shoppers.Bought:
			s.Bought++
		case shoppers.SoldOut:
			s.SoldOut++
		default:
			s.Unsure++
		}
	}
	s.Seconds = time.Since(w.Began).Seconds()
	calls := w.Crowd.History.Calls()
	s.Calls = sumOf(calls, w.Began, "")
	s.Adding, s.Placing = sumOf(calls, w.Began, "add"), sumOf(calls, w.Began, "place")
	return s, w.count(ctx, &s, sku)
}

func sumOf(calls []shoppers.Call, from time.Time, act string) shoppers.Sums {
	var some []shoppers.Call
	for _, c := range calls {
		if act == "" || c.Act == act {
			some = append(some, c)
		}
	}
	return shoppers.Sum(some, from, time.Now())
}

// count counts what was sold, when everything is at rest.
func (w *World) count(ctx context.Context, s *Sale, sku string) error {
	b := w.Books()
	if err := b.Rest(ctx); err != nil {
		return err
	}
	row, err := w.Stack.SQL(ctx, fmt.Sprintf("SELECT sold - returned, on_hand + reserved FROM stock WHERE sku = '%s'", sku))
	if err != nil {
		return err
	}
	if _, err := fmt.Sscanf(row, "%d|%d", &s.Sold, &s.Left); err != nil {
		return err
	}
	ledger, err := b.Ledger(ctx)
	for _, e := range ledger {
		s.Charged += e.Captures
	}
	return err
}

// Right fails unless exactly the units were sold, and everybody knows where they stand.
func (s Sale) Right() error {
	if s.Sold != int64(s.Units) || s.Left != 0 || s.Bought != s.Units || s.SoldOut != s.Buyers-s.Units || s.Charged != s.Units {
		return fmt.Errorf("the sale went wrong: %+v", s)
	}
	return nil
}

// Print writes it for people.
func (s Sale) Print(out io.Writer) {
	fmt.Fprintf(out, "%d buyers, %d at a time, %d units: %d sold (%d left), %d buyers bought, %d were told that it is sold out, %d know neither; %d captures; %.1f s\n",
		s.Buyers, s.AtOnce, s.Units, s.Sold, s.Left, s.Bought, s.SoldOut, s.Unsure, s.Charged, s.Seconds)
	for _, l := range []struct {
		name string
		s    shoppers.Sums
	}{{"every call", s.Calls}, {"into the cart", s.Adding}, {"order", s.Placing}} {
		fmt.Fprintf(out, "%-14s %6d calls, %d without an answer, p50 %.0f ms, p90 %.0f ms, p99 %.0f ms, most %.0f ms\n", l.name, l.s.Calls, l.s.Errors, l.s.P50, l.s.P90, l.s.P99, l.s.Most)
	}
}
