//go:build linux

package faults

import (
	"context"
	"math/rand/v2"
	"syscall"

	"myclothes/internal/lab/host"
)

// pausePrimary freezes the whole machine of the primary, as when a virtual machine is moved. Longer than Patroni's lock, and it wakes up as a primary beside another one.
func pausePrimary(ctx context.Context, w *World, _ *rand.Rand) (string, func(context.Context) error, error) {
	p, err := w.Stack.Database.Primary(ctx)
	if err != nil {
		return "", nil, err
	}
	n := w.Stack.Node(p)
	return p.Name, func(ctx context.Context) error { return w.Stack.Network.Signal(ctx, n, syscall.SIGCONT) }, w.Stack.Network.Signal(ctx, n, syscall.SIGSTOP)
}

func killPrimary(ctx context.Context, w *World, _ *rand.Rand) (string, func(context.Context) error, error) {
	p, err := w.Stack.Database.Primary(ctx)
	if err != nil {
		return "", nil, err
	}
	return killDatabase(ctx, w, p)
}

// killDatabase kills every program on a database's machine, which goes on answering that nobody listens there.
func killDatabase(ctx context.Context, w *World, h *host.Host) (string, func(context.Context) error, error) {
	return h.Name, func(context.Context) error { return h.Boot() }, w.Stack.Network.Signal(ctx, w.Stack.Node(h), syscall.SIGKILL)
}

func killReplica(ctx context.Context, w *World, chance *rand.Rand) (string, func(context.Context) error, error) {
	h, err := someReplica(ctx, w, chance)
	if err != nil {
		return "", nil, err
	}
	return killDatabase(ctx, w, h)
}

// lagReplica has a replica take what the primary sends, and not show it.
func lagReplica(ctx context.Context, w *World, chance *rand.Rand) (string, func(context.Context) error, error) {
	h, err := someReplica(ctx, w, chance)
	if err != nil {
		return "", nil, err
	}
	_, err = w.Stack.Database.Query(ctx, h, "shop", "SELECT pg_wal_replay_pause()")
	return h.Name, func(ctx context.Context) error {
		_, err := w.Stack.Database.Query(ctx, h, "shop", "SELECT CASE WHEN pg_is_in_recovery() THEN pg_wal_replay_resume() END")
		return err
	}, err
}

// someReplica is a machine that follows the primary.
func someReplica(ctx context.Context, w *World, chance *rand.Rand) (*host.Host, error) {
	p, err := w.Stack.Database.Primary(ctx)
	if err != nil {
		return nil, err
	}
	for {
		if h := pick(chance, w.Stack.Database.Hosts); h != p {
			return h, nil
		}
	}
}
