package httpx

import (
	"net/http"

	"myclothes/internal/cart"
	"myclothes/internal/session"
)

// Visitors says who requests come from.
type Visitors struct {
	Cookies
	Sessions session.Store // nil where nobody signs in
}

// Carried returns what the visitor of a route that is their own carries, with who they are if they have signed in.
func Carried(r *http.Request) cart.Carried { return of(r).carried }

// Session returns the record of the visitor of a route that is their own: the zero Record for a guest.
func Session(r *http.Request) session.Record { return of(r).session }

// Recognize asks who the visitor is, for Carried and Session. It asks the store of sessions only about who carries a token of somebody who has signed in.
// Where the store wants something else carried, the browser is told.
func (v Visitors) Recognize(w http.ResponseWriter, r *http.Request) error {
	was := v.Cookies.Carried(r)
	who := of(r)
	who.carried = was
	if !was.Visitor.SignedIn() || v.Sessions == nil {
		return nil
	}
	record, next, err := v.Sessions.Open(r.Context(), was)
	if err != nil {
		return err
	}
	if next != was {
		v.Carry(w, was, next)
	}
	next.Member = record.Member
	who.carried, who.session = next, record
	return nil
}
