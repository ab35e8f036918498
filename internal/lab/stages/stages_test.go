//go:build linux

package stages

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"myclothes/internal/lab/carts"
	"myclothes/internal/lab/shoppers"
	"myclothes/internal/lab/trial"
)

func TestARowSaysWhatAHomeIsToShow(t *testing.T) {
	for _, c := range []struct {
		row   carts.Row
		stage int
		want  Result
	}{
		{carts.Row{Home: "memory", LostCarts: 9}, 1, Expected},
		{carts.Row{Home: "memory", Affinity: true, LostCarts: 9}, 2, Expected},
		{carts.Row{Home: "cookie", Forged: 4}, 3, Holds},
		{carts.Row{Home: "cookie", Forged: 4, Believed: 1}, 3, Broken},
		{carts.Row{Home: "database"}, 4, Holds},
		{carts.Row{Home: "dynamodb", LostCarts: 1}, 4, Broken},
	} {
		if got := cartRow(c.row); got.Stage != c.stage || got.Result != c.want {
			t.Errorf("%+v: stage %d %s, want stage %d %s", c.row, got.Stage, got.Result, c.stage, c.want)
		}
	}
}

func TestAReportIsOneFileInTwoLanguages(t *testing.T) {
	r := &Report{Cores: 2, Carts: []carts.Row{{Home: "memory", LostCarts: 9, Shoppers: 10}}, Rows: []Row{cartRow(carts.Row{Home: "cookie"}), {Stage: 6, Result: Absent}},
		Losses: []Loss{{Outcome: trial.Outcome{Step: trial.Step{Faults: []string{"zone-cut"}}, From: 1, Mended: 2, Until: 3}, Seconds: []shoppers.Second{{At: 1, OK: 5, Errors: 2, P99: 30}}}}}
	dir := t.TempDir()
	if err := r.Write(dir); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(dir, "report.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"잃어버린 장바구니", "Lost carts", "가용 영역 단절", "a zone is cut off", "<svg"} {
		if !bytes.Contains(page, []byte(want)) {
			t.Errorf("%q is not on the page", want)
		}
	}
	for _, outside := range []string{"src=", "href=", "url(", "@import"} {
		if bytes.Contains(page, []byte(outside)) {
			t.Errorf("the page needs something else: %s", outside)
		}
	}
	text, err := os.ReadFile(filepath.Join(dir, "report.json"))
	var back Report
	if err != nil || json.Unmarshal(text, &back) != nil || len(back.Rows) != 2 {
		t.Errorf("report.json: %v", err)
	}
	var out strings.Builder
	if err := r.Print(&out); err != nil || !strings.Contains(out.String(), "not in this version") {
		t.Errorf("%v %s", err, out.String())
	}
}
