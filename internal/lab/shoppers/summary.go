package shoppers

import (
	"slices"
	"time"
)

// Sums are what came of calls that were due in some time.
type Sums struct {
	Calls        int     `json:"calls"`
	Errors       int     `json:"errors"` // without an answer, or with one that says nothing
	Refused      int     `json:"refused"`
	P50          float64 `json:"p50_ms"` // of answered calls, from when they should have started
	P90          float64 `json:"p90_ms"`
	P99          float64 `json:"p99_ms"`
	Most         float64 `json:"max_ms"`
	Availability float64 `json:"availability"` // the share that was answered; 1 of nothing
}

// Second is one second of a run.
type Second struct {
	At     float64 `json:"at"` // since its start
	OK     int     `json:"ok"`
	Errors int     `json:"errors"`
	P99    float64 `json:"p99_ms"`
}

// Sum adds up the calls of some groups, or of all where none is given, that were due from one moment until another.
func Sum(calls []Call, from, to time.Time, groups ...Group) Sums {
	var s Sums
	var waited []float64
	for _, c := range calls {
		if !counts(c, groups) || c.Due.Before(from) || !c.Due.Before(to) {
			continue
		}
		s.Calls++
		switch c.Outcome {
		case Unknown:
			s.Errors++
			continue
		case Refused:
			s.Refused++
		}
		waited = append(waited, ms(c.Latency()))
	}
	slices.Sort(waited)
	s.P50, s.P90, s.P99, s.Most = at(waited, 0.5), at(waited, 0.9), at(waited, 0.99), at(waited, 1)
	if s.Availability = 1; s.Calls > 0 {
		s.Availability = 1 - float64(s.Errors)/float64(s.Calls)
	}
	return s
}

func counts(c Call, groups []Group) bool {
	g := groupOf(c.Act)
	return g != "" && (len(groups) == 0 || slices.Contains(groups, g))
}

func ms(d time.Duration) float64 {
	return float64(d.Round(10*time.Microsecond)) / float64(time.Millisecond)
}

func at(sorted []float64, share float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[int(share*float64(len(sorted)-1))]
}

// Seconds is the run of some groups second by second, by when calls were due.
func Seconds(calls []Call, from, to time.Time, groups ...Group) []Second {
	var all []Second
	for t := from; t.Before(to); t = t.Add(time.Second) {
		s := Sum(calls, t, t.Add(time.Second), groups...)
		all = append(all, Second{At: t.Sub(from).Seconds(), OK: s.Calls - s.Errors, Errors: s.Errors, P99: s.P99})
	}
	return all
}

// Dark counts the seconds in which somebody wanted something and nobody got an answer.
func Dark(all []Second) int {
	n := 0
	for _, s := range all {
		if s.OK == 0 && s.Errors > 0 {
			n++
		}
	}
	return n
}
