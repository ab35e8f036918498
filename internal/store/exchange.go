package store

import (
	"context"
	"database/sql"
	"errors"

	"myclothes/internal/catalog"
	"myclothes/internal/catalog/exchange"
	"myclothes/internal/fault"
)

var _ exchange.Shop = (*Merchant)(nil)

// Tree reads every category.
func (m *Merchant) Tree(ctx context.Context) (catalog.Tree, error) {
	return tree(ctx, m.db.reader().fresh)
}

// Brands reads every brand.
func (m *Merchant) Brands(ctx context.Context) ([]catalog.Brand, error) {
	return m.db.Catalog().Brands(ctx)
}

// fresh is each for reads that must see everything committed so far, whatever their need.
func (r reader) fresh(ctx context.Context, _ need, name, text string, args []any, scan func(scanner) error) error {
	return r.each(ctx, now, name, text, args, scan)
}

// Owners returns the product of each of these SKUs.
func (m *Merchant) Owners(ctx context.Context, skus []string) (map[string]int64, error) {
	out := make(map[string]int64, len(skus))
	if len(skus) == 0 {
		return out, nil
	}
	in, args := list(nil, skus)
	err := m.db.reader().each(ctx, now, "owners", `SELECT sku, product_id FROM variant WHERE sku IN (`+in+`)`, args, func(s scanner) error {
		var sku string
		var id int64
		err := s.Scan(&sku, &id)
		out[sku] = id
		return err
	})
	return out, err
}

// SKUs returns the first SKU of each of these products.
func (m *Merchant) SKUs(ctx context.Context, ids []int64) (map[int64]string, error) {
	out := make(map[int64]string, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	in, args := list(nil, ids)
	err := m.db.reader().each(ctx, now, "first skus", `SELECT product_id, sku FROM variant WHERE position = 0 AND product_id IN (`+in+`)`, args, func(s scanner) error {
		var id int64
		var sku string
		err := s.Scan(&id, &sku)
		out[id] = sku
		return err
	})
	return out, err
}

// Whole reads a product whatever its status.
func (m *Merchant) Whole(ctx context.Context, id int64) (catalog.Product, error) {
	return whole(ctx, m.db.reader().fresh, id)
}

func whole(ctx context.Context, read each, id int64) (catalog.Product, error) {
	p, err := product(ctx, read, id)
	if errors.Is(err, sql.ErrNoRows) {
		err = fault.NoSuchPage
	}
	return p, err
}

// Each gives every product to yield, by ID.
func (m *Merchant) Each(ctx context.Context, yield func(catalog.Product) error) error {
	for after := int64(0); ; {
		some, err := products(ctx, m.db.reader().fresh, `p.id > $1 ORDER BY p.id LIMIT $2`, after, entriesAtOnce)
		if err != nil || len(some) == 0 {
			return err
		}
		for _, p := range some {
			if err := yield(p); err != nil {
				return err
			}
		}
		after = some[len(some)-1].ID
	}
}

// Import runs feed in one transaction and tells of it once. On SQLite, which has one writer, the shop's other acts wait until it is through.
func (m *Merchant) Import(ctx context.Context, feed func(exchange.Writer) error) error {
	return m.db.act(ctx, "import", func(t tx) error {
		w := &importing{ctx: ctx, t: t}
		if err := feed(w); err != nil || !w.wrote {
			return err
		}
		return tell(ctx, t, 0)
	})
}

// importing is an import's transaction.
type importing struct {
	ctx   context.Context
	t     tx
	tree  *catalog.Tree // as this transaction sees it; nil until it is needed
	wrote bool
}

func (w *importing) LastID() (id int64, err error) {
	err = w.t.one(w.ctx, "last id", `SELECT COALESCE(MAX(id), 0) FROM product`, nil, &id)
	return id, err
}

func (w *importing) Whole(id int64) (catalog.Product, error) { return whole(w.ctx, w.t.fresh, id) }

func (w *importing) PutCategories(all []catalog.Category) error {
	w.tree, w.wrote = nil, true
	return putCategories(w.ctx, w.t, all)
}

func (w *importing) PutBrands(all []catalog.Brand) error {
	w.wrote = true
	return putBrands(w.ctx, w.t, all)
}

func (w *importing) PutProduct(p *catalog.Product) error {
	if w.tree == nil {
		shelves, err := tree(w.ctx, w.t.fresh)
		if err != nil {
			return err
		}
		w.tree = &shelves
	}
	w.wrote = true
	return putProduct(w.ctx, w.t, *w.tree, p)
}
