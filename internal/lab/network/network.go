//go:build linux

// Package network makes a topology out of Linux network namespaces: one for each machine, one router for each zone with a bridge for each subnet, and a
// core between the zones and the internet.
//
// It needs a network namespace of its own around it (package enclosure), and so has nothing to clean up.
package network

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"myclothes/internal/lab/host"
	"myclothes/internal/lab/topology"
)

// core is the router between the zones and the internet.
const core = "core"

// Network is a topology that runs.
type Network struct {
	Topology *topology.Topology

	site  *host.Site
	hosts map[string]*host.Host
}

// Build makes every machine, empty, with its cables, its routes and its firewall.
func Build(ctx context.Context, site *host.Site, t *topology.Topology) (*Network, error) {
	n := &Network{Topology: t, site: site, hosts: map[string]*host.Host{}}
	if err := n.core(ctx); err != nil {
		return nil, err
	}
	for _, z := range t.Zones {
		if err := n.zone(ctx, z); err != nil {
			return nil, err
		}
	}
	for _, m := range t.Nodes {
		if err := n.node(ctx, m); err != nil {
			return nil, err
		}
	}
	return n, nil
}

// Host returns the machine of that name; there is one for every node of the topology.
func (n *Network) Host(name string) *host.Host { return n.hosts[name] }

// ip runs several commands of the program ip, each a line of words.
func (n *Network) ip(ctx context.Context, format string, args ...any) error {
	for line := range strings.Lines(fmt.Sprintf(format, args...)) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		if _, err := n.site.Run(ctx, append([]string{"ip"}, words...)...); err != nil {
			return err
		}
	}
	return nil
}

// router makes a namespace that passes packets on.
func (n *Network) router(ctx context.Context, name string) error {
	return n.ip(ctx, `
		netns add %[1]s
		-n %[1]s link set lo up
		netns exec %[1]s sysctl -qw net.ipv4.ip_forward=1`, name)
}

func (n *Network) core(ctx context.Context) error {
	return errors.Join(n.router(ctx, core), n.ip(ctx, `
		-n %[1]s link add internet type bridge
		-n %[1]s addr add %[2]s/24 dev internet
		-n %[1]s link set internet up`, core, topology.OutsideRouter))
}

// zone makes a zone's router, its subnets and its cable to the core.
func (n *Network) zone(ctx context.Context, z topology.Zone) error {
	name := "zone-" + z.Name
	err := errors.Join(n.router(ctx, name), n.ip(ctx, `
		link add uplink netns %[1]s type veth peer name %[1]s netns %[2]s
		-n %[1]s addr add %[3]s/30 dev uplink
		-n %[1]s link set uplink up
		-n %[2]s addr add %[4]s/30 dev %[1]s
		-n %[2]s link set %[1]s up
		-n %[1]s route add default via %[4]s`, name, core, z.Uplink.Here, z.Uplink.There))
	for _, s := range z.Subnets {
		err = errors.Join(err, n.ip(ctx, `
			-n %[1]s link add %[2]s type bridge
			-n %[1]s addr add %[3]s/24 dev %[2]s
			-n %[1]s link set %[2]s up
			-n %[4]s route add %[5]s via %[6]s`, name, s.Name, s.Gateway, core, s.Prefix, z.Uplink.Here))
	}
	return err
}

// node makes a machine and plugs it into its subnet's bridge.
func (n *Network) node(ctx context.Context, m topology.Node) error {
	router, bridge := routerOf(m), "internet"
	if m.Zone != "" {
		bridge = m.Subnet
	}
	err := n.ip(ctx, `
		netns add %[1]s
		-n %[1]s link set lo up
		link add eth0 netns %[1]s type veth peer name %[2]s netns %[3]s
		-n %[3]s link set %[2]s master %[4]s up
		-n %[1]s addr add %[5]s/24 dev eth0
		-n %[1]s link set eth0 up
		-n %[1]s route add default via %[6]s`, m.Name, cable(m), router, bridge, m.IP, m.Router)
	if err != nil {
		return err
	}
	if _, err := n.site.Feed(ctx, n.Topology.Firewall(m), "ip", "netns", "exec", m.Name, "nft", "-f", "-"); err != nil {
		return err
	}
	space, err := open(m.Name)
	if err != nil {
		return err
	}
	n.hosts[m.Name], err = n.site.Host(m.Name, m.IP, []string{"ip", "netns", "exec", m.Name}, space.dial)
	return err
}

// routerOf is where a machine is plugged in, with a cable whose end there has the name cable.
func routerOf(m topology.Node) string {
	if m.Zone == "" {
		return core
	}
	return "zone-" + m.Zone
}

func cable(m topology.Node) string { return "to-" + m.Name }
