package httpx

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"myclothes/internal/cart"
	"myclothes/internal/fault"
	"myclothes/internal/session"
)

// Visitors says who requests come from.
type Visitors struct {
	Cookies
	Sessions session.Store // nil where nobody signs in
	// Over asks whether a sign-in was ended from elsewhere; Proved whether its proof is still good. Both are there where Sessions is.
	Over   func(context.Context, session.Record) (bool, error)
	Proved func(session.Record) bool
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
	if who.recognized {
		return nil
	}
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
	if !record.IsZero() {
		over, err := v.Over(r.Context(), record)
		if err != nil {
			return err
		}
		if over { // on another device, or with a new password: the next one they carry is a guest's
			next = next.Guest()
			v.Carry(w, was, next)
			record = session.Record{}
		}
	}
	next.Member = record.Member
	who.carried, who.session, who.recognized = next, record, true
	return nil
}

// refuse says why the visitor may not use a route with that access; nil: they may.
func (v Visitors) refuse(r *http.Request, a Access) *fault.Error {
	s := of(r).session
	switch {
	case a == Anyone:
		return nil
	case s.IsZero():
		return fault.Unauthorized
	case a == Proved && !v.Proved(s):
		return fault.Unproved
	}
	return nil
}

const markCookie = "mc-known"

// Mark returns the mark by which a browser is known in which somebody signed in before.
func (c Cookies) Mark(r *http.Request) string {
	if k, err := r.Cookie(c.name(markCookie)); err == nil {
		return k.Value
	}
	return ""
}

// SetMark gives a browser its mark; empty takes it away.
func (c Cookies) SetMark(w http.ResponseWriter, mark string) { c.set(w, markCookie, mark) }

// LocalPath returns a path of this shop that a form or an address asks to go on to, or nothing where it leads anywhere else.
func LocalPath(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n\t") {
		return ""
	}
	return next
}

// Device says in few words which browser sends a request, for a list of one's own devices: "Chrome, Windows".
func Device(r *http.Request) string {
	agent := r.UserAgent()
	first := func(names ...string) string {
		for _, n := range names {
			token, name, _ := strings.Cut(n, "=")
			if strings.Contains(agent, token) {
				return name
			}
		}
		return ""
	}
	browser := first("KAKAOTALK=KakaoTalk", "NAVER(=NAVER", "SamsungBrowser=Samsung Internet", "Edg/=Edge", "Whale/=Whale", "OPR/=Opera", "Firefox/=Firefox", "FxiOS=Firefox", "CriOS=Chrome", "Chrome/=Chrome", "Safari/=Safari")
	system := first("iPhone=iPhone", "iPad=iPad", "Android=Android", "Windows=Windows", "CrOS=ChromeOS", "Mac OS=Mac", "Linux=Linux")
	switch {
	case browser == "" && system == "":
		return "?"
	case browser == "" || system == "":
		return browser + system
	}
	return browser + ", " + system
}
