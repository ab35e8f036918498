package search

import (
	"slices"

	"myclothes/internal/catalog"
	"myclothes/internal/lang"
	"myclothes/internal/money"
)

// draft is a product about to be entered: what can be worked out without changing the index.
type draft struct {
	doc    uint32
	entry  catalog.Entry
	is     document // without the numbers that entering gives
	words  [fields][]string
	phrase phrase
}

// drafted prepares a batch and gives each product its number. It is called by one writer at a time, and reads only what nobody but writers changes.
func (x *Index) drafted(entries []catalog.Entry) ([]draft, []move) {
	last := make(map[int64]int, len(entries))
	for i := range entries {
		last[entries[i].ID] = i
	}
	drafts := make([]draft, 0, len(last))
	moves := make([]move, 0, len(last))
	fresh, free := uint32(len(x.docs)), x.free
	for i := range entries {
		if last[entries[i].ID] != i {
			continue
		}
		d := newDraft(&entries[i])
		m := move{}
		if n, ok := x.byID[d.entry.ID]; ok {
			d.doc, m.was = n, &x.docs[n]
		} else if len(free) > 0 {
			d.doc, free = free[len(free)-1], free[:len(free)-1]
		} else {
			d.doc, fresh = fresh, fresh+1
		}
		drafts = append(drafts, d)
		m.doc, m.is = d.doc, &drafts[len(drafts)-1].is
		moves = append(moves, m)
	}
	return drafts, moves
}

func newDraft(e *catalog.Entry) draft {
	d := draft{entry: *e, is: document{
		id: e.ID, popularity: e.Popularity, created: e.CreatedAt.UnixMicro(), price: e.Price,
		percent: int32(money.Percent(e.Price, e.ListPrice)), sale: e.Price < e.ListPrice, band: uint8(bandOf(e.Price)),
		slug: e.Slug, name: e.Name,
	}}
	d.is.stocked = slices.ContainsFunc(e.Variants, func(v catalog.EntryVariant) bool { return v.InStock })
	for _, name := range []string{e.Name.KO, e.Name.EN} {
		words, head := spelled(name)
		d.words[inName] = append(d.words[inName], words...)
		if head != "" {
			d.words[inHead] = append(d.words[inHead], head)
		}
	}
	for _, fabric := range []string{e.Fabric.KO, e.Fabric.EN} {
		words, _ := spelled(fabric)
		d.words[inFabric] = append(d.words[inFabric], slices.DeleteFunc(words, isNumber)...) // who types 100 does not mean 100% cotton
	}
	d.phrase = phraseOf(e.Name)
	return d
}

// enter writes the drafts into every posting.
func (x *Index) enter(drafts []draft) {
	for i := range drafts {
		d := &drafts[i]
		n := d.doc
		switch {
		case int(n) == len(x.docs):
			x.docs = append(x.docs, document{})
		case x.docs[n].id != 0:
			x.forget(n)
		default:
			x.free = x.free[:len(x.free)-1]
		}
		x.byID[d.entry.ID] = n
		x.number(d)
		x.docs[n] = d.is
		x.post(n)
	}
}

// number gives the draft the numbers of its shelf, maker, colours, words and phrase, and enters those that are new.
func (x *Index) number(d *draft) {
	e, is := &d.entry, &d.is
	is.category = x.shelves.number(e.Category)
	is.brand = x.makers.number(e.Brand, &x.words)
	is.variants = make([]variant, 0, len(e.Variants))
	for _, v := range e.Variants {
		s, fresh := x.wear.shade(v.Color)
		if fresh {
			x.callShade(s, v.Color.Name)
		}
		size := x.wear.label(v.Size) << 1
		if v.InStock {
			size |= 1
		}
		is.variants = append(is.variants, variant{s, size})
	}
	for f, words := range d.words {
		for _, w := range words {
			is.words = append(is.words, x.words.number(w)<<2|uint32(f))
		}
	}
	slices.Sort(is.words)
	is.words = slices.Clip(slices.Compact(is.words))
	is.phrase = x.phrases.number(d.phrase, &x.words)
}

func (x *Index) callShade(s uint32, name lang.Text) {
	for _, text := range []string{name.KO, name.EN} {
		for _, w := range called(text) {
			x.words.link(w, link{toShade, s})
		}
	}
}

// post enters the document into every posting it belongs to; forget takes it out of all of them and frees its record.
func (x *Index) post(n uint32) {
	d := &x.docs[n]
	x.live.Add(n)
	if d.sale {
		x.sale.Add(n)
	}
	x.bands.add(uint32(d.band), n)
	x.shelves.add(d.category, n)
	x.makers.add(d.brand, n)
	x.wear.add(n, d.variants)
	for _, w := range d.words {
		x.words.add(w>>2, field(w&3), n)
	}
	x.phrases.count(d.phrase, 1)
}

func (x *Index) forget(n uint32) {
	d := &x.docs[n]
	x.live.Remove(n)
	x.sale.Remove(n)
	x.bands.remove(uint32(d.band), n)
	x.shelves.remove(d.category, n)
	x.makers.remove(d.brand, n)
	x.wear.remove(n, d.variants)
	for _, w := range d.words {
		x.words.remove(w>>2, field(w&3), n)
	}
	x.phrases.count(d.phrase, -1)
	*d = document{}
}
