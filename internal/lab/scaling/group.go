//go:build linux

// Package scaling keeps the wanted number of instances over the zones, as an Auto Scaling group does: it starts and drains them, and replaces the unhealthy.
package scaling

import (
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"myclothes/internal/lab/host"
	"myclothes/internal/lab/parts"
	"myclothes/internal/lab/stack"
	"myclothes/internal/lab/topology"
)

// Group is the instances of a stack. Its machines stand in the zones in turn, so that any number of them is spread evenly.
type Group struct {
	stack *stack.Stack
	arch  *topology.Architecture

	mu     sync.Mutex // one change at a time
	wanted int
}

// New takes over the instances that run.
func New(s *stack.Stack, a *topology.Architecture) *Group {
	g := &Group{stack: s, arch: a}
	for _, shop := range s.Shops {
		if shop.Runs() {
			g.wanted++
		}
	}
	return g
}

// Want makes it so many: new ones are open when it returns, those that are too many have finished what they did. The youngest go first.
func (g *Group) Want(ctx context.Context, count int) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if count < 1 || count > len(g.stack.Shops) {
		return fmt.Errorf("there are machines for 1 to %d instances", len(g.stack.Shops))
	}
	g.wanted = count
	changes, ctx := errgroup.WithContext(ctx)
	for i, shop := range g.stack.Shops {
		switch {
		case i < count && !shop.Runs():
			changes.Go(func() error { return shop.Start(ctx) })
		case i >= count && shop.Runs():
			changes.Go(shop.Drain)
		}
	}
	return changes.Wait()
}

// Tend replaces instances that fail the load balancer's check, until ctx ends. It tells replaced of each, and how long it took since it last was healthy.
func (g *Group) Tend(ctx context.Context, replaced func(name string, took time.Duration)) {
	misses, healthy := map[*parts.Shop]int{}, map[*parts.Shop]time.Time{}
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		g.mu.Lock()
		for _, shop := range g.stack.Shops[:g.wanted] {
			if g.healthy(ctx, shop) == nil {
				misses[shop], healthy[shop] = 0, time.Now()
				continue
			}
			if misses[shop]++; misses[shop] < g.arch.LoadBalancer.Health.UnhealthyAfter {
				continue
			}
			if g.replace(ctx, shop) == nil {
				replaced(shop.Host.Name, time.Since(healthy[shop]))
			}
			misses[shop] = 0
		}
		g.mu.Unlock()
	}
}

func (g *Group) healthy(ctx context.Context, shop *parts.Shop) error {
	if !shop.Runs() {
		return fmt.Errorf("%s does not run", shop.Host.Name)
	}
	return shop.Host.Healthy(ctx, "http://"+shop.Address()+g.arch.Shop.HealthPath)
}

func (g *Group) replace(ctx context.Context, shop *parts.Shop) error {
	if shop.Runs() {
		shop.Kill()
	}
	return shop.Start(ctx)
}

// Replaced kills an instance and returns how long the group takes to have it open again.
func (g *Group) Replaced(ctx context.Context, i int) (time.Duration, error) {
	shop, began := g.stack.Shops[i], time.Now()
	shop.Kill()
	tending, stop := context.WithCancel(ctx)
	var running sync.WaitGroup
	running.Go(func() { g.Tend(tending, func(string, time.Duration) {}) })
	err := host.Until(ctx, time.Minute, func() error { return g.healthy(ctx, shop) })
	took := time.Since(began)
	stop()
	running.Wait()
	return took, err
}
