package shoppers

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"
)

// Outcome is what a shopper knows after a call.
type Outcome string

const (
	OK      Outcome = "ok"
	Refused Outcome = "refused" // the shop said no, and why: sold out, another price
	Unknown Outcome = "unknown" // no answer, or one that says nothing about what has happened
)

// Call is one request of one shopper.
type Call struct {
	Shopper  int       `json:"shopper"`
	Act      string    `json:"act"`
	Request  string    `json:"request"`
	Due      time.Time `json:"due"` // when it should have started: an open loop counts from here
	Start    time.Time `json:"start"`
	End      time.Time `json:"end"`
	Status   int       `json:"status"` // 0: no answer
	Outcome  Outcome   `json:"outcome"`
	Note     string    `json:"note,omitempty"`
	Instance string    `json:"instance,omitempty"` // who answered
}

// Latency is how long the shopper waited, from when they meant to begin.
func (c Call) Latency() time.Duration { return c.End.Sub(c.Due) }

// Violation is a broken promise, and whose history shows it.
type Violation struct {
	Rule    string `json:"rule"` // of the invariants: C1
	Shopper int    `json:"shopper"`
	Text    string `json:"text"`
}

// History is every call of a run and what was seen to be wrong meanwhile. Safe for concurrent use.
type History struct {
	forget bool // all but the latest calls

	mu    sync.Mutex
	calls []Call
	wrong []Violation
}

// latest is how many calls a forgetful history keeps at least.
const latest = 10_000

func (h *History) add(c Call) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.calls = append(h.calls, c)
	if h.forget && len(h.calls) > 2*latest {
		h.calls = slices.Clone(h.calls[len(h.calls)-latest:])
	}
}

// Broke adds a violation. Shopper −1 is nobody in particular.
func (h *History) Broke(rule string, shopper int, format string, args ...any) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.wrong = append(h.wrong, Violation{rule, shopper, fmt.Sprintf(format, args...)})
}

// Violations are all that were added so far.
func (h *History) Violations() []Violation {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.wrong)
}

// Calls are all calls so far, in the order in which they ended.
func (h *History) Calls() []Call {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.calls)
}

// Print writes the calls of one shopper that changed something or failed, or whose request or note holds the text, as somebody reads them who looks for the fault.
func (h *History) Print(out io.Writer, shopper int, text string) {
	for _, c := range h.Calls() {
		if c.Shopper != shopper || !(strings.Contains(c.Request+c.Note, text) || c.Outcome == Unknown) {
			continue
		}
		fmt.Fprintf(out, "    %s +%6.0f ms  %-8s %3d %-10s %s  %s\n", c.Start.Format("15:04:05.000"), float64(c.End.Sub(c.Start))/1e6, c.Outcome, c.Status, c.Instance, c.Request, c.Note)
	}
}

// Since are the calls that have ended since then.
func (h *History) Since(t time.Time) []Call {
	h.mu.Lock()
	defer h.mu.Unlock()
	i := len(h.calls)
	for i > 0 && h.calls[i-1].End.After(t) {
		i--
	}
	return slices.Clone(h.calls[i:])
}
