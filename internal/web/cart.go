package web

import (
	"net/http"
	"strconv"

	"myclothes/internal/cart"
	"myclothes/internal/fault"
	"myclothes/internal/httpx"
	"myclothes/internal/ui"
)

func (s *Web) cart(w http.ResponseWriter, r *http.Request) error {
	return s.showCart(w, r, http.StatusOK, "")
}

func (s *Web) showCart(w http.ResponseWriter, r *http.Request, status int, problem string) error {
	t := words(r)
	p, err := s.Carts.Open(r.Context(), httpx.Carried(r))
	if err != nil {
		return err
	}
	m, _, err := s.frame(r.Context(), t, "/cart", "장바구니", "Cart")
	if err != nil {
		return err
	}
	v := ui.CartView{Words: t, Priced: p, UntilFree: s.Carts.Policy.UntilFree(p.Subtotal), Buyable: p.Buyable(), Error: problem, Seen: seenFields(p.Lines)}
	return own(s, w, r, status, ui.Cart, m, v)
}

func (s *Web) setLine(w http.ResponseWriter, r *http.Request) error {
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	was := httpx.Carried(r)
	n, err := quantity(r.PostForm.Get("quantity"))
	if err == nil {
		var next cart.Carried
		if _, next, err = s.Carts.Set(r.Context(), was, r.PathValue("sku"), n); err == nil {
			s.Visitors.Carry(w, was, next)
			return goTo(w, r, "/cart")
		}
	}
	if f := fault.Of(err); f.Kind != fault.Internal && f.Kind != fault.Unavailable {
		return s.showCart(w, r, httpx.Status(f), text(words(r), err))
	}
	return err
}

// seenFields carry the prices that a page shows to the next page, which compares them: seen=SKU:39000.
func seenFields(lines []cart.PricedLine) []ui.Hidden {
	var out []ui.Hidden
	for _, l := range lines {
		if l.OnSale {
			out = append(out, ui.Hidden{Name: "seen", Value: l.SKU + ":" + strconv.FormatInt(int64(l.Price), 10)})
		}
	}
	return out
}
