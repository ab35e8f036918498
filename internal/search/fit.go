package search

import (
	"maps"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"myclothes/internal/catalog"
)

const (
	// fewToScore is how many products are scored one by one where a text has several words.
	fewToScore = 4000
	// mostCombined bounds the combinations of tiers that are looked at instead.
	mostCombined = 500
)

// fitting returns the first documents of a set by how well they fit a text, behind after (nil: from the beginning), at most n.
func (x *Index) fitting(m *matched, set *roaring.Bitmap, after *key, n int) []uint32 {
	if len(m.words) == 1 || set.GetCardinality() > fewToScore {
		if levels := levelsOf(m.words); levels != nil {
			return x.byLevel(levels, set, after, n)
		}
	}
	return x.byScore(m, set, after, n)
}

// byScore adds up the score of every member.
func (x *Index) byScore(m *matched, set *roaring.Bitmap, after *key, n int) []uint32 {
	t := top{most: n}
	x.scored(m, set, func(s scores) {
		each(set, func(doc uint32) { t.offer(doc, x.docs[doc].fitting(int(s[doc])), after) })
	})
	return t.docs
}

// level is the products with one score over all words: those that are in all tiers of any of its combinations.
type level struct {
	score int
	of    [][]*roaring.Bitmap
	docs  *roaring.Bitmap // nil until somebody asks
}

// levelsOf returns the levels, best first; nil if there are too many combinations.
func levelsOf(words [][]tier) []level {
	sums := map[int][][]*roaring.Bitmap{0: {nil}}
	combined := 1
	for _, tiers := range words {
		if combined *= len(tiers); combined > mostCombined {
			return nil
		}
		next := map[int][][]*roaring.Bitmap{}
		for sum, combinations := range sums {
			for _, t := range tiers {
				for _, c := range combinations {
					next[sum+t.score] = append(next[sum+t.score], append(slices.Clip(c), t.docs))
				}
			}
		}
		sums = next
	}
	levels := make([]level, 0, len(sums))
	for _, score := range slices.Sorted(maps.Keys(sums)) {
		levels = append(levels, level{score: score, of: sums[score]})
	}
	slices.Reverse(levels)
	return levels
}

// within returns the level's products that are in set, which is the same at every call.
func (l *level) within(set *roaring.Bitmap) *roaring.Bitmap {
	if l.docs == nil {
		var found []*roaring.Bitmap
		for _, tiers := range l.of {
			if docs := and(append([]*roaring.Bitmap{set}, tiers...)...); !docs.IsEmpty() {
				found = append(found, docs)
			}
		}
		l.docs = or(found)
	}
	return l.docs
}

// byLevel takes the page from the best level, then from the next, all that is in stock before what is not, and scores nothing.
func (x *Index) byLevel(levels []level, set *roaring.Bitmap, after *key, n int) []uint32 {
	var out []uint32
	stocked := x.wear.of(outfit{stocked: true})
	for _, first := range []int64{1, 0} {
		for i := range levels {
			from, ahead := placeIn(first, levels[i].score, after)
			if ahead {
				continue
			}
			docs := levels[i].within(set)
			if first == 1 {
				docs = roaring.And(docs, stocked)
			} else {
				docs = roaring.AndNot(docs, stocked)
			}
			if out = append(out, x.first(docs, catalog.Best, from, n-len(out))...); len(out) == n {
				return out
			}
		}
	}
	return out
}

// placeIn returns where in a level, ordered as by catalog.Best, what is behind after begins; ahead says that all of it is ahead of after.
func placeIn(first int64, score int, after *key) (from *key, ahead bool) {
	if after == nil {
		return nil, false
	}
	here := *after
	here.At[0], here.At[1] = first, int64(score)
	switch d := here.ahead(*after); {
	case d < 0:
		return nil, true
	case d > 0:
		return nil, false
	}
	here.At[1] = 0
	return &here, false
}
