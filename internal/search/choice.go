package search

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"myclothes/internal/catalog"
)

// choice is what is asked of one variant. nil colours or sizes are no condition; an empty list is one that nothing meets.
type choice struct {
	colors, sizes []uint32
	stocked       bool
}

func (w *wardrobe) choice(q catalog.Query) choice {
	return choice{numbersOf(q.Colors, w.color), numbersOf(q.Sizes, w.size), q.InStock}
}

func numbersOf(values []string, number func(string) (uint32, bool)) []uint32 {
	if len(values) == 0 {
		return nil
	}
	out := []uint32{}
	for _, v := range values {
		if n, ok := number(v); ok {
			out = append(out, n)
		}
	}
	return out
}

// asked yields the postings of which a choice is the union; it must ask something.
func (w *wardrobe) asked(c choice, yield func(outfit, *roaring.Bitmap)) {
	colors, sizes := c.colors, c.sizes
	if colors == nil {
		colors = anything
	}
	if sizes == nil {
		sizes = anything
	}
	for _, color := range colors {
		for _, size := range sizes {
			o := outfit{color, size, c.stocked}
			if b := w.sets[o.key()]; b != nil {
				yield(o, b)
			}
		}
	}
}

var anything = []uint32{0}

// fitting returns the products with a variant that meets the choice; nil if it asks nothing.
func (w *wardrobe) fitting(c choice) *roaring.Bitmap {
	if c.colors == nil && c.sizes == nil && !c.stocked {
		return nil
	}
	var sets []*roaring.Bitmap
	w.asked(c, func(_ outfit, b *roaring.Bitmap) { sets = append(sets, b) })
	return or(sets)
}

// count counts the members of in with a variant that meets the choice, which asks something.
func (w *wardrobe) count(c choice, in dense) int {
	if len(c.colors) <= 1 && len(c.sizes) <= 1 {
		o := outfit{stocked: c.stocked}
		if c.colors != nil {
			o.color = first(c.colors)
		}
		if c.sizes != nil {
			o.size = first(c.sizes)
		}
		if d := w.counted[o.key()]; d != nil {
			return in.both(*d)
		}
	}
	sum := 0
	withDense(len(in)*64, func(fit dense) {
		w.asked(c, func(_ outfit, b *roaring.Bitmap) { fit.fill(b) })
		sum = fit.both(in)
	})
	return sum
}

// meets reports whether a variant has what the choice asks.
func (w *wardrobe) meets(v variant, c choice) (color, size, stock bool) {
	s := w.shades[v.shade]
	color = c.colors == nil || slices.Contains(c.colors, s.family) || s.code > 0 && slices.Contains(c.colors, s.code)
	size = c.sizes == nil || slices.Contains(c.sizes, v.label())
	return color, size, v.stocked() || !c.stocked
}

// first returns the only member, or the number of nothing where a list is empty because nobody has what was asked.
func first(numbers []uint32) uint32 {
	if len(numbers) == 0 {
		return ^uint32(0)
	}
	return numbers[0]
}
