// Command myclothes is the shop.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"myclothes/internal/app"
	"myclothes/internal/config"
)

type commands struct {
	config.Settings `embed:""`

	Demo    struct{} `cmd:"" default:"withargs" help:"The whole shop with nothing installed (the default)."`
	Serve   struct{} `cmd:"" help:"The shop in production."`
	Migrate struct{} `cmd:"" help:"Bring the database's schema to this version."`
	Import  struct {
		File     string `arg:"" type:"existingfile" help:"A CSV file of products, categories or brands, or a JSON file of all of them."`
		Pictures string `type:"existingdir" env:"-" help:"The folder with the pictures that the file names."`
	} `cmd:"" help:"Bring a catalogue in: checked whole, then written whole or not at all."`
	Export struct {
		File string `arg:"" optional:"" help:"Where to: .json for everything, else CSV; without one, CSV on standard output."`
		What string `enum:"products,categories,brands" default:"products" env:"-" help:"What a CSV file holds: ${enum}."`
	} `cmd:"" help:"Write the catalogue out; importing the file again changes nothing."`
	Config    struct{} `cmd:"" help:"Print the effective settings, secrets hidden."`
	Simulator struct{} `cmd:"" help:"The payment simulator alone."`
	Version   struct{} `cmd:"" help:"Print the version."`
}

func main() {
	var c commands
	parser := kong.Must(&c, kong.Name("myclothes"), kong.Description("A Korean-first fashion store in one binary."), kong.DefaultEnvars(config.Prefix), kong.UsageOnError())
	chosen, err := parser.Parse(os.Args[1:])
	parser.FatalIfErrorf(err)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	if err := run(ctx, chosen.Command(), &c); err != nil {
		fmt.Fprintln(os.Stderr, "myclothes:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, command string, c *commands) error {
	s := &c.Settings
	command, _, _ = strings.Cut(command, " ") // without its arguments
	switch command {
	case "serve":
		return app.Serve(ctx, s)
	case "migrate":
		return app.Migrate(ctx, s, os.Stdout)
	case "import":
		return app.Import(ctx, s, c.Import.File, c.Import.Pictures, os.Stdout)
	case "export":
		return app.Export(ctx, s, c.Export.File, c.Export.What, os.Stdout, os.Stderr)
	case "config":
		return app.Show(s, os.Stdout)
	case "simulator":
		return app.Simulate(ctx, s, os.Stdout)
	case "version":
		fmt.Println(app.Version)
		return nil
	}
	return app.Demo(ctx, s, os.Stdout)
}
