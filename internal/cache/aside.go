package cache

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"

	"myclothes/internal/catalog"
	"myclothes/internal/fault"
	"myclothes/internal/fresh"
)

// How long things are kept. That they are true is seen to by News; these are the bounds where it is not.
const (
	keepFor    = time.Minute            // at most, and up to a tenth less, so that what was read together does not end together
	absentFor  = 2 * time.Second        // that there is no such thing
	unlooked   = 400 * time.Millisecond // whatever has or has not been heard of changes
	longest    = 10 * time.Minute       // while the database does not answer
	renewAfter = keepFor * 4 / 5        // from then on who asks is answered, and has it read anew
	renewAgain = time.Second            // not before that after the last attempt
	renewals   = 4                      // at a time
)

// AsideOptions say what an Aside keeps and how.
type AsideOptions[V any] struct {
	Name     string
	MaxBytes uint64        // of all values, roughly
	FillIn   time.Duration // a fill that takes longer is given up
	// Read reads these things from the source; those that do not exist are absent from the map. The context says how recent they must be.
	Read func(ctx context.Context, ids []int64) (map[int64]V, error)
	// Stamp gives a value its version before it is kept.
	Stamp func(V, catalog.Version) V
	// Refill has what was kept read again as soon as it changed (write-through), instead of when somebody asks for it (lazy loading).
	Refill bool
	// Observe is told how each look-up ended: see Results.
	Observe func(cache, result string)
	Now     func() time.Time
}

// Results lists what Observe is told.
var Results = []string{
	"hit",    // it was kept
	"tier",   // the shared tier had it
	"miss",   // it was read
	"shared", // somebody else was just reading it
	"kept",   // the database does not answer, and it was kept from before
	"same",   // a page was looked at again and is as it was
}

// Aside keeps things of one kind by their number, in memory and, where there is one, in the shared tier behind it (cache-aside). What it answers is what the
// source said at most a second ago, unless the database does not answer: then it is what was kept. Values are shared: nobody may change them. Safe for
// concurrent use.
type Aside[V any] struct {
	o        AsideOptions[V]
	news     *News
	kind     string // its name in the tier, with the shape of what it keeps: versions of the shop that differ in it do not read each other's
	entries  *otter.Cache[int64, *entry[V]]
	renewing chan struct{}

	mu      sync.Mutex
	flights map[int64]*flight[V]
}

// entry is what is known of one thing. It does not change, but for renewed.
type entry[V any] struct {
	value   V
	exists  bool
	since   time.Time // when the read that made it began
	until   time.Time
	bytes   uint32
	renewed atomic.Int64 // when it was last tried to read it anew, in microseconds
}

// NewAside makes an empty one that forgets what news tells.
func NewAside[V any](news *News, o AsideOptions[V]) *Aside[V] {
	a := &Aside[V]{o: o, news: news, kind: o.Name + "." + shape[V](), flights: map[int64]*flight[V]{}, renewing: make(chan struct{}, renewals)}
	a.entries = otter.Must(&otter.Options[int64, *entry[V]]{
		MaximumWeight:    o.MaxBytes,
		Weigher:          func(_ int64, e *entry[V]) uint32 { return e.bytes + 200 },
		ExpiryCalculator: otter.ExpiryWriting[int64, *entry[V]](longest),
	})
	news.Listen(a.forget)
	return a
}

// Close ends what it does in the background. Nothing may be read after it.
func (a *Aside[V]) Close() { a.entries.StopAllGoroutines() }

// forget drops what changed; with Refill, what was kept of it is read again at once.
func (a *Aside[V]) forget(ids []int64) {
	if ids == nil {
		a.entries.InvalidateAll()
		return
	}
	var had []int64
	for _, id := range ids {
		if _, ok := a.entries.Invalidate(id); ok {
			had = append(had, id)
		}
	}
	if a.o.Refill && len(had) > 0 {
		go a.renew(had)
	}
}

// Get returns the things of these numbers that exist.
func (a *Aside[V]) Get(ctx context.Context, ids []int64) (map[int64]V, error) {
	if fresh.ReadAnew(ctx) {
		return a.o.Read(ctx, ids)
	}
	out := make(map[int64]V, len(ids))
	var missing []int64
	now, state := a.o.Now(), a.news.state.Load()
	for _, id := range ids {
		e, ok := a.entries.GetIfPresent(id)
		how := miss
		if ok {
			how = e.judge(now, state)
		}
		if how == miss {
			missing = append(missing, id)
			continue
		}
		if how != hit && e.claim(now) {
			a.renewLater(id)
		}
		a.o.Observe(a.o.Name, results[how])
		if e.exists {
			out[id] = e.value
		}
	}
	return out, a.fetch(ctx, missing, out)
}

// judgement is what becomes of something that is kept.
type judgement int

const (
	miss  judgement = iota // it must be read
	hit                    // it is true
	aging                  // it is true, and will soon have to be read
	blind                  // nobody can say whether it is true
)

var results = [...]string{miss: "miss", hit: "hit", aging: "hit", blind: "kept"}

func (e *entry[V]) judge(now time.Time, s *standing) judgement {
	age := now.Sub(e.since)
	switch {
	case s.blind && age < longest:
		return blind
	case !now.Before(e.until):
		return miss
	case now.Sub(s.known) > trust && age > unlooked:
		return miss
	case age > renewAfter:
		return aging
	}
	return hit
}

// claim reports whether the caller is the one who is to read it anew.
func (e *entry[V]) claim(now time.Time) bool {
	last := e.renewed.Load()
	return now.UnixMicro()-last > renewAgain.Microseconds() && e.renewed.CompareAndSwap(last, now.UnixMicro())
}

// renewLater reads something anew in the background, unless as many are being read as may be.
func (a *Aside[V]) renewLater(id int64) {
	select {
	case a.renewing <- struct{}{}:
		go func() {
			defer func() { <-a.renewing }()
			a.renew([]int64{id})
		}()
	default:
	}
}

func (a *Aside[V]) renew(ids []int64) {
	ctx, cancel := context.WithTimeout(context.Background(), a.o.FillIn)
	defer cancel()
	for _, f := range a.board(ctx, ids) {
		<-f.done
	}
}

// fetch reads what is missing, or waits for those who are reading it, into out. If the source does not answer, what was kept from before does.
func (a *Aside[V]) fetch(ctx context.Context, ids []int64, out map[int64]V) error {
	if len(ids) == 0 {
		return nil
	}
	for i, f := range a.board(ctx, ids) {
		select {
		case <-f.done:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		e, how := f.entry, f.how
		if f.joined {
			how = "shared"
		}
		if f.err != nil {
			var ok bool
			if e, ok = a.entries.GetIfPresent(ids[i]); !ok || !away(f.err) {
				return f.err
			}
			how = "kept"
		}
		a.o.Observe(a.o.Name, how)
		if e.exists {
			out[ids[i]] = e.value
		}
	}
	return nil
}

// away reports whether an error says that the source cannot be asked now.
func away(err error) bool {
	return fault.Of(err).Kind == fault.Unavailable || errors.Is(err, context.DeadlineExceeded)
}

// end is when something read at a moment is kept until.
func end(since time.Time, exists bool) time.Time {
	if !exists {
		return since.Add(absentFor)
	}
	return since.Add(keepFor - rand.N(keepFor/10))
}
