// Command myclothes is the shop.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"slices"
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
	Company  app.Staff `cmd:"" help:"Businesses as customers: applications, terms, price lists, transfers, tax invoices."`
	Customer struct {
		Show struct {
			Mail   string `arg:"" help:"The customer's mail address."`
			Reason string `required:"" env:"-" help:"Why: it is written into the log of access first."`
			Staff  string `env:"-" help:"Who looks, besides the user of the operating system."`
		} `cmd:"" help:"Everything that is kept of one customer, as JSON."`
	} `cmd:"" help:"What staff may see of customers."`
	AccessLog struct {
		List   struct{} `cmd:"" default:"1" help:"Who saw whose data, when and why (the default)."`
		Verify struct{} `cmd:"" help:"Go through the chain of entries and name the first that is not as it was written."`
	} `cmd:"" help:"The log of staff's access to personal data."`
	Observe struct {
		Instances []string `arg:"" help:"Addresses of the instances, not of the load balancer: http://10.0.11.5:8080."`
	} `cmd:"" help:"Compare the pages of every instance with the database, 0.1, 1, 5 and 60 s after each change; exported as myclothes_observed_pages_total, and printed at the end."`
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
	words := strings.Fields(command)
	switch words[0] {
	case "serve":
		return app.Serve(ctx, s)
	case "migrate":
		return app.Migrate(ctx, s, os.Stdout)
	case "import":
		return app.Import(ctx, s, c.Import.File, c.Import.Pictures, os.Stdout)
	case "export":
		return app.Export(ctx, s, c.Export.File, c.Export.What, os.Stdout, os.Stderr)
	case "customer":
		show := c.Customer.Show
		return app.ShowCustomer(ctx, s, show.Mail, show.Staff, show.Reason, os.Stdout)
	case "access-log":
		if slices.Contains(words, "verify") {
			return app.VerifyAccess(ctx, s, os.Stdout)
		}
		return app.ShowAccess(ctx, s, os.Stdout)
	case "company":
		return app.Companies(ctx, s, words[1], &c.Company, os.Stdout)
	case "observe":
		return app.Observe(ctx, s, c.Observe.Instances, os.Stdout)
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
