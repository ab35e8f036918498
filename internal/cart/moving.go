package cart

import (
	"context"
)

// Moving is a home that visitors move into from a previous one: the shop goes on while an operator changes where carts live. A visitor who only looks is shown
// what they have in both; with a change all of it moves in. When nobody has moved for as long as the previous home keeps carts, it can be taken away.
//
// Instances change one after another, so for a while some move carts one way and some the other: nothing is lost by that, as long as each of them knows
// both homes. A change that one tab makes in one home in the very moment in which another tab's moves the cart to the other home may be lost.
type Moving struct {
	Home          // the new one
	Previous Home // read and emptied, never filled
	// Moved is told of every cart that moved, with its lines. nil tells nobody.
	Moved func(lines int)
}

var _ Home = (*Moving)(nil)

// Open returns what the next change would find here: the lines of both homes, of each the larger quantity. A previous home that is out of order hides carts
// that have not moved; that is an error, or the visitor would be shown an empty cart.
func (m *Moving) Open(ctx context.Context, c Carried) (Cart, error) {
	now, err := m.Home.Open(ctx, c)
	if err != nil {
		return Cart{}, err
	}
	was, err := m.Previous.Open(ctx, c)
	if err != nil {
		return Cart{}, err
	}
	for _, l := range was.Lines {
		if err := now.Put(l.SKU, max(l.Quantity, now.Quantity(l.SKU))); err != nil {
			break // no room, as there will be none when it moves
		}
	}
	return now, nil
}

// Add moves the visitor in, then adds.
func (m *Moving) Add(ctx context.Context, c Carried, sku string, n int) (Cart, Carried, error) {
	return m.then(ctx, c, func(c Carried) (Cart, Carried, error) { return m.Home.Add(ctx, c, sku, n) })
}

// Set moves the visitor in, then sets.
func (m *Moving) Set(ctx context.Context, c Carried, sku string, n int) (Cart, Carried, error) {
	return m.then(ctx, c, func(c Carried) (Cart, Carried, error) { return m.Home.Set(ctx, c, sku, n) })
}

// Raise moves the visitor in, then raises.
func (m *Moving) Raise(ctx context.Context, c Carried, sku string, n int) (Cart, Carried, error) {
	return m.then(ctx, c, func(c Carried) (Cart, Carried, error) { return m.Home.Raise(ctx, c, sku, n) })
}

// Take moves the visitor in, then takes.
func (m *Moving) Take(ctx context.Context, c Carried, lines []Line) (Carried, error) {
	_, next, err := m.then(ctx, c, func(c Carried) (Cart, Carried, error) {
		next, err := m.Home.Take(ctx, c, lines)
		return Cart{}, next, err
	})
	return next, err
}

// then does what is to be done once the visitor has moved in. A visitor whose cart has moved already carries on even if their change is refused.
func (m *Moving) then(ctx context.Context, c Carried, do func(Carried) (Cart, Carried, error)) (Cart, Carried, error) {
	moved, err := m.moveIn(ctx, c)
	if err != nil {
		return Cart{}, c, err
	}
	now, next, err := do(moved)
	if err != nil {
		return now, moved, err
	}
	return now, next, nil
}

func (m *Moving) moveIn(ctx context.Context, c Carried) (Carried, error) {
	if c == (Carried{}) {
		return c, nil // new here: there is nothing to move
	}
	now, from, to, _, err := Pour(ctx, m.Previous, c, m.Home, c)
	if err != nil {
		return c, err
	}
	if len(now.Lines) > 0 && m.Moved != nil {
		m.Moved(len(now.Lines))
	}
	return carry(c, from, to), nil
}

// carry puts together what the browser carries after both homes changed it: of each cookie the value that differs from before, the new home's first.
func carry(was, from, to Carried) Carried {
	next := was
	if next.Visitor = to.Visitor; to.Visitor == was.Visitor {
		next.Visitor = from.Visitor
	}
	if next.Sealed = to.Sealed; to.Sealed == was.Sealed {
		next.Sealed = from.Sealed
	}
	return next
}
