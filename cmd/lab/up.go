//go:build linux

package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"text/tabwriter"

	"myclothes/internal/lab/enclosure"
	"myclothes/internal/lab/host"
	"myclothes/internal/lab/stack"
	"myclothes/internal/lab/topology"
)

type up struct {
	Listen   string `default:"127.0.0.1:8088" help:"Where this machine's browser finds the lab's shop."`
	CartHome string `default:"valkey" enum:"database,memory,cookie,valkey,dynamodb" help:"Where carts live: ${enum}."`
	Affinity bool   `help:"The load balancers pin a visitor to an instance, which carts in its memory need."`
	Replicas int    `default:"2" help:"How many PostgreSQL servers follow the primary, 2 to 5; one of them is the synchronous standby."`
	Program  string `type:"existingfile" env:"LAB_PROGRAM" help:"The shop's program; built from this repository where empty."`
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
		return u.start(ctx, site, door)
	})
}

// enter does what needs the world outside: it builds the shop's program and opens the port for this machine's browser, and hands both in.
func (u *up) enter(ctx context.Context, site *host.Site) error {
	l, err := net.Listen("tcp", u.Listen)
	if err != nil {
		return err
	}
	defer l.Close()
	f, err := l.(*net.TCPListener).File()
	if err != nil {
		return err
	}
	defer f.Close()
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
	}, f)
}

// start brings everything up inside, lets visitors in until ctx ends, and takes everything down.
func (u *up) start(ctx context.Context, site *host.Site, door net.Listener) error {
	a, err := architecture()
	if err != nil {
		return err
	}
	n := sizes
	n.Databases = 1 + min(max(u.Replicas, 2), 5)
	s, err := stack.Start(ctx, site, stack.Options{Architecture: a, Sizes: n, CartHome: u.CartHome, Affinity: u.Affinity, Program: u.Program, Out: os.Stdout})
	if err == nil {
		describe(os.Stdout, s.Network.Topology)
		fmt.Printf("\nThe shop is open at http://%s; in the lab it is http://%s. Ctrl-C takes everything down.\n", door.Addr(), stack.Name)
		s.Pass(ctx, door)
		fmt.Println("taking everything down")
	}
	s.Close()
	return err
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
