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

// Schedule is what a seed breaks, in order: every fault alone, shuffled, and pairs without end.
func Schedule(seed uint64, pairs int) (single, double []Step) {
	chance := rand.New(rand.NewPCG(seed, 2))
	order := chance.Perm(len(faults.All))
	for _, i := range order {
		single = append(single, Step{[]string{faults.All[i].Name}, chance.Uint64()})
	}
	for len(double) < pairs {
		a, b := faults.All[chance.IntN(len(faults.All))], faults.All[chance.IntN(len(faults.All))]
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
