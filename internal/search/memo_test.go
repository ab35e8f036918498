package search

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"myclothes/internal/catalog"
	"myclothes/internal/money"
)

// TestAnswersAreKeptUntilTheNextChange: what is remembered is what would be found, after every kind of change.
func TestAnswersAreKeptUntilTheNextChange(t *testing.T) {
	x := filled(300)
	queries := []catalog.Query{{}, {Category: "clothing"}, {OnSale: true}, {InStock: true, Sort: catalog.Sorts[1]}, {MinPrice: 10_000, MaxPrice: 50_000}, {Limit: 3}}
	same := func(when string) {
		t.Helper()
		for _, q := range queries {
			kept, err := x.Find(q)
			if err != nil {
				t.Fatal(err)
			}
			x.Forget()
			anew, err := x.Find(q)
			if d := cmp.Diff(anew, kept); err != nil || d != "" {
				t.Errorf("%s, %+v: %v (-found anew +kept):\n%s", when, q, err, d)
			}
		}
	}
	same("at first")
	for i := range 5 {
		all, err := x.Find(catalog.Query{Limit: 1})
		if err != nil || len(all.IDs) == 0 {
			t.Fatal(err)
		}
		x.Drop(all.IDs[0])
		same(fmt.Sprintf("after dropping %d", i+1))
	}
}

// TestFewAnswersAreKept: somebody who asks for everything does not fill the memory.
func TestFewAnswersAreKept(t *testing.T) {
	x := filled(10)
	for i := range mostMemo * 2 {
		if _, err := x.Find(catalog.Query{MinPrice: 1, MaxPrice: 1000 + 10*money.Amount(i)}); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(x.memo.found); n == 0 || n > mostMemo {
		t.Errorf("%d answers are kept", n)
	}
}
