//go:build linux

package stages

import (
	"fmt"
	"io"
	"text/tabwriter"

	"myclothes/internal/lab/faults"
)

// Print writes the table for a terminal.
func (r *Report) Print(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "stage\ttried\tresult\tlost carts\terrors\tcalls\tdark\tcookie\tp50\tp99\tSQL/page\tpages/s\t")
	for _, x := range r.Rows {
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\t%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", x.Stage, x.Tried.EN, x.Result, num(x.Lost, "%.0f"), num(x.Errors, "%.0f"), x.Calls,
			num(x.Dark, "%.0f s"), num(x.Bytes, "%.0f B"), num(x.P50, "%.1f ms"), num(x.P99, "%.0f ms"), num(x.Pages, "%.2f"), num(x.Rate, "%.0f"), x.Note.EN)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "%.0f s on %d cores\n", r.Took, r.Cores)
	return err
}

// num is a number, or a dash where there is none.
func num(x *float64, format string) string {
	if x == nil {
		return "–"
	}
	return fmt.Sprintf(format, *x)
}

// title is what faults are called.
func title(names []string) (w Words) {
	for i, name := range names {
		f, err := faults.Find(name)
		if err != nil {
			continue
		}
		if i > 0 {
			w.KO, w.EN = w.KO+" + ", w.EN+" + "
		}
		w.KO, w.EN = w.KO+f.KO, w.EN+f.EN
	}
	return w
}

// Failed counts the rows that are broken.
func (r *Report) Failed() (count int) {
	for _, x := range r.Rows {
		if x.Result == Broken {
			count++
		}
	}
	return count
}
