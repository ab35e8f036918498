//go:build linux

package trial

import (
	"fmt"

	"myclothes/internal/lab/checker"
	"myclothes/internal/lab/shoppers"
)

// enough calls tell 99.9 % from chance.
const enough = 5000

// Available is L1: under every fault that leaves the database its primary, browsing and cart are answered. (Without a primary this shop reads nothing, and what that costs
// stands in the table.) It is judged only where there were enough calls.
func Available(all []Outcome, v *checker.Verdict) {
	var calls, errors int
	for _, o := range all {
		if !o.Primary {
			calls += o.Reading.Calls + o.Carts.Calls
			errors += o.Reading.Errors + o.Carts.Errors
		}
	}
	f := checker.Finding{Rule: "L1", Promise: "browsing and cart are answered, 99.9 % of the time, while there is a primary", Things: calls}
	if calls >= enough && float64(errors) > 0.001*float64(calls) {
		f.Broken = errors
		v.Violations = append(v.Violations, shoppers.Violation{Rule: "L1", Shopper: -1, Text: fmt.Sprintf("%d of %d calls were not answered", errors, calls)})
	}
	v.Findings = append(v.Findings, f)
}
