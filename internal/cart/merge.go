package cart

import (
	"context"
	"errors"

	"myclothes/internal/fault"
)

// Pour makes every line of one cart at least as large in another and then takes it from the first. It is how a guest's cart joins a member's and how a cart
// moves house. A line that both have keeps the larger quantity: whoever put the same shirt in twice, on two devices, wants it once.
//
// Each step is atomic and may be done again: pouring twice, or being stopped anywhere and pouring once more, ends as pouring once. Lines that the other cart
// has no room for stay where they are and are returned.
func Pour(ctx context.Context, from Home, fromCarried Carried, to Home, toCarried Carried) (now Cart, fromNext, toNext Carried, left []Line, err error) {
	fromNext, toNext = fromCarried, toCarried
	source, err := from.Open(ctx, fromCarried)
	if err != nil || len(source.Lines) == 0 {
		return Cart{}, fromNext, toNext, nil, err
	}
	var moved []Line
	for _, l := range source.Lines {
		now, toNext, err = to.Raise(ctx, toNext, l.SKU, l.Quantity)
		switch {
		case errors.Is(err, fault.CartFull):
			left = append(left, l)
		case err != nil:
			return Cart{}, fromNext, toNext, nil, err
		default:
			moved = append(moved, l)
		}
	}
	fromNext, err = from.Take(ctx, fromNext, moved)
	return now, fromNext, toNext, left, err
}
