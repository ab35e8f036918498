package web

import (
	"context"
	"net/http"
	"net/url"

	"myclothes/internal/catalog"
	"myclothes/internal/fault"
	"myclothes/internal/lang"
	"myclothes/internal/ui"
)

// Cards of the first view, whose pictures are loaded at once.
const eagerCards = 4

func (s *Web) home(w http.ResponseWriter, r *http.Request) error {
	return s.public(w, r, "/", func(ctx context.Context, t ui.Words) (sight, error) {
		m, tree, err := s.frame(ctx, t, "/", "매일 입는 옷", "Clothes for every day")
		if err != nil {
			return sight{}, err
		}
		version := []catalog.Version{tree.Version()}
		m.Description = t.Say("셔츠부터 신발까지, 오래 입을 옷을 고르는 온라인 패션 스토어 마이클로즈.", "MyClothes, an online store of clothes, shoes and accessories made to be worn for long.")
		m.Linked = []any{s.Site.Organization(t), s.Site.SearchBox(t)}
		v := ui.HomeView{Words: t}
		for _, section := range []struct {
			query catalog.Query
			to    *[]ui.Card
		}{{catalog.Query{Sort: catalog.Newest}, &v.New}, {catalog.Query{Sort: catalog.Best, InStock: true}, &v.Best}, {catalog.Query{Sort: catalog.MostOff, OnSale: true, InStock: true}, &v.Sale}} {
			section.query.Limit = 8
			page, err := s.Catalog.List(ctx, section.query)
			if err != nil {
				return sight{}, err
			}
			*section.to = cards(t, page.Cards, 0)
			version = append(version, catalog.CardsVersion(page.Cards))
		}
		if v.Banners, err = s.banners(ctx, t); err != nil {
			return sight{}, err
		}
		version = append(version, catalog.VersionOf(v.Banners))
		brands, err := s.Catalog.Brands(ctx)
		for _, b := range brands {
			v.Brands = append(v.Brands, ui.Link{Address: t.To("/b/" + url.PathEscape(b.Slug)), Text: t.T(b.Name)})
		}
		for _, top := range tree.Children("") {
			for _, c := range tree.Children(top.Slug) {
				v.Doors = append(v.Doors, link(t, c))
			}
		}
		return sight{catalog.Together(version...), func() (ui.Doc, error) { return ui.Render(s.Site, ui.Home, m, v) }}, err
	})
}

func (s *Web) banners(ctx context.Context, t ui.Words) ([]ui.Banner, error) {
	all, err := s.Editorial.Banners(ctx)
	out := make([]ui.Banner, len(all))
	for i, b := range all {
		out[i] = ui.Banner{Title: t.T(b.Title), Text: t.T(b.Text), Alt: t.T(b.Alt), Address: t.To(b.Link), Wide: t.Picture(b.Wide), Tall: t.Picture(b.Tall)}
	}
	return out, err
}

func (s *Web) category(w http.ResponseWriter, r *http.Request) error {
	slug := r.PathValue("category")
	l := listingOf(r, "/c/"+url.PathEscape(slug), "category")
	l.query.Category, l.query.Text = slug, ""
	return s.public(w, r, l.address(), func(ctx context.Context, t ui.Words) (sight, error) {
		m, tree, err := s.frame(ctx, t, l.address(), "", "")
		if err != nil {
			return sight{}, err
		}
		path := tree.PathTo(slug)
		if path == nil {
			return sight{}, fault.NoSuchPage
		}
		name := t.T(path[len(path)-1].Name)
		m.Here = path[0].Slug
		m.Description = name + t.Say(" 신상품과 인기 상품을 사이즈, 색상, 가격별로 찾아보세요. 마이클로즈.", ": new and most wanted, by size, colour and price, at MyClothes.")
		v := ui.ListView{Kind: "category", Heading: name, Crumbs: crumbs(t, path)}
		m.Linked = []any{s.Site.Breadcrumbs(t, v.Crumbs)}
		return s.list(ctx, t, l, tree, m, v)
	})
}

func (s *Web) brand(w http.ResponseWriter, r *http.Request) error {
	slug := r.PathValue("brand")
	l := listingOf(r, "/b/"+url.PathEscape(slug), "brand")
	l.query.Brands, l.query.Text = []string{slug}, ""
	return s.public(w, r, l.address(), func(ctx context.Context, t ui.Words) (sight, error) {
		brands, err := s.Catalog.Brands(ctx)
		if err != nil {
			return sight{}, err
		}
		for _, b := range brands {
			if b.Slug == slug {
				m, tree, err := s.frame(ctx, t, l.address(), "", "")
				if err != nil {
					return sight{}, err
				}
				m.Description = t.T(b.Story)
				return s.list(ctx, t, l, tree, m, ui.ListView{Kind: "brand", Heading: t.T(b.Name), Story: t.T(b.Story)})
			}
		}
		return sight{}, fault.NoSuchPage
	})
}

func (s *Web) search(w http.ResponseWriter, r *http.Request) error {
	l := listingOf(r, "/search", "")
	return s.public(w, r, l.address(), func(ctx context.Context, t ui.Words) (sight, error) {
		m, tree, err := s.frame(ctx, t, l.address(), "", "")
		if err != nil {
			return sight{}, err
		}
		m.Search = l.query.Text
		return s.list(ctx, t, l, tree, m, ui.ListView{Kind: "search", Heading: t.Say("검색", "Search"), Query: l.query.Text})
	})
}

// list reads one page of the listing, to be rendered into what its kind has prepared.
func (s *Web) list(ctx context.Context, t ui.Words, l listing, tree catalog.Tree, m ui.Meta, v ui.ListView) (sight, error) {
	var page catalog.Page
	if v.Kind != "search" || len(catalog.Words(l.query.Text)) > 0 {
		var err error
		page, err = s.Catalog.List(ctx, l.query)
		if l.misplaced(err) {
			l = l.fromTheStart()
			m.Path = l.address()
			page, err = s.Catalog.List(ctx, l.query)
		}
		if err != nil {
			return sight{}, err
		}
	}
	brands, err := s.Catalog.Brands(ctx)
	if err != nil {
		return sight{}, err
	}
	version := catalog.Together(page.Version, catalog.CardsVersion(page.Cards), tree.Version())
	return sight{version, func() (ui.Doc, error) { return s.listed(t, l, tree, brandNames(brands), page, m, v) }}, nil
}

// listed renders one page of the listing.
func (s *Web) listed(t ui.Words, l listing, tree catalog.Tree, names map[string]lang.Text, page catalog.Page, m ui.Meta, v ui.ListView) (ui.Doc, error) {
	v.Words, v.Cards, v.Total, v.Filters = t, cards(t, page.Cards, eagerCards), page.Total, l.filters(t, page.Facets, names)
	v.Below = l.narrower(t, tree, page.Facets.Categories)
	v.Instead, v.Dropped = page.Instead, page.Dropped
	l.turn(t, page.Next, &v)
	if v.Kind == "search" && len(v.Cards) == 0 {
		v.Below, v.Ways = nil, s.waysOn(t, tree)
	}
	m.Title = v.Heading
	if v.Query != "" {
		m.Title = v.Query + " · " + v.Heading
	}
	m.Private = v.Kind == "search" || l.filtered() // search engines need not index searches and every combination of filters
	m.Preload = first(v.Cards)
	return ui.Render(s.Site, ui.List, m, v)
}

// turn adds the ways to other pages and orders of the listing.
func (l listing) turn(t ui.Words, next string, v *ui.ListView) {
	if next != "" {
		v.Next = t.To(l.with(func(*catalog.Query) {}))
		n := l
		n.query.Cursor = next
		v.Next = t.To(n.address())
	}
	if l.query.Cursor != "" {
		v.First = t.To(l.with(func(*catalog.Query) {}))
	}
	for _, o := range catalog.Sorts {
		here := o == l.query.Sort || (l.query.Sort == "" && o == catalog.Sorts[0])
		v.Sorts = append(v.Sorts, ui.Link{Address: t.To(l.with(func(q *catalog.Query) { q.Sort = o })), Text: sortName(t, o, v.Kind), Here: here})
	}
}

// narrower are the categories below the one that is shown, with how many products they hold: pages of their own in a category, a choice elsewhere.
func (l listing) narrower(t ui.Words, tree catalog.Tree, counts []catalog.Count) []ui.Choice {
	var out []ui.Choice
	for _, n := range counts {
		c, ok := tree.Find(n.Value)
		if !ok {
			continue
		}
		address := link(t, c).Address
		if l.fixed != "category" {
			address = t.To(l.with(func(q *catalog.Query) { q.Category = c.Slug }))
		}
		out = append(out, ui.Choice{Value: c.Slug, Text: t.T(c.Name), Count: n.Products, Address: address})
	}
	return out
}

// waysOn are what a visitor may want who found nothing.
func (s *Web) waysOn(t ui.Words, tree catalog.Tree) []ui.Link {
	var out []ui.Link
	for _, top := range tree.Children("") {
		for _, c := range tree.Children(top.Slug) {
			out = append(out, link(t, c))
		}
	}
	return out
}

func brandNames(all []catalog.Brand) map[string]lang.Text {
	out := make(map[string]lang.Text, len(all))
	for _, b := range all {
		out[b.Slug] = b.Name
	}
	return out
}

// first returns the picture that the first view needs most; "" without one.
func first(cards []ui.Card) string {
	if len(cards) == 0 {
		return ""
	}
	return cards[0].Image.Path
}

func crumbs(t ui.Words, path []catalog.Category) []ui.Link {
	out := make([]ui.Link, len(path))
	for i, c := range path {
		out[i] = link(t, c)
	}
	if len(out) > 0 {
		out[len(out)-1].Here = true
	}
	return out
}

// suggest answers, while somebody types, with ways on: a fragment of a page.
func (s *Web) suggest(w http.ResponseWriter, r *http.Request) error {
	text := r.URL.Query().Get("q")
	key := "suggest " + catalog.Fold(text)
	return s.public(w, r, key, func(ctx context.Context, t ui.Words) (sight, error) {
		found, err := s.Catalog.Suggest(ctx, text, 8)
		if err != nil {
			return sight{}, err
		}
		v := ui.SuggestView{Words: t}
		for _, x := range found {
			v.Ways = append(v.Ways, wayOn(t, x))
		}
		return sight{catalog.VersionOf(v), func() (ui.Doc, error) { return ui.Fragment(ui.Suggest, t, v) }}, nil
	})
}

func wayOn(t ui.Words, x catalog.Suggestion) ui.WayOn {
	out := ui.WayOn{Text: t.T(x.Text), Count: x.Products}
	switch {
	case x.Category != "":
		out.Kind, out.Address = t.Say("카테고리", "Category"), t.To("/c/"+url.PathEscape(x.Category))
	case x.Brand != "":
		out.Kind, out.Address = t.Say("브랜드", "Brand"), t.To("/b/"+url.PathEscape(x.Brand))
	case x.Product != 0:
		out.Kind, out.Address = t.Say("상품", "Item"), t.Item(x.Product, x.Slug)
	default:
		out.Address = t.To("/search?q=" + url.QueryEscape(out.Text))
	}
	return out
}
