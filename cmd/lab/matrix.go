//go:build linux

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"myclothes/internal/lab/enclosure"
	"myclothes/internal/lab/host"
	experiment "myclothes/internal/lab/matrix"
	"myclothes/internal/lab/network"
	"myclothes/internal/lab/topology"
)

type matrix struct {
	JSON bool `name:"json" help:"Print every passage that was tried instead of a table."`
}

// Run builds the machines, empty, and tries every way. A way that is not as the security groups say fails it.
func (m *matrix) Run(ctx context.Context, all *commands) error {
	if enclosure.Outside() {
		return enclosure.Enter(ctx, nil)
	}
	return all.site(func(s *host.Site) error {
		a, err := architecture()
		if err != nil {
			return err
		}
		t, err := topology.New(a, sizes)
		if err != nil {
			return err
		}
		n, err := network.Build(ctx, s, t)
		if err != nil {
			return err
		}
		passages, err := experiment.Measure(ctx, n)
		if err != nil {
			return err
		}
		return m.tell(t, passages)
	})
}

func (m *matrix) tell(t *topology.Topology, passages []experiment.Passage) error {
	wrong := experiment.Wrong(passages)
	if m.JSON {
		return json.NewEncoder(os.Stdout).Encode(passages)
	}
	if err := experiment.Print(os.Stdout, t, passages); err != nil {
		return err
	}
	for _, p := range wrong {
		fmt.Printf("wrong: %s is open: %t, allowed: %t\n", p, p.Open, p.Allowed)
	}
	if len(wrong) > 0 {
		return fmt.Errorf("%d of %d ways are not as the security groups say", len(wrong), len(passages))
	}
	fmt.Printf("%d ways were tried; they are exactly as the security groups say, and nobody answers a ping\n", len(passages))
	return nil
}

// sizes are three zones with one of everything.
var sizes = topology.Sizes{Instances: 3, Caches: 3, Databases: 3}

// usual are sizes with as many databases as the usual deployment has, the primary and its replicas.
func usual(a *topology.Architecture) topology.Sizes {
	n := sizes
	n.Databases = 1 + a.Standard.Replicas
	return n
}

func architecture() (*topology.Architecture, error) {
	root, err := host.Root()
	if err != nil {
		return nil, err
	}
	return topology.Read(root)
}
