package api

import (
	"net/http"
	"strconv"

	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/httpx"
)

func member(r *http.Request) customer.ID { return customer.ID(httpx.Session(r).Member) }

// wishes lists what is wished for and still sold, the latest wish first.
func (a *API) wishes(w http.ResponseWriter, r *http.Request) error {
	ids, err := a.Accounts.Store.Wishes(r.Context(), member(r))
	if err != nil {
		return err
	}
	all, err := a.Catalog.Cards(r.Context(), ids)
	if err != nil {
		return err
	}
	out := make([]cardJSON, len(all))
	for i, c := range all {
		out[i] = card(c, httpx.Lang(r))
	}
	return reply(w, http.StatusOK, map[string]any{"products": out})
}

func (a *API) wish(w http.ResponseWriter, r *http.Request) error {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return fault.NoSuchPage
	}
	if err := a.Accounts.Store.Wish(r.Context(), member(r), id); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (a *API) unwish(w http.ResponseWriter, r *http.Request) error {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return fault.NoSuchPage
	}
	if err := a.Accounts.Store.Unwish(r.Context(), member(r), id); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
