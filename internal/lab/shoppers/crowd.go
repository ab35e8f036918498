// Package shoppers is a crowd that shops: an open loop of interactions in TPC-W's mixes, whose latency counts from when each should have started, and a history of
// every call with what its shopper learnt.
package shoppers

import (
	"context"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"myclothes/internal/lab/host"
)

// Plan says who shops, and how.
type Plan struct {
	URL      string    // of the shop, without a slash at the end
	Dial     host.Dial // how shoppers reach it
	Shoppers int
	Rate     float64 // interactions in a second; they begin whether or not the ones before have ended
	Mix      Mix
	Seed     uint64
	Timeout  time.Duration // of a shopper's patience with a request, and with waiting for their turn
	Forget   bool          // the history holds the latest calls only: for a crowd without an end
}

// Crowd is everybody who shops. Its shoppers may be looked at when Shop has returned.
type Crowd struct {
	History  *History
	Shoppers []*Shopper
	Members  []*Member

	plan  Plan
	via   *http.Transport
	goods goods
	idle  chan *Shopper

	mu      sync.Mutex // of what follows
	chance  *rand.Rand
	zipf    *rand.Zipf
	results []string
}

// New gathers a crowd, which first learns what the shop has. Every request opens a connection of its own, as a new visitor's.
func New(plan Plan) (*Crowd, error) {
	c := &Crowd{History: &History{forget: plan.Forget}, plan: plan, idle: make(chan *Shopper, plan.Shoppers), chance: rand.New(rand.NewPCG(plan.Seed, 1))}
	c.via = &http.Transport{DialContext: plan.Dial, DisableKeepAlives: true, DisableCompression: true}
	c.Pay(usual...)
	if err := c.stroll(); err != nil {
		return nil, err
	}
	c.zipf = rand.NewZipf(c.chance, 1.01, 1, uint64(len(c.goods.products)-1))
	for i := range plan.Shoppers {
		s := newShopper(c, i)
		c.Shoppers = append(c.Shoppers, s)
		c.idle <- s
	}
	return c, nil
}

// Shop has interactions begin at random moments, on average Rate a second, until ctx ends; it returns when the last has ended. It may be called again.
func (c *Crowd) Shop(ctx context.Context) {
	var running sync.WaitGroup
	defer running.Wait()
	for next := time.Now(); ; {
		next = next.Add(time.Duration(c.exp() / c.plan.Rate * float64(time.Second)))
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Until(next)):
		}
		a := c.plan.Mix.pick(c.float())
		due := next
		running.Go(func() { c.interact(a, due) })
	}
}

// interact gives an act to whoever is free. Where nobody is before patience ends, the visitor who would have come has waited in vain.
func (c *Crowd) interact(a act, due time.Time) {
	select {
	case s := <-c.idle:
		a.do(&visit{Shopper: s, act: a.name, due: due})
		c.idle <- s
	case <-time.After(c.plan.Timeout):
		now := time.Now()
		c.History.add(Call{Shopper: -1, Act: a.name, Request: a.name, Due: due, Start: now, End: now, Outcome: Unknown, Note: "everybody is still waiting for an earlier answer"})
	}
}

// usual is what buyers do at the payment page, most of the time.
var usual = []string{"approve", "approve", "approve", "approve", "approve", "approve", "approve", "approve", "decline", "cancel"}

// Pay says what buyers choose at the payment page from now on, one of results at random; none is as usual.
func (c *Crowd) Pay(results ...string) {
	if len(results) == 0 {
		results = usual
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.results = results
}

func (c *Crowd) result() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.results[c.chance.IntN(len(c.results))]
}

func (c *Crowd) intN(n int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.chance.IntN(n)
}

func (c *Crowd) float() float64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.chance.Float64()
}

func (c *Crowd) exp() float64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.chance.ExpFloat64()
}

func (c *Crowd) category() string { return c.goods.categories[c.intN(len(c.goods.categories))] }

// product is one of all, those in front far more often.
func (c *Crowd) product() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.goods.products[c.zipf.Uint64()]
}
