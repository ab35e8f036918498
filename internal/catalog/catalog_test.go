package catalog

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"myclothes/internal/lang"
)

func TestSizesSortByTheirScheme(t *testing.T) {
	for _, scheme := range []Scheme{Alpha, Women, Men, Waist, Shoes, OneFit} {
		sizes := []Size{{"맞춤", len(scheme)}}
		for _, label := range slices.Backward(scheme) {
			sizes = append(sizes, scheme.Size(label))
		}
		SortSizes(sizes)
		for i, label := range scheme {
			if sizes[i].Label != label {
				t.Errorf("%v came out as %v", scheme, sizes)
				break
			}
		}
	}
	if s := Men.Size("XXL"); s.Position != len(Men) {
		t.Errorf("a label outside the scheme is at %d", s.Position)
	}
}

func TestTree(t *testing.T) {
	tree := NewTree([]Category{{Slug: "clothing"}, {Slug: "tops", Parent: "clothing"}, {Slug: "shirts", Parent: "tops"}, {Slug: "tees", Parent: "tops"}, {Slug: "shoes"},
		{Slug: "a", Parent: "b"}, {Slug: "b", Parent: "a"}})
	below := tree.Below("clothing")
	slices.Sort(below)
	if !slices.Equal(below, []string{"clothing", "shirts", "tees", "tops"}) {
		t.Errorf("below clothing: %v", below)
	}
	var path []string
	for _, c := range tree.PathTo("tees") {
		path = append(path, c.Slug)
	}
	if !slices.Equal(path, []string{"clothing", "tops", "tees"}) || tree.PathTo("nothing") != nil {
		t.Errorf("path to tees: %v", path)
	}
	if len(tree.Children("")) != 2 || len(tree.Children("shirts")) != 0 {
		t.Error("children")
	}
	if n := len(tree.PathTo("a")); n > 8 {
		t.Errorf("a circle of categories gave a path of %d", n)
	}
	if n := len(tree.Below("a")); n > 8 {
		t.Errorf("a circle of categories gave %d below", n)
	}
}

func TestProduct(t *testing.T) {
	navy, white := Color{Code: "navy"}, Color{Code: "white"}
	p := Product{ID: 7, Slug: "shirt", Variants: []Variant{
		{SKU: "1", Color: navy, Size: Alpha.Size("M"), Price: 30, ListPrice: 40},
		{SKU: "2", Color: navy, Size: Alpha.Size("2XL"), Price: 20, ListPrice: 40},
		{SKU: "3", Color: white, Size: Alpha.Size("M"), Price: 30, ListPrice: 30, Available: 1},
	}}
	if c := p.Card(); c.Price != 20 || c.ListPrice != 40 || c.SoldOut {
		t.Errorf("card %+v", c)
	}
	if len(p.Colors()) != 2 || len(p.Sizes()) != 2 || p.Sizes()[0].Label != "M" {
		t.Errorf("colours %v, sizes %v", p.Colors(), p.Sizes())
	}
	if v, ok := p.Variant("white", "M"); !ok || v.SKU != "3" {
		t.Errorf("variant %+v", v)
	}
	if _, ok := p.Variant("white", "2XL"); ok {
		t.Error("found a variant that is not made")
	}
	if Path(7, "shirt") != "/products/7-shirt" || Path(7, "") != "/products/7" {
		t.Error("paths")
	}
}

func TestWords(t *testing.T) {
	for in, want := range map[string][]string{
		"":          {},
		"  코튼\t셔츠 ": {"코튼", "셔츠"},
		"OXFORD":    {"oxford"},
		"ＯＸ":        {"ox"},
		"셔츠":        {"셔츠"},
	} {
		if got := Words(in); !slices.Equal(got, want) {
			t.Errorf("Words(%q) = %q, want %q", in, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		words := Words(rapid.String().Draw(t, "text"))
		if len(words) > 8 || slices.ContainsFunc(words, func(w string) bool { return w == "" || Fold(w) != w || strings.ContainsAny(w, " \n\t") }) {
			t.Fatalf("%q", words)
		}
	})
	if (lang.Text{KO: "가"}).In(lang.English) != "가" {
		t.Error("what is not translated is said in Korean")
	}
}
