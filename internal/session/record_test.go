package session_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"myclothes/internal/home/cookie"
	"myclothes/internal/home/memory"
	"myclothes/internal/seal"
	"myclothes/internal/session"
	"myclothes/internal/session/sessiontest"
)

var ctx = context.Background()

// TestMovingIsAStore: while visitors move, everything that a store promises holds, and who was known stays known.
func TestMovingIsAStore(t *testing.T) {
	ring, err := seal.NewRing(seal.NewKey("a"))
	if err != nil {
		t.Fatal(err)
	}
	var passed atomic.Int64
	now := func() time.Time { return time.Now().Add(time.Duration(passed.Load())) }
	stores := map[string]func() session.Store{
		"memory": func() session.Store { return memory.NewSessions(now) },
		"cookie": func() session.Store { return cookie.NewSessions(cookie.Options{Keys: ring, Now: now}) },
	}
	for from, previous := range stores {
		for to, next := range stores {
			t.Run(from+" to "+to, func(t *testing.T) {
				passed.Store(0)
				sessiontest.Run(t, session.Moving{Store: next(), Previous: previous()}, func(d time.Duration) { passed.Add(int64(d)) })
				passed.Store(0)
				old := previous()
				r := session.Record{Member: "kim", SignIn: "1", At: time.Unix(time.Now().Unix(), 0), Proved: time.Unix(time.Now().Unix(), 0)}
				c, err := session.Begin(ctx, old, session.Carried{}, r)
				if err != nil {
					t.Fatal(err)
				}
				m := session.Moving{Store: next(), Previous: old}
				_, moved, err := m.Open(ctx, c)
				if err != nil || moved.Visitor != c.Visitor {
					t.Fatalf("moving: %+v, %v", moved, err)
				}
				if got, _, err := m.Store.Open(ctx, moved); err != nil || !got.At.Equal(r.At) || got.Member != "kim" {
					t.Errorf("the new store knows %+v, %v", got, err)
				}
				after, err := m.End(ctx, moved)
				if err != nil {
					t.Fatal(err)
				}
				if got, _, err := m.Open(ctx, after); err != nil || !got.IsZero() {
					t.Errorf("after signing out: %+v, %v", got, err)
				}
			})
		}
	}
}

// broken cannot end anything.
type broken struct{ session.Store }

var errBroken = errors.New("broken")

func (broken) End(context.Context, session.Carried) (session.Carried, error) {
	return session.Carried{}, errBroken
}

// TestSigningInThatFailsChangesNothing: where the old token cannot be ended, it is not replaced.
func TestSigningInThatFailsChangesNothing(t *testing.T) {
	s := memory.NewSessions(time.Now)
	r := session.Record{Member: "kim", SignIn: "1", At: time.Now(), Proved: time.Now()}
	c, err := session.Begin(ctx, s, session.Carried{}, r)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := session.Begin(ctx, broken{s}, c, r); got != c || !errors.Is(err, errBroken) {
		t.Errorf("%+v, %v", got, err)
	}
}

func FuzzParseRecord(f *testing.F) {
	f.Add(session.Record{Member: "a", SignIn: "b", At: time.Unix(1, 0), Proved: time.Unix(2, 0)}.Text())
	f.Add("a\nb\n1\n-9223372036854775808")
	f.Add("\n\n\n")
	f.Fuzz(func(t *testing.T, text string) {
		r := session.ParseRecord(text)
		if r.IsZero() != (r == session.Record{}) {
			t.Errorf("%q is half a record: %+v", text, r)
		}
		if again := session.ParseRecord(r.Text()); !r.IsZero() && again != r {
			t.Errorf("%q: %+v became %+v", text, r, again)
		}
	})
}
