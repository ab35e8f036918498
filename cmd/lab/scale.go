//go:build linux

package main

import (
	"context"
	"fmt"
	"os"

	"myclothes/internal/lab/host"
	"myclothes/internal/lab/shoppers"
	"myclothes/internal/lab/topology"
	"myclothes/internal/lab/trial"
)

type scale struct {
	CartHome string  `default:"database" enum:"database,cookie,valkey,dynamodb" help:"Where carts live: ${enum}."`
	Rate     float64 `default:"25" help:"Interactions in a second."`
	Program  string  `type:"existingfile" env:"LAB_PROGRAM" help:"The shop's program; built from this repository where empty."`
}

// Run changes the group under shoppers. An error before an instance is killed fails it, and so does a broken promise.
func (c *scale) Run(ctx context.Context, all *commands) error {
	return all.inside(ctx, c.Program, func(s *host.Site) error {
		a, err := architecture()
		if err != nil {
			return err
		}
		w, err := trial.Open(ctx, s, trial.Options{Architecture: a, Sizes: topology.Sizes{Instances: 8, Caches: 3, Databases: 3}, Running: 2, CartHome: c.CartHome, Program: c.Program,
			Shoppers: 120, Rate: c.Rate, Mix: shoppers.Ordering, Seed: 1, Out: os.Stdout})
		if err != nil {
			return err
		}
		defer w.Close()
		w.Shop(ctx)
		return c.run(ctx, w)
	})
}

func (c *scale) run(ctx context.Context, w *trial.World) error {
	changes, err := w.Scale(ctx)
	if err != nil {
		return err
	}
	verdict, err := w.Finish(ctx)
	if err != nil {
		return err
	}
	if err := trial.PrintChanges(os.Stdout, changes); err != nil {
		return err
	}
	if err := verdict.Print(os.Stdout, w.Crowd.History); err != nil {
		return err
	}
	errors := 0
	for _, x := range changes[:len(changes)-1] { // the last one kills
		errors += x.Calls.Errors
	}
	if errors+len(verdict.Violations) > 0 {
		return fmt.Errorf("%d errors, %d broken promises", errors, len(verdict.Violations))
	}
	return nil
}
