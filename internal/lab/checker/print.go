package checker

import (
	"fmt"
	"io"
	"regexp"
	"text/tabwriter"

	"myclothes/internal/lab/shoppers"
)

// most is how many violations are told with their histories.
const most = 20

// Print writes the verdict, and below it each violation with the history of its shopper.
func (v Verdict) Print(out io.Writer, h *shoppers.History) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, f := range v.Findings {
		things := ""
		if f.Things > 0 {
			things = fmt.Sprint("of ", f.Things)
		}
		fmt.Fprintf(w, "%s\t%s\t%d broken %s\n", f.Rule, f.Promise, f.Broken, things)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(out, "%d orders, %d paid, %d mails sent twice under one name\n", v.Orders, v.Paid, v.Repeats)
	for i, x := range v.Violations {
		if i == most {
			fmt.Fprintf(out, "and %d more\n", len(v.Violations)-most)
			break
		}
		fmt.Fprintf(out, "%s  shopper %d: %s\n", x.Rule, x.Shopper, x.Text)
		if x.Shopper >= 0 {
			h.Print(out, x.Shopper, subject.FindString(x.Text))
		}
	}
	return nil
}

// subject finds what a violation is about: an order's number or an SKU.
var subject = regexp.MustCompile(`[A-Z0-9]+-[A-Z0-9-]+[A-Z0-9]|\d{6,}[-0-9A-Z]*`)
