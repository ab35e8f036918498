package reads

import (
	"fmt"
	"slices"
	"sync"
	"time"
)

// history is which prices a product has had. Every price is larger than the one before, so that a price says which change it is of.
type history struct {
	mu     sync.Mutex
	prices map[int64][]priced
}

// priced is a price with the moment at which its commit was acknowledged.
type priced struct {
	price int64
	at    time.Time
}

func (h *history) committed(product, price int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.prices[product] = append(h.prices[product], priced{price, time.Now()})
}

// stale returns for how long a price had been replaced when a read began; 0 if it had not been.
func (h *history) stale(product, price int64, began time.Time) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := h.prices[product]
	i, _ := slices.BinarySearchFunc(all, price+1, func(p priced, want int64) int { return int(p.price - want) })
	if i == len(all) {
		return 0
	}
	return max(0, began.Sub(all[i].at))
}

// after is when the first change after a moment was acknowledged.
func (h *history) after(moment time.Time) (at time.Time, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, all := range h.prices {
		for _, p := range all {
			if p.at.After(moment) && (!ok || p.at.Before(at)) {
				at, ok = p.at, true
			}
		}
	}
	return at, ok
}

// score is what the readers of one fault saw.
type score struct {
	mu       sync.Mutex
	requests int
	failed   int
	reads    int           // prices that were shown
	old      int           // replaced for longer than the bound
	oldest   time.Duration // of them all
	back     int           // a visitor was shown an older price than before
	shares   [4]share
	examples []string
}

// share is how many of the prices that were shown some time after a change were old.
type share struct{ shown, old int }

// ages are where the shares begin: reads are counted under the last age that their product's latest change had reached.
var ages = [4]time.Duration{100 * time.Millisecond, time.Second, 5 * time.Second, time.Minute}

// saw files a price that was shown. since is how long ago the product's latest change was, when the read began.
func (s *score) saw(stale, since, bound time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reads++
	s.oldest = max(s.oldest, stale)
	if stale > bound {
		s.old++
	}
	for i := len(ages) - 1; i >= 0; i-- {
		if since >= ages[i] {
			s.shares[i].shown++
			if stale > 0 {
				s.shares[i].old++
			}
			break
		}
	}
}

func (s *score) note(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.examples) < 5 {
		s.examples = append(s.examples, fmt.Sprintf(format, args...))
	}
}

// since is how long ago a product last changed.
func (h *history) since(product int64, at time.Time) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := h.prices[product]
	for i := len(all) - 1; i >= 0; i-- {
		if !all[i].at.After(at) {
			return at.Sub(all[i].at)
		}
	}
	return 0
}
