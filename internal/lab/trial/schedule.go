//go:build linux

package trial

import (
	"math/rand/v2"
	"slices"
	"strings"

	"myclothes/internal/lab/faults"
)

// Step is one thing that goes wrong, or two at once.
type Step struct {
	Faults []string `json:"faults"`
	Seed   uint64   `json:"seed"` // of what exactly is broken
}

func (s Step) String() string { return strings.Join(s.Faults, " + ") }

// Schedule is what a seed breaks, in order: every fault alone, shuffled, and pairs without end. Long faults are among those alone if the run is long.
func Schedule(seed uint64, pairs int, long bool) (single, double []Step) {
	chance := rand.New(rand.NewPCG(seed, 2))
	all := slices.DeleteFunc(slices.Clone(faults.All), func(f faults.Fault) bool { return f.Long || f.Clock })
	for _, i := range chance.Perm(len(all)) {
		single = append(single, Step{[]string{all[i].Name}, chance.Uint64()})
	}
	for _, f := range faults.All {
		if f.Long && long {
			single = append([]Step{{[]string{f.Name}, chance.Uint64()}}, single...)
		}
	}
	for len(double) < pairs {
		a, b := all[chance.IntN(len(all))], all[chance.IntN(len(all))]
		if together(a, b) {
			double = append(double, Step{[]string{a.Name, b.Name}, chance.Uint64()})
		}
	}
	return single, double
}

// operations take their time and end by themselves; they begin second, while the other fault lasts.
var operations = []string{"instance-drain", "rolling-restart", "key-rotation", "cache-flush"}

// together reports whether two faults may be broken at once: two kinds, the first of which lasts.
func together(a, b faults.Fault) bool {
	kind := func(f faults.Fault) string { k, _, _ := strings.Cut(f.Name, "-"); return k }
	return kind(a) != kind(b) && a.Hold > 0 && !(a.Primary && slices.Contains([]string{"rolling-restart", "key-rotation"}, b.Name)) && !slices.Contains(operations, a.Name)
}
