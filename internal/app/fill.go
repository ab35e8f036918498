package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/demo"
	"myclothes/internal/store"
)

// fillBatch is how many products are written in one transaction.
const fillBatch = 100

// fill puts the demo's catalogue into a shop that does not have it. It goes batch by batch, pictures first: stopped half way it leaves a smaller shop, and the
// next start goes on.
func (x *shop) fill(ctx context.Context, out io.Writer) error {
	m, want := x.db.Merchant(), demo.Count(x.settings.DemoProducts)
	has, err := m.Count(ctx)
	if err != nil || has >= want {
		return err
	}
	if err := x.fillShelves(ctx, m); err != nil {
		return err
	}
	batch, done, next := make([]catalog.Product, 0, fillBatch), 0, time.Time{}
	flush := func() error {
		err := m.PutProducts(ctx, batch)
		done, batch = done+len(batch), batch[:0]
		if now := time.Now(); err == nil && (now.After(next) || done == want) {
			next = now.Add(200 * time.Millisecond)
			fmt.Fprintf(out, "\rfilling the demo catalogue: %d of %d products", done, want)
		}
		return err
	}
	for item := range demo.Items(x.settings.DemoProducts) {
		for _, p := range item.Pictures {
			if err := x.media.Put(p.Path, p.SVG); err != nil {
				return err
			}
		}
		if batch = append(batch, item.Product); len(batch) < fillBatch {
			continue
		}
		if err := flush(); err != nil {
			return err
		}
	}
	if err := flush(); err != nil {
		return err
	}
	fmt.Fprintln(out)
	return m.Analyze(ctx)
}

// fillShelves writes brands, categories and the front page's banners.
func (x *shop) fillShelves(ctx context.Context, m *store.Merchant) error {
	if err := m.PutBrands(ctx, demo.Brands()); err != nil {
		return err
	}
	if err := m.PutCategories(ctx, demo.Categories()); err != nil {
		return err
	}
	var banners []catalog.Banner
	for _, b := range demo.Banners() {
		if err := errors.Join(x.media.Put(b.Path, b.SVG), x.media.Put(b.TallPath, b.TallSVG)); err != nil {
			return err
		}
		banners = append(banners, catalog.Banner{Title: b.Title, Text: b.Text, Link: b.Link, Wide: b.Path, Tall: b.TallPath, Alt: b.Alt})
	}
	return m.PutBanners(ctx, banners)
}
