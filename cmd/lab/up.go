//go:build linux

package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"text/tabwriter"
	"time"

	"myclothes/internal/lab/enclosure"
	"myclothes/internal/lab/host"
	"myclothes/internal/lab/live"
	"myclothes/internal/lab/shoppers"
	"myclothes/internal/lab/stack"
	"myclothes/internal/lab/topology"
)

type up struct {
	Listen   string  `default:"127.0.0.1:8088" help:"Where this machine's browser finds the lab's shop."`
	Watch    string  `default:"127.0.0.1:8089" help:"Where this machine's browser finds the page that shows everything, and breaks it."`
	Rate     float64 `help:"Interactions that shoppers begin in a second; 0 is an empty shop."`
	CartHome string  `default:"valkey" enum:"database,memory,cookie,valkey,dynamodb" help:"Where carts live: ${enum}."`
	Affinity bool    `help:"The load balancers pin a visitor to an instance, which carts in its memory need."`
	Replicas int     `help:"How many PostgreSQL servers follow the primary, 2 to 5, all of which are read; one of them is the synchronous standby. As deploy/architecture.json says where nothing is said."`
	Cache    string  `enum:",memory,valkey,off" default:"" help:"What the shop's setting cache says: ${enum}; as deploy/architecture.json where nothing is said."`
	Program  string  `type:"existingfile" env:"LAB_PROGRAM" help:"The shop's program; built from this repository where empty."`
}

// Run brings everything up and waits for Ctrl-C.
func (u *up) Run(ctx context.Context, all *commands) error {
	return all.site(func(site *host.Site) error {
		if enclosure.Outside() {
			return u.enter(ctx, site)
		}
		door, err := net.FileListener(enclosure.File(0))
		if err != nil {
			return err
		}
		window, err := net.FileListener(enclosure.File(1))
		if err != nil {
			return err
		}
		return u.start(ctx, site, door, window)
	})
}

// enter does what needs the world outside: it builds the shop's program and opens the ports for this machine's browser, and hands all in.
func (u *up) enter(ctx context.Context, site *host.Site) error {
	var files []*os.File
	for _, address := range []string{u.Listen, u.Watch} {
		l, err := net.Listen("tcp", address)
		if err != nil {
			return err
		}
		defer l.Close()
		f, err := l.(*net.TCPListener).File()
		if err != nil {
			return err
		}
		defer f.Close()
		files = append(files, f)
	}
	if u.Program == "" {
		fmt.Println("building the shop")
		program, err := site.Build(ctx)
		if err != nil {
			return err
		}
		os.Setenv("LAB_PROGRAM", program)
	}
	return enclosure.Enter(ctx, func(pid int) {
		fmt.Printf("a shell inside: nsenter --all --target %d; then, on a machine: ip netns exec app-a sh\n", pid)
	}, files...)
}

// start brings everything up inside, lets visitors in until ctx ends, and takes everything down.
func (u *up) start(ctx context.Context, site *host.Site, door, window net.Listener) error {
	a, err := architecture()
	if err != nil {
		return err
	}
	n := usual(a)
	if u.Replicas > 0 {
		n.Databases = 1 + min(max(u.Replicas, 2), 5)
	}
	s, err := stack.Start(ctx, site, stack.Options{Architecture: a, Sizes: n, CartHome: u.CartHome, Cache: u.Cache, Affinity: u.Affinity, Program: u.Program, Out: os.Stdout})
	if err == nil {
		describe(os.Stdout, s.Network.Topology)
		crowd, running := u.crowd(ctx, s)
		go http.Serve(window, live.New(ctx, s, crowd))
		fmt.Printf("\nThe shop is open at http://%s; in the lab it is http://%s. All of it is shown, and broken, at http://%s. Ctrl-C takes everything down.\n", door.Addr(), stack.Name, window.Addr())
		s.Pass(ctx, door)
		running.Wait()
		fmt.Println("taking everything down")
	}
	s.Close()
	return err
}

// crowd has shoppers shop until ctx ends, if there are to be any.
func (u *up) crowd(ctx context.Context, s *stack.Stack) (*shoppers.Crowd, *sync.WaitGroup) {
	running := new(sync.WaitGroup)
	if u.Rate <= 0 {
		return nil, running
	}
	c, err := shoppers.New(shoppers.Plan{URL: "http://" + stack.Name, Dial: s.Dial, Shoppers: 200, Rate: u.Rate, Mix: shoppers.Shopping, Seed: 1, Timeout: 10 * time.Second, Forget: true})
	if err != nil {
		fmt.Fprintln(os.Stderr, "lab: nobody shops:", err)
		return nil, running
	}
	running.Go(func() { c.Shop(ctx) })
	return c, running
}

// describe prints who stands where.
func describe(out io.Writer, t *topology.Topology) {
	fmt.Fprintln(out)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "machine\tzone\tsubnet\taddress\tsecurity group")
	for _, n := range t.Nodes {
		zone, subnet := n.Zone, n.Subnet
		if zone == "" {
			zone, subnet = "–", "internet"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", n.Name, zone, subnet, n.IP, n.Kind)
	}
	w.Flush()
}
