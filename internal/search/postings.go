package search

import "github.com/RoaringBitmap/roaring/v2"

// none is the posting of what no product has. It is never changed.
var none = roaring.New()

// names numbers texts from 0 in the order in which they come.
type names struct {
	numbers map[string]uint32
	texts   []string
}

func (n *names) number(text string) uint32 {
	if i, ok := n.numbers[text]; ok {
		return i
	}
	if n.numbers == nil {
		n.numbers = map[string]uint32{}
	}
	i := uint32(len(n.texts))
	n.numbers[text], n.texts = i, append(n.texts, text)
	return i
}

// postings are sets of documents by a number from 0.
type postings []*roaring.Bitmap

func (p *postings) add(n, doc uint32) {
	for int(n) >= len(*p) {
		*p = append(*p, roaring.New())
	}
	(*p)[n].Add(doc)
}

func (p postings) remove(n, doc uint32) { p[n].Remove(doc) }

func (p postings) of(n uint32) *roaring.Bitmap {
	if int(n) >= len(p) {
		return none
	}
	return p[n]
}

// and returns what is in every one of the sets; nil stands for no condition, in and out. The result may be one of the sets:
// it must not be changed.
func and(sets ...*roaring.Bitmap) *roaring.Bitmap {
	var out *roaring.Bitmap
	for _, s := range sets {
		switch {
		case s == nil:
		case out == nil:
			out = s
		default:
			out = roaring.And(out, s)
		}
	}
	return out
}

// or returns what is in any of the sets. The result may be one of the sets: it must not be changed.
func or(sets []*roaring.Bitmap) *roaring.Bitmap {
	switch len(sets) {
	case 0:
		return none
	case 1:
		return sets[0]
	}
	return roaring.FastOr(sets...)
}
