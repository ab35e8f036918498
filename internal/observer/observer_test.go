package observer

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/fault"
	"myclothes/internal/money"
)

// shelf is a database with one product, and a page that shows what it is told to.
type shelf struct {
	mu      sync.Mutex
	price   int64
	shown   int64
	changes []catalog.Change
	looked  chan struct{} // closed at the first look at the changes
	first   sync.Once
}

func (s *shelf) set(price, shown int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.price, s.shown = price, shown
	s.changes = append(s.changes, catalog.Change{Number: int64(len(s.changes) + 1), Product: 7, At: time.Now()})
}

func (s *shelf) show(price int64) { s.mu.Lock(); defer s.mu.Unlock(); s.shown = price }

func (s *shelf) Changes(_ context.Context, since time.Time) ([]catalog.Change, error) {
	s.first.Do(func() { close(s.looked) })
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []catalog.Change
	for _, c := range s.changes {
		if !c.At.Before(since) {
			out = append(out, c)
		}
	}
	return out, nil
}

func (s *shelf) Product(_ context.Context, id int64) (catalog.Product, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.price == 0 {
		return catalog.Product{}, fault.NoSuchPage
	}
	v := catalog.Variant{SKU: "A", Available: 3, Price: money.Amount(s.price)}
	return catalog.Product{ID: id, Status: catalog.OnSale, Variants: []catalog.Variant{v}}, nil
}

func (s *shelf) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.shown == 0:
		http.NotFound(w, r)
	case s.shown < 0:
		http.Error(w, "away", http.StatusServiceUnavailable)
	case r.URL.Path == "/products/7":
		http.Redirect(w, r, "http://shop.example/products/7-a", http.StatusMovedPermanently)
	default:
		fmt.Fprintf(w, `<html><script type="application/ld+json">{"@type":"BreadcrumbList"}</script>
			<script type="application/ld+json">{"@type":"ProductGroup","hasVariant":[{"sku":"A","offers":{"price":%d,"availability":"https://schema.org/InStock"}}]}</script>`, s.shown)
	}
}

func TestWhatIsShownIsComparedWithWhatIsSo(t *testing.T) {
	s := &shelf{price: 100, shown: 100, looked: make(chan struct{})}
	server := httptest.NewServer(s)
	defer server.Close()
	saw := make(chan Seen, 100)
	o := &Observer{Source: s, Instances: []string{server.URL}, After: []time.Duration{20 * time.Millisecond, 120 * time.Millisecond}, Most: 10, Now: time.Now,
		Saw: func(_ string, _ time.Duration, as Seen) { saw <- as }}
	ctx, end := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { o.Run(ctx) })
	defer running.Wait()
	defer end()
	<-s.looked
	next := func(want Seen) {
		t.Helper()
		select {
		case got := <-saw:
			if got != want {
				t.Errorf("%s, want %s", got, want)
			}
		case <-time.After(5 * time.Second):
			t.Fatal("nothing was looked at")
		}
	}
	for _, c := range []struct {
		price, shown int64
		first        Seen
		then         int64
		second       Seen
	}{
		{110, 110, True, 110, True},
		{120, 110, Stale, 120, True},
		{130, -1, Unseen, 120, Stale},
		{0, 120, Stale, 0, True}, // it is gone, and so is its page
	} {
		s.set(c.price, c.shown)
		next(c.first)
		s.show(c.then)
		next(c.second)
	}
}
