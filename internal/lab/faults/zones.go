//go:build linux

package faults

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"

	"myclothes/internal/lab/topology"
)

func cutZone(ctx context.Context, w *World, chance *rand.Rand) (string, func(context.Context) error, error) {
	z := pick(chance, w.Stack.Network.Topology.Zones).Name
	return "zone " + z, func(ctx context.Context) error { return w.Stack.Network.Join(ctx, z) }, w.Stack.Network.Cut(ctx, z)
}

func zoneOff(ctx context.Context, w *World, chance *rand.Rand) (string, func(context.Context) error, error) {
	return off(ctx, w, pick(chance, w.Stack.Network.Topology.Zones).Name)
}

func primaryZoneOff(ctx context.Context, w *World, _ *rand.Rand) (string, func(context.Context) error, error) {
	p, err := w.Stack.Database.Primary(ctx)
	if err != nil {
		return "", nil, err
	}
	return off(ctx, w, w.Stack.Node(p).Zone)
}

// off takes the power of every machine of a zone.
func off(ctx context.Context, w *World, z string) (string, func(context.Context) error, error) {
	return "zone " + z, func(ctx context.Context) error { return w.each(ctx, z, w.Stack.Network.On) }, w.each(ctx, z, w.Stack.Network.Off)
}

// each does something with every machine of a zone.
func (w *World) each(ctx context.Context, zone string, do func(context.Context, topology.Node) error) (err error) {
	for _, n := range w.Stack.Network.Topology.In(zone) {
		err = errors.Join(err, do(ctx, n))
	}
	return err
}

func lose(percent int) func(context.Context, *World, *rand.Rand) (string, func(context.Context) error, error) {
	return func(ctx context.Context, w *World, _ *rand.Rand) (string, func(context.Context) error, error) {
		return fmt.Sprintf("%d %%", percent), func(ctx context.Context) error { return w.Stack.Network.Lose(ctx, 0) }, w.Stack.Network.Lose(ctx, percent)
	}
}

func paymentsDown(ctx context.Context, w *World, _ *rand.Rand) (string, func(context.Context) error, error) {
	h, _ := w.Stack.Payer()
	n := w.Stack.Node(h)
	return n.Name, func(ctx context.Context) error { return w.Stack.Network.Hear(ctx, n) }, w.Stack.Network.Silence(ctx, n)
}

func pay(results ...string) func(context.Context, *World, *rand.Rand) (string, func(context.Context) error, error) {
	return func(_ context.Context, w *World, _ *rand.Rand) (string, func(context.Context) error, error) {
		w.Pay(results...)
		return "payments", func(context.Context) error { w.Pay(); return nil }, nil
	}
}
