package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/company"
	"myclothes/internal/fault"
	"myclothes/internal/lang"
	"myclothes/internal/ui"
)

var sortNames = map[catalog.Sort]lang.Text{
	catalog.Best:      {KO: "추천순", EN: "Recommended"},
	catalog.Newest:    {KO: "신상품순", EN: "Newest"},
	catalog.PriceUp:   {KO: "낮은 가격순", EN: "Price: low to high"},
	catalog.PriceDown: {KO: "높은 가격순", EN: "Price: high to low"},
	catalog.MostOff:   {KO: "할인율순", EN: "Biggest reduction"},
}

// sortName names an order. Best means what fits best where something was searched for.
func sortName(t ui.Words, s catalog.Sort, kind string) string {
	if s == catalog.Best && kind == "search" {
		return t.Say("정확도순", "Best match")
	}
	return t.T(sortNames[s])
}

// productID reads the number that begins a product's address, "12" or "12-oxford-shirt".
func productID(r *http.Request) (int64, error) {
	number, _, _ := strings.Cut(r.PathValue("id"), "-")
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil || id <= 0 {
		return 0, fault.NoSuchPage
	}
	return id, nil
}

// choice is what the visitor chose on a product's page.
type choice struct{ color, size, quantity string }

func (s *Web) product(w http.ResponseWriter, r *http.Request) error {
	id, err := productID(r)
	if err != nil {
		return err
	}
	b, said := s.shopper(w, r), done{r.URL.Query().Has("added"), wishWord(r)}
	look := s.productLook(id, b, said)
	var doc ui.Doc
	if b.Business() { // its prices are its own: the page is not kept
		w.Header().Set("Cache-Control", "no-store")
		doc, err = made(r, look)
	} else {
		doc, err = s.keep(r, fmt.Sprintf("/products/%d %t %s", id, said.added, said.wished), look)
	}
	if err != nil {
		return err
	}
	return s.writeAt(w, r, id, doc)
}

// done is what the address says that the visitor has just done.
type done struct {
	added  bool
	wished string // see wishWord
}

// productLook finds what a product's page says to a buyer.
func (s *Web) productLook(id int64, b company.Buyer, said done) look {
	return func(ctx context.Context, t ui.Words) (sight, error) {
		p, err := s.Catalog.Product(ctx, id)
		if err != nil {
			return sight{}, err
		}
		around, err := s.around(ctx, p)
		version := catalog.Together(p.Version, around.tree.Version(), catalog.CardsVersion(around.related))
		return sight{version, func() (ui.Doc, error) {
			m, v := s.productView(t, p, around, choice{quantity: "1"})
			v.Added, v.Wished = said.added, said.wished
			if err := s.deal(ctx, b, &m, &v); err != nil {
				return ui.Doc{}, err
			}
			return ui.Render(s.Site, ui.Product, m, v)
		}}, err
	}
}

// writeAt sends a product's page, or leads to its address where it was asked for under another.
func (s *Web) writeAt(w http.ResponseWriter, r *http.Request, id int64, doc ui.Doc) error {
	if doc.Path != r.URL.EscapedPath() {
		to := words(r).To(doc.Path)
		if r.URL.RawQuery != "" {
			to += "?" + r.URL.RawQuery
		}
		http.Redirect(w, r, to, http.StatusMovedPermanently)
		return nil
	}
	s.Visitors.See(w, r, id)
	return s.write(w, r, http.StatusOK, doc)
}

// wishWord is what the address says has just been done about wishing for the product.
func wishWord(r *http.Request) string {
	for _, word := range []string{"wished", "unwished"} {
		if r.URL.Query().Has(word) {
			return word
		}
	}
	return ""
}

// around is what a product's page shows besides the product.
type around struct {
	tree    catalog.Tree
	related []catalog.Card
}

func (s *Web) around(ctx context.Context, p catalog.Product) (around, error) {
	tree, err := s.Catalog.Tree(ctx)
	if err != nil {
		return around{}, err
	}
	related, err := s.Catalog.Cards(ctx, p.Related)
	return around{tree, related}, err
}

func (s *Web) productView(t ui.Words, p catalog.Product, a around, c choice) (ui.Meta, ui.ProductView) {
	m := meta(t, a.tree, catalog.Path(p.ID, url.PathEscape(p.Slug)), p.Name.KO, p.Name.EN)
	path, rules := a.tree.PathTo(p.Category), a.tree.Rules(p.Category)
	if len(path) > 0 {
		m.Here = path[0].Slug
	}
	card := p.Card()
	stopped := p.Status != catalog.OnSale
	v := ui.ProductView{
		Words: t, Product: p, Crumbs: crumbs(t, path), BrandAddress: t.To("/b/" + url.PathEscape(p.Brand.Slug)),
		Price: card.Price, ListPrice: card.ListPrice, SaleEnds: saleEnds(p), Choices: colors(t, p, c.color), Sizes: sizes(p, c.size), Plan: rules.Plan, Notice: rules.Notice,
		Add: t.To("/products/" + strconv.FormatInt(p.ID, 10) + "/cart"), Wish: t.To("/products/" + strconv.FormatInt(p.ID, 10) + "/wish"), Quantity: c.quantity, SoldOut: card.SoldOut || stopped, Stopped: stopped,
		With: cards(t, a.related, 0), Policy: s.Facts,
	}
	v.Gallery = gallery(t, p, v.Choices)
	for i := range v.Crumbs {
		v.Crumbs[i].Here = false // the page is the product's own
	}
	m.Description, m.Kind, m.Share, m.Preload = t.T(p.Description), "product", card.Image.Path, card.Image.Path
	m.Linked = []any{s.Site.ProductGroup(v), s.Site.Breadcrumbs(t, v.Crumbs)}
	return m, v
}

// saleEnds returns when the price that the page shows goes up again; the zero time if no sale is on.
func saleEnds(p catalog.Product) time.Time {
	price := p.Card().Price
	for _, v := range p.Variants {
		if v.Price == price && v.Sale.Price == price && v.Regular > price {
			return v.Sale.Until
		}
	}
	return time.Time{}
}

// gallery returns the pictures that are shown before anybody chooses: those of the chosen colour, or else of the first, with those that show all colours.
func gallery(t ui.Words, p catalog.Product, choices []ui.ColorChoice) []ui.Photo {
	if len(choices) == 0 {
		return nil
	}
	i := max(0, slices.IndexFunc(choices, func(c ui.ColorChoice) bool { return c.Chosen }))
	return photos(t, p, choices[i].Code)
}

// photos returns the pictures of a colour and those that show all colours.
func photos(t ui.Words, p catalog.Product, color string) []ui.Photo {
	var out []ui.Photo
	for _, i := range p.Images {
		if i.Color == color || i.Color == "" {
			out = append(out, ui.Photo{Path: i.Path, Src: t.Picture(i.Path), Set: t.Sources(i.Path), Alt: t.T(i.Alt)})
		}
	}
	return out
}

// colors lists the product's colours. Where there is one, it is chosen; else the visitor chooses.
func colors(t ui.Words, p catalog.Product, chosen string) []ui.ColorChoice {
	all := p.Colors()
	out := make([]ui.ColorChoice, len(all))
	for i, c := range all {
		out[i] = ui.ColorChoice{Color: c, Chosen: c.Code == chosen || len(all) == 1, SoldOut: true, Photos: photos(t, p, c.Code)}
		for _, v := range p.Variants {
			if v.Color.Code == c.Code && !v.SoldOut() {
				out[i].SoldOut = false
			}
		}
		for _, img := range p.Images {
			if img.Color == c.Code && out[i].Picture == "" {
				out[i].Picture = t.Thumb(img.Path)
			}
		}
	}
	return out
}

func sizes(p catalog.Product, chosen string) []ui.SizeChoice {
	all := p.Sizes()
	out := make([]ui.SizeChoice, len(all))
	for i, size := range all {
		left := []string{}
		out[i] = ui.SizeChoice{Label: size.Label, Chosen: size.Label == chosen || len(all) == 1, SoldOut: true}
		for _, v := range p.Variants {
			if v.Size.Label == size.Label {
				left = append(left, v.Color.Code+":"+strconv.Itoa(catalog.ShownAs(v.Available)))
				out[i].SoldOut = out[i].SoldOut && v.SoldOut()
			}
		}
		out[i].Left = strings.Join(left, " ")
	}
	return out
}
