package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"myclothes/internal/store"
	"myclothes/internal/store/storetest"
	"myclothes/internal/testenv"
)

// TestBothEnginesHaveOneSchema compares every column of both databases after all migrations.
func TestBothEnginesHaveOneSchema(t *testing.T) {
	columns := map[string][]string{}
	testenv.Engines(t, func(t *testing.T, address string) {
		db := storetest.Empty(t, store.Options{Address: address})
		got, err := db.Columns(ctx)
		must(t, err)
		if len(got) < 80 {
			t.Fatalf("only %d columns were read", len(got))
		}
		columns[db.Engine()] = got
	})
	if d := cmp.Diff(columns["sqlite"], columns["postgres"]); d != "" {
		t.Errorf("the schemas differ (-sqlite +postgres):\n%s", d)
	}
}
