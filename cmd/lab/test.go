//go:build linux

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"myclothes/internal/lab/checker"
	"myclothes/internal/lab/host"
	"myclothes/internal/lab/shoppers"
	"myclothes/internal/lab/trial"
)

type test struct {
	Minutes  float64       `default:"10" help:"How long things go wrong."`
	Seed     uint64        `default:"1" help:"What goes wrong, and in which order; the same seed, the same schedule."`
	CartHome string        `default:"database" enum:"database,cookie,valkey,dynamodb" help:"Where carts live: ${enum}. In valkey a fail-over or a flush loses carts, which the table shows."`
	Cache    string        `enum:",memory,valkey,off" default:"" help:"What the shop's setting cache says: ${enum}; as deploy/architecture.json where nothing is said."`
	Shoppers int           `default:"120" help:"How many there are."`
	Rate     float64       `default:"25" help:"Interactions in a second."`
	Prices   time.Duration `default:"1s" help:"How often a price changes; 0s is never."`
	Only     string        `help:"One fault, or several at once with + between them, instead of a schedule."`
	Clocks   bool          `help:"Build the shop with a clock that can be moved, which --only clock-forward and clock-back need. The first time takes minutes."`
	Plan     bool          `help:"Print the schedule and do nothing."`
	Out      string        `type:"path" help:"Folder for test.json, with every call of every shopper."`
	Program  string        `type:"existingfile" env:"LAB_PROGRAM" help:"The shop's program; built from this repository where empty."`
}

// Run brings everything up, breaks it, and checks. A violation fails it.
func (c *test) Run(ctx context.Context, all *commands) error {
	if c.Plan {
		return c.plan()
	}
	build := (*host.Site).Build
	if c.Clocks {
		build = (*host.Site).BuildMovable
	}
	return all.with(ctx, c.Program, build, func(s *host.Site) error {
		a, err := architecture()
		if err != nil {
			return err
		}
		w, err := trial.Open(ctx, s, trial.Options{Architecture: a, Sizes: usual(a), CartHome: c.CartHome, Cache: c.Cache, Members: 8, Prices: c.Prices, Program: c.Program, Shoppers: c.Shoppers, Rate: c.Rate,
			Mix: shoppers.Ordering, Seed: c.Seed, Out: os.Stdout})
		if err != nil {
			return err
		}
		defer w.Close()
		return c.run(ctx, w)
	})
}

func (c *test) run(ctx context.Context, w *trial.World) error {
	w.Shop(ctx)
	outcomes, broken := c.breakIt(ctx, w)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err := trial.Print(os.Stdout, outcomes, w.Overall()); err != nil {
		return err
	}
	if broken != nil {
		return broken
	}
	verdict, err := w.Finish(ctx)
	if err != nil {
		return err
	}
	trial.Available(outcomes, &verdict)
	if c.Out != "" {
		if err := c.write(w, outcomes, verdict); err != nil {
			return err
		}
	}
	if err := verdict.Print(os.Stdout, w.Crowd.History); err != nil {
		return err
	}
	if n := len(verdict.Violations); n > 0 {
		return fmt.Errorf("%d promises were broken; --seed %d repeats the schedule", n, c.Seed)
	}
	return nil
}

func (c *test) breakIt(ctx context.Context, w *trial.World) ([]trial.Outcome, error) {
	if c.Only == "" {
		return w.Test(ctx, c.Seed, time.Duration(c.Minutes*float64(time.Minute)))
	}
	o, err := w.Only(ctx, c.Only, c.Seed)
	return []trial.Outcome{o}, err
}

func (c *test) plan() error {
	single, double := trial.Schedule(c.Seed, 30, c.Minutes >= 20)
	for _, step := range append(single, double...) {
		fmt.Println(step)
	}
	return nil
}

func (c *test) write(w *trial.World, outcomes []trial.Outcome, v checker.Verdict) error {
	if err := os.MkdirAll(c.Out, 0o755); err != nil {
		return err
	}
	text, err := json.MarshalIndent(map[string]any{"seed": c.Seed, "steps": outcomes, "verdict": v, "calls": w.Crowd.History.Calls()}, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(c.Out, "test.json"), text, 0o644)
}
