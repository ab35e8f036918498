//go:build linux

package network

import (
	"context"
	"fmt"

	"myclothes/internal/lab/topology"
)

// Redirect leads new connections to a machine's port to another port there, which everybody may reach meanwhile.
func (n *Network) Redirect(ctx context.Context, m topology.Node, port, to int) error {
	return n.nft(ctx, m, fmt.Sprintf(`table ip led {
	chain prerouting {
		type nat hook prerouting priority -100
		tcp dport %d redirect to :%d
	}
}
insert rule inet security input tcp dport %d accept
`, port, to, to))
}

// Straight ends a redirection.
func (n *Network) Straight(ctx context.Context, m topology.Node) error {
	return n.nft(ctx, m, "delete table ip led\ndelete table inet security\n"+n.Topology.Firewall(m))
}

func (n *Network) nft(ctx context.Context, m topology.Node, text string) error {
	_, err := n.site.Feed(ctx, text, "ip", "netns", "exec", m.Name, "nft", "-f", "-")
	return err
}
