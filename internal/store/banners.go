package store

import (
	"context"

	"myclothes/internal/catalog"
)

// Banners reads the editorial pictures of the front page, in order.
func (c *Catalog) Banners(ctx context.Context) ([]catalog.Banner, error) {
	var out []catalog.Banner
	err := c.r.each(ctx, stale, "banners",
		`SELECT title_ko, title_en, text_ko, text_en, link, wide, tall, alt_ko, alt_en FROM banner ORDER BY position`, nil,
		func(s scanner) error {
			var b catalog.Banner
			err := s.Scan(&b.Title.KO, &b.Title.EN, &b.Text.KO, &b.Text.EN, &b.Link, &b.Wide, &b.Tall, &b.Alt.KO, &b.Alt.EN)
			out = append(out, b)
			return err
		})
	return out, err
}

// PutBanners replaces the editorial pictures of the front page.
func (m *Merchant) PutBanners(ctx context.Context, banners []catalog.Banner) error {
	return m.db.act(ctx, "put banners", func(t tx) error {
		if _, err := t.exec(ctx, "drop banners", `DELETE FROM banner`); err != nil {
			return err
		}
		if err := tell(ctx, t, catalog.FrontPage); err != nil || len(banners) == 0 {
			return err
		}
		var rows rows
		for i, b := range banners {
			rows.add(i, b.Title.KO, b.Title.EN, b.Text.KO, b.Text.EN, b.Link, b.Wide, b.Tall, b.Alt.KO, b.Alt.EN)
		}
		_, err := t.exec(ctx, "put banners",
			`INSERT INTO banner (position, title_ko, title_en, text_ko, text_en, link, wide, tall, alt_ko, alt_en) VALUES `+rows.String(), rows.args...)
		return err
	})
}
