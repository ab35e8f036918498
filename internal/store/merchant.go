package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"myclothes/internal/catalog"
	"myclothes/internal/fault"
)

// Merchant writes the catalogue.
type Merchant struct{ db *DB }

// Merchant returns the writing side of the catalogue.
func (db *DB) Merchant() *Merchant { return &Merchant{db} }

// PutBrands writes brands, replacing those of the same slug. Those that are so already are left alone.
func (m *Merchant) PutBrands(ctx context.Context, brands []catalog.Brand) error {
	return m.db.act(ctx, "put brands", func(t tx) error {
		changed, err := putBrands(ctx, t, brands)
		if err != nil || len(changed) == 0 {
			return err
		}
		return tellShelves(ctx, t, changed, nil, nil)
	})
}

// putBrands writes those of the brands that are not so already, and returns their slugs.
func putBrands(ctx context.Context, t tx, brands []catalog.Brand) (changed []string, err error) {
	had, err := makers(ctx, now, t.fresh)
	if err != nil {
		return nil, err
	}
	for _, b := range brands {
		if slices.Contains(had, b) {
			continue
		}
		if err := refused(b.Check()).orNil("brand %s", b.Slug); err != nil {
			return nil, err
		}
		if _, err := t.exec(ctx, "put brand",
			`INSERT INTO brand (slug, name_ko, name_en, story_ko, story_en) VALUES ($1, $2, $3, $4, $5)
			 ON CONFLICT (slug) DO UPDATE SET name_ko = excluded.name_ko, name_en = excluded.name_en,
			        story_ko = excluded.story_ko, story_en = excluded.story_en`,
			b.Slug, b.Name.KO, b.Name.EN, b.Story.KO, b.Story.EN); err != nil {
			return nil, err
		}
		changed = append(changed, b.Slug)
	}
	return changed, nil
}

// makers reads every brand, inside or outside a transaction.
func makers(ctx context.Context, n need, read each) ([]catalog.Brand, error) {
	var all []catalog.Brand
	err := read(ctx, n, "brands", `SELECT slug, name_ko, name_en, story_ko, story_en FROM brand ORDER BY slug`, nil, func(s scanner) error {
		var b catalog.Brand
		err := s.Scan(&b.Slug, &b.Name.KO, &b.Name.EN, &b.Story.KO, &b.Story.EN)
		all = append(all, b)
		return err
	})
	return all, err
}

// PutCategories writes categories, replacing those of the same slug. It is refused if a product on sale could not be sold as it is below them, or one would hang
// on a category that has others below it.
func (m *Merchant) PutCategories(ctx context.Context, all []catalog.Category) error {
	return m.db.act(ctx, "put categories", func(t tx) error {
		before, err := tree(ctx, t.fresh)
		if err != nil {
			return err
		}
		changed, err := putCategories(ctx, t, before, all)
		if err != nil || len(changed) == 0 {
			return err
		}
		after, err := tree(ctx, t.fresh)
		if err != nil {
			return err
		}
		broken, err := upheld(ctx, t, before, after, changed)
		if err != nil {
			return err
		}
		f := fault.BadRequest
		for _, b := range broken {
			f = f.At(b.Category, fmt.Sprintf("상품 %d개를 지금처럼 둘 수 없어요: %s", b.Products, b.Some), fmt.Sprintf("%d products could not stay as they are: %s", b.Products, b.Some))
		}
		if len(f.Fields) > 0 {
			return f
		}
		return tellShelves(ctx, t, nil, changed, &after)
	})
}

// putCategories writes those of the categories that are not so already, and returns their slugs.
func putCategories(ctx context.Context, t tx, before catalog.Tree, all []catalog.Category) (changed []string, err error) {
	for _, c := range all {
		if was, ok := before.Find(c.Slug); ok && was == c {
			continue
		}
		if err := refused(c.Check()).orNil("category %s", c.Slug); err != nil {
			return nil, err
		}
		if _, err := t.exec(ctx, "put category",
			`INSERT INTO category (slug, parent, name_ko, name_en, position, notice, plan, sizes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
			 ON CONFLICT (slug) DO UPDATE SET parent = excluded.parent, name_ko = excluded.name_ko, name_en = excluded.name_en,
			        position = excluded.position, notice = excluded.notice, plan = excluded.plan, sizes = excluded.sizes`,
			c.Slug, c.Parent, c.Name.KO, c.Name.EN, c.Position, string(c.Notice), string(c.Plan), c.Sizes); err != nil {
			return nil, err
		}
		changed = append(changed, c.Slug)
	}
	return changed, nil
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
		if s == catalog.Draft && p.Status != catalog.Draft {
			return notADraftAgain.Because("product %d", id)
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

// notADraftAgain refuses to hide what people have seen, bought and linked to: its page would be gone, and nobody would tell those who sell it elsewhere.
var notADraftAgain = fault.BadRequest.At("status", "한 번 공개한 상품은 준비 중으로 되돌릴 수 없어요. 판매를 멈추려면 stopped로 바꿔 주세요.",
	"A product that was on sale cannot be a draft again. To take it off sale, set it to stopped.")

// sound refuses a product that has flaws, and names all of them.
func sound(p *catalog.Product, t catalog.Tree) error {
	return refused(p.Check(t)).orNil("product %d %s", p.ID, p.Name.KO)
}

// refused are flaws for which something is not written.
type refused []catalog.Flaw

// orNil names all of them as one fault of that cause; nil if there are none.
func (r refused) orNil(format string, args ...any) error {
	if len(r) == 0 {
		return nil
	}
	f := fault.BadRequest
	for _, flaw := range r {
		f = f.At(flaw.String(), flaw.Words.KO, flaw.Words.EN)
	}
	return f.Because(format, args...)
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
		if err != nil || left-n > catalog.Few {
			return err
		}
		return tellOf(ctx, t, sku)
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
