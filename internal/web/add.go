package web

import (
	"net/http"
	"net/url"
	"strconv"

	"myclothes/internal/cart"
	"myclothes/internal/catalog"
	"myclothes/internal/fault"
	"myclothes/internal/httpx"
	"myclothes/internal/ui"
)

// byScript is the header with which the shop's own script asks for a fragment instead of a page.
const byScript = "X-Fragment"

// addToCart puts the chosen variant into the cart, or says what is wrong: with a page, or with a fragment where the script asks.
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
	priced, sku, err := s.add(w, r, p, c)
	f := fault.Of(err)
	switch {
	case f != nil && (f.Kind == fault.Internal || f.Kind == fault.Unavailable):
		return err
	case r.Header.Get(byScript) != "":
		return s.added(w, r, priced, sku, f)
	case f != nil:
		t := words(r)
		around, err := s.around(r.Context(), p)
		if err != nil {
			return err
		}
		m, v := s.productView(t, p, around, c)
		if err := s.deal(r.Context(), s.shopper(w, r), &m, &v); err != nil {
			return err
		}
		v.Error = t.T(f.Words)
		return own(s, w, r, httpx.Status(f), ui.Product, m, v)
	}
	return goTo(w, r, catalog.Path(p.ID, url.PathEscape(p.Slug))+"?added")
}

// add puts the variant that was chosen into the visitor's cart and returns the cart and the SKU.
func (s *Web) add(w http.ResponseWriter, r *http.Request, p catalog.Product, c choice) (cart.Priced, string, error) {
	n, err := quantity(c.quantity)
	if err != nil {
		return cart.Priced{}, "", err
	}
	v, ok := p.Variant(c.color, c.size)
	switch {
	case c.color == "":
		return cart.Priced{}, "", fault.BadRequest.Saying("색상을 골라 주세요.", "Choose a colour.")
	case c.size == "":
		return cart.Priced{}, "", fault.BadRequest.Saying("사이즈를 골라 주세요.", "Choose a size.")
	case !ok:
		return cart.Priced{}, "", fault.UnknownSKU.Saying("이 색상에는 없는 사이즈예요. 다른 사이즈를 골라 주세요.", "This colour does not come in that size. Choose another.")
	}
	was := httpx.Carried(r)
	priced, next, err := s.Carts.Add(r.Context(), was, v.SKU, n)
	if err == nil {
		s.Visitors.Carry(w, was, next)
	}
	return priced, v.SKU, err
}

// added answers the script with the small cart, or with what is wrong.
func (s *Web) added(w http.ResponseWriter, r *http.Request, priced cart.Priced, sku string, f *fault.Error) error {
	t := words(r)
	v, status := ui.AddedView{Words: t, Priced: priced}, http.StatusOK
	if f != nil {
		v.Error, status = t.T(f.Words), httpx.Status(f)
	}
	for _, l := range priced.Lines {
		v.Count += l.Quantity
		if l.SKU == sku {
			v.Line = l
		}
	}
	v.UntilFree = s.Carts.Policy.UntilFree(priced.Subtotal)
	doc, err := ui.Fragment(ui.Added, t, v)
	if err != nil {
		return err
	}
	w.Header().Set("X-Cart-Count", strconv.Itoa(v.Count))
	return s.write(w, r, status, doc)
}

// quantity reads what was typed into a number field.
func quantity(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0, fault.BadRequest.Saying("수량을 숫자로 입력해 주세요.", "Enter the quantity as a whole number.").Because("%w", err)
	}
	return n, nil
}
