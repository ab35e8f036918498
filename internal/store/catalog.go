package store

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"

	"myclothes/internal/catalog"
	"myclothes/internal/fault"
)

// Catalog reads the catalogue. It cannot write.
type Catalog struct{ r reader }

// Catalog returns the reading side of the catalogue.
func (db *DB) Catalog() *Catalog { return &Catalog{db.reader()} }

var _ catalog.Catalog = (*Catalog)(nil)

// Tree reads every category.
func (c *Catalog) Tree(ctx context.Context) (catalog.Tree, error) {
	var all []catalog.Category
	err := c.r.each(ctx, stale, "categories",
		`SELECT slug, parent, name_ko, name_en, position FROM category ORDER BY position, slug`, nil,
		func(s scanner) error {
			var x catalog.Category
			err := s.Scan(&x.Slug, &x.Parent, &x.Name.KO, &x.Name.EN, &x.Position)
			all = append(all, x)
			return err
		})
	return catalog.NewTree(all), err
}

// Brands reads every brand.
func (c *Catalog) Brands(ctx context.Context) ([]catalog.Brand, error) {
	var all []catalog.Brand
	err := c.r.each(ctx, stale, "brands",
		`SELECT slug, name_ko, name_en, story_ko, story_en FROM brand ORDER BY slug`, nil,
		func(s scanner) error {
			var b catalog.Brand
			err := s.Scan(&b.Slug, &b.Name.KO, &b.Name.EN, &b.Story.KO, &b.Story.EN)
			all = append(all, b)
			return err
		})
	return all, err
}

// Product reads one product with its variants and pictures.
func (c *Catalog) Product(ctx context.Context, id int64) (catalog.Product, error) {
	p, err := c.product(ctx, id)
	if errors.Is(err, sql.ErrNoRows) {
		return catalog.Product{}, fault.NoSuchPage
	}
	if err != nil {
		return catalog.Product{}, err
	}
	if err := c.variants(ctx, &p); err != nil {
		return catalog.Product{}, err
	}
	return p, c.images(ctx, &p)
}

func (c *Catalog) product(ctx context.Context, id int64) (catalog.Product, error) {
	p := catalog.Product{ID: id}
	var created int64
	err := c.r.one(ctx, stale, "product",
		`SELECT p.slug, b.slug, b.name_ko, b.name_en, b.story_ko, b.story_en, p.category, p.name_ko, p.name_en,
		        p.description_ko, p.description_en, p.status, p.created_at
		   FROM product p JOIN brand b ON b.slug = p.brand
		  WHERE p.id = $1 AND p.status <> 'draft'`, []any{id},
		&p.Slug, &p.Brand.Slug, &p.Brand.Name.KO, &p.Brand.Name.EN, &p.Brand.Story.KO, &p.Brand.Story.EN, &p.Category, &p.Name.KO, &p.Name.EN,
		&p.Description.KO, &p.Description.EN, &p.Status, &created)
	p.CreatedAt = fromMicros(created)
	return p, err
}

func (c *Catalog) variants(ctx context.Context, p *catalog.Product) error {
	return c.r.each(ctx, stale, "variants",
		`SELECT v.sku, v.color, v.color_ko, v.color_en, v.color_hex, v.size, v.size_position, v.price, v.list_price,
		        s.on_hand, s.sold - s.returned
		   FROM variant v JOIN stock s ON s.sku = v.sku
		  WHERE v.product_id = $1 ORDER BY v.position`, []any{p.ID},
		func(s scanner) error {
			var v catalog.Variant
			var sold int64
			err := s.Scan(&v.SKU, &v.Color.Code, &v.Color.Name.KO, &v.Color.Name.EN, &v.Color.Hex, &v.Size.Label, &v.Size.Position,
				&v.Price, &v.ListPrice, &v.Available, &sold)
			p.Variants = append(p.Variants, v)
			p.UnitsSold += sold
			return err
		})
}

func (c *Catalog) images(ctx context.Context, p *catalog.Product) error {
	return c.r.each(ctx, stale, "product images",
		`SELECT path, alt_ko, alt_en, color FROM product_image WHERE product_id = $1 ORDER BY position`, []any{p.ID},
		func(s scanner) error {
			var i catalog.Image
			err := s.Scan(&i.Path, &i.Alt.KO, &i.Alt.EN, &i.Color)
			p.Images = append(p.Images, i)
			return err
		})
}

// Offers reads, from the primary, what is asked for each SKU now.
func (c *Catalog) Offers(ctx context.Context, skus []string) (map[string]catalog.Offer, error) {
	out := make(map[string]catalog.Offer, len(skus))
	if len(skus) == 0 {
		return out, nil
	}
	in, args := list(nil, skus)
	err := c.r.each(ctx, now, "offers",
		`SELECT v.sku, p.id, p.slug, b.name_ko, b.name_en, p.name_ko, p.name_en, v.color_ko, v.color_en, v.size, v.price, v.list_price,
		        s.on_hand, p.status,
		        COALESCE((SELECT i.path FROM product_image i WHERE i.product_id = p.id AND i.color IN (v.color, '')
		                   ORDER BY i.position LIMIT 1), '')
		   FROM variant v
		   JOIN product p ON p.id = v.product_id
		   JOIN brand b ON b.slug = p.brand
		   JOIN stock s ON s.sku = v.sku
		  WHERE v.sku IN (`+in+`)`, args,
		func(s scanner) error {
			var o catalog.Offer
			var status catalog.Status
			err := s.Scan(&o.SKU, &o.ProductID, &o.ProductSlug, &o.Brand.KO, &o.Brand.EN, &o.Name.KO, &o.Name.EN, &o.Color.KO, &o.Color.EN, &o.Size,
				&o.Price, &o.ListPrice, &o.Available, &status, &o.Image)
			o.OnSale = status == catalog.OnSale
			out[o.SKU] = o
			return err
		})
	return out, err
}

// list appends values to args and returns the placeholders that stand for them.
func list[T any](args []any, values []T) (string, []any) {
	first := len(args) + 1
	for _, v := range values {
		args = append(args, v)
	}
	return placeholders(first, len(args)), args
}

// placeholders returns "$first,…,$last".
func placeholders(first, last int) string {
	var b strings.Builder
	for n := first; n <= last; n++ {
		if n > first {
			b.WriteByte(',')
		}
		b.WriteString("$" + strconv.Itoa(n))
	}
	return b.String()
}
