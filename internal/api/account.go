package api

import (
	"net/http"
	"slices"
	"time"

	"myclothes/internal/account"
	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/httpx"
	"myclothes/internal/money"
	"myclothes/internal/order"
)

type signUpJSON struct {
	Email    string              `json:"email"`
	Password string              `json:"password"`
	Name     string              `json:"name"`
	Phone    string              `json:"phone"`
	Consents []customer.Document `json:"consents"`
}

type signInJSON struct {
	Email    string `json:"email"`
	Password string `json:"password"`
}

type accountJSON struct {
	ID    customer.ID `json:"id"`
	Email string      `json:"email"`
	Name  string      `json:"name"`
	Phone string      `json:"phone"`
	Since time.Time   `json:"since"`
}

type briefJSON struct {
	Number   string       `json:"number"`
	Status   order.Status `json:"status"`
	Total    money.Amount `json:"total"`
	Currency string       `json:"currency"`
	Title    string       `json:"title"`
	Lines    int          `json:"lines"`
	PlacedAt time.Time    `json:"placed_at"`
}

func (a *API) browser(r *http.Request) account.Browser {
	return account.Browser{Client: httpx.Client(r), Device: httpx.Device(r), Known: a.Visitors.Mark(r), Carried: httpx.Carried(r)}
}

// signUp files an application. The answer is the same whether or not the mail has an account.
func (a *API) signUp(w http.ResponseWriter, r *http.Request) error {
	var in signUpJSON
	if err := httpx.DecodeJSON(w, r, &in); err != nil {
		return err
	}
	for _, d := range in.Consents {
		if !slices.Contains(customer.Required, d) && !slices.Contains(customer.Optional, d) {
			return fault.BadRequest.At("consents", "알 수 없는 항목이에요.", "There is no such document.")
		}
	}
	up := account.SignUp{Email: in.Email, Password: in.Password, Name: in.Name, Phone: in.Phone, Consents: in.Consents}
	if err := a.Accounts.SignUp(r.Context(), a.browser(r), up, httpx.Lang(r)); err != nil {
		return err
	}
	w.WriteHeader(http.StatusAccepted)
	return nil
}

// signIn lets somebody in; the cookies of the answer are the session.
func (a *API) signIn(w http.ResponseWriter, r *http.Request) error {
	var in signInJSON
	if err := httpx.DecodeJSON(w, r, &in); err != nil {
		return err
	}
	b := a.browser(r)
	next, mark, _, err := a.Accounts.SignIn(r.Context(), b, in.Email, in.Password)
	if err != nil {
		return err
	}
	a.Visitors.Carry(w, b.Carried, next)
	a.Visitors.SetMark(w, mark)
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (a *API) signOut(w http.ResponseWriter, r *http.Request) error {
	was := httpx.Carried(r)
	next, err := a.Accounts.SignOut(r.Context(), was, httpx.Session(r))
	if err != nil {
		return err
	}
	a.Visitors.Carry(w, was, next)
	a.Visitors.Forget(w)
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (a *API) account(w http.ResponseWriter, r *http.Request) error {
	who, _, err := a.Accounts.Store.Customer(r.Context(), member(r))
	if err != nil {
		return err
	}
	return reply(w, http.StatusOK, accountJSON{who.ID, who.Email, who.Name, who.Phone, who.Since})
}

func (a *API) accountOrders(w http.ResponseWriter, r *http.Request) error {
	all, err := a.Desk.Orders.OrdersOf(r.Context(), httpx.Carried(r).Owner(), 100)
	if err != nil {
		return err
	}
	out := make([]briefJSON, len(all))
	for i, o := range all {
		out[i] = briefJSON{o.Number, o.Status, o.Total, money.Currency, o.First.In(httpx.Lang(r)), o.Lines, o.PlacedAt}
	}
	return reply(w, http.StatusOK, map[string]any{"orders": out})
}
