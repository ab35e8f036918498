package web

import (
	"context"
	"net/http"
	"net/url"

	"myclothes/internal/catalog"
	"myclothes/internal/fault"
	"myclothes/internal/ui"
)

// Cards of the first view, whose pictures are loaded at once.
const eagerCards = 4

func (s *Web) home(w http.ResponseWriter, r *http.Request) error {
	return s.public(w, r, "/", func(ctx context.Context, t ui.Words) (ui.Doc, error) {
		m, tree, err := s.frame(ctx, t, "/", "매일 입는 옷", "Clothes for every day")
		if err != nil {
			return ui.Doc{}, err
		}
		m.Description = t.Say("셔츠부터 신발까지, 오래 입을 옷을 고르는 온라인 패션 스토어 마이클로즈.", "MyClothes, an online store of clothes, shoes and accessories made to be worn for long.")
		v := ui.HomeView{Words: t}
		for _, section := range []struct {
			sort  catalog.Sort
			to    *[]ui.Card
			eager int
		}{{catalog.Newest, &v.New, eagerCards}, {catalog.BestSold, &v.Best, 0}, {catalog.MostOff, &v.Sale, 0}} {
			page, err := s.Catalog.List(ctx, catalog.Query{Sort: section.sort, Limit: 8})
			if err != nil {
				return ui.Doc{}, err
			}
			*section.to = cards(t, page.Cards, section.eager)
		}
		brands, err := s.Catalog.Brands(ctx)
		if err != nil {
			return ui.Doc{}, err
		}
		for _, b := range brands {
			v.Brands = append(v.Brands, ui.Link{Address: t.To("/b/" + url.PathEscape(b.Slug)), Text: t.T(b.Name)})
		}
		for _, c := range tree.Children("") {
			v.Tops = append(v.Tops, link(t, c))
		}
		return ui.Render(s.Site, ui.Home, m, v)
	})
}

// listing is a page of cards at an address, with what may follow the address.
type listing struct {
	path  string
	query catalog.Query
}

func listingOf(r *http.Request, path string) listing {
	v := r.URL.Query()
	return listing{path, catalog.Query{Text: v.Get("q"), Sort: catalog.Sort(v.Get("sort")), Cursor: v.Get("cursor")}}
}

// address returns the listing's address in another order or at another place. Only what changes the page is in it, in
// one order, so that it names the page in the cache as well.
func (l listing) address(sort catalog.Sort, cursor string) string {
	v := url.Values{}
	for name, value := range map[string]string{"q": l.query.Text, "sort": string(sort), "cursor": cursor} {
		if value != "" && !(name == "sort" && sort == catalog.Newest) {
			v.Set(name, value)
		}
	}
	if len(v) == 0 {
		return l.path
	}
	return l.path + "?" + v.Encode()
}

func (l listing) key() string { return l.address(l.query.Sort, l.query.Cursor) }

func (s *Web) category(w http.ResponseWriter, r *http.Request) error {
	slug := r.PathValue("category")
	l := listingOf(r, "/c/"+url.PathEscape(slug))
	l.query.Category, l.query.Text = slug, ""
	return s.public(w, r, l.key(), func(ctx context.Context, t ui.Words) (ui.Doc, error) {
		m, tree, err := s.frame(ctx, t, l.key(), "", "")
		if err != nil {
			return ui.Doc{}, err
		}
		path := tree.PathTo(slug)
		if path == nil {
			return ui.Doc{}, fault.NoSuchPage
		}
		v := ui.ListView{Kind: "category", Heading: t.T(path[len(path)-1].Name), Crumbs: crumbs(t, path)}
		for _, c := range tree.Children(slug) {
			v.Below = append(v.Below, link(t, c))
		}
		m.Here = path[0].Slug
		return s.list(ctx, t, l, m, v)
	})
}

func (s *Web) brand(w http.ResponseWriter, r *http.Request) error {
	slug := r.PathValue("brand")
	l := listingOf(r, "/b/"+url.PathEscape(slug))
	l.query.Brand, l.query.Text = slug, ""
	return s.public(w, r, l.key(), func(ctx context.Context, t ui.Words) (ui.Doc, error) {
		brands, err := s.Catalog.Brands(ctx)
		if err != nil {
			return ui.Doc{}, err
		}
		for _, b := range brands {
			if b.Slug == slug {
				m, _, err := s.frame(ctx, t, l.key(), "", "")
				if err != nil {
					return ui.Doc{}, err
				}
				return s.list(ctx, t, l, m, ui.ListView{Kind: "brand", Heading: t.T(b.Name), Story: t.T(b.Story)})
			}
		}
		return ui.Doc{}, fault.NoSuchPage
	})
}

func (s *Web) search(w http.ResponseWriter, r *http.Request) error {
	l := listingOf(r, "/search")
	return s.public(w, r, l.key(), func(ctx context.Context, t ui.Words) (ui.Doc, error) {
		m, _, err := s.frame(ctx, t, l.key(), "", "")
		if err != nil {
			return ui.Doc{}, err
		}
		m.Search = l.query.Text
		return s.list(ctx, t, l, m, ui.ListView{Kind: "search", Heading: t.Say("검색", "Search"), Query: l.query.Text})
	})
}

// list reads one page of the listing and renders it into what its kind has prepared.
func (s *Web) list(ctx context.Context, t ui.Words, l listing, m ui.Meta, v ui.ListView) (ui.Doc, error) {
	var page catalog.Page
	if v.Kind != "search" || len(catalog.Words(l.query.Text)) > 0 {
		var err error
		if page, err = s.Catalog.List(ctx, l.query); err != nil {
			return ui.Doc{}, err
		}
	}
	v.Words, v.Cards, v.Total = t, cards(t, page.Cards, eagerCards), page.Total
	if page.Next != "" {
		v.Next = t.To(l.address(l.query.Sort, page.Next))
	}
	if l.query.Cursor != "" {
		v.First = t.To(l.address(l.query.Sort, ""))
	}
	for _, o := range catalog.Sorts {
		here := o == l.query.Sort || (l.query.Sort == "" && o == catalog.Newest)
		v.Sorts = append(v.Sorts, ui.Link{Address: t.To(l.address(o, "")), Text: t.T(sortNames[o]), Here: here})
	}
	m.Title = v.Heading
	if v.Query != "" {
		m.Title = v.Query + " · " + v.Heading
	}
	m.Private = v.Kind == "search" // search engines need not index searches
	return ui.Render(s.Site, ui.List, m, v)
}

func crumbs(t ui.Words, path []catalog.Category) []ui.Link {
	out := make([]ui.Link, len(path))
	for i, c := range path {
		out[i] = link(t, c)
	}
	return out
}
