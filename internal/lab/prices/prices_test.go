package prices

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"
)

func TestAPriceSaysHowOldItIs(t *testing.T) {
	at := func(s float64) time.Time {
		return time.Unix(1_800_000_000, 0).Add(time.Duration(s * float64(time.Second)))
	}
	g := &goods{id: 7, prices: []price{{100, at(0)}, {110, at(10)}, {120, at(20)}}}
	for _, c := range []struct {
		began   float64
		won     int64
		old     time.Duration
		strange bool
	}{
		{5, 100, 0, false},
		{12, 100, 2 * time.Second, false},
		{12, 110, 0, false},
		{9, 110, 0, false}, // committed a moment before its answer came
		{20.5, 110, 500 * time.Millisecond, false},
		{21, 120, 0, false},
		{21, 130, 0, false}, // is being committed
		{21, 140, 0, true},
		{21, 90, 0, true},
	} {
		if l := g.judge(at(c.began), c.won); l.Old != c.old || l.Strange != c.strange {
			t.Errorf("%d won at %v s: %v old, strange %t, want %v, %t", c.won, c.began, l.Old, l.Strange, c.old, c.strange)
		}
	}
}

func TestMoreIsAllowedWhileSomethingIsBroken(t *testing.T) {
	now := time.Now()
	looks := []Look{{Product: 1, Began: now, Old: 2 * time.Second}, {Product: 2, Began: now.Add(time.Minute), Old: 2 * time.Second},
		{Product: 3, Began: now, Old: 6 * time.Second}, {Product: 4, Began: now, Strange: true}, {Product: 5, Began: now.Add(time.Minute), Old: time.Second}}
	var got []int64
	for _, l := range Wrong(looks, []Span{{now.Add(-time.Second), now.Add(time.Second)}}) {
		got = append(got, l.Product)
	}
	if !slices.Equal(got, []int64{2, 3, 4}) {
		t.Errorf("wrong are %v, want 2, which nothing excuses, 3, which is too old in any case, and 4", got)
	}
	if s := Sum(looks, now, now.Add(time.Second)); s.Looks != 3 || s.Old1 != 2 || s.Old5 != 1 || s.Strange != 1 || s.Oldest != 6000 {
		t.Errorf("%+v", s)
	}
}

// TestADeskFindsAShopThatShowsOldPrices gives it one that answers with what was so before the last change but one.
func TestADeskFindsAShopThatShowsOldPrices(t *testing.T) {
	var changes atomic.Int64
	d := &Desk{
		SQL: func(_ context.Context, text string) (string, error) {
			if text == choose {
				return "7|1000", nil
			}
			changes.Add(1)
			return "", nil
		},
		Page: func(context.Context, string) ([]byte, error) {
			return fmt.Appendf(nil, `<script type="application/ld+json">{"hasVariant":[{"offers":{"price":%d}}]}</script>`, 1000+10*max(0, changes.Load()-2)), nil
		},
	}
	if err := d.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 4 {
		d.change(t.Context())
	}
	d.mu.Lock()
	for i := range d.goods[0].prices {
		d.goods[0].prices[i].since = time.Now().Add(time.Duration(i-6) * time.Second)
	}
	d.mu.Unlock()
	d.look(t.Context(), d.goods[0])
	if wrong := Wrong(d.Looks(), nil); len(wrong) != 1 || wrong[0].Old < 2*time.Second {
		t.Errorf("a page that is two changes behind was seen as %+v", d.Looks())
	}
}

// TestAProductWithoutAnAnswerIsLeft: whether it costs what was asked for nobody knows.
func TestAProductWithoutAnAnswerIsLeft(t *testing.T) {
	d := &Desk{SQL: func(_ context.Context, text string) (string, error) {
		if text == choose {
			return "7|1000\n8|2000", nil
		}
		return "", context.DeadlineExceeded
	}}
	if err := d.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.change(t.Context())
	if all := d.few(); len(all) != 1 {
		t.Errorf("%d products are still looked at", len(all))
	}
}
