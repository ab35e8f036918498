package cart_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"myclothes/internal/cart"
	"myclothes/internal/cart/carttest"
	"myclothes/internal/catalog"
	"myclothes/internal/fault"
	"myclothes/internal/home/cookie"
	"myclothes/internal/home/memory"
	"myclothes/internal/seal"
	"myclothes/internal/session"
)

var ctx = context.Background()

func homes(t *testing.T) map[string]func() cart.Home {
	ring, err := seal.NewRing(seal.NewKey("a"))
	if err != nil {
		t.Fatal(err)
	}
	return map[string]func() cart.Home{
		"memory": func() cart.Home { return memory.New() },
		"cookie": func() cart.Home { return cookie.New(cookie.Options{Keys: ring}) },
	}
}

// TestMovingIsAHome: while visitors move, everything that a home promises holds.
func TestMovingIsAHome(t *testing.T) {
	all := homes(t)
	carttest.Run(t, &cart.Moving{Home: memory.New(), Previous: memory.New()})
	for from, previous := range all {
		for to, next := range all {
			t.Run(from+" to "+to, func(t *testing.T) { carttest.RunInBrowser(t, &cart.Moving{Home: next(), Previous: previous()}) })
		}
	}
}

// TestCartsMoveOnceAndWhole: looking shows the old cart, the first change brings it along, and the old home no longer has it.
func TestCartsMoveOnceAndWhole(t *testing.T) {
	all := homes(t)
	for from, previous := range all {
		for to, next := range all {
			if from == to {
				continue // one home under the same name keeps the same cookie
			}
			t.Run(from+" to "+to, func(t *testing.T) {
				old, moves := previous(), 0
				_, c, err := old.Add(ctx, cart.Carried{}, "A", 2)
				must(t, err)
				_, c, err = old.Add(ctx, c, "B", 1)
				must(t, err)
				m := &cart.Moving{Home: next(), Previous: old, Moved: func(int) { moves++ }}
				holds(t, m, c, cart.Line{SKU: "A", Quantity: 2}, cart.Line{SKU: "B", Quantity: 1})
				before := c
				_, c, err = m.Add(ctx, c, "A", 1)
				must(t, err)
				holds(t, m, c, cart.Line{SKU: "A", Quantity: 3}, cart.Line{SKU: "B", Quantity: 1})
				holds(t, m.Home, c, cart.Line{SKU: "A", Quantity: 3}, cart.Line{SKU: "B", Quantity: 1})
				holds(t, old, c)
				if c.Visitor != before.Visitor {
					t.Error("the visitor became somebody else")
				}
				_, c, err = m.Set(ctx, c, "A", 0)
				must(t, err)
				holds(t, m, c, cart.Line{SKU: "B", Quantity: 1})
				c, err = m.Take(ctx, c, []cart.Line{{SKU: "B", Quantity: 1}})
				must(t, err)
				if holds(t, m, c); moves != 1 {
					t.Errorf("moved %d times", moves)
				}
			})
		}
	}
}

// TestMovingUnderConcurrentChanges: many tabs make their first change at once; nothing that was there or was acknowledged is lost.
func TestMovingUnderConcurrentChanges(t *testing.T) {
	for range 50 {
		old := memory.New()
		_, c, err := old.Add(ctx, cart.Carried{}, "OLD", 5)
		must(t, err)
		m := &cart.Moving{Home: memory.New(), Previous: old}
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				_, _, err := m.Add(ctx, c, fmt.Sprint("N", i), 1)
				must(t, err)
			})
		}
		all.Wait()
		got, err := m.Open(ctx, c)
		must(t, err)
		if got.Quantity("OLD") != 5 || got.Count() != 13 {
			t.Fatalf("%+v, want OLD 5 and eight others", got)
		}
	}
}

// broken is a home in which some operations fail.
type broken struct {
	cart.Home
	failing func(op string) bool
}

func (b broken) Raise(ctx context.Context, c cart.Carried, sku string, n int) (cart.Cart, cart.Carried, error) {
	if b.failing("raise") {
		return cart.Cart{}, c, fault.OutOfOrder
	}
	return b.Home.Raise(ctx, c, sku, n)
}

func (b broken) Take(ctx context.Context, c cart.Carried, lines []cart.Line) (cart.Carried, error) {
	if b.failing("take") {
		return c, fault.OutOfOrder
	}
	return b.Home.Take(ctx, c, lines)
}

// TestStoppedAnywhereItEndsAsOnce (C2): whichever step fails, pouring once more ends as pouring once.
func TestStoppedAnywhereItEndsAsOnce(t *testing.T) {
	for stop := range 4 {
		guest, member := memory.New(), memory.New()
		_, g, _ := guest.Add(ctx, cart.Carried{}, "A", 2)
		_, g, _ = guest.Add(ctx, g, "B", 5)
		_, m, _ := member.Add(ctx, cart.Carried{}, "B", 3)
		step := 0
		failing := func(string) bool { step++; return step == stop+1 }
		_, g, m, _, err := cart.Pour(ctx, broken{guest, failing}, g, broken{member, failing}, m)
		if stop < 3 != errors.Is(err, fault.OutOfOrder) {
			t.Fatalf("step %d: %v", stop, err)
		}
		for range 2 {
			_, g, m, _, err = cart.Pour(ctx, guest, g, member, m)
			must(t, err)
		}
		holds(t, member, m, cart.Line{SKU: "B", Quantity: 5}, cart.Line{SKU: "A", Quantity: 2})
		holds(t, guest, g)
	}
}

// TestWhatHasNoRoomStays: lines beyond the limit stay in the guest's cart and are named.
func TestWhatHasNoRoomStays(t *testing.T) {
	guest, member := memory.New(), memory.New()
	g, m := cart.Carried{}, cart.Carried{}
	for i := range cart.MaxLines - 1 {
		_, m, _ = member.Add(ctx, m, fmt.Sprint("M", i), 1)
	}
	for _, sku := range []string{"M1", "X", "Y"} {
		_, g, _ = guest.Add(ctx, g, sku, 7)
	}
	_, g, m, left, err := cart.Pour(ctx, guest, g, member, m)
	must(t, err)
	if d := cmp.Diff([]cart.Line{{SKU: "Y", Quantity: 7}}, left); d != "" {
		t.Errorf("left (-want +got):\n%s", d)
	}
	holds(t, guest, g, cart.Line{SKU: "Y", Quantity: 7})
	if got, _ := member.Open(ctx, m); got.Quantity("M1") != 7 || got.Quantity("X") != 7 || len(got.Lines) != cart.MaxLines {
		t.Errorf("%d lines, M1 %d, X %d", len(got.Lines), got.Quantity("M1"), got.Quantity("X"))
	}
}

func holds(t *testing.T, h cart.Home, c cart.Carried, want ...cart.Line) {
	t.Helper()
	got, err := h.Open(ctx, c)
	must(t, err)
	if d := cmp.Diff(want, got.Lines, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("%s (-want +got):\n%s", h.Name(), d)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestSigningInWhileCartsMove: both carts come along, the guest's and the member's, from wherever they are.
func TestSigningInWhileCartsMove(t *testing.T) {
	all := homes(t)
	for from, previous := range all {
		for to, next := range all {
			if from == to {
				continue
			}
			t.Run(from+" to "+to, func(t *testing.T) {
				old := previous()
				carts := &cart.Carts{Home: &cart.Moving{Home: next(), Previous: old}, Catalog: shelf{"A": 9, "B": 9}}
				_, guest, err := old.Add(ctx, cart.Carried{}, "A", 2)
				must(t, err)
				if old.Follows() {
					_, _, err = old.Add(ctx, cart.Carried{Visitor: session.New(), Member: "kim"}, "B", 1)
					must(t, err)
				}
				_, c, err := carts.Join(ctx, guest, "kim")
				must(t, err)
				got, err := carts.Home.Open(ctx, c)
				if must(t, err); got.Quantity("A") != 2 || old.Follows() && got.Quantity("B") != 1 {
					t.Errorf("the member has %+v", got)
				}
			})
		}
	}
}

// shelf is a catalogue: how many there are of each SKU.
type shelf map[string]int

func (s shelf) Offers(_ context.Context, _ string, skus []string) (map[string]catalog.Offer, error) {
	out := map[string]catalog.Offer{}
	for _, sku := range skus {
		out[sku] = catalog.Offer{SKU: sku, OnSale: s[sku] > 0, Available: s[sku]}
	}
	return out, nil
}
