package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"

	"myclothes/internal/cart"
	"myclothes/internal/catalog"
	"myclothes/internal/fault"
	"myclothes/internal/fresh"
	"myclothes/internal/httpx"
	"myclothes/internal/ui"
)

func words(r *http.Request) ui.Words { return ui.Words{Lang: httpx.Lang(r)} }

// frame begins what the frame says of a page.
func (s *Web) frame(ctx context.Context, w ui.Words, path, ko, en string) (ui.Meta, catalog.Tree, error) {
	tree, err := s.Catalog.Tree(ctx)
	return meta(w, tree, path, ko, en), tree, err
}

func meta(w ui.Words, tree catalog.Tree, path, ko, en string) ui.Meta {
	return ui.Meta{Words: w, Title: w.Say(ko, en), Path: path, Tree: tree}
}

// sight is what a page was found to say, before it is rendered. The version is of all that it was made of, but the language; 0 is not known.
type sight struct {
	version catalog.Version
	render  func() (ui.Doc, error)
}

// look finds what a page says.
type look func(context.Context, ui.Words) (sight, error)

// public answers with a page that is the same for everybody, and kept. key is everything but the language that it depends on.
func (s *Web) public(w http.ResponseWriter, r *http.Request, key string, look look) error {
	doc, err := s.keep(r, key, look)
	if err != nil {
		return err
	}
	return s.write(w, r, http.StatusOK, doc)
}

func (s *Web) keep(r *http.Request, key string, look look) (ui.Doc, error) {
	t := words(r)
	if fresh.ReadAnew(r.Context()) {
		doc, err := made(r, look)
		return doc.Share(), err
	}
	return s.Pages.Get(r.Context(), string(t.Lang)+" "+key, func(ctx context.Context) (catalog.Version, func() (ui.Doc, int, error), error) {
		seen, err := look(ctx, t)
		return seen.version, func() (ui.Doc, int, error) {
			doc, err := seen.render()
			return doc.Share(), doc.Bytes(), err
		}, err
	})
}

// made makes a page for this visitor alone.
func made(r *http.Request, look look) (ui.Doc, error) {
	seen, err := look(r.Context(), words(r))
	if err != nil {
		return ui.Doc{}, err
	}
	return seen.render()
}

// own answers with a page that is this visitor's.
func own[V any](s *Web, w http.ResponseWriter, r *http.Request, status int, p ui.Page[V], m ui.Meta, v V) error {
	m.Private = true
	doc, err := ui.Render(s.Site, p, m, v)
	if err != nil {
		return err
	}
	return s.write(w, r, status, doc)
}

// write fills the visitor's place in a page and sends it; a shared one compressed, or not at all where the browser has it already.
func (s *Web) write(w http.ResponseWriter, r *http.Request, status int, doc ui.Doc) error {
	count, h := 0, w.Header()
	if !doc.Alone() {
		count = s.count(w, r)
	}
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", string(httpx.Lang(r)))
	length, send := doc.Len, doc.WriteTo
	if doc.Shared() {
		h.Set("Vary", "Accept-Encoding, Cookie")
		h.Set("ETag", doc.Tag(count))
		if httpx.Has(r, doc.Tag(count)) {
			w.WriteHeader(http.StatusNotModified)
			return nil
		}
		if httpx.AcceptsGzip(r) {
			h.Set("Content-Encoding", "gzip")
			length, send = doc.GzipLen, doc.WriteGzip
		}
	}
	h.Set("Content-Length", strconv.Itoa(length(count)))
	w.WriteHeader(status)
	if err := send(w, count); err != nil {
		slog.DebugContext(r.Context(), "visitor went away", "err", err)
	}
	return nil
}

// count returns how much the visitor's cart holds. Browsing goes on while carts are out of order: it is then 0.
func (s *Web) count(w http.ResponseWriter, r *http.Request) int {
	err := s.Visitors.Recognize(w, r)
	c := httpx.Carried(r)
	if c.Visitor == "" && c.Sealed == "" {
		return 0
	}
	if err == nil {
		var has cart.Cart
		if has, err = s.Carts.Home.Open(r.Context(), c); err == nil {
			return has.Count()
		}
	}
	slog.WarnContext(r.Context(), "cart not shown", "err", err, "request", httpx.RequestID(r))
	return 0
}

// goTo sends the browser on to a page of the shop, in its language, by GET.
func goTo(w http.ResponseWriter, r *http.Request, path string) error {
	http.Redirect(w, r, words(r).To(path), http.StatusSeeOther)
	return nil
}

// stop sends a guest to sign in, and who has not proved who they are lately to do so, and then back to where they wanted to go.
func (s *Web) stop(w http.ResponseWriter, r *http.Request, f *fault.Error) error {
	next := ""
	if r.Method == http.MethodGet {
		next = "?next=" + url.QueryEscape(r.URL.Path)
	}
	if errors.Is(f, fault.Unproved) {
		return goTo(w, r, "/account/prove"+next)
	}
	return goTo(w, r, "/account/sign-in"+next)
}

// Fail answers with a page that says what happened and where to go from here.
func (s *Web) Fail(w http.ResponseWriter, r *http.Request, f *fault.Error) {
	t := words(r)
	m, _, err := s.frame(r.Context(), t, "/", "문제가 생겼어요", "Something is wrong")
	if err != nil {
		m.Tree = catalog.Tree{} // the catalogue may be what is out of order
	}
	v := ui.ProblemView{Words: t, Status: httpx.Status(f), Text: t.T(f.Words), Request: httpx.RequestID(r)}
	for _, c := range m.Tops() {
		v.Tops = append(v.Tops, link(t, c))
	}
	if f.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(f.RetryAfter.Seconds())))
	}
	if err := own(s, w, r, v.Status, ui.Problem, m, v); err != nil {
		slog.ErrorContext(r.Context(), "error page not rendered", "err", err)
		http.Error(w, t.T(f.Words), v.Status)
	}
}

func link(t ui.Words, c catalog.Category) ui.Link {
	return ui.Link{Address: t.To("/c/" + c.Slug), Text: t.T(c.Name)}
}

func cards(t ui.Words, all []catalog.Card, eager int) []ui.Card {
	out := make([]ui.Card, len(all))
	for i, c := range all {
		out[i] = ui.Card{Words: t, Card: c, Address: t.To(catalog.Path(c.ID, c.Slug)), Lazy: i >= eager}
	}
	return out
}

// text says an error in the words that a page shows beside what caused it.
func text(t ui.Words, err error) string { return t.T(fault.Of(err).Words) }
