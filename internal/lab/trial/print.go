//go:build linux

package trial

import (
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"myclothes/internal/lab/shoppers"
)

// Only breaks what is named, with + between several at once, and has the crowd shop a while before and after.
func (w *World) Only(ctx context.Context, names string, seed uint64) (Outcome, error) {
	wait(ctx, calm)
	o, err := w.Break(ctx, Step{strings.Split(names, "+"), seed})
	wait(ctx, calm)
	return o, err
}

// Overall is what the whole run was like for shoppers, so far.
func (w *World) Overall() [3]shoppers.Sums {
	calls, now := w.Crowd.History.Calls(), time.Now()
	return [3]shoppers.Sums{shoppers.Sum(calls, w.Began, now, shoppers.Browsing), shoppers.Sum(calls, w.Began, now, shoppers.Carting), shoppers.Sum(calls, w.Began, now, shoppers.Buying)}
}

// Print writes what each step did, and the whole run.
func Print(out io.Writer, all []Outcome, whole [3]shoppers.Sums) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "at\tfault\twhat\tfor\twhole after\tbrowsing: errors\tp50\tp99\tcart: errors\tp99\tbuying: errors\tdark")
	for _, o := range all {
		fmt.Fprintf(w, "%.0f s\t%s\t%s\t%.0f s\t%.1f s\t%s\t%.0f ms\t%.0f ms\t%s\t%.0f ms\t%s\t%d s\n", o.From, o.Step, strings.Join(o.What, " + "), o.Mended-o.From, o.Until-o.Mended,
			share(o.Reading), o.Reading.P50, o.Reading.P99, share(o.Carts), o.Carts.P99, share(o.Buying), o.Dark)
	}
	fmt.Fprintf(w, "\tthe whole run\t\t\t\t%s\t%.0f ms\t%.0f ms\t%s\t%.0f ms\t%s\t\n", share(whole[0]), whole[0].P50, whole[0].P99, share(whole[1]), whole[1].P99, share(whole[2]))
	return w.Flush()
}

func share(s shoppers.Sums) string { return fmt.Sprintf("%d of %d", s.Errors, s.Calls) }
