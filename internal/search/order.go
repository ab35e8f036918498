package search

import (
	"slices"
	"sort"

	"myclothes/internal/catalog"
)

// order is every document in the order of one sort. docs is never changed in place: a batch makes a new one.
type order struct {
	sort catalog.Sort
	docs []uint32
}

// after returns the place in o of the first document behind k.
func (o *order) after(docs []document, k key) int {
	return sort.Search(len(o.docs), func(i int) bool { return k.ahead(docs[o.docs[i]].key(o.sort)) < 0 })
}

// place returns the place of the document that has the key k.
func (o *order) place(docs []document, k key) int {
	return sort.Search(len(o.docs), func(i int) bool { return docs[o.docs[i]].key(o.sort).ahead(k) >= 0 })
}

// move is a document that comes, goes or changes in a batch.
type move struct {
	doc     uint32
	was, is *document // nil: not in the index before; not after
}

// moved returns the order after a batch. docs still holds what was before it. It copies stretches between places that are
// searched, so it costs little more than the copying.
func (o *order) moved(docs []document, moves []move) []uint32 {
	var gaps []int
	var coming []move
	for _, m := range moves {
		if m.was != nil {
			gaps = append(gaps, o.place(docs, m.was.key(o.sort)))
		}
		if m.is != nil {
			coming = append(coming, m)
		}
	}
	slices.Sort(gaps)
	slices.SortFunc(coming, func(a, b move) int { return a.is.key(o.sort).ahead(b.is.key(o.sort)) })
	out := make([]uint32, 0, len(o.docs)-len(gaps)+len(coming))
	at := 0
	upTo := func(end int) {
		for len(gaps) > 0 && gaps[0] < end {
			out = append(out, o.docs[at:gaps[0]]...)
			at, gaps = gaps[0]+1, gaps[1:]
		}
		out = append(out, o.docs[at:end]...)
		at = end
	}
	for _, m := range coming {
		upTo(o.after(docs, m.is.key(o.sort)))
		out = append(out, m.doc)
	}
	upTo(len(o.docs))
	return out
}

// sorted returns the order of all documents, made at once.
func (o *order) sorted(docs []document) []uint32 {
	type placed struct {
		key
		doc uint32
	}
	all := make([]placed, 0, len(docs))
	for n := range docs {
		if docs[n].id != 0 {
			all = append(all, placed{docs[n].key(o.sort), uint32(n)})
		}
	}
	slices.SortFunc(all, func(a, b placed) int { return a.ahead(b.key) })
	out := make([]uint32, len(all))
	for i, p := range all {
		out[i] = p.doc
	}
	return out
}
