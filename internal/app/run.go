package app

import (
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"myclothes/internal/obs"
)

// Header and idle limits of the public port. A body's own limits are the surfaces'.
const (
	headerTimeout = 10 * time.Second
	bodyTimeout   = 30 * time.Second
	writeTimeout  = 90 * time.Second // a payment that is slow to confirm, and the page after it
	idleTimeout   = 75 * time.Second // longer than a load balancer's 60, so that it closes first
)

// run serves until ctx ends, then drains: the health check fails, requests in flight finish, background jobs finish their run.
func (x *shop) run(ctx context.Context, ready func(public net.Addr)) error {
	public, err := net.Listen("tcp", x.settings.Listen)
	if err != nil {
		return fmt.Errorf("--listen: %w", err)
	}
	ops, err := net.Listen("tcp", x.settings.OpsListen)
	if err != nil {
		public.Close()
		return fmt.Errorf("--ops-listen: %w", err)
	}
	// Requests and jobs in flight outlive ctx: it only says that it is time to stop.
	door := &http.Server{Handler: x.public, ReadHeaderTimeout: headerTimeout, ReadTimeout: bodyTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, ErrorLog: quiet()}
	back := &http.Server{Handler: x.metrics.Handler(x.parts()), ReadHeaderTimeout: headerTimeout, ErrorLog: quiet()}
	failed := make(chan error, 2)
	go func() { failed <- door.Serve(public) }()
	go func() { failed <- back.Serve(ops) }()
	jobs, stopJobs := context.WithCancel(context.WithoutCancel(ctx))
	jobsDone := make(chan struct{})
	go func() {
		defer close(jobsDone)
		var following sync.WaitGroup
		following.Go(func() { x.follow(jobs) })
		x.worker.Run(jobs)
		following.Wait()
	}()
	ready(public.Addr())
	select {
	case err = <-failed:
	case <-ctx.Done():
		stopJobs()
		err = x.drain(door)
	}
	stopJobs()
	<-jobsDone
	last, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return errors.Join(err, back.Shutdown(last), x.requests.Stop(last))
}

// drain ends the public port: first the load balancer is told, then, after it had time to notice, requests in flight are
// waited for. What is still running at the end of the drain timeout, which counts from the start, is cut off, and said so.
func (x *shop) drain(door *http.Server) error {
	delay := x.settings.Delay()
	slog.Info("draining", "delay", delay.String(), "timeout", x.settings.DrainTimeout.String())
	ctx, cancel := context.WithTimeout(context.Background(), x.settings.DrainTimeout)
	defer cancel()
	x.edge.Drain() // its answers end their connections; ending idle ones now would cut what the balancer is just sending over them
	time.Sleep(delay)
	if err := door.Shutdown(ctx); err != nil {
		return errors.Join(fmt.Errorf("requests were still running after --drain-timeout: %w", err), door.Close())
	}
	return nil
}

func (x *shop) parts() []obs.Dependency {
	return append([]obs.Dependency{{Name: "database", Hard: true, Ping: x.db.Ping}}, x.soft...)
}

// quiet keeps net/http's complaints about clients out of people's way.
func quiet() *log.Logger { return slog.NewLogLogger(slog.Default().Handler(), slog.LevelDebug) }
