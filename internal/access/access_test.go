package access

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"myclothes/internal/fault"
)

// TestTheHashIsOfEverything: whatever is changed in an entry, also where one field ends and the next begins, its hash is another.
func TestTheHashIsOfEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) Entry {
			return Entry{
				Number: rapid.Int64Range(1, 3).Draw(t, label+" number"), At: time.UnixMicro(rapid.Int64Range(0, 3).Draw(t, label+" at")), Staff: rapid.StringMatching(`[ab:,1]{0,4}`).Draw(t, label+" staff"),
				Act: Act(rapid.StringMatching(`[ab:,1]{0,4}`).Draw(t, label+" act")), Subject: rapid.StringMatching(`[ab:,1]{0,4}`).Draw(t, label+" subject"),
				Reason: rapid.StringMatching(`[ab:,1]{0,4}`).Draw(t, label+" reason"), Previous: rapid.StringMatching(`[ab:,1]{0,4}`).Draw(t, label+" previous"),
			}
		}
		a, b := draw("a"), draw("b")
		if (a.Sum() == b.Sum()) != (a == b) {
			t.Fatalf("%+v and %+v: %s, %s", a, b, a.Sum(), b.Sum())
		}
	})
}

// The form of the hash is for ever: a log that was written before must still verify.
func TestTheHashStays(t *testing.T) {
	e := Entry{Number: 1, At: time.UnixMicro(1_700_000_000_000_000), Staff: "kim", Act: ShowCustomer, Subject: "ABC", Reason: "문의 #12"}
	if got := e.Sum(); got != "d128418ff7964d52e9b7ad17099a0978f7ba2bf4a6184cfc308f7f7f33259dfd" {
		t.Errorf("the hash is %s", got)
	}
}

func TestWhoAndWhyMustBeSaid(t *testing.T) {
	for e, want := range map[Entry]int{{Staff: "kim", Reason: "complaint 12"}: 0, {Staff: " ", Reason: "why"}: 2, {Staff: "kim", Reason: "     "}: 1} {
		if err := e.Check(); (want == 0) != (err == nil) || err != nil && (!errors.Is(err, fault.BadRequest) || len(fault.Of(err).Fields) != want) {
			t.Errorf("%+v: %v", e, err)
		}
	}
}
