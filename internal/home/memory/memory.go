// Package memory keeps carts in this process: the shop's first stage, and the fastest.
//
// What it cannot promise: a cart is gone when the process ends, and another instance has never heard of it. It survives only
// behind a load balancer that pins the visitor, and only as long as that one instance lives.
package memory

import (
	"context"
	"sync"
	"time"

	"github.com/maypok86/otter/v2"

	"myclothes/internal/cart"
	"myclothes/internal/session"
)

const (
	keep     = 24 * time.Hour // after the cart was last looked at
	maxCarts = 200_000        // then the least used go; about 1 kB each with ten lines
)

// Home keeps carts in memory. Make one with New.
type Home struct {
	carts *otter.Cache[session.Key, *box]
}

// box is one cart under its lock.
type box struct {
	mu   sync.Mutex
	cart cart.Cart
}

// New makes an empty home.
func New() *Home {
	return &Home{carts: otter.Must(&otter.Options[session.Key, *box]{
		MaximumSize:      maxCarts,
		ExpiryCalculator: otter.ExpiryAccessing[session.Key, *box](keep),
	})}
}

func (h *Home) Name() string { return "memory" }

func (h *Home) Follows() bool { return true }

func (h *Home) Open(_ context.Context, c cart.Carried) (cart.Cart, error) {
	b, ok := h.carts.GetIfPresent(c.Owner())
	if !ok {
		return cart.Cart{}, nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.cart, nil
}

func (h *Home) Add(_ context.Context, c cart.Carried, sku string, n int) (cart.Cart, cart.Carried, error) {
	if err := cart.CheckAdd(n); err != nil {
		return cart.Cart{}, c, err
	}
	return h.change(c, func(in *cart.Cart) error { return in.Put(sku, in.Quantity(sku)+n) })
}

func (h *Home) Set(_ context.Context, c cart.Carried, sku string, n int) (cart.Cart, cart.Carried, error) {
	if err := cart.CheckSet(n); err != nil {
		return cart.Cart{}, c, err
	}
	return h.change(c, func(in *cart.Cart) error { return in.Put(sku, n) })
}

func (h *Home) Raise(_ context.Context, c cart.Carried, sku string, n int) (cart.Cart, cart.Carried, error) {
	if err := cart.CheckAdd(n); err != nil {
		return cart.Cart{}, c, err
	}
	return h.change(c, func(in *cart.Cart) error { return in.Put(sku, max(n, in.Quantity(sku))) })
}

func (h *Home) Take(_ context.Context, c cart.Carried, lines []cart.Line) (cart.Carried, error) {
	_, next, err := h.change(c, func(in *cart.Cart) error {
		for _, l := range lines {
			if err := in.Put(l.SKU, max(0, in.Quantity(l.SKU)-l.Quantity)); err != nil {
				return err
			}
		}
		return nil
	})
	return next, err
}

// change runs act on the visitor's cart, alone.
func (h *Home) change(c cart.Carried, act func(*cart.Cart) error) (cart.Cart, cart.Carried, error) {
	next := c.Named()
	b, _ := h.carts.ComputeIfAbsent(next.Owner(), func() (*box, bool) { return new(box), false })
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := act(&b.cart); err != nil {
		return cart.Cart{}, c, err
	}
	return b.cart, next, nil
}
