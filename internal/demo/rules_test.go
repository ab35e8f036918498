package demo

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"myclothes/internal/catalog"
	"myclothes/internal/draw"
)

func TestTreeIsDeep(t *testing.T) {
	tree := catalog.NewTree(Categories())
	leaves := 0
	for _, c := range Categories() {
		if len(tree.Children(c.Slug)) > 0 {
			continue
		}
		leaves++
		if n := len(tree.PathTo(c.Slug)); n < 3 {
			t.Errorf("leaf %s lies %d deep", c.Slug, n)
		}
		r := tree.Rules(c.Slug)
		if len(r.Notice.Facts()) == 0 || len(r.Plan.Points()) == 0 || len(schemes(t, r)) == 0 {
			t.Errorf("leaf %s has the rules %+v", c.Slug, r)
		}
	}
	if leaves < 36 {
		t.Errorf("%d leaves", leaves)
	}
}

func schemes(t *testing.T, r catalog.Category) []string {
	t.Helper()
	var out []string
	for name := range strings.FieldsSeq(r.Sizes) {
		s, ok := catalog.SchemeOf(name)
		if !ok {
			t.Errorf("%s comes in %q, which is no scheme", r.Slug, name)
		}
		out = append(out, s...)
	}
	return out
}

func TestOldSlugsRemain(t *testing.T) {
	tree := catalog.NewTree(Categories())
	for slug := range strings.FieldsSeq("shirts tees knitwear sweatshirts jackets coats slacks jeans skirts shorts dresses sneakers loafers boots bags hats belts scarves socks") {
		if _, ok := tree.Find(slug); !ok {
			t.Errorf("no category %s", slug)
		}
	}
}

func TestFactsAreTold(t *testing.T) {
	tree := catalog.NewTree(Categories())
	for _, it := range all(t) {
		p := it.Product
		facts(t, tree, &p)
		bilingual(t, p.Slug+" fabric", p.Fabric)
	}
}

func facts(t *testing.T, tree catalog.Tree, p *catalog.Product) {
	t.Helper()
	if missing := p.Facts.Missing(tree.Rules(p.Category).Notice); len(missing) > 0 {
		t.Errorf("%s does not tell %v", p.Slug, missing)
	}
	for _, f := range catalog.Facts {
		if x, ok := p.Facts[f]; ok && (x.KO == "" || x.EN == "") {
			t.Errorf("%s tells %s as %q / %q", p.Slug, f, x.KO, x.EN)
		}
	}
}

func TestMeasures(t *testing.T) {
	tree := catalog.NewTree(Categories())
	for _, it := range all(t) {
		p := it.Product
		measures(t, tree.Rules(p.Category), &p)
	}
}

// measures fails where a table does not follow the plan and the product's sizes, where a bigger size is smaller anywhere, and where a
// number is none that a person or a thing could have.
func measures(t *testing.T, r catalog.Category, p *catalog.Product) {
	t.Helper()
	allowed, sizes, at := schemes(t, r), p.Sizes(), -1
	for _, point := range p.Measures.Points {
		i := slices.Index(r.Plan.Points(), point)
		if i <= at {
			t.Errorf("%s measures %v against the plan %v", p.Slug, p.Measures.Points, r.Plan.Points())
		}
		at = i
	}
	if len(p.Measures.Rows) != len(sizes) || len(p.Measures.Points) < 2 {
		t.Fatalf("%s measures %d of %d sizes at %v", p.Slug, len(p.Measures.Rows), len(sizes), p.Measures.Points)
	}
	for i, row := range p.Measures.Rows {
		if row.Size != sizes[i].Label || !slices.Contains(allowed, row.Size) || len(row.MM) != len(p.Measures.Points) {
			t.Errorf("%s: row %+v for size %s of %q", p.Slug, row, sizes[i].Label, r.Sizes)
		}
		for j, mm := range row.MM {
			if mm < 8 || mm > 2000 || i > 0 && (mm < p.Measures.Rows[i-1].MM[j] || j == 0 && mm == p.Measures.Rows[i-1].MM[j]) {
				t.Errorf("%s: %s of size %s is %d", p.Slug, p.Measures.Points[j], row.Size, mm)
			}
		}
	}
}

func TestSleevelessHasNoSleeve(t *testing.T) {
	for i, it := range all(t) {
		a := base().articles[i]
		has := slices.Contains(it.Product.Measures.Points, catalog.SleeveL)
		if has && a.cut.Sleeve == draw.Sleeveless {
			t.Errorf("%s has no sleeves to measure", it.Product.Slug)
		}
	}
}

func TestRelated(t *testing.T) {
	items := all(t)
	for _, it := range items {
		p := it.Product
		if n := len(p.Related); n < 3 || n > 4 {
			t.Errorf("%s goes with %v", p.Slug, p.Related)
		}
		for i, id := range p.Related {
			if id < 1 || id > int64(len(items)) || id == p.ID || slices.Contains(p.Related[:i], id) {
				t.Errorf("%s goes with %v", p.Slug, p.Related)
			} else if items[id-1].Product.Category == p.Category {
				t.Errorf("%s goes with %s of its own leaf", p.Slug, items[id-1].Product.Slug)
			}
		}
	}
}

func TestSales(t *testing.T) {
	now := until.AddDate(0, 0, 21)
	n := 0
	for _, it := range all(t) {
		for _, v := range it.Product.Variants {
			if v.Regular < v.Price || v.ListPrice < v.Regular || v.At(now) != v {
				t.Errorf("%s: %+v", v.SKU, v)
			}
		}
		if it.Product.Variants[0].Sale.Price > 0 {
			n++
		}
	}
	if n < 4 || n > 16 {
		t.Errorf("%d products are in the dated sale", n)
	}
}

func TestWeights(t *testing.T) {
	seen := map[int64]bool{}
	for _, it := range all(t) {
		w := it.Product.Weight
		if w < 0 || w > 900 {
			t.Errorf("%s weighs %d", it.Product.Slug, w)
		}
		seen[w] = true
	}
	if len(seen) < 80 {
		t.Errorf("only %d different weights", len(seen))
	}
}

// TestNothingLooksAlike draws every article in one neutral colour: what looks the same in a leaf is the same thing twice.
func TestNothingLooksAlike(t *testing.T) {
	for leaf, ids := range base().leaves {
		seen := map[string]string{}
		for _, id := range ids {
			a := base().articles[id-1]
			s := a.cut
			s.Color, s.Accent = "#8d8e90", "#eae0cb"
			svg := string(draw.Garment(s))
			if other, ok := seen[svg]; ok {
				t.Errorf("%s: %s looks like %s", leaf, a.stem, other)
			}
			seen[svg] = a.stem
		}
	}
}

// TestNearlyAlikeHaveOtherColors holds articles of one leaf whose cuts differ in details only to main colours that are clearly different.
func TestNearlyAlikeHaveOtherColors(t *testing.T) {
	for leaf, ids := range base().leaves {
		for i, x := range ids {
			for _, y := range ids[:i] {
				a, b := base().articles[x-1], base().articles[y-1]
				if !rough(a.cut, b.cut) {
					continue
				}
				if d := apart(color(strings.Fields(a.colors)[0]).Hex, color(strings.Fields(b.colors)[0]).Hex); d < 40 {
					t.Errorf("%s: %s and %s are nearly the same, and their colours are %d apart", leaf, a.stem, b.stem, d)
				}
			}
		}
	}
}

// rough reports whether two cuts have the same silhouette and cloth.
func rough(a, b draw.Spec) bool {
	a.Trait, b.Trait, a.Pocket, b.Pocket = 0, 0, "", ""
	return a == b
}

// apart is the sum of the differences of red, green and blue.
func apart(x, y string) int {
	sum := 0
	for i := 1; i < 7; i += 2 {
		p, _ := strconv.ParseInt(x[i:i+2], 16, 32)
		q, _ := strconv.ParseInt(y[i:i+2], 16, 32)
		sum += max(int(p-q), int(q-p))
	}
	return sum
}

func TestBanners(t *testing.T) {
	tree := catalog.NewTree(Categories())
	paths := newUnique(t, "path")
	if len(Banners()) < 4 {
		t.Errorf("%d banners", len(Banners()))
	}
	if !reflect.DeepEqual(Banners(), Banners()) {
		t.Error("banners are drawn in two ways")
	}
	for _, b := range Banners() {
		paths.add(b.Path, b.Link)
		paths.add(b.TallPath, b.Link)
		plain(t, b.Path, b.SVG)
		plain(t, b.TallPath, b.TallSVG)
		bilingual(t, b.Path+" alt", b.Alt)
		bilingual(t, b.Path+" title", b.Title)
		bilingual(t, b.Path+" text", b.Text)
		if _, ok := tree.Find(strings.TrimPrefix(b.Link, "/c/")); !ok || len(b.SVG) > 24<<10 || len(b.TallSVG) > 24<<10 {
			t.Errorf("%s leads to %s and has %d and %d bytes", b.Path, b.Link, len(b.SVG), len(b.TallSVG))
		}
	}
}

func TestMoreItems(t *testing.T) {
	tree := catalog.NewTree(Categories())
	slugs, names, skus, times := newUnique(t, "slug"), newUnique(t, "name"), newUnique(t, "SKU"), newUnique(t, "CreatedAt")
	pictures := map[string]bool{}
	n := 0
	for it := range Items(5000) {
		n++
		p := it.Product
		if p.ID != int64(n) {
			t.Fatalf("ID %d at place %d", p.ID, n)
		}
		slugs.add(p.Slug, p.Slug)
		names.add(p.Name.KO, p.Slug)
		names.add(p.Name.EN, p.Slug)
		times.add(p.CreatedAt.String(), p.Slug)
		for _, v := range p.Variants {
			skus.add(v.SKU, p.Slug)
		}
		if n <= Count(0) {
			if !reflect.DeepEqual(all(t)[n-1], it) {
				t.Fatalf("%s is not what it is in the base catalogue", p.Slug)
			}
			for _, pic := range it.Pictures {
				pictures[pic.Path] = true
			}
			continue
		}
		facts(t, tree, &p)
		measures(t, tree.Rules(p.Category), &p)
		if n%50 == 0 {
			bilingual(t, p.Slug, p.Name)
			bilingual(t, p.Slug, p.Description)
		}
		if len(it.Pictures) > 0 || len(p.Variants) < 2 || len(p.Variants) > 8 || p.Variants[0].Price%100 != 0 {
			t.Errorf("%s has %d pictures and %d SKUs at %d", p.Slug, len(it.Pictures), len(p.Variants), p.Variants[0].Price)
		}
		for _, img := range p.Images {
			if !pictures[img.Path] {
				t.Errorf("%s shows %s, which nobody drew", p.Slug, img.Path)
			}
		}
	}
	if n != 5000 || Count(5000) != 5000 {
		t.Errorf("%d items, Count says %d", n, Count(5000))
	}
}

func TestFewItems(t *testing.T) {
	for it := range Items(20) {
		for _, id := range it.Product.Related {
			if id > 20 {
				t.Errorf("%s goes with %d", it.Product.Slug, id)
			}
		}
	}
	if got := Count(Most + 1); got != Most {
		t.Errorf("Count(%s) = %d", strconv.Itoa(Most+1), got)
	}
}

// BenchmarkItems makes 100,000 items, of which only the base catalogue is drawn.
func BenchmarkItems(b *testing.B) {
	for range b.N {
		for range Items(100_000) {
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/100_000, "ns/item")
}
