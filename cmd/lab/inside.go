//go:build linux

package main

import (
	"context"
	"fmt"
	"os"

	"myclothes/internal/lab/enclosure"
	"myclothes/internal/lab/host"
)

// inside runs do in an enclosure. Outside, where there is a network, the shop's program is built first, unless one is given.
func (c *commands) inside(ctx context.Context, program string, do func(*host.Site) error) error {
	return c.with(ctx, program, (*host.Site).Build, do)
}

// with is inside with a way to build.
func (c *commands) with(ctx context.Context, program string, build func(*host.Site, context.Context) (string, error), do func(*host.Site) error) error {
	return c.site(func(s *host.Site) error {
		if !enclosure.Outside() {
			return do(s)
		}
		if program == "" {
			fmt.Fprintln(os.Stderr, "building the shop")
			built, err := build(s, ctx)
			if err != nil {
				return err
			}
			os.Setenv("LAB_PROGRAM", built)
		}
		return enclosure.Enter(ctx, nil)
	})
}
