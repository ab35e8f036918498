//go:build linux

package stack

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"myclothes/internal/lab/host"
	"myclothes/internal/lab/parts"
	"myclothes/internal/lab/topology"
)

// Door is the shop's name: the name server answers with the load balancers that are healthy, as seen from where it stands. AWS does this within half a
// minute; the lab is quicker, so that runs are short.
type Door struct {
	dns    *parts.DNS
	from   *host.Host
	path   string
	doors  []*host.Host
	cancel context.CancelFunc
	ended  sync.WaitGroup

	mu      sync.Mutex
	healthy []string
}

const (
	lookEvery = 500 * time.Millisecond
	missed    = 2 // checks in a row that fail or succeed before the answer changes
)

func openDoor(from *host.Host, dns *parts.DNS, doors []*host.Host, a *topology.Architecture) *Door {
	ctx, cancel := context.WithCancel(context.Background())
	d := &Door{dns: dns, from: from, path: fmt.Sprintf(":%d%s", a.LoadBalancer.Ports[0], a.Shop.HealthPath), doors: doors, cancel: cancel}
	var changes sync.Mutex // one answer is written at a time
	for _, h := range doors {
		d.ended.Go(func() { d.watch(ctx, h, &changes) })
	}
	return d
}

// watch checks one load balancer until ctx ends. The first check counts at once.
func (d *Door) watch(ctx context.Context, h *host.Host, changes *sync.Mutex) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	was, against, first := false, 0, true
	for ctx.Err() == nil {
		is := d.from.Healthy(ctx, "http://"+h.IP+d.path) == nil
		if is == was {
			against = 0
		} else if against++; against == missed || first {
			was, against = is, 0
			changes.Lock()
			d.change(h.IP, is)
			changes.Unlock()
		}
		first = false
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
}

func (d *Door) change(ip string, healthy bool) {
	d.mu.Lock()
	d.healthy = slices.DeleteFunc(d.healthy, func(x string) bool { return x == ip })
	if healthy {
		d.healthy = append(d.healthy, ip)
	}
	now := slices.Clone(d.healthy)
	d.mu.Unlock()
	d.dns.Answer(now)
}

// Healthy are the addresses that the name server answers with now.
func (d *Door) Healthy() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.healthy)
}

func (d *Door) close() {
	d.cancel()
	d.ended.Wait()
}

// Dial makes a connection to the shop as a visitor does: the name is looked up, and its addresses are tried in turn. Other addresses than the shop's are taken
// as they are.
func (s *Stack) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	name, port, err := net.SplitHostPort(address)
	if err != nil || name != Name {
		return s.Visitor().Dial(ctx, network, address)
	}
	found, err := s.Door.dns.Resolver(s.Visitor()).LookupHost(ctx, Name)
	if err != nil {
		return nil, err
	}
	for _, ip := range found {
		try, cancel := context.WithTimeout(ctx, time.Second)
		c, failed := s.Visitor().Dial(try, network, net.JoinHostPort(ip, port))
		cancel()
		if failed == nil {
			return c, nil
		}
		err = errors.Join(err, failed)
	}
	return nil, err
}

// Open fails unless the shop's first page is shown to a visitor who knows nothing but its name, and every balancer is in the name server's answer.
func (s *Stack) Open(ctx context.Context) error {
	found, err := s.Door.dns.Resolver(s.Visitor()).LookupHost(ctx, Name)
	if err == nil && len(found) != len(s.Balancers) {
		err = fmt.Errorf("the name has %d addresses, there are %d load balancers", len(found), len(s.Balancers))
	}
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+Name+"/", nil)
	if err != nil {
		return err
	}
	resp, err := (&http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{DialContext: s.Dial, DisableKeepAlives: true}}).Do(req)
	if err != nil {
		return err
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("the first page: %s", resp.Status)
	}
	return nil
}
