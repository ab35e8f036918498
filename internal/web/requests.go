package web

import (
	"errors"
	"net/http"
	"strconv"

	"myclothes/internal/business"
	"myclothes/internal/checkout"
	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/httpx"
	"myclothes/internal/payment"
	"myclothes/internal/ui"
)

func count(n int) string { return strconv.Itoa(n) }

// nameOf is how a colleague is called; nothing where they left.
func (s *Web) nameOf(r *http.Request, id customer.ID) string {
	who, _, err := s.Accounts.Store.Customer(r.Context(), id)
	if err != nil {
		return "–"
	}
	return who.Name
}

// ask asks somebody of the company to order what the cart holds.
func (s *Web) ask(w http.ResponseWriter, r *http.Request) error {
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	f := form{r.PostForm}
	was := httpx.Carried(r)
	id, next, err := s.Business.Ask(r.Context(), was, f.request())
	if bad := fault.Of(err); bad != nil {
		if bad.Code == fault.BadRequest.Code {
			return s.showReview(w, r, httpx.Status(bad), f, bad)
		}
		return s.backToCart(w, r, err)
	}
	s.Visitors.Carry(w, was, next)
	return goTo(w, r, "/business/requests/"+id)
}

func (s *Web) request(w http.ResponseWriter, r *http.Request) error {
	return s.showRequest(w, r, http.StatusOK, nil)
}

func (s *Web) showRequest(w http.ResponseWriter, r *http.Request, status int, wrong *fault.Error) error {
	ctx, t, c := r.Context(), words(r), httpx.Carried(r)
	req, q, why, err := s.Business.Request(ctx, c, r.PathValue("id"))
	if err != nil {
		return err
	}
	b, err := s.Business.Buyer(ctx, c)
	if err != nil {
		return err
	}
	m, _, err := s.frame(ctx, t, "/business/requests/"+req.ID, "주문 요청", "Request for an order")
	if err != nil {
		return err
	}
	open := req.State == business.Open
	v := ui.RequestView{Words: t, ID: req.ID, State: t.RequestState(req.State), Open: open, Who: s.nameOf(r, req.Customer), At: t.When(req.AskedAt), Lines: q.Lines, Totals: q.Totals,
		Delivery: req.Wanted.Delivery, Method: req.Wanted.Method, Own: req.Customer == b.Customer, MayApprove: open && why == nil && b.Business() && b.Roles.Approves}
	if req.Number != "" {
		v.Order = t.To("/orders/" + req.Number)
	}
	if why != nil && open {
		v.Why = text(t, why)
	}
	if wrong != nil {
		v.Error = t.T(wrong.Words)
	}
	v.Methods = waysToPay(t, req.Wanted.Method, b)
	v.Agreements = agreements(t, form{r.PostForm}, wrong)
	v.Hidden = append(seenFields(q.Lines), ui.Hidden{Name: "agreed", Value: q.Digest()})
	return own(s, w, r, status, ui.Request, m, v)
}

func (s *Web) approve(w http.ResponseWriter, r *http.Request) error {
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	f := form{r.PostForm}
	var agreed []checkout.Agreement
	for _, a := range f.Values["agreements"] {
		agreed = append(agreed, checkout.Agreement(a))
	}
	got, err := s.Business.Approve(r.Context(), httpx.Carried(r), r.PathValue("id"), payment.Method(f.Get("payment_method")), agreed, f.seen(), httpx.Lang(r))
	if bad := fault.Of(err); bad != nil {
		if bad.Kind == fault.Internal || bad.Kind == fault.Unavailable || bad.Kind == fault.NotFound || errors.Is(bad, fault.Denied) {
			return err
		}
		return s.showRequest(w, r, httpx.Status(bad), bad)
	}
	return toPayment(w, r, got)
}

func (s *Web) closeRequest(w http.ResponseWriter, r *http.Request) error {
	if err := s.Business.Close(r.Context(), httpx.Carried(r), r.PathValue("id")); err != nil {
		if f := fault.Of(err); errors.Is(err, fault.WrongState) {
			return s.showRequest(w, r, httpx.Status(f), f)
		}
		return err
	}
	return goTo(w, r, "/business/requests")
}
