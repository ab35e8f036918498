package cache

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/fault"
)

var ctx = context.Background()

func small(t *testing.T) *Pages[int] {
	c := NewPages[int](PagesOptions{Name: "test", MaxBytes: 1 << 20, MaxAge: 500 * time.Millisecond, FillIn: time.Second, Observe: func(string, string) {}})
	t.Cleanup(c.Close)
	return c
}

// made is a look at a page that is never as it was before.
func made(fill func(context.Context) (int, int, error)) Look[int] {
	return func(ctx context.Context) (catalog.Version, func() (int, int, error), error) {
		v, bytes, err := fill(ctx)
		return 0, func() (int, int, error) { return v, bytes, nil }, err
	}
}

func TestHitThenTooOld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := small(t)
		fills := 0
		fill := func(context.Context) (int, int, error) { fills++; return fills, 8, nil }
		get := func(want int) {
			t.Helper()
			if got, err := c.Get(ctx, "k", made(fill)); got != want || err != nil {
				t.Errorf("got %d, %v; want %d", got, err, want)
			}
		}
		get(1)
		time.Sleep(499 * time.Millisecond)
		get(1)
		time.Sleep(time.Millisecond)
		get(2)
	})
}

// TestAgeCountsFromTheStartOfTheRead: a value that took long to make is not fresh when it arrives (K1).
func TestAgeCountsFromTheStartOfTheRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := small(t)
		var row atomic.Int64
		slow := func(context.Context) (int, int, error) {
			v := int(row.Load())
			time.Sleep(400 * time.Millisecond)
			return v, 8, nil
		}
		c.Get(ctx, "k", made(slow)) // read 0 at 0 ms, stored at 400 ms
		row.Store(1)
		time.Sleep(150 * time.Millisecond) // 550 ms after the read
		if got, _ := c.Get(ctx, "k", made(slow)); got != 1 {
			t.Errorf("got %d: a value read 550 ms ago was taken for 150 ms old", got)
		}
	})
}

func TestOneFillForMany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := small(t)
		var fills atomic.Int64
		var wg sync.WaitGroup
		for range 10_000 {
			wg.Go(func() {
				got, err := c.Get(ctx, "cold", made(func(context.Context) (int, int, error) {
					time.Sleep(50 * time.Millisecond)
					return int(fills.Add(1)), 8, nil
				}))
				if got != 1 || err != nil {
					t.Errorf("got %d, %v", got, err)
				}
			})
		}
		wg.Wait()
		if fills.Load() != 1 {
			t.Errorf("%d fills for one key", fills.Load())
		}
	})
}

// TestAVisitorWhoLeaves does not take the fill, or its lock, along.
func TestAVisitorWhoLeaves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := small(t)
		fill := func(ctx context.Context) (int, int, error) {
			select {
			case <-time.After(100 * time.Millisecond):
				return 7, 8, nil
			case <-ctx.Done():
				return 0, 0, ctx.Err()
			}
		}
		left, leave := context.WithCancel(ctx)
		done := make(chan error)
		go func() { _, err := c.Get(left, "k", made(fill)); done <- err }()
		synctest.Wait()
		leave()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("who left got %v", err)
		}
		if got, err := c.Get(ctx, "k", made(fill)); got != 7 || err != nil {
			t.Errorf("who stayed got %d, %v", got, err)
		}
	})
}

func TestErrorsAndSlowFillsAreNotKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := small(t)
		broken := errors.New("broken")
		if _, err := c.Get(ctx, "k", made(func(context.Context) (int, int, error) { return 0, 0, broken })); !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
		_, err := c.Get(ctx, "k", made(func(ctx context.Context) (int, int, error) { <-ctx.Done(); return 0, 0, ctx.Err() }))
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a fill without end: %v", err)
		}
		if got, err := c.Get(ctx, "k", made(func(context.Context) (int, int, error) { return 3, 8, nil })); got != 3 || err != nil {
			t.Errorf("after both: %d, %v", got, err)
		}
	})
}

func TestAPanicIsAnErrorForThoseWhoWait(t *testing.T) {
	c := small(t)
	_, err := c.Get(ctx, "k", made(func(context.Context) (int, int, error) { panic("a bug") }))
	if err == nil || !strings.Contains(err.Error(), "a bug") {
		t.Errorf("got %v", err)
	}
	if got, err := c.Get(ctx, "k", made(func(context.Context) (int, int, error) { return 3, 8, nil })); got != 3 || err != nil {
		t.Errorf("after it: %d, %v", got, err)
	}
}

func TestOffKeepsNothing(t *testing.T) {
	c := NewPages[int](PagesOptions{Name: "off", MaxBytes: 1 << 10, FillIn: time.Second, Observe: func(string, string) {}})
	for want := 1; want < 4; want++ {
		if got, _ := c.Get(ctx, "k", made(func(context.Context) (int, int, error) { return want, 8, nil })); got != want {
			t.Errorf("got %d, want %d", got, want)
		}
	}
}

// TestAPageIsMadeAnewWhenWhatItSaysChanges, and only then.
func TestAPageIsMadeAnewWhenWhatItSaysChanges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := small(t)
		version, renders := catalog.Version(1), 0
		var fail error
		look := func(context.Context) (catalog.Version, func() (int, int, error), error) {
			return version, func() (int, int, error) { renders++; return renders, 8, nil }, fail
		}
		get := func(want int) {
			t.Helper()
			if got, err := c.Get(ctx, "k", look); got != want || err != nil {
				t.Errorf("got %d, %v; want %d", got, err, want)
			}
		}
		get(1)
		for range 5 {
			time.Sleep(time.Second)
			get(1)
		}
		version = 2
		get(1) // it is looked at again in half a second
		time.Sleep(500 * time.Millisecond)
		get(2)
		version = 0 // not known: like no other
		time.Sleep(500 * time.Millisecond)
		get(3)
		time.Sleep(500 * time.Millisecond)
		get(4)
		fail = fault.OutOfOrder
		time.Sleep(excused - 100*time.Millisecond)
		get(4)
		fail = fault.NoSuchPage
		if _, err := c.Get(ctx, "k", look); !errors.Is(err, fault.NoSuchPage) {
			t.Errorf("a page that is gone: %v", err)
		}
		fail = fault.OutOfOrder
		time.Sleep(time.Second)
		if _, err := c.Get(ctx, "k", look); !errors.Is(err, fault.OutOfOrder) {
			t.Errorf("what was true too long ago: %v", err)
		}
	})
}

// TestAPageIsLookedAtAfterEveryChange that was heard of, however young it is.
func TestAPageIsLookedAtAfterEveryChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var turn atomic.Uint64
		c := NewPages[int](PagesOptions{Name: "test", MaxBytes: 1 << 20, MaxAge: time.Minute, Turn: turn.Load, FillIn: time.Second, Observe: func(string, string) {}})
		defer c.Close()
		looks := 0
		look := func(context.Context) (catalog.Version, func() (int, int, error), error) {
			looks++
			return catalog.Version(looks), func() (int, int, error) { return looks, 8, nil }, nil
		}
		for want := 1; want < 4; want++ {
			for range 3 {
				if got, err := c.Get(ctx, "k", look); got != want || err != nil {
					t.Errorf("%d, %v; want %d", got, err, want)
				}
			}
			turn.Add(1)
		}
	})
}
