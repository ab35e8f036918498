package app

import (
	"context"
	"fmt"
	"io"

	"myclothes/internal/catalog"
	"myclothes/internal/demo"
)

// fill puts the demo's catalogue into an empty shop. It goes product by product, pictures first: stopped half way it leaves a smaller shop, and the
// next start goes on.
func (x *shop) fill(ctx context.Context, out io.Writer) error {
	m := x.db.Merchant()
	has, err := m.Count(ctx)
	if err != nil || has >= demo.Count() {
		return err
	}
	if err := m.PutBrands(ctx, demo.Brands()); err != nil {
		return err
	}
	if err := m.PutCategories(ctx, demo.Categories()); err != nil {
		return err
	}
	done := 0
	for item := range demo.Items() {
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, p := range item.Pictures {
			if err := x.media.Put(p.Path, p.SVG); err != nil {
				return err
			}
		}
		if err := m.PutProducts(ctx, []catalog.Product{item.Product}); err != nil {
			return err
		}
		done++
		fmt.Fprintf(out, "\rfilling the demo catalogue: %d of %d products", done, demo.Count())
	}
	fmt.Fprintln(out)
	return m.Analyze(ctx)
}
