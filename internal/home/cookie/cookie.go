// Package cookie keeps carts in the shopper's own browser, sealed: the shop keeps nothing, and any instance serves anybody.
//
// What it cannot promise:
//
//   - Its last writer wins. Two tabs that change the cart in the same moment each send back a whole cart; the answer that arrives last stays.
//   - It follows the browser, not the person. Another device has another cart, and at sign-in it can be merged only in the browser that has it.
//   - An old cookie can be sent again: the lines are then those of that day. It brings back no price, stock, coupon or permission, for none is in it.
//   - It holds what fits into one cookie: at least 150 lines of SKUs of 20 characters.
package cookie

import (
	"context"
	"errors"
	"time"

	"myclothes/internal/cart"
	"myclothes/internal/fault"
	"myclothes/internal/seal"
)

// MaxValue is how long the cookie's value may be: browsers keep name and value of 4,096 bytes together (RFC 6265, 6.1), and the name is __Host-mc-cart.
const MaxValue = 4096 - len("__Host-mc-cart")

// Keep is how long a cart that nobody changes is kept.
const Keep = 90 * 24 * time.Hour

// Purpose and version of what is sealed: a cart cannot be opened as anything else.
const purpose = "cart 1"

// Options are what a Home is made of.
type Options struct {
	Keys *seal.Ring
	Now  func() time.Time // nil is time.Now
	// Refused is told why a cookie was no cart: "malformed", "unknown_key", "altered", "expired" or "unreadable". nil tells nobody.
	Refused func(why string)
}

// Home reads and writes sealed carts. It keeps nothing and is safe for concurrent use.
type Home struct{ o Options }

// New makes a home.
func New(o Options) *Home {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Refused == nil {
		o.Refused = func(string) {}
	}
	return &Home{o}
}

var _ cart.Home = (*Home)(nil)

func (h *Home) Name() string { return "cookie" }

func (h *Home) Follows() bool { return false }

func (h *Home) Open(_ context.Context, c cart.Carried) (cart.Cart, error) { return h.open(c), nil }

func (h *Home) Add(_ context.Context, c cart.Carried, sku string, n int) (cart.Cart, cart.Carried, error) {
	if err := cart.CheckAdd(n); err != nil {
		return cart.Cart{}, c, err
	}
	now := h.open(c)
	return h.put(c, now, sku, now.Quantity(sku)+n)
}

func (h *Home) Set(_ context.Context, c cart.Carried, sku string, n int) (cart.Cart, cart.Carried, error) {
	if err := cart.CheckSet(n); err != nil {
		return cart.Cart{}, c, err
	}
	return h.put(c, h.open(c), sku, n)
}

func (h *Home) Raise(_ context.Context, c cart.Carried, sku string, n int) (cart.Cart, cart.Carried, error) {
	if err := cart.CheckAdd(n); err != nil {
		return cart.Cart{}, c, err
	}
	now := h.open(c)
	return h.put(c, now, sku, max(n, now.Quantity(sku)))
}

func (h *Home) Take(_ context.Context, c cart.Carried, lines []cart.Line) (cart.Carried, error) {
	now := h.open(c)
	for _, l := range lines {
		if err := now.Put(l.SKU, max(0, now.Quantity(l.SKU)-l.Quantity)); err != nil {
			return c, err
		}
	}
	_, next, err := h.close(c, now)
	return next, err
}

// open returns the cart that the browser carries. Whatever is no cart of this shop is an empty one.
func (h *Home) open(c cart.Carried) cart.Cart {
	if c.Sealed == "" {
		return cart.Cart{}
	}
	plain, err := h.o.Keys.Open(purpose, c.Sealed)
	if err != nil {
		h.o.Refused(reasons[err])
		return cart.Cart{}
	}
	lines, at, err := unpack(plain)
	switch {
	case err != nil:
		h.o.Refused("unreadable")
	case h.o.Now().Sub(at) > Keep:
		h.o.Refused("expired")
	default:
		return cart.Cart{Lines: lines}
	}
	return cart.Cart{}
}

var reasons = map[error]string{seal.ErrMalformed: "malformed", seal.ErrUnknown: "unknown_key", seal.ErrAltered: "altered"}

// put makes sku's line hold n units.
func (h *Home) put(c cart.Carried, now cart.Cart, sku string, n int) (cart.Cart, cart.Carried, error) {
	if err := now.Put(sku, n); err != nil {
		return cart.Cart{}, c, err
	}
	return h.close(c, now)
}

// close seals the cart, or refuses one that no longer fits into a cookie.
func (h *Home) close(c cart.Carried, now cart.Cart) (cart.Cart, cart.Carried, error) {
	next := c.Named()
	if next.Sealed = ""; len(now.Lines) == 0 {
		return now, next, nil
	}
	plain, err := pack(now.Lines, h.o.Now())
	switch {
	case errors.Is(err, errSKU):
		return cart.Cart{}, c, fault.UnknownSKU.Because("%w", err)
	case err != nil:
		return cart.Cart{}, c, err
	case h.o.Keys.Len(len(plain)) > MaxValue:
		return cart.Cart{}, c, fault.CartFull
	}
	next.Sealed = h.o.Keys.Seal(purpose, plain)
	return now, next, nil
}
