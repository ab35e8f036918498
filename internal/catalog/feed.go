package catalog

import (
	"context"
	"time"
)

// Feed reads changes one after another. A change that becomes visible late is found too, for each look goes back over ChangeWithin. It is for one reader, who
// does not use it from several goroutines at once.
type Feed struct {
	read   func(ctx context.Context, since time.Time) ([]Change, error)
	now    func() time.Time
	latest time.Time           // of the changes that are done
	done   map[int64]time.Time // by number: those that a look may find again
}

// NewFeed makes a feed of a Source's Changes. now is the shop's clock.
func NewFeed(read func(ctx context.Context, since time.Time) ([]Change, error), now func() time.Time) *Feed {
	return &Feed{read: read, now: now, done: map[int64]time.Time{}}
}

// Next returns the changes that are not done yet, by time. Those that nobody says are Done come again.
func (f *Feed) Next(ctx context.Context) ([]Change, error) {
	all, err := f.read(ctx, f.since())
	if err != nil {
		return nil, err
	}
	var out []Change
	for _, c := range all {
		if _, done := f.done[c.Number]; !done {
			out = append(out, c)
		}
	}
	return out, nil
}

// ProductsIn returns the products that changed, each once, in the order of their first change.
func ProductsIn(changes []Change) []int64 {
	var out []int64
	had := make(map[int64]bool, len(changes))
	for _, c := range changes {
		if !had[c.Product] {
			had[c.Product] = true
			out = append(out, c.Product)
		}
	}
	return out
}

// IsDone reports whether a change was said to be Done.
func (f *Feed) IsDone(c Change) bool {
	_, done := f.done[c.Number]
	return done
}

// Start says that everything up to a moment is done.
func (f *Feed) Start(at time.Time) {
	if f.latest.Before(at) {
		f.latest = at
	}
}

// mostSkew is how far this instance's clock may be wrong. Within it, what is older than the latest change by ChangeWithin has been seen; before it, so has
// everything: otherwise the many changes at the end of a long fill would be read again until something newer is written.
const mostSkew = 5 * time.Minute

func (f *Feed) since() time.Time {
	from := f.latest
	if old := f.now().Add(-mostSkew); from.Before(old) {
		from = old
	}
	return from.Add(-ChangeWithin)
}

// Done says that changes need not come again, and forgets those that no later look could find. A time ahead of the shop's clock does not count: one wrong clock
// must not make the feed look past what others write.
func (f *Feed) Done(changes []Change) {
	now := f.now()
	for _, c := range changes {
		f.done[c.Number] = c.At
		if c.At.After(f.latest) && !c.At.After(now) {
			f.latest = c.At
		}
	}
	for number, at := range f.done {
		if at.Before(f.latest.Add(-ChangeWithin)) {
			delete(f.done, number)
		}
	}
}
