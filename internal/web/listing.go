package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"myclothes/internal/catalog"
	"myclothes/internal/fault"
	"myclothes/internal/lang"
	"myclothes/internal/money"
	"myclothes/internal/ui"
)

// listing is a page of cards at an address, with what may follow the address. What the path itself says (the category of /c/…, the brand of /b/…) is
// in query but in no parameter.
type listing struct {
	path  string
	fixed string // "category", "brand" or ""
	query catalog.Query
}

// listingOf reads what follows the address. Parameters that make no sense are left out.
func listingOf(r *http.Request, path, fixed string) listing {
	v := r.URL.Query()
	l := listing{path: path, fixed: fixed, query: catalog.Query{
		Text: strings.TrimSpace(v.Get("q")), Sort: catalog.Sort(v.Get("sort")), Cursor: v.Get("cursor"), Colors: several(v["color"]), Sizes: several(v["size"]),
		Brands: several(v["brand"]), OnSale: v.Get("sale") != "", InStock: v.Get("stock") != "", Category: v.Get("category"),
	}}
	l.query.MinPrice, l.query.MaxPrice = band(v.Get("price"))
	if !slices.Contains(catalog.Sorts, l.query.Sort) {
		l.query.Sort = ""
	}
	return l
}

// fromTheStart is the listing's first page, for who comes with a place in it that is none any more: an old link, or one for another order.
func (l listing) fromTheStart() listing {
	l.query.Cursor = ""
	return l
}

// misplaced reports whether a listing was refused for its place alone.
func (l listing) misplaced(err error) bool {
	f := fault.Of(err)
	return l.query.Cursor != "" && f != nil && slices.ContainsFunc(f.Fields, func(x fault.Field) bool { return x.Name == "cursor" })
}

// several returns each value once, in one order, so that an address names a page in one way.
func several(values []string) []string {
	out := slices.DeleteFunc(slices.Clone(values), func(s string) bool { return s == "" || len(s) > 60 })
	slices.Sort(out)
	out = slices.Compact(out)
	return out[:min(len(out), catalog.MaxChoices)]
}

// band reads a range of prices: "30001-50000", "-30000" or "200001-". Anything else is no range.
func band(s string) (low, high money.Amount) {
	from, to, ok := strings.Cut(s, "-")
	if !ok {
		return 0, 0
	}
	a, err := strconv.ParseInt(cmp.Or(from, "0"), 10, 64)
	b, err2 := strconv.ParseInt(cmp.Or(to, "0"), 10, 64)
	if err != nil || err2 != nil || a < 0 || b < 0 {
		return 0, 0
	}
	return money.Amount(a), money.Amount(b)
}

func bandOf(q catalog.Query) string {
	if q.MinPrice == 0 && q.MaxPrice == 0 {
		return ""
	}
	to := ""
	if q.MaxPrice > 0 {
		to = strconv.FormatInt(int64(q.MaxPrice), 10)
	}
	return strconv.FormatInt(int64(q.MinPrice), 10) + "-" + to
}

// values returns what follows the address, but for the place in the listing.
func (l listing) values() url.Values {
	v, q := url.Values{}, l.query
	set := func(name, value string) {
		if value != "" {
			v.Set(name, value)
		}
	}
	set("q", q.Text)
	set("price", bandOf(q))
	if q.Sort != "" && q.Sort != catalog.Sorts[0] {
		set("sort", string(q.Sort))
	}
	if q.OnSale {
		v.Set("sale", "1")
	}
	if q.InStock {
		v.Set("stock", "1")
	}
	for name, all := range map[string][]string{"color": q.Colors, "size": q.Sizes, "brand": q.Brands} {
		if len(all) > 0 && l.fixed != name {
			v[name] = all
		}
	}
	if l.fixed != "category" {
		set("category", q.Category)
	}
	return v
}

// address returns the listing's address. Values are in one order, so that it names the page in the cache as well.
func (l listing) address() string {
	v := l.values()
	if l.query.Cursor != "" {
		v.Set("cursor", l.query.Cursor)
	}
	if len(v) == 0 {
		return l.path
	}
	return l.path + "?" + v.Encode()
}

// with returns the address of the first page of a listing that differs.
func (l listing) with(change func(*catalog.Query)) string {
	l.query.Cursor = ""
	change(&l.query)
	return l.address()
}

// filtered reports whether anything but the path, the words and the order chooses.
func (l listing) filtered() bool {
	v := l.values()
	v.Del("q")
	v.Del("sort")
	return len(v) > 0
}

// filters shows what the listing can be narrowed by.
func (l listing) filters(t ui.Words, f catalog.Facets, brands map[string]lang.Text) ui.Filters {
	q := l.query
	out := ui.Filters{
		Action: t.To(l.path), Clear: t.To(l.with(l.clear)), Chosen: l.chips(t, brands),
		Colors: choices(f.Colors, q.Colors, func(v string) string { return t.Family(catalog.Family(v)) }),
		Prices: choices(f.Prices, []string{bandOf(q)}, func(v string) string { return t.Band(band(v)) }),
		Sizes:  ui.BySystem(t, choices(f.Sizes, q.Sizes, func(v string) string { return v })),
		Sale:   ui.Choice{Count: f.OnSale, Chosen: q.OnSale}, Stock: ui.Choice{Count: f.InStock, Chosen: q.InStock},
	}
	if l.fixed != "brand" {
		out.Brands = choices(f.Brands, q.Brands, func(v string) string { return cmp.Or(t.T(brands[v]), v) })
	}
	for _, name := range []string{"q", "sort", "category"} {
		if s := l.values().Get(name); s != "" {
			out.Hidden = append(out.Hidden, ui.Hidden{Name: name, Value: s})
		}
	}
	return out
}

// clear takes back every choice but the words, the order and what the path says.
func (l listing) clear(q *catalog.Query) {
	kept := catalog.Query{Text: q.Text, Sort: q.Sort}
	switch l.fixed {
	case "category":
		kept.Category = q.Category
	case "brand":
		kept.Brands = q.Brands
	}
	*q = kept
}

func choices(all []catalog.Count, chosen []string, text func(string) string) []ui.Choice {
	out := make([]ui.Choice, len(all))
	for i, c := range all {
		out[i] = ui.Choice{Value: c.Value, Text: text(c.Value), Count: c.Products, Chosen: slices.Contains(chosen, c.Value)}
	}
	return out
}

// chips are the choices made, each leading to the listing without it.
func (l listing) chips(t ui.Words, brands map[string]lang.Text) []ui.Link {
	var out []ui.Link
	add := func(text string, change func(*catalog.Query)) {
		out = append(out, ui.Link{Address: t.To(l.with(change)), Text: text})
	}
	for _, v := range l.query.Colors {
		add(t.Family(catalog.Family(v)), func(n *catalog.Query) { n.Colors = without(n.Colors, v) })
	}
	for _, v := range l.query.Sizes {
		add(t.Say("사이즈 ", "Size ")+v, func(n *catalog.Query) { n.Sizes = without(n.Sizes, v) })
	}
	if l.fixed != "brand" {
		for _, v := range l.query.Brands {
			add(cmp.Or(t.T(brands[v]), v), func(n *catalog.Query) { n.Brands = without(n.Brands, v) })
		}
	}
	if bandOf(l.query) != "" {
		add(t.Band(l.query.MinPrice, l.query.MaxPrice), func(n *catalog.Query) { n.MinPrice, n.MaxPrice = 0, 0 })
	}
	if l.query.OnSale {
		add(t.Say("세일", "On sale"), func(n *catalog.Query) { n.OnSale = false })
	}
	if l.query.InStock {
		add(t.Say("품절 제외", "In stock"), func(n *catalog.Query) { n.InStock = false })
	}
	return out
}

// without returns all but one value.
func without(all []string, value string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(s string) bool { return s == value })
}
