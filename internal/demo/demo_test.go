package demo

import (
	"bytes"
	"encoding/xml"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/lang"
)

func all(t *testing.T) []Item {
	t.Helper()
	return drawn()
}

// drawn is the base catalogue, drawn once for all tests, which only read it.
var drawn = sync.OnceValue(func() []Item { return slices.Collect(Items(0)) })

// unique fails on the second sight of a value.
type unique struct {
	t    *testing.T
	what string
	seen map[string]string
}

func newUnique(t *testing.T, what string) unique { return unique{t, what, map[string]string{}} }

func (u unique) add(value, owner string) {
	if other, ok := u.seen[value]; ok {
		u.t.Errorf("%s of %s is already that of %s: %.80q", u.what, owner, other, value)
	}
	u.seen[value] = owner
}

var hangul = regexp.MustCompile(`\p{Hangul}`)

func bilingual(t *testing.T, what string, x lang.Text) {
	t.Helper()
	if !hangul.MatchString(x.KO) || x.EN == "" || hangul.MatchString(x.EN) {
		t.Errorf("%s is not said in both languages: %q / %q", what, x.KO, x.EN)
	}
}

func TestScale(t *testing.T) {
	items, skus := all(t), 0
	for _, it := range items {
		skus += len(it.Product.Variants)
	}
	if len(items) < 240 || skus < 2700 || skus > 3300 || len(items) != Count(0) || len(Brands()) != 24 {
		t.Errorf("%d products with %d SKUs of %d brands; want at least 240 with 2,700 to 3,300 of 24", len(items), skus, len(Brands()))
	}
}

func TestNothingTwice(t *testing.T) {
	slug, name, sku, first := newUnique(t, "slug"), newUnique(t, "name"), newUnique(t, "SKU"), newUnique(t, "first picture")
	path, created, about := newUnique(t, "path"), newUnique(t, "CreatedAt"), newUnique(t, "description")
	for i, it := range all(t) {
		p := it.Product
		if p.ID != int64(i+1) {
			t.Errorf("%s has ID %d, want %d", p.Slug, p.ID, i+1)
		}
		slug.add(p.Slug, p.Slug)
		name.add(p.Name.KO, p.Slug)
		about.add(p.Description.KO, p.Slug)
		created.add(p.CreatedAt.String(), p.Slug)
		first.add(string(it.Pictures[0].SVG), p.Slug)
		for _, v := range p.Variants {
			sku.add(v.SKU, p.Slug)
		}
		for _, pic := range it.Pictures {
			path.add(pic.Path, p.Slug)
		}
	}
}

func TestBothLanguages(t *testing.T) {
	for _, b := range Brands() {
		bilingual(t, b.Slug, b.Name)
		bilingual(t, b.Slug+" story", b.Story)
	}
	for _, c := range Categories() {
		bilingual(t, c.Slug, c.Name)
	}
	for _, it := range all(t) {
		p := it.Product
		bilingual(t, p.Slug, p.Name)
		bilingual(t, p.Slug+" description", p.Description)
		if n := strings.Count(p.Description.KO, "."); n < 2 || n > 4 {
			t.Errorf("%s is described in %d Korean sentences, want 2 to 4", p.Slug, n)
		}
		for _, img := range p.Images {
			bilingual(t, img.Path, img.Alt)
		}
		for _, c := range p.Colors() {
			bilingual(t, p.Slug+" colour "+c.Code, c.Name)
		}
	}
}

func TestTree(t *testing.T) {
	slugs := newUnique(t, "category slug")
	known := map[string]bool{"": true}
	for _, c := range Categories() {
		slugs.add(c.Slug, c.Slug)
		if !known[c.Parent] {
			t.Errorf("%s comes before its parent %s", c.Slug, c.Parent)
		}
		known[c.Slug] = true
		if !regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`).MatchString(c.Slug) {
			t.Errorf("category slug %q", c.Slug)
		}
	}
}

func TestLeavesAreFilled(t *testing.T) {
	tree := catalog.NewTree(Categories())
	filled := map[string]int{}
	for _, it := range all(t) {
		filled[it.Product.Category]++
	}
	for slug := range filled {
		if _, ok := tree.Find(slug); !ok || len(tree.Children(slug)) > 0 {
			t.Errorf("products hang on %q, which is not a leaf", slug)
		}
	}
	for _, c := range Categories() {
		if len(tree.Children(c.Slug)) == 0 && filled[c.Slug] < 4 {
			t.Errorf("leaf %s holds %d products, want at least 4", c.Slug, filled[c.Slug])
		}
	}
}

func TestBrandsAreUsed(t *testing.T) {
	used := map[string]bool{}
	for _, it := range all(t) {
		used[it.Product.Brand.Slug] = true
	}
	for _, b := range Brands() {
		if !used[b.Slug] {
			t.Errorf("brand %s makes nothing", b.Slug)
		}
	}
	if len(used) != len(Brands()) || used[""] {
		t.Errorf("products name %d brands of %d", len(used), len(Brands()))
	}
}

func TestImagesHavePictures(t *testing.T) {
	for _, it := range all(t) {
		p := it.Product
		colors := p.Colors()
		if len(p.Images) != len(it.Pictures) || len(p.Images) != 3*len(colors) || len(colors) > 4 {
			t.Fatalf("%s: %d images, %d pictures, %d colours", p.Slug, len(p.Images), len(it.Pictures), len(colors))
		}
		for i, img := range p.Images {
			side := []string{"front", "back", "detail"}[i%3]
			if img.Path != it.Pictures[i].Path || img.Color != colors[i/3].Code || !strings.HasSuffix(img.Path, img.Color+"-"+side+".svg") {
				t.Errorf("%s: image %+v against picture %s of %s", p.Slug, img, it.Pictures[i].Path, colors[i/3].Code)
			}
		}
	}
}

// TestPicturesAreSmallAndStill holds every picture to 10 KiB and the mean to 6; what any Spec promises is tested in package draw.
func TestPicturesAreSmallAndStill(t *testing.T) {
	sum, n := 0, 0
	for _, it := range all(t) {
		for i, p := range it.Pictures {
			n++
			sum += len(p.SVG)
			if len(p.SVG) > 10<<10 {
				t.Errorf("%s has %d bytes", p.Path, len(p.SVG))
			}
			if i < len(views) { // other colours differ from the first in nothing but colours
				plain(t, p.Path, p.SVG)
			}
		}
	}
	t.Logf("%d pictures, %d bytes", n, sum)
	if sum > n*6<<10 {
		t.Errorf("pictures have %d bytes on average", sum/n)
	}
}

// forbidden is what a picture that is served to strangers must not hold.
var forbidden = []string{"<script", "<text", "href", "<style", "<image", "foreignObject"}

func plain(t *testing.T, path string, svg []byte) {
	t.Helper()
	if err := xml.Unmarshal(svg, new(struct{})); err != nil || !bytes.HasPrefix(svg, []byte("<svg ")) {
		t.Errorf("%s is not well-formed: %v", path, err)
	}
	for _, word := range forbidden {
		if bytes.Contains(svg, []byte(word)) {
			t.Errorf("%s holds %s", path, word)
		}
	}
}

func TestVariants(t *testing.T) {
	sku := regexp.MustCompile(`^[A-Z0-9-]{1,64}$`)
	for _, it := range all(t) {
		p := it.Product
		for i, v := range p.Variants {
			if !sku.MatchString(v.SKU) {
				t.Errorf("SKU %q", v.SKU)
			}
			if i > 0 && p.Variants[i-1].Color.Code == v.Color.Code && p.Variants[i-1].Size.Position >= v.Size.Position {
				t.Errorf("%s: size %s after %s", p.Slug, v.Size.Label, p.Variants[i-1].Size.Label)
			}
		}
	}
}

func TestPrices(t *testing.T) {
	cut, n := 0, 0
	for _, it := range all(t) {
		n++
		v := it.Product.Variants[0]
		for _, w := range it.Product.Variants {
			if w.Price <= 0 || w.Price > w.ListPrice || w.Price*10 < w.ListPrice*5 {
				t.Errorf("%s: %d of %d", w.SKU, w.Price, w.ListPrice)
			}
			if tail := w.Price % 1000; tail != 0 && tail != 900 {
				t.Errorf("%s costs %d", w.SKU, w.Price)
			}
		}
		if v.Price < v.ListPrice {
			cut++
		}
	}
	if cut*100 < n*17 || cut*100 > n*28 {
		t.Errorf("%d of %d products are reduced, want about a fifth", cut, n)
	}
}

func TestStock(t *testing.T) {
	var gone []string
	none, few := 0, 0
	for _, it := range all(t) {
		card := it.Product.Card()
		if card.SoldOut {
			gone = append(gone, card.Slug)
			continue
		}
		for _, v := range it.Product.Variants {
			switch {
			case v.Available < 0 || v.Available > 80:
				t.Errorf("%s has %d", v.SKU, v.Available)
			case v.Available == 0:
				none++
			case v.Available <= 3:
				few++
			}
		}
	}
	if len(gone) < 3 || len(gone) > 8 || none == 0 || few == 0 {
		t.Errorf("sold out: %v; %d variants with none, %d with 1 to 3", gone, none, few)
	}
}

func TestListedWithinTheWindow(t *testing.T) {
	for _, it := range all(t) {
		if c := it.Product.CreatedAt; c.Before(until.Add(-window-time.Minute)) || !c.Before(until) || c.Location() != time.UTC {
			t.Errorf("%s was listed at %s", it.Product.Slug, c)
		}
	}
}

func TestSameEveryTime(t *testing.T) {
	i := 0
	for it := range Items(0) {
		if !reflect.DeepEqual(it, all(t)[i]) {
			t.Errorf("%s is made in two ways", it.Product.Slug)
		}
		i++
	}
}

func TestItemsStopWhenAsked(t *testing.T) {
	n := 0
	for range Items(0) {
		n++
		if n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("%d items", n)
	}
}

func TestOxfordIsFoundAsShirt(t *testing.T) {
	for _, it := range all(t) {
		if p := it.Product; strings.Contains(p.Name.KO, "옥스퍼드 셔츠") && p.Category == "shirts" {
			return
		}
	}
	t.Error("no Oxford shirt")
}

func TestReduced(t *testing.T) {
	for _, c := range []struct{ list, off, want int }{{69_000, 0, 69_000}, {59_000, 30, 41_000}, {74_900, 25, 55_900}, {35_900, 30, 24_900}, {100_000, 40, 60_000}} {
		if got := reduced(c.list, c.off); int(got) != c.want {
			t.Errorf("reduced(%d, %d) = %d, want %d", c.list, c.off, got, c.want)
		}
	}
}

func BenchmarkBase(b *testing.B) {
	for range b.N {
		for range Items(0) {
		}
	}
}
