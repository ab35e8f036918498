//go:build linux

package stages

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"myclothes/internal/lab/faults"
	"myclothes/internal/lab/host"
	"myclothes/internal/lab/prices"
	"myclothes/internal/lab/shoppers"
	"myclothes/internal/lab/trial"
)

// accepts reports whether this version of the shop takes a setting: one that it does not take it names, among all others that a real shop would need.
func (r *run) accepts(ctx context.Context, setting, value string) bool {
	out, err := r.site.Run(ctx, r.Program, "serve", "--database=postgres://127.0.0.1/shop", "--valkey=valkey://127.0.0.1", "--"+setting+"="+value)
	return err == nil || !strings.Contains(out, "--"+setting+":")
}

// replicas is stage 6: reads by number of replicas, without a cache before them.
func (r *run) replicas(ctx context.Context, w *trial.World) error {
	most := 0
	if r.accepts(ctx, "replicas", "postgres://127.0.0.1/shop") {
		most = len(w.Stack.Database.Hosts) - 1
	}
	for count := 0; count <= most; count++ {
		addresses, err := w.Stack.Replicas(ctx, count)
		if err != nil {
			return err
		}
		if err := set(ctx, w, faults.Setting("cache", "off"), faults.Setting("replicas", addresses)); err != nil {
			return err
		}
		l, err := r.flood(ctx, w, fmt.Sprint(count))
		if err != nil {
			return err
		}
		r.report.Reads = append(r.report.Reads, l)
		looked, saw := w.Crowd.Own(20)
		r.report.Rows = append(r.report.Rows, readRow(l, count, looked, saw))
	}
	if most == 0 {
		r.report.Rows = append(r.report.Rows, Row{Stage: 6, Tried: Words{"읽기 복제본 1–5개", "1 to 5 read replicas"}, Result: Absent,
			Note: Words{"이 버전은 주 데이터베이스에서만 읽습니다", "this version reads from the primary only"}})
	}
	return nil
}

// readRow says where reads went, and whether those who had just changed something saw it.
func readRow(l Load, count, looked, saw int) Row {
	row := loadRow(6, l, Words{fmt.Sprintf("읽기 복제본 %d개", count), fmt.Sprintf("%d read replicas", count)})
	row.Note = Words{fmt.Sprintf("페이지당 문장: %s · 자기 변경을 본 횟수 %d/%d", l.where(), saw, looked), fmt.Sprintf("statements a page: %s · own writes seen: %d of %d", l.where(), saw, looked)}
	if saw < looked || looked == 0 || count > 0 && l.Replicas == 0 {
		row.Result = Broken
	}
	return row
}

// cache is stage 7: the database's work with and without a cache before it, all replicas behind it, and how old what is shown becomes.
func (r *run) cache(ctx context.Context, w *trial.World) error {
	for _, c := range []struct {
		value string
		tried Words
	}{{"off", Words{"캐시 없음", "no cache"}}, {"memory", Words{"인스턴스 메모리 캐시", "a cache in each instance's memory"}}, {"valkey", Words{"Valkey 캐시", "Valkey, and memory before it"}}} {
		if !r.accepts(ctx, "cache", c.value) {
			r.report.Rows = append(r.report.Rows, Row{Stage: 7, Tried: c.tried, Result: Absent, Note: Words{"이 버전은 받아들이지 않는 설정입니다", "this version does not take the setting"}})
			continue
		}
		if err := set(ctx, w, faults.Setting("cache", c.value)); err != nil {
			return err
		}
		l := r.report.Reads[len(r.report.Reads)-1]
		if c.value != "off" {
			var err error
			if l, err = r.flood(ctx, w, c.value); err != nil {
				return err
			}
		}
		l.Setting, l.Shown = c.value, r.age(ctx, w)
		r.report.Cache = append(r.report.Cache, l)
		row := loadRow(7, l, c.tried)
		row.Note = Words{
			fmt.Sprintf("적중 또는 동시 요청 공유 %.1f %% · 가격 확인 %d번: 0.1초 넘게 옛 가격 %d, 1초 넘게 %d, 최대 %.0f ms", 100*l.Hits, l.Shown.Looks, l.Shown.Old100, l.Shown.Old1, l.Shown.Oldest),
			fmt.Sprintf("%.1f %% hits, or shared with another reader · %d looks at prices: old for more than 0.1 s %d, 1 s %d, at most %.0f ms", 100*l.Hits, l.Shown.Looks, l.Shown.Old100, l.Shown.Old1, l.Shown.Oldest)}
		if l.Shown.Old1+l.Shown.Strange > 0 || l.Shown.Looks == 0 {
			row.Result = Broken
		}
		r.report.Rows = append(r.report.Rows, row)
	}
	return nil
}

// age has prices change four times a second, and visitors look at them, for a while.
func (r *run) age(ctx context.Context, w *trial.World) prices.Sums {
	long := 20 * time.Second
	if r.Quick {
		long = 6 * time.Second
	}
	began := time.Now()
	ctx, cancel := context.WithTimeout(ctx, long)
	defer cancel()
	var running sync.WaitGroup
	running.Go(func() { w.Desk.Work(ctx, 250*time.Millisecond) })
	for range 4 {
		running.Go(func() { w.Desk.Watch(ctx, 20*time.Millisecond) })
	}
	running.Wait()
	s := prices.Sum(w.Desk.Looks(), began, time.Now())
	r.say("%d looks at prices, %d older than 0.1 s, %d than 1 s, at most %.0f ms", s.Looks, s.Old100, s.Old1, s.Oldest)
	return s
}

func loadRow(stage int, l Load, tried Words) Row {
	return Row{Stage: stage, Tried: tried, Result: Holds, Errors: n(float64(l.Sums.Errors)), Calls: l.Sums.Calls, P50: n(l.Sums.P50), P99: n(l.Sums.P99), Pages: n(l.Statements), Rate: n(l.PerSecond)}
}

// set replaces all instances at once by ones with other settings. Nobody shops meanwhile.
func set(ctx context.Context, w *trial.World, changes ...func([]string) []string) error {
	all, starting := errgroup.WithContext(ctx)
	for _, shop := range w.Stack.Shops {
		flags := slices.Clone(shop.Flags)
		for _, change := range changes {
			flags = change(flags)
		}
		all.Go(func() error {
			shop.Kill()
			shop.Flags = flags
			return shop.Start(starting)
		})
	}
	if err := all.Wait(); err != nil {
		return err
	}
	pause(ctx, 2*time.Second) // the balancers look every half second
	return host.Until(ctx, time.Minute, func() error { return w.Stack.Open(ctx) })
}

const workers = 8

// flood has readers come as fast as they are answered, and counts what the database is asked meanwhile, beyond what it is asked anyway.
func (r *run) flood(ctx context.Context, w *trial.World, setting string) (Load, error) {
	long := 10 * time.Second
	if r.Quick {
		long = 4 * time.Second
	}
	w.Crowd.Flood(ctx, workers, time.Second) // everything is warm
	idle, err := r.during(ctx, w, func() { pause(ctx, 2*time.Second) })
	if err != nil {
		return Load{}, err
	}
	began := time.Now()
	var calls []shoppers.Call
	busy, err := r.during(ctx, w, func() { calls = w.Crowd.Flood(ctx, workers, long) })
	if err != nil {
		return Load{}, err
	}
	l := Load{Setting: setting, Seconds: time.Since(began).Seconds(), Sums: shoppers.Sum(calls, began, time.Now())}
	l.PerSecond = float64(l.Sums.Calls) / l.Seconds
	l.Statements = max(0, busy.statements-idle.statements/2*l.Seconds) / float64(max(1, l.Sums.Calls))
	l.Nodes = map[string]float64{}
	for node, n := range busy.nodes {
		l.Nodes[node] = max(0, n-idle.nodes[node]/2*l.Seconds) / float64(max(1, l.Sums.Calls))
		if node != "primary" {
			l.Replicas += l.Nodes[node]
		}
	}
	if l.Statements > 0 {
		l.Replicas /= l.Statements
	}
	if asked := busy.hits + busy.misses; asked > 0 {
		l.Hits = busy.hits / asked
	}
	r.say("%s: %.0f pages/s, %.2f statements a page, %.1f %% hits", setting, l.PerSecond, l.Statements, 100*l.Hits)
	return l, nil
}

// where are the statements a page on each database server, by name: "primary 0.20, 10.0.22.12 1.60".
func (l Load) where() string {
	var all []string
	for _, node := range slices.Sorted(maps.Keys(l.Nodes)) {
		name, _, _ := strings.Cut(node, ":")
		all = append(all, fmt.Sprintf("%s %.2f", name, l.Nodes[node]))
	}
	return strings.Join(all, ", ")
}

// work is what instances have counted.
type work struct {
	statements, hits, misses float64
	nodes                    map[string]float64 // statements of each database server
}

const queries, asked = "myclothes_db_query_duration_seconds_count", "myclothes_cache_requests_total"

func (r *run) during(ctx context.Context, w *trial.World, do func()) (work, error) {
	before, err := w.Stack.Metrics(ctx)
	if err != nil {
		return work{}, err
	}
	do()
	after, err := w.Stack.Metrics(ctx)
	diff := func(name string, labels ...string) float64 {
		return after.Sum(name, labels...) - before.Sum(name, labels...)
	}
	const pages = `cache="pages"`
	missed := diff(asked, pages, `result="miss"`)
	all := work{statements: diff(queries), hits: diff(asked, pages) - missed, misses: missed, nodes: map[string]float64{}}
	for _, node := range after.Labels(queries, "target") {
		all.nodes[node] = diff(queries, `target="`+node+`"`)
	}
	return all, err
}
