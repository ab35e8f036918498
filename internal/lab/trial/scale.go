//go:build linux

package trial

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"text/tabwriter"
	"time"

	"myclothes/internal/lab/faults"
	"myclothes/internal/lab/scaling"
	"myclothes/internal/lab/shoppers"
)

// Change is one change of the group under shoppers.
type Change struct {
	What    string        `json:"what"`
	Seconds float64       `json:"seconds"`
	Calls   shoppers.Sums `json:"calls"` // that were due meanwhile
}

// Scale has the group grow from 2 to 8, replace all of them by a new version, shrink to 3, change the sealing key, shrink to 2, and at last replace one that died.
func (w *World) Scale(ctx context.Context) ([]Change, error) {
	g := scaling.New(w.Stack, w.options.Architecture)
	count := func(n int) func() error { return func() error { return g.Want(ctx, n) } }
	fault := func(name string) func() error {
		return func() error {
			f, err := faults.Find(name)
			if err != nil {
				return err
			}
			_, err = f.Begin(ctx, w.Faults(), rand.New(rand.NewPCG(w.options.Seed, 4)))
			return err
		}
	}
	var all []Change
	for _, c := range []struct {
		what string
		do   func() error
	}{
		{"2 instances", func() error { return nil }}, {"2 to 8", count(8)}, {"a new version of all 8", fault("rolling-restart")}, {"8 to 3", count(3)},
		{"a new sealing key", fault("key-rotation")}, {"3 to 2", count(2)},
		{"one dies and is replaced", func() error { _, err := g.Replaced(ctx, 1); return err }},
	} {
		began := time.Now()
		if err := c.do(); err != nil {
			return all, fmt.Errorf("%s: %w", c.what, err)
		}
		took := time.Since(began)
		wait(ctx, calm)
		w.Say("%s: %.1f s", c.what, took.Seconds())
		all = append(all, Change{c.what, took.Seconds(), shoppers.Sum(w.Crowd.History.Calls(), began, time.Now())})
	}
	return all, ctx.Err()
}

// PrintChanges writes what each change cost.
func PrintChanges(out io.Writer, all []Change) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "change\ttook\tcalls\terrors\tp50\tp99")
	for _, c := range all {
		fmt.Fprintf(w, "%s\t%.1f s\t%d\t%d\t%.0f ms\t%.0f ms\n", c.What, c.Seconds, c.Calls.Calls, c.Calls.Errors, c.Calls.P50, c.Calls.P99)
	}
	return w.Flush()
}
