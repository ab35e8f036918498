package api

import (
	"net/http"
	"strconv"
	"strings"

	"myclothes/internal/cart"
	"myclothes/internal/company"
	"myclothes/internal/fault"
	"myclothes/internal/httpx"
	"myclothes/internal/money"
)

type businessJSON struct {
	ID           company.ID     `json:"id"`
	Name         string         `json:"name"`
	Registration string         `json:"registration"`
	Status       company.Status `json:"status"`
	Roles        []string       `json:"roles"`
	PriceList    bool           `json:"price_list"`
	CreditLimit  money.Amount   `json:"credit_limit"`
	Owed         money.Amount   `json:"owed"`
	DaysToPay    int            `json:"days_to_pay"`
}

type quickOrderJSON struct {
	Lines []listLineJSON `json:"lines"`
}

type listLineJSON struct {
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
}

func (a *API) business(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	b, err := a.Business.Buyer(ctx, httpx.Carried(r))
	if err != nil {
		return err
	}
	c, err := a.Business.Store.Company(ctx, b.Company)
	if err != nil {
		return err
	}
	owed, err := a.Business.Store.Owed(ctx, b.Company)
	if err != nil {
		return err
	}
	return reply(w, http.StatusOK, businessJSON{c.ID, c.Name, c.Registration.String(), c.Status, strings.Fields(b.Roles.String()), c.Terms.PriceList != "", c.Terms.CreditLimit, owed, c.Terms.DaysToPay})
}

// quickOrder puts a list into the cart, or names every line that is wrong.
func (a *API) quickOrder(w http.ResponseWriter, r *http.Request) error {
	var in quickOrderJSON
	if err := httpx.DecodeJSON(w, r, &in); err != nil {
		return err
	}
	lines := make([]cart.Line, len(in.Lines))
	for i, l := range in.Lines {
		lines[i] = cart.Line(l)
	}
	was := httpx.Carried(r)
	_, wrong, next, err := a.Business.PutLines(r.Context(), was, lines)
	if err != nil {
		return err
	}
	if len(wrong) > 0 {
		f := fault.BadRequest
		for _, x := range wrong {
			f = f.At("lines."+strconv.Itoa(x.Line-1), x.Why.KO, x.Why.EN)
		}
		return f
	}
	a.Visitors.Carry(w, was, next)
	p, err := a.Carts.Open(r.Context(), next)
	if err != nil {
		return err
	}
	return reply(w, http.StatusOK, cartOf(p, httpx.Lang(r)))
}
