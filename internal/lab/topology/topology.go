package topology

import (
	"fmt"
	"slices"
)

// Sizes say how many machines of each kind there are, besides one balancer in each zone. They are dealt out to the zones in turn.
type Sizes struct {
	Instances int // of the shop
	Caches    int
	Databases int
}

// Topology is every machine with its address, and every edge. It does not change once made.
type Topology struct {
	Zones []Zone
	Nodes []Node
	Edges []Edge
}

// Zone is an availability zone: one router, and behind it a network for each subnet.
type Zone struct {
	Name    string
	Subnets []Subnet
	Uplink  Link // to the core
}

// Subnet is one zone's part of public, app or data.
type Subnet struct {
	Name    string
	Prefix  string // of all its addresses: 10.0.11.0/24
	Gateway string // the zone's router in it
}

// Link is a cable with an address at each end, of a network of four.
type Link struct{ Here, There string }

// Node is a machine.
type Node struct {
	Name   string
	Kind   string // the group that says what it is for
	Groups []string
	Zone   string // empty for those outside, in the internet
	Subnet string
	IP     string
	Router string // its gateway
}

// VPC holds every address of the shop's own machines; whoever is not in it is the internet.
const VPC = "10.0.0.0/16"

// New lays out the machines of an architecture.
func New(a *Architecture, s Sizes) (*Topology, error) {
	t := &Topology{Edges: a.edges()}
	for i, name := range a.Zones {
		t.Zones = append(t.Zones, newZone(i, name, a.Subnets))
	}
	for _, k := range []struct {
		name, kind, subnet string
		n                  int
	}{
		{"lb", "load-balancer", "public", len(a.Zones)}, {"app", "instances", "app", s.Instances},
		{"cache", "cache", "data", s.Caches}, {"db", "database", "data", s.Databases},
	} {
		if !a.knows(k.kind) || !slices.Contains(a.Subnets, k.subnet) {
			return nil, fmt.Errorf("the architecture has no group %s or no subnet %s", k.kind, k.subnet)
		}
		for i := range k.n {
			t.Nodes = append(t.Nodes, t.inZone(k.name, k.kind, k.subnet, i))
		}
	}
	for i, kind := range []string{Internet, "dns", "payments", "dynamodb"} {
		t.Nodes = append(t.Nodes, outside(kind, i))
	}
	return t, nil
}

func newZone(i int, name string, subnets []string) Zone {
	z := Zone{Name: name, Uplink: Link{Here: fmt.Sprintf("10.255.0.%d", 4*i+2), There: fmt.Sprintf("10.255.0.%d", 4*i+1)}}
	for j, s := range subnets {
		third := 10*(i+1) + j
		z.Subnets = append(z.Subnets, Subnet{Name: s, Prefix: fmt.Sprintf("10.0.%d.0/24", third), Gateway: fmt.Sprintf("10.0.%d.1", third)})
	}
	return z
}

// firstHost is the last byte of the first machine's address in a subnet.
const firstHost = 11

// inZone makes the i-th machine of a kind. The first of each zone is named for the zone alone, the next ones are numbered: app-a, app-b, app-c, app-a2.
func (t *Topology) inZone(name, kind, subnet string, i int) Node {
	z := t.Zones[i%len(t.Zones)]
	n := Node{Name: name + "-" + z.Name, Kind: kind, Groups: []string{kind}, Zone: z.Name, Subnet: subnet}
	if round := i/len(t.Zones) + 1; round > 1 {
		n.Name = fmt.Sprintf("%s%d", n.Name, round)
	}
	s := z.subnet(subnet)
	taken := 0
	for _, other := range t.Nodes {
		if other.Zone == n.Zone && other.Subnet == subnet {
			taken++
		}
	}
	n.Router, n.IP = s.Gateway, fmt.Sprintf("%s%d", s.Gateway[:len(s.Gateway)-1], firstHost+taken)
	return n
}

// Addresses of the internet, which are kept for documentation.
const (
	Outside       = "203.0.113.0/24"
	OutsideRouter = "203.0.113.1"
)

// outside makes a machine in the internet. Who calls from there is the internet, whatever else they are.
func outside(kind string, i int) Node {
	n := Node{Name: kind, Kind: kind, Groups: []string{Internet}, IP: fmt.Sprintf("203.0.113.%d", firstHost+i), Router: OutsideRouter}
	if kind != Internet {
		n.Groups = append(n.Groups, kind)
	}
	return n
}

func (z Zone) subnet(name string) Subnet {
	for _, s := range z.Subnets {
		if s.Name == name {
			return s
		}
	}
	return Subnet{}
}

// Of returns the machines of a kind.
func (t *Topology) Of(kind string) []Node {
	var all []Node
	for _, n := range t.Nodes {
		if n.Kind == kind {
			all = append(all, n)
		}
	}
	return all
}

// In returns the machines of a zone.
func (t *Topology) In(zone string) []Node {
	var all []Node
	for _, n := range t.Nodes {
		if n.Zone == zone {
			all = append(all, n)
		}
	}
	return all
}

// Allowed reports whether an edge lets one machine open TCP connections to a port of another.
func (t *Topology) Allowed(from, to Node, port int) bool {
	return slices.ContainsFunc(t.Edges, func(e Edge) bool {
		return e.protocol() == "tcp" && e.Port == port && slices.Contains(to.Groups, e.To) && slices.Contains(from.Groups, e.From)
	})
}
