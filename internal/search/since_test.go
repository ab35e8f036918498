package search

import (
	"testing"
	"time"

	"myclothes/internal/catalog"
)

// TestAStepLooksBackNoFurtherThanItMust: from the latest change, but not for ever once nothing newer comes.
func TestAStepLooksBackNoFurtherThanItMust(t *testing.T) {
	at := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for ago, want := range map[time.Duration]time.Duration{
		0: catalog.ChangeWithin, time.Minute: time.Minute + catalog.ChangeWithin, time.Hour: mostSkew + catalog.ChangeWithin, -time.Minute: catalog.ChangeWithin - time.Minute,
	} {
		c := &Catalog{now: func() time.Time { return at }, latest: at.Add(-ago)}
		if got := at.Sub(c.since()); got != want {
			t.Errorf("the latest change was %s ago: looks back %s, want %s", ago, got, want)
		}
	}
}
