// Package cart holds what a visitor means to buy: SKUs and quantities, nothing else.
//
// Price, name and stock are asked again from the catalogue each time a cart is shown (see Price), so nothing
// that a browser or an old row carries can decide what something costs.
package cart

import (
	"context"
	"slices"

	"myclothes/internal/fault"
	"myclothes/internal/session"
)

// Limits of one cart.
const (
	MaxLines    = 200 // a business's order by list fits
	MaxQuantity = 99  // of one SKU
)

// Line is one SKU of a cart. Quantity is 1 to MaxQuantity.
type Line struct {
	SKU      string
	Quantity int
}

// Cart is a visitor's cart. Lines are in the order in which their SKUs were first added. The zero Cart is an empty one.
type Cart struct {
	Lines []Line
}

// Count returns how many units the cart holds.
func (c Cart) Count() int {
	n := 0
	for _, l := range c.Lines {
		n += l.Quantity
	}
	return n
}

// SKUs returns what its lines are of, in their order.
func (c Cart) SKUs() []string {
	out := make([]string, len(c.Lines))
	for i, l := range c.Lines {
		out[i] = l.SKU
	}
	return out
}

// Quantity returns how many units of sku the cart holds.
func (c Cart) Quantity(sku string) int {
	for _, l := range c.Lines {
		if l.SKU == sku {
			return l.Quantity
		}
	}
	return 0
}

// Put makes sku's line hold n units, 0 removing it; a new line comes last. Past a limit it refuses and leaves the cart as it was. Lines of a copy of the cart
// stay as they are.
func (c *Cart) Put(sku string, n int) error {
	if err := CheckSet(n); err != nil {
		return err
	}
	i := slices.IndexFunc(c.Lines, func(l Line) bool { return l.SKU == sku })
	switch {
	case i >= 0 && n == 0:
		c.Lines = slices.Delete(slices.Clone(c.Lines), i, i+1)
	case i >= 0:
		c.Lines = slices.Clone(c.Lines)
		c.Lines[i].Quantity = n
	case n > 0 && len(c.Lines) == MaxLines:
		return fault.CartFull
	case n > 0:
		c.Lines = append(slices.Clip(c.Lines), Line{sku, n})
	}
	return nil
}

// Carried is what the browser carries of a visitor's state between two requests. A member's cart is filed under the member, so it is the same on every device;
// a guest's under their token.
type Carried = session.Carried

// Home keeps carts. Every method takes what the browser carries and every change returns what it must carry next: the
// caller writes the cookies whose value differs and knows nothing else about where a cart lives.
//
// What every home promises:
//
//   - Changes are per line and atomic: of two concurrent Adds to one cart both count. Nothing is read, modified and written back whole.
//     (A home in the browser cannot promise this: its last writer wins, and its suite says so.)
//   - A change that returned no error is kept for as long as the home says it keeps carts; one that returned an error
//     changed nothing, except where the error is fault.OutOfOrder or the end of ctx, after which it may have happened or not.
//   - What the browser carries is not believed: a token never seen before, a forged or outdated value is an empty cart, not an error.
//   - No token opens a cart of another token.
//   - A change mints a visitor token where the browser carries none. Open never does: looking leaves no trace.
//   - Quantities above MaxQuantity are fault.QuantityLimit and a line above MaxLines is fault.CartFull; the cart stays as it was.
//
// Homes know nothing of the catalogue: whether an SKU exists and is in stock is asked by Carts before.
// Methods are safe for concurrent use and give up when ctx ends.
type Home interface {
	// Name is the setting's value that chooses this home: "database".
	Name() string
	// Follows reports whether a member finds their cart on every device. A home in the browser has one cart for whoever uses that browser.
	Follows() bool
	// Open returns the cart as it is.
	Open(ctx context.Context, c Carried) (Cart, error)
	// Add puts n ≥ 1 more units of sku into the cart.
	Add(ctx context.Context, c Carried, sku string, n int) (Cart, Carried, error)
	// Set makes the line hold exactly n ≥ 0 units; 0 removes it. Setting what is not there adds it.
	Set(ctx context.Context, c Carried, sku string, n int) (Cart, Carried, error)
	// Raise makes the line hold at least n ≥ 1 units. Doing it again changes nothing, which is what merging carts and moving house are made of.
	Raise(ctx context.Context, c Carried, sku string, n int) (Cart, Carried, error)
	// Take removes up to the given quantity of each line, as when they were ordered. What was added meanwhile stays. Each line is taken for itself: after an
	// error some may have been.
	Take(ctx context.Context, c Carried, lines []Line) (Carried, error)
}

// CheckAdd refuses a quantity that no cart can take. Homes call it before Add.
func CheckAdd(n int) error {
	if n < 1 {
		return quantity("수량은 1개 이상이어야 해요.", "The quantity must be at least 1.")
	}
	return CheckSet(n)
}

// CheckSet refuses a quantity that no line can have. Homes call it before Set.
func CheckSet(n int) error {
	if n < 0 {
		return quantity("수량은 0개 이상이어야 해요.", "The quantity must not be negative.")
	}
	if n > MaxQuantity {
		return fault.QuantityLimit.Saying("한 상품은 한 번에 99개까지 담을 수 있어요.", "One order may hold up to 99 of an item.")
	}
	return nil
}

// quantity blames the quantity, in words that stand by themselves: a page that asks for nothing else shows only them.
func quantity(ko, en string) error { return fault.BadRequest.Saying(ko, en).At("quantity", ko, en) }
