package shoppers

import (
	"context"
	"fmt"
	"sync"
	"time"

	"myclothes/internal/lab/host"
)

// Settle has everybody, when the run is over and everything is whole, finish what is open and look at everything they have: an order without an answer is asked for
// until there is one, the cart is looked at several times, so that every instance shows it, every order is looked at, and one that belongs to somebody else must not be
// shown. What is not as acknowledged is in the history.
func (c *Crowd) Settle(ctx context.Context) error {
	var mu sync.Mutex
	var blind error
	var running sync.WaitGroup
	turn := make(chan struct{}, 8)
	first := map[int]string{} // order of each
	for _, s := range c.Shoppers {
		if len(s.Orders) > 0 {
			first[s.ID] = s.Orders[0].Number
		}
	}
	for i, s := range c.Shoppers {
		running.Go(func() {
			turn <- struct{}{}
			defer func() { <-turn }()
			v := &visit{Shopper: s, act: "settle", due: time.Now()}
			if err := v.settle(ctx, first[(i+1)%len(c.Shoppers)]); err != nil {
				mu.Lock()
				blind = err
				mu.Unlock()
			}
		})
	}
	running.Wait()
	return blind
}

const looks = 3 // one for each instance, if the balancer goes round

func (v *visit) settle(ctx context.Context, theirs string) error {
	if v.pending != nil {
		if err := v.until(ctx, "an order", func() Outcome { v.place(); return v.answered() }); err != nil {
			return err
		}
	}
	if len(v.cart) > 0 {
		for range looks {
			if err := v.until(ctx, "a cart", v.look); err != nil {
				return err
			}
		}
	}
	for _, b := range v.Orders {
		if err := v.until(ctx, "an order", func() Outcome { return v.check(b) }); err != nil {
			return err
		}
	}
	return v.pry(ctx, theirs)
}

func (v *visit) answered() Outcome {
	if v.pending != nil {
		return Unknown
	}
	return OK
}

func (v *visit) until(ctx context.Context, what string, try func() Outcome) error {
	return host.Until(ctx, 30*time.Second, func() error {
		if try() == Unknown {
			return fmt.Errorf("shopper %d: %s is not shown at the end", v.ID, what)
		}
		return nil
	})
}

// check holds an order at rest against what its buyer was told (O1, M2).
func (v *visit) check(b *Order) Outcome {
	got, o := v.findOrder(b)
	if o != OK {
		return o
	}
	switch {
	case b.Cancelled && got.Status != "cancelled":
		v.crowd.History.Broke("O1", v.ID, "order %s was acknowledged as cancelled and is %s", b.Number, got.Status)
	case b.Paid && !b.AskedToCancel && got.Status != "paid":
		v.crowd.History.Broke("O1", v.ID, "order %s was acknowledged as paid and is %s", b.Number, got.Status)
	case b.Refused && got.Status == "paid":
		v.crowd.History.Broke("M2", v.ID, "order %s was paid after its buyer was told that it was refused", b.Number)
	}
	return OK
}

// pry tries to see an order of somebody else (C3).
func (v *visit) pry(ctx context.Context, theirs string) error {
	if theirs == "" || len(v.Orders) > 0 && theirs == v.Orders[0].Number {
		return nil
	}
	return v.until(ctx, "a refusal", func() Outcome {
		o, code := v.ask("GET", "/api/v1/orders/"+theirs, "", nil, nil)
		if o == OK || o == Refused && code != "not_found" {
			v.crowd.History.Broke("C3", v.ID, "somebody else's order %s is answered with %s %s", theirs, o, code)
		}
		return o
	})
}
