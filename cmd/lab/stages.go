//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"myclothes/internal/lab/host"
	experiment "myclothes/internal/lab/stages"
)

type stages struct {
	Quick   bool   `help:"The shortest that still shows each stage: under 5 minutes on two cores."`
	Out     string `type:"path" default:"out/lab" help:"Folder for report.json and report.html."`
	Program string `type:"existingfile" env:"LAB_PROGRAM" help:"The shop's program; built from this repository where empty."`
}

// Run walks through the stages. What there is of the report is written even if a stage fails.
func (c *stages) Run(ctx context.Context, all *commands) error {
	return all.inside(ctx, c.Program, func(s *host.Site) error {
		a, err := architecture()
		if err != nil {
			return err
		}
		r, failed := experiment.Run(ctx, s, experiment.Plan{Quick: c.Quick, Architecture: a, Program: c.Program, Out: os.Stderr})
		err = errors.Join(r.Print(os.Stdout), r.Write(c.Out), failed)
		if err == nil {
			fmt.Printf("%s/report.html\n", c.Out)
			if n := r.Failed(); n > 0 {
				err = fmt.Errorf("%d rows are broken", n)
			}
		}
		return err
	})
}
