// Package demo is the catalogue that a shop without merchandise shows: invented brands, believable products and
// pictures drawn by package draw. It is the same on every machine and at every time.
//
// The base catalogue was written by hand. Beyond it, a shop that wants to be seen under load may have up to a million
// products more, each made by rule from its ID.
package demo

import (
	"iter"
	"slices"
	"sync"
	"time"

	"myclothes/internal/catalog"
)

// Item is a product and the pictures that are drawn for it: those that its Images name, in the same order. A product made by rule
// shows pictures of the base catalogue and has none of its own.
type Item struct {
	Product  catalog.Product
	Pictures []Picture
}

// Picture is one SVG and where in the media folder it belongs.
type Picture struct {
	Path string
	SVG  []byte
}

// Most is how many items there may be.
const Most = 1_000_000

var (
	until  = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	window = 90 * 24 * time.Hour
)

// Count returns how many items Items(n) yields: n, but the base catalogue for 0 or less and never more than Most.
func Count(n int) int {
	if n <= 0 {
		return base().len()
	}
	return min(n, Most)
}

// Items yields Count(n) items by ascending product ID, from 1 without a gap: first the base catalogue, then what is made by rule.
// An item does not depend on n, but for its Related, which name only products that are among those n. It is made, and its pictures
// drawn, only when it is asked for; the receiver may keep and change it.
func Items(n int) iter.Seq[Item] {
	b, last := base(), Count(n)
	return func(yield func(Item) bool) {
		for id := 1; id <= min(last, b.len()); id++ {
			it := b.articles[id-1].item(b, id)
			it.Product.Related = upTo(it.Product.Related, last)
			if !yield(it) {
				return
			}
		}
		for id := b.len() + 1; id <= last; id++ {
			if !yield(Item{Product: b.ruled(id)}) {
				return
			}
		}
	}
}

func upTo(ids []int64, last int) []int64 {
	var out []int64
	for _, id := range ids {
		if id <= int64(last) {
			out = append(out, id)
		}
	}
	return out
}

// book is the base catalogue with what several of its products need to know of the others.
type book struct {
	articles []article
	rules    map[string]catalog.Category // of each leaf, with its slug and name
	groups   map[string]string           // leaf to the group whose members go with the same things
	leaves   map[string][]int            // IDs on each leaf, ascending
	makers   map[string][]house          // group to the brands with anything in it, by first ID
	models   []catalog.Product           // without pictures, for the products made by rule
}

func (b *book) len() int { return len(b.articles) }

// base is made once and not changed after.
var base = sync.OnceValue(func() *book {
	tree := catalog.NewTree(Categories())
	b := &book{rules: map[string]catalog.Category{}, groups: map[string]string{}, leaves: map[string][]int{}, makers: map[string][]house{}}
	for _, table := range tables {
		b.articles = append(b.articles, table...)
	}
	for i, a := range b.articles {
		if _, ok := b.rules[a.leaf]; !ok {
			b.rules[a.leaf] = tree.Rules(a.leaf)
			b.groups[a.leaf] = groupOf(tree.PathTo(a.leaf))
		}
		b.leaves[a.leaf] = append(b.leaves[a.leaf], i+1)
		group := b.groups[a.leaf]
		if !slices.ContainsFunc(b.makers[group], func(h house) bool { return h.Slug == a.brand }) {
			b.makers[group] = append(b.makers[group], houseOf(a.brand))
		}
	}
	for i, a := range b.articles {
		b.models = append(b.models, a.product(b, i+1))
	}
	return b
})

// groupOf is the second of a leaf's categories, or the first where bags and small things are concerned.
func groupOf(path []catalog.Category) string {
	switch {
	case len(path) == 0:
		return ""
	case len(path) == 1, path[0].Slug != "clothing":
		return path[0].Slug
	}
	return path[1].Slug
}
