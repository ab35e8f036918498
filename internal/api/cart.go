package api

import (
	"net/http"

	"myclothes/internal/cart"
	"myclothes/internal/httpx"
	"myclothes/internal/lang"
	"myclothes/internal/money"
)

type cartLineJSON struct {
	SKU       string       `json:"sku"`
	Name      string       `json:"name"`
	Options   optionsJSON  `json:"options"`
	Quantity  int          `json:"quantity"`
	UnitPrice money.Amount `json:"unit_price"`
	LineTotal money.Amount `json:"line_total"`
	Available int          `json:"available"`
	Minimum   int          `json:"minimum"`
}

type cartJSON struct {
	Lines       []cartLineJSON `json:"lines"`
	ItemCount   int            `json:"item_count"`
	Subtotal    money.Amount   `json:"subtotal"`
	DeliveryFee money.Amount   `json:"delivery_fee"`
	Total       money.Amount   `json:"total"`
	SupplyValue money.Amount   `json:"supply_value"`
	VAT         money.Amount   `json:"vat"`
	Currency    string         `json:"currency"`
}

func cartOf(p cart.Priced, t lang.Tag) cartJSON {
	out := cartJSON{Lines: []cartLineJSON{}, ItemCount: p.Count(), Subtotal: p.Subtotal, DeliveryFee: p.Delivery, Total: p.Total, SupplyValue: p.Supply(), VAT: p.VAT(), Currency: money.Currency}
	for _, l := range p.Lines {
		if !l.OnSale {
			l.Available = 0
		}
		out.Lines = append(out.Lines, cartLineJSON{l.SKU, l.Name.In(t), optionsJSON{l.Color.In(t), l.Size}, l.Quantity, l.Price, l.Total(), l.Available, max(1, l.Deal.Least)})
	}
	return out
}

func (a *API) cart(w http.ResponseWriter, r *http.Request) error {
	p, err := a.Carts.Open(r.Context(), httpx.Carried(r))
	if err != nil {
		return err
	}
	return reply(w, http.StatusOK, cartOf(p, httpx.Lang(r)))
}

func (a *API) addLine(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		SKU      string `json:"sku"`
		Quantity int    `json:"quantity"`
	}
	if err := httpx.DecodeJSON(w, r, &in); err != nil {
		return err
	}
	was := httpx.Carried(r)
	p, next, err := a.Carts.Add(r.Context(), was, in.SKU, in.Quantity)
	return a.changed(w, r, was, p, next, err)
}

func (a *API) setLine(w http.ResponseWriter, r *http.Request) error {
	in := struct {
		Quantity int `json:"quantity"`
	}{-1} // so that an empty object does not remove the line
	if err := httpx.DecodeJSON(w, r, &in); err != nil {
		return err
	}
	return a.set(w, r, in.Quantity)
}

func (a *API) removeLine(w http.ResponseWriter, r *http.Request) error { return a.set(w, r, 0) }

func (a *API) set(w http.ResponseWriter, r *http.Request, n int) error {
	was := httpx.Carried(r)
	p, next, err := a.Carts.Set(r.Context(), was, r.PathValue("sku"), n)
	return a.changed(w, r, was, p, next, err)
}

func (a *API) changed(w http.ResponseWriter, r *http.Request, was cart.Carried, p cart.Priced, next cart.Carried, err error) error {
	if err != nil {
		return err
	}
	a.Visitors.Carry(w, was, next)
	return reply(w, http.StatusOK, cartOf(p, httpx.Lang(r)))
}
