package checker

import (
	"context"
	"strings"
	"testing"

	"myclothes/internal/lab/shoppers"
)

// books answer questions that hold a text with rows.
func books(answers map[string]string, ledger ...Entry) Books {
	return Books{
		SQL: func(_ context.Context, text string) (string, error) {
			for part, rows := range answers {
				if strings.Contains(text, part) {
					return rows, nil
				}
			}
			return "", nil
		},
		Ledger: func(context.Context) ([]Entry, error) { return ledger, nil },
	}
}

func crowd() *shoppers.Crowd {
	return &shoppers.Crowd{History: new(shoppers.History), Shoppers: []*shoppers.Shopper{{ID: 7, Orders: []*shoppers.Order{{Number: "20260101-ABCDEFGH", Total: 50_000}}}}}
}

func TestGoodBooksBreakNothing(t *testing.T) {
	b := books(map[string]string{"SELECT number, total": "20260101-ABCDEFGH|50000", "sum(captured - refunded)": "20260101-ABCDEFGH|50000", "SELECT 'paid', count": "paid|1"},
		Entry{OrderID: "20260101-ABCDEFGH-1", Captured: 50_000, Captures: 1})
	v, err := Check(t.Context(), b, crowd())
	if err != nil || len(v.Violations) > 0 || v.Orders != 1 {
		t.Errorf("%v %+v", err, v.Violations)
	}
}

func TestWhatTheBooksDeny(t *testing.T) {
	b := books(map[string]string{"SELECT number, total": "20260101-OTHERONE|50000", "sum(captured - refunded)": "20260101-ABCDEFGH|0", "HAVING count(*) > 1": "shopper-7-1",
		"topic LIKE": "0198-event"},
		Entry{OrderID: "20260101-ABCDEFGH-1", Captured: 50_000, Captures: 2})
	c := crowd()
	c.History.Broke("C1", 7, "a coat is gone")
	v, err := Check(t.Context(), b, c)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, x := range v.Violations {
		got[x.Rule]++
		if x.Rule == "O1" && x.Shopper != 7 {
			t.Errorf("whose order it was is not known: %+v", x)
		}
	}
	for _, rule := range []string{"O1", "M1", "M2", "I1", "C1", "W1"} {
		if got[rule] != 1 {
			t.Errorf("%s was broken %d times: %+v", rule, got[rule], v.Violations)
		}
	}
	var out strings.Builder
	if err := v.Print(&out, c.History); err != nil || !strings.Contains(out.String(), "is not in the database") {
		t.Errorf("%v %s", err, out.String())
	}
}
