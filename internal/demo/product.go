package demo

import (
	"fmt"
	"strings"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/draw"
	"myclothes/internal/lang"
)

// views are the pictures of one colour, in their order.
var views = []struct {
	name string
	view draw.View
	said lang.Text
}{
	{"front", draw.Front, t("앞면", "front")},
	{"back", draw.Back, t("뒷면", "back")},
	{"detail", draw.Detail, t("상세", "close-up")},
}

// item is the product with its pictures.
func (a article) item(b *book, id int) Item {
	it := Item{Product: a.product(b, id)}
	h := houseOf(a.brand)
	for i, code := range strings.Fields(a.colors) {
		s := a.spec(i, color(code), h)
		for _, v := range views {
			s.View = v.view
			it.Pictures = append(it.Pictures, Picture{picturePath(id, code, v.name), draw.Garment(s)})
		}
	}
	return it
}

func picturePath(id int, color, view string) string {
	return fmt.Sprintf("demo/%d/%s-%s.svg", id, color, view)
}

// product is all of it but the pictures.
func (a article) product(b *book, id int) catalog.Product {
	h, r := houseOf(a.brand), b.rules[a.leaf]
	p := catalog.Product{
		ID: int64(id), Slug: slug(a.name.EN), Brand: h.Brand, Category: a.leaf, Name: a.name, Description: a.about,
		Status: catalog.OnSale, CreatedAt: listed(id, b.len()), Fabric: fabrics[a.fabric].name, Seasons: a.seasons(),
		Weight: weigh(a.stem), Measures: measure(r.Plan, a.cut, a.sizes, hash(a.stem)),
	}
	p.Facts = a.facts(r, p.CreatedAt)
	p.Related = b.related(id)
	for _, code := range strings.Fields(a.colors) {
		col := color(code)
		for _, v := range views {
			p.Images = append(p.Images, catalog.Image{Path: picturePath(id, code, v.name), Alt: alt(a.name, col, v.said), Color: code})
		}
		p.Variants = append(p.Variants, a.variants(id, col)...)
	}
	p.Variants[0].Available = max(p.Variants[0].Available, 4)
	if a.soldOut {
		sellOut(p.Variants)
	}
	return p
}

// spec is what is drawn for the i-th colour.
func (a article) spec(i int, col catalog.Color, h house) draw.Spec {
	s := a.cut
	s.Color, s.Ground = col.Hex, h.ground
	if accents := strings.Fields(a.accents); i < len(accents) {
		s.Accent = accents[i]
	}
	return s
}

// listed spreads the products over the window and mixes the categories: 37 shares no divisor with any n below 37·37 but its multiples.
func listed(id, n int) time.Time {
	step := window / time.Duration(n)
	return until.Add(-step * time.Duration(id*37%n+1)).Truncate(time.Minute)
}

func alt(name lang.Text, col catalog.Color, view lang.Text) lang.Text {
	return t(name.KO+" "+col.Name.KO+" "+view.KO, name.EN+" in "+strings.ToLower(col.Name.EN)+", "+view.EN)
}

// slug keeps the ASCII letters and digits of an English name and joins its words by hyphens.
func slug(name string) string {
	out := make([]byte, 0, len(name))
	gap := false
	for _, r := range strings.ToLower(name) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			if gap && len(out) > 0 {
				out = append(out, '-')
			}
			out, gap = append(out, byte(r)), false
		case r != '\'':
			gap = true
		}
	}
	return string(out)
}

// Leaves, fabrics and one brand of the seaside decide for which part of the year an article is.
var (
	summery = words("linen linen-cotton raffia haedam tees polos shorts sandals bucket-hats")
	wintry  = words("wool wool-poly wool-nylon wool-cashmere lambswool cashmere alpaca acrylic-wool fleece goose duck tweed gloves scarves beanies coats padding long-boots")
	between = words("jackets jumpers blazers trench-coats cardigans knit-vests sweatshirts hoodies ankle-boots lace-boots merino cotton-wool")
)

func words(list string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(list) {
		out[w] = true
	}
	return out
}

func (a article) seasons() []catalog.Season {
	is := func(m map[string]bool) bool { return m[a.leaf] || m[a.fabric] }
	switch {
	case is(wintry):
		return []catalog.Season{catalog.Autumn, catalog.Winter}
	case is(summery) || summery[a.brand] || a.cut.Sleeve == draw.ShortSleeve:
		return []catalog.Season{catalog.Spring, catalog.Summer}
	case is(between):
		return []catalog.Season{catalog.Spring, catalog.Autumn, catalog.Winter}
	}
	return nil
}

// weigh spreads 0 to 900 so that few are wanted much and most a little.
func weigh(key string) int64 {
	u := int64(hash(key) % 1000)
	return u * u * u * 900 / 1_000_000_000
}
