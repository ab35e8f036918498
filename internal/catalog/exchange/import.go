package exchange

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"time"

	"myclothes/internal/catalog"
)

// Import is one file that is brought in.
type Import struct {
	Shop     Shop
	Pictures Pictures
	JSON     bool
	Now      func() time.Time
	Progress Progress
	encoding string
}

// Run brings the file in: it is read once to be checked, and once more to be written. Faults of the file come back as *Refused; after any error nothing
// of it is in the shop, though pictures that were good may already be in the folder, where nothing shows them.
func (i *Import) Run(ctx context.Context, file io.ReadSeeker) (Done, error) {
	begin := time.Now()
	c := &checker{Import: i, ctx: ctx, ids: map[uint64]int64{}, seed: maphash.MakeSeed(), pictures: map[string]string{}}
	if err := c.start(); err != nil {
		return Done{}, err
	}
	err := i.read(ctx, file, "check", c.bad, c.check)
	if err == nil && len(c.refused.Faults) > 0 {
		err = &c.refused
	}
	if err != nil {
		return Done{}, err
	}
	done, err := i.write(ctx, file, c)
	done.Took, done.Encoding = time.Since(begin), i.encoding
	return done, err
}

// read reads the file from its beginning.
func (i *Import) read(ctx context.Context, file io.ReadSeeker, step string, bad func(Fault), each func(item) error) error {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	r, encoding, err := decoded(file)
	if err != nil {
		return err
	}
	i.encoding = encoding
	var s source = table{}
	if i.JSON {
		s = document{}
	}
	rows := 0
	return s.items(r, bad, func(x item) error {
		rows += x.rows
		i.Progress(step, rows)
		if err := ctx.Err(); err != nil {
			return err
		}
		return each(x)
	})
}

// checker looks at every item once and remembers what writing needs.
type checker struct {
	*Import
	ctx      context.Context
	tree     catalog.Tree
	listed   []catalog.Category
	brands   map[string]bool
	ids      map[uint64]int64 // by hash of the SKU: the product's ID, or minus its place among the new ones
	seed     maphash.Seed
	news     int64
	pictures map[string]string // path by file name
	refused  Refused
}

func (c *checker) start() (err error) {
	if c.tree, err = c.Shop.Tree(c.ctx); err != nil {
		return err
	}
	c.listed = c.tree.All()
	all, err := c.Shop.Brands(c.ctx)
	c.brands = map[string]bool{}
	for _, b := range all {
		c.brands[b.Slug] = true
	}
	return err
}

func (c *checker) bad(f Fault) {
	if f.Column > 0 && slices.ContainsFunc(c.refused.Faults, func(x Fault) bool { return x.Line == f.Line && x.Column == f.Column }) {
		return // what cannot be read is not judged as well
	}
	if len(c.refused.Faults) == MaxFaults {
		c.refused.More++
		return
	}
	c.refused.Faults = append(c.refused.Faults, f)
}

// blame adds a fault at a field of an item.
func (c *checker) blame(x item, field, sku, text string) {
	line, column := x.at(field, sku)
	if sku != "" {
		text = sku + ": " + text
	}
	c.bad(Fault{line, column, field, text})
}

var slug = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func (c *checker) check(x item) error {
	switch {
	case x.category != nil:
		c.category(x)
		return nil
	case x.brand != nil:
		if !slug.MatchString(x.brand.Slug) {
			c.blame(x, "brand", "", "a-z, 0-9 and single hyphens only")
		}
		if x.brand.Name.KO == "" {
			c.blame(x, "name_ko", "", "is empty")
		}
		for _, s := range []string{x.brand.Name.KO, x.brand.Name.EN, x.brand.Story.KO, x.brand.Story.EN} {
			if r, bad := catalog.Unseen(s); bad {
				c.blame(x, "name_ko", "", fmt.Sprintf("holds the unseen character U+%04X", r))
			}
		}
		c.brands[x.brand.Slug] = true
		return nil
	}
	return c.product(x)
}

func (c *checker) category(x item) {
	k := x.category
	if !slug.MatchString(k.Slug) {
		c.blame(x, "category", "", "a-z, 0-9 and single hyphens only")
	}
	if k.Name.KO == "" {
		c.blame(x, "name_ko", "", "is empty")
	}
	if _, ok := c.tree.Find(k.Parent); k.Parent != "" && !ok {
		c.blame(x, "parent", "", fmt.Sprintf("there is no category %q; parents come before their children", clip(k.Parent)))
	}
	if k.Notice != "" && k.Notice.Facts() == nil {
		c.blame(x, "notice", "", "one of clothes, footwear, bags, smalls")
	}
	if k.Plan != "" && k.Plan.Points() == nil {
		c.blame(x, "plan", "", "there is no such plan of measuring")
	}
	for _, s := range split(spaces.ReplaceAllString(k.Sizes, "|")) {
		if _, ok := catalog.SchemeOf(s); !ok {
			c.blame(x, "sizes", "", fmt.Sprintf("there is no size scheme %q", clip(s)))
		}
	}
	c.listed = slices.DeleteFunc(c.listed, func(was catalog.Category) bool { return was.Slug == k.Slug })
	c.listed = append(c.listed, *k)
	c.tree = catalog.NewTree(c.listed)
	if slices.ContainsFunc(c.tree.PathTo(k.Parent), func(above catalog.Category) bool { return above.Slug == k.Slug }) {
		c.blame(x, "parent", "", "is below the category itself")
	}
}

var spaces = regexp.MustCompile(`\s+`)

func (c *checker) product(x item) error {
	p := x.product
	p.Settle(c.tree)
	was, err := c.owner(x)
	if err != nil {
		return err
	}
	c.images(x)
	if was != nil {
		x.keep(*was)
		c.keeps(x, *was)
	}
	for _, f := range p.Check(c.tree) {
		c.blame(x, f.Field, f.SKU, f.Words.EN)
	}
	if !c.brands[p.Brand.Slug] {
		c.blame(x, "brand", "", fmt.Sprintf("there is no brand %q", clip(p.Brand.Slug)))
	}
	return nil
}

// images makes every file that the product names a picture of the shop, once.
func (c *checker) images(x item) {
	for n, i := range x.product.Images {
		path, ok := c.pictures[i.Path]
		if !ok {
			path = c.image(x, i.Path)
			c.pictures[i.Path] = path
		}
		x.product.Images[n].Path = path
	}
}

func (c *checker) image(x item, name string) string {
	if c.Pictures.Has(name) {
		return name
	}
	path, err := c.Pictures.Add(name)
	if err != nil {
		c.blame(x, "images", "", fmt.Sprintf("picture %q: %v", clip(name), err))
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

// keeps refuses a file that leaves out variants of a product: they may have been bought.
func (c *checker) keeps(x item, was catalog.Product) {
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

func (i *Import) write(ctx context.Context, file io.ReadSeeker, c *checker) (Done, error) {
	var done Done
	err := i.Shop.Import(ctx, func(w Writer) error {
		done = Done{}
		last, err := w.LastID()
		if err != nil {
			return err
		}
		wr := &writing{checker: c, w: w, last: last, done: &done, at: i.Now()}
		changed := func(f Fault) { err = errors.Join(err, fmt.Errorf("the file changed while it was read: %s", f)) }
		if rerr := i.read(ctx, file, "write", changed, wr.item); rerr != nil {
			return rerr
		}
		return err
	})
	return done, err
}

// writing writes items that have been checked.
type writing struct {
	*checker
	w    Writer
	last int64
	done *Done
	at   time.Time
}

func (w *writing) item(x item) error {
	w.done.Rows += x.rows
	switch {
	case x.category != nil:
		w.done.Categories++
		return w.w.PutCategories([]catalog.Category{*x.category})
	case x.brand != nil:
		w.done.Brands++
		return w.w.PutBrands([]catalog.Brand{*x.brand})
	}
	return w.product(x)
}

// id returns the ID of the product that an SKU of the file or the shop belongs to; 0 for neither.
func (w *writing) id(sku string) int64 {
	id := w.ids[w.hash(sku)]
	if id < 0 {
		return w.last - id
	}
	return id
}

func (w *writing) product(x item) error {
	p := x.product
	p.Settle(w.tree)
	p.ID, p.CreatedAt = w.id(p.Variants[0].SKU), w.at.UTC().Truncate(time.Microsecond)
	for i := range p.Images {
		p.Images[i].Path = w.pictures[p.Images[i].Path]
	}
	if err := w.relate(x); err != nil {
		return err
	}
	if p.ID > w.last {
		w.done.New++
		return w.w.PutProduct(p)
	}
	was, err := w.w.Whole(p.ID)
	if err != nil {
		return err
	}
	x.keep(was)
	if same(was, p, w.at) {
		w.done.Same++
		return nil
	}
	w.done.Changed++
	return w.w.PutProduct(p)
}

// relate finds the products of related SKUs. One that is nowhere is left out: it may come with the next file.
func (w *writing) relate(x item) error {
	var elsewhere []string
	for _, sku := range x.related {
		if w.id(sku) == 0 {
			elsewhere = append(elsewhere, sku)
		}
	}
	owners := map[string]int64{}
	if len(elsewhere) > 0 {
		var err error
		if owners, err = w.Shop.Owners(w.ctx, elsewhere); err != nil {
			return err
		}
	}
	for _, sku := range x.related {
		id := w.id(sku)
		if id == 0 {
			id = owners[sku]
		}
		if id != 0 && id != x.product.ID && !slices.Contains(x.product.Related, id) {
			x.product.Related = append(x.product.Related, id)
		}
	}
	return nil
}

// same reports whether writing p over was would change nothing, and takes over into p what a file does not say.
func same(was catalog.Product, p *catalog.Product, now time.Time) bool {
	p.CreatedAt, p.UnitsSold = was.CreatedAt, was.UnitsSold
	if p.Brand.Slug == was.Brand.Slug {
		p.Brand = was.Brand
	}
	stock := map[string]int{}
	for _, v := range was.Variants {
		stock[v.SKU] = v.Available
	}
	for i, v := range p.Variants {
		v = v.At(now)
		if n, ok := stock[v.SKU]; ok {
			v.Available = n
		}
		p.Variants[i] = v
	}
	return reflect.DeepEqual(was, *p)
}
