package search

import "github.com/RoaringBitmap/roaring/v2"

// Bytes estimates how much memory the index takes.
func (x *Index) Bytes() int64 {
	x.mu.RLock()
	defer x.mu.RUnlock()
	const record, perTerm, perBitmap = 208, 160, 96 // with the heap's rounding
	sum := int64(len(x.docs)) * (record + int64(4*len(x.orders)) + 24)
	for i := range x.docs {
		d := &x.docs[i]
		sum += int64(8*len(d.variants) + 4*len(d.words) + len(d.slug) + len(d.name.KO) + len(d.name.EN))
	}
	add := func(bitmaps ...*roaring.Bitmap) {
		for _, b := range bitmaps {
			if b != nil {
				sum += perBitmap + int64(b.GetSizeInBytes())
			}
		}
	}
	add(x.live, x.sale)
	for _, p := range []postings{x.bands, x.shelves.leaves, x.shelves.below, x.makers.made, x.wear.worn} {
		add(p...)
	}
	for _, b := range x.wear.sets {
		add(b)
	}
	for _, d := range x.wear.counted {
		sum += int64(8 * cap(*d))
	}
	for _, b := range x.words.grams {
		add(b)
	}
	for i := range x.words.terms {
		add(x.words.terms[i].own[:]...)
		sum += perTerm
	}
	for _, b := range x.phrases.byTerm {
		add(b)
	}
	return sum + int64(len(x.phrases.all))*perTerm + int64(8*len(x.words.near.sorted))
}
