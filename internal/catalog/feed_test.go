package catalog

import (
	"context"
	"slices"
	"testing"
	"time"
)

// TestAFeedLooksBackNoFurtherThanItMust: from the latest change, but not for ever once nothing newer comes.
func TestAFeedLooksBackNoFurtherThanItMust(t *testing.T) {
	at := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for ago, want := range map[time.Duration]time.Duration{
		0: ChangeWithin, time.Minute: time.Minute + ChangeWithin, time.Hour: mostSkew + ChangeWithin, -time.Minute: ChangeWithin - time.Minute,
	} {
		f := &Feed{now: func() time.Time { return at }, latest: at.Add(-ago)}
		if got := at.Sub(f.since()); got != want {
			t.Errorf("the latest change was %s ago: looks back %s, want %s", ago, got, want)
		}
	}
}

func TestAFeedGivesEachChangeUntilItIsDone(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	var written []Change
	f := NewFeed(func(_ context.Context, since time.Time) ([]Change, error) {
		return slices.DeleteFunc(slices.Clone(written), func(c Change) bool { return c.At.Before(since) }), nil
	}, func() time.Time { return now })
	next := func(want ...int64) []Change {
		t.Helper()
		got, err := f.Next(t.Context())
		var numbers []int64
		for _, c := range got {
			numbers = append(numbers, c.Number)
		}
		if !slices.Equal(numbers, want) || err != nil {
			t.Errorf("%v, %v; want %v", numbers, err, want)
		}
		return got
	}
	next()
	written = []Change{{3, 1, now}, {4, 1, now}}
	next(3, 4)
	f.Done(next(3, 4)) // again: nobody had said that they were done
	next()
	written = append(written, Change{1, 2, now.Add(-29 * time.Second)}, Change{2, 2, now.Add(time.Hour)}) // seen late; by a clock that is ahead
	f.Done(next(1, 2))
	now = now.Add(time.Minute)
	written = append(written, Change{5, 9, now})
	f.Done(next(5))
	if len(f.done) != 2 { // 5, and 2, which every look finds until its hour has come
		t.Errorf("it remembers %d changes: %v", len(f.done), f.done)
	}
	if got := ProductsIn(written); !slices.Equal(got, []int64{1, 2, 9}) {
		t.Errorf("%v", got)
	}
}
