package cookie

import (
	"context"
	"strconv"
	"strings"
	"time"

	"myclothes/internal/session"
)

// A sealed session is: the key of the token that it goes with, when it was sealed in seconds since 1970, and the record, each on lines of its own.
const sessionPurpose = "session 1"

// Sessions keeps the record of whoever signed in sealed in their browser. It cannot promise that what ended stays ended: a copy of the cookies that
// somebody kept opens until it is idle for session.Idle. Pages that show something personal therefore ask whether the SignIn is over.
type Sessions struct{ o Options }

var _ session.Store = Sessions{}

// NewSessions makes a store.
func NewSessions(o Options) Sessions { return Sessions{New(o).o} }

func (s Sessions) Name() string { return "cookie" }

func (s Sessions) Open(_ context.Context, c session.Carried) (session.Record, session.Carried, error) {
	if c.Session == "" {
		return session.Record{}, c, nil
	}
	plain, err := s.o.Keys.Open(sessionPurpose, c.Session)
	if err != nil {
		s.o.Refused(reasons[err])
		return session.Record{}, c, nil
	}
	r, age, ok := s.read(string(plain), c.Visitor)
	switch {
	case !ok:
		s.o.Refused("unreadable")
		return session.Record{}, c, nil
	case age >= session.Idle || r.Over(s.o.Now()):
		s.o.Refused("expired")
		return session.Record{}, c, nil
	case age >= session.Renew:
		return r, s.seal(c, r), nil
	}
	return r, c, nil
}

// read returns the record and how long ago it was sealed, if it was sealed for that token.
func (s Sessions) read(plain string, visitor session.Token) (session.Record, time.Duration, bool) {
	key, rest, _ := strings.Cut(plain, "\n")
	sealed, record, _ := strings.Cut(rest, "\n")
	at, err := strconv.ParseInt(sealed, 10, 64)
	r := session.ParseRecord(record)
	return r, s.o.Now().Sub(time.Unix(at, 0)), err == nil && key != "" && key == string(visitor.Key()) && !r.IsZero()
}

func (s Sessions) seal(c session.Carried, r session.Record) session.Carried {
	c.Session = s.o.Keys.Seal(sessionPurpose, []byte(string(c.Visitor.Key())+"\n"+strconv.FormatInt(s.o.Now().Unix(), 10)+"\n"+r.Text()))
	return c
}

func (s Sessions) File(_ context.Context, c session.Carried, r session.Record) (session.Carried, error) {
	return s.seal(c, r), nil
}

func (s Sessions) End(_ context.Context, c session.Carried) (session.Carried, error) {
	return c.Guest(), nil
}
