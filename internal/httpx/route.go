// Package httpx is what the storefront and the API have in common: routes as tables, handlers that return errors, and
// the few things that happen to every request.
package httpx

import (
	"context"
	"errors"
	"log/slog"
	"net/http"

	"myclothes/internal/fault"
	"myclothes/internal/fresh"
)

// Handler answers a request or returns why it could not. After an error it has written nothing.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Cache says who may keep an answer.
type Cache uint8

const (
	NoStore   Cache = iota // nobody: it is the visitor's own (the default)
	Revisit                // a browser, but it must ask again each time; for public pages whose frame is the visitor's own
	Immutable              // everybody, for a year: the address changes with the content
	Hour                   // everybody, for an hour
)

var cacheControl = [...]string{
	NoStore:   "no-store",
	Revisit:   "private, no-cache",
	Immutable: "public, max-age=31536000, immutable",
	Hour:      "public, max-age=3600",
}

// Route is one line of a surface's table.
type Route struct {
	Pattern string // of http.ServeMux, with a method
	Cache   Cache
	Fresh   bool // its reads see everything committed so far
	Access  Access
	Handle  Handler
}

// Access says who may use a route.
type Access uint8

const (
	Anyone Access = iota // the default
	Member               // who has signed in
	Proved               // who has signed in and lately proved who they are
)

// Surface is a table of routes with one way of failing.
type Surface struct {
	Routes []Route
	// Visitors recognizes the visitor before a handler whose answer is their own (NoStore).
	Visitors Visitors
	// Stop answers who may not use a route, with fault.Unauthorized or fault.Unproved. nil leaves that to Fail.
	Stop func(w http.ResponseWriter, r *http.Request, f *fault.Error) error
	// Fail writes the answer to an error. It gets every error exactly once and nothing has been written before.
	Fail func(w http.ResponseWriter, r *http.Request, f *fault.Error)
}

// Mount registers every route.
func (s Surface) Mount(mux *http.ServeMux) {
	for _, route := range s.Routes {
		mux.Handle(route.Pattern, s.serve(route))
	}
}

func (s Surface) serve(route Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = known(r)
		of(r).route = route.Pattern
		if route.Fresh {
			r = r.WithContext(fresh.Require(r.Context()))
		}
		w.Header().Set("Cache-Control", cacheControl[route.Cache])
		if err := s.handle(w, r, route); err != nil {
			s.fail(w, r, err)
		}
	})
}

func (s Surface) handle(w http.ResponseWriter, r *http.Request, route Route) error {
	if route.Cache == NoStore {
		if err := s.Visitors.Recognize(w, r); err != nil {
			return err
		}
	}
	if f := s.Visitors.refuse(r, route.Access); f != nil {
		if s.Stop == nil {
			return f
		}
		return s.Stop(w, r, f)
	}
	return route.Handle(w, r)
}

// fail logs an error once, here at the edge, and has it answered. A visitor who went away is nobody's fault.
func (s Surface) fail(w http.ResponseWriter, r *http.Request, err error) {
	f := fault.Of(err)
	if f.Kind == fault.Internal && errors.Is(err, context.DeadlineExceeded) {
		f = fault.OutOfOrder.Because("%w", err)
	}
	gone := errors.Is(err, context.Canceled) && r.Context().Err() != nil
	if (f.Kind == fault.Internal || f.Kind == fault.Unavailable) && !gone {
		slog.ErrorContext(r.Context(), "request failed", "route", of(r).route, "code", f.Code, "err", err, "request", RequestID(r))
	}
	w.Header().Set("Cache-Control", cacheControl[NoStore])
	s.Fail(w, r, f)
}

// statusOf is the one table from kinds to HTTP statuses (RFC 9110, 15.5 and 15.6; RFC 6585).
var statusOf = map[fault.Kind]int{
	fault.Internal:        http.StatusInternalServerError,
	fault.NotFound:        http.StatusNotFound,
	fault.Conflict:        http.StatusConflict,
	fault.Invalid:         http.StatusBadRequest,
	fault.Unauthenticated: http.StatusUnauthorized,
	fault.Forbidden:       http.StatusForbidden,
	fault.TooMany:         http.StatusTooManyRequests,
	fault.Unavailable:     http.StatusServiceUnavailable,
}

// statusOfCode are the invalid requests for which HTTP has a status of its own.
var statusOfCode = map[fault.Code]int{
	fault.TooLarge.Code:    http.StatusRequestEntityTooLarge,
	fault.WrongType.Code:   http.StatusUnsupportedMediaType,
	fault.WrongMethod.Code: http.StatusMethodNotAllowed,
}

// Status returns the HTTP status of a fault.
func Status(f *fault.Error) int {
	if s, ok := statusOfCode[f.Code]; ok {
		return s
	}
	return statusOf[f.Kind]
}

// Missing is the handler for what no route knows: fault.WrongMethod, with Allow, where another method would do,
// else fault.NoSuchPage.
func Missing(mux *http.ServeMux, pattern string) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		var allowed []string
		for _, m := range []string{"GET", "POST", "PATCH", "PUT", "DELETE"} {
			try := r.Clone(r.Context())
			try.Method = m
			if _, found := mux.Handler(try); m != r.Method && found != "" && found != pattern && found != "/" {
				allowed = append(allowed, m)
			}
		}
		if len(allowed) == 0 {
			return fault.NoSuchPage
		}
		for _, m := range allowed {
			w.Header().Add("Allow", m)
		}
		return fault.WrongMethod
	}
}
