//go:build linux

// Package live shows the architecture while it runs: a page with every machine on it, told by server-sent events, and buttons that break things.
package live

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"time"

	"myclothes/internal/lab/host"
	"myclothes/internal/lab/scaling"
	"myclothes/internal/lab/shoppers"
	"myclothes/internal/lab/stack"
)

// Machine is one machine as it is now.
type Machine struct {
	Name  string `json:"name"`
	Kind  string `json:"kind"`
	Zone  string `json:"zone"`
	IP    string `json:"ip"`
	State string `json:"state"` // up, down
	Role  string `json:"role"`  // primary, standby, replica, master
	Note  string `json:"note"`
}

// State is everything as it is now.
type State struct {
	At        float64   `json:"at"` // seconds since the page began
	Machines  []Machine `json:"machines"`
	Requests  float64   `json:"requests"` // a second, that instances answered
	Errors    float64   `json:"errors"`   // of them, with 5xx
	Hits      float64   `json:"hits"`     // share of the cache of pages
	Queries   float64   `json:"queries"`  // a second
	Orders    float64   `json:"orders"`   // that came to be paid, since the instances started
	Shoppers  int       `json:"shoppers"` // calls in the last second, of the crowd if there is one
	Failed    int       `json:"failed"`
	Wanted    int       `json:"wanted"` // instances, by the scaling group's targets
	Broken    []string  `json:"broken"` // faults that last
	Announced []string  `json:"log"`
}

// watcher looks at everything once a second.
type watcher struct {
	stack *stack.Stack
	crowd *shoppers.Crowd // nil where nobody shops
	began time.Time
	last  stack.Metrics
	at    time.Time
}

// look asks every machine at once.
func (w *watcher) look(ctx context.Context) State {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	nodes := w.stack.Network.Topology.Nodes
	s := State{At: time.Since(w.began).Seconds(), Machines: make([]Machine, len(nodes))}
	var asking sync.WaitGroup
	for i, n := range nodes {
		s.Machines[i] = Machine{Name: n.Name, Kind: n.Kind, Zone: n.Zone, IP: n.IP, State: "up"}
		asking.Go(func() { w.ask(ctx, &s.Machines[i]) })
	}
	asking.Wait()
	w.rates(ctx, &s)
	return s
}

// ask finds out how one machine is, from where it stands.
func (w *watcher) ask(ctx context.Context, m *Machine) {
	h := w.stack.Network.Host(m.Name)
	var err error
	switch m.Kind {
	case "load-balancer":
		err = h.Healthy(ctx, "http://"+h.At(80)+"/healthz")
	case "instances":
		err = h.Healthy(ctx, "http://"+h.At(8080)+"/healthz")
	case "cache":
		m.Role, err = w.cacheRole(ctx, m.Name)
	case "database":
		m.Role, m.Note, err = databaseRole(ctx, h)
	}
	if err != nil {
		m.State = "down"
	}
}

func (w *watcher) cacheRole(ctx context.Context, name string) (string, error) {
	for i, r := range w.stack.Caches {
		if w.stack.CacheHost(i).Name != name {
			continue
		}
		text, err := r.Ask(ctx, "INFO replication")
		if strings.Contains(text, "role:master") {
			return "master", err
		}
		return "replica", err
	}
	return "", nil
}

// databaseRole asks the machine's Patroni.
func databaseRole(ctx context.Context, h *host.Host) (role, note string, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+h.At(8008)+"/patroni", nil)
	if err != nil {
		return "", "", err
	}
	resp, err := h.Client(2 * time.Second).Do(req)
	if err != nil {
		return "", "", err
	}
	defer resp.Body.Close()
	var doc struct {
		State, Role string
		Sync        bool `json:"sync_standby"`
	}
	err = json.NewDecoder(resp.Body).Decode(&doc)
	switch {
	case doc.Role == "master" || doc.Role == "primary":
		doc.Role = "primary"
	case doc.Sync:
		doc.Role = "standby"
	}
	return doc.Role, doc.State, err
}

// rates are what instances have counted since the last look.
func (w *watcher) rates(ctx context.Context, s *State) {
	m, err := w.stack.Metrics(ctx)
	if err != nil {
		return
	}
	now := time.Now()
	if w.last != nil {
		const requests, pages = "myclothes_http_request_duration_seconds_count", "myclothes_cache_requests_total"
		since := now.Sub(w.at).Seconds()
		rate := func(name string, labels ...string) float64 {
			return max(0, m.Sum(name, labels...)-w.last.Sum(name, labels...)) / since
		}
		s.Requests, s.Errors = rate(requests), rate(requests, `status="5`)
		s.Wanted = w.wanted(s.Requests, 100*rate("process_cpu_seconds_total"))
		s.Queries = rate("myclothes_db_query_duration_seconds_count")
		if all := rate(pages, `cache="pages"`); all > 0 {
			s.Hits = 1 - rate(pages, `cache="pages"`, `result="miss"`)/all
		}
	}
	s.Orders = m.Sum("myclothes_orders_total", `status="paid"`)
	w.last, w.at = m, now
	if w.crowd != nil {
		for _, c := range w.crowd.History.Since(now.Add(-time.Second)) {
			if s.Shoppers++; c.Outcome == shoppers.Unknown {
				s.Failed++
			}
		}
	}
}

// wanted is how many instances the scaling group would have for a load of all that run: requests in a second, percent of one core.
func (w *watcher) wanted(requests, cpu float64) int {
	a, running := w.stack.Architecture(), 0
	for _, shop := range w.stack.Shops {
		if shop.Runs() {
			running++
		}
	}
	each := float64(max(1, running))
	return scaling.Track(a.Scaling, len(a.Zones), running, scaling.Load{RequestsPerMinute: 60 * requests / each, CPUPercent: cpu / each})
}
