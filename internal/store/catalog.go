package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/fault"
)

// Catalog reads the catalogue. It cannot write.
type Catalog struct{ r reader }

// Catalog returns the reading side of the catalogue.
func (db *DB) Catalog() *Catalog { return &Catalog{db.reader()} }

var _ catalog.Source = (*Catalog)(nil)

// Tree reads every category.
func (c *Catalog) Tree(ctx context.Context) (catalog.Tree, error) { return tree(ctx, c.r.each) }

// tree reads every category, inside or outside a transaction.
func tree(ctx context.Context, read each) (catalog.Tree, error) {
	var all []catalog.Category
	err := read(ctx, stale, "categories",
		`SELECT slug, parent, name_ko, name_en, position, notice, plan, sizes FROM category ORDER BY position, slug`, nil,
		func(s scanner) error {
			var x catalog.Category
			err := s.Scan(&x.Slug, &x.Parent, &x.Name.KO, &x.Name.EN, &x.Position, &x.Notice, &x.Plan, &x.Sizes)
			all = append(all, x)
			return err
		})
	return catalog.NewTree(all), err
}

// Brands reads every brand.
func (c *Catalog) Brands(ctx context.Context) ([]catalog.Brand, error) {
	return makers(ctx, stale, c.r.each)
}

// details are the members of a product that are only ever read and written whole.
type details struct {
	Seasons  []catalog.Season  `json:"seasons,omitempty"`
	Facts    catalog.Told      `json:"facts,omitempty"`
	Measures catalog.SizeTable `json:"measures,omitzero"`
	Related  []int64           `json:"related,omitempty"`
}

// Product reads one product with its variants and pictures.
func (c *Catalog) Product(ctx context.Context, id int64) (catalog.Product, error) {
	p, err := product(ctx, c.r.each, id)
	if err == nil && p.Status == catalog.Draft || errors.Is(err, sql.ErrNoRows) {
		return catalog.Product{}, fault.NoSuchPage
	}
	return p, err
}

// each is how rows are read: reader.each, or tx.fresh within a transaction.
type each = func(ctx context.Context, n need, name, text string, args []any, scan func(scanner) error) error

// fresh is tx.each with the signature of reader.each: a transaction reads what is so now, whatever the need.
func (t tx) fresh(ctx context.Context, _ need, name, text string, args []any, scan func(scanner) error) error {
	return t.each(ctx, name, text, args, scan)
}

// product reads a whole product, whatever its status; sql.ErrNoRows without one.
func product(ctx context.Context, read each, id int64) (catalog.Product, error) {
	all, err := products(ctx, read, `p.id = $1`, id)
	if err == nil && len(all) == 0 {
		err = sql.ErrNoRows
	}
	if err != nil {
		return catalog.Product{}, err
	}
	return all[0], nil
}

// products reads whole products with three statements, by ID unless which says otherwise.
func products(ctx context.Context, read each, which string, args ...any) ([]catalog.Product, error) {
	var out []catalog.Product
	var ids []int64
	place := map[int64]int{}
	err := read(ctx, stale, "product",
		`SELECT p.id, p.slug, b.slug, b.name_ko, b.name_en, b.story_ko, b.story_en, p.category, p.name_ko, p.name_en,
		        p.description_ko, p.description_en, p.status, p.created_at, p.fabric_ko, p.fabric_en, p.weight, p.details
		   FROM product p JOIN brand b ON b.slug = p.brand
		  WHERE `+which, args, func(s scanner) error {
			var p catalog.Product
			err := scanProduct(s, &p)
			place[p.ID], ids = len(out), append(ids, p.ID)
			out = append(out, p)
			return err
		})
	if err != nil || len(out) == 0 {
		return nil, err
	}
	in, of := list(nil, ids)
	if err := variants(ctx, read, in, of, func(id int64) *catalog.Product { return &out[place[id]] }); err != nil {
		return nil, err
	}
	return out, images(ctx, read, in, of, func(id int64) *catalog.Product { return &out[place[id]] })
}

func scanProduct(s scanner, p *catalog.Product) error {
	var created int64
	var text string
	if err := s.Scan(&p.ID, &p.Slug, &p.Brand.Slug, &p.Brand.Name.KO, &p.Brand.Name.EN, &p.Brand.Story.KO, &p.Brand.Story.EN, &p.Category,
		&p.Name.KO, &p.Name.EN, &p.Description.KO, &p.Description.EN, &p.Status, &created, &p.Fabric.KO, &p.Fabric.EN, &p.Weight, &text); err != nil {
		return err
	}
	var d details
	if err := json.Unmarshal([]byte(text), &d); err != nil {
		return err
	}
	p.CreatedAt, p.Seasons, p.Facts, p.Measures, p.Related = fromMicros(created), d.Seasons, d.Facts, d.Measures, d.Related
	return nil
}

// variants reads those of the products that in names, into the product that of finds.
func variants(ctx context.Context, read each, in string, args []any, of func(int64) *catalog.Product) error {
	return read(ctx, stale, "variants",
		`SELECT v.product_id, v.sku, v.color, v.color_ko, v.color_en, v.color_hex, v.size, v.size_position, v.price, v.list_price,
		        v.regular, v.sale_price, v.sale_from, v.sale_until, s.on_hand, s.sold - s.returned
		   FROM variant v JOIN stock s ON s.sku = v.sku
		  WHERE v.product_id IN (`+in+`) ORDER BY v.product_id, v.position`, args,
		func(s scanner) error {
			var v catalog.Variant
			var id, from, until, sold int64
			err := s.Scan(&id, &v.SKU, &v.Color.Code, &v.Color.Name.KO, &v.Color.Name.EN, &v.Color.Hex, &v.Size.Label, &v.Size.Position,
				&v.Price, &v.ListPrice, &v.Regular, &v.Sale.Price, &from, &until, &v.Available, &sold)
			if v.Sale.Price > 0 {
				v.Sale.From, v.Sale.Until = fromMicros(from), fromMicros(until)
			}
			p := of(id)
			p.Variants = append(p.Variants, v)
			p.UnitsSold += sold
			return err
		})
}

func images(ctx context.Context, read each, in string, args []any, of func(int64) *catalog.Product) error {
	return read(ctx, stale, "product images",
		`SELECT product_id, path, alt_ko, alt_en, color FROM product_image WHERE product_id IN (`+in+`) ORDER BY product_id, position`, args,
		func(s scanner) error {
			var i catalog.Image
			var id int64
			err := s.Scan(&id, &i.Path, &i.Alt.KO, &i.Alt.EN, &i.Color)
			p := of(id)
			p.Images = append(p.Images, i)
			return err
		})
}

// Products reads up to limit whole products that are on sale, by ID, beginning after one.
func (c *Catalog) Products(ctx context.Context, after int64, limit int) ([]catalog.Product, error) {
	return products(ctx, c.r.each, `p.status = 'on_sale' AND p.id > $1 ORDER BY p.id LIMIT $2`, after, limit)
}

// ProductsOf reads these products, whatever their status, by ID; unknown ones are absent.
func (c *Catalog) ProductsOf(ctx context.Context, ids []int64) ([]catalog.Product, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	in, args := list(nil, ids)
	return products(ctx, c.r.each, `p.id IN (`+in+`) ORDER BY p.id`, args...)
}

// LastID returns the largest ID of a product, 0 in an empty shop.
func (c *Catalog) LastID(ctx context.Context) (id int64, err error) {
	err = c.r.one(ctx, stale, "last id", `SELECT COALESCE(MAX(id), 0) FROM product`, nil, &id)
	return id, err
}

// Offers reads, from the primary and in one statement, what is asked for each SKU now.
func (c *Catalog) Offers(ctx context.Context, member string, skus []string) (map[string]catalog.Offer, error) {
	return offers(ctx, c.r.each, member, skus)
}

// Cards reads those of these products that are on sale, in the order of ids.
func (c *Catalog) Cards(ctx context.Context, ids []int64) ([]catalog.Card, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	in, args := list(nil, ids)
	found := make(map[int64]catalog.Card, len(ids))
	err := c.r.each(ctx, stale, "cards",
		`SELECT p.id, p.slug, b.slug, b.name_ko, b.name_en, p.category, p.name_ko, p.name_en, p.price, p.list_price, p.created_at,
		        COALESCE(i.path, ''), COALESCE(i.alt_ko, ''), COALESCE(i.alt_en, ''), COALESCE(i.color, ''),
		        NOT EXISTS (SELECT 1 FROM variant v JOIN stock s ON s.sku = v.sku WHERE v.product_id = p.id AND s.on_hand > 0)
		   FROM product p
		   JOIN brand b ON b.slug = p.brand
		   LEFT JOIN product_image i ON i.product_id = p.id AND i.position = 0
		  WHERE p.status = 'on_sale' AND p.id IN (`+in+`)`, args,
		func(s scanner) error {
			var x catalog.Card
			var created int64
			err := s.Scan(&x.ID, &x.Slug, &x.Brand.Slug, &x.Brand.Name.KO, &x.Brand.Name.EN, &x.Category, &x.Name.KO, &x.Name.EN, &x.Price, &x.ListPrice, &created,
				&x.Image.Path, &x.Image.Alt.KO, &x.Image.Alt.EN, &x.Image.Color, &x.SoldOut)
			x.CreatedAt = fromMicros(created)
			found[x.ID] = x
			return err
		})
	out := make([]catalog.Card, 0, len(ids))
	for _, id := range ids {
		if x, ok := found[id]; ok {
			out = append(out, x)
		}
	}
	return out, err
}

// Faces reads the first picture of every colour of these products.
func (c *Catalog) Faces(ctx context.Context, ids []int64) (map[int64][]catalog.Face, error) {
	out := make(map[int64][]catalog.Face, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	in, args := list(nil, ids)
	err := c.r.each(ctx, stale, "faces",
		`SELECT i.product_id, i.path, i.alt_ko, i.alt_en, i.color, (SELECT MIN(v.color_hex) FROM variant v WHERE v.product_id = i.product_id AND v.color = i.color)
		   FROM product_image i
		  WHERE i.product_id IN (`+in+`) AND i.color <> ''
		    AND NOT EXISTS (SELECT 1 FROM product_image e WHERE e.product_id = i.product_id AND e.color = i.color AND e.position < i.position)
		  ORDER BY i.product_id, i.position`, args,
		func(s scanner) error {
			var f catalog.Face
			var id int64
			var hex sql.NullString
			err := s.Scan(&id, &f.Path, &f.Alt.KO, &f.Alt.EN, &f.Image.Color, &hex)
			f.Color = catalog.Color{Code: f.Image.Color, Hex: hex.String}
			out[id] = append(out[id], f)
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

// orZero is the moment in microseconds; 0 for none.
func orZero(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return micros(t)
}
