//go:build linux

package main

import (
	"context"
	"os"
	"time"

	experiment "myclothes/internal/lab/carts"
	"myclothes/internal/lab/host"
)

type carts struct {
	Shoppers int    `default:"200" help:"How many shop at a time."`
	Seconds  int    `default:"24" help:"How long they shop, for each home."`
	Quick    bool   `help:"A quarter of the shoppers and of the time."`
	Out      string `type:"path" help:"Folder for carts.json."`
}

// Run measures every home, prints the table and writes the file.
func (c *carts) Run(ctx context.Context, all *commands) error {
	plan := experiment.Plan{Shoppers: c.Shoppers, For: time.Duration(c.Seconds) * time.Second, KillEvery: 4 * time.Second, Pause: 2 * time.Second}
	if c.Quick {
		plan.Shoppers, plan.For, plan.KillEvery = (c.Shoppers+3)/4, plan.For/4, 2*time.Second
	}
	return all.site(func(s *host.Site) error {
		rows, err := experiment.Measure(ctx, s, plan, experiment.Homes, os.Stderr)
		if err != nil {
			return err
		}
		if c.Out != "" {
			if err := experiment.Write(c.Out, rows); err != nil {
				return err
			}
		}
		return experiment.Print(os.Stdout, rows)
	})
}
