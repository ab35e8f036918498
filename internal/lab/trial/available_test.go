//go:build linux

package trial

import (
	"testing"

	"myclothes/internal/lab/checker"
	"myclothes/internal/lab/shoppers"
)

func TestWhatMustBeAnswered(t *testing.T) {
	outcome := func(primary bool, calls, errors int, faults ...string) Outcome {
		return Outcome{Step: Step{Faults: faults}, Primary: primary, Reading: shoppers.Sums{Calls: calls, Errors: errors}}
	}
	for _, c := range []struct {
		name string
		o    Outcome
		want int
	}{
		{"one of ten thousand", outcome(false, 10_000, 1, "cache-kill"), 0},
		{"too many", outcome(false, 10_000, 11, "cache-kill"), 1},
		{"too few calls to tell", outcome(false, 100, 1, "cache-kill"), 0},
		{"no primary, and browsing goes on", outcome(true, 2000, 2, "primary-kill"), 0},
		{"no primary, and browsing does not", outcome(true, 2000, 3, "primary-pause-5"), 1},
		{"its zone is gone, too", outcome(true, 2000, 300, "primary-zone-off"), 0},
		{"and something else is broken", outcome(true, 2000, 300, "primary-kill", "zone-cut"), 0},
	} {
		var v checker.Verdict
		Available([]Outcome{c.o}, &v)
		if len(v.Violations) != c.want || len(v.Findings) != len(bounds) {
			t.Errorf("%s: %+v", c.name, v.Violations)
		}
	}
}
