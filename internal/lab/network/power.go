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

// end kills every program on a machine, also those that took leave of whoever started them.
func (n *Network) end(ctx context.Context, m topology.Node) error {
	out, err := n.site.Run(ctx, "ip", "netns", "pids", m.Name)
	for _, word := range strings.Fields(out) {
		if pid, bad := strconv.Atoi(word); bad == nil && pid > 1 {
			syscall.Kill(pid, syscall.SIGKILL)
		}
	}
	return err
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
