//go:build linux

package stages

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"slices"
	"time"

	"myclothes/internal/lab/carts"
	"myclothes/internal/lab/host"
	"myclothes/internal/lab/matrix"
	"myclothes/internal/lab/network"
	"myclothes/internal/lab/topology"
)

// Plan says how thoroughly to go.
type Plan struct {
	Quick        bool // the shortest that still shows each stage
	Architecture *topology.Architecture
	Program      string // the shop's
	Out          io.Writer
}

// run is a walk under way.
type run struct {
	Plan
	site   *host.Site
	report *Report
}

// Run walks through the stages. After an error the report holds what there is so far. It needs an enclosure around it.
func Run(ctx context.Context, site *host.Site, p Plan) (*Report, error) {
	r := &run{p, site, &Report{Began: time.Now(), Quick: p.Quick, Cores: runtime.NumCPU()}}
	var err error
	for _, step := range []func(context.Context) error{r.carts, r.architecture, r.failover, r.matrix} {
		if err = step(ctx); err != nil {
			break
		}
	}
	slices.SortStableFunc(r.report.Rows, func(x, y Row) int { return x.Stage - y.Stage })
	r.report.Took = time.Since(r.report.Began).Seconds()
	return r.report, err
}

func (r *run) say(format string, args ...any) {
	fmt.Fprintf(r.Out, "%6.1f s  %s\n", time.Since(r.report.Began).Seconds(), fmt.Sprintf(format, args...))
}

// carts are stages 1 to 4: where the cart is when the next request lands elsewhere.
func (r *run) carts(ctx context.Context) error {
	plan := carts.Plan{Shoppers: 200, For: 24 * time.Second, KillEvery: 4 * time.Second, Pause: 2 * time.Second, Program: r.Program}
	if r.Quick {
		plan.Shoppers, plan.For, plan.KillEvery = 50, 6*time.Second, 2*time.Second
	}
	r.say("stages 1 to 4: where is the cart?")
	if _, err := r.site.Run(ctx, "ip", "link", "set", "lo", "up"); err != nil {
		return err
	}
	rows, err := carts.Measure(ctx, r.site, plan, carts.Homes, r.Out)
	r.report.Carts = rows
	for _, c := range rows {
		r.report.Rows = append(r.report.Rows, cartRow(c))
	}
	return err
}

// cartRow says of a home what it is to show.
func cartRow(c carts.Row) Row {
	row := Row{Stage: 4, Lost: n(float64(c.LostCarts)), Errors: n(float64(c.Errors)), Calls: c.Requests, Bytes: n(float64(c.SentMost)), P50: n(c.AddP50), P99: n(c.AddP99)}
	row.Note = Words{fmt.Sprintf("장바구니 %d개, 강제 종료 %d번", c.Shoppers, c.Kills), fmt.Sprintf("%d carts, %d kills", c.Shoppers, c.Kills)}
	row.Result = Holds
	if c.LostCarts > 0 || c.Strange > 0 || c.Believed > 0 {
		row.Result = Broken
	}
	switch {
	case c.Home == "memory" && !c.Affinity:
		row.Stage, row.Tried, row.Result = 1, Words{"인스턴스 메모리, 고정 없음", "the instance's memory, no affinity"}, Expected
		row.Note = Words{fmt.Sprintf("종료 전에 이미 %d/%d", c.LostEarly, c.Shoppers), fmt.Sprintf("%d of %d before any kill", c.LostEarly, c.Shoppers)}
	case c.Home == "memory":
		row.Stage, row.Tried, row.Result = 2, Words{"인스턴스 메모리, 고정", "the instance's memory, affinity"}, Expected
		row.Note = Words{fmt.Sprintf("종료 전 %d, 인스턴스 %d번 종료", c.LostEarly, c.Kills), fmt.Sprintf("%d before a kill, %d kills", c.LostEarly, c.Kills)}
	case c.Home == "cookie":
		row.Stage, row.Tried = 3, Words{"쇼핑객의 쿠키 (봉인)", "the shopper's cookie, sealed"}
		row.Note = Words{fmt.Sprintf("위조 쿠키 %d개 중 %d개 통과", c.Forged, c.Believed), fmt.Sprintf("%d of %d forged cookies believed", c.Believed, c.Forged)}
	default:
		row.Tried = Words{"서버 세션: " + c.Home, "server session: " + c.Home}
	}
	return row
}

// matrix is stage 9: who reaches whom, on machines that are empty.
func (r *run) matrix(ctx context.Context) error {
	r.say("stage 9: who reaches whom?")
	t, err := topology.New(r.Architecture, topology.Sizes{Instances: 3, Caches: 3, Databases: 3})
	if err != nil {
		return err
	}
	net, err := network.Build(ctx, r.site, t)
	if err != nil {
		return err
	}
	all, err := matrix.Measure(ctx, net)
	if err != nil {
		return err
	}
	r.report.Matrix, r.report.Nodes = all, t
	wrong, open := len(matrix.Wrong(all)), 0
	for _, p := range all {
		if p.Open {
			open++
		}
	}
	row := Row{Stage: 9, Tried: Words{"보안 그룹: 실제 패킷으로", "security groups, with real packets"}, Result: Holds, Calls: len(all), Errors: n(float64(wrong)),
		Note: Words{fmt.Sprintf("%d개 길 중 %d개 열림, 규칙과 다른 것 %d", len(all), open, wrong), fmt.Sprintf("%d of %d ways are open, %d not as the edges say", open, len(all), wrong)}}
	if wrong > 0 {
		row.Result = Broken
	}
	r.report.Rows = append(r.report.Rows, row)
	return net.Close(ctx)
}
