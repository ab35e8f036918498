//go:build linux

// Package stages walks through the stages of the architecture, breaks each, and says what was lost.
package stages

import (
	"encoding/json"
	"os"
	"path/filepath"
	"time"

	"myclothes/internal/lab/carts"
	"myclothes/internal/lab/checker"
	"myclothes/internal/lab/matrix"
	"myclothes/internal/lab/prices"
	"myclothes/internal/lab/shoppers"
	"myclothes/internal/lab/topology"
	"myclothes/internal/lab/trial"
)

// Result is how a row stands to what is promised.
type Result string

const (
	Holds    Result = "holds"
	Expected Result = "expected" // it loses what it must lose: that is why there is another stage
	Broken   Result = "broken"
	Absent   Result = "not in this version"
)

// Words are one text in both languages.
type Words struct {
	KO string `json:"ko"`
	EN string `json:"en"`
}

// Row is one line of the table. A number that was not measured, or means nothing there, is nil.
type Row struct {
	Stage  int      `json:"stage"`
	Tried  Words    `json:"tried"`
	Result Result   `json:"result"`
	Lost   *float64 `json:"lost_carts"`
	Errors *float64 `json:"errors"`
	Calls  int      `json:"calls"`
	Dark   *float64 `json:"seconds_without_service"`
	Bytes  *float64 `json:"request_cookie_bytes"`
	P50    *float64 `json:"p50_ms"`
	P99    *float64 `json:"p99_ms"`
	Pages  *float64 `json:"database_statements_per_page"`
	Rate   *float64 `json:"pages_per_second"`
	Note   Words    `json:"note"`
}

func n(x float64) *float64 { return &x }

// Load is a flood of readers under one setting.
type Load struct {
	Setting    string             `json:"setting"`
	Seconds    float64            `json:"seconds"`
	Sums       shoppers.Sums      `json:"calls"`
	PerSecond  float64            `json:"pages_per_second"`
	Statements float64            `json:"statements_per_page"` // of the database, without what the shop asks while nobody is there
	Nodes      map[string]float64 `json:"statements_per_page_and_server"`
	Replicas   float64            `json:"share_of_replicas"` // of statements
	Hits       float64            `json:"hit_ratio"`
	Shown      prices.Sums        `json:"prices"` // how old they were, where that was looked at
}

// Loss is a stage broken under shoppers, second by second.
type Loss struct {
	trial.Outcome
	Seconds []shoppers.Second `json:"seconds"` // of the whole run: browsing and carts
	Verdict checker.Verdict   `json:"verdict"`
}

// Report is all of it.
type Report struct {
	Began  time.Time          `json:"began"`
	Took   float64            `json:"took_seconds"`
	Quick  bool               `json:"quick"`
	Cores  int                `json:"cores"`
	Rows   []Row              `json:"rows"`
	Carts  []carts.Row        `json:"carts"`
	Reads  []Load             `json:"reads"` // by number of replicas
	Cache  []Load             `json:"cache"`
	Losses []Loss             `json:"losses"`
	Matrix []matrix.Passage   `json:"matrix"`
	Nodes  *topology.Topology `json:"-"`
}

// Write puts report.json and report.html into a folder.
func (r *Report) Write(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	text, err := json.MarshalIndent(r, "", "\t")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "report.json"), append(text, '\n'), 0o644); err != nil {
		return err
	}
	page, err := r.page()
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "report.html"), page, 0o644)
}
