package catalog

import (
	"slices"
	"strings"
	"testing"
	"time"

	"myclothes/internal/lang"
)

func TestColoursHaveTheirFamily(t *testing.T) {
	for hex, want := range map[string]Family{
		"#202125": Black, "#000000": Black, "#45474c": Grey, "#bcbdbe": Grey, "#f7f6f2": White, "#ffffff": White, "#f1eadb": Ivory, "#eae0cb": Ivory,
		"#cdb994": Beige, "#bfae92": Beige, "#d6cab6": Beige, "#b2875a": Brown, "#5d4030": Brown, "#66202c": Red, "#a9322f": Red, "#e6c6c1": Pink,
		"#e07b2a": Orange, "#eddfa9": Yellow, "#c29a3c": Yellow, "#2f5545": Green, "#b5d3c6": Green, "#6a6c48": Khaki, "#a3bedb": Sky, "#3f669c": Blue,
		"#222f4b": Navy, "#b9afcf": Purple, "": Grey, "red": Grey,
	} {
		if got := (Color{Hex: hex}).Family(); got != want {
			t.Errorf("%s is %s, want %s", hex, got, want)
		}
	}
}

func TestSales(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 11, n, 0, 0, 0, 0, time.UTC) }
	v := Variant{Price: 39_000, Sale: Sale{Price: 29_000, From: day(10), Until: day(20)}}
	for _, c := range []struct {
		at   time.Time
		want int64
		next time.Time
	}{{day(9), 39_000, day(10)}, {day(10), 29_000, day(20)}, {day(20).Add(-1), 29_000, day(20)}, {day(20), 39_000, time.Time{}}} {
		got := v.At(c.at)
		if int64(got.Price) != c.want || got.Regular != 39_000 || !got.Next(c.at).Equal(c.next) {
			t.Errorf("on %s it costs %d (regularly %d) until %s; want %d until %s", c.at, got.Price, got.Regular, got.Next(c.at), c.want, c.next)
		}
		if back := got.At(day(25)); back.Price != 39_000 {
			t.Errorf("after the sale it costs %d", back.Price)
		}
	}
	if n := (Variant{Price: 1}).Next(day(1)); !n.IsZero() {
		t.Errorf("without a sale the price changes at %s", n)
	}
}

// shop is a small tree and a product that may go on sale in it.
func shop() (Tree, Product) {
	tree := NewTree([]Category{{Slug: "clothing", Notice: Clothes, Plan: PlanTop, Sizes: "alpha free"}, {Slug: "shirts", Parent: "clothing"}, {Slug: "skirts", Parent: "clothing", Plan: PlanSkirt, Sizes: "women"}})
	navy := Color{Code: "navy", Name: lang.Text{KO: "네이비"}, Hex: "#1b2a49"}
	p := Product{ID: 1, Slug: "a-shirt", Brand: Brand{Slug: "haru"}, Category: "shirts", Name: lang.Text{KO: "셔츠"}, Status: OnSale, Facts: Told{},
		Variants: []Variant{{SKU: "A-L", Color: navy, Size: Size{Label: "L"}, Price: 1000, ListPrice: 1000}, {SKU: "A-S", Color: navy, Size: Size{Label: "S"}, Price: 1000, ListPrice: 1000}},
		Measures: SizeTable{Points: []Point{Chest, Length}, Rows: []SizeRow{{"L", []int{550, 720}}, {"S", []int{500, 680}}}}}
	for _, f := range Clothes.Facts() {
		if !f.Derived() {
			p.Facts[f] = lang.Text{KO: "알림"}
		}
	}
	return tree, p
}

func TestRulesComeFromAbove(t *testing.T) {
	tree, _ := shop()
	if r := tree.Rules("shirts"); r.Notice != Clothes || r.Plan != PlanTop || r.Sizes != "alpha free" || r.Slug != "shirts" {
		t.Errorf("%+v", r)
	}
	if r := tree.Rules("skirts"); r.Notice != Clothes || r.Plan != PlanSkirt || r.Sizes != "women" {
		t.Errorf("%+v", r)
	}
	if r := tree.Rules("none"); r != (Category{}) {
		t.Errorf("%+v", r)
	}
}

func TestProductsAreSettled(t *testing.T) {
	tree, p := shop()
	p.Settle(tree)
	if p.Variants[0].SKU != "A-S" || p.Variants[1].Size.Position <= p.Variants[0].Size.Position {
		t.Errorf("variants %+v", p.Variants)
	}
	if !slices.Equal(p.Measures.Points, []Point{Length, Chest}) || p.Measures.Rows[0].Size != "S" || !slices.Equal(p.Measures.Rows[0].MM, []int{680, 500}) {
		t.Errorf("measures %+v", p.Measures)
	}
	if flaws := p.Check(tree); len(flaws) > 0 {
		t.Errorf("a sound product has flaws: %v", flaws)
	}
}

// TestFlawsAreNamed: each change breaks one rule, and the flaw says which.
func TestFlawsAreNamed(t *testing.T) {
	for want, spoil := range map[string]func(*Product){
		"name_ko: Is empty":            func(p *Product) { p.Name.KO = "" },
		"name_ko: At most":             func(p *Product) { p.Name.KO = strings.Repeat("가", 121) },
		"U+200B":                       func(p *Product) { p.Description.KO = "셔\u200b츠" },
		"U+202E":                       func(p *Product) { p.Name.EN = "\u202etrihs" },
		"U+3164":                       func(p *Product) { p.Name.KO = "\u3164" },
		"U+0000":                       func(p *Product) { p.Fabric.KO = "a\x00b" },
		"slug":                         func(p *Product) { p.Slug = "A Shirt" },
		"status":                       func(p *Product) { p.Status = "sold" },
		"brand":                        func(p *Product) { p.Brand.Slug = "" },
		"no category":                  func(p *Product) { p.Category = "cars" },
		"none below it":                func(p *Product) { p.Category = "clothing" },
		"fact_made_ko":                 func(p *Product) { delete(p.Facts, FactMade) },
		"no variant":                   func(p *Product) { p.Variants, p.Measures = nil, SizeTable{} },
		"A-L sku: The same SKU":        func(p *Product) { p.Variants[1].SKU = "A-L" },
		"A-S size: The same colour":    func(p *Product) { p.Variants[1].Size.Label = "L" },
		"A/L sku":                      func(p *Product) { p.Variants[0].SKU = "A/L" },
		"A-L size: \"55\" is no size":  func(p *Product) { p.Variants[0].Size.Label = "55" },
		"A-L color: Only":              func(p *Product) { p.Variants[0].Color.Code = "Navy!" },
		"A-L color_hex":                func(p *Product) { p.Variants[0].Color.Hex = "navy" },
		"A-L price: From 1":            func(p *Product) { p.Variants[0].Price = 0 },
		"A-L list_price":               func(p *Product) { p.Variants[0].ListPrice = 999 },
		"A-L stock":                    func(p *Product) { p.Variants[0].Available = -1 },
		"A-L sale_price":               func(p *Product) { p.Variants[0].Sale = Sale{Price: 1000} },
		"A-L sale_until":               func(p *Product) { p.Variants[0].Sale = Sale{Price: 900} },
		"measures: Measures of a size": func(p *Product) { p.Measures.Rows[0].Size = "XL" },
		"measures: Measures go":        func(p *Product) { p.Measures.Rows[0].MM[0] = 6000 },
		"images":                       func(p *Product) { p.Images = []Image{{Path: "../x.jpg"}} },
	} {
		tree, p := shop()
		spoil(&p)
		var said []string
		for _, f := range p.Check(tree) {
			said = append(said, f.String())
			if f.Words.KO == "" || f.Words.EN == "" {
				t.Errorf("%s: not said in both languages", f)
			}
		}
		if !strings.Contains(strings.Join(said, "\n"), want) {
			t.Errorf("want %q, said %q", want, said)
		}
	}
	tree, p := shop()
	p.Status = Draft
	p.Facts = nil
	if flaws := p.Check(tree); len(flaws) > 0 {
		t.Errorf("a draft need not tell its facts yet: %v", flaws)
	}
}

func TestPicturesHaveSizes(t *testing.T) {
	for _, c := range []struct {
		path  string
		width int
		want  string
	}{{"p/ab.jpg", 100, "p/ab-400.jpg"}, {"p/ab.jpg", 400, "p/ab-400.jpg"}, {"p/ab.jpg", 401, "p/ab-800.jpg"}, {"p/ab.jpg", 9999, "p/ab-1600.jpg"}, {"demo/1/a.svg", 400, "demo/1/a.svg"}, {"other.jpg", 400, "other.jpg"}} {
		if got := PictureFile(c.path, c.width); got != c.want {
			t.Errorf("%s at %d: %s", c.path, c.width, got)
		}
	}
}

func TestSizesStandInOrder(t *testing.T) {
	got := []string{"250", "XL", "28", "105", "FREE", "77", "S", "외계", "245", "90"}
	slices.SortFunc(got, CompareSizes)
	if want := []string{"FREE", "S", "XL", "77", "90", "105", "28", "245", "250", "외계"}; !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
}
