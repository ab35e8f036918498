package web

import (
	"net/http"
	"time"

	"myclothes/internal/business"
	"myclothes/internal/fault"
	"myclothes/internal/httpx"
	"myclothes/internal/order"
	"myclothes/internal/payment"
	"myclothes/internal/ui"
)

func (s *Web) businessOrders(w http.ResponseWriter, r *http.Request) error {
	return s.showBusinessOrders(w, r, http.StatusOK, "")
}

func (s *Web) showBusinessOrders(w http.ResponseWriter, r *http.Request, status int, problem string) error {
	ctx, c, t := r.Context(), httpx.Carried(r), words(r)
	b, err := s.Business.Buyer(ctx, c)
	if err != nil {
		return err
	}
	all, err := s.Business.Orders(ctx, c, b, 100)
	if err != nil {
		return err
	}
	v := ui.BusinessView{Error: problem}
	for _, o := range all {
		row := ui.BoughtRow{State: t.Standing(o.Status, o.Payment), Tax: t.TaxState(o.Tax), MayAsk: b.Roles.SeesAll() && o.Tax == "" && o.Method != payment.Card && taxable(o.Status), Due: due(t, o.DueAt, o.Payment),
			OrderRow: ui.OrderRow{Number: o.Number, Address: t.To("/orders/" + o.Number), Image: o.Image, Title: title(t, o.Brief), Status: o.Status, Total: o.Total, At: o.PlacedAt}}
		v.Orders = append(v.Orders, row)
	}
	return s.company(w, r, status, b, "/business/orders", "orders", v)
}

// taxable orders were bought, and not cancelled.
func taxable(s order.Status) bool {
	return s == order.Paid || s == order.Preparing || s == order.Shipped || s == order.Delivered || s == order.Completed
}

// due says until when an order on account is to be paid; "" where nothing is owed.
func due(t ui.Words, at time.Time, s payment.State) string {
	if s != payment.Owed || at.IsZero() {
		return ""
	}
	return t.Day(at)
}

func (s *Web) askTaxInvoice(w http.ResponseWriter, r *http.Request) error {
	err := s.Business.AskTaxInvoice(r.Context(), httpx.Carried(r), r.PathValue("number"))
	if f := fault.Of(err); f != nil {
		if f.Kind != fault.Conflict && f.Kind != fault.Forbidden {
			return err
		}
		return s.showBusinessOrders(w, r, httpx.Status(f), words(r).T(f.Words))
	}
	return goTo(w, r, "/business/orders")
}

func (s *Web) quotes(w http.ResponseWriter, r *http.Request) error {
	b, err := s.Business.Buyer(r.Context(), httpx.Carried(r))
	if err != nil {
		return err
	}
	all, err := s.Business.Quotes(r.Context(), b)
	if err != nil {
		return err
	}
	t := words(r)
	var v ui.BusinessView
	for _, q := range all {
		v.Quotes = append(v.Quotes, ui.QuoteRow{Number: q.Number, Address: t.To("/business/quotes/" + q.Number), At: t.Day(q.MadeAt), Until: t.Day(q.ValidUntil), Total: q.Totals.Total})
	}
	return s.company(w, r, http.StatusOK, b, "/business/quotes", "quotes", v)
}

func (s *Web) makeQuote(w http.ResponseWriter, r *http.Request) error {
	number, err := s.Business.MakeQuote(r.Context(), httpx.Carried(r))
	if err != nil {
		return s.backToCart(w, r, err)
	}
	return goTo(w, r, "/business/quotes/"+number)
}

func (s *Web) quote(w http.ResponseWriter, r *http.Request) error {
	q, who, err := s.Business.Quote(r.Context(), httpx.Carried(r), r.PathValue("number"))
	if err != nil {
		return err
	}
	t := words(r)
	m, _, err := s.frame(r.Context(), t, "/business/quotes/"+q.Number, "견적서 "+q.Number, "Quotation "+q.Number)
	if err != nil {
		return err
	}
	return own(s, w, r, http.StatusOK, ui.Quote, m, ui.QuoteView{Words: t, Quote: q, Seller: s.Site.Seller, Company: who})
}

func (s *Web) requests(w http.ResponseWriter, r *http.Request) error {
	ctx, t := r.Context(), words(r)
	b, err := s.Business.Buyer(ctx, httpx.Carried(r))
	if err != nil {
		return err
	}
	all, err := s.Business.Requests(ctx, b)
	if err != nil {
		return err
	}
	var v ui.BusinessView
	for _, q := range all {
		v.Requests = append(v.Requests, ui.RequestRow{Address: t.To("/business/requests/" + q.ID), Who: s.nameOf(r, q.Customer), State: t.RequestState(q.State), At: t.When(q.AskedAt), Title: asked(t, q)})
	}
	return s.company(w, r, http.StatusOK, b, "/business/requests", "requests", v)
}

func asked(t ui.Words, q business.Request) string {
	n := 0
	for _, l := range q.Lines {
		n += l.Quantity
	}
	return t.Say(count(len(q.Lines))+"종 "+count(n)+"개", count(len(q.Lines))+" items, "+count(n)+" units")
}
