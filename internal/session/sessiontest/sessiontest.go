// Package sessiontest is the suite that every store of sessions must pass. It knows only the interface.
package sessiontest

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"myclothes/internal/session"
)

// Run runs the suite on a store, which may hold other sessions already. passes moves the clock that the store goes by; it is nil for a store whose server has a clock
// of its own.
func Run(t *testing.T, s session.Store, passes func(time.Duration)) {
	for name, test := range map[string]func(*testing.T, session.Store){
		"what is filed is found":           filed,
		"strangers and forgers are guests": strangers,
		"beginning renews the token":       begins,
		"what ended stays ended":           ends,
		"filing twice is filing once":      twice,
		"many at once":                     many,
	} {
		t.Run(name, func(t *testing.T) { test(t, s) })
	}
	if passes != nil {
		t.Run("idle and old sessions are over", func(t *testing.T) { expires(t, s, passes) })
	}
}

var ctx = context.Background()

// now is whole seconds, and late enough that no store finds the record over.
func now() time.Time { return time.Unix(time.Now().Unix(), 0) }

func record(member string) session.Record {
	return session.Record{Member: member, SignIn: "sign-in of " + member, At: now(), Proved: now().Add(time.Minute)}
}

func begin(t *testing.T, s session.Store, c session.Carried, r session.Record) session.Carried {
	t.Helper()
	next, err := session.Begin(ctx, s, c, r)
	if err != nil {
		t.Fatal(err)
	}
	return next
}

func want(t *testing.T, s session.Store, c session.Carried, r session.Record) session.Carried {
	t.Helper()
	c.Member = "" // a browser does not carry it
	got, next, err := s.Open(ctx, c)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(r, got); d != "" {
		t.Fatalf("record (-want +got):\n%s", d)
	}
	return next
}

func filed(t *testing.T, s session.Store) {
	r := record("kim")
	c := begin(t, s, session.Carried{}, r)
	if c.Member != "kim" || !c.Visitor.SignedIn() {
		t.Errorf("carries %+v", c)
	}
	for range 3 {
		next := want(t, s, c, r)
		if next.Visitor != c.Visitor {
			t.Error("looking changed the token")
		}
	}
}

func strangers(t *testing.T, s session.Store) {
	kim, lee := record("kim"), record("lee")
	a, b := begin(t, s, session.Carried{}, kim), begin(t, s, session.Carried{}, lee)
	want(t, s, a, kim)
	want(t, s, b, lee)
	mixed := a
	mixed.Session = b.Session
	if got, _, err := s.Open(ctx, mixed); err != nil || got.Member == "lee" {
		t.Errorf("another's sealed session under one's own token opened %+v, %v", got, err)
	}
	for _, c := range []session.Carried{
		{}, {Visitor: session.New()}, {Visitor: "s" + session.New()}, {Visitor: "s" + session.New(), Session: a.Session},
		{Visitor: a.Visitor[1:], Session: a.Session}, {Visitor: "s" + session.New(), Session: strings.Repeat("x", 5000)}, {Session: a.Session},
	} {
		want(t, s, c, session.Record{})
	}
}

func begins(t *testing.T, s session.Store) {
	guest := session.Carried{Visitor: session.New(), Sealed: "cart"}
	first := begin(t, s, guest, record("kim"))
	if first.Visitor == guest.Visitor || first.Sealed != "cart" {
		t.Errorf("began as %+v", first)
	}
	proved := record("kim")
	proved.Proved = proved.Proved.Add(time.Hour)
	second := begin(t, s, first, proved)
	if second.Visitor == first.Visitor {
		t.Error("the token was not renewed")
	}
	want(t, s, second, proved)
	mixed := second
	mixed.Visitor = first.Visitor
	want(t, s, mixed, session.Record{})
}

func ends(t *testing.T, s session.Store) {
	r := record("kim")
	c, other := begin(t, s, session.Carried{}, r), begin(t, s, session.Carried{}, r)
	for range 2 {
		next, err := s.End(ctx, c)
		if err != nil {
			t.Fatal(err)
		}
		if next.Session != "" || next.Member != "" || next.Visitor == c.Visitor {
			t.Errorf("after the end carries %+v", next)
		}
		want(t, s, next, session.Record{})
	}
	want(t, s, other, r)
	if _, err := s.End(ctx, session.Carried{}); err != nil {
		t.Error(err)
	}
}

func twice(t *testing.T, s session.Store) {
	r := record("kim")
	c := begin(t, s, session.Carried{}, r)
	c, err := s.File(ctx, c, r)
	if err != nil {
		t.Fatal(err)
	}
	want(t, s, c, r)
}

func many(t *testing.T, s session.Store) {
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Go(func() {
			r := record(fmt.Sprintf("member-%d", i))
			c, err := session.Begin(ctx, s, session.Carried{}, r)
			for range 5 {
				got, _, failed := s.Open(ctx, session.Carried{Visitor: c.Visitor, Session: c.Session})
				if err != nil || failed != nil || got.Member != r.Member {
					t.Errorf("%s: %v, %v, %+v", r.Member, err, failed, got)
				}
			}
		})
	}
	wg.Wait()
}

func expires(t *testing.T, s session.Store, passes func(time.Duration)) {
	lee := record("lee")
	idle, used := begin(t, s, session.Carried{}, record("kim")), begin(t, s, session.Carried{}, lee)
	for day := range 89 {
		passes(24*time.Hour + time.Second)
		used = want(t, s, used, lee)
		if day == 31 {
			want(t, s, idle, session.Record{})
		}
	}
	passes(2 * 24 * time.Hour)
	want(t, s, used, session.Record{})
}
