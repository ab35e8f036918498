package carttest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"myclothes/internal/cart"
	"myclothes/internal/catalog"
	"myclothes/internal/session"
)

// Join runs the suite of signing in on home, which may hold other carts already.
func Join(t *testing.T, home cart.Home) {
	if !home.Follows() {
		t.Run("a cart in the browser stays there", func(t *testing.T) { joinInBrowser(t, home) })
		return
	}
	for name, test := range map[string]func(*testing.T, cart.Home){
		"the larger quantity wins, once":       joinTwice,
		"stock and limits":                     joinLimits,
		"another device finds it":              joinFollows,
		"stopped anywhere, done again":         joinStopped,
		"two devices at once":                  joinTogether,
		"a member brings nothing to another's": joinMember,
	} {
		t.Run(name, func(t *testing.T) { test(t, home) })
	}
}

// shelf is a catalogue: how many there are of each SKU. What is not on it is not sold.
type shelf map[string]int

func (s shelf) Offers(_ context.Context, _ string, skus []string) (map[string]catalog.Offer, error) {
	out := map[string]catalog.Offer{}
	for _, sku := range skus {
		if n, ok := s[sku]; ok {
			out[sku] = catalog.Offer{SKU: sku, OnSale: true, Available: n}
		}
	}
	return out, nil
}

var plenty = shelf{"A": 50, "B": 50, "C": 50}

func members() string { return "member-" + string(session.New()) }

// as is the cart of a member on a device that has just signed in.
func as(member string) cart.Carried { return cart.Carried{Visitor: session.New(), Member: member} }

func filled(t *testing.T, h cart.Home, c cart.Carried, lines ...cart.Line) cart.Carried {
	t.Helper()
	for _, l := range lines {
		_, c = add(t, h, c, l.SKU, l.Quantity)
	}
	return c
}

func join(t *testing.T, h cart.Home, on shelf, c cart.Carried, member string) (cart.Joined, cart.Carried) {
	t.Helper()
	j, next, err := (&cart.Carts{Home: h, Catalog: on}).Join(context.Background(), c, member)
	if err != nil {
		t.Fatal(err)
	}
	if next.Member != member {
		t.Errorf("signed in as %q, carries %q", member, next.Member)
	}
	return j, next
}

func joinTwice(t *testing.T, h cart.Home) {
	m := members()
	filled(t, h, as(m), cart.Line{SKU: "A", Quantity: 2}, cart.Line{SKU: "B", Quantity: 5})
	guest := filled(t, h, cart.Carried{}, cart.Line{SKU: "C", Quantity: 1}, cart.Line{SKU: "B", Quantity: 3}, cart.Line{SKU: "A", Quantity: 4})
	for i := range 3 {
		j, next := join(t, h, plenty, guest, m)
		if d := cmp.Diff(cart.Joined{Lines: 3 * (1 - min(i, 1))}, j); d != "" {
			t.Errorf("joining %d (-want +got):\n%s", i, d)
		}
		want(t, h, next, cart.Line{SKU: "A", Quantity: 4}, cart.Line{SKU: "B", Quantity: 5}, cart.Line{SKU: "C", Quantity: 1})
	}
	want(t, h, guest)
}

func joinLimits(t *testing.T, h cart.Home) {
	m := members()
	member := filled(t, h, as(m), cart.Line{SKU: "A", Quantity: 9})
	for i := range cart.MaxLines - 2 {
		_, member = add(t, h, member, fmt.Sprintf("SKU-%03d", i), 1)
	}
	guest := filled(t, h, cart.Carried{}, cart.Line{SKU: "A", Quantity: 20}, cart.Line{SKU: "gone", Quantity: 1}, cart.Line{SKU: "B", Quantity: 8},
		cart.Line{SKU: "sold out", Quantity: 2}, cart.Line{SKU: "C", Quantity: 1})
	j, next := join(t, h, shelf{"A": 4, "B": 3, "C": 9, "sold out": 0}, guest, m)
	expect := cart.Joined{Lines: 2, Reduced: []cart.Line{{SKU: "A", Quantity: 4}, {SKU: "B", Quantity: 3}},
		Left: []cart.Line{{SKU: "gone", Quantity: 1}, {SKU: "sold out", Quantity: 2}, {SKU: "C", Quantity: 1}}}
	if d := cmp.Diff(expect, j); d != "" {
		t.Errorf("joined (-want +got):\n%s", d)
	}
	got, err := h.Open(context.Background(), next)
	if err != nil || got.Quantity("A") != 9 || got.Quantity("B") != 3 || len(got.Lines) != cart.MaxLines {
		t.Errorf("A %d of 9, B %d of 3, %d lines, %v", got.Quantity("A"), got.Quantity("B"), len(got.Lines), err)
	}
}

func joinFollows(t *testing.T, h cart.Home) {
	m := members()
	_, phone := join(t, h, plenty, filled(t, h, cart.Carried{}, cart.Line{SKU: "A", Quantity: 1}), m)
	_, desk := join(t, h, plenty, cart.Carried{}, m)
	want(t, h, desk, cart.Line{SKU: "A", Quantity: 1})
	filled(t, h, desk, cart.Line{SKU: "B", Quantity: 2})
	want(t, h, phone, cart.Line{SKU: "A", Quantity: 1}, cart.Line{SKU: "B", Quantity: 2})
	want(t, h, as(members()))
	want(t, h, cart.Carried{Visitor: phone.Visitor}) // whoever carries the token alone is nobody's member
}

var errPulled = errors.New("the plug was pulled")

// plug lets some changes through and then none, as when the process dies.
type plug struct {
	cart.Home
	left int
}

func (p *plug) Raise(ctx context.Context, c cart.Carried, sku string, n int) (cart.Cart, cart.Carried, error) {
	if p.left--; p.left < 0 {
		return cart.Cart{}, c, errPulled
	}
	return p.Home.Raise(ctx, c, sku, n)
}

func (p *plug) Take(ctx context.Context, c cart.Carried, lines []cart.Line) (cart.Carried, error) {
	if p.left--; p.left < 0 {
		return c, errPulled
	}
	return p.Home.Take(ctx, c, lines)
}

func joinStopped(t *testing.T, h cart.Home) {
	for changes := range 5 {
		m := members()
		filled(t, h, as(m), cart.Line{SKU: "B", Quantity: 2})
		guest := filled(t, h, cart.Carried{}, cart.Line{SKU: "A", Quantity: 1}, cart.Line{SKU: "B", Quantity: 3}, cart.Line{SKU: "C", Quantity: 4})
		p := &plug{h, changes}
		_, next, err := (&cart.Carts{Home: p, Catalog: plenty}).Join(context.Background(), guest, m)
		if stopped := errors.Is(err, errPulled); stopped != (changes < 4) || stopped && next != guest {
			t.Fatalf("after %d changes: %v, carries %+v", changes, err, next)
		}
		_, next = join(t, h, plenty, guest, m)
		want(t, h, next, cart.Line{SKU: "B", Quantity: 3}, cart.Line{SKU: "A", Quantity: 1}, cart.Line{SKU: "C", Quantity: 4})
		want(t, h, guest)
	}
}

func joinTogether(t *testing.T, h cart.Home) {
	m := members()
	guests := []cart.Carried{
		filled(t, h, cart.Carried{}, cart.Line{SKU: "A", Quantity: 3}, cart.Line{SKU: "B", Quantity: 1}),
		filled(t, h, cart.Carried{}, cart.Line{SKU: "A", Quantity: 2}, cart.Line{SKU: "B", Quantity: 6}),
	}
	var wg sync.WaitGroup
	for _, g := range append(guests, guests...) {
		wg.Go(func() {
			if _, _, err := (&cart.Carts{Home: h, Catalog: plenty}).Join(context.Background(), g, m); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	got, err := h.Open(context.Background(), as(m))
	if err != nil || len(got.Lines) != 2 || got.Quantity("A") != 3 || got.Quantity("B") != 6 {
		t.Errorf("%+v, %v", got, err)
	}
}

func joinMember(t *testing.T, h cart.Home) {
	kim, lee := members(), members()
	hers := filled(t, h, as(kim), cart.Line{SKU: "A", Quantity: 1})
	_, his := join(t, h, plenty, hers, lee)
	want(t, h, his)
	want(t, h, hers, cart.Line{SKU: "A", Quantity: 1})
}

func joinInBrowser(t *testing.T, h cart.Home) {
	guest := filled(t, h, cart.Carried{}, cart.Line{SKU: "A", Quantity: 1})
	_, next := join(t, h, plenty, guest, members())
	want(t, h, next, cart.Line{SKU: "A", Quantity: 1})
	_, elsewhere := join(t, h, plenty, cart.Carried{}, next.Member)
	want(t, h, elsewhere)
}
