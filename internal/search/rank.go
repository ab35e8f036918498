package search

import (
	"maps"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// What a word is worth by where it stands in a product. A score is the worth times the quality; of several places the best counts.
const (
	worthBoth   = 66 // the category that it hangs on is called so, and it itself
	worthLeaf   = 60 // the category that it hangs on is called so
	worthKind   = 54 // the last word of that category's name: 스커트 of 미니 스커트
	worthHead   = 50
	worthAbove  = 45 // what a category further up is
	worthPart   = 42 // another word of the category's name: 미니 of 미니 스커트
	worthName   = 40
	worthOneOf  = 39 // one of that category's several names, which may be of the others
	worthJoint  = 38 // the parts of the word, wherever they stand
	worthBrand  = 35
	worthFar    = 25 // another word of the name of a category further up
	worthColor  = 20
	worthFamily = 18
	worthFabric = 15
)

var worthOwn = [fields]int{inHead: worthHead, inName: worthName, inFabric: worthFabric}

// places calls yield with every posting of a term and what it is worth there, until yield returns false.
func (x *Index) places(n uint32, yield func(worth int, docs *roaring.Bitmap) bool) {
	t := &x.words.terms[n]
	for f, b := range t.own {
		if b != nil && !yield(worthOwn[f], b) {
			return
		}
	}
	for _, l := range t.links {
		more := true
		switch l.kind {
		case toCategory:
			more = yield(worthLeaf, x.shelves.leaves.of(l.of)) && yield(worthAbove, x.shelves.below.of(l.of))
		case ofCategory:
			more = yield(worthKind, x.shelves.leaves.of(l.of)) && yield(worthAbove, x.shelves.below.of(l.of))
		case oneOf:
			more = yield(worthOneOf, x.shelves.leaves.of(l.of)) && yield(worthFar, x.shelves.below.of(l.of))
		case oneOfFurther:
			more = yield(worthOneOf, x.shelves.leaves.of(l.of))
		case inCategory:
			more = yield(worthPart, x.shelves.leaves.of(l.of)) && yield(worthFar, x.shelves.below.of(l.of))
		case toBrand:
			more = yield(worthBrand, x.makers.made.of(l.of))
		case toShade:
			more = yield(worthColor, x.wear.worn.of(l.of))
		case toFamily:
			more = yield(worthFamily, x.wear.of(outfit{color: l.of}))
		}
		if !more {
			return
		}
	}
}

// products counts the products that have the term, once for each place where they have it.
func (x *Index) products(n uint32) (sum uint64) {
	x.places(n, func(_ int, docs *roaring.Bitmap) bool { sum += docs.GetCardinality(); return true })
	return sum
}

// alive reports whether any product has the term.
func (x *Index) alive(n uint32) (any bool) {
	x.places(n, func(_ int, docs *roaring.Bitmap) bool { any = !docs.IsEmpty(); return !any })
	return any
}

// isThing reports whether products or categories are called so.
func (x *Index) isThing(n uint32) bool {
	t := &x.words.terms[n]
	return hasAny(t.own[inHead]) || hasAny(t.own[inName]) ||
		slices.ContainsFunc(t.links, func(l link) bool { return l.kind < inCategory && !x.shelves.below.of(l.of).IsEmpty() })
}

func hasAny(docs *roaring.Bitmap) bool { return docs != nil && !docs.IsEmpty() }

// isMaker reports whether the word is in the names of brands and in nothing else's.
func (x *Index) isMaker(n uint32) bool {
	t := &x.words.terms[n]
	other := func(l link) bool { return l.kind != toBrand }
	return !hasAny(t.own[inHead]) && !hasAny(t.own[inName]) && !hasAny(t.own[inFabric]) && len(t.links) > 0 && !slices.ContainsFunc(t.links, other)
}

// tier is the products that a word finds with one score.
type tier struct {
	score int
	docs  *roaring.Bitmap
}

// tiers returns what the best terms of a sense find, best first, each product in the first tier that has it, and all of it together.
func (x *Index) tiers(s sense, mostTerms int) ([]tier, *roaring.Bitmap) {
	byScore := map[int][]*roaring.Bitmap{}
	var leaves, own []*roaring.Bitmap // that are called so; the categories' as well as can be
	called := synonym
	for _, n := range s.terms.best(mostTerms) {
		q := int(s.terms[n])
		x.places(n, func(worth int, docs *roaring.Bitmap) bool {
			if score := worth * q / 100; score > 0 && !docs.IsEmpty() {
				byScore[score] = append(byScore[score], docs)
				switch {
				case (worth == worthLeaf || worth == worthOneOf) && quality(q) >= called:
					called, leaves = quality(q), append(leaves, docs)
				case (worth == worthHead || worth == worthName) && q >= int(ends):
					own = append(own, docs)
				}
			}
			return true
		})
	}
	if s.parts != nil {
		if docs := x.having(s.parts); !docs.IsEmpty() {
			byScore[worthJoint] = append(byScore[worthJoint], docs)
			own = append(own, docs)
		}
	}
	if len(leaves) > 0 && len(own) > 0 {
		if docs := roaring.And(or(leaves), or(own)); !docs.IsEmpty() {
			both := worthBoth * int(called) / 100
			byScore[both] = append(byScore[both], docs)
		}
	}
	return x.stacked(byScore)
}

// stacked takes from every tier what a better one has already.
func (x *Index) stacked(byScore map[int][]*roaring.Bitmap) (tiers []tier, all *roaring.Bitmap) {
	scores := slices.Sorted(maps.Keys(byScore))
	if len(scores) == 1 {
		docs := or(byScore[scores[0]])
		return []tier{{scores[0], docs}}, docs
	}
	withDense(len(x.docs), func(seen dense) {
		for _, score := range slices.Backward(scores) {
			withDense(len(x.docs), func(fresh dense) {
				for _, docs := range byScore[score] {
					fresh.fill(docs)
				}
				fresh.without(seen)
				if docs := roaring.FromDense(fresh, true); !docs.IsEmpty() {
					tiers = append(tiers, tier{score, docs})
				}
			})
		}
		all = roaring.FromDense(seen, true)
	})
	return tiers, all
}

// having returns the products that have all of these words in their own text or in the names of their shelf, maker and colours.
func (x *Index) having(words []meaning) *roaring.Bitmap {
	sets := make([]*roaring.Bitmap, len(words))
	for i, m := range words {
		_, sets[i] = x.tiers(sense{terms: m}, maxTerms)
	}
	return and(sets...)
}

// matched is what a search text finds: by word its tiers and all of them together, and the products that have every word.
type matched struct {
	words [][]tier
	all   []*roaring.Bitmap
	docs  *roaring.Bitmap
}

func (x *Index) matched(u *understood, mostTerms int) *matched {
	m := &matched{docs: none}
	if u.nothing {
		return m
	}
	if len(u.words) == 0 {
		m.docs = x.live // of which only sizes, or what is on sale, are wanted
		return m
	}
	m.docs = nil
	for _, s := range u.words {
		tiers, all := x.tiers(s, mostTerms)
		m.words, m.all, m.docs = append(m.words, tiers), append(m.all, all), and(m.docs, all)
	}
	return m
}

// scores are the sums of what words score, by document; 0 where nothing was added.
type scores []uint16

var scorePool = sync.Pool{New: func() any { return new(scores) }}

// scored calls use with the scores of these documents. They are void once use returns.
func (x *Index) scored(m *matched, docs *roaring.Bitmap, use func(scores)) {
	s := scorePool.Get().(*scores)
	if len(*s) < len(x.docs) {
		*s = make(scores, len(x.docs)+len(x.docs)/8)
	}
	for _, tiers := range m.words {
		for _, t := range tiers {
			each(roaring.And(docs, t.docs), func(doc uint32) { (*s)[doc] += uint16(t.score) })
		}
	}
	use(*s)
	each(docs, func(doc uint32) { (*s)[doc] = 0 })
	scorePool.Put(s)
}

// each calls f with every member of a set, in ascending order.
func each(set *roaring.Bitmap, f func(doc uint32)) {
	var buf [256]uint32
	it := set.ManyIterator()
	for n := it.NextMany(buf[:]); n > 0; n = it.NextMany(buf[:]) {
		for _, doc := range buf[:n] {
			f(doc)
		}
	}
}
