// Package cache keeps what was costly to make, for as long as its reader allows it to be old.
//
// The age of an entry counts from the moment at which the read that made it began, not from when it was stored: a value that took a
// second to make is a second old already. One key is made by one goroutine at a time; the others wait for it and share.
package cache

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/maypok86/otter/v2"
	"golang.org/x/sync/singleflight"
)

// Options say how large and how old entries may be.
type Options struct {
	Name     string
	MaxBytes uint64        // of all values, as Weigh counts them
	MaxAge   time.Duration // 0: nothing is kept, though concurrent readers of one key still share
	FillIn   time.Duration // a fill that takes longer is given up
	// Observe is told of every read: "hit", "miss" or "shared".
	Observe func(cache, result string)
}

// Cache keeps values of one kind under string keys. Safe for concurrent use. Values are shared: nobody may change them.
type Cache[V any] struct {
	o       Options
	entries *otter.Cache[string, entry[V]]
	fills   singleflight.Group
}

type entry[V any] struct {
	value V
	since time.Time // when the read that made it began
	bytes uint32
}

// New makes an empty cache.
func New[V any](o Options) *Cache[V] {
	return &Cache[V]{o: o, entries: otter.Must(&otter.Options[string, entry[V]]{
		MaximumWeight:    o.MaxBytes,
		Weigher:          func(k string, e entry[V]) uint32 { return e.bytes + uint32(len(k)) + 100 },
		ExpiryCalculator: otter.ExpiryWriting[string, entry[V]](o.MaxAge + time.Second),
	})}
}

// Get returns the value for key, made at most MaxAge before this call, or makes it. fill also returns the value's size in bytes; its
// errors are returned and not kept. It runs apart from the caller's context, so that one visitor who leaves does not take the answer
// from the others, and is given up after FillIn.
func (c *Cache[V]) Get(ctx context.Context, key string, fill func(context.Context) (V, int, error)) (V, error) {
	asked := time.Now()
	if e, ok := c.entries.GetIfPresent(key); ok && asked.Sub(e.since) < c.o.MaxAge {
		c.o.Observe(c.o.Name, "hit")
		return e.value, nil
	}
	for {
		e, err, shared := c.fill(ctx, key, fill)
		if err == nil && e.since.Before(asked.Add(-c.o.MaxAge)) {
			continue // joined one that began too long ago
		}
		if shared {
			c.o.Observe(c.o.Name, "shared")
		} else {
			c.o.Observe(c.o.Name, "miss")
		}
		return e.value, err
	}
}

func (c *Cache[V]) fill(ctx context.Context, key string, fill func(context.Context) (V, int, error)) (entry[V], error, bool) {
	made := c.fills.DoChan(key, func() (_ any, err error) {
		defer func() {
			if p := recover(); p != nil { // nobody above could: the fill has a goroutine of its own
				err = fmt.Errorf("cache %s: filling panicked: %v\n%s", c.o.Name, p, debug.Stack())
			}
		}()
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.o.FillIn)
		defer cancel()
		since := time.Now()
		v, bytes, err := fill(ctx)
		e := entry[V]{v, since, uint32(bytes)}
		if err == nil && c.o.MaxAge > 0 {
			c.entries.Set(key, e)
		}
		return e, err
	})
	select {
	case <-ctx.Done():
		return entry[V]{since: time.Now()}, context.Cause(ctx), false
	case r := <-made:
		e, _ := r.Val.(entry[V])
		return e, r.Err, r.Shared
	}
}

// Close ends what the cache does in the background. Nothing may be read after it.
func (c *Cache[V]) Close() { c.entries.StopAllGoroutines() }
