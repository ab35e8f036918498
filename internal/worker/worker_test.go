package worker

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"myclothes/internal/outbox"
)

func TestJobsRepeatAndStop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		runs, failures := 0, 0
		w := Worker{Grace: 20 * time.Second, Observe: func(_ string, err error) {
			if err != nil {
				failures++
			}
		}, Jobs: []Job{{Name: "job", Every: time.Second, Limit: time.Minute, Run: func(ctx context.Context) (int, error) {
			runs++
			switch runs {
			case 1, 2:
				return 1, nil // there was work: again at once
			case 3:
				return 1, errors.New("broken") // wait, however much work there is
			case 4:
				panic("a bug")
			case 6:
				time.Sleep(10 * time.Second) // stopped meanwhile
				if ctx.Err() != nil {
					t.Error("a run was cut off by the stop")
				}
				runs = 100
			}
			return 0, nil
		}}}}
		ctx, cancel := context.WithCancel(t.Context())
		go func() { time.Sleep(8 * time.Second); cancel() }()
		w.Run(ctx)
		if runs != 100 || failures != 1 {
			t.Fatalf("%d runs, %d failures", runs, failures)
		}
	})
}

type box struct {
	events []outbox.Event
	next   map[string]time.Time
	done   []string
}

func (b *box) Claim(context.Context, time.Time, time.Duration, int) ([]outbox.Event, error) {
	return b.events, nil
}
func (b *box) Finish(_ context.Context, id string, _ time.Time) error {
	b.done = append(b.done, id)
	return nil
}
func (b *box) Fail(_ context.Context, id, _ string, next time.Time) error {
	b.next[id] = next
	return nil
}

func TestOneBadEventDoesNotStopTheOthers(t *testing.T) {
	at := time.Unix(1000, 0)
	b := &box{next: map[string]time.Time{}, events: []outbox.Event{{ID: "a"}, {ID: "bad", Attempts: 3}, {ID: "old", Attempts: 60}, {ID: "c"}}}
	n, err := Deliver(b, func() time.Time { return at }, time.Minute, func(_ context.Context, e outbox.Event) error {
		if e.ID == "bad" || e.ID == "old" {
			return errors.New("no")
		}
		return nil
	})(context.Background())
	if n != 2 || err != nil || len(b.done) != 2 {
		t.Fatalf("%d delivered, %v, %v", n, err, b.done)
	}
	if !b.next["bad"].Equal(at.Add(8*time.Second)) || !b.next["old"].Equal(at.Add(time.Hour)) {
		t.Errorf("tried again at %v", b.next)
	}
}

// TestAStopIsBounded: a run that would go on for minutes is cut off after the grace.
func TestAStopIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		w := Worker{Grace: 5 * time.Second, Observe: func(string, error) {}, Jobs: []Job{{Name: "slow", Every: time.Second, Limit: 5 * time.Minute,
			Run: func(ctx context.Context) (int, error) { <-ctx.Done(); return 0, ctx.Err() }}}}
		go func() { time.Sleep(time.Second); cancel() }()
		start := time.Now()
		w.Run(ctx)
		if took := time.Since(start); took != 6*time.Second {
			t.Errorf("stopped after %v, want 6s", took)
		}
	})
}

// TestFailingJobsRest: the pause doubles with each failure in a row, to five seconds, or to the job's own if that is longer.
func TestFailingJobsRest(t *testing.T) {
	for _, c := range []struct {
		every     time.Duration
		failed    int
		low, high time.Duration
	}{
		{time.Second, 0, 750 * time.Millisecond, 1251 * time.Millisecond},
		{time.Second, 1, 750 * time.Millisecond, 1251 * time.Millisecond},
		{300 * time.Millisecond, 3, 900 * time.Millisecond, 1501 * time.Millisecond},
		{300 * time.Millisecond, 1_000_000, 3750 * time.Millisecond, 6251 * time.Millisecond},
		{time.Hour, 9, 45 * time.Minute, 76 * time.Minute},
	} {
		if got := pause(c.every, c.failed); got < c.low || got > c.high {
			t.Errorf("every %s after %d failures: %s", c.every, c.failed, got)
		}
	}
}
