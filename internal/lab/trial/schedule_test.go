//go:build linux

package trial

import (
	"slices"
	"strings"
	"testing"

	"myclothes/internal/lab/faults"
)

func TestASeedRepeatsItsSchedule(t *testing.T) {
	same := func(a, b []Step) bool {
		return slices.EqualFunc(a, b, func(x, y Step) bool { return x.String() == y.String() && x.Seed == y.Seed })
	}
	single, double := Schedule(1, 50, false)
	again, pairs := Schedule(1, 50, false)
	other, _ := Schedule(2, 50, false)
	whole, _ := Schedule(1, 50, true)
	if !same(single, again) || !same(double, pairs) || same(single, other) {
		t.Error("a schedule does not depend on its seed, or on something else, too")
	}
	clocks := 0
	for _, f := range faults.All {
		if f.Clock {
			clocks++
		}
	}
	if len(whole) != len(faults.All)-clocks || len(single) >= len(whole) || !same(single, whole[len(whole)-len(single):]) || len(double) != 50 {
		t.Errorf("%d and %d faults of %d, %d pairs", len(single), len(whole), len(faults.All), len(double))
	}
	for _, step := range double {
		a, b := step.Faults[0], step.Faults[1]
		if strings.Split(a, "-")[0] == strings.Split(b, "-")[0] {
			t.Errorf("%s breaks the same thing twice", step)
		}
	}
}
