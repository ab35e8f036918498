package prices

import (
	"slices"
	"time"
)

// Sums are what came of looking.
type Sums struct {
	Looks   int     `json:"looks"`
	Strange int     `json:"strange"`
	Old100  int     `json:"older_than_100_ms"` // what was shown had been replaced for longer
	Old1    int     `json:"older_than_1_s"`
	Old5    int     `json:"older_than_5_s"`
	Oldest  float64 `json:"oldest_ms"`
}

// Sum adds up the looks that began from one moment until another.
func Sum(looks []Look, from, to time.Time) (s Sums) {
	for _, l := range looks {
		if l.Began.Before(from) || !l.Began.Before(to) {
			continue
		}
		s.Looks++
		for _, c := range []struct {
			yes bool
			n   *int
		}{{l.Strange, &s.Strange}, {l.Old > 100*time.Millisecond, &s.Old100}, {l.Old > time.Second, &s.Old1}, {l.Old > 5*time.Second, &s.Old5}} {
			if c.yes {
				*c.n++
			}
		}
		s.Oldest = max(s.Oldest, float64(l.Old.Round(time.Millisecond)/time.Millisecond))
	}
	return s
}

// Bounds are how old what is shown may be: 1 s, and 5 s while something is broken.
const (
	Bound       = time.Second
	BoundBroken = 5 * time.Second
)

// Span is a time in which something was broken.
type Span struct{ From, To time.Time }

// Wrong are the looks that show more than is allowed: something too old, or a price that never was.
func Wrong(looks []Look, broken []Span) []Look {
	return slices.DeleteFunc(slices.Clone(looks), func(l Look) bool {
		bound := Bound
		for _, s := range broken {
			if l.Began.After(s.From) && l.Began.Before(s.To) {
				bound = BoundBroken
			}
		}
		return !l.Strange && l.Old <= bound
	})
}
