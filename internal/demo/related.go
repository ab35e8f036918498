package demo

import (
	"slices"
	"strings"

	"myclothes/internal/catalog"
)

// goesWith names, for each group, the leaves from which something is worn with it, the likeliest first.
var goesWith = map[string]string{
	"outerwear":   "slacks sweaters ankle-boots scarves jeans loafers beanies midi-skirts",
	"tops":        "jeans slacks cardigans court-sneakers midi-skirts shorts caps chinos",
	"knitwear":    "slacks jeans coats loafers midi-skirts shirts scarves long-skirts",
	"bottoms":     "shirts sweaters tees court-sneakers belts loafers sweatshirts jackets",
	"skirts":      "blouses cardigans flats sweaters long-boots shoulder-bags tees pumps",
	"dresses":     "cardigans flats shoulder-bags trench-coats sandals pumps ankle-boots belts",
	"homewear":    "mules robes pajamas socks tees sweatpants",
	"shoes":       "socks jeans slacks midi-skirts tote-bags coats shorts belts",
	"bags":        "coats trench-coats flats wallets shirts caps court-sneakers midi-dresses",
	"accessories": "coats sweaters gloves beanies jackets shirts jeans crossbody-bags",
}

// related are four products of as many other leaves: of the leaves that go with it, beginning at a place that its hash gives, the product
// that fits best the person and the season it is for.
func (b *book) related(id int) []int64 {
	a := b.articles[id-1]
	leaves := strings.Fields(goesWith[b.groups[a.leaf]])
	var out []int64
	start := int(hash(a.stem) % 3)
	for i := range leaves {
		leaf := leaves[(start+i)%len(leaves)]
		if leaf == a.leaf || len(out) == 4 {
			continue
		}
		if other := b.match(id, leaf); other > 0 {
			out = append(out, int64(other))
		}
	}
	return out
}

// match returns the product of the leaf that suits best, 0 where none may be worn together.
func (b *book) match(id int, leaf string) int {
	a, best, points := b.articles[id-1], 0, -1
	for _, other := range b.leaves[leaf] {
		o := b.articles[other-1]
		if !together(a.worn(), o.worn()) {
			continue
		}
		n := int(hash(a.stem+o.stem) % 8)
		if o.brand == a.brand {
			n += 3
		}
		if meet(a.seasons(), o.seasons()) {
			n += 8
		}
		if n > points {
			best, points = other, n
		}
	}
	return best
}

// worn tells by the sizes whether women or men wear it: "w", "m" or, if both do, empty.
func (a article) worn() string {
	first, last := a.sizes[0].Label, a.sizes[len(a.sizes)-1].Label
	in := func(s catalog.Scheme, label string) bool { return slices.Contains(s, label) }
	switch {
	case in(catalog.Women, last), in(catalog.Shoes, last) && last <= "255", in(catalog.Waist, last) && last <= "31":
		return "w"
	case in(catalog.Men, first), in(catalog.Shoes, first) && first >= "240", in(catalog.Waist, last) && last >= "33":
		return "m"
	}
	return ""
}

func together(a, b string) bool { return a == "" || b == "" || a == b }

// meet reports whether there is a season for both; none named is all of them.
func meet(a, b []catalog.Season) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}
