package search

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"myclothes/internal/catalog"
	"myclothes/internal/money"
)

// model answers the same questions by looking at every product.
type model struct {
	tree catalog.Tree
	all  map[int64]catalog.Entry
}

func (m model) within(e catalog.Entry, q catalog.Query) bool {
	path := m.tree.PathTo(e.Category)
	switch {
	case q.Category != "" && !slices.ContainsFunc(path, func(c catalog.Category) bool { return c.Slug == q.Category }),
		len(q.Brands) > 0 && !slices.Contains(q.Brands, e.Brand.Slug),
		q.MinPrice > 0 && e.Price < q.MinPrice, q.MaxPrice > 0 && e.Price > q.MaxPrice,
		q.OnSale && e.Price >= e.ListPrice:
		return false
	}
	if len(q.Colors) == 0 && len(q.Sizes) == 0 && !q.InStock {
		return true
	}
	return slices.ContainsFunc(e.Variants, func(v catalog.EntryVariant) bool {
		return (len(q.Colors) == 0 || slices.ContainsFunc(q.Colors, func(c string) bool { return isColor(v.Color, c) })) &&
			(len(q.Sizes) == 0 || slices.Contains(q.Sizes, v.Size)) && (v.InStock || !q.InStock)
	})
}

func isColor(c catalog.Color, value string) bool {
	if slices.Contains(catalog.Families, catalog.Family(value)) {
		return c.Family() == catalog.Family(value)
	}
	return c.Code == value
}

func (m model) count(q catalog.Query) (n int) {
	for _, e := range m.all {
		if m.within(e, q) {
			n++
		}
	}
	return n
}

// ids returns all that the query chooses, in order.
func (m model) ids(q catalog.Query) []int64 {
	var list []catalog.Entry
	for _, e := range m.all {
		if m.within(e, q) {
			list = append(list, e)
		}
	}
	slices.SortFunc(list, func(a, b catalog.Entry) int { return cmp.Or(ahead(q.Sort, a, b), cmp.Compare(b.ID, a.ID)) })
	var ids []int64
	for _, e := range list {
		ids = append(ids, e.ID)
	}
	return ids
}

func ahead(by catalog.Sort, a, b catalog.Entry) int {
	switch by {
	case catalog.Newest:
		return b.CreatedAt.Compare(a.CreatedAt)
	case catalog.PriceUp:
		return cmp.Compare(a.Price, b.Price)
	case catalog.PriceDown:
		return cmp.Compare(b.Price, a.Price)
	case catalog.MostOff:
		return cmp.Compare(money.Percent(b.Price, b.ListPrice), money.Percent(a.Price, a.ListPrice))
	}
	stock := func(e catalog.Entry) int {
		if slices.ContainsFunc(e.Variants, func(v catalog.EntryVariant) bool { return v.InStock }) {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(stock(a), stock(b)), cmp.Compare(b.Popularity, a.Popularity), b.CreatedAt.Compare(a.CreatedAt))
}

func (m model) facets(q catalog.Query) catalog.Facets {
	var f catalog.Facets
	for _, c := range m.tree.Children(q.Category) {
		other := q
		other.Category = c.Slug
		f.Categories = counted(f.Categories, c.Slug, m.count(other), false)
	}
	brands, sizes := map[string]bool{}, map[string]bool{}
	for _, e := range m.all {
		brands[e.Brand.Slug] = true
		for _, v := range e.Variants {
			sizes[v.Size] = true
		}
	}
	for _, b := range slices.Sorted(maps.Keys(with(brands, q.Brands))) {
		other := q
		other.Brands = []string{b}
		f.Brands = counted(f.Brands, b, m.count(other), slices.Contains(q.Brands, b))
	}
	slices.SortStableFunc(f.Brands, func(a, b catalog.Count) int { return cmp.Compare(b.Products, a.Products) })
	for _, c := range catalog.Families {
		f.Colors = counted(f.Colors, string(c), m.colored(q, string(c)), slices.Contains(q.Colors, string(c)))
	}
	for _, c := range q.Colors {
		if !slices.Contains(catalog.Families, catalog.Family(c)) {
			f.Colors = counted(f.Colors, c, m.colored(q, c), true)
		}
	}
	for _, s := range slices.SortedFunc(maps.Keys(with(sizes, q.Sizes)), catalog.CompareSizes) {
		other := q
		other.Sizes = []string{s}
		f.Sizes = counted(f.Sizes, s, m.count(other), slices.Contains(q.Sizes, s))
	}
	return m.rest(q, f)
}

func (m model) rest(q catalog.Query, f catalog.Facets) catalog.Facets {
	for i, band := range [][2]money.Amount{{0, 30_000}, {30_001, 50_000}, {50_001, 100_000}, {100_001, 200_000}, {200_001, 0}} {
		other := q
		other.MinPrice, other.MaxPrice = band[0], band[1]
		name := []string{"0-30000", "30001-50000", "50001-100000", "100001-200000", "200001-"}[i]
		f.Prices = counted(f.Prices, name, m.count(other), q.MinPrice == band[0] && q.MaxPrice == band[1])
	}
	sale, stock := q, q
	sale.OnSale, stock.InStock = true, true
	f.OnSale, f.InStock = m.count(sale), m.count(stock)
	return f
}

func (m model) colored(q catalog.Query, color string) int {
	q.Colors = []string{color}
	return m.count(q)
}

func with(set map[string]bool, named []string) map[string]bool {
	for _, n := range named {
		set[n] = true
	}
	return set
}

func counted(list []catalog.Count, value string, n int, named bool) []catalog.Count {
	if n == 0 && !named {
		return list
	}
	return append(list, catalog.Count{Value: value, Products: n})
}

// drawEntry makes products of few different values, so that they meet and tie.
func drawEntry(t *rapid.T, id int64) catalog.Entry {
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "entry"), 1))
	pick := func(values ...string) string { return values[r.IntN(len(values))] }
	list := money.Amount(10_000 * (1 + r.IntN(25)))
	e := catalog.Entry{
		ID: id, Category: pick("shirts", "tees", "jackets", "sneakers", "socks", "unheard-of"), Name: text(pick("코튼 셔츠", "울 셔츠", "셔츠"), ""),
		Brand: catalog.Brand{Slug: pick("a", "b", "c")}, Price: list, ListPrice: list, Popularity: int64(r.IntN(3)), CreatedAt: time.UnixMicro(int64(r.IntN(3))),
	}
	if r.IntN(2) == 0 {
		e.Price = list * money.Amount(5+r.IntN(5)) / 10
	}
	for range r.IntN(5) {
		e.Variants = append(e.Variants, catalog.EntryVariant{Color: madeColors[r.IntN(6)], Size: pick("S", "M", "L", "95", "맞춤"), InStock: r.IntN(2) == 0})
	}
	return e
}

func drawQuery(t *rapid.T) catalog.Query {
	some := func(name string, values ...string) []string {
		return rapid.SliceOfNDistinct(rapid.SampledFrom(values), 0, 2, rapid.ID[string]).Draw(t, name)
	}
	price := rapid.SampledFrom([]money.Amount{0, 0, 0, 1, 30_000, 30_001, 50_000, 65_000, 100_001, 200_001, 240_000})
	return catalog.Query{
		Category: rapid.SampledFrom([]string{"", "", "clothing", "tops", "shirts", "shoes", "no-such"}).Draw(t, "category"),
		Brands:   some("brands", "a", "b", "nobody"), Colors: some("colors", "white", "ivory", "cream", "camel", "no-color"), Sizes: some("sizes", "M", "L", "맞춤", "no-size"),
		MinPrice: price.Draw(t, "min"), MaxPrice: price.Draw(t, "max"), OnSale: rapid.Bool().Draw(t, "sale"), InStock: rapid.Bool().Draw(t, "stock"),
		Sort: rapid.SampledFrom(catalog.Sorts).Draw(t, "sort"), Limit: rapid.IntRange(1, 7).Draw(t, "limit"),
	}
}

// TestFindIsWhatLookingAtEveryProductFinds puts and drops, and compares totals, facets and every page with the model.
func TestFindIsWhatLookingAtEveryProductFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := New(madeTree())
		x.few = rapid.SampledFrom([]int{0, 1000}).Draw(t, "few")
		m := model{madeTree(), map[int64]catalog.Entry{}}
		for range rapid.IntRange(1, 6).Draw(t, "batches") {
			change(t, x, m)
		}
		q := drawQuery(t)
		got, err := x.Find(q)
		if err != nil {
			t.Fatal(err)
		}
		if want := m.count(q); got.Total != want || x.Len() != len(m.all) {
			t.Fatalf("%+v finds %d, want %d; %d products, want %d", q, got.Total, want, x.Len(), len(m.all))
		}
		if d := gocmp.Diff(m.facets(q), got.Facets, cmpopts.EquateEmpty()); d != "" {
			t.Fatalf("%+v: facets (-want +got)\n%s", q, d)
		}
		if ids := pages(t, x, q, func() {}); !slices.Equal(ids, m.ids(q)) {
			t.Fatalf("%+v lists %v, want %v", q, ids, m.ids(q))
		}
	})
}

// change applies one batch to both.
func change(t *rapid.T, x *Index, m model) {
	id := rapid.Int64Range(1, 40)
	if rapid.IntRange(0, 3).Draw(t, "drop") == 0 {
		ids := rapid.SliceOfN(id, 0, 10).Draw(t, "dropped")
		x.Drop(ids...)
		for _, id := range ids {
			delete(m.all, id)
		}
		return
	}
	var batch []catalog.Entry
	for _, id := range rapid.SliceOfN(id, 0, 20).Draw(t, "put") {
		batch = append(batch, drawEntry(t, id))
		m.all[id] = batch[len(batch)-1]
	}
	x.Put(batch...)
}

// pages reads all pages, with between after each.
func pages(t *rapid.T, x *Index, q catalog.Query, between func()) []int64 {
	var ids []int64
	for range 1000 {
		f, err := x.Find(q)
		if err != nil {
			t.Fatal(err)
		}
		if len(f.IDs) > q.Limit || f.Next != "" && len(f.IDs) < q.Limit {
			t.Fatalf("a page of %d, limit %d, next %q", len(f.IDs), q.Limit, f.Next)
		}
		ids = append(ids, f.IDs...)
		if f.Next == "" {
			return ids
		}
		q.Cursor = f.Next
		between()
	}
	t.Fatal("pages without end")
	return nil
}

// TestPagesAreStable changes other products between pages: those that stay as they are come once each, in order, with and without text.
func TestPagesAreStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := New(madeTree())
		for id := int64(1); id <= 30; id++ {
			x.Put(drawEntry(t, id))
		}
		q := catalog.Query{Sort: rapid.SampledFrom(catalog.Sorts).Draw(t, "sort"), Limit: rapid.IntRange(1, 5).Draw(t, "limit"),
			Text: rapid.SampledFrom([]string{"", "셔츠", "코튼 셔츠", "셔츠 ivory"}).Draw(t, "text")}
		stays := func(id int64) bool { return id%2 == 0 }
		before := kept(pages(t, x, q, func() {}), stays)
		during := kept(pages(t, x, q, func() {
			id := 2*rapid.Int64Range(0, 20).Draw(t, "changed") + 1
			if rapid.Bool().Draw(t, "drop") {
				x.Drop(id)
				return
			}
			x.Put(drawEntry(t, id))
		}), stays)
		if !slices.Equal(before, during) {
			t.Fatalf("%+v lists %v while others change, want %v", q, during, before)
		}
	})
}

func kept(ids []int64, stays func(int64) bool) []int64 {
	return slices.DeleteFunc(slices.Clone(ids), func(id int64) bool { return !stays(id) })
}

// TestTextIsOrderedAlikeEitherWay compares the two ways in which products are ranked: level by level, and score by score.
func TestTextIsOrderedAlikeEitherWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := New(madeTree())
		for id := int64(1); id <= 40; id++ {
			x.Put(drawEntry(t, id))
		}
		m := x.matched(x.understand(rapid.SampledFrom([]string{"셔츠", "코튼", "ㅅ", "ivory", "ㅋ 셔츠", "셔츠 white ㅋㅌ"}).Draw(t, "text"), lenient), maxTerms)
		levels := levelsOf(m.words)
		n := rapid.IntRange(1, 50).Draw(t, "n")
		var after *key
		for range 3 {
			a, b := x.byLevel(levels, m.docs, after, n), x.byScore(m, m.docs, after, n)
			if !slices.Equal(a, b) {
				t.Fatalf("level by level %v, by score %v", a, b)
			}
			if len(a) == 0 {
				return
			}
			last := x.cursor(byFit, m, a[len(a)-1])
			after = &last.key
		}
	})
}

// TestFiltersNarrowWhatATextFinds keeps its order: whatever else is asked, the rest of what the text finds comes in the same order.
func TestFiltersNarrowWhatATextFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := New(madeTree())
		m := model{madeTree(), map[int64]catalog.Entry{}}
		for range rapid.IntRange(1, 4).Draw(t, "batches") {
			change(t, x, m)
		}
		q := drawQuery(t)
		q.Text = rapid.SampledFrom([]string{"셔츠", "코튼 셔츠", "ㅅㅊ", "tucm", "ivory 셔츠", "쀍뚧꿻 셔츠", "셔츠 95", "m 셔츠 코튼", "셔츠 바지"}).Draw(t, "text")
		all := pages(t, x, catalog.Query{Text: q.Text, Sort: q.Sort, Limit: q.Limit}, func() {})
		want := kept(all, func(id int64) bool { return m.within(m.all[id], q) })
		if got := pages(t, x, q, func() {}); !slices.Equal(got, want) {
			t.Fatalf("%+v lists %v, want %v", q, got, want)
		}
	})
}

func TestCursors(t *testing.T) {
	x := filled(200)
	first, err := x.Find(catalog.Query{Sort: catalog.Newest, Limit: 5})
	if err != nil {
		t.Fatal(err)
	}
	best, _ := x.Find(catalog.Query{Limit: 5})
	fit, _ := x.Find(catalog.Query{Text: "clothing", Limit: 5})
	if first.Next == "" || best.Next == "" || fit.Next == "" {
		t.Fatal("there must be more pages")
	}
	for name, q := range map[string]catalog.Query{
		"other sort": {Sort: catalog.PriceUp, Cursor: first.Next}, "best for text": {Text: "셔츠", Cursor: best.Next}, "text for best": {Cursor: fit.Next},
		"garbage": {Cursor: "garbage"}, "no base64": {Cursor: "%%%"}, "empty object": {Cursor: "e30"}, "long": {Cursor: fmt.Sprintf("%01000d", 1)},
	} {
		if _, err := x.Find(q); !blames(err, "cursor") {
			t.Errorf("%s: %v, want a refusal at cursor", name, err)
		}
	}
	if _, err := x.Find(catalog.Query{Sort: "fit"}); !blames(err, "sort") {
		t.Errorf("an order that nobody may ask for: %v", err)
	}
	if _, err := x.Find(catalog.Query{Sort: catalog.Newest, Cursor: first.Next, Category: "no-such"}); err != nil {
		t.Errorf("a cursor of the same sort is never garbage: %v", err)
	}
}
