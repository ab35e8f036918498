package obs

import (
	"context"
	"time"

	"myclothes/internal/cart"
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
