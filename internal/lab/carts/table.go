package carts

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"text/tabwriter"
	"time"
)

// Row is what came out for one home. Bytes are of the shop's own cookies in a message's head; latencies are of answered requests, in milliseconds,
// as shoppers saw them through the balancer.
type Row struct {
	Home      string  `json:"home"`
	Affinity  bool    `json:"affinity"`
	Shoppers  int     `json:"shoppers"`
	Kills     int     `json:"kills"`
	LostEarly int     `json:"lost_carts_before_the_first_kill"`
	LostCarts int     `json:"lost_carts"`
	LostLines int     `json:"lost_lines"`
	Strange   int     `json:"lines_nobody_asked_for"`
	Requests  int     `json:"requests"`
	Errors    int     `json:"errors"`
	SentMean  int     `json:"request_cookie_bytes_mean"`
	SentMost  int     `json:"request_cookie_bytes_most"`
	GotMean   int     `json:"response_cookie_bytes_mean"`
	GotMost   int     `json:"response_cookie_bytes_most"`
	GetP50    float64 `json:"get_p50_ms"`
	GetP99    float64 `json:"get_p99_ms"`
	AddP50    float64 `json:"add_p50_ms"`
	AddP99    float64 `json:"add_p99_ms"`
	Forged    int     `json:"forged_cookies"`          // that were tried
	Believed  int     `json:"forged_cookies_believed"` // that showed a cart
}

func (h Home) String() string {
	if h.Affinity {
		return h.Name + " with affinity"
	}
	if h.Name == "memory" {
		return h.Name + " without affinity"
	}
	return h.Name
}

// sum adds up what all shoppers found.
func sum(home Home, kills, errors int, all []*shopper) Row {
	r := Row{Home: home.Name, Affinity: home.Affinity, Shoppers: len(all), Kills: kills, Errors: errors}
	var gets, adds []time.Duration
	var sent, got weight
	for _, s := range all {
		gets, adds = append(gets, s.gets...), append(adds, s.adds...)
		sent.join(s.wire.sent)
		got.join(s.wire.got)
	}
	r.LostEarly = count(all, func(s *shopper) bool { return s.early })
	r.LostCarts = count(all, func(s *shopper) bool { return s.lost })
	r.LostLines = total(all, func(s *shopper) int { return s.lines })
	r.Strange = total(all, func(s *shopper) int { return s.strange })
	r.Requests = total(all, func(s *shopper) int { return s.requests })
	r.SentMean, r.SentMost, r.GotMean, r.GotMost = sent.mean(), sent.most, got.mean(), got.most
	r.GetP50, r.GetP99 = percentiles(gets)
	r.AddP50, r.AddP99 = percentiles(adds)
	return r
}

func total(all []*shopper, of func(*shopper) int) (n int) {
	for _, s := range all {
		n += of(s)
	}
	return n
}

func count(all []*shopper, has func(*shopper) bool) int {
	return total(all, func(s *shopper) int {
		if has(s) {
			return 1
		}
		return 0
	})
}

func percentiles(all []time.Duration) (p50, p99 float64) {
	if len(all) == 0 {
		return 0, 0
	}
	slices.Sort(all)
	ms := func(share float64) float64 {
		return float64(all[int(share*float64(len(all)-1))].Round(10*time.Microsecond)) / float64(time.Millisecond)
	}
	return ms(0.50), ms(0.99)
}

// Print writes the rows as a table.
func Print(out io.Writer, rows []Row) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "carts live in\tshoppers\tkills\tlost before a kill\tlost carts\tlost lines\terrors\trequests\tcookie sent\tcookie set\tget p50\tp99\tadd p50\tp99\t\n")
	for _, r := range rows {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d B\t%d B\t%.1f ms\t%.1f ms\t%.1f ms\t%.1f ms\t\n", Home{r.Home, r.Affinity}, r.Shoppers, r.Kills,
			r.LostEarly, r.LostCarts, r.LostLines, r.Errors, r.Requests, r.SentMost, r.GotMost, r.GetP50, r.GetP99, r.AddP50, r.AddP99)
	}
	return w.Flush()
}

// Write writes the rows as carts.json into a folder, which it makes.
func Write(dir string, rows []Row) error {
	text, err := json.MarshalIndent(struct {
		At     time.Time `json:"at"`
		Cores  int       `json:"cores"`
		System string    `json:"system"`
		Rows   []Row     `json:"rows"`
	}{time.Now().UTC().Truncate(time.Second), runtime.NumCPU(), runtime.GOOS + "/" + runtime.GOARCH, rows}, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "carts.json"), append(text, '\n'), 0o644)
}
