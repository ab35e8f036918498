//go:build linux

// Package stack puts the real parts of the architecture on the machines of a network: what runs in production, on one machine.
package stack

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"myclothes/internal/lab/host"
	"myclothes/internal/lab/network"
	"myclothes/internal/lab/parts"
	"myclothes/internal/lab/topology"
)

// Name is the shop's, as the lab's name server knows it.
const Name = "shop.myclothes.test"

// Stack is the whole architecture, running.
type Stack struct {
	Network   *network.Network
	Database  *parts.Database
	Caches    []*parts.Redis // the first was the master in the beginning
	Sentinels []*parts.Redis
	Payments  *parts.Simulator
	Shops     []*parts.Shop
	Balancers []*parts.Balancer
	Door      *Door

	site    *host.Site
	options Options
	began   time.Time
	flags   stores
}

// stores are the settings by which an instance finds its stores.
type stores struct{ database, replicas, valkey, dynamodb string }

// Options say what to start.
type Options struct {
	Architecture *topology.Architecture
	Sizes        topology.Sizes
	CartHome     string
	Cache        string    // what the shop's setting cache says; empty is as in the architecture
	Affinity     bool      // the balancers pin a visitor to an instance
	Program      string    // the shop's
	Flags        []string  // further settings of every instance
	Running      int       // how many instances are started; 0 is all. The other machines stand ready
	Out          io.Writer // gets a line for each part that stands
}

// Start builds the machines and starts everything on them. After an error the caller still closes what there is.
func Start(ctx context.Context, site *host.Site, o Options) (*Stack, error) {
	s := &Stack{site: site, options: o, began: time.Now()}
	t, err := topology.New(o.Architecture, o.Sizes)
	if err != nil {
		return s, err
	}
	s.Network, err = network.Build(ctx, site, t)
	s.say(fmt.Sprintf("%d machines in %d zones have their addresses, routes and firewalls", len(t.Nodes), len(t.Zones)), err)
	if err != nil {
		return s, err
	}
	for _, step := range []func(context.Context) error{s.startStores, s.startShops, s.startDoors} {
		if err := step(ctx); err != nil {
			return s, err
		}
	}
	return s, nil
}

// startStores starts what keeps things, and the payment provider, all at once.
func (s *Stack) startStores(ctx context.Context) error {
	all, ctx := errgroup.WithContext(ctx)
	for _, start := range []func(context.Context) error{s.startDatabase, s.startCaches, s.startDynamo, s.startPayments} {
		all.Go(func() error { return start(ctx) })
	}
	return all.Wait()
}

func (s *Stack) startDatabase(ctx context.Context) (err error) {
	hosts := s.hosts("database")
	etcds := hosts[:min(len(hosts), 3)] // one that is lost leaves two who agree
	if err := parts.StartEtcd(ctx, etcds); err != nil {
		return err
	}
	s.say("etcd agrees", nil)
	if s.Database, err = parts.StartDatabase(ctx, hosts, etcds); err != nil {
		return err
	}
	s.flags.database, err = s.Database.Create(ctx, "shop")
	s.flags.replicas = addresses(hosts)
	s.say("PostgreSQL has a primary, a synchronous standby and its other replicas", err)
	return err
}

func (s *Stack) startDynamo(ctx context.Context) error {
	d, err := parts.StartDynalite(ctx, s.hosts("dynamodb")[0], 8000)
	if err == nil {
		s.flags.dynamodb = d.Setting()
	}
	s.say("a DynamoDB-compatible server answers", err)
	return err
}

// startPayments has webhooks go to one balancer: the shop's name is known to visitors only, whose programs ask the lab's name server.
func (s *Stack) startPayments(ctx context.Context) (err error) {
	s.Payments, err = parts.StartSimulator(ctx, s.hosts("payments")[0], 8081, s.options.Program, "http://"+s.hosts("load-balancer")[0].IP)
	s.say("the payment provider's simulator answers", err)
	return err
}

// hosts are the machines of a kind.
func (s *Stack) hosts(kind string) []*host.Host {
	var all []*host.Host
	for _, n := range s.Network.Topology.Of(kind) {
		all = append(all, s.Network.Host(n.Name))
	}
	return all
}

// Payer is the payment provider's machine, and its ledger's address there.
func (s *Stack) Payer() (*host.Host, string) {
	h := s.hosts("payments")[0]
	return h, "http://" + h.At(8081) + "/ledger"
}

// SQL asks the primary, as an operator would, and returns rows as psql prints them.
func (s *Stack) SQL(ctx context.Context, text string) (string, error) {
	p, err := s.Database.Primary(ctx)
	if err != nil {
		return "", err
	}
	return s.Database.Query(ctx, p, "shop", text)
}

// Architecture is what the stack was built from.
func (s *Stack) Architecture() *topology.Architecture { return s.options.Architecture }

// Visitor is a machine in the internet.
func (s *Stack) Visitor() *host.Host { return s.hosts(topology.Internet)[0] }

// say tells of a part that stands, and since when everything began.
func (s *Stack) say(what string, err error) {
	if err == nil {
		fmt.Fprintf(s.options.Out, "%5.1f s  %s\n", time.Since(s.began).Seconds(), what)
	}
}

// media is the one folder of pictures that all instances share, as they share a bucket in production.
func (s *Stack) media() string { return filepath.Join(s.site.Dir, "media") }

// Close ends everything on the machines.
func (s *Stack) Close() {
	if s.Door != nil {
		s.Door.close()
	}
	if s.Network == nil {
		return
	}
	if err := s.Network.Close(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "lab:", err)
	}
}
