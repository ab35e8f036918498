package web

import (
	"net/http"

	"myclothes/internal/fault"
	"myclothes/internal/httpx"
	"myclothes/internal/ui"
)

func (s *Web) quickOrderForm(w http.ResponseWriter, r *http.Request) error {
	b, err := s.Business.Buyer(r.Context(), httpx.Carried(r))
	if err != nil {
		return err
	}
	if !b.Business() {
		return goTo(w, r, "/business")
	}
	return s.showQuickOrder(w, r, http.StatusOK, ui.QuickOrderView{})
}

func (s *Web) showQuickOrder(w http.ResponseWriter, r *http.Request, status int, v ui.QuickOrderView) error {
	v.Words = words(r)
	m, _, err := s.frame(r.Context(), v.Words, "/business/order", "빠른 주문", "Quick order")
	if err != nil {
		return err
	}
	return own(s, w, r, status, ui.QuickOrder, m, v)
}

// quickOrder puts a list into the cart, or shows it again with every line that is wrong. A file counts before what was typed.
func (s *Web) quickOrder(w http.ResponseWriter, r *http.Request) error {
	file, err := httpx.ParseUpload(w, r, "file")
	if err != nil {
		return err
	}
	list := string(file)
	if list == "" {
		list = r.PostForm.Get("list")
	}
	was := httpx.Carried(r)
	_, wrong, next, err := s.Business.PutList(r.Context(), was, list)
	s.Visitors.Carry(w, was, next)
	f := fault.Of(err)
	switch {
	case f != nil && (f.Kind == fault.Internal || f.Kind == fault.Unavailable || f.Kind == fault.NotFound):
		return err
	case f != nil:
		return s.showQuickOrder(w, r, httpx.Status(f), ui.QuickOrderView{List: list, Error: words(r).T(f.Words)})
	case len(wrong) > 0:
		return s.showQuickOrder(w, r, http.StatusBadRequest, ui.QuickOrderView{List: list, Wrong: wrong})
	}
	return goTo(w, r, "/cart")
}
