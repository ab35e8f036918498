//go:build linux

package network

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"syscall"

	"myclothes/internal/lab/topology"
)

// Cut unplugs a zone from the others and from the internet. Inside it, machines go on reaching each other.
func (n *Network) Cut(ctx context.Context, zone string) error {
	return n.ip(ctx, "-n zone-%s link set uplink down", zone)
}

// Join plugs a zone in again.
func (n *Network) Join(ctx context.Context, zone string) error {
	for _, z := range n.Topology.Zones {
		if z.Name == zone {
			return n.ip(ctx, `
				-n zone-%[1]s link set uplink up
				-n zone-%[1]s route replace default via %[2]s`, zone, z.Uplink.There)
		}
	}
	return fmt.Errorf("there is no zone %q", zone)
}

// Off takes a machine's power away: whoever talks to it hears nothing more, not even that it is gone, and every program on it ends at once.
func (n *Network) Off(ctx context.Context, m topology.Node) error {
	return errors.Join(n.ip(ctx, "-n %s link set %s down", routerOf(m), cable(m)), n.end(ctx, m))
}

// Silence keeps every packet from and to a machine, on which everything goes on: a black hole, of which nobody is told.
func (n *Network) Silence(ctx context.Context, m topology.Node) error {
	const rules = `table inet hole {
	chain input {
		type filter hook input priority -10
		iif != lo drop
	}
	chain output {
		type filter hook output priority -10
		oif != lo drop
	}
}
`
	_, err := n.site.Feed(ctx, rules, "ip", "netns", "exec", m.Name, "nft", "-f", "-")
	return err
}

// Hear ends a silence.
func (n *Network) Hear(ctx context.Context, m topology.Node) error {
	_, err := n.site.Run(ctx, "ip", "netns", "exec", m.Name, "nft", "delete", "table", "inet", "hole")
	return err
}

// Signal sends to every program on a machine: SIGSTOP freezes it as a virtual machine that is being moved, SIGCONT lets it go on and know nothing of it.
func (n *Network) Signal(ctx context.Context, m topology.Node, s syscall.Signal) error {
	out, err := n.site.Run(ctx, "ip", "netns", "pids", m.Name)
	for _, word := range strings.Fields(out) {
		if pid, bad := strconv.Atoi(word); bad == nil && pid > 1 {
			syscall.Kill(pid, s)
		}
	}
	return err
}

// Lose drops packets between subnets and zones at random, percent of a hundred; 0 drops none.
func (n *Network) Lose(ctx context.Context, percent int) error {
	text := "table ip loss\ndelete table ip loss\n"
	if percent > 0 {
		text += fmt.Sprintf("table ip loss {\n chain forward {\n  type filter hook forward priority 0;\n  numgen random mod 100 < %d drop\n }\n}\n", percent)
	}
	var err error
	for _, z := range n.Topology.Zones {
		_, failed := n.site.Feed(ctx, text, "ip", "netns", "exec", "zone-"+z.Name, "nft", "-f", "-")
		err = errors.Join(err, failed)
	}
	return err
}

// end kills every program on a machine, also those that took leave of whoever started them.
func (n *Network) end(ctx context.Context, m topology.Node) error {
	return n.Signal(ctx, m, syscall.SIGKILL)
}

// On gives a machine its power back: what ran on it starts again.
func (n *Network) On(ctx context.Context, m topology.Node) error {
	if err := n.ip(ctx, "-n %s link set %s up", routerOf(m), cable(m)); err != nil {
		return err
	}
	return n.hosts[m.Name].Boot()
}

// Close ends every program on every machine and takes the network down.
func (n *Network) Close(ctx context.Context) error {
	var err error
	for _, m := range n.Topology.Nodes {
		err = errors.Join(err, n.end(ctx, m), n.ip(ctx, "netns del %s", m.Name))
	}
	for _, z := range n.Topology.Zones {
		err = errors.Join(err, n.ip(ctx, "netns del zone-%s", z.Name))
	}
	return errors.Join(err, n.ip(ctx, "netns del %s", core))
}
