//go:build linux

// Package zone takes an availability zone away, with the database's primary in it, and counts what visitors notice.
package zone

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"myclothes/internal/lab/enclosure"
	"myclothes/internal/lab/host"
	"myclothes/internal/lab/network"
	"myclothes/internal/lab/stack"
	"myclothes/internal/lab/topology"
)

// TestMain runs the tests inside an enclosure, where they may build networks.
func TestMain(m *testing.M) {
	enclosure.Begin()
	flag.Parse()
	if !enclosure.Outside() {
		os.Exit(m.Run())
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := outside(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// outside builds the shop where there is a network, and goes in.
func outside(ctx context.Context) error {
	site, err := host.Open(nil)
	if err != nil {
		return err
	}
	defer site.Close()
	program, err := site.Build(ctx)
	if err != nil {
		return err
	}
	os.Setenv("LAB_PROGRAM", program)
	return enclosure.Enter(ctx, nil)
}

func start(t *testing.T) *stack.Stack {
	t.Helper()
	root, err := host.Root()
	if err != nil {
		t.Fatal(err)
	}
	a, err := topology.Read(root)
	if err != nil {
		t.Fatal(err)
	}
	site, err := host.Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { site.Close() })
	s, err := stack.Start(t.Context(), site, stack.Options{Architecture: a, Sizes: topology.Sizes{Instances: 3, Caches: 3, Databases: 3}, CartHome: "database",
		Program: os.Getenv("LAB_PROGRAM"), Out: os.Stderr})
	t.Cleanup(s.Close)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// caller does one thing again and again, and remembers when it failed.
type caller struct {
	what string
	call func() error

	mu         sync.Mutex
	calls, bad int
	row        int // successes in a row
	lastBad    time.Time
	worst      error
}

const (
	pause  = 100 * time.Millisecond
	steady = 50 // successes in a row that count as peace
)

func (c *caller) run(ctx context.Context) {
	for ctx.Err() == nil {
		err := c.call()
		c.mu.Lock()
		c.calls++
		c.row++
		if err != nil {
			c.bad, c.row, c.lastBad, c.worst = c.bad+1, 0, time.Now(), err
		}
		c.mu.Unlock()
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

func (c *caller) peace() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.row < steady {
		return fmt.Errorf("%s: %d in a row, of %d calls %d failed, at last with: %w", c.what, c.row, c.calls, c.bad, c.worst)
	}
	return nil
}

// tell says for how long after since calls went on to fail.
func (c *caller) tell(t *testing.T, since time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	gap := max(0, c.lastBad.Sub(since))
	t.Logf("%s: %d of %d calls failed, the last one %.1f s after the zone was lost (%v)", c.what, c.bad, c.calls, gap.Seconds(), c.worst)
}

// visitor comes in through the shop's name, each time anew.
func visitor(s *stack.Stack) *http.Client {
	jar, _ := cookiejar.New(nil) // fails never without options
	return &http.Client{Jar: jar, Timeout: 5 * time.Second, Transport: &http.Transport{DialContext: s.Dial, DisableKeepAlives: true}}
}

func ask(c *http.Client, method, path, body string) ([]byte, error) {
	req, err := http.NewRequest(method, "http://"+stack.Name+path, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := c.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = errors.New(resp.Status)
	}
	return text, err
}

// shirt is one of the demo's, of which there are plenty.
const shirt = "OXFORD-001-SKY-XL"

// loss is a way to lose a zone, and how it comes back.
type loss struct {
	name       string
	lose, gain func(ctx context.Context, n *network.Network, zone string) error
}

var losses = []loss{
	{"cut off", func(ctx context.Context, n *network.Network, zone string) error { return n.Cut(ctx, zone) },
		func(ctx context.Context, n *network.Network, zone string) error { return n.Join(ctx, zone) }},
	{"without power", everywhere((*network.Network).Off), everywhere((*network.Network).On)},
}

func everywhere(do func(*network.Network, context.Context, topology.Node) error) func(context.Context, *network.Network, string) error {
	return func(ctx context.Context, n *network.Network, zone string) (err error) {
		for _, m := range n.Topology.In(zone) {
			err = errors.Join(err, do(n, ctx, m))
		}
		return err
	}
}

// TestTheZoneOfThePrimaryIsLost: the others elect a primary, the name leads past the zone, nothing acknowledged is lost, and the zone comes back.
func TestTheZoneOfThePrimaryIsLost(t *testing.T) {
	for _, l := range losses {
		t.Run(l.name, func(t *testing.T) { l.test(t, start(t)) })
	}
}

func (l loss) test(t *testing.T, s *stack.Stack) {
	primary, err := s.Database.Primary(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	zone := strings.TrimPrefix(primary.Name, "db-")
	shopper := &shopper{client: visitor(s)}
	reads := &caller{what: "the first page", call: func() error { _, err := ask(visitor(s), "GET", "/", ""); return err }}
	writes := &caller{what: "changes of a cart", call: shopper.change}
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	for _, c := range []*caller{reads, writes} {
		running.Go(func() { c.run(ctx) })
	}
	t.Cleanup(func() { cancel(); running.Wait() })
	peace(t, "before", reads, writes)

	lost := time.Now()
	if err := l.lose(t.Context(), s.Network, zone); err != nil {
		t.Fatal(err)
	}
	elected(t, s, primary)
	t.Logf("another primary %.1f s after zone %s was lost", time.Since(lost).Seconds(), zone)
	peace(t, "with a zone less", reads, writes)
	reads.tell(t, lost)
	writes.tell(t, lost)
	if n := len(s.Door.Healthy()); n != len(s.Balancers)-1 {
		t.Errorf("the name leads to %d load balancers, one of %d is lost", n, len(s.Balancers))
	}

	if err := l.gain(t.Context(), s.Network, zone); err != nil {
		t.Fatal(err)
	}
	whole(t, s, primary)
	peace(t, "after", reads, writes)
	cancel()
	running.Wait()
	shopper.found(t)
}

// elected waits for another primary than the one that is lost.
func elected(t *testing.T, s *stack.Stack, lost *host.Host) {
	t.Helper()
	err := host.Until(t.Context(), 2*time.Minute, func() error {
		if now, err := s.Database.Primary(t.Context()); err != nil || now == lost {
			return fmt.Errorf("no other primary: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// whole waits until everything that was lost takes part again.
func whole(t *testing.T, s *stack.Stack, primary *host.Host) {
	t.Helper()
	for what, try := range map[string]func() error{
		"the old primary follows":      func() error { return s.Database.Is(t.Context(), primary, "replica") },
		"every load balancer is found": func() error { return s.Open(t.Context()) },
		"the cache has its two replicas": func() error {
			var all error
			for _, r := range s.Caches {
				err := r.Says(t.Context(), "connected_slaves:2", "INFO replication")
				if err == nil {
					return nil
				}
				all = errors.Join(all, err)
			}
			return all
		},
	} {
		if err := host.Until(t.Context(), 2*time.Minute, try); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// shopper changes one line of a cart, and knows what was acknowledged last.
type shopper struct {
	client              *http.Client
	asked, acknowledged int
}

func (s *shopper) change() (err error) {
	s.asked = s.asked%9 + 1
	if s.acknowledged == 0 {
		s.asked = 1
		_, err = ask(s.client, "POST", "/api/v1/cart/lines", fmt.Sprintf(`{"sku":%q,"quantity":1}`, shirt))
	} else {
		_, err = ask(s.client, "PATCH", "/api/v1/cart/lines/"+shirt, fmt.Sprintf(`{"quantity":%d}`, s.asked))
	}
	if err == nil {
		s.acknowledged = s.asked
	}
	return err
}

// found compares the cart with what was acknowledged last.
func (s *shopper) found(t *testing.T) {
	t.Helper()
	text, err := ask(s.client, "GET", "/api/v1/cart", "")
	var cart struct {
		Count int `json:"item_count"`
	}
	if err = errors.Join(err, json.Unmarshal(text, &cart)); err != nil || cart.Count != s.acknowledged {
		t.Errorf("the cart holds %d, the last acknowledged quantity was %d: %v", cart.Count, s.acknowledged, err)
	}
}

func peace(t *testing.T, when string, all ...*caller) {
	t.Helper()
	for _, c := range all {
		if err := host.Until(t.Context(), 2*time.Minute, c.peace); err != nil {
			t.Fatalf("%s: %v", when, err)
		}
	}
}
