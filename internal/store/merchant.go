package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"myclothes/internal/catalog"
	"myclothes/internal/fault"
	"myclothes/internal/money"
)

// Merchant writes the catalogue.
type Merchant struct{ db *DB }

// Merchant returns the writing side of the catalogue.
func (db *DB) Merchant() *Merchant { return &Merchant{db} }

// PutBrands writes brands, replacing those of the same slug.
func (m *Merchant) PutBrands(ctx context.Context, brands []catalog.Brand) error {
	return m.db.act(ctx, "put brands", func(t tx) error {
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
	})
}

// PutCategories writes categories, replacing those of the same slug.
func (m *Merchant) PutCategories(ctx context.Context, all []catalog.Category) error {
	return m.db.act(ctx, "put categories", func(t tx) error {
		for _, c := range all {
			if _, err := t.exec(ctx, "put category",
				`INSERT INTO category (slug, parent, name_ko, name_en, position) VALUES ($1, $2, $3, $4, $5)
				 ON CONFLICT (slug) DO UPDATE SET parent = excluded.parent, name_ko = excluded.name_ko,
				        name_en = excluded.name_en, position = excluded.position`,
				c.Slug, c.Parent, c.Name.KO, c.Name.EN, c.Position); err != nil {
				return err
			}
		}
		return nil
	})
}

// PutProducts writes whole products in one transaction, replacing those of the same id. A new variant starts with its Available units in
// stock; an existing one keeps its stock. A variant that a product no longer has is refused: it may have been bought.
func (m *Merchant) PutProducts(ctx context.Context, products []catalog.Product) error {
	return m.db.act(ctx, "put products", func(t tx) error {
		for i := range products {
			if err := putProduct(ctx, t, &products[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

func putProduct(ctx context.Context, t tx, p *catalog.Product) error {
	card := p.Card()
	_, err := t.exec(ctx, "put product",
		`INSERT INTO product (id, slug, brand, category, name_ko, name_en, description_ko, description_en, status,
		                      price, list_price, discount, folded, created_at)
		 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
		 ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, brand = excluded.brand, category = excluded.category,
		        name_ko = excluded.name_ko, name_en = excluded.name_en, description_ko = excluded.description_ko,
		        description_en = excluded.description_en, status = excluded.status, price = excluded.price,
		        list_price = excluded.list_price, discount = excluded.discount, folded = excluded.folded`,
		p.ID, p.Slug, p.Brand.Slug, p.Category, p.Name.KO, p.Name.EN, p.Description.KO, p.Description.EN, string(p.Status),
		int64(card.Price), int64(card.ListPrice), money.Percent(card.Price, card.ListPrice), folded(p), micros(p.CreatedAt))
	if err != nil {
		return err
	}
	if err := putImages(ctx, t, p); err != nil {
		return err
	}
	return putVariants(ctx, t, p)
}

func putImages(ctx context.Context, t tx, p *catalog.Product) error {
	if _, err := t.exec(ctx, "drop images", `DELETE FROM product_image WHERE product_id = $1`, p.ID); err != nil {
		return err
	}
	for i, img := range p.Images {
		if _, err := t.exec(ctx, "put image",
			`INSERT INTO product_image (product_id, position, path, alt_ko, alt_en, color) VALUES ($1, $2, $3, $4, $5, $6)`,
			p.ID, i, img.Path, img.Alt.KO, img.Alt.EN, img.Color); err != nil {
			return err
		}
	}
	return nil
}

func putVariants(ctx context.Context, t tx, p *catalog.Product) error {
	for i, v := range p.Variants {
		if _, err := t.exec(ctx, "put variant",
			`INSERT INTO variant (sku, product_id, position, color, color_ko, color_en, color_hex, size, size_position, price, list_price)
			 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
			 ON CONFLICT (sku) DO UPDATE SET position = excluded.position, color_ko = excluded.color_ko, color_en = excluded.color_en,
			        color_hex = excluded.color_hex, size_position = excluded.size_position, price = excluded.price, list_price = excluded.list_price`,
			v.SKU, p.ID, i, v.Color.Code, v.Color.Name.KO, v.Color.Name.EN, v.Color.Hex, v.Size.Label, v.Size.Position,
			int64(v.Price), int64(v.ListPrice)); err != nil {
			return err
		}
		if _, err := t.exec(ctx, "open stock",
			`INSERT INTO stock (sku, initial, on_hand) VALUES ($1, $2, $2) ON CONFLICT (sku) DO NOTHING`, v.SKU, v.Available); err != nil {
			return err
		}
	}
	var has int
	if err := t.one(ctx, "count variants", `SELECT COUNT(*) FROM variant WHERE product_id = $1`, []any{p.ID}, &has); err != nil {
		return err
	}
	if has != len(p.Variants) {
		return fault.BadRequest.Because("product %d would lose a variant, or takes one from another product", p.ID)
	}
	return nil
}

// folded is the text that plain search looks through: every name by which people may ask for the product.
func folded(p *catalog.Product) string {
	parts := []string{p.Name.KO, p.Name.EN, p.Brand.Name.KO, p.Brand.Name.EN, p.Category}
	for _, c := range p.Colors() {
		parts = append(parts, c.Name.KO, c.Name.EN)
	}
	return catalog.Fold(strings.Join(parts, " "))
}

// SetPrice changes what a variant costs from now on. Orders that were placed keep their price.
func (m *Merchant) SetPrice(ctx context.Context, sku string, price, list money.Amount) error {
	return m.db.act(ctx, "set price", func(t tx) error {
		if err := lockProductOf(ctx, t, sku); err != nil {
			return err
		}
		if _, err := t.exec(ctx, "set variant price", `UPDATE variant SET price = $1, list_price = $2 WHERE sku = $3`, int64(price), int64(list), sku); err != nil {
			return err
		}
		return repriceProduct(ctx, t, sku)
	})
}

// lockProductOf locks the product of a variant, so that two variants' prices change one after the other: each change looks at both.
func lockProductOf(ctx context.Context, t tx, sku string) error {
	var id int64
	err := t.one(ctx, "lock product", `SELECT id FROM product WHERE id = (SELECT product_id FROM variant WHERE sku = $1)`+t.db.dialect.forUpdate, []any{sku}, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return fault.UnknownSKU
	}
	return err
}

// repriceProduct copies the cheapest variant's price to the product of sku, for listings.
func repriceProduct(ctx context.Context, t tx, sku string) error {
	var id int64
	var price, listed money.Amount
	err := t.one(ctx, "cheapest variant",
		`SELECT product_id, price, list_price FROM variant WHERE product_id = (SELECT product_id FROM variant WHERE sku = $1)
		  ORDER BY price, position LIMIT 1`, []any{sku}, &id, &price, &listed)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, "set product price", `UPDATE product SET price = $1, list_price = $2, discount = $3 WHERE id = $4`,
		int64(price), int64(listed), money.Percent(price, listed), id)
	return err
}

// SetStatus puts a product on sale or stops it.
func (m *Merchant) SetStatus(ctx context.Context, id int64, s catalog.Status) error {
	n, err := m.db.exec(ctx, "set status", `UPDATE product SET status = $1 WHERE id = $2`, string(s), id)
	if err == nil && n == 0 {
		err = fault.NoSuchPage
	}
	return err
}

// Restock adds n > 0 units that arrived.
func (m *Merchant) Restock(ctx context.Context, sku string, n int) error {
	if n <= 0 {
		return fault.BadRequest
	}
	changed, err := m.db.exec(ctx, "restock", `UPDATE stock SET restocked = restocked + $1, on_hand = on_hand + $1 WHERE sku = $2`, n, sku)
	if err == nil && changed == 0 {
		err = fault.UnknownSKU
	}
	return err
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
