package carts

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"myclothes/internal/lab/host"
)

// measure runs the plan for one home.
func (w *world) measure(ctx context.Context, home Home, plan Plan) (Row, error) {
	r, err := w.start(ctx, home)
	defer r.end()
	if err != nil {
		return Row{}, err
	}
	fmt.Fprintf(w.out, "%s: %d shoppers for %s\n", home, plan.Shoppers, plan.For)
	var deaths atomic.Int64
	alive := func() bool { return deaths.Load() == 0 }
	shoppers := w.crowd(r.url, plan.Shoppers)
	shopping, cancel := context.WithTimeout(ctx, plan.For)
	defer cancel()
	killed := make(chan error, 1)
	go func() {
		if plan.KillEvery == 0 {
			killed <- nil
			return
		}
		killed <- r.killing(shopping, plan.KillEvery, func() { deaths.Add(1) })
	}()
	each(shoppers, func(s *shopper) { s.shop(shopping, plan.Pause, alive) })
	if err := <-killed; err != nil {
		return Row{}, err
	}
	if err := ctx.Err(); err != nil {
		return Row{}, err
	}
	errors := total(shoppers, func(s *shopper) int { return s.errors }) // the last look is tried until it comes off
	err = lastLook(ctx, shoppers, alive)
	row := sum(home, int(deaths.Load()), errors, shoppers)
	row.Forged, row.Believed = forge(shoppers[0])
	return row, err
}

func (w *world) crowd(url string, n int) []*shopper {
	via := http.DefaultTransport.(*http.Transport).Clone()
	via.MaxIdleConnsPerHost = n
	all := make([]*shopper, n)
	for i := range all {
		all[i] = newShopper(url, w.goods, uint64(i), via)
	}
	return all
}

// looks is how often everybody looks at the end: every instance answers once, if the balancer goes round.
const looks = 3

// lastLook has everybody look at their cart when nobody dies any more. A cart that cannot be shown then fails the run.
func lastLook(ctx context.Context, all []*shopper, alive func() bool) error {
	var mu sync.Mutex
	var blind error
	each(all, func(s *shopper) {
		for range looks {
			err := host.Until(ctx, 20*time.Second, func() error {
				if !s.look(alive) {
					return fmt.Errorf("a cart is not shown at the end")
				}
				return nil
			})
			if err != nil {
				mu.Lock()
				blind = err
				mu.Unlock()
				return
			}
		}
	})
	return blind
}

// each does the same for all of them at once.
func each(all []*shopper, do func(*shopper)) {
	var running sync.WaitGroup
	for _, s := range all {
		running.Go(func() { do(s) })
	}
	running.Wait()
}
