package store

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"
	"strconv"

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
	return makers(ctx, now, m.db.reader().fresh)
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

// Import runs feed in one transaction and tells of what it changed. On SQLite, which has one writer, the shop's other acts wait until it is through.
func (m *Merchant) Import(ctx context.Context, feed func(exchange.Writer) error) error {
	return m.db.act(ctx, "import", func(t tx) error {
		w := &importing{ctx: ctx, t: t}
		var err error
		if w.before, err = tree(ctx, t.fresh); err != nil {
			return err
		}
		w.tree = w.before
		if err := feed(w); err != nil {
			return err
		}
		return w.tell()
	})
}

// importing is an import's transaction.
type importing struct {
	ctx                           context.Context
	t                             tx
	before, tree                  catalog.Tree // as it was, and as this transaction sees it
	products                      []int64      // those that were written
	changedBrands, changedShelves []string
}

func (w *importing) Tree() (catalog.Tree, error)      { return w.tree, nil }
func (w *importing) Brands() ([]catalog.Brand, error) { return makers(w.ctx, now, w.t.fresh) }

func (w *importing) LastID() (id int64, err error) {
	err = w.t.one(w.ctx, "last id", `SELECT COALESCE(MAX(id), 0) FROM product`, nil, &id)
	return id, err
}

func (w *importing) Whole(id int64) (catalog.Product, error) { return whole(w.ctx, w.t.fresh, id) }

func (w *importing) PutCategories(all []catalog.Category) error {
	changed, err := putCategories(w.ctx, w.t, w.tree, all)
	if err != nil || len(changed) == 0 {
		return err
	}
	w.changedShelves = append(w.changedShelves, changed...)
	w.tree, err = tree(w.ctx, w.t.fresh)
	return err
}

func (w *importing) PutBrands(all []catalog.Brand) error {
	changed, err := putBrands(w.ctx, w.t, all)
	w.changedBrands = append(w.changedBrands, changed...)
	return err
}

func (w *importing) PutProduct(p *catalog.Product) error {
	w.products = append(w.products, p.ID)
	return putProduct(w.ctx, w.t, w.tree, p)
}

func (w *importing) Broken() ([]exchange.Broken, error) {
	return upheld(w.ctx, w.t, w.before, w.tree, w.changedShelves)
}

// tell tells of everything that was written.
func (w *importing) tell() error {
	shelves := len(w.changedBrands)+len(w.changedShelves) > 0
	if !shelves && len(w.products) == 0 {
		return nil
	}
	hung, err := hanging(w.ctx, w.t, w.changedBrands, w.changedShelves, &w.tree)
	if err != nil {
		return err
	}
	all := slices.Concat(w.products, hung)
	slices.Sort(all)
	return tellMany(w.ctx, w.t, slices.Compact(all), shelves)
}

// upheld returns which of the changed categories leave products as they may not be: on sale with a flaw that they had not before (a fact that the law wants now, a
// size that the category no longer takes), or on a category that has others below it. It looks only at categories of which the rules or the place changed.
func upheld(ctx context.Context, t tx, before, after catalog.Tree, changed []string) ([]exchange.Broken, error) {
	blamed := blame(before, after, changed)
	if len(blamed) == 0 {
		return nil, nil
	}
	in, args := list(nil, slices.Sorted(maps.Keys(blamed)))
	which := `p.category IN (` + in + `) AND p.id > $` + strconv.Itoa(len(args)+1) + ` ORDER BY p.id LIMIT $` + strconv.Itoa(len(args)+2)
	found := map[string]*exchange.Broken{}
	for last := int64(0); ; {
		some, err := products(ctx, t.fresh, which, append(slices.Clone(args), last, entriesAtOnce)...)
		if err != nil {
			return nil, err
		}
		for i := range some {
			if flaw, ok := worsened(&some[i], before, after); ok {
				slug := blamed[some[i].Category]
				if found[slug] == nil {
					found[slug] = &exchange.Broken{Category: slug}
				}
				found[slug].Add(some[i].ID, some[i].Name.KO, flaw)
			}
		}
		if len(some) < entriesAtOnce {
			break
		}
		last = some[len(some)-1].ID
	}
	var out []exchange.Broken
	for _, slug := range changed {
		if b := found[slug]; b != nil {
			out = append(out, *b)
			delete(found, slug)
		}
	}
	return out, nil
}

// blame returns the categories whose products may have come to be unsound, each with the changed one that did it: the nearest above it, or the one put below it.
func blame(before, after catalog.Tree, changed []string) map[string]string {
	changed = slices.Clone(changed)
	slices.SortStableFunc(changed, func(a, b string) int { return len(after.PathTo(a)) - len(after.PathTo(b)) })
	out := map[string]string{}
	for _, slug := range changed {
		for _, below := range after.Below(slug) {
			was, is := before.Rules(below), after.Rules(below)
			if was.Notice != is.Notice || was.Sizes != is.Sizes {
				out[below] = slug
			}
		}
	}
	for _, slug := range changed {
		if c, _ := after.Find(slug); c.Parent != "" && out[c.Parent] == "" && len(before.Children(c.Parent)) == 0 {
			out[c.Parent] = slug
		}
	}
	return out
}

// worsened returns the first flaw that the product has in the new tree and had not in the old one. Who is not on sale need only hang on a leaf.
func worsened(p *catalog.Product, before, after catalog.Tree) (catalog.Flaw, bool) {
	had := p.Check(before)
	for _, f := range p.Check(after) {
		if !slices.Contains(had, f) && (p.Status == catalog.OnSale || f.Field == "category") {
			return f, true
		}
	}
	return catalog.Flaw{}, false
}
