//go:build linux

package stack

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"myclothes/internal/lab/host"
	"myclothes/internal/lab/parts"
)

// slow is how long a part may take on a busy machine.
const slow = time.Minute

// startShops starts the instances, the first alone: it makes the schema and fills the catalogue.
func (s *Stack) startShops(ctx context.Context) error {
	if err := os.MkdirAll(s.media(), 0o755); err != nil {
		return err
	}
	for _, n := range s.Network.Topology.Of("instances") {
		h := s.Network.Host(n.Name)
		flags := append(s.settings(), "--zone="+n.Zone)
		s.Shops = append(s.Shops, &parts.Shop{Host: h, Public: s.options.Architecture.Shop.Port, Ops: s.options.Architecture.Shop.OpsPort, Program: s.options.Program, Flags: flags})
	}
	if err := s.Shops[0].Start(ctx); err != nil {
		return err
	}
	s.say("the first instance has filled the catalogue", nil)
	all, ctx := errgroup.WithContext(ctx)
	running := len(s.Shops)
	if s.options.Running > 0 {
		running = s.options.Running
	}
	for _, shop := range s.Shops[1:running] {
		all.Go(func() error { return shop.Start(ctx) })
	}
	err := all.Wait()
	s.say("every instance is open", err)
	return err
}

// settings are those of every instance. The sealing key is nobody's: it dies with this run.
func (s *Stack) settings() []string {
	var trusted []string
	for _, h := range s.hosts("load-balancer") {
		trusted = append(trusted, h.IP+"/32")
	}
	all := append(s.Payments.Flags(), "--database="+s.flags.database, "--valkey="+s.flags.valkey, "--dynamodb="+s.flags.dynamodb, "--cart-home="+s.options.CartHome,
		"--replicas="+s.flags.replicas, "--cache="+cmp.Or(s.options.Cache, s.options.Architecture.Standard.Cache),
		"--media=file:"+s.media(), "--base-url=http://"+Name, "--trusted-proxies="+strings.Join(trusted, " "), "--debug-headers",
		"--secret-keys="+FirstKey, "--drain-delay=2s")
	return append(all, s.options.Flags...)
}

// FirstKey is what instances seal with in the beginning.
const FirstKey = "lab:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

// steady fails unless the shop is open many times in a row: a balancer that has just started tries instances that are not there until it has checked them.
func (s *Stack) steady(ctx context.Context) error {
	for range 10 * len(s.Balancers) {
		if err := s.Open(ctx); err != nil {
			return err
		}
	}
	return nil
}

// startDoors starts a balancer in every zone, each before all instances, and the name server; it returns when a visitor finds the shop by its name.
func (s *Stack) startDoors(ctx context.Context) error {
	var instances []string
	for i := range max(3, len(s.Shops)) { // the balancer's configuration names three at least
		instances = append(instances, s.Shops[i%len(s.Shops)].Address())
	}
	var doors []*host.Host
	for _, h := range s.hosts("load-balancer") {
		b, err := parts.StartBalancer(ctx, h, s.options.Architecture.LoadBalancer.Ports[0], s.options.Affinity, instances)
		if err != nil {
			return err
		}
		s.Balancers, doors = append(s.Balancers, b), append(doors, h)
	}
	s.say(fmt.Sprintf("%d load balancers are open", len(doors)), nil)
	dns, err := parts.StartDNS(ctx, s.hosts("dns")[0], Name)
	if err != nil {
		return err
	}
	s.Door = openDoor(s.hosts("dns")[0], dns, doors, s.options.Architecture)
	err = host.Until(ctx, slow, func() error { return s.steady(ctx) })
	s.say("a visitor finds the shop by its name", err)
	return err
}
