package search

import (
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"myclothes/internal/catalog"
)

// facets counts what the query would choose otherwise. set is what it chooses.
func (x *Index) facets(q catalog.Query, c chosen, set *roaring.Bitmap) catalog.Facets {
	rest := func(without *roaring.Bitmap, sets ...*roaring.Bitmap) *roaring.Bitmap {
		if without == nil {
			return set
		}
		return x.all(sets...)
	}
	shelf := and(c.text, c.category)
	out := catalog.Facets{
		Categories: x.categoryFacet(q, set),
		Brands:     x.brandFacet(q, rest(c.brand, shelf, c.variant, c.price, c.sale)),
		Prices:     x.priceFacet(q, rest(c.price, shelf, c.brand, c.variant, c.sale)),
		OnSale:     x.overlap(rest(c.sale, shelf, c.brand, c.variant, c.price), x.sale),
	}
	x.variantFacets(q, rest(c.variant, shelf, c.brand, c.price, c.sale), &out)
	return out
}

// variantFacets counts colours, sizes and stock, each under what the query asks of the same variant otherwise. set is what the query chooses
// without asking anything of variants.
func (x *Index) variantFacets(q catalog.Query, set *roaring.Bitmap, out *catalog.Facets) {
	asked := x.wear.choice(q)
	switch {
	case set == x.live:
		x.countVariants(q, out, func(c choice) int { return int(x.wear.fitting(c).GetCardinality()) }, asked)
	case int(set.GetCardinality()) <= x.few:
		t := x.tally(set, asked)
		out.Colors = x.colorFacet(q, func(color uint32) int { return t.colors[color] })
		out.Sizes = x.sizeFacet(q, func(size uint32) int { return t.sizes[size] })
		out.InStock = t.stocked
	default:
		withDense(len(x.docs), func(in dense) {
			in.fill(set)
			x.countVariants(q, out, func(c choice) int { return x.wear.count(c, in) }, asked)
		})
	}
}

// tally is the variant facets of few products, counted product by product.
type tally struct {
	colors, sizes map[uint32]int
	stocked       int
}

func (x *Index) tally(set *roaring.Bitmap, asked choice) tally {
	t := tally{map[uint32]int{}, map[uint32]int{}, 0}
	var colors, sizes []uint32
	each(set, func(doc uint32) {
		colors, sizes = colors[:0], sizes[:0]
		stocked := 0
		for _, v := range x.docs[doc].variants {
			color, size, stock := x.wear.meets(v, asked)
			if color && size && v.stocked() {
				stocked = 1
			}
			if size && stock {
				s := x.wear.shades[v.shade]
				colors = once(once(colors, s.family), s.code)
			}
			if color && stock {
				sizes = once(sizes, v.label())
			}
		}
		for _, c := range colors {
			t.colors[c]++
		}
		for _, s := range sizes {
			t.sizes[s]++
		}
		t.stocked += stocked
	})
	return t
}

func once(list []uint32, n uint32) []uint32 {
	if slices.Contains(list, n) {
		return list
	}
	return append(list, n)
}

func (x *Index) countVariants(q catalog.Query, out *catalog.Facets, count func(choice) int, asked choice) {
	out.Colors = x.colorFacet(q, func(color uint32) int { return count(choice{[]uint32{color}, asked.sizes, asked.stocked}) })
	out.Sizes = x.sizeFacet(q, func(size uint32) int { return count(choice{asked.colors, []uint32{size}, asked.stocked}) })
	out.InStock = count(choice{asked.colors, asked.sizes, true})
}

// overlap counts what both sets have.
func (x *Index) overlap(set, posting *roaring.Bitmap) int {
	if set == x.live {
		return int(posting.GetCardinality())
	}
	return int(set.AndCardinality(posting))
}

// categoryFacet needs no set without the category: what is below a child is below the category.
func (x *Index) categoryFacet(q catalog.Query, set *roaring.Bitmap) []catalog.Count {
	var out []catalog.Count
	for _, child := range x.tree.Children(q.Category) {
		if n := x.overlap(set, x.shelves.under(child.Slug)); n > 0 {
			out = append(out, catalog.Count{Value: child.Slug, Products: n})
		}
	}
	return out
}

func (x *Index) brandFacet(q catalog.Query, set *roaring.Bitmap) []catalog.Count {
	counts := x.byBrand(set)
	var out []catalog.Count
	for n, slug := range x.makers.texts {
		if counts[n] > 0 {
			out = append(out, catalog.Count{Value: slug, Products: counts[n]})
		}
	}
	out = withNamed(out, q.Brands)
	slices.SortFunc(out, func(a, b catalog.Count) int {
		return cmp.Or(cmp.Compare(b.Products, a.Products), cmp.Compare(a.Value, b.Value))
	})
	return out
}

// byBrand counts a set by brand. A product has one brand, so where few are counted it is quicker to ask each of them.
func (x *Index) byBrand(set *roaring.Bitmap) []int {
	counts := make([]int, len(x.makers.texts))
	if set == x.live || int(set.GetCardinality()) > len(x.byID)/2 {
		for n, made := range x.makers.made {
			counts[n] = x.overlap(set, made)
		}
		return counts
	}
	each(set, func(doc uint32) { counts[x.makers.of[doc]]++ })
	return counts
}

// colorFacet counts the families, and the codes that the query names.
func (x *Index) colorFacet(q catalog.Query, count func(color uint32) int) []catalog.Count {
	var out []catalog.Count
	for i, f := range catalog.Families {
		if n := count(uint32(i + 1)); n > 0 || slices.Contains(q.Colors, string(f)) {
			out = append(out, catalog.Count{Value: string(f), Products: n})
		}
	}
	for _, code := range q.Colors {
		if slices.Contains(catalog.Families, catalog.Family(code)) {
			continue
		}
		named := catalog.Count{Value: code}
		if n, ok := x.wear.color(code); ok {
			named.Products = count(n)
		}
		out = append(out, named)
	}
	return out
}

func (x *Index) sizeFacet(q catalog.Query, count func(size uint32) int) []catalog.Count {
	var out []catalog.Count
	for _, size := range x.wear.bySize {
		if n := count(size); n > 0 {
			out = append(out, catalog.Count{Value: x.wear.labels.texts[size-1], Products: n})
		}
	}
	if found := len(out); len(q.Sizes) > 0 {
		if out = withNamed(out, q.Sizes); len(out) > found {
			slices.SortFunc(out, func(a, b catalog.Count) int { return catalog.CompareSizes(a.Value, b.Value) })
		}
	}
	return out
}

// priceFacet counts the bands; one that is exactly the query's range is kept where it is empty.
func (x *Index) priceFacet(q catalog.Query, set *roaring.Bitmap) []catalog.Count {
	var out []catalog.Count
	for b, posting := range x.bands {
		low, high := bandRange(b)
		named := (q.MinPrice > 0 || q.MaxPrice > 0) && q.MinPrice == low && q.MaxPrice == high
		if n := x.overlap(set, posting); n > 0 || named {
			out = append(out, catalog.Count{Value: bandName(b), Products: n})
		}
	}
	return out
}

// withNamed adds the values that a query names and nothing has.
func withNamed(counts []catalog.Count, named []string) []catalog.Count {
	for _, v := range named {
		if !slices.ContainsFunc(counts, func(c catalog.Count) bool { return c.Value == v }) {
			counts = append(counts, catalog.Count{Value: v})
		}
	}
	return counts
}
