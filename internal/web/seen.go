package web

import (
	"log/slog"
	"net/http"

	"myclothes/internal/httpx"
	"myclothes/internal/ui"
)

// seen shows what was looked at in this browser.
func (s *Web) seen(w http.ResponseWriter, r *http.Request) error {
	t := words(r)
	m, _, err := s.frame(r.Context(), t, "/seen", "최근 본 상품", "Recently seen")
	if err != nil {
		return err
	}
	all, err := s.Catalog.Cards(r.Context(), s.Visitors.Seen(r))
	if err != nil {
		return err
	}
	return own(s, w, r, http.StatusOK, ui.Seen, m, ui.SeenView{Words: t, Cards: cards(t, all, 4)})
}

func (s *Web) forgetSeen(w http.ResponseWriter, r *http.Request) error {
	s.Visitors.Forget(w)
	return goTo(w, r, "/seen")
}

// recent are up to four cards of what was looked at in this browser, for pages that are about something else: they go without when the catalogue is out of order.
func (s *Web) recent(r *http.Request) []ui.Card {
	ids := s.Visitors.Seen(r)
	all, err := s.Catalog.Cards(r.Context(), ids[:min(len(ids), 4)])
	if err != nil {
		slog.WarnContext(r.Context(), "recently seen not shown", "err", err, "request", httpx.RequestID(r))
	}
	return cards(words(r), all, 0)
}
