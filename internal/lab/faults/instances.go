//go:build linux

package faults

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"

	"myclothes/internal/lab/parts"
	"myclothes/internal/lab/stack"
)

var errNobody = errors.New("no instance runs")

// someInstance is one that runs.
func someInstance(w *World, chance *rand.Rand) (*parts.Shop, error) {
	running := slices.DeleteFunc(slices.Clone(w.Stack.Shops), func(s *parts.Shop) bool { return !s.Runs() })
	if len(running) == 0 {
		return nil, errNobody
	}
	return pick(chance, running), nil
}

func killInstance(_ context.Context, w *World, chance *rand.Rand) (string, func(context.Context) error, error) {
	s, err := someInstance(w, chance)
	if err != nil {
		return "", nil, err
	}
	s.Kill()
	return s.Host.Name, func(ctx context.Context) error { return startAgain(ctx, s) }, nil
}

// startAgain starts an instance that nobody else has started meanwhile.
func startAgain(ctx context.Context, s *parts.Shop) error {
	if s.Runs() {
		return nil
	}
	return s.Start(ctx)
}

func drainInstance(ctx context.Context, w *World, chance *rand.Rand) (string, func(context.Context) error, error) {
	s, err := someInstance(w, chance)
	if err != nil {
		return "", nil, err
	}
	return s.Host.Name, nil, replace(ctx, s, s.Flags)
}

// replace drains an instance and starts it with other flags.
func replace(ctx context.Context, s *parts.Shop, flags []string) error {
	if s.Flags = flags; !s.Runs() {
		return nil
	}
	return errors.Join(s.Drain(), s.Start(ctx))
}

func instanceHole(ctx context.Context, w *World, chance *rand.Rand) (string, func(context.Context) error, error) {
	s := pick(chance, w.Stack.Shops)
	n := w.Stack.Node(s.Host)
	return s.Host.Name, func(ctx context.Context) error { return w.Stack.Network.Hear(ctx, n) }, w.Stack.Network.Silence(ctx, n)
}

// Roll replaces every instance that runs, one after another, by one with changed flags.
func Roll(ctx context.Context, s *stack.Stack, change func(flags []string) []string) error {
	for _, shop := range s.Shops {
		if err := replace(ctx, shop, change(slices.Clone(shop.Flags))); err != nil {
			return err
		}
	}
	return nil
}

func rollingRestart(ctx context.Context, w *World, _ *rand.Rand) (string, func(context.Context) error, error) {
	return "all", nil, Roll(ctx, w.Stack, func(flags []string) []string { return flags })
}

const secondKey = "lab2:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="

// rotateKeys does as docs/carts.md says: every instance learns of the new key before one seals with it. The third rolling, which takes the old key away, is not for now: it
// waits until what that sealed has run out, 90 days.
func rotateKeys(ctx context.Context, w *World, _ *rand.Rand) (string, func(context.Context) error, error) {
	keys := strings.TrimPrefix(find(w.Stack.Shops[0].Flags, "--secret-keys="), "--secret-keys=")
	from, to := stack.FirstKey, secondKey
	if strings.HasPrefix(keys, secondKey) {
		from, to = to, from
	}
	for _, ring := range []string{from + " " + to, to + " " + from} {
		if err := Roll(ctx, w.Stack, Setting("secret-keys", ring)); err != nil {
			return "", nil, err
		}
	}
	return "all", nil, nil
}

func find(flags []string, prefix string) string {
	i := slices.IndexFunc(flags, func(f string) bool { return strings.HasPrefix(f, prefix) })
	if i < 0 {
		return ""
	}
	return flags[i]
}

// Setting changes one setting of an instance; an empty value takes it away.
func Setting(name, value string) func(flags []string) []string {
	return func(flags []string) []string {
		flags = slices.DeleteFunc(flags, func(f string) bool { return strings.HasPrefix(f, "--"+name+"=") })
		if value == "" {
			return flags
		}
		return append(flags, "--"+name+"="+value)
	}
}
