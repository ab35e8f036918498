package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"myclothes/internal/catalog"
	"myclothes/internal/fault"
	"myclothes/internal/httpx"
	"myclothes/internal/lang"
	"myclothes/internal/ui"
)

var sortNames = map[catalog.Sort]lang.Text{
	catalog.Newest:    {KO: "신상품순", EN: "Newest"},
	catalog.BestSold:  {KO: "판매순", EN: "Best selling"},
	catalog.PriceUp:   {KO: "낮은 가격순", EN: "Price: low to high"},
	catalog.PriceDown: {KO: "높은 가격순", EN: "Price: high to low"},
	catalog.MostOff:   {KO: "할인율순", EN: "Biggest reduction"},
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
	added := r.URL.Query().Has("added")
	key := "/products/" + strconv.FormatInt(id, 10) + " " + strconv.FormatBool(added)
	doc, err := s.keep(r, key, func(ctx context.Context, t ui.Words) (ui.Doc, error) {
		p, err := s.Catalog.Product(ctx, id)
		if err != nil {
			return ui.Doc{}, err
		}
		m, v, err := s.productView(ctx, t, p, choice{quantity: "1"})
		if err != nil {
			return ui.Doc{}, err
		}
		v.Added = added
		return ui.Render(s.Site, ui.Product, m, v)
	})
	if err != nil {
		return err
	}
	if doc.Path != r.URL.EscapedPath() {
		to := words(r).To(doc.Path)
		if r.URL.RawQuery != "" {
			to += "?" + r.URL.RawQuery
		}
		http.Redirect(w, r, to, http.StatusMovedPermanently)
		return nil
	}
	return s.write(w, r, http.StatusOK, doc)
}

func (s *Web) productView(ctx context.Context, t ui.Words, p catalog.Product, c choice) (ui.Meta, ui.ProductView, error) {
	m, tree, err := s.frame(ctx, t, catalog.Path(p.ID, url.PathEscape(p.Slug)), p.Name.KO, p.Name.EN)
	if err != nil {
		return m, ui.ProductView{}, err
	}
	m.Description = t.T(p.Description)
	path := tree.PathTo(p.Category)
	if len(path) > 0 {
		m.Here = path[0].Slug
	}
	card := p.Card()
	stopped := p.Status != catalog.OnSale
	return m, ui.ProductView{
		Words: t, Product: p, Crumbs: crumbs(t, path), BrandAddress: t.To("/b/" + url.PathEscape(p.Brand.Slug)),
		Price: card.Price, ListPrice: card.ListPrice, Choices: colors(p, c.color), Sizes: sizes(p, c.size),
		Add: t.To("/products/" + strconv.FormatInt(p.ID, 10) + "/cart"), Quantity: c.quantity, SoldOut: card.SoldOut || stopped, Stopped: stopped,
	}, nil
}

// colors lists the product's colours. Where there is one, it is chosen; else the visitor chooses.
func colors(p catalog.Product, chosen string) []ui.ColorChoice {
	all := p.Colors()
	out := make([]ui.ColorChoice, len(all))
	for i, c := range all {
		out[i] = ui.ColorChoice{Color: c, Chosen: c.Code == chosen || len(all) == 1, SoldOut: true}
		for _, v := range p.Variants {
			if v.Color.Code == c.Code && !v.SoldOut() {
				out[i].SoldOut = false
			}
		}
		for _, img := range p.Images {
			if img.Color == c.Code && out[i].Picture == "" {
				out[i].Picture = ui.Words{}.Picture(img.Path)
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
				left = append(left, v.Color.Code+":"+strconv.Itoa(max(0, v.Available)))
				out[i].SoldOut = out[i].SoldOut && v.SoldOut()
			}
		}
		out[i].Left = strings.Join(left, " ")
	}
	return out
}

// addToCart puts the chosen variant into the cart, or shows the page again with what is wrong.
func (s *Web) addToCart(w http.ResponseWriter, r *http.Request) error {
	id, err := productID(r)
	if err != nil {
		return err
	}
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	p, err := s.Catalog.Product(r.Context(), id)
	if err != nil {
		return err
	}
	c := choice{r.PostForm.Get("color"), r.PostForm.Get("size"), r.PostForm.Get("quantity")}
	err = s.add(w, r, p, c)
	if f := fault.Of(err); f != nil && (f.Kind == fault.Internal || f.Kind == fault.Unavailable) {
		return err
	} else if f != nil {
		t := words(r)
		m, v, verr := s.productView(r.Context(), t, p, c)
		if verr != nil {
			return verr
		}
		v.Error = t.T(f.Words)
		return own(s, w, r, httpx.Status(f), ui.Product, m, v)
	}
	return goTo(w, r, catalog.Path(p.ID, url.PathEscape(p.Slug))+"?added")
}

func (s *Web) add(w http.ResponseWriter, r *http.Request, p catalog.Product, c choice) error {
	n, err := quantity(c.quantity)
	if err != nil {
		return err
	}
	v, ok := p.Variant(c.color, c.size)
	switch {
	case c.color == "":
		return fault.BadRequest.Saying("색상을 골라 주세요.", "Choose a colour.")
	case c.size == "":
		return fault.BadRequest.Saying("사이즈를 골라 주세요.", "Choose a size.")
	case !ok:
		return fault.UnknownSKU.Saying("이 색상에는 없는 사이즈예요. 다른 사이즈를 골라 주세요.", "This colour does not come in that size. Choose another.")
	}
	was := s.Cookies.Carried(r)
	_, next, err := s.Carts.Add(r.Context(), was, v.SKU, n)
	if err == nil {
		s.Cookies.Carry(w, was, next)
	}
	return err
}

// quantity reads what was typed into a number field.
func quantity(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0, fault.BadRequest.Saying("수량을 숫자로 입력해 주세요.", "Enter the quantity as a whole number.").Because("%w", err)
	}
	return n, nil
}
