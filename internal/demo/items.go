// Package demo is the catalogue that a shop without merchandise shows: invented brands, believable products and
// pictures drawn by package draw. It is the same on every machine and at every time.
package demo

import (
	"fmt"
	"hash/fnv"
	"iter"
	"strings"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/draw"
	"myclothes/internal/lang"
	"myclothes/internal/money"
)

// Item is a product and the pictures that its Images name, one per colour, in the same order.
type Item struct {
	Product  catalog.Product
	Pictures []Picture
}

// Picture is one SVG and where in the media folder it belongs.
type Picture struct {
	Path string
	SVG  []byte
}

var (
	until  = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	window = 90 * 24 * time.Hour
)

// Count returns how many items there are.
func Count() int {
	n := 0
	for _, table := range tables {
		n += len(table)
	}
	return n
}

// Items yields every item by ascending product ID. An item is made, and its pictures drawn, only when it is asked for;
// the receiver may keep and change it.
func Items() iter.Seq[Item] {
	return func(yield func(Item) bool) {
		n, id := Count(), 0
		for _, table := range tables {
			for _, a := range table {
				id++
				if !yield(a.item(id, n)) {
					return
				}
			}
		}
	}
}

func (a article) item(id, n int) Item {
	h := houseOf(a.brand)
	p := catalog.Product{
		ID: int64(id), Slug: slug(a.name.EN), Brand: h.Brand, Category: a.leaf, Name: a.name, Description: a.about,
		Status: catalog.OnSale, CreatedAt: listed(id, n),
	}
	it := Item{Product: p}
	for i, code := range strings.Fields(a.colors) {
		col := color(code)
		path := fmt.Sprintf("demo/%d/%s-front.svg", id, code)
		it.Pictures = append(it.Pictures, Picture{path, draw.Garment(a.spec(i, col, h))})
		it.Product.Images = append(it.Product.Images, catalog.Image{Path: path, Alt: alt(a.name, col), Color: code})
		it.Product.Variants = append(it.Product.Variants, a.variants(id, col)...)
	}
	it.Product.Variants[0].Available = max(it.Product.Variants[0].Available, 4)
	if a.soldOut {
		sellOut(it.Product.Variants)
	}
	return it
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

func (a article) variants(id int, col catalog.Color) []catalog.Variant {
	var out []catalog.Variant
	for _, size := range a.sizes {
		sku := strings.ToUpper(fmt.Sprintf("%s-%03d-%s-%s", a.stem, id, col.Code, size.Label))
		out = append(out, catalog.Variant{
			SKU: sku, Color: col, Size: size, Price: reduced(a.list, a.off), ListPrice: money.Amount(a.list), Available: stock(sku),
		})
	}
	return out
}

// reduced takes off at least that many percent and ends as the list price does, in 000 or 900.
func reduced(list, off int) money.Amount {
	if off == 0 {
		return money.Amount(list)
	}
	tail := list % 1000
	return money.Amount((list*(100-off)/100-tail)/1000*1000 + tail)
}

// stock is what the SKU's hash gives: of 32 SKUs one has none and two have 1 to 3, the others 5 to 80.
func stock(sku string) int {
	f := fnv.New32a()
	f.Write([]byte(sku))
	h := int(f.Sum32() >> 4)
	switch h % 32 {
	case 0:
		return 0
	case 1, 2:
		return 1 + h/32%3
	}
	return 5 + h/32%76
}

func sellOut(vs []catalog.Variant) {
	for i := range vs {
		vs[i].Available = 0
	}
}

// listed spreads the products over the window and mixes the categories: 37 shares no divisor with any n up to 110 but 37 and 74.
func listed(id, n int) time.Time {
	step := window / time.Duration(n)
	return until.Add(-step * time.Duration(id*37%n+1)).Truncate(time.Minute)
}

func alt(name lang.Text, col catalog.Color) lang.Text {
	return t(name.KO+" "+col.Name.KO+" 앞면", name.EN+" in "+strings.ToLower(col.Name.EN)+", front")
}

// slug keeps the ASCII letters and digits of an English name and joins its words by hyphens.
func slug(name string) string {
	plain := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r == '\'':
			return -1
		}
		return ' '
	}, strings.ToLower(name))
	return strings.Join(strings.Fields(plain), "-")
}

func houseOf(slug string) house {
	for _, h := range houses {
		if h.Slug == slug {
			return h
		}
	}
	return house{}
}
