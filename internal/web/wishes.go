package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"myclothes/internal/catalog"
	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/httpx"
	"myclothes/internal/ui"
)

// wishNote in an address asks that its product be wished for by whoever signs in to go there.
const wishNote = "wish"

// wish adds a product to the visitor's wishes, or takes it away. A guest signs in first, and the wish comes true then.
func (s *Web) wish(w http.ResponseWriter, r *http.Request) error {
	id, err := productID(r)
	if err != nil {
		return err
	}
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	page := "/products/" + strconv.FormatInt(id, 10)
	if memberID(r) == "" {
		return goTo(w, r, "/account/sign-in?next="+url.QueryEscape(page+"?"+wishNote))
	}
	if r.PostForm.Get("on") == "no" {
		if err := s.Accounts.Store.Unwish(r.Context(), memberID(r), id); err != nil {
			return err
		}
		return goTo(w, r, page+"?unwished")
	}
	err = s.Accounts.Store.Wish(r.Context(), memberID(r), id)
	if errors.Is(err, customer.TooManyWishes) {
		return s.showWishes(w, r, http.StatusConflict, text(words(r), err))
	}
	if err != nil {
		return err
	}
	return goTo(w, r, page+"?wished")
}

// wished tells the script of a product's page, which is everybody's, whether this visitor wishes for it.
func (s *Web) wished(w http.ResponseWriter, r *http.Request) error {
	id, err := productID(r)
	if err != nil {
		return err
	}
	if memberID(r) != "" {
		all, err := s.Accounts.Store.Wishes(r.Context(), memberID(r))
		if err != nil {
			return err
		}
		w.Header().Set("X-Wished", strconv.FormatBool(slices.Contains(all, id)))
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// fulfil makes the wish come true for which somebody signed in, and returns where to go on to. A wish that cannot be is none.
func (s *Web) fulfil(ctx context.Context, who customer.ID, back string) string {
	u, err := url.Parse(back)
	number, ours := strings.CutPrefix(strings.TrimPrefix(u.EscapedPath(), "/en"), "/products/")
	if err != nil || !ours || !u.Query().Has(wishNote) {
		return back
	}
	number, _, _ = strings.Cut(number, "-")
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return back
	}
	page := "/products/" + number
	switch err := s.Accounts.Store.Wish(ctx, who, id); {
	case errors.Is(err, customer.TooManyWishes):
		return "/account/wishlist"
	case err != nil:
		return page
	}
	return page + "?wished"
}

func (s *Web) wishes(w http.ResponseWriter, r *http.Request) error {
	return s.showWishes(w, r, http.StatusOK, "")
}

func (s *Web) showWishes(w http.ResponseWriter, r *http.Request, status int, problem string) error {
	ids, err := s.Accounts.Store.Wishes(r.Context(), memberID(r))
	if err != nil {
		return err
	}
	all, err := s.wishCards(r.Context(), words(r), ids)
	if err != nil {
		return err
	}
	return s.accountAnswer(w, r, status, "/account/wishlist", "wishlist", ui.AccountView{Error: problem, Wishes: all})
}

// wishCards are cards of these products; those that are no longer sold are shown too, so that they can be taken away.
func (s *Web) wishCards(ctx context.Context, t ui.Words, ids []int64) ([]ui.WishCard, error) {
	sold, err := s.Catalog.Cards(ctx, ids)
	if err != nil {
		return nil, err
	}
	byID := map[int64]catalog.Card{}
	for _, c := range sold {
		byID[c.ID] = c
	}
	var out []ui.WishCard
	for i, id := range ids {
		c, onSale := byID[id]
		if !onSale {
			p, err := s.Catalog.Product(ctx, id)
			if errors.Is(err, fault.NoSuchPage) {
				continue
			}
			if err != nil {
				return nil, err
			}
			c = p.Card()
		}
		number := strconv.FormatInt(id, 10)
		out = append(out, ui.WishCard{Card: cards(t, []catalog.Card{c}, 4-i)[0], Stopped: !onSale, Remove: t.To("/account/wishlist/" + number + "/delete")})
	}
	return out, nil
}

func (s *Web) unwish(w http.ResponseWriter, r *http.Request) error {
	id, err := productID(r)
	if err != nil {
		return err
	}
	if err := s.Accounts.Store.Unwish(r.Context(), memberID(r), id); err != nil {
		return err
	}
	return goTo(w, r, "/account/wishlist")
}
