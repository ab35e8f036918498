package carts

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"myclothes/internal/lab/host"
	"myclothes/internal/lab/parts"
)

// world is what the instances stand on: the stores of every home, and goods to buy.
type world struct {
	site    *host.Site
	out     io.Writer
	program string
	flags   []string // of every instance, whatever the home
	goods   []string // SKUs of which there are plenty
}

// open starts the stores.
func open(ctx context.Context, site *host.Site, program string, out io.Writer) (*world, error) {
	w := &world{site: site, out: out, program: program}
	fmt.Fprintln(out, "starting PostgreSQL, Redis, dynalite and the payment simulator")
	if program == "" {
		built, err := site.Build(ctx)
		if err != nil {
			return nil, err
		}
		w.program = built
	}
	// Every instance seals with the same key. It is nobody's: it dies with this run.
	w.flags = []string{"--secret-keys=lab:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "--trusted-proxies=127.0.0.1/32"}
	for _, start := range []func(context.Context, *host.Host, int) ([]string, error){w.postgres, redis, dynalite, w.simulator} {
		h, port, err := w.place(fmt.Sprint("store-", len(w.flags)))
		if err != nil {
			return nil, err
		}
		flags, err := start(ctx, h, port)
		if err != nil {
			return nil, err
		}
		w.flags = append(w.flags, flags...)
	}
	return w, nil
}

// place is a machine, which is this one under another name, and a free port.
func (w *world) place(name string) (*host.Host, int, error) {
	h, err := w.site.Here(name)
	if err != nil {
		return nil, 0, err
	}
	port, err := host.FreePort()
	return h, port, err
}

func (w *world) postgres(ctx context.Context, h *host.Host, port int) ([]string, error) {
	p, err := parts.StartPostgres(ctx, h, port)
	if err != nil {
		return nil, err
	}
	address, err := p.Database(ctx, "shop")
	return []string{"--database=" + address}, err
}

func redis(ctx context.Context, h *host.Host, port int) ([]string, error) {
	_, err := parts.StartRedis(ctx, h, port)
	return []string{"--valkey=valkey://" + h.At(port)}, err
}

func dynalite(ctx context.Context, h *host.Host, port int) ([]string, error) {
	d, err := parts.StartDynalite(ctx, h, port)
	if err != nil {
		return nil, err
	}
	return []string{"--dynamodb=" + d.Setting()}, nil
}

func (w *world) simulator(ctx context.Context, h *host.Host, port int) ([]string, error) {
	s, err := parts.StartSimulator(ctx, h, port, w.program, "http://127.0.0.1")
	if err != nil {
		return nil, err
	}
	return s.Flags(), nil
}

// row is three instances behind a balancer, all of one home.
type row struct {
	url      string
	shops    [3]*parts.Shop
	balancer *parts.Balancer
}

// start starts the instances, the first of them alone since it fills an empty database, and then the balancer.
func (w *world) start(ctx context.Context, home Home) (*row, error) {
	front, port, err := w.place("balancer")
	if err != nil {
		return nil, err
	}
	r := &row{url: "http://" + front.At(port)}
	addresses := make([]string, len(r.shops))
	for i := range r.shops {
		if r.shops[i], err = w.instance(fmt.Sprintf("instance-%c", 'a'+i), home, r.url); err != nil {
			return r, err
		}
		if err := r.shops[i].Start(ctx); err != nil {
			return r, err
		}
		addresses[i] = r.shops[i].Address()
	}
	if r.balancer, err = parts.StartBalancer(ctx, front, port, home.Affinity, addresses); err != nil {
		return r, err
	}
	if w.goods == nil {
		w.goods, err = plenty(ctx, r.url)
	}
	return r, err
}

func (w *world) instance(name string, home Home, url string) (*parts.Shop, error) {
	h, public, err := w.place(name)
	if err != nil {
		return nil, err
	}
	ops, err := host.FreePort()
	flags := append(slices.Clone(w.flags), "--cart-home="+home.Name, "--base-url="+url)
	return &parts.Shop{Host: h, Public: public, Ops: ops, Program: w.program, Flags: flags}, err
}

// end kills what start has started.
func (r *row) end() {
	if r.balancer != nil {
		r.balancer.Kill()
	}
	for _, s := range r.shops {
		if s != nil && s.Process != nil {
			s.Kill()
		}
	}
}

// killing kills one instance after another and starts it again, until ctx ends. died is told of each before it happens.
func (r *row) killing(ctx context.Context, every time.Duration, died func()) error {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for i := 0; ; i = (i + 1) % len(r.shops) {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		died()
		r.shops[i].Kill()
		if err := r.shops[i].Start(context.WithoutCancel(ctx)); err != nil {
			return err
		}
	}
}
