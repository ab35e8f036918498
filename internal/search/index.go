// Package search is the catalogue as people look for things in it: by shelf, brand, colour, size and price, and by words in Korean
// or English, whole or half typed, mistyped or typed on the wrong keyboard. It is kept in memory.
//
// Products are numbered densely. Every value that can be asked for has its posting, a compressed set of these numbers (a roaring
// bitmap), so filters are intersections and facets the sizes of intersections. Text is looked up in a vocabulary, which is far
// smaller than the catalogue; its words have postings as well.
package search

import (
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"myclothes/internal/catalog"
)

// Index is a searchable copy of the products on sale. It is safe for concurrent use: a batch of changes is seen as a whole, and
// keeps readers waiting only while it is entered, not while it is prepared.
type Index struct {
	writing sync.Mutex   // one batch at a time; taken before mu
	mu      sync.RWMutex // guards everything below; a batch being prepared reads it without
	tree    catalog.Tree
	docs    []document
	free    []uint32
	byID    map[int64]uint32
	live    *roaring.Bitmap
	sale    *roaring.Bitmap
	bands   postings
	shelves shelves
	makers  makers
	wear    wardrobe
	orders  map[catalog.Sort]*order
	words   vocabulary
	phrases phrases
	version uint64 // grows with every batch of changes
	memo    memo   // has a lock of its own
	few     int    // products of which facets are counted one by one rather than by posting
}

// New makes an empty index over that tree.
func New(tree catalog.Tree) *Index {
	x := &Index{
		tree: tree, byID: map[int64]uint32{}, live: roaring.New(), sale: roaring.New(),
		wear: newWardrobe(), orders: map[catalog.Sort]*order{}, words: newVocabulary(), phrases: newPhrases(), few: 1000,
	}
	for _, s := range catalog.Sorts {
		x.orders[s] = &order{sort: s}
	}
	for range bands {
		x.bands = append(x.bands, roaring.New())
	}
	x.shelves.enter(tree, &x.words)
	enterFamilies(&x.words)
	x.words.enterSynonyms()
	x.words.near.settle()
	return x
}

// Len returns how many products there are.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.byID)
}

// Put adds these products or replaces them, as one batch. Of two with one ID the last counts. The entries are not kept.
func (x *Index) Put(entries ...catalog.Entry) {
	x.writing.Lock()
	defer x.writing.Unlock()
	if len(entries) == 0 {
		return
	}
	drafts, moves := x.drafted(entries)
	orders := x.reordered(moves)
	x.mu.Lock()
	defer x.mu.Unlock()
	x.enter(drafts)
	x.reorder(orders)
}

// Drop takes these products out, as one batch. Unknown ones are ignored.
func (x *Index) Drop(ids ...int64) {
	x.writing.Lock()
	defer x.writing.Unlock()
	var moves []move
	dropped := map[int64]bool{}
	for _, id := range ids {
		if n, ok := x.byID[id]; ok && !dropped[id] {
			dropped[id] = true
			moves = append(moves, move{doc: n, was: &x.docs[n]})
		}
	}
	if len(moves) == 0 {
		return
	}
	orders := x.reordered(moves)
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, m := range moves {
		delete(x.byID, m.was.id)
		x.forget(m.doc)
		x.free = append(x.free, m.doc)
	}
	x.reorder(orders)
}

// fill enters products that are not in the index yet without putting them in order: until arrange, none of them is found. Nobody
// else may use the index meanwhile.
func (x *Index) fill(entries []catalog.Entry) {
	drafts, _ := x.drafted(entries)
	x.enter(drafts)
}

func (x *Index) arrange() {
	x.version++
	for _, o := range x.orders {
		o.docs = o.sorted(x.docs)
	}
	x.words.near.settle()
}

func (x *Index) reordered(moves []move) map[catalog.Sort][]uint32 {
	out := make(map[catalog.Sort][]uint32, len(x.orders))
	for s, o := range x.orders {
		out[s] = o.moved(x.docs, moves)
	}
	return out
}

func (x *Index) reorder(orders map[catalog.Sort][]uint32) {
	x.version++
	for s, docs := range orders {
		x.orders[s].docs = docs
	}
	x.words.near.settle()
}
