// Package carttest is the suite that every home of carts must pass. It knows only the interface.
package carttest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"myclothes/internal/cart"
	"myclothes/internal/fault"
	"myclothes/internal/session"
)

// Run runs the suite on home, which may hold other carts already.
func Run(t *testing.T, home cart.Home) {
	RunInBrowser(t, home)
	for name, test := range map[string]func(*testing.T, cart.Home){
		"concurrent adds all count":             concurrentAdds,
		"random operations end as acknowledged": randomOperations,
	} {
		t.Run(name, func(t *testing.T) { test(t, home) })
	}
}

// RunInBrowser is Run without what a home cannot promise that keeps the cart in the browser: that changes made at the same moment all count.
func RunInBrowser(t *testing.T, home cart.Home) {
	for _, c := range []struct {
		name string
		test func(*testing.T, cart.Home)
	}{
		{"looking leaves no trace", looking},
		{"lines keep their order and add up", lines},
		{"set, remove and take", setAndTake},
		{"raising twice is raising once", raising},
		{"limits leave the cart as it was", limits},
		{"strangers see nothing", strangers},
		{"any SKU text is kept as it is", anySKU},
		{"one change after another", oneAfterAnother},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, home) })
	}
	t.Run("signing in", func(t *testing.T) { Join(t, home) })
}

func looking(t *testing.T, h cart.Home) {
	for _, c := range []cart.Carried{{}, {Visitor: session.New()}, {Sealed: "forged"}, {Visitor: session.New(), Sealed: strings.Repeat("x", 5000)}} {
		want(t, h, c)
	}
	_, next := add(t, h, cart.Carried{}, "A", 1)
	if next.Visitor == "" && next.Sealed == "" {
		t.Fatal("a first change must give the browser something to carry")
	}
	if _, ok := session.Parse(string(next.Visitor)); next.Visitor != "" && !ok {
		t.Fatalf("minted a malformed token %q", next.Visitor)
	}
}

func lines(t *testing.T, h cart.Home) {
	_, c := add(t, h, cart.Carried{}, "B", 2)
	_, c = add(t, h, c, "A", 1)
	got, c := add(t, h, c, "B", 3)
	expect := cart.Cart{Lines: []cart.Line{{SKU: "B", Quantity: 5}, {SKU: "A", Quantity: 1}}}
	if d := cmp.Diff(expect, got); d != "" {
		t.Fatalf("what Add answered (-want +got):\n%s", d)
	}
	want(t, h, c, expect.Lines...)
	if got.Count() != 6 {
		t.Fatalf("count %d, want 6", got.Count())
	}
}

func setAndTake(t *testing.T, h cart.Home) {
	ctx := context.Background()
	_, c := add(t, h, cart.Carried{}, "A", 2)
	_, c = add(t, h, c, "B", 2)
	_, c = must3(t)(h.Set(ctx, c, "A", 7))
	_, c = must3(t)(h.Set(ctx, c, "C", 1))
	want(t, h, c, cart.Line{SKU: "A", Quantity: 7}, cart.Line{SKU: "B", Quantity: 2}, cart.Line{SKU: "C", Quantity: 1})
	_, c = must3(t)(h.Set(ctx, c, "B", 0))
	_, c = must3(t)(h.Set(ctx, c, "never there", 0))
	want(t, h, c, cart.Line{SKU: "A", Quantity: 7}, cart.Line{SKU: "C", Quantity: 1})
	c, err := h.Take(ctx, c, []cart.Line{{SKU: "A", Quantity: 5}, {SKU: "C", Quantity: 3}, {SKU: "gone", Quantity: 1}})
	if err != nil {
		t.Fatal(err)
	}
	want(t, h, c, cart.Line{SKU: "A", Quantity: 2})
}

func raising(t *testing.T, h cart.Home) {
	ctx := context.Background()
	_, c := add(t, h, cart.Carried{}, "A", 3)
	_, c = must3(t)(h.Raise(ctx, c, "A", 2))
	for range 2 {
		_, c = must3(t)(h.Raise(ctx, c, "B", 4))
		got, next := must3(t)(h.Raise(ctx, c, "A", 5))
		if c = next; got.Quantity("A") != 5 {
			t.Fatalf("raised to %d, want 5", got.Quantity("A"))
		}
	}
	want(t, h, c, cart.Line{SKU: "A", Quantity: 5}, cart.Line{SKU: "B", Quantity: 4})
	for n, f := range map[int]*fault.Error{0: fault.BadRequest, cart.MaxQuantity + 1: fault.QuantityLimit} {
		_, _, err := h.Raise(ctx, c, "A", n)
		wantFault(t, err, f)
	}
	_, fresh := must3(t)(h.Raise(ctx, cart.Carried{}, "A", 1))
	want(t, h, fresh, cart.Line{SKU: "A", Quantity: 1})
}

func limits(t *testing.T, h cart.Home) {
	ctx := context.Background()
	_, c := add(t, h, cart.Carried{}, "A", cart.MaxQuantity)
	for _, n := range []int{1, cart.MaxQuantity, 1 << 40} {
		_, _, err := h.Add(ctx, c, "A", n)
		wantFault(t, err, fault.QuantityLimit)
	}
	for _, n := range []int{0, -1, -1 << 62} {
		_, _, err := h.Add(ctx, c, "A", n)
		wantFault(t, err, fault.BadRequest)
	}
	_, _, err := h.Set(ctx, c, "A", -1)
	wantFault(t, err, fault.BadRequest)
	_, _, err = h.Set(ctx, c, "A", cart.MaxQuantity+1)
	wantFault(t, err, fault.QuantityLimit)
	want(t, h, c, cart.Line{SKU: "A", Quantity: cart.MaxQuantity})

	var all []cart.Line
	c = cart.Carried{}
	for i := range cart.MaxLines {
		l := cart.Line{SKU: fmt.Sprintf("SKU-%03d", i), Quantity: 1}
		_, c = add(t, h, c, l.SKU, 1)
		all = append(all, l)
	}
	_, _, err = h.Add(ctx, c, "ONE-MORE", 1)
	wantFault(t, err, fault.CartFull)
	_, _, err = h.Set(ctx, c, "ONE-MORE", 1)
	wantFault(t, err, fault.CartFull)
	_, _, err = h.Raise(ctx, c, "ONE-MORE", 1)
	wantFault(t, err, fault.CartFull)
	want(t, h, c, all...)
}

func strangers(t *testing.T, h cart.Home) {
	_, a := add(t, h, cart.Carried{}, "A", 1)
	_, b := add(t, h, cart.Carried{}, "B", 1)
	if a == b {
		t.Fatal("two visitors carry the same")
	}
	want(t, h, a, cart.Line{SKU: "A", Quantity: 1})
	want(t, h, b, cart.Line{SKU: "B", Quantity: 1})
	want(t, h, cart.Carried{Visitor: session.New()})
}

func anySKU(t *testing.T, h cart.Home) {
	var expect []cart.Line
	c := cart.Carried{}
	for _, sku := range []string{"a", "A", "'; DROP TABLE cart; --", `<b>"&`, "옥스퍼드-네이비", "50%_off", strings.Repeat("x", 64)} {
		_, c = add(t, h, c, sku, 1)
		expect = append(expect, cart.Line{SKU: sku, Quantity: 1})
	}
	want(t, h, c, expect...)
}

// concurrentAdds: 32 tabs press at once, on lines that exist and on new ones.
func concurrentAdds(t *testing.T, h cart.Home) {
	_, c := add(t, h, cart.Carried{}, "A", 1)
	var wg sync.WaitGroup
	for i := range 32 {
		wg.Go(func() {
			for _, sku := range []string{"A", fmt.Sprintf("N%d", i%8)} {
				if _, _, err := h.Add(context.Background(), c, sku, 1); err != nil {
					t.Errorf("add %s: %v", sku, err)
				}
			}
		})
	}
	wg.Wait()
	got, err := h.Open(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	if got.Quantity("A") != 33 || got.Count() != 65 || len(got.Lines) != 9 {
		t.Fatalf("A = %d of 33, %d units of 65, %d lines of 9", got.Quantity("A"), got.Count(), len(got.Lines))
	}
}

// How many workers there are, eight to a cart, and how many operations each of them does: more with CARTTEST_WORKERS and CARTTEST_OPS ('make carts').
var workers, operations = number("CARTTEST_WORKERS", 8), number("CARTTEST_OPS", 60)

func number(name string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return otherwise
}

// randomOperations gives each worker its own SKU in a cart that it shares with seven others, so that the acknowledged operations of each
// decide exactly what must be there at the end (C1).
func randomOperations(t *testing.T, h cart.Home) {
	carts := make([]cart.Carried, (workers+7)/8)
	for i := range carts {
		_, carts[i] = add(t, h, cart.Carried{}, "shared", 1)
	}
	final := make([]int, workers)
	var wg sync.WaitGroup
	for w := range final {
		wg.Go(func() { final[w] = work(t, h, carts[w/8], fmt.Sprintf("W%d", w), uint64(w)) })
	}
	wg.Wait()
	for w, n := range final {
		got, err := h.Open(context.Background(), carts[w/8])
		if err != nil {
			t.Fatal(err)
		}
		if q := got.Quantity(fmt.Sprintf("W%d", w)); q != n || len(got.Lines) > 9 {
			t.Errorf("W%d: %d in the cart, %d acknowledged; %d lines", w, q, n, len(got.Lines))
		}
	}
	t.Logf("%d operations by %d workers on %d carts", workers*operations, workers, len(carts))
}

// oneAfterAnother is a shopper who waits for each answer and carries it to the next request, as a browser does.
func oneAfterAnother(t *testing.T, h cart.Home) {
	rnd, has := rand.New(rand.NewPCG(1, 4)), map[string]int{}
	ctx, c := context.Background(), cart.Carried{}
	for range 200 {
		sku, n := fmt.Sprintf("S%d", rnd.IntN(12)), 1+rnd.IntN(8)
		var err error
		switch next := c; rnd.IntN(3) {
		case 0:
			if has[sku]+n > cart.MaxQuantity {
				continue
			}
			_, next, err = h.Add(ctx, c, sku, n)
			c, has[sku] = next, has[sku]+n
		case 1:
			_, next, err = h.Set(ctx, c, sku, n-1)
			c, has[sku] = next, n-1
		case 2:
			next, err = h.Take(ctx, c, []cart.Line{{SKU: sku, Quantity: n}})
			c, has[sku] = next, max(0, has[sku]-n)
		}
		noError(t, err)
	}
	got, err := h.Open(ctx, c)
	noError(t, err)
	for sku, n := range has {
		if q := got.Quantity(sku); q != n {
			t.Errorf("%s: %d in the cart, want %d", sku, q, n)
		}
	}
}

// work does random operations on one SKU and returns what they must have left.
func work(t *testing.T, h cart.Home, c cart.Carried, sku string, seed uint64) int {
	rnd, has := rand.New(rand.NewPCG(seed, 4)), 0
	ctx := context.Background()
	for range operations {
		n := 1 + rnd.IntN(30)
		switch rnd.IntN(4) {
		case 0, 1:
			_, _, err := h.Add(ctx, c, sku, n)
			if has+n <= cart.MaxQuantity {
				has += n
				noError(t, err)
			} else if !errors.Is(err, fault.QuantityLimit) {
				t.Errorf("%s: %d + %d: %v, want a quantity limit", sku, has, n, err)
			}
		case 2:
			_, _, err := h.Set(ctx, c, sku, n-1)
			noError(t, err)
			has = n - 1
		case 3:
			_, err := h.Take(ctx, c, []cart.Line{{SKU: sku, Quantity: n}})
			noError(t, err)
			has = max(0, has-n)
		}
	}
	return has
}

func add(t *testing.T, h cart.Home, c cart.Carried, sku string, n int) (cart.Cart, cart.Carried) {
	t.Helper()
	return must3(t)(h.Add(context.Background(), c, sku, n))
}

func must3(t *testing.T) func(cart.Cart, cart.Carried, error) (cart.Cart, cart.Carried) {
	return func(got cart.Cart, next cart.Carried, err error) (cart.Cart, cart.Carried) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return got, next
	}
}

func want(t *testing.T, h cart.Home, c cart.Carried, lines ...cart.Line) {
	t.Helper()
	got, err := h.Open(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(lines, got.Lines, cmpopts.EquateEmpty()); d != "" {
		t.Fatalf("cart (-want +got):\n%s", d)
	}
}

func wantFault(t *testing.T, err error, f *fault.Error) {
	t.Helper()
	if !errors.Is(err, f) {
		t.Fatalf("got %v, want %s", err, f.Code)
	}
}

func noError(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}
