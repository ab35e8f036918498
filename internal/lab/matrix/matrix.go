//go:build linux

// Package matrix finds out with real packets who reaches whom, and holds it against the security groups.
package matrix

import (
	"context"
	"fmt"
	"net"
	"slices"
	"strconv"
	"sync"
	"time"

	"myclothes/internal/lab/network"
	"myclothes/internal/lab/topology"
)

// Ports are those that are tried besides the ports of every edge: what attackers try, and the shop's own.
var Ports = []int{22, 80, 443, 8080, 9090, 5432, 6379, 26379}

// silence is how long a machine may be silent until it counts as unreachable.
const silence = 400 * time.Millisecond

// Passage is one way that was tried between two machines. Port 0 is a ping.
type Passage struct {
	From, To topology.Node
	Port     int
	Open     bool // it was answered
	Allowed  bool // an edge says so
}

// String names machines and port.
func (p Passage) String() string {
	if p.Port == 0 {
		return fmt.Sprintf("%s → %s ping", p.From.Name, p.To.Name)
	}
	return fmt.Sprintf("%s → %s:%d", p.From.Name, p.To.Name, p.Port)
}

// Measure opens every port on every machine and tries to reach each from each other. The machines must be empty.
func Measure(ctx context.Context, n *network.Network) ([]Passage, error) {
	ports := slices.Clone(Ports)
	for _, e := range n.Topology.Edges {
		ports = append(ports, e.Port)
	}
	slices.Sort(ports)
	ports = slices.Compact(ports)
	for _, m := range n.Topology.Nodes {
		closers, err := answer(n, m, ports)
		defer func() {
			for _, c := range closers {
				c.Close()
			}
		}()
		if err != nil {
			return nil, err
		}
	}
	all := ways(n.Topology, ports)
	try(ctx, n, all)
	return all, ctx.Err()
}

// answer takes connections on every port of a machine.
func answer(n *network.Network, m topology.Node, ports []int) (all []net.Listener, err error) {
	err = n.Within(m.Name, func() error {
		for _, port := range ports {
			l, err := net.Listen("tcp4", net.JoinHostPort(m.IP, strconv.Itoa(port)))
			if err != nil {
				return fmt.Errorf("on %s: %w", m.Name, err)
			}
			all = append(all, l)
		}
		return nil
	})
	for _, l := range all {
		go func() {
			for {
				c, err := l.Accept()
				if err != nil {
					return
				}
				c.Close()
			}
		}()
	}
	return all, err
}

// ways lists what is to be tried.
func ways(t *topology.Topology, ports []int) (all []Passage) {
	for _, from := range t.Nodes {
		for _, to := range t.Nodes {
			if from.Name == to.Name {
				continue
			}
			for _, port := range append([]int{0}, ports...) {
				all = append(all, Passage{From: from, To: to, Port: port, Allowed: port > 0 && t.Allowed(from, to, port)})
			}
		}
	}
	return all
}

// atOnce is how many are tried at a time.
const atOnce = 256

func try(ctx context.Context, n *network.Network, all []Passage) {
	var running sync.WaitGroup
	slots := make(chan struct{}, atOnce)
	for i := range all {
		slots <- struct{}{}
		running.Go(func() {
			p := &all[i]
			if p.Port == 0 {
				p.Open = ping(ctx, n, p.From, p.To)
			} else {
				p.Open = connects(ctx, n, p)
			}
			<-slots
		})
	}
	running.Wait()
}

func connects(ctx context.Context, n *network.Network, p *Passage) bool {
	ctx, cancel := context.WithTimeout(ctx, silence)
	defer cancel()
	c, err := n.Host(p.From.Name).Dial(ctx, "tcp", net.JoinHostPort(p.To.IP, strconv.Itoa(p.Port)))
	if err == nil {
		c.Close()
	}
	return err == nil
}

// echo is an ICMP echo request, its checksum made.
var echo = []byte{8, 0, 0xf7, 0xff, 0, 0, 0, 0}

// ping reports whether anything comes back on an echo request.
func ping(ctx context.Context, n *network.Network, from, to topology.Node) bool {
	c, err := n.Host(from.Name).Dial(ctx, "ip4:icmp", to.IP)
	if err != nil {
		return false
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(silence))
	if _, err := c.Write(echo); err != nil {
		return false
	}
	_, err = c.Read(make([]byte, 64))
	return err == nil
}
