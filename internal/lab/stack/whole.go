//go:build linux

package stack

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"myclothes/internal/lab/host"
	"myclothes/internal/lab/topology"
)

// Whole waits until everything that was started takes part again: instances, balancers, the database with its standby, the cache with its replicas.
func (s *Stack) Whole(ctx context.Context, within time.Duration) error {
	return host.Until(ctx, within, func() error {
		for _, part := range []func(context.Context) error{s.shopsOpen, s.databaseWhole, s.cachesWhole, s.Open} {
			if err := part(ctx); err != nil {
				rest(ctx)
				return err
			}
		}
		return nil
	})
}

// rest keeps waiting from being work for the machine.
func rest(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(200 * time.Millisecond):
	}
}

// shopsOpen starts an instance again that has ended, as a service manager does: one that finds no primary when it starts gives up.
func (s *Stack) shopsOpen(ctx context.Context) error {
	for _, shop := range s.Shops {
		if shop.Process == nil || shop.Away {
			continue
		}
		if shop.Over() {
			return errors.Join(errors.New("an instance had ended"), shop.Revive())
		}
		if err := shop.Host.Healthy(ctx, "http://"+shop.Address()+s.options.Architecture.Shop.HealthPath); err != nil {
			return fmt.Errorf("%w: %s", err, shop.Tail())
		}
	}
	return nil
}

func (s *Stack) databaseWhole(ctx context.Context) error {
	p, err := s.Database.Primary(ctx)
	if err != nil {
		return err
	}
	for _, h := range s.Database.Hosts {
		if h == p {
			continue
		}
		if err := s.Database.Is(ctx, h, "replica"); err != nil {
			return err
		}
	}
	_, err = s.Standby(ctx)
	return err
}

// Standby is the database machine whose standby is synchronous.
func (s *Stack) Standby(ctx context.Context) (*host.Host, error) {
	for _, h := range s.Database.Hosts {
		if s.Database.Is(ctx, h, "synchronous") == nil {
			return h, nil
		}
	}
	return nil, errors.New("no standby is synchronous")
}

func (s *Stack) cachesWhole(ctx context.Context) error {
	_, err := s.CacheMaster(ctx)
	return err
}

// CacheMaster finds the machine of the cache's master, which every other cache follows.
func (s *Stack) CacheMaster(ctx context.Context) (int, error) {
	want := fmt.Sprintf("connected_slaves:%d", len(s.Caches)-1)
	var all error
	for i, r := range s.Caches {
		err := errors.Join(r.Says(ctx, "role:master", "INFO replication"), r.Says(ctx, want, "INFO replication"))
		if err == nil {
			return i, nil
		}
		all = errors.Join(all, err)
	}
	return 0, all
}

// Node is the place of a machine in the topology.
func (s *Stack) Node(h *host.Host) topology.Node {
	for _, n := range s.Network.Topology.Nodes {
		if n.Name == h.Name {
			return n
		}
	}
	panic("no machine is called " + h.Name)
}

// CacheHost is the machine of a cache.
func (s *Stack) CacheHost(i int) *host.Host { return s.hosts("cache")[i] }

// Replicas are the addresses of so many machines that follow the primary now, as the setting replicas takes them.
func (s *Stack) Replicas(ctx context.Context, count int) (string, error) {
	p, err := s.Database.Primary(ctx)
	if err != nil {
		return "", err
	}
	var all []*host.Host
	for _, h := range s.Database.Hosts {
		if h != p && len(all) < count {
			all = append(all, h)
		}
	}
	return addresses(all), nil
}

// addresses are machines as the setting replicas takes them. Every database machine may be among them: the one that is the primary is not read until it follows another.
func addresses(hosts []*host.Host) string {
	var all []string
	for _, h := range hosts {
		all = append(all, fmt.Sprintf("postgres://postgres@%s/shop?sslmode=disable&connect_timeout=2", h.At(5432)))
	}
	return strings.Join(all, " ")
}
