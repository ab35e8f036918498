package httpx

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"myclothes/internal/cart"
	"myclothes/internal/lang"
	"myclothes/internal/session"
)

// visit is what is known of a request before its handler runs.
type visit struct {
	id     string
	client netip.Addr
	lang   lang.Tag
	route  string

	carried cart.Carried
	session session.Record
	// recognized visitors are not asked about again by this request.
	recognized bool
}

type visitKey struct{}

func of(r *http.Request) *visit {
	if v, ok := r.Context().Value(visitKey{}).(*visit); ok {
		return v
	}
	return new(visit)
}

func with(r *http.Request, v *visit) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), visitKey{}, v))
}

// known makes sure that something can be known of a request, also where no Edge is around it.
func known(r *http.Request) *http.Request {
	if _, ok := r.Context().Value(visitKey{}).(*visit); ok {
		return r
	}
	return with(r, new(visit))
}

// RequestID returns the name by which the log knows this request.
func RequestID(r *http.Request) string { return of(r).id }

// Lang returns the language in which to answer.
func Lang(r *http.Request) lang.Tag {
	if t := of(r).lang; t != "" {
		return t
	}
	return lang.Korean
}

// Client returns the address of whoever sent the request, seen past the trusted proxies.
func Client(r *http.Request) string { return of(r).client.String() }

// clientOf believes X-Forwarded-For only as far as it was written by trusted proxies: from the right, the first
// address that is not one of them.
func clientOf(r *http.Request, trusted []netip.Prefix) netip.Addr {
	at := sender(r)
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && within(at, trusted); i-- {
		next, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		at = next
	}
	return at.Unmap()
}

// sender returns the address at the other end of the connection.
func sender(r *http.Request) netip.Addr {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	at, _ := netip.ParseAddr(host)
	return at
}

func within(a netip.Addr, all []netip.Prefix) bool {
	for _, p := range all {
		if p.Contains(a.Unmap()) {
			return true
		}
	}
	return false
}

// Cookies reads and writes what a browser carries. Over HTTPS names have the __Host- prefix, which a browser
// takes only from this very host over HTTPS; plain HTTP, for development, cannot have it.
type Cookies struct{ Secure bool }

const (
	visitorCookie = "mc"
	cartCookie    = "mc-cart"
	sessionCookie = "mc-session"
	cookieAge     = 180 * 24 * 3600 // seconds
)

func (c Cookies) name(base string) string {
	if c.Secure {
		return "__Host-" + base
	}
	return base
}

// Carried returns what the browser carries. A malformed visitor cookie counts as none.
func (c Cookies) Carried(r *http.Request) cart.Carried {
	var out cart.Carried
	if k, err := r.Cookie(c.name(visitorCookie)); err == nil {
		out.Visitor, _ = session.Parse(k.Value)
	}
	if k, err := r.Cookie(c.name(cartCookie)); err == nil {
		out.Sealed = k.Value
	}
	if k, err := r.Cookie(c.name(sessionCookie)); err == nil {
		out.Session = k.Value
	}
	return out
}

// Carry sets the cookies after a change: the visitor's each time, so that it lasts while they come, the sealed ones where they differ from
// what the browser carries.
func (c Cookies) Carry(w http.ResponseWriter, was, next cart.Carried) {
	if next.Visitor != "" || was.Visitor != "" {
		c.set(w, visitorCookie, string(next.Visitor))
	}
	if next.Sealed != was.Sealed {
		c.set(w, cartCookie, next.Sealed)
	}
	if next.Session != was.Session {
		c.set(w, sessionCookie, next.Session)
	}
}

func (c Cookies) set(w http.ResponseWriter, base, value string) {
	http.SetCookie(w, c.cookie(base, value))
}

// cookie makes a cookie of that name; an empty value takes it away.
func (c Cookies) cookie(base, value string) *http.Cookie {
	k := &http.Cookie{Name: c.name(base), Value: value, Path: "/", HttpOnly: true, Secure: c.Secure, SameSite: http.SameSiteLaxMode, MaxAge: cookieAge}
	if value == "" {
		k.MaxAge = -1
	}
	return k
}
