package web

import (
	"net/http"
	"slices"

	"myclothes/internal/company"
	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/httpx"
	"myclothes/internal/ui"
)

func (s *Web) buyers(w http.ResponseWriter, r *http.Request) error {
	return s.showBuyers(w, r, http.StatusOK, ui.BusinessView{})
}

// showBuyers shows who buys for the company; v holds what was typed and what is wrong with it.
func (s *Web) showBuyers(w http.ResponseWriter, r *http.Request, status int, v ui.BusinessView) error {
	ctx := r.Context()
	b, err := s.Business.Buyer(ctx, httpx.Carried(r))
	if err != nil {
		return err
	}
	all, err := s.Business.Store.Buyers(ctx, b.Company)
	if err != nil {
		return err
	}
	for _, x := range all {
		who, _, err := s.Accounts.Store.Customer(ctx, x.Customer)
		if err != nil {
			return err
		}
		v.Buyers = append(v.Buyers, ui.BuyerRow{ID: x.Customer, Name: who.Name, Mail: who.Email, Roles: x.Roles, You: x.Customer == b.Customer})
	}
	invited, err := s.Business.Store.Invitations(ctx, b.Company)
	if err != nil {
		return err
	}
	t := words(r)
	for _, i := range invited {
		v.Invited = append(v.Invited, ui.InvitedRow{ID: i.ID, Mail: i.Mail, Until: t.Day(i.At.Add(company.InvitationKept)), Roles: i.Roles})
	}
	v.Mail.Name = "email"
	return s.company(w, r, status, b, "/business/buyers", "buyers", v)
}

func rolesOf(r *http.Request) company.Roles {
	has := r.PostForm["roles"]
	return company.Roles{Buys: slices.Contains(has, "buys"), Approves: slices.Contains(has, "approves"), Pays: slices.Contains(has, "pays")}
}

func (s *Web) invite(w http.ResponseWriter, r *http.Request) error {
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	mail := r.PostForm.Get("email")
	err := s.Business.Invite(r.Context(), httpx.Carried(r), mail, rolesOf(r), httpx.Lang(r))
	if err == nil {
		return goTo(w, r, "/business/buyers")
	}
	return s.buyersAgain(w, r, ui.BusinessView{Mail: ui.Field{Value: mail}}, err)
}

// buyersAgain shows the buyers with what is wrong; what is no fault of the visitor goes on.
func (s *Web) buyersAgain(w http.ResponseWriter, r *http.Request, v ui.BusinessView, err error) error {
	f := fault.Of(err)
	if f.Kind == fault.Internal || f.Kind == fault.Unavailable || f.Kind == fault.NotFound {
		return err
	}
	t := words(r)
	v.Error = t.T(f.Words)
	for _, x := range f.Fields {
		switch x.Name {
		case "email":
			v.Mail.Error = t.T(x.Words)
		case "roles":
			v.NoRoles = t.T(x.Words)
		}
	}
	return s.showBuyers(w, r, httpx.Status(f), v)
}

func (s *Web) setRoles(w http.ResponseWriter, r *http.Request) error {
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	if has := rolesOf(r); !has.None() {
		return s.changeRoles(w, r, has)
	}
	return s.buyersAgain(w, r, ui.BusinessView{}, fault.BadRequest.Saying("역할을 하나 이상 골라 주세요.", "Choose at least one role."))
}

func (s *Web) removeBuyer(w http.ResponseWriter, r *http.Request) error {
	return s.changeRoles(w, r, company.Roles{})
}

func (s *Web) changeRoles(w http.ResponseWriter, r *http.Request, has company.Roles) error {
	b, err := s.Business.Buyer(r.Context(), httpx.Carried(r))
	if err == nil {
		err = s.Business.Store.SetRoles(r.Context(), b.Customer, b.Company, customer.ID(r.PathValue("id")), has)
	}
	if err != nil {
		return s.buyersAgain(w, r, ui.BusinessView{}, err)
	}
	return goTo(w, r, "/business/buyers")
}

func (s *Web) uninvite(w http.ResponseWriter, r *http.Request) error {
	b, err := s.Business.Buyer(r.Context(), httpx.Carried(r))
	if err == nil {
		err = s.Business.Store.Uninvite(r.Context(), b.Customer, b.Company, r.PathValue("id"))
	}
	if err != nil {
		return s.buyersAgain(w, r, ui.BusinessView{}, err)
	}
	return goTo(w, r, "/business/buyers")
}
