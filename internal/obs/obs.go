// Package obs is what operators see of the shop: metrics, logs, traces and the operators' port. Nothing here holds personal data.
package obs

import (
	"context"
	"encoding/json"
	"log/slog"
	"maps"
	"net/http"
	"net/http/pprof"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"myclothes/internal/order"
)

// Metrics are the shop's measures. Their methods fit the hooks that the other packages offer. Safe for concurrent use.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	query    *prometheus.HistogramVec
	home     *prometheus.HistogramVec
	cache    *prometheus.CounterVec
	refused  *prometheus.CounterVec
	moved    prometheus.Counter
	orders   *prometheus.CounterVec
	job      *prometheus.CounterVec
	waiting  *prometheus.GaugeVec
	lag      *prometheus.GaugeVec
	behind   *prometheus.GaugeVec
	up       *prometheus.GaugeVec
	seen     *prometheus.CounterVec
}

// New makes the measures, with those of the Go runtime and the process.
func New(zone, instance, version string) *Metrics {
	r := prometheus.NewRegistry()
	r.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m := &Metrics{
		registry: r,
		requests: histogram("myclothes_http_request_duration_seconds", "Time to answer, by route pattern.", "route", "method", "status"),
		query:    histogram("myclothes_db_query_duration_seconds", "Time of a statement until its first row.", "query", "target"),
		home:     histogram("myclothes_cart_home_duration_seconds", "Time of an operation on a cart.", "home", "op"),
		cache:    counter("myclothes_cache_requests_total", "Reads of a cache.", "cache", "result"),
		refused:  counter("myclothes_cart_cookies_refused_total", "Cart cookies that are no cart of this shop.", "reason"),
		moved:    prometheus.NewCounter(prometheus.CounterOpts{Name: "myclothes_carts_moved_total", Help: "Carts that came from the previous home."}),
		orders:   counter("myclothes_orders_total", "Orders that came to a status, on this instance.", "status"),
		job:      counter("myclothes_job_runs_total", "Runs of a background job.", "job", "result"),
		waiting:  prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "myclothes_waiting_seconds", Help: "How long the oldest of its kind has been waiting: payments by state, events. 0 where nothing waits."}, []string{"what"}),
	}
	m.lag = gauge("myclothes_db_replica_lag_bytes", "How much of the primary's log a replica has not replayed.", "replica")
	m.behind = gauge("myclothes_db_replica_behind_seconds", "How old what a replica shows is.", "replica")
	m.up = gauge("myclothes_db_replica_up", "1 while a replica answers.", "replica")
	m.seen = counter("myclothes_observed_pages_total", "Pages that the observer compared with the database, by time after the change.", "instance", "after", "seen")
	r.MustRegister(m.lag, m.behind, m.up, m.seen)
	info := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "myclothes_info", Help: "1, with what this instance is."}, []string{"zone", "instance", "version"})
	info.WithLabelValues(zone, instance, version).Set(1)
	r.MustRegister(m.requests, m.waiting, m.query, m.home, m.cache, m.refused, m.moved, m.orders, m.job, info)
	return m
}

// buckets run from a quarter of a millisecond, a cache hit, to ten seconds, the payment API's patience.
var buckets = []float64{.00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}

func histogram(name, help string, labels ...string) *prometheus.HistogramVec {
	return prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: name, Help: help, Buckets: buckets}, labels)
}

func counter(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
}

func gauge(name, help string, labels ...string) *prometheus.GaugeVec {
	return prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: name, Help: help}, labels)
}

// Replica notes how a replica stands.
func (m *Metrics) Replica(replica string, bytes int64, behind time.Duration, up bool) {
	m.lag.WithLabelValues(replica).Set(float64(bytes))
	m.behind.WithLabelValues(replica).Set(behind.Seconds())
	is := 0.0
	if up {
		is = 1
	}
	m.up.WithLabelValues(replica).Set(is)
}

// http counts an answered request.
func (m *Metrics) http(route, method string, status int, took time.Duration) {
	switch method {
	case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE":
	default:
		method = "other" // a client may send any word
	}
	m.requests.WithLabelValues(route, method, strconv.Itoa(status)).Observe(took.Seconds())
}

// Query counts a statement.
func (m *Metrics) Query(query, target string, took time.Duration) {
	m.query.WithLabelValues(query, target).Observe(took.Seconds())
}

// Home counts an operation on a cart.
func (m *Metrics) Home(home, op string, took time.Duration) {
	m.home.WithLabelValues(home, op).Observe(took.Seconds())
}

// RefusedCookie counts a cart cookie that was no cart.
func (m *Metrics) RefusedCookie(why string) { m.refused.WithLabelValues(why).Inc() }

// MovedCart counts a cart that came from the previous home.
func (m *Metrics) MovedCart(int) { m.moved.Inc() }

// Cache counts a read of a cache.
func (m *Metrics) Cache(cache, result string) { m.cache.WithLabelValues(cache, result).Inc() }

// Order counts an order that came to a status.
func (m *Metrics) Order(s order.Status) { m.orders.WithLabelValues(string(s)).Inc() }

// Job counts a run of a background job.
func (m *Metrics) Job(job string, err error) {
	result := "ok"
	if err != nil {
		result = "error"
	}
	m.job.WithLabelValues(job, result).Inc()
}

// Waiting tells how long the oldest thing of a kind has been waiting for the worker.
func (m *Metrics) Waiting(what string, age time.Duration) {
	m.waiting.WithLabelValues(what).Set(age.Seconds())
}

// Dependency is a part that the shop needs. The shop cannot serve without a hard one.
type Dependency struct {
	Name string
	Hard bool
	Ping func(context.Context) error
}

// Soft makes soft dependencies of what is asked by name.
func Soft(prefix string, pings map[string]func(context.Context) error) []Dependency {
	var out []Dependency
	for _, name := range slices.Sorted(maps.Keys(pings)) {
		out = append(out, Dependency{Name: prefix + name, Ping: pings[name]})
	}
	return out
}

// Handler is the operators' port: /metrics, /readyz and pprof.
func (m *Metrics) Handler(parts []Dependency) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) { ready(w, r, parts) })
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	return mux
}

type partState struct {
	Name  string  `json:"name"`
	Hard  bool    `json:"hard"`
	OK    bool    `json:"ok"`
	Error string  `json:"error,omitempty"`
	Took  float64 `json:"seconds"`
}

// ready asks every part, each within a second, and answers 503 while a hard one does not answer.
func ready(w http.ResponseWriter, r *http.Request, parts []Dependency) {
	status, all := http.StatusOK, make([]partState, 0, len(parts))
	for _, p := range parts {
		ctx, cancel := context.WithTimeout(r.Context(), time.Second)
		start := time.Now()
		err := p.Ping(ctx)
		cancel()
		s := partState{Name: p.Name, Hard: p.Hard, OK: err == nil, Took: time.Since(start).Seconds()}
		if err != nil {
			s.Error = "no answer" // the cause may name an address with a password; it is in the log
			slog.WarnContext(r.Context(), "dependency does not answer", "part", p.Name, "err", err)
			if p.Hard {
				status = http.StatusServiceUnavailable
			}
		}
		all = append(all, s)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(map[string]any{"ready": status == http.StatusOK, "parts": all})
}

// Logger makes the log, on standard error: lines for people or JSON for machines.
func Logger(level string, asJSON bool, zone, instance string) *slog.Logger {
	var l slog.Level
	l.UnmarshalText([]byte(level))
	if !asJSON {
		return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: l}))
	}
	return slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: l})).With("zone", zone, "instance", instance)
}
