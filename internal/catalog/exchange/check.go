package exchange

import (
	"context"
	"fmt"
	"hash/maphash"
	"maps"
	"slices"

	"myclothes/internal/catalog"
)

// checker looks at every item once and remembers what writing needs.
type checker struct {
	*Import
	ctx      context.Context
	tree     catalog.Tree
	listed   []catalog.Category
	brands   map[string]catalog.Brand
	shelves  []item           // the categories and brands of the file
	shelfAt  map[string]item  // categories and brands of the file by kind and slug
	ids      map[uint64]int64 // by hash of the SKU: the product's ID, or minus its place among the new ones
	seed     maphash.Seed
	news     int64
	pictures map[string]string // path by file name
	unread   map[[2]int]bool   // lines and columns of what could not be read
	refused  Refused
}

func (c *checker) start() (err error) {
	if c.tree, err = c.Shop.Tree(c.ctx); err != nil {
		return err
	}
	c.listed, c.shelfAt = c.tree.All(), map[string]item{}
	all, err := c.Shop.Brands(c.ctx)
	c.brands = bySlug(all)
	return err
}

func bySlug(all []catalog.Brand) map[string]catalog.Brand {
	out := map[string]catalog.Brand{}
	for _, b := range all {
		out[b.Slug] = b
	}
	return out
}

// misread adds a fault of the file itself.
func (c *checker) misread(f Fault) {
	c.unread[[2]int{f.Line, f.Column}] = f.Column > 0
	c.bad(f)
}

func (c *checker) bad(f Fault) {
	if len(c.refused.Faults) == MaxFaults {
		c.refused.More++
		return
	}
	c.refused.Faults = append(c.refused.Faults, f)
}

// blame adds a fault at a field of an item. What could not be read is not judged as well.
func (c *checker) blame(x item, field, sku, text string) {
	line, column := x.at(field, sku)
	if c.unread[[2]int{line, column}] {
		return
	}
	if sku != "" {
		text = sku + ": " + text
	}
	c.bad(Fault{line, column, field, text})
}

func (c *checker) check(x item) error {
	switch {
	case x.category != nil:
		c.category(x)
		return nil
	case x.brand != nil:
		c.brand(x)
		return nil
	}
	return c.product(x)
}

// once refuses a second category or brand of the same slug, and remembers the first.
func (c *checker) once(x item, kind, slug string) {
	if first, ok := c.shelfAt[kind+" "+slug]; ok {
		line, _ := first.at(kind, "")
		c.blame(x, kind, "", fmt.Sprintf("the %s %q is in the file already, on line %d", kind, clip(slug), line))
		return
	}
	c.shelfAt[kind+" "+slug] = x
	c.shelves = append(c.shelves, x)
}

func (c *checker) brand(x item) {
	c.once(x, "brand", x.brand.Slug)
	if was, ok := c.brands[x.brand.Slug]; ok {
		x.keepBrand(was)
	}
	for _, f := range x.brand.Check() {
		c.blame(x, f.Field, "", f.Words.EN)
	}
	c.brands[x.brand.Slug] = *x.brand
}

func (c *checker) category(x item) {
	k := x.category
	c.once(x, "category", k.Slug)
	if was, ok := c.tree.Find(k.Slug); ok {
		x.keepCategory(was)
	}
	for _, f := range k.Check() {
		c.blame(x, f.Field, "", f.Words.EN)
	}
	if _, ok := c.tree.Find(k.Parent); k.Parent != "" && !ok {
		c.blame(x, "parent", "", fmt.Sprintf("there is no category %q; parents come before their children", clip(k.Parent)))
	}
	c.listed = slices.DeleteFunc(c.listed, func(was catalog.Category) bool { return was.Slug == k.Slug })
	c.listed = append(c.listed, *k)
	c.tree = catalog.NewTree(c.listed)
	if slices.ContainsFunc(c.tree.PathTo(k.Parent), func(above catalog.Category) bool { return above.Slug == k.Slug }) {
		c.blame(x, "parent", "", "is below the category itself")
	}
}

func (c *checker) product(x item) error {
	p := x.product
	p.Settle(c.tree)
	was, err := c.owner(x)
	if err != nil {
		return err
	}
	c.images(x)
	if was != nil {
		x.keep(*was, c.tree)
		c.keeps(x, *was)
	}
	for _, f := range p.Check(c.tree) {
		c.blame(x, f.Field, f.SKU, f.Words.EN)
	}
	if _, ok := c.brands[p.Brand.Slug]; !ok {
		c.blame(x, "brand", "", fmt.Sprintf("there is no brand %q", clip(p.Brand.Slug)))
	}
	return nil
}

// images makes every file that the product names a picture of the shop, once.
func (c *checker) images(x item) {
	for n, i := range x.product.Images {
		path, ok := c.pictures[i.Path]
		if !ok {
			path = c.image(x, x.origins[n], i.Path)
			c.pictures[i.Path] = path
		}
		x.product.Images[n].Path = path
	}
	x.product.Images = distinct(x.product.Images)
}

func (c *checker) image(x item, from origin, name string) string {
	if c.Pictures.Has(name) {
		return name
	}
	path, err := c.Pictures.Add(name)
	if err != nil {
		c.blame(x, from.field, from.sku, fmt.Sprintf("picture %q: %v", clip(name), err))
		return noPicture
	}
	return path
}

// noPicture stands for one that was refused already.
const noPicture = "none.jpg"

// owner finds out which product it is, and that it takes no variants of another. It returns the product as the shop has it; nil for a new one.
func (c *checker) owner(x item) (*catalog.Product, error) {
	skus := make([]string, len(x.product.Variants))
	for i, v := range x.product.Variants {
		skus[i] = v.SKU
	}
	owners, err := c.Shop.Owners(c.ctx, skus)
	if err != nil {
		return nil, err
	}
	var was *catalog.Product
	known := slices.Compact(slices.Sorted(maps.Values(owners)))
	id := int64(0)
	switch len(known) {
	case 0:
		c.news++
		id = -c.news
	case 1:
		id = known[0]
		p, err := c.Shop.Whole(c.ctx, id)
		if err != nil {
			return nil, err
		}
		was = &p
	default:
		c.blame(x, "sku", "", fmt.Sprintf("its SKUs belong to the products %v of the shop", known))
	}
	for _, sku := range slices.Compact(slices.Sorted(slices.Values(skus))) {
		h := c.hash(sku)
		if _, ok := c.ids[h]; ok {
			c.blame(x, "sku", sku, "this SKU is in the file already, with another product")
		}
		c.ids[h] = id
	}
	return was, nil
}

func (c *checker) hash(sku string) uint64 { return maphash.String(c.seed, sku) }

// keeps refuses a file that leaves out variants of a product: they may have been bought. Nor can what people have seen become a draft again.
func (c *checker) keeps(x item, was catalog.Product) {
	if was.Status != catalog.Draft && x.product.Status == catalog.Draft {
		c.blame(x, "status", "", "was on sale and cannot be a draft again; to take it off sale write stopped")
	}
	for _, v := range was.Variants {
		if !slices.ContainsFunc(x.product.Variants, func(n catalog.Variant) bool { return n.SKU == v.SKU }) {
			c.blame(x, "sku", "", fmt.Sprintf("the shop has the variant %s of this product and the file has not; a variant cannot be taken away", v.SKU))
		}
		for _, n := range x.product.Variants {
			if n.SKU == v.SKU && (n.Color.Code != v.Color.Code || n.Size.Label != v.Size.Label) {
				c.blame(x, "sku", v.SKU, fmt.Sprintf("is %s in %s and cannot become another colour or size", v.Color.Code, v.Size.Label))
			}
		}
	}
}
