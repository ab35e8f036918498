//go:build linux

// Command lab builds the shop's whole architecture on one Linux machine out of the real parts, and breaks it.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"myclothes/internal/lab/enclosure"
	"myclothes/internal/lab/host"
)

type commands struct {
	ShowCommands bool `help:"Show every command that is run, as one would type it."`

	Carts  carts  `cmd:"" help:"Where is the cart when the next request lands on another instance? One table over all homes of carts."`
	Matrix matrix `cmd:"" help:"Who reaches whom: real packets between all kinds of machines, beside the security groups."`
	Up     up     `cmd:"" help:"The whole architecture, until Ctrl-C."`
	Stages stages `cmd:"" help:"Through all nine stages, each with its fault: a table, report.json and report.html."`
	Test   test   `cmd:"" help:"Shoppers in the whole architecture while it is broken, and then everything that must hold is checked."`
	Sale   sale   `cmd:"" help:"A flash sale: so many buyers, so few units."`
	Scale  scale  `cmd:"" help:"The scaling group: 2, 8, 2 instances, a new version and a new key, under shoppers."`
	Clean  clean  `cmd:"" help:"Remove what runs left behind that were killed."`
}

func main() {
	enclosure.Begin()
	var c commands
	chosen := kong.Parse(&c, kong.Name("lab"), kong.Description("Three availability zones on one machine."), kong.UsageOnError())
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once, and the system its programs
	chosen.BindTo(ctx, (*context.Context)(nil))
	err := chosen.Run(&c)
	if errors.Is(err, enclosure.ErrInside) {
		os.Exit(1)
	}
	if err != nil && ctx.Err() != nil {
		fmt.Fprintln(os.Stderr, "lab: stopped")
		os.Exit(130)
	}
	chosen.FatalIfErrorf(err)
}

// site opens a run that ends with the function it is given to.
func (c *commands) site(do func(*host.Site) error) error {
	var show func(string)
	if c.ShowCommands {
		show = func(command string) { fmt.Fprintln(os.Stderr, "$", command) }
	}
	s, err := host.Open(show)
	if err != nil {
		return err
	}
	defer s.Close()
	return do(s)
}

type clean struct{}

// Run removes the folders of dead runs.
func (clean) Run() error {
	removed, err := host.Clean()
	for _, dir := range removed {
		fmt.Println("removed", dir)
	}
	return err
}
