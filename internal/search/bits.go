package search

import (
	"math/bits"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// dense is a plain bit set by document, for what is counted all the time: intersecting two of them costs a nanosecond per 64
// products, however many they hold.
type dense []uint64

func (d *dense) add(doc uint32) {
	for int(doc/64) >= len(*d) {
		*d = append(*d, 0)
	}
	(*d)[doc/64] |= 1 << (doc % 64)
}

func (d dense) remove(doc uint32) { d[doc/64] &^= 1 << (doc % 64) }

// both counts what two sets have in common.
func (d dense) both(o dense) (n int) {
	o = o[:min(len(d), len(o))]
	for i, w := range o {
		n += bits.OnesCount64(w & d[i])
	}
	return n
}

var densePool = sync.Pool{New: func() any { return new(dense) }}

// withDense calls use with a bit set of size members at the most, all zero, which is void afterwards.
func withDense(size int, use func(dense)) {
	p := densePool.Get().(*dense)
	words := (size + 63) / 64
	if cap(*p) < words {
		*p = make(dense, words+words/8)
	}
	*p = (*p)[:words]
	clear(*p)
	use(*p)
	densePool.Put(p)
}

// fill marks every member of a posting; d is long enough for all documents.
func (d dense) fill(posting *roaring.Bitmap) {
	if posting.GetCardinality() < uint64(len(d)) {
		each(posting, func(doc uint32) { d[doc/64] |= 1 << (doc % 64) })
		return
	}
	withDense(len(d)*64, func(more dense) {
		posting.WriteDenseTo(more) // which overwrites whole stretches, so it cannot write to d
		for i, w := range more {
			d[i] |= w
		}
	})
}

// without takes out what seen has and adds the rest to seen.
func (d dense) without(seen dense) {
	for i := range d {
		d[i] &^= seen[i]
		seen[i] |= d[i]
	}
}
