package api

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"myclothes/internal/catalog"
	"myclothes/internal/fault"
	"myclothes/internal/httpx"
	"myclothes/internal/lang"
	"myclothes/internal/money"
)

type nameJSON struct {
	Slug string `json:"slug"`
	Name string `json:"name"`
}

type cardJSON struct {
	ID        int64        `json:"id"`
	Slug      string       `json:"slug"`
	Name      string       `json:"name"`
	Brand     nameJSON     `json:"brand"`
	Category  string       `json:"category"`
	Price     money.Amount `json:"price"`
	ListPrice money.Amount `json:"list_price"`
	Currency  string       `json:"currency"`
	Image     string       `json:"image"`
	SoldOut   bool         `json:"sold_out"`
}

type pageJSON struct {
	Products []cardJSON `json:"products"`
	Next     *string    `json:"next_cursor"` // null on the last page
	Total    int        `json:"total"`
}

type optionsJSON struct {
	Color string `json:"color"`
	Size  string `json:"size"`
}

type variantJSON struct {
	SKU       string       `json:"sku"`
	Options   optionsJSON  `json:"options"`
	Price     money.Amount `json:"price"`
	Available int          `json:"available"`
}

type productJSON struct {
	cardJSON
	Description string        `json:"description"`
	Images      []string      `json:"images"`
	Variants    []variantJSON `json:"variants"`
}

type categoryJSON struct {
	Slug     string         `json:"slug"`
	Name     string         `json:"name"`
	Children []categoryJSON `json:"children"`
}

func card(c catalog.Card, t lang.Tag) cardJSON {
	return cardJSON{
		ID: c.ID, Slug: c.Slug, Name: c.Name.In(t), Brand: nameJSON{c.Brand.Slug, c.Brand.Name.In(t)}, Category: c.Category,
		Price: c.Price, ListPrice: c.ListPrice, Currency: money.Currency, Image: picture(c.Image.Path), SoldOut: c.SoldOut,
	}
}

// picture returns the address of a picture, or "" where there is none.
func picture(path string) string {
	if path == "" {
		return ""
	}
	return "/media/" + catalog.PictureFile(path, 800)
}

func (a *API) products(w http.ResponseWriter, r *http.Request) error {
	q, err := query(r.URL.Query())
	if err != nil {
		return err
	}
	page, err := a.Catalog.List(r.Context(), q)
	if err != nil {
		return err
	}
	out := pageJSON{Products: make([]cardJSON, len(page.Cards)), Total: page.Total}
	for i, c := range page.Cards {
		out.Products[i] = card(c, httpx.Lang(r))
	}
	if page.Next != "" {
		out.Next = &page.Next
	}
	return reply(w, http.StatusOK, out)
}

func query(v url.Values) (catalog.Query, error) {
	q := catalog.Query{
		Category: v.Get("category"), Brands: several(v["brand"]), Text: v.Get("q"), Colors: several(v["color"]), Sizes: several(v["size"]),
		OnSale: v.Get("sale") == "true", InStock: v.Get("in_stock") == "true", Sort: catalog.Sort(v.Get("sort")), Cursor: v.Get("cursor"),
	}
	f := fault.BadRequest
	f = amount(f, v, "min_price", &q.MinPrice)
	f = amount(f, v, "max_price", &q.MaxPrice)
	if s := v.Get("limit"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n > catalog.MaxLimit {
			f = f.At("limit", "1에서 100 사이의 숫자여야 해요.", "A number from 1 to 100.")
		}
		q.Limit = n
	}
	if len(f.Fields) > 0 {
		return q, f
	}
	return q, nil
}

// several returns the values of a parameter that may be given more than once; an empty one says nothing.
func several(values []string) []string {
	out := slices.DeleteFunc(slices.Clone(values), func(s string) bool { return s == "" })
	return out[:min(len(out), catalog.MaxChoices)]
}

func amount(f *fault.Error, v url.Values, name string, to *money.Amount) *fault.Error {
	s := v.Get(name)
	if s == "" {
		return f
	}
	n, err := money.Parse(s)
	if err != nil {
		return f.At(name, "0 이상의 원 단위 금액이어야 해요.", "A whole, non-negative number of won.")
	}
	*to = n
	return f
}

// Products are asked for one product anew each time: the answer says to the unit how many there are.
type Products interface {
	Product(ctx context.Context, id int64) (catalog.Product, error)
}

func (a *API) product(w http.ResponseWriter, r *http.Request) error {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return fault.NoSuchPage
	}
	p, err := a.Products.Product(r.Context(), id)
	if err != nil {
		return err
	}
	return reply(w, http.StatusOK, product(&p, httpx.Lang(r)))
}

func product(p *catalog.Product, t lang.Tag) productJSON {
	out := productJSON{cardJSON: card(p.Card(), t), Description: p.Description.In(t), Images: []string{}, Variants: []variantJSON{}}
	stopped := p.Status != catalog.OnSale
	out.SoldOut = out.SoldOut || stopped
	for _, i := range p.Images {
		out.Images = append(out.Images, picture(i.Path))
	}
	for _, v := range p.Variants {
		if stopped {
			v.Available = 0
		}
		out.Variants = append(out.Variants, variantJSON{v.SKU, optionsJSON{v.Color.Name.In(t), v.Size.Label}, v.Price, v.Available})
	}
	return out
}

func (a *API) categories(w http.ResponseWriter, r *http.Request) error {
	tree, err := a.Catalog.Tree(r.Context())
	if err != nil {
		return err
	}
	return reply(w, http.StatusOK, map[string]any{"categories": branch(tree, "", httpx.Lang(r))})
}

func branch(tree catalog.Tree, slug string, t lang.Tag) []categoryJSON {
	out := []categoryJSON{}
	for _, c := range tree.Children(slug) {
		out = append(out, categoryJSON{c.Slug, c.Name.In(t), branch(tree, c.Slug, t)})
	}
	return out
}

func (a *API) brands(w http.ResponseWriter, r *http.Request) error {
	all, err := a.Catalog.Brands(r.Context())
	if err != nil {
		return err
	}
	out := make([]nameJSON, len(all))
	for i, b := range all {
		out[i] = nameJSON{b.Slug, b.Name.In(httpx.Lang(r))}
	}
	return reply(w, http.StatusOK, map[string]any{"brands": out})
}
