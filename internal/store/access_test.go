package store_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"myclothes/internal/access"
	"myclothes/internal/fault"
	"myclothes/internal/store"
	"myclothes/internal/store/storetest"
	"myclothes/internal/testenv"
)

func entry(i int) access.Entry {
	return access.Entry{Staff: "kim", Act: access.ShowCustomer, Subject: fmt.Sprint("C", i), Reason: "complaint 12"}
}

// eachLog gives a log with so many entries.
func eachLog(t *testing.T, entries int, test func(t *testing.T, db *store.DB)) {
	testenv.Engines(t, func(t *testing.T, address string) {
		db := storetest.Empty(t, store.Options{Address: address})
		for i := range entries {
			_, err := db.AccessLog().Append(ctx, entry(i))
			must(t, err)
		}
		test(t, db)
	})
}

// TestFiftyAtOnceAreOneChain: whoever writes at the same time waits for their turn.
func TestFiftyAtOnceAreOneChain(t *testing.T) {
	eachLog(t, 0, func(t *testing.T, db *store.DB) {
		last, err := db.AccessLog().Verify(ctx)
		if err != nil || last.Number != 0 {
			t.Errorf("an empty log: %+v, %v", last, err)
		}
		var all sync.WaitGroup
		for i := range 50 {
			all.Go(func() {
				if _, err := db.AccessLog().Append(ctx, entry(i)); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		seen := map[string]bool{}
		must(t, db.AccessLog().Entries(ctx, func(e access.Entry) error { seen[e.Subject] = true; return nil }))
		if last, err = db.AccessLog().Verify(ctx); err != nil || last.Number != 50 || len(seen) != 50 {
			t.Errorf("entry %d is the last, %d subjects, %v", last.Number, len(seen), err)
		}
	})
}

func TestNothingIsShownWithoutAReason(t *testing.T) {
	eachLog(t, 0, func(t *testing.T, db *store.DB) {
		if _, err := db.AccessLog().Append(ctx, access.Entry{Staff: "kim", Reason: " "}); !errors.Is(err, fault.BadRequest) {
			t.Error(err)
		}
	})
}

// TestTheLogRefusesChanges: the database itself does.
func TestTheLogRefusesChanges(t *testing.T) {
	eachLog(t, 3, func(t *testing.T, db *store.DB) {
		if db.Engine() == "postgres" {
			if err := db.Exec(ctx, `TRUNCATE access_log`); err == nil {
				t.Error("the log was emptied")
			}
		}
		for _, text := range []string{`UPDATE access_log SET reason = 'another' WHERE number = 2`, `DELETE FROM access_log WHERE number = 3`, `DELETE FROM access_log`, `UPDATE access_log SET reason = reason`} {
			if err := db.Exec(ctx, text); err == nil {
				t.Errorf("done: %s", text)
			}
		}
		if last, err := db.AccessLog().Verify(ctx); err != nil || last.Number != 3 {
			t.Errorf("%+v, %v", last, err)
		}
	})
}

// TestTamperingIsFound: of whoever gets round that, the first wrong entry tells.
func TestTamperingIsFound(t *testing.T) {
	for what, c := range map[string]struct {
		broken int64
		text   []string
	}{
		"a reason":              {3, []string{`UPDATE access_log SET reason = 'another reason' WHERE number = 3`}},
		"who":                   {1, []string{`UPDATE access_log SET staff = 'lee' WHERE number = 1`}},
		"when":                  {2, []string{`UPDATE access_log SET at = at - 1 WHERE number = 2`}},
		"whose":                 {5, []string{`UPDATE access_log SET subject = 'X' WHERE number = 5`}},
		"one in the middle":     {3, []string{`DELETE FROM access_log WHERE number = 3`}},
		"the first":             {1, []string{`DELETE FROM access_log WHERE number = 1`}},
		"the last":              {5, []string{`DELETE FROM access_log WHERE number = 5`}},
		"all":                   {1, []string{`DELETE FROM access_log`}},
		"one, and the rest up":  {3, []string{`DELETE FROM access_log WHERE number = 3`, `UPDATE access_log SET number = 3 WHERE number = 4`, `UPDATE access_log SET number = 4 WHERE number = 5`}},
		"two exchanged":         {2, []string{`UPDATE access_log SET number = 99 WHERE number = 2`, `UPDATE access_log SET number = 2 WHERE number = 3`, `UPDATE access_log SET number = 3 WHERE number = 99`}},
		"a hash":                {4, []string{`UPDATE access_log SET hash = 'x' WHERE number = 4`}},
		"the last, and the end": {5, []string{`DELETE FROM access_log WHERE number = 5`, `UPDATE access_head SET number = 4`}},
	} {
		t.Run(what, func(t *testing.T) {
			eachLog(t, 5, func(t *testing.T, db *store.DB) {
				must(t, db.Unguard(ctx))
				for _, text := range c.text {
					must(t, db.Exec(ctx, text))
				}
				var broken *access.Broken
				if _, err := db.AccessLog().Verify(ctx); !errors.As(err, &broken) || broken.Number != c.broken {
					t.Errorf("%v, want entry %d", err, c.broken)
				}
			})
		})
	}
}
