package store

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/fault"
	"myclothes/internal/money"
)

// PutProducts writes whole products in one transaction, replacing those of the same id. A new variant starts with its Available units in
// stock; an existing one keeps its stock. A variant that a product no longer has is refused: it may have been bought. So is a product with flaws, and one that
// was on sale and would be a draft again.
func (m *Merchant) PutProducts(ctx context.Context, products []catalog.Product) error {
	return m.db.act(ctx, "put products", func(t tx) error {
		shelves, err := tree(ctx, t.fresh)
		if err != nil {
			return err
		}
		for i := range products {
			if err := putProduct(ctx, t, shelves, &products[i]); err != nil {
				return err
			}
		}
		ids := make([]int64, len(products))
		for i := range products {
			ids[i] = products[i].ID
		}
		return tellAll(ctx, t, ids)
	})
}

func putProduct(ctx context.Context, t tx, shelves catalog.Tree, p *catalog.Product) error {
	if err := sound(p, shelves); err != nil {
		return err
	}
	today := t.db.now()
	for i, v := range p.Variants {
		p.Variants[i] = v.At(today)
	}
	rest, err := json.Marshal(details{p.Seasons, p.Facts, p.Measures, p.Related})
	if err != nil {
		return err
	}
	card := p.Card()
	n, err := t.exec(ctx, "put product",
		`INSERT INTO product (id, slug, brand, category, name_ko, name_en, description_ko, description_en, status,
		                      price, list_price, discount, folded, created_at, fabric_ko, fabric_en, weight, details)
		 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '', $13, $14, $15, $16, $17)
		 ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, brand = excluded.brand, category = excluded.category,
		        name_ko = excluded.name_ko, name_en = excluded.name_en, description_ko = excluded.description_ko,
		        description_en = excluded.description_en, status = excluded.status, price = excluded.price,
		        list_price = excluded.list_price, discount = excluded.discount, fabric_ko = excluded.fabric_ko,
		        fabric_en = excluded.fabric_en, weight = excluded.weight, details = excluded.details
		  WHERE excluded.status <> 'draft' OR product.status = 'draft'`,
		p.ID, p.Slug, p.Brand.Slug, p.Category, p.Name.KO, p.Name.EN, p.Description.KO, p.Description.EN, string(p.Status),
		int64(card.Price), int64(card.ListPrice), money.Percent(card.Price, card.ListPrice), micros(p.CreatedAt), p.Fabric.KO, p.Fabric.EN, p.Weight, string(rest))
	if err == nil && n == 0 {
		err = notADraftAgain.Because("product %d", p.ID)
	}
	if err != nil {
		return err
	}
	if err := putImages(ctx, t, p); err != nil {
		return err
	}
	return putVariants(ctx, t, p, today)
}

func putImages(ctx context.Context, t tx, p *catalog.Product) error {
	if _, err := t.exec(ctx, "drop images", `DELETE FROM product_image WHERE product_id = $1`, p.ID); err != nil || len(p.Images) == 0 {
		return err
	}
	var rows rows
	for i, img := range p.Images {
		rows.add(p.ID, i, img.Path, img.Alt.KO, img.Alt.EN, img.Color)
	}
	_, err := t.exec(ctx, "put images", `INSERT INTO product_image (product_id, position, path, alt_ko, alt_en, color) VALUES `+rows.String(), rows.args...)
	return err
}

func putVariants(ctx context.Context, t tx, p *catalog.Product, today time.Time) error {
	var made, opened rows
	for i, v := range p.Variants {
		made.add(v.SKU, p.ID, i, v.Color.Code, v.Color.Name.KO, v.Color.Name.EN, v.Color.Hex, v.Size.Label, v.Size.Position, int64(v.Price), int64(v.ListPrice),
			int64(v.Regular), int64(v.Sale.Price), orZero(v.Sale.From), orZero(v.Sale.Until), orZero(v.Next(today)))
		opened.add(v.SKU, v.Available, v.Available)
	}
	if _, err := t.exec(ctx, "put variants",
		`INSERT INTO variant (sku, product_id, position, color, color_ko, color_en, color_hex, size, size_position, price, list_price,
		                      regular, sale_price, sale_from, sale_until, sale_next)
		 VALUES `+made.String()+`
		 ON CONFLICT (sku) DO UPDATE SET position = excluded.position, color_ko = excluded.color_ko, color_en = excluded.color_en,
		        color_hex = excluded.color_hex, size_position = excluded.size_position, price = excluded.price, list_price = excluded.list_price,
		        regular = excluded.regular, sale_price = excluded.sale_price, sale_from = excluded.sale_from, sale_until = excluded.sale_until,
		        sale_next = excluded.sale_next`, made.args...); err != nil {
		return err
	}
	if _, err := t.exec(ctx, "open stock", `INSERT INTO stock (sku, initial, on_hand) VALUES `+opened.String()+` ON CONFLICT (sku) DO NOTHING`, opened.args...); err != nil {
		return err
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

// rows are the values of an INSERT that writes several rows at once.
type rows struct {
	text strings.Builder
	args []any
}

// add appends a row.
func (r *rows) add(values ...any) {
	if len(r.args) > 0 {
		r.text.WriteByte(',')
	}
	first := len(r.args) + 1
	r.args = append(r.args, values...)
	r.text.WriteString("(" + placeholders(first, len(r.args)) + ")")
}

func (r *rows) String() string { return r.text.String() }
