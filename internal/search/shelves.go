package search

import (
	"cmp"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"myclothes/internal/catalog"
	"myclothes/internal/lang"
)

// shelves holds which products hang where in the tree.
type shelves struct {
	names
	paths  [][]uint32  // by category: itself and all above it; nil where the tree does not know it
	calls  []lang.Text // by category
	leaves postings    // products right there
	below  postings    // products there and below
}

// enter numbers the tree's categories from the top down and puts their names into the vocabulary.
func (s *shelves) enter(tree catalog.Tree, words *vocabulary) {
	for _, slug := range tree.Below("") {
		if slug == "" {
			continue
		}
		n := s.number(slug)
		c, _ := tree.Find(slug)
		s.calls[n] = c.Name
		for _, above := range tree.PathTo(slug) {
			s.paths[n] = append(s.paths[n], s.names.numbers[above.Slug])
		}
		further := headsBelow(tree, slug)
		callCategory(c.Name.KO, n, further, words)
		callCategory(c.Name.EN, n, further, words)
	}
}

// callCategory enters a name, which may be several: 후드·스웨트셔츠, hats & caps. further has the heads of what hangs below: of 벨트·소품 no more than
// what 벨트 has is belts.
func callCategory(name string, n uint32, further map[string]bool, words *vocabulary) {
	all := namesOf(name)
	for _, one := range all {
		forms, head, whole := calledOne(one)
		by, byHead := toCategory, ofCategory
		switch {
		case len(all) == 1:
		case further[head] || further[whole]:
			by, byHead = oneOfFurther, oneOfFurther
		default:
			by, byHead = oneOf, oneOf
		}
		words.link(whole, link{by, n})
		if head != whole {
			words.link(head, link{byHead, n})
		}
		for _, w := range forms {
			if w != head && w != whole {
				words.link(w, link{inCategory, n})
			}
		}
	}
}

// namesOf parts a category's name into its several names, leaving out what has no letter.
func namesOf(name string) []string {
	names := strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune("·/&,‧", r) })
	return slices.DeleteFunc(names, func(one string) bool { return len(pieces(fold(one))) == 0 })
}

// calledOne returns the forms of one name, its last word and all of it in one word.
func calledOne(name string) (forms []string, head, whole string) {
	forms, head = spelled(name)
	whole = ground(strings.Join(pieces(fold(name)), ""))
	return forms, cmp.Or(head, whole), whole
}

// headsBelow returns the heads of all names of what hangs below a category.
func headsBelow(tree catalog.Tree, slug string) map[string]bool {
	out := map[string]bool{}
	for _, below := range tree.Below(slug)[1:] {
		c, _ := tree.Find(below)
		for _, one := range append(namesOf(c.Name.KO), namesOf(c.Name.EN)...) {
			_, head, whole := calledOne(one)
			out[head], out[whole] = true, true
		}
	}
	return out
}

// number returns the number of a category; one that the tree has not is numbered too, and hangs nowhere.
func (s *shelves) number(slug string) uint32 {
	n := s.names.number(slug)
	for int(n) >= len(s.paths) {
		s.paths, s.calls = append(s.paths, nil), append(s.calls, lang.Text{})
		s.leaves, s.below = append(s.leaves, roaring.New()), append(s.below, roaring.New())
	}
	return n
}

func (s *shelves) add(category, doc uint32) {
	s.leaves.add(category, doc)
	for _, n := range s.paths[category] {
		s.below.add(n, doc)
	}
}

func (s *shelves) remove(category, doc uint32) {
	s.leaves.remove(category, doc)
	for _, n := range s.paths[category] {
		s.below.remove(n, doc)
	}
}

// under returns the products of a category and everything below it.
func (s *shelves) under(slug string) *roaring.Bitmap {
	n, ok := s.numbers[slug]
	if !ok {
		return none
	}
	return s.below.of(n)
}

// makers holds which products are of which brand.
type makers struct {
	names
	calls []lang.Text
	made  postings
	of    []uint32 // brand by document
}

// number returns the number of a brand. A brand that has changed its name is found under the new one from now on.
func (m *makers) number(b catalog.Brand, words *vocabulary) uint32 {
	n := m.names.number(b.Slug)
	for int(n) >= len(m.calls) {
		m.calls, m.made = append(m.calls, lang.Text{}), append(m.made, roaring.New())
	}
	if m.calls[n] == b.Name {
		return n
	}
	for _, text := range []string{m.calls[n].KO, m.calls[n].EN} {
		for _, w := range called(text) {
			words.unlink(w, link{toBrand, n})
		}
	}
	m.calls[n] = b.Name
	for _, text := range []string{b.Name.KO, b.Name.EN} {
		for _, w := range called(text) {
			words.link(w, link{toBrand, n})
		}
	}
	return n
}

func (m *makers) add(brand, doc uint32) {
	for int(doc) >= len(m.of) {
		m.of = append(m.of, 0)
	}
	m.of[doc] = brand
	m.made.add(brand, doc)
}

func (m *makers) remove(brand, doc uint32) { m.made.remove(brand, doc) }
