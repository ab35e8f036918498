package store

import (
	"context"
	"database/sql"
	"errors"

	"myclothes/internal/catalog"
	"myclothes/internal/fault"
)

// Merchant writes the catalogue.
type Merchant struct{ db *DB }

// Merchant returns the writing side of the catalogue.
func (db *DB) Merchant() *Merchant { return &Merchant{db} }

// PutBrands writes brands, replacing those of the same slug.
func (m *Merchant) PutBrands(ctx context.Context, brands []catalog.Brand) error {
	return m.db.act(ctx, "put brands", func(t tx) error {
		if err := putBrands(ctx, t, brands); err != nil {
			return err
		}
		return tell(ctx, t, 0)
	})
}

func putBrands(ctx context.Context, t tx, brands []catalog.Brand) error {
	for _, b := range brands {
		if _, err := t.exec(ctx, "put brand",
			`INSERT INTO brand (slug, name_ko, name_en, story_ko, story_en) VALUES ($1, $2, $3, $4, $5)
			 ON CONFLICT (slug) DO UPDATE SET name_ko = excluded.name_ko, name_en = excluded.name_en,
			        story_ko = excluded.story_ko, story_en = excluded.story_en`,
			b.Slug, b.Name.KO, b.Name.EN, b.Story.KO, b.Story.EN); err != nil {
			return err
		}
	}
	return nil
}

// PutCategories writes categories, replacing those of the same slug.
func (m *Merchant) PutCategories(ctx context.Context, all []catalog.Category) error {
	return m.db.act(ctx, "put categories", func(t tx) error {
		if err := putCategories(ctx, t, all); err != nil {
			return err
		}
		return tell(ctx, t, 0)
	})
}

func putCategories(ctx context.Context, t tx, all []catalog.Category) error {
	for _, c := range all {
		if _, err := t.exec(ctx, "put category",
			`INSERT INTO category (slug, parent, name_ko, name_en, position, notice, plan, sizes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
			 ON CONFLICT (slug) DO UPDATE SET parent = excluded.parent, name_ko = excluded.name_ko, name_en = excluded.name_en,
			        position = excluded.position, notice = excluded.notice, plan = excluded.plan, sizes = excluded.sizes`,
			c.Slug, c.Parent, c.Name.KO, c.Name.EN, c.Position, string(c.Notice), string(c.Plan), c.Sizes); err != nil {
			return err
		}
	}
	return nil
}

// SetStatus puts a product on sale, if it tells the facts that it must, or stops it.
func (m *Merchant) SetStatus(ctx context.Context, id int64, s catalog.Status) error {
	return m.db.act(ctx, "set status", func(t tx) error {
		p, err := product(ctx, t.fresh, id)
		if errors.Is(err, sql.ErrNoRows) {
			return fault.NoSuchPage
		}
		if err != nil {
			return err
		}
		shelves, err := tree(ctx, t.fresh)
		if err != nil {
			return err
		}
		p.Status = s
		if err := sound(&p, shelves); err != nil {
			return err
		}
		if _, err := t.exec(ctx, "set status", `UPDATE product SET status = $1 WHERE id = $2`, string(s), id); err != nil {
			return err
		}
		return tell(ctx, t, id)
	})
}

// sound refuses a product that has flaws, and names all of them.
func sound(p *catalog.Product, t catalog.Tree) error {
	f := fault.BadRequest
	for _, flaw := range p.Check(t) {
		f = f.At(flaw.String(), flaw.Words.KO, flaw.Words.EN)
	}
	if len(f.Fields) > 0 {
		return f.Because("product %d %s", p.ID, p.Name.KO)
	}
	return nil
}

// Restock adds n > 0 units that arrived.
func (m *Merchant) Restock(ctx context.Context, sku string, n int) error {
	if n <= 0 {
		return fault.BadRequest
	}
	return m.db.act(ctx, "restock", func(t tx) error {
		var left int
		err := t.one(ctx, "restock", `UPDATE stock SET restocked = restocked + $1, on_hand = on_hand + $1 WHERE sku = $2 RETURNING on_hand`, []any{n, sku}, &left)
		if errors.Is(err, sql.ErrNoRows) {
			return fault.UnknownSKU
		}
		if err != nil || left > n {
			return err
		}
		return tellOf(ctx, t, sku) // there was none, now there is
	})
}

// Analyze tells the database's planner what is in the tables, after much was written at once: plans made for empty tables are kept otherwise.
func (m *Merchant) Analyze(ctx context.Context) error {
	_, err := m.db.write.ExecContext(ctx, `ANALYZE`)
	return m.db.fail("analyze", err)
}

// Count returns how many products there are, whatever their status.
func (m *Merchant) Count(ctx context.Context) (int, error) {
	var n int
	err := m.db.reader().one(ctx, now, "count products", `SELECT COUNT(*) FROM product`, nil, &n)
	return n, err
}
