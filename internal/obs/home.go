package obs

import (
	"context"
	"time"

	"myclothes/internal/cart"
	"myclothes/internal/session"
)

// Timed wraps a home of carts so that every operation is measured.
func (m *Metrics) Timed(h cart.Home) cart.Home { return timed{h, m} }

type timed struct {
	cart.Home
	m *Metrics
}

func (t timed) took(op string, start time.Time) { t.m.Home(t.Name(), op, time.Since(start)) }

func (t timed) Open(ctx context.Context, c cart.Carried) (cart.Cart, error) {
	defer t.took("open", time.Now())
	return t.Home.Open(ctx, c)
}

func (t timed) Add(ctx context.Context, c cart.Carried, sku string, n int) (cart.Cart, cart.Carried, error) {
	defer t.took("add", time.Now())
	return t.Home.Add(ctx, c, sku, n)
}

func (t timed) Set(ctx context.Context, c cart.Carried, sku string, n int) (cart.Cart, cart.Carried, error) {
	defer t.took("set", time.Now())
	return t.Home.Set(ctx, c, sku, n)
}

func (t timed) Raise(ctx context.Context, c cart.Carried, sku string, n int) (cart.Cart, cart.Carried, error) {
	defer t.took("raise", time.Now())
	return t.Home.Raise(ctx, c, sku, n)
}

func (t timed) Take(ctx context.Context, c cart.Carried, lines []cart.Line) (cart.Carried, error) {
	defer t.took("take", time.Now())
	return t.Home.Take(ctx, c, lines)
}

// TimedSessions wraps a store of sessions so that every operation is measured, beside those on carts.
func (m *Metrics) TimedSessions(s session.Store) session.Store { return timedSessions{s, m} }

type timedSessions struct {
	session.Store
	m *Metrics
}

func (t timedSessions) took(op string, start time.Time) { t.m.Home(t.Name(), op, time.Since(start)) }

func (t timedSessions) Open(ctx context.Context, c session.Carried) (session.Record, session.Carried, error) {
	defer t.took("open session", time.Now())
	return t.Store.Open(ctx, c)
}

func (t timedSessions) File(ctx context.Context, c session.Carried, r session.Record) (session.Carried, error) {
	defer t.took("file session", time.Now())
	return t.Store.File(ctx, c, r)
}

func (t timedSessions) End(ctx context.Context, c session.Carried) (session.Carried, error) {
	defer t.took("end session", time.Now())
	return t.Store.End(ctx, c)
}
