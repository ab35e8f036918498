package web

import (
	"net/http"

	"myclothes/internal/httpx"
	"myclothes/internal/ui"
)

func (s *Web) devices(w http.ResponseWriter, r *http.Request) error {
	all, err := s.Accounts.Store.SignIns(r.Context(), memberID(r))
	if err != nil {
		return err
	}
	var v ui.AccountView
	for _, one := range all {
		v.Devices = append(v.Devices, ui.Device{SignIn: one, Here: one.ID == httpx.Session(r).SignIn})
	}
	return s.accountPage(w, r, "/account/devices", "devices", v)
}

func (s *Web) endDevice(w http.ResponseWriter, r *http.Request) error {
	if err := s.Accounts.Store.End(r.Context(), memberID(r), r.PathValue("id"), ""); err != nil {
		return err
	}
	return goTo(w, r, "/account/devices")
}

func (s *Web) endOthers(w http.ResponseWriter, r *http.Request) error {
	if err := s.Accounts.Store.End(r.Context(), memberID(r), "", httpx.Session(r).SignIn); err != nil {
		return err
	}
	return goTo(w, r, "/account/devices")
}
