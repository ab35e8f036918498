package topology

import (
	"fmt"
	"slices"
	"strings"
)

// Firewall is what nftables does on a machine: security groups, chained. Nothing comes in but what an edge allows and the answers to what went out;
// not even a ping. What goes out is stopped where it arrives.
func (t *Topology) Firewall(n Node) string {
	var b strings.Builder
	b.WriteString("table inet security {\n")
	for _, e := range t.Edges {
		if slices.Contains(n.Groups, e.To) && e.From != Internet && !strings.Contains(b.String(), "set "+e.From+" ") {
			fmt.Fprintf(&b, "\tset %s { type ipv4_addr; elements = { %s }; }\n", e.From, strings.Join(t.addresses(e.From), ", "))
		}
	}
	b.WriteString("\tchain input {\n\t\ttype filter hook input priority 0; policy drop;\n\t\tiif lo accept\n\t\tct state established,related accept\n")
	for _, e := range t.Edges {
		if slices.Contains(n.Groups, e.To) {
			fmt.Fprintf(&b, "\t\t%s %s dport %d counter accept comment \"%s\"\n", e.source(), e.protocol(), e.Port, e)
		}
	}
	b.WriteString("\t\tcounter drop\n\t}\n\tchain forward { type filter hook forward priority 0; policy drop; }\n}\n")
	return b.String()
}

// source matches who may come.
func (e Edge) source() string {
	if e.From == Internet {
		return "ip saddr != { " + VPC + ", 10.255.0.0/24 }"
	}
	return "ip saddr @" + e.From
}

func (t *Topology) addresses(group string) []string {
	var all []string
	for _, n := range t.Nodes {
		if slices.Contains(n.Groups, group) {
			all = append(all, n.IP)
		}
	}
	return all
}
