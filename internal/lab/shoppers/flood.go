package shoppers

import (
	"context"
	"sync"
	"time"
)

// Flood has workers browse as fast as they are answered, for a while: how much the shop bears. It returns the calls. Nobody else of the crowd
// may shop meanwhile.
func (c *Crowd) Flood(ctx context.Context, workers int, long time.Duration) []Call {
	ctx, cancel := context.WithTimeout(ctx, long)
	defer cancel()
	h := &Crowd{History: new(History), plan: c.plan, via: c.via, goods: c.goods, chance: c.chance, zipf: c.zipf, results: usual}
	var running sync.WaitGroup
	for i := range workers {
		running.Go(func() {
			s := newShopper(h, i)
			for ctx.Err() == nil {
				a := Browsers.pick(h.float())
				if a.group == Browsing {
					a.do(&visit{Shopper: s, act: a.name, due: time.Now()})
				}
			}
		})
	}
	running.Wait()
	return h.History.Calls()
}
