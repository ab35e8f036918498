package web

import (
	"fmt"
	"net/http"
	"strconv"

	"myclothes/internal/cart"
	"myclothes/internal/fault"
	"myclothes/internal/httpx"
	"myclothes/internal/ui"
)

func (s *Web) cart(w http.ResponseWriter, r *http.Request) error {
	return s.showCart(w, r, http.StatusOK, joined(words(r), r.URL.Query().Get("joined")))
}

// joined says what of a guest's cart did not come along when they signed in: so many items, and so many with fewer units.
func joined(t ui.Words, note string) string {
	var left, fewer int
	if _, err := fmt.Sscanf(note, "%d-%d", &left, &fewer); err != nil || left < 0 || fewer < 0 || left+fewer == 0 || left+fewer > cart.MaxLines {
		return ""
	}
	switch {
	case fewer == 0:
		return t.Say(fmt.Sprintf("담아 두신 상품 중 %d개는 품절됐거나 자리가 없어 가져오지 못했어요.", left), fmt.Sprintf("%d of your items did not come along: sold out, or no room in the cart.", left))
	case left == 0:
		return t.Say(fmt.Sprintf("담아 두신 상품 중 %d개는 남은 재고만큼만 가져왔어요.", fewer), fmt.Sprintf("Of %d of your items only as many came along as are left.", fewer))
	}
	return t.Say(fmt.Sprintf("담아 두신 상품 중 %d개는 품절됐거나 자리가 없어 가져오지 못했고, %d개는 남은 재고만큼만 가져왔어요.", left, fewer),
		fmt.Sprintf("%d of your items did not come along, and of %d only as many as are left.", left, fewer))
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
	v := ui.CartView{Words: t, Priced: p, UntilFree: s.Carts.Policy.UntilFree(p.Subtotal), Buyable: p.Buyable(), Error: problem, Seen: seenFields(p.Lines), Recent: s.recent(r), MayQuote: p.Company != ""}
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
