// Package worker does in the background what no visitor should wait for: delivering messages, ending holds, asking the
// payment provider until it answers. Every job may run on every instance at once; the database sees to it that each thing is done once.
package worker

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"sync"
	"time"

	"myclothes/internal/outbox"
)

// Job is something done again and again.
type Job struct {
	Name  string
	Every time.Duration
	Limit time.Duration // how long one run may take
	// Run does what is due and returns how many things that was. If there were any it runs again at once.
	Run func(context.Context) (int, error)
}

// Worker runs jobs until its context ends.
type Worker struct {
	Jobs    []Job
	Grace   time.Duration // how long a run may go on after the worker was told to stop
	Observe func(job string, err error)
}

// Run returns when ctx has ended and every job has finished the run it was in.
func (w *Worker) Run(ctx context.Context) {
	var all sync.WaitGroup
	for _, j := range w.Jobs {
		all.Go(func() { w.repeat(ctx, j) })
	}
	all.Wait()
}

// repeat runs one job: at once again while there is work, else after its pause, a little at random so that instances that started
// together do not ask together.
func (w *Worker) repeat(ctx context.Context, j Job) {
	for failed := 0; ; {
		n, err := w.once(ctx, j)
		if ctx.Err() != nil {
			return
		}
		if failed++; err == nil {
			failed = 0
		}
		if n > 0 && err == nil {
			continue
		}
		t := time.NewTimer(pause(j.Every, failed))
		select {
		case <-ctx.Done():
			t.Stop()
			return
		case <-t.C:
		}
	}
}

// mostPause bounds the pause of a job that fails again and again: what it does is needed as soon as it can be done.
const mostPause = 5 * time.Second

// pause is a little at random around every, and doubles with each failure in a row, so that a database that is away is not asked, nor complained of, many
// times a second.
func pause(every time.Duration, failed int) time.Duration {
	if failed > 1 {
		every = max(every, min(every<<min(failed-1, 10), mostPause))
	}
	return every*3/4 + rand.N(every/2+1)
}

// once runs a job. Told to stop meanwhile it has Grace to end by itself; what it then leaves undone is claimed again later, here or elsewhere.
func (w *Worker) once(ctx context.Context, j Job) (n int, err error) {
	defer func() {
		if p := recover(); p != nil {
			slog.Error("job panicked", "job", j.Name, "panic", p, "stack", string(debug.Stack()))
			n = 0
		}
	}()
	told := ctx
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), j.Limit)
	defer cancel()
	defer context.AfterFunc(told, func() { time.AfterFunc(w.Grace, cancel) })()
	n, err = j.Run(ctx)
	w.Observe(j.Name, err)
	if err != nil {
		slog.ErrorContext(ctx, "job failed", "job", j.Name, "err", err)
	}
	return n, err
}

// Deliver returns the job that hands events to what they are for. hold is how long claimed events are left to it and must be longer than the job's limit, so that
// it has ended before anybody else claims them. One that fails is tried again after 1, 2, 4, … seconds, at most an hour.
func Deliver(box outbox.Box, now func() time.Time, hold time.Duration, handle func(context.Context, outbox.Event) error) func(context.Context) (int, error) {
	return func(ctx context.Context) (int, error) {
		events, err := box.Claim(ctx, now(), hold, 10)
		if err != nil {
			return 0, err
		}
		done := 0
		for _, e := range events {
			if ctx.Err() != nil {
				return done, ctx.Err()
			}
			if err := handle(ctx, e); err != nil {
				slog.WarnContext(ctx, "event not delivered", "event", e.ID, "topic", e.Topic, "attempts", e.Attempts, "err", err)
				next := now().Add(min(time.Second<<min(e.Attempts, 12), time.Hour))
				if err := box.Fail(ctx, e.ID, string(e.Topic)+" failed", next); err != nil {
					return done, err
				}
				continue
			}
			if err := box.Finish(ctx, e.ID, now()); err != nil {
				return done, err
			}
			done++
		}
		return done, nil
	}
}
