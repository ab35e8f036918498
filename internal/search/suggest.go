package search

import (
	"cmp"
	"slices"

	"myclothes/internal/catalog"
)

// Of each kind of suggestion the most that stand before the other kinds; what is left of the limit goes to those that have more.
const (
	fewCategories = 3
	fewBrands     = 2
	fewProducts   = 3
)

// Suggest returns up to limit ways on from what somebody has typed so far: categories, brands, ways in which names end, products;
// of each kind what fits best first, then what has most behind it. No name comes twice.
func (x *Index) Suggest(text string, limit int) []catalog.Suggestion {
	x.mu.RLock()
	defer x.mu.RUnlock()
	u := x.understand(text, typing)
	if u == nil || u.nothing || limit <= 0 {
		return nil
	}
	kinds := [][]catalog.Suggestion{
		x.suggestShelves(u), x.suggestMakers(u), x.suggestPhrases(u, limit), x.suggestProducts(u, limit),
	}
	return shared(kinds, limit)
}

// shared gives each kind its share of the limit.
func shared(kinds [][]catalog.Suggestion, limit int) []catalog.Suggestion {
	seen := map[string]bool{}
	for i, list := range kinds {
		kinds[i] = slices.DeleteFunc(list, func(s catalog.Suggestion) bool {
			again := seen[s.Text.KO]
			seen[s.Text.KO] = true
			return again
		})
	}
	left := limit
	take := make([]int, len(kinds))
	share := func(i, n int) {
		n = min(n, left, len(kinds[i])-take[i])
		take[i], left = take[i]+n, left-n
	}
	share(0, fewCategories)
	share(1, fewBrands)
	share(3, min(fewProducts, left/3))
	for _, i := range []int{2, 3, 0, 1} {
		share(i, limit)
	}
	var out []catalog.Suggestion
	for i, list := range kinds {
		out = append(out, list[:take[i]]...)
	}
	return out
}

// rated is how well something fits a text, and how much there is of it.
type rated struct {
	of       uint32
	fit      int
	products int
}

// linked returns what has every word of the text in its name and products behind it, best first; worth is 0 for other kinds of things.
func (x *Index) linked(u *understood, worth func(linkKind) int, products func(uint32) int) []rated {
	var sums map[uint32]int
	for _, s := range u.words {
		fits := map[uint32]int{}
		for t, q := range s.terms {
			for _, l := range x.words.terms[t].links {
				if w := worth(l.kind); w > 0 {
					fits[l.of] = max(fits[l.of], w*int(q)/100)
				}
			}
		}
		sums = joined(sums, fits)
	}
	var out []rated
	for of, fit := range sums {
		if n := products(of); n > 0 {
			out = append(out, rated{of, fit, n})
		}
	}
	return ranked(out)
}

// joined adds the fits of one more word, and keeps what both have; nil sums are those before the first word.
func joined(sums, fits map[uint32]int) map[uint32]int {
	if sums == nil {
		return fits
	}
	for of := range sums {
		if fits[of] == 0 {
			delete(sums, of)
			continue
		}
		sums[of] += fits[of]
	}
	return sums
}

func ranked(list []rated) []rated {
	slices.SortFunc(list, compareRated)
	return list
}

func compareRated(a, b rated) int {
	return cmp.Or(cmp.Compare(b.fit, a.fit), cmp.Compare(b.products, a.products), cmp.Compare(a.of, b.of))
}

// suggestedShelf is what a link to a category is worth as a suggestion.
var suggestedShelf = map[linkKind]int{toCategory: 60, oneOf: 58, oneOfFurther: 56, ofCategory: 54, inCategory: 42}

func (x *Index) suggestShelves(u *understood) []catalog.Suggestion {
	worth := func(k linkKind) int { return suggestedShelf[k] }
	var out []catalog.Suggestion
	for _, r := range x.linked(u, worth, func(n uint32) int { return int(x.shelves.below.of(n).GetCardinality()) }) {
		out = append(out, catalog.Suggestion{Text: x.shelves.calls[r.of], Category: x.shelves.texts[r.of], Products: r.products})
	}
	return out
}

func (x *Index) suggestMakers(u *understood) []catalog.Suggestion {
	worth := func(k linkKind) int {
		if k == toBrand {
			return worthBrand
		}
		return 0
	}
	var out []catalog.Suggestion
	for _, r := range x.linked(u, worth, func(n uint32) int { return int(x.makers.made.of(n).GetCardinality()) }) {
		out = append(out, catalog.Suggestion{Text: x.makers.calls[r.of], Brand: x.makers.texts[r.of], Products: r.products})
	}
	return out
}

// suggestPhrases offers the endings of at least two names as searches. Products counts the names that end so; the search may find more.
func (x *Index) suggestPhrases(u *understood, limit int) []catalog.Suggestion {
	sums := x.phrases.fits(u.words[0].terms)
	for _, s := range u.words[1:] {
		for n, fit := range x.phrases.fits(s.terms) {
			if sums[n] = sums[n] + fit; fit == 0 || sums[n] == fit {
				sums[n] = 0
			}
		}
	}
	var list []rated
	for n, fit := range sums {
		if p := &x.phrases.all[n]; fit > 0 && p.products > 1 {
			list = offered(list, rated{uint32(n), int(fit), p.products}, limit)
		}
	}
	var out []catalog.Suggestion
	for _, r := range list {
		out = append(out, catalog.Suggestion{Text: x.phrases.all[r.of].text, Products: r.products})
	}
	return out
}

// offered keeps the best in order, at most limit.
func offered(list []rated, r rated, limit int) []rated {
	if len(list) == limit && compareRated(r, list[limit-1]) >= 0 {
		return list
	}
	i, _ := slices.BinarySearchFunc(list, r, compareRated)
	list = slices.Insert(list, i, r)
	return list[:min(len(list), limit)]
}

// fits returns by phrase how well its best word fits, 0 where none does.
func (p *phrases) fits(m meaning) []uint16 {
	fits := make([]uint16, len(p.all))
	for _, t := range m.best(suggestTerms) {
		if b := p.byTerm[t]; b != nil {
			each(b, func(n uint32) { fits[n] = max(fits[n], uint16(m[t])) })
		}
	}
	return fits
}

func (x *Index) suggestProducts(u *understood, limit int) []catalog.Suggestion {
	m := x.matched(u, suggestTerms)
	var out []catalog.Suggestion
	for _, doc := range x.fitting(m, m.docs, nil, limit) {
		d := &x.docs[doc]
		out = append(out, catalog.Suggestion{Text: d.name, Product: d.id, Slug: d.slug})
	}
	return out
}
