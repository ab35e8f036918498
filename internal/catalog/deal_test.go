package catalog

import (
	"testing"

	"pgregory.net/rapid"

	"myclothes/internal/money"
)

func TestDeals(t *testing.T) {
	tiers := []Tier{{10, 30_000}, {1, 36_000}, {50, 25_000}}
	for _, x := range []struct {
		what     string
		d        Deal
		today    money.Amount
		quantity int
		want     money.Amount
	}{
		{"nobody's", Deal{}, 39_000, 99, 39_000},
		{"a percentage", Deal{Percent: 15}, 39_000, 1, 33_150},
		{"rounded down to ten won", Deal{Percent: 7}, 12_900, 1, 11_990},
		{"never nothing", Deal{Percent: 90}, 50, 1, 10},
		{"never more than today", Deal{Percent: 90}, 5, 1, 5},
		{"the first tier", Deal{Tiers: tiers, Percent: 90}, 39_000, 9, 36_000},
		{"the next", Deal{Tiers: tiers}, 39_000, 10, 30_000},
		{"the last", Deal{Tiers: tiers}, 39_000, 50, 25_000},
		{"below every tier", Deal{Tiers: tiers[:1], Percent: 50}, 39_000, 9, 39_000},
		{"a sale that is better", Deal{Tiers: tiers}, 20_000, 50, 20_000},
	} {
		if got := x.d.Price(x.today, x.quantity); got != x.want {
			t.Errorf("%s: %d, want %d", x.what, got, x.want)
		}
	}
}

func TestMoreUnitsNeverCostMoreEach(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Deal{Percent: rapid.IntRange(0, 90).Draw(t, "percent")}
		for range rapid.IntRange(0, 5).Draw(t, "tiers") {
			d.Tiers = append(d.Tiers, Tier{rapid.IntRange(1, 99).Draw(t, "from"), money.Amount(rapid.Int64Range(1, 1_000_000).Draw(t, "price"))})
		}
		today := money.Amount(rapid.Int64Range(1, 1_000_000).Draw(t, "today"))
		before := today
		for q := 1; q <= 99; q++ {
			p := d.Price(today, q)
			if p < 1 || p > before {
				t.Fatalf("%d units cost %d each, %d units %d", q, p, q-1, before)
			}
			before = p
		}
	})
}
