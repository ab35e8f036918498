package exchange

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"maps"
	"reflect"
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
	c := &checker{Import: i, ctx: ctx, ids: map[uint64]int64{}, seed: maphash.MakeSeed(), pictures: map[string]string{}, unread: map[[2]int]bool{}}
	if err := c.start(); err != nil {
		return Done{}, err
	}
	err := i.read(ctx, file, "check", c.misread, c.check)
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
	var f Fault
	if errors.As(err, &f) {
		bad(f)
		return nil
	}
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

func (i *Import) write(ctx context.Context, file io.ReadSeeker, c *checker) (Done, error) {
	var done Done
	err := i.Shop.Import(ctx, func(w Writer) error {
		done, c.refused = Done{}, Refused{}
		last, err := w.LastID()
		if err != nil {
			return err
		}
		wr := &writing{checker: c, w: w, last: last, done: &done, at: i.Now()}
		if err := wr.putShelves(); err != nil {
			return err
		}
		changed := func(f Fault) { err = errors.Join(err, fmt.Errorf("the file changed while it was read: %s", f)) }
		if rerr := i.read(ctx, file, "write", changed, wr.item); rerr != nil {
			return rerr
		}
		return errors.Join(err, wr.upheld())
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
	if x.product == nil {
		return nil // putShelves was first
	}
	return w.product(x)
}

// putShelves writes the categories and brands that are not so already.
func (w *writing) putShelves() error {
	had, err := w.w.Brands()
	if err != nil {
		return err
	}
	tree, err := w.w.Tree()
	if err != nil {
		return err
	}
	brands := bySlug(had)
	var putBrands []catalog.Brand
	var categories []item
	for _, x := range w.shelves {
		if x.category != nil {
			categories = append(categories, x)
			continue
		}
		was, ok := brands[x.brand.Slug]
		if ok {
			x.keepBrand(was)
		}
		if ok && was == *x.brand {
			w.done.SameBrands++
			continue
		}
		putBrands = append(putBrands, *x.brand)
	}
	putCategories := slices.DeleteFunc(placed(tree, categories), func(k catalog.Category) bool {
		was, ok := tree.Find(k.Slug)
		return ok && was == k
	})
	w.done.Brands, w.done.Categories, w.done.SameCategories = len(putBrands), len(putCategories), len(categories)-len(putCategories)
	return errors.Join(w.w.PutBrands(putBrands), w.w.PutCategories(putCategories))
}

// placed returns the categories of a file with their places among their siblings. A file that has all children of a category puts them in its order. One that has some
// leaves the known ones where they are, and new ones come after them.
func placed(tree catalog.Tree, all []item) []catalog.Category {
	out := make([]catalog.Category, len(all))
	parent, children := map[string]string{}, map[string][]int{}
	for i, x := range all {
		if was, ok := tree.Find(x.category.Slug); ok {
			x.keepCategory(was)
		}
		out[i] = *x.category
		parent[out[i].Slug] = out[i].Parent
		children[out[i].Parent] = append(children[out[i].Parent], i)
	}
	for under, of := range children {
		arrange(out, of, slices.DeleteFunc(slices.Clone(tree.Children(under)), func(c catalog.Category) bool {
			to, moves := parent[c.Slug]
			return moves && to != under
		}))
	}
	return out
}

// arrange gives the categories of a file that are one another's siblings their places. had are the siblings that the shop has and that stay.
func arrange(all []catalog.Category, of []int, had []catalog.Category) {
	known, next := map[string]int{}, 0
	for _, c := range had {
		known[c.Slug], next = c.Position, max(next, c.Position+1)
	}
	named, inOrder := 0, true
	for n, i := range of {
		if _, ok := known[all[i].Slug]; ok {
			inOrder = inOrder && named < len(had) && had[named].Slug == all[i].Slug && n == named
			named++
		}
	}
	whole := named == len(had)
	for n, i := range of {
		position, ok := known[all[i].Slug]
		switch {
		case whole && !(inOrder && len(of) == len(had)):
			position = n
		case !ok:
			position, next = next, next+1
		}
		all[i].Position = position
	}
}

// upheld refuses categories that leave products as they may not be.
func (w *writing) upheld() error {
	broken, err := w.w.Broken()
	if err != nil {
		return err
	}
	for _, b := range broken {
		w.blame(w.shelfAt["category "+b.Category], "category", "", fmt.Sprintf("%d products of the shop could not stay as they are: %s", b.Products, b.Some))
	}
	if len(w.refused.Faults) > 0 {
		return &w.refused
	}
	return nil
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
	p.Images = distinct(p.Images)
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
	x.keep(was, w.tree)
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
