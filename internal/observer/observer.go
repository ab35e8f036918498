// Package observer looks at the shop as visitors do and says how old what they are shown is: after each change of the catalogue it reads the product's page
// through every instance, once after each of some times, and compares it with the database.
//
// It stands beside the shop, not in it. What it cannot compare it does not count: a product that changed again meanwhile, a page that was not answered.
package observer

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"regexp"
	"sync"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/fault"
	"myclothes/internal/fresh"
)

// Source is where the truth is: the database.
type Source interface {
	Changes(ctx context.Context, since time.Time) ([]catalog.Change, error)
	// Product returns one that is on sale or stopped; others are fault.NoSuchPage.
	Product(ctx context.Context, id int64) (catalog.Product, error)
}

// Observer watches a shop until its context ends. Its members are set before use.
type Observer struct {
	Source    Source
	Instances []string                                            // addresses without a slash at the end, not of the load balancer
	After     []time.Duration                                     // when to look, counted from the change
	Most      int                                                 // changes that are looked after at once; more are passed over
	Saw       func(instance string, after time.Duration, as Seen) // is told of every look
	Now       func() time.Time

	mu     sync.Mutex
	latest map[int64]time.Time // of the changes by product that are looked after
}

// Seen is how a look ended.
type Seen string

const (
	True     Seen = "true"     // the page says what the database says
	Stale    Seen = "stale"    // it says something else
	Unseen   Seen = "unseen"   // there was no answer, or none that can be read
	Changing Seen = "changing" // the product changed meanwhile
)

// lookEvery is how often the changes are read.
const lookEvery = 50 * time.Millisecond

// Run looks until ctx ends.
func (o *Observer) Run(ctx context.Context) error {
	o.latest = map[int64]time.Time{}
	feed := catalog.NewFeed(o.Source.Changes, o.Now)
	began := o.Now()
	feed.Start(began)
	room := make(chan struct{}, o.Most)
	var looking sync.WaitGroup
	defer looking.Wait()
	t := time.NewTicker(lookEvery)
	defer t.Stop()
	for {
		changes, err := feed.Next(fresh.Require(ctx))
		if err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "changes cannot be read", "err", err)
		}
		feed.Done(changes)
		for _, c := range changes {
			if o.note(c); c.At.Before(began) {
				continue // its time to be looked at is over
			}
			select {
			case room <- struct{}{}:
				looking.Go(func() {
					defer func() { <-room }()
					o.follow(ctx, c)
				})
			default:
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-t.C:
		}
	}
}

func (o *Observer) note(c catalog.Change) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.latest[c.Product].Before(c.At) {
		o.latest[c.Product] = c.At
	}
	if len(o.latest) > 10_000 {
		maps.DeleteFunc(o.latest, func(_ int64, at time.Time) bool { return o.Now().Sub(at) > 2*o.After[len(o.After)-1] })
	}
}

// superseded reports whether the product changed again.
func (o *Observer) superseded(c catalog.Change) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.latest[c.Product].After(c.At)
}

// follow looks after one change. One of the whole catalogue, or of no product, is not looked after.
func (o *Observer) follow(ctx context.Context, c catalog.Change) {
	if c.Product <= 0 {
		return
	}
	for _, after := range o.After {
		select {
		case <-ctx.Done():
			return
		case <-time.After(c.At.Add(after).Sub(o.Now())):
		}
		if o.superseded(c) {
			return
		}
		for _, instance := range o.Instances {
			if as := o.look(ctx, instance, c); ctx.Err() == nil {
				o.Saw(instance, after, as)
			}
		}
	}
}

// look compares what an instance says of a product with what is so, which must be the same before and after.
func (o *Observer) look(ctx context.Context, instance string, c catalog.Change) Seen {
	before, err := o.truth(ctx, c.Product)
	if err != nil {
		return Unseen
	}
	shown, err := page(ctx, instance, c.Product)
	if err != nil {
		slog.DebugContext(ctx, "a page was not seen", "instance", instance, "product", c.Product, "err", err)
		return Unseen
	}
	after, err := o.truth(ctx, c.Product)
	switch {
	case err != nil:
		return Unseen
	case !maps.Equal(before, after) || o.superseded(c):
		return Changing
	case maps.Equal(before, shown):
		return True
	}
	slog.WarnContext(ctx, "a page is not as it should be", "instance", instance, "product", c.Product, "ago", o.Now().Sub(c.At), "shown", fmt.Sprint(shown), "is", fmt.Sprint(before))
	return Stale
}

// said is what a page says of a variant.
type said struct {
	price int64
	gone  bool // sold out, or no longer sold
}

// truth returns what a product's page should say, by SKU; nothing of a product without a page.
func (o *Observer) truth(ctx context.Context, id int64) (map[string]said, error) {
	out := map[string]said{}
	p, err := o.Source.Product(fresh.Require(ctx), id)
	if f := fault.Of(err); f != nil && f.Kind == fault.NotFound {
		return out, nil
	}
	for _, v := range p.Variants {
		out[v.SKU] = said{int64(v.Price), v.SoldOut() || p.Status != catalog.OnSale}
	}
	return out, err
}

// linked is where a page tells programs what it says to people (schema.org's ProductGroup as JSON-LD).
var linked = regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`)

// page returns what an instance's page says.
func page(ctx context.Context, instance string, id int64) (map[string]said, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("%s/products/%d", instance, id), nil)
	if err != nil {
		return nil, err
	}
	resp, err := (&http.Client{CheckRedirect: stay(r)}).Do(r)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(io.LimitReader(resp.Body, 4<<20))
	switch {
	case err != nil:
		return nil, err
	case resp.StatusCode == http.StatusNotFound:
		return map[string]said{}, nil
	case resp.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("it answers %s", resp.Status)
	}
	return read(text)
}

// stay follows the shop to the product's own address, on the same instance whatever its public address is.
func stay(first *http.Request) func(*http.Request, []*http.Request) error {
	return func(next *http.Request, via []*http.Request) error {
		next.URL.Scheme, next.URL.Host = first.URL.Scheme, first.URL.Host
		if len(via) > 3 {
			return http.ErrUseLastResponse
		}
		return nil
	}
}

func read(text []byte) (map[string]said, error) {
	type offer struct {
		Price        int64  `json:"price"`
		Availability string `json:"availability"`
	}
	type group struct {
		Type       string `json:"@type"`
		HasVariant []struct {
			SKU    string `json:"sku"`
			Offers offer  `json:"offers"`
		} `json:"hasVariant"`
	}
	for _, found := range linked.FindAllSubmatch(text, -1) {
		var g group
		if err := json.Unmarshal(found[1], &g); err != nil || g.Type != "ProductGroup" {
			continue
		}
		out := map[string]said{}
		for _, v := range g.HasVariant {
			out[v.SKU] = said{v.Offers.Price, v.Offers.Availability != "https://schema.org/InStock"}
		}
		return out, nil
	}
	return nil, fmt.Errorf("a page without offers")
}
