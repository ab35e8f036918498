//go:build linux

package trial

import (
	"fmt"
	"slices"
	"strings"

	"myclothes/internal/lab/checker"
	"myclothes/internal/lab/shoppers"
)

// bound is a part of L1: what must be answered under which faults, and how many calls tell 99.9 % from chance.
type bound struct {
	promise string
	enough  int
	under   func(Outcome) bool
	carts   bool // beside browsing
}

var bounds = []bound{
	{"browsing and cart are answered, 99.9 % of the time, while there is a primary", 5000, func(o Outcome) bool { return !o.Primary }, true},
	{"browsing is answered, 99.9 % of the time, while the primary is paused or dead", 1000, func(o Outcome) bool { return o.Primary && alone(o) }, false},
}

// alone reports whether the primary alone is gone. With its zone go a balancer and instances, which a name server takes seconds to notice: what that costs stands in the table.
func alone(o Outcome) bool {
	return !slices.ContainsFunc(o.Faults, func(f string) bool { return !strings.HasPrefix(f, "primary-") || strings.Contains(f, "zone") })
}

// Available is L1, judged only where there were enough calls.
func Available(all []Outcome, v *checker.Verdict) {
	for _, b := range bounds {
		calls, errors := 0, 0
		for _, o := range all {
			if b.under(o) {
				calls, errors = calls+o.Reading.Calls, errors+o.Reading.Errors
				if b.carts {
					calls, errors = calls+o.Carts.Calls, errors+o.Carts.Errors
				}
			}
		}
		var broken []shoppers.Violation
		if calls >= b.enough && float64(errors) > 0.001*float64(calls) {
			broken = append(broken, shoppers.Violation{Rule: "L1", Shopper: -1, Text: fmt.Sprintf("%d of %d calls were not answered: not so: %s", errors, calls, b.promise)})
		}
		v.Add("L1", b.promise, calls, broken)
	}
}
