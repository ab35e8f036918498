//go:build linux

package main

import (
	"context"
	"os"

	"myclothes/internal/lab/host"
	"myclothes/internal/lab/shoppers"
	"myclothes/internal/lab/trial"
)

type sale struct {
	Buyers   int    `default:"10000" help:"How many want one."`
	Units    int    `default:"100" help:"How many there are."`
	AtOnce   int    `default:"64" help:"How many buyers are in the shop at a time; the others wait outside."`
	Together bool   `help:"Everybody has it in the cart before the first one orders."`
	Program  string `type:"existingfile" env:"LAB_PROGRAM" help:"The shop's program; built from this repository where empty."`
}

// Run sells, and fails unless exactly the units were sold and everybody was told so.
func (c *sale) Run(ctx context.Context, all *commands) error {
	return all.inside(ctx, c.Program, func(s *host.Site) error {
		a, err := architecture()
		if err != nil {
			return err
		}
		w, err := trial.Open(ctx, s, trial.Options{Architecture: a, Sizes: sizes, CartHome: "database", Program: c.Program, Shoppers: 1, Rate: 1, Mix: shoppers.Ordering,
			Flags: []string{"--hold-for=15m"}, Out: os.Stdout})
		if err != nil {
			return err
		}
		defer w.Close()
		result, err := w.Sell(ctx, c.Buyers, c.Units, c.AtOnce, c.Together)
		if err != nil {
			return err
		}
		result.Print(os.Stdout)
		return result.Right()
	})
}
