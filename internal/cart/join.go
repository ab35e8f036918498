package cart

import (
	"context"
	"errors"

	"myclothes/internal/catalog"
	"myclothes/internal/fault"
)

// Joined is what became of a guest's cart when its owner signed in.
type Joined struct {
	Lines   int    // that came along
	Reduced []Line // came along with fewer units than the guest had: as many as there are
	Left    []Line // did not come: sold out, no longer sold, or no room in the member's cart
}

// Join brings the cart of a guest who is signing in as member into the member's, and returns what their browser carries then: c, as the member.
//
// A line that both have keeps the larger quantity; of a line no more come than there are, and what the member has already is never reduced. Each step is
// atomic and may be done again: joining twice, from two devices at once, or being stopped anywhere and joining once more, ends as joining once. Whoever has signed in already brings
// nothing: a member's cart is never poured into another's.
//
// In a home that does not follow the member the cart stays in the browser, which now is theirs.
func (s *Carts) Join(ctx context.Context, c Carried, member string) (Joined, Carried, error) {
	if c.Member != "" {
		c.Member = member
		return Joined{}, c, nil
	}
	guest, err := s.arrive(ctx, c)
	if err != nil {
		return Joined{}, c, err
	}
	now := guest
	now.Member = member
	if now, err = s.arrive(ctx, now); err != nil {
		return Joined{}, c, err
	}
	if !s.Home.Follows() {
		return Joined{}, now, nil
	}
	j, err := s.pour(ctx, guest, now)
	if err != nil {
		return Joined{}, c, err
	}
	return j, now, nil
}

// arrive moves a visitor's cart in from where carts lived before, whatever they have here already.
func (s *Carts) arrive(ctx context.Context, c Carried) (Carried, error) {
	if m, moving := s.Home.(*Moving); moving {
		return m.moveIn(ctx, c)
	}
	return c, nil
}

func (s *Carts) pour(ctx context.Context, guest, member Carried) (Joined, error) {
	source, err := s.Home.Open(ctx, guest)
	if err != nil || len(source.Lines) == 0 {
		return Joined{}, err
	}
	offers, err := s.Catalog.Offers(ctx, "", source.SKUs())
	if err != nil {
		return Joined{}, err
	}
	var j Joined
	var came []Line
	for _, l := range source.Lines {
		n := min(l.Quantity, sellable(offers[l.SKU]))
		if n > 0 {
			_, _, err = s.Home.Raise(ctx, member, l.SKU, n)
		}
		switch {
		case n <= 0 || errors.Is(err, fault.CartFull):
			j.Left = append(j.Left, l)
			continue
		case err != nil:
			return Joined{}, err
		case n < l.Quantity:
			j.Reduced = append(j.Reduced, Line{l.SKU, n})
		}
		came = append(came, l)
	}
	j.Lines = len(came)
	_, err = s.Home.Take(ctx, guest, came)
	return j, err
}

// sellable is how many units of an offer can be bought now.
func sellable(o catalog.Offer) int {
	if !o.OnSale {
		return 0
	}
	return max(0, o.Available)
}
