package search

import (
	"cmp"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"myclothes/internal/catalog"
	"myclothes/internal/fault"
)

// chosen is what each member of a query chooses; nil where it does not choose.
type chosen struct {
	text, category, brand, variant, price, sale *roaring.Bitmap
}

// Find returns one page of what the query chooses, how much there is of it, and the facets. It fails with fault.BadRequest at "sort"
// for an order that is none, and at "cursor" for what is no cursor of this order: catalog.Best has one order with a text and
// another without. Callers must not change what it returns.
func (x *Index) Find(q catalog.Query) (catalog.Found, error) {
	q = bounded(q)
	if !slices.Contains(catalog.Sorts, q.Sort) {
		return catalog.Found{}, fault.BadRequest.At("sort", "정렬 방식을 확인해 주세요.", "Unknown sort order.")
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	name, memorable := memorable(q)
	if f, ok := x.memo.get(x.version, name); ok {
		return f, nil
	}
	u, m := x.searched(q.Text)
	by := q.Sort
	switch {
	case by != catalog.Best || u == nil:
	case u.newest:
		by = catalog.Newest
	default:
		by = byFit
	}
	after, err := parseCursor(q.Cursor, by)
	if err != nil {
		return catalog.Found{}, err
	}
	f := x.found(q, by, after, x.choose(q, m), m, u)
	if memorable {
		x.memo.keep(x.version, name, f)
	}
	return f, nil
}

func (x *Index) found(q catalog.Query, by catalog.Sort, after *key, c chosen, m *matched, u *understood) catalog.Found {
	set := x.all(c.text, c.category, c.brand, c.variant, c.price, c.sale)
	out := catalog.Found{Total: int(set.GetCardinality()), Facets: x.facets(q, c, set), Reading: u.reading()}
	var docs []uint32
	if by == byFit {
		docs = x.fitting(m, set, after, q.Limit+1)
	} else {
		docs = x.first(set, by, after, q.Limit+1)
	}
	more := len(docs) > q.Limit
	docs = docs[:min(len(docs), q.Limit)]
	for _, doc := range docs {
		out.IDs = append(out.IDs, x.docs[doc].id)
	}
	if more {
		out.Next = x.cursor(by, m, docs[len(docs)-1]).String()
	}
	out.Version = catalog.VersionOf(out)
	return out
}

// bounded puts the defaults where a query says nothing, and the limits where it says too much.
func bounded(q catalog.Query) catalog.Query {
	if q.Sort == "" {
		q.Sort = catalog.Best
	}
	if q.Limit <= 0 {
		q.Limit = catalog.PageLimit
	}
	q.Limit = min(q.Limit, catalog.MaxLimit)
	q.Text = trimmed(q.Text)
	q.Brands, q.Colors, q.Sizes = distinct(q.Brands), distinct(q.Colors), distinct(q.Sizes)
	return q
}

func distinct(values []string) []string {
	var out []string
	for _, v := range values {
		if len(out) < catalog.MaxChoices && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// all is and over the products; the result must not be changed.
func (x *Index) all(sets ...*roaring.Bitmap) *roaring.Bitmap {
	if set := and(sets...); set != nil {
		return set
	}
	return x.live
}

func (x *Index) choose(q catalog.Query, m *matched) chosen {
	c := chosen{variant: x.wear.fitting(x.wear.choice(q)), price: x.priced(q.MinPrice, q.MaxPrice)}
	if m != nil {
		c.text = m.docs
	}
	if q.Category != "" {
		c.category = x.shelves.under(q.Category)
	}
	if len(q.Brands) > 0 {
		var made []*roaring.Bitmap
		for _, slug := range q.Brands {
			if n, ok := x.makers.numbers[slug]; ok {
				made = append(made, x.makers.made.of(n))
			}
		}
		c.brand = or(made)
	}
	if q.OnSale {
		c.sale = x.sale
	}
	return c
}

// cursor returns the place of a document in the order by.
func (x *Index) cursor(by catalog.Sort, m *matched, doc uint32) cursor {
	d := &x.docs[doc]
	if by != byFit {
		return cursor{by, d.key(by)}
	}
	score := 0
	for _, tiers := range m.words {
		for _, t := range tiers {
			if t.docs.Contains(doc) {
				score += t.score
			}
		}
	}
	return cursor{by, d.fitting(score)}
}

func (u *understood) reading() catalog.Reading {
	var r catalog.Reading
	if u == nil || u.nothing {
		return r
	}
	changed, words := false, []string(nil)
	for _, s := range u.said {
		if s.dropped {
			r.Dropped = append(r.Dropped, s.raw)
			continue
		}
		changed = changed || s.as != ""
		words = append(words, cmp.Or(s.as, s.raw))
	}
	if changed {
		r.Instead = strings.Join(words, " ")
	}
	return r
}
