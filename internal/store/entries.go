package store

import (
	"context"
	"math/rand/v2"
	"slices"
	"time"

	"myclothes/internal/catalog"
)

// entriesAtOnce bounds one statement of Entries. A statement each keeps no transaction open for as long as a large catalogue takes.
const entriesAtOnce = 500

// Entries gives every product on sale to yield, by ascending ID.
func (c *Catalog) Entries(ctx context.Context, yield func(catalog.Entry) error) error {
	for after := int64(0); ; {
		some, err := c.entries(ctx, `p.id > $1 ORDER BY p.id LIMIT $2`, after, entriesAtOnce)
		if err != nil {
			return err
		}
		for _, e := range some {
			if err := yield(e); err != nil {
				return err
			}
		}
		if len(some) < entriesAtOnce {
			return nil
		}
		after = some[len(some)-1].ID
	}
}

// EntriesOf returns those of these products that are on sale.
func (c *Catalog) EntriesOf(ctx context.Context, ids []int64) ([]catalog.Entry, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	in, args := list(nil, ids)
	return c.entries(ctx, `p.id IN (`+in+`)`, args...)
}

func (c *Catalog) entries(ctx context.Context, which string, args ...any) ([]catalog.Entry, error) {
	var out []catalog.Entry
	place := map[int64]int{}
	var ids []int64
	err := c.r.each(ctx, stale, "entries",
		`SELECT p.id, p.slug, b.slug, b.name_ko, b.name_en, p.category, p.name_ko, p.name_en, p.fabric_ko, p.fabric_en, p.price, p.list_price, p.weight, p.created_at
		   FROM product p JOIN brand b ON b.slug = p.brand
		  WHERE p.status = 'on_sale' AND `+which, args,
		func(s scanner) error {
			var e catalog.Entry
			var created int64
			err := s.Scan(&e.ID, &e.Slug, &e.Brand.Slug, &e.Brand.Name.KO, &e.Brand.Name.EN, &e.Category, &e.Name.KO, &e.Name.EN, &e.Fabric.KO, &e.Fabric.EN,
				&e.Price, &e.ListPrice, &e.Popularity, &created)
			e.CreatedAt = fromMicros(created)
			place[e.ID], ids = len(out), append(ids, e.ID)
			out = append(out, e)
			return err
		})
	if err != nil || len(out) == 0 {
		return nil, err
	}
	in, of := list(nil, ids)
	err = c.r.each(ctx, stale, "entry variants",
		`SELECT v.product_id, v.color, v.color_ko, v.color_en, v.color_hex, v.size, s.on_hand > 0, s.sold - s.returned
		   FROM variant v JOIN stock s ON s.sku = v.sku WHERE v.product_id IN (`+in+`) ORDER BY v.product_id, v.position`, of,
		func(s scanner) error {
			var v catalog.EntryVariant
			var id, sold int64
			err := s.Scan(&id, &v.Color.Code, &v.Color.Name.KO, &v.Color.Name.EN, &v.Color.Hex, &v.Size, &v.InStock, &sold)
			if i, ok := place[id]; ok {
				out[i].Variants = append(out[i].Variants, v)
				out[i].Popularity += sold
			}
			return err
		})
	return out, err
}

// Changes returns what was written at or after since, by time.
func (c *Catalog) Changes(ctx context.Context, since time.Time) ([]catalog.Change, error) {
	var out []catalog.Change
	err := c.r.each(ctx, stale, "catalog changes", `SELECT number, product_id, at FROM catalog_change WHERE at >= $1 ORDER BY at, number`, []any{micros(since)},
		func(s scanner) error {
			var x catalog.Change
			var at int64
			err := s.Scan(&x.Number, &x.Product, &at)
			x.At = fromMicros(at)
			out = append(out, x)
			return err
		})
	return out, err
}

// tell writes that a product changed. It is the last thing an act does, so that it is seen soon after the time it names.
func tell(ctx context.Context, t tx, product int64) error { return tellAll(ctx, t, []int64{product}) }

// tellAll is tell for several products.
func tellAll(ctx context.Context, t tx, products []int64) error {
	return tellAt(ctx, t, products, t.db.now())
}

// toldAtOnce bounds one statement that tells.
const toldAtOnce = 500

func tellAt(ctx context.Context, t tx, products []int64, at time.Time) error {
	for some := range slices.Chunk(products, toldAtOnce) {
		var told rows
		for _, id := range some {
			c := catalog.Change{Number: rand.Int64(), Product: id, At: at}
			told.add(c.Number, c.Product, micros(c.At))
			t.after.changes = append(t.after.changes, c)
		}
		if _, err := t.exec(ctx, "tell change", `INSERT INTO catalog_change (number, product_id, at) VALUES `+told.String(), told.args...); err != nil {
			return err
		}
	}
	return nil
}

// fewChanges of one act are followed product by product.
const fewChanges = 2_000

// tellMany tells of many products, or of whatever hangs on shelves that changed. Indexes are told once, by 0, that everything is to be read again. The products are
// told for those who need to know which they were, the feeds, and with a time before that at which any index still looks: it would read all of them again and
// again, three times a second, until something newer is written.
func tellMany(ctx context.Context, t tx, products []int64, shelves bool) error {
	if !shelves && len(products) <= fewChanges {
		return tellAll(ctx, t, products)
	}
	if err := tellAt(ctx, t, products, t.db.now().Add(-catalog.ToldAside)); err != nil {
		return err
	}
	return tell(ctx, t, 0)
}

// tellShelves tells of brands and categories that changed, and of the products that are shown with their names. shelves may be nil without categories.
func tellShelves(ctx context.Context, t tx, brands, categories []string, shelves *catalog.Tree) error {
	products, err := hanging(ctx, t, brands, categories, shelves)
	if err != nil {
		return err
	}
	return tellMany(ctx, t, products, true)
}

// hanging returns the products of these brands and of everything below these categories, each once, by ID.
func hanging(ctx context.Context, t tx, brands, categories []string, shelves *catalog.Tree) ([]int64, error) {
	var below []string
	for _, slug := range categories {
		below = append(below, shelves.Below(slug)...)
	}
	var out []int64
	for column, slugs := range map[string][]string{"brand": brands, "category": below} {
		for some := range slices.Chunk(slugs, toldAtOnce) {
			in, args := list(nil, some)
			err := t.each(ctx, "products of "+column, `SELECT id FROM product WHERE `+column+` IN (`+in+`)`, args, func(s scanner) error {
				var id int64
				err := s.Scan(&id)
				out = append(out, id)
				return err
			})
			if err != nil {
				return nil, err
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// keepChanges is how long changes stay: as long as the feeds look back. An instance that was away for longer reads the whole catalogue anyway: it has just started.
const keepChanges = 24*time.Hour + catalog.ToldAside

// SweepChanges removes changes that every instance has seen.
func (m *Merchant) SweepChanges(ctx context.Context) (int, error) {
	n, err := m.db.exec(ctx, "sweep changes", `DELETE FROM catalog_change WHERE at < $1`, micros(m.db.now().Add(-keepChanges)))
	return int(n), err
}
