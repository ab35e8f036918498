package search

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"myclothes/internal/catalog"
	"myclothes/internal/lang"
)

// wardrobe holds which products are made, and which are in stock, in which colours and sizes. Colours are families (from 1, in
// the order of catalog.Families) and behind them codes; sizes are labels, from 1. In an outfit 0 stands for any.
type wardrobe struct {
	codes   names    // number + 1 + len(Families) is the colour
	labels  names    // number + 1 is the size
	bySize  []uint32 // all sizes as catalog.CompareSizes has them
	shades  []shade
	shadeOf map[shadeName]uint32
	worn    postings // by shade
	sets    map[uint64]*roaring.Bitmap
	counted map[uint64]*dense // of sets, those by a family or a size alone
}

// shadeName tells colourways apart: one code may be called differently by two merchants and look different.
type shadeName struct {
	code   string
	name   lang.Text
	family catalog.Family
}

type shade struct{ family, code uint32 } // code 0: it is named like a family, so nobody can ask for it

type outfit struct {
	color, size uint32
	stocked     bool
}

// key tells outfits apart: there are far fewer than 2³¹ colours and sizes.
func (o outfit) key() uint64 {
	k := uint64(o.color)<<32 | uint64(o.size)<<1
	if o.stocked {
		k |= 1
	}
	return k
}

func newWardrobe() wardrobe {
	return wardrobe{shadeOf: map[shadeName]uint32{}, sets: map[uint64]*roaring.Bitmap{}, counted: map[uint64]*dense{}}
}

// shade returns the number of a colourway and whether it is new.
func (w *wardrobe) shade(c catalog.Color) (n uint32, fresh bool) {
	name := shadeName{c.Code, c.Name, c.Family()}
	if n, ok := w.shadeOf[name]; ok {
		return n, false
	}
	s := shade{family: uint32(slices.Index(catalog.Families, name.family) + 1)}
	if !slices.Contains(catalog.Families, catalog.Family(c.Code)) {
		s.code = w.codes.number(c.Code) + 1 + uint32(len(catalog.Families))
	}
	n = uint32(len(w.shades))
	w.shades, w.shadeOf[name] = append(w.shades, s), n
	return n, true
}

// color returns the number of a Family or, failing that, a Color.Code.
func (w *wardrobe) color(value string) (uint32, bool) {
	if i := slices.Index(catalog.Families, catalog.Family(value)); i >= 0 {
		return uint32(i + 1), true
	}
	n, ok := w.codes.numbers[value]
	return n + 1 + uint32(len(catalog.Families)), ok
}

// label returns the number of a size, which it enters if it is new.
func (w *wardrobe) label(text string) uint32 {
	size := w.labels.number(text) + 1
	if int(size) > len(w.bySize) {
		w.bySize = append(w.bySize, size)
		slices.SortFunc(w.bySize, func(a, b uint32) int { return catalog.CompareSizes(w.labels.texts[a-1], w.labels.texts[b-1]) })
	}
	return size
}

func (w *wardrobe) size(label string) (uint32, bool) {
	n, ok := w.labels.numbers[label]
	return n + 1, ok
}

// outfits yields everything that a product with these variants can be asked for, most of it once.
func (w *wardrobe) outfits(variants []variant, yield func(outfit)) {
	for _, stocked := range [...]bool{false, true} {
		some := false
		for i, v := range variants {
			if stocked && !v.stocked() {
				continue
			}
			some = true
			earlier := func(same func(o variant) bool) bool {
				return slices.ContainsFunc(variants[:i], func(o variant) bool { return (o.stocked() || !stocked) && same(o) })
			}
			if !earlier(func(o variant) bool { return o.label() == v.label() }) {
				yield(outfit{0, v.label(), stocked})
			}
			again := earlier(func(o variant) bool { return o.shade == v.shade })
			w.shades[v.shade].colored(func(color uint32) {
				yield(outfit{color, v.label(), stocked})
				if !again {
					yield(outfit{color, 0, stocked})
				}
			})
		}
		if some {
			yield(outfit{0, 0, stocked})
		}
	}
}

// colored yields the colours by which a shade can be asked for.
func (s shade) colored(yield func(color uint32)) {
	yield(s.family)
	if s.code > 0 {
		yield(s.code)
	}
}

func (w *wardrobe) add(doc uint32, variants []variant) {
	w.outfits(variants, func(o outfit) {
		b := w.sets[o.key()]
		if b == nil {
			b = roaring.New()
			w.sets[o.key()] = b
			if (o.size == 0) != (o.color == 0) && int(o.color) <= len(catalog.Families) {
				w.counted[o.key()] = &dense{}
			}
		}
		b.Add(doc)
		if d := w.counted[o.key()]; d != nil {
			d.add(doc)
		}
	})
	for _, v := range variants {
		w.worn.add(v.shade, doc)
	}
}

func (w *wardrobe) remove(doc uint32, variants []variant) {
	w.outfits(variants, func(o outfit) {
		w.sets[o.key()].Remove(doc)
		if d := w.counted[o.key()]; d != nil {
			d.remove(doc)
		}
	})
	for _, v := range variants {
		w.worn.remove(v.shade, doc)
	}
}

func (w *wardrobe) of(o outfit) *roaring.Bitmap {
	if b := w.sets[o.key()]; b != nil {
		return b
	}
	return none
}
