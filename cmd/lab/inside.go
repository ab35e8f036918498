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
	return c.site(func(s *host.Site) error {
		if !enclosure.Outside() {
			return do(s)
		}
		if program == "" {
			fmt.Fprintln(os.Stderr, "building the shop")
			built, err := s.Build(ctx)
			if err != nil {
				return err
			}
			os.Setenv("LAB_PROGRAM", built)
		}
		return enclosure.Enter(ctx, nil)
	})
}
