// Package cache keeps what was costly to read or to make, and knows when it is no longer true.
//
// There are two kinds. An Aside keeps things of the catalogue by their number; News has it forget what changed, so nobody reads what was true more than a moment
// ago. Pages keep what was made of such things; each is looked at again after a moment and made anew if what it was made of has another version.
//
// The age of whatever is kept counts from the moment at which the read that made it began, not from when it was stored. One thing is read or made by one goroutine
// at a time; the others wait for it and share.
package cache

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/maypok86/otter/v2"
	"golang.org/x/sync/singleflight"

	"myclothes/internal/catalog"
)

// PagesOptions say how large and how old pages may be.
type PagesOptions struct {
	Name     string
	MaxBytes uint64        // of all pages
	MaxAge   time.Duration // how long a page is shown without looking again; 0: nothing is kept, though concurrent readers of one key still share
	Turn     func() uint64 // grows with every change that was heard of; a page from before the last one is looked at again. nil: there are none
	FillIn   time.Duration // a page that takes longer is given up
	// Observe is told of every look-up: see Results.
	Observe func(cache, result string)
}

// Pages keeps pages of one kind under string keys. Safe for concurrent use. Pages are shared: nobody may change them.
type Pages[V any] struct {
	o       PagesOptions
	entries *otter.Cache[string, page[V]]
	fills   singleflight.Group
}

type page[V any] struct {
	value   V
	version catalog.Version // of what it was made of
	since   time.Time       // when the look began that found it true
	turn    uint64          // of the last change that was known then
	bytes   uint32
}

// Look reads what a page says, and returns its version with the way to make the page, which also returns its size in bytes. Version 0 is like no other.
type Look[V any] = func(context.Context) (catalog.Version, func() (V, int, error), error)

// NewPages makes an empty one.
func NewPages[V any](o PagesOptions) *Pages[V] {
	if o.Turn == nil {
		o.Turn = func() uint64 { return 0 }
	}
	return &Pages[V]{o: o, entries: otter.Must(&otter.Options[string, page[V]]{
		MaximumWeight:    o.MaxBytes,
		Weigher:          func(k string, e page[V]) uint32 { return e.bytes + uint32(len(k)) + 100 },
		ExpiryCalculator: otter.ExpiryWriting[string, page[V]](longest),
	})}
}

// excused is how old a page may be that is shown because the source cannot be asked. Not older: that something it says has changed may be known.
const excused = 4 * time.Second

// Get returns the page for key as it was at most MaxAge before this call, and after every change that was heard of. A page that is older is looked at: it stays if it is of the same version, and is made
// anew otherwise. Errors are returned and not kept; where the source cannot be asked, a page that was true a few seconds ago is returned instead. look runs apart from the
// caller's context, so that one visitor who leaves does not take the answer from the others, and is given up after FillIn.
func (c *Pages[V]) Get(ctx context.Context, key string, look Look[V]) (V, error) {
	asked, turn := time.Now(), c.o.Turn()
	had, ok := c.entries.GetIfPresent(key)
	if ok && asked.Sub(had.since) < c.o.MaxAge && had.turn >= turn {
		c.o.Observe(c.o.Name, "hit")
		return had.value, nil
	}
	for {
		a := c.again(ctx, key, look)
		if a.err == nil && (a.since.Before(asked.Add(-c.o.MaxAge)) || a.turn < turn) {
			continue // joined one that began too long ago
		}
		if a.err != nil && ok && away(a.err) && asked.Sub(had.since) < excused {
			a.page, a.err, a.how = had, nil, "kept"
		}
		c.o.Observe(c.o.Name, a.how)
		return a.value, a.err
	}
}

// answer is how a look ended.
type answer[V any] struct {
	page[V]
	err error
	how string
}

func (c *Pages[V]) again(ctx context.Context, key string, look Look[V]) answer[V] {
	made := c.fills.DoChan(key, func() (_ any, err error) {
		defer func() {
			if p := recover(); p != nil { // nobody above could: it has a goroutine of its own
				err = fmt.Errorf("cache %s: making a page panicked: %v\n%s", c.o.Name, p, debug.Stack())
			}
		}()
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.o.FillIn)
		defer cancel()
		return c.make(ctx, key, look)
	})
	select {
	case <-ctx.Done():
		return answer[V]{page[V]{since: time.Now()}, context.Cause(ctx), "miss"}
	case r := <-made:
		a, _ := r.Val.(answer[V])
		if a.err = r.Err; r.Shared {
			a.how = "shared"
		}
		return a
	}
}

func (c *Pages[V]) make(ctx context.Context, key string, look Look[V]) (answer[V], error) {
	since, turn := time.Now(), c.o.Turn()
	version, render, err := look(ctx)
	if err != nil {
		return answer[V]{how: "miss"}, err
	}
	a := answer[V]{how: "same"}
	var ok bool
	if a.page, ok = c.entries.GetIfPresent(key); !ok || version == 0 || a.version != version {
		v, bytes, err := render()
		if err != nil {
			return answer[V]{how: "miss"}, err
		}
		a = answer[V]{page: page[V]{value: v, version: version, bytes: uint32(bytes)}, how: "miss"}
	}
	if a.since, a.turn = since, turn; c.o.MaxAge > 0 {
		c.entries.Set(key, a.page)
	}
	return a, nil
}

// Close ends what it does in the background. Nothing may be read after it.
func (c *Pages[V]) Close() { c.entries.StopAllGoroutines() }
