// Package balance counts what the next request finds when it lands on another instance: the lab's experiment about carts, small.
package balance

import (
	"os"
	"testing"
	"time"

	"myclothes/internal/lab/carts"
	"myclothes/internal/lab/host"
)

// TestCarts kills one of three instances under sixty shoppers, for each home of carts.
func TestCarts(t *testing.T) {
	site, err := host.Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { site.Close() })
	plan := carts.Plan{Shoppers: 60, For: 8 * time.Second, KillEvery: 5 * time.Second, Pause: time.Second}
	rows, err := carts.Measure(t.Context(), site, plan, carts.Homes, os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	if err := carts.Print(os.Stderr, rows); err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		check(t, r)
	}
}

func check(t *testing.T, r carts.Row) {
	stage := carts.Home{Name: r.Home, Affinity: r.Affinity}
	switch {
	case r.Kills != 1 || r.Requests < 5*r.Shoppers:
		t.Errorf("%s: %d instances were killed under %d requests: the test did not test", stage, r.Kills, r.Requests)
	case r.Strange > 0:
		t.Errorf("%s: %d lines were in carts that nobody asked for", stage, r.Strange)
	case r.Home == "memory" && !r.Affinity:
		if r.LostEarly < r.Shoppers*9/10 {
			t.Errorf("%s: only %d of %d carts were lost: the requests did not land on other instances", stage, r.LostEarly, r.Shoppers)
		}
	case r.LostEarly > 0:
		t.Errorf("%s: %d carts were lost while every instance lived", stage, r.LostEarly)
	case r.Affinity:
		if r.LostCarts < r.Shoppers/4 || r.LostCarts > r.Shoppers/2 {
			t.Errorf("%s: %d of %d carts died with one of three instances", stage, r.LostCarts, r.Shoppers)
		}
	case r.LostCarts > 0:
		t.Errorf("%s: %d carts were lost", stage, r.LostCarts)
	}
}
