//go:build linux

package stages

import (
	"context"
	"fmt"
	"time"

	"myclothes/internal/lab/shoppers"
	"myclothes/internal/lab/topology"
	"myclothes/internal/lab/trial"
)

// architecture are stages 5 to 8, in the whole architecture, carts in the database.
func (r *run) architecture(ctx context.Context) error {
	r.say("stages 5 to 8: the whole architecture")
	n := topology.Sizes{Instances: 3, Caches: 3, Databases: 3}
	if !r.Quick && r.accepts(ctx, "replicas", "postgres://127.0.0.1/shop") {
		n.Databases = 6
	}
	w, err := trial.Open(ctx, r.site, trial.Options{Architecture: r.Architecture, Sizes: n, CartHome: "database", Program: r.Program, Shoppers: 120, Rate: 20,
		Mix: shoppers.Ordering, Seed: 1, Prices: time.Second, Out: r.Out})
	if err != nil {
		return err
	}
	defer w.Close()
	for _, stage := range []func(context.Context, *trial.World) error{r.replicas, r.cache} {
		if err := stage(ctx, w); err != nil {
			return err
		}
	}
	w.Shop(ctx)
	pause(ctx, 8*time.Second)
	r.anywhere(w)
	return r.losses(ctx, w)
}

// anywhere is stage 5: any instance serves any customer.
func (r *run) anywhere(w *trial.World) {
	instances, asked, found := w.Crowd.Everywhere(60)
	row := Row{Stage: 5, Tried: Words{"주문을 모든 인스턴스에서 조회", "orders, asked for at every instance"}, Result: Holds, Calls: asked, Errors: n(float64(asked - found)),
		Note: Words{fmt.Sprintf("인스턴스 %d개가 답함, %d/%d 찾음 (비회원 주문)", len(instances), found, asked), fmt.Sprintf("%d instances answered, %d of %d found (guests' orders)", len(instances), found, asked)}}
	if found < asked || asked == 0 || len(instances) < 3 {
		row.Result = Broken
	}
	r.report.Rows = append(r.report.Rows, row)
	r.say("stage 5: %s", row.Note.EN)
}

// losses is stage 8: a zone, and in the long run the primary alone, in several ways.
func (r *run) losses(ctx context.Context, w *trial.World) error {
	faults := []string{"primary-zone-off"}
	if !r.Quick {
		faults = append(faults, "zone-cut", "primary-kill", "primary-pause-5", "primary-pause-35", "instance-kill")
	}
	first := len(r.report.Losses)
	for i, f := range faults {
		pause(ctx, 4*time.Second)
		o, err := w.Break(ctx, trial.Step{Faults: []string{f}, Seed: uint64(i)})
		if err != nil {
			return err
		}
		r.report.Losses = append(r.report.Losses, Loss{Outcome: o})
	}
	pause(ctx, 3*time.Second)
	ended := time.Now()
	verdict, err := w.Finish(ctx)
	if err != nil {
		return err
	}
	if err := verdict.Print(r.Out, w.Crowd.History); err != nil {
		return err
	}
	calls := w.Crowd.History.Calls()
	for i := range r.report.Losses[first:] {
		l := &r.report.Losses[first+i]
		l.Seconds, l.Verdict = shoppers.Seconds(calls, w.Began, ended, shoppers.Browsing, shoppers.Carting), verdict
		r.report.Rows = append(r.report.Rows, lossRow(*l))
	}
	return nil
}

// lossRow says what one fault cost. What was lost is known of the whole run only.
func lossRow(l Loss) Row {
	broken := map[string]int{}
	for _, v := range l.Verdict.Violations {
		broken[v.Rule]++
	}
	sum := l.Reading.Calls + l.Carts.Calls + l.Buying.Calls
	errors := l.Reading.Errors + l.Carts.Errors + l.Buying.Errors
	row := Row{Stage: 8, Tried: title(l.Faults), Result: Holds, Lost: n(float64(broken["C1"])), Errors: n(float64(errors)), Calls: sum, Dark: n(float64(l.Dark)), P50: n(l.Reading.P50), P99: n(l.Reading.P99),
		Note: Words{
			fmt.Sprintf("주문 %d건 중 유실 %d, 초과 판매 %d · 마지막 오류: 읽기 %.0f초, 쓰기 %.0f초 뒤", l.Verdict.Orders, broken["O1"], broken["S2"], l.Reads, l.Writes),
			fmt.Sprintf("%d of %d orders lost, %d oversold · last error: reads %.0f s, writes %.0f s", broken["O1"], l.Verdict.Orders, broken["S2"], l.Reads, l.Writes)}}
	if len(l.Verdict.Violations) > 0 {
		row.Result = Broken
	}
	return row
}

// failover is what stage 4 leaves open: carts in the cache, whose master dies. The quick walk leaves it out.
func (r *run) failover(ctx context.Context) error {
	if r.Quick {
		return nil
	}
	r.say("stage 4: the cache that keeps the carts fails over")
	w, err := trial.Open(ctx, r.site, trial.Options{Architecture: r.Architecture, Sizes: topology.Sizes{Instances: 3, Caches: 3, Databases: 3}, CartHome: "valkey", Program: r.Program,
		Shoppers: 120, Rate: 25, Mix: shoppers.Ordering, Seed: 1, Out: r.Out})
	if err != nil {
		return err
	}
	defer w.Close()
	w.Shop(ctx)
	pause(ctx, 8*time.Second)
	o, err := w.Break(ctx, trial.Step{Faults: []string{"cache-kill"}, Seed: 1})
	if err != nil {
		return err
	}
	pause(ctx, 3*time.Second)
	verdict, err := w.Finish(ctx)
	if err != nil {
		return err
	}
	row := lossRow(Loss{Outcome: o, Verdict: verdict})
	row.Stage, row.Tried = 4, Words{"서버 세션: valkey, 마스터 강제 종료", "server session: valkey, its master killed"}
	row.Dark, row.Errors, row.Calls = n(o.Writes), n(float64(o.Carts.Errors)), o.Carts.Calls
	row.P50, row.P99 = n(o.Carts.P50), n(o.Carts.P99)
	if row.Result == Broken && *row.Lost == float64(len(verdict.Violations)) {
		row.Result = Expected // the window of a cache, measured
	}
	r.report.Rows = append(r.report.Rows, row)
	return nil
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
