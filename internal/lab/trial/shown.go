//go:build linux

package trial

import (
	"context"
	"fmt"
	"time"

	"myclothes/internal/lab/checker"
	"myclothes/internal/lab/prices"
	"myclothes/internal/lab/shoppers"
)

// shown is K1: how old the prices were that visitors were shown, during the run and at rest.
func (w *World) shown(ctx context.Context, v *checker.Verdict) {
	during := w.Desk.Looks()
	w.mu.Lock()
	wrong := prices.Wrong(during, w.broken)
	w.mu.Unlock()
	v.Add("K1", "nobody who looks is shown a price that was replaced more than 1 s before, 5 s in a fault", len(during), stale(wrong))
	wait(ctx, 2*prices.Bound)
	w.Desk.Rest(ctx, 3)
	still := prices.Wrong(w.Desk.Looks()[len(during):], nil)
	v.Add("K1", "at rest everybody is shown what the database has", len(w.Desk.Looks())-len(during), stale(still))
}

func stale(looks []prices.Look) (all []shoppers.Violation) {
	for _, l := range looks {
		text := fmt.Sprintf("product %d, looked at %s: its price had been replaced for %s", l.Product, l.Began.Format("15:04:05.000"), l.Old.Round(time.Millisecond))
		if l.Strange {
			text = fmt.Sprintf("product %d, looked at %s: a price that it never had", l.Product, l.Began.Format("15:04:05.000"))
		}
		all = append(all, shoppers.Violation{Rule: "K1", Shopper: -1, Text: text})
	}
	return all
}

// trouble notes that something was broken until now.
func (w *World) trouble(from time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.broken = append(w.broken, prices.Span{From: from, To: time.Now()})
}
