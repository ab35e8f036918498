//go:build linux

// Package trial lets a crowd shop in the whole architecture while it is broken, and has everything checked afterwards.
package trial

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"

	"myclothes/internal/lab/checker"
	"myclothes/internal/lab/faults"
	"myclothes/internal/lab/host"
	"myclothes/internal/lab/prices"
	"myclothes/internal/lab/shoppers"
	"myclothes/internal/lab/stack"
	"myclothes/internal/lab/topology"
)

// Options say what is tried.
type Options struct {
	Architecture *topology.Architecture
	Sizes        topology.Sizes
	Running      int // instances; 0 is all
	CartHome     string
	Cache        string // as stack.Options
	Program      string
	Flags        []string // further settings of the shop
	Shoppers     int
	Rate         float64 // interactions in a second
	Mix          shoppers.Mix
	Seed         uint64
	Members      int           // who sign in and out while others shop
	Prices       time.Duration // how often one changes while people shop; 0 is never
	Out          io.Writer     // told how it goes
}

// World is the architecture with a crowd in it.
type World struct {
	Stack *stack.Stack
	Crowd *shoppers.Crowd
	Desk  *prices.Desk // where prices change
	Began time.Time    // when the crowd began

	options Options
	stop    context.CancelFunc
	running sync.WaitGroup

	mu     sync.Mutex
	broken []prices.Span
}

// brief are settings that let things happen within a run that in a real shop take longer.
var brief = []string{"--hold-for=45s", "--payment-timeout=2s"}

// Open starts everything, fills the shelves and gathers a crowd, which does not shop yet. After an error nothing runs.
func Open(ctx context.Context, site *host.Site, o Options) (*World, error) {
	w := &World{options: o}
	if err := w.open(ctx, site); err != nil {
		w.Close()
		return nil, err
	}
	return w, nil
}

func (w *World) open(ctx context.Context, site *host.Site) (err error) {
	o := w.options
	w.Stack, err = stack.Start(ctx, site, stack.Options{Architecture: o.Architecture, Sizes: o.Sizes, Running: o.Running, CartHome: o.CartHome, Cache: o.Cache, Program: o.Program,
		Flags: append(append([]string{}, brief...), o.Flags...), Out: o.Out})
	if err != nil {
		return err
	}
	if err := w.restock(ctx); err != nil {
		return err
	}
	w.Crowd, err = shoppers.New(shoppers.Plan{URL: "http://" + stack.Name, Dial: w.Stack.Dial, Shoppers: o.Shoppers, Rate: o.Rate, Mix: o.Mix, Seed: o.Seed, Timeout: 10 * time.Second})
	if err != nil {
		return err
	}
	if err := w.Crowd.Join(ctx, o.Members, w.Books().Link); err != nil {
		return err
	}
	w.Desk = &prices.Desk{SQL: w.Stack.SQL, Page: w.Crowd.Page}
	return w.Desk.Open(ctx)
}

// restock brings so much of everything that it does not run out, but of every twentieth SKU.
func (w *World) restock(ctx context.Context) error {
	_, err := w.Stack.SQL(ctx, `UPDATE stock SET restocked = restocked + 100000, on_hand = on_hand + 100000
		WHERE sku NOT IN (SELECT sku FROM stock ORDER BY md5(sku) LIMIT (SELECT count(*) / 20 FROM stock));
		INSERT INTO catalog_change VALUES (floor(random() * 1e15), 0, extract(epoch FROM clock_timestamp()) * 1000000)`)
	return err
}

// Shop has the crowd begin.
func (w *World) Shop(ctx context.Context) {
	ctx, w.stop = context.WithCancel(ctx)
	w.Began = time.Now()
	w.running.Go(func() { w.Crowd.Shop(ctx) })
	w.running.Go(func() { w.Crowd.SignIn(ctx, 4*time.Second) })
	if every := w.options.Prices; every > 0 {
		w.running.Go(func() { w.Desk.Work(ctx, every) })
		w.running.Go(func() { w.Desk.Watch(ctx, every/2) })
	}
}

// Faults is what faults may break.
func (w *World) Faults() *faults.World { return &faults.World{Stack: w.Stack, Pay: w.Crowd.Pay} }

// Say tells how it goes, with the seconds since the crowd began.
func (w *World) Say(format string, args ...any) {
	fmt.Fprintf(w.options.Out, "%6.1f s  %s\n", time.Since(w.Began).Seconds(), fmt.Sprintf(format, args...))
}

// Books are the shop's and the provider's.
func (w *World) Books() checker.Books {
	h, ledger := w.Stack.Payer()
	b := checker.Books{SQL: w.Stack.SQL, Ledger: checker.LedgerAt(h, ledger)}
	for _, s := range w.Stack.Shops {
		b.Mails = append(b.Mails, s.Mails())
	}
	return b
}

// Finish ends the shopping, waits until everything is whole and at rest, has every shopper look at what they have, and checks the books.
func (w *World) Finish(ctx context.Context) (checker.Verdict, error) {
	w.end()
	w.Crowd.Pay("approve")
	b := w.Books()
	for _, step := range []struct {
		what string
		do   func(context.Context) error
	}{
		{"everything is whole", func(ctx context.Context) error { return w.Stack.Whole(ctx, 2*time.Minute) }},
		{"nothing is open any more", b.Rest},
		{"everybody has looked at what they have", w.Crowd.Settle},
		{"nothing is open any more", b.Rest},
	} {
		if err := step.do(ctx); err != nil {
			return checker.Verdict{}, fmt.Errorf("before the check: %w", err)
		}
		w.Say("%s", step.what)
	}
	verdict, err := checker.Check(ctx, b, w.Crowd)
	if err == nil && w.options.Prices > 0 {
		w.shown(ctx, &verdict)
	}
	return verdict, err
}

func (w *World) end() {
	if w.stop != nil {
		w.stop()
	}
	w.running.Wait()
}

// Close ends everything.
func (w *World) Close() {
	w.end()
	if w.Stack != nil {
		w.Stack.Close()
	}
}
