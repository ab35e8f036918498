//go:build linux

package stages

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"myclothes/internal/lab/faults"
	"myclothes/internal/lab/host"
	"myclothes/internal/lab/shoppers"
	"myclothes/internal/lab/trial"
)

// accepts reports whether this version of the shop takes a setting: one that it does not take it names, among all others that a real shop would need.
func (r *run) accepts(ctx context.Context, setting, value string) bool {
	out, err := r.site.Run(ctx, r.Program, "serve", "--"+setting+"="+value)
	return err == nil || !strings.Contains(out, "--"+setting+":")
}

// replicas is stage 6: reads by number of replicas, without a cache before them.
func (r *run) replicas(ctx context.Context, w *trial.World) error {
	if err := set(ctx, w, "cache", "off"); err != nil {
		return err
	}
	most := 0
	if r.accepts(ctx, "replicas", "postgres://127.0.0.1/shop") {
		most = len(w.Stack.Database.Hosts) - 1
	}
	for count := 0; count <= most; count++ {
		if count > 0 {
			addresses, err := w.Stack.Replicas(ctx, count)
			if err != nil {
				return err
			}
			if err := set(ctx, w, "replicas", addresses); err != nil {
				return err
			}
		}
		l, err := r.flood(ctx, w, fmt.Sprint(count))
		if err != nil {
			return err
		}
		r.report.Reads = append(r.report.Reads, l)
		row := loadRow(6, l, Words{fmt.Sprintf("읽기 복제본 %d개", count), fmt.Sprintf("%d read replicas", count)})
		row.Note = Words{fmt.Sprintf("문장의 %.0f %%가 복제본에서", 100*l.Replicas), fmt.Sprintf("%.0f %% of the statements go to replicas", 100*l.Replicas)}
		r.report.Rows = append(r.report.Rows, row)
	}
	if most == 0 {
		r.report.Rows = append(r.report.Rows, Row{Stage: 6, Tried: Words{"읽기 복제본 1–5개", "1 to 5 read replicas"}, Result: Absent,
			Note: Words{"이 버전은 주 데이터베이스에서만 읽습니다", "this version reads from the primary only"}})
		return nil
	}
	return set(ctx, w, "replicas", "")
}

// cache is stage 7: the database's work with and without a cache before it. Stage 6 has left it off.
func (r *run) cache(ctx context.Context, w *trial.World) error {
	for _, c := range []struct {
		value string
		tried Words
	}{{"off", Words{"캐시 없음", "no cache"}}, {"memory", Words{"인스턴스 메모리 캐시", "a cache in each instance's memory"}}, {"valkey", Words{"Valkey 캐시", "Valkey, and memory before it"}}} {
		if !r.accepts(ctx, "cache", c.value) {
			r.report.Rows = append(r.report.Rows, Row{Stage: 7, Tried: c.tried, Result: Absent, Note: Words{"이 버전은 받아들이지 않는 설정입니다", "this version does not take the setting"}})
			continue
		}
		l := r.report.Reads[0]
		if c.value != "off" {
			if err := set(ctx, w, "cache", c.value); err != nil {
				return err
			}
			var err error
			if l, err = r.flood(ctx, w, c.value); err != nil {
				return err
			}
		}
		l.Setting = c.value
		r.report.Cache = append(r.report.Cache, l)
		row := loadRow(7, l, c.tried)
		row.Note = Words{fmt.Sprintf("적중 또는 동시 요청 공유 %.1f %%", 100*l.Hits), fmt.Sprintf("%.1f %% hits, or shared with another reader", 100*l.Hits)}
		r.report.Rows = append(r.report.Rows, row)
	}
	return set(ctx, w, "cache", "memory")
}

func loadRow(stage int, l Load, tried Words) Row {
	return Row{Stage: stage, Tried: tried, Result: Holds, Errors: n(float64(l.Sums.Errors)), Calls: l.Sums.Calls, P50: n(l.Sums.P50), P99: n(l.Sums.P99), Pages: n(l.Statements), Rate: n(l.PerSecond)}
}

// set replaces every instance by one with another setting, if it has not got it.
func set(ctx context.Context, w *trial.World, setting, value string) error {
	if slices.Contains(w.Stack.Shops[0].Flags, "--"+setting+"="+value) {
		return nil
	}
	if err := faults.Roll(ctx, w.Stack, faults.Setting(setting, value)); err != nil {
		return err
	}
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
	if busy.statements > 0 {
		l.Replicas = busy.replicas / busy.statements
	}
	if asked := busy.hits + busy.misses; asked > 0 {
		l.Hits = busy.hits / asked
	}
	r.say("%s: %.0f pages/s, %.2f statements a page, %.1f %% hits", setting, l.PerSecond, l.Statements, 100*l.Hits)
	return l, nil
}

// work is what instances have counted.
type work struct{ statements, replicas, hits, misses float64 }

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
	const queries, asked = "myclothes_db_query_duration_seconds_count", "myclothes_cache_requests_total"
	all := diff(queries)
	const pages = `cache="pages"`
	hits := diff(asked, pages, `result="hit"`) + diff(asked, pages, `result="shared"`)
	return work{statements: all, replicas: all - diff(queries, `target="primary"`), hits: hits, misses: diff(asked, pages) - hits}, err
}
