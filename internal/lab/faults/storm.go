//go:build linux

package faults

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

const (
	stormy   = 3000 // connections
	stormers = 16   // who open them
)

// storm opens connections to all balancers, on which nobody says anything, and holds them. Balancers give up on such after 10 s.
func storm(ctx context.Context, w *World, _ *rand.Rand) (string, func(context.Context) error, error) {
	doors := w.Stack.Door.Healthy()
	if len(doors) == 0 {
		return "", nil, errors.New("no balancer is open")
	}
	port := strconv.Itoa(w.Stack.Architecture().LoadBalancer.Ports[0])
	all := make([]net.Conn, stormy)
	var running sync.WaitGroup
	var next, failed atomic.Int64
	for range stormers {
		running.Go(func() {
			for i := int(next.Add(1)) - 1; i < stormy; i = int(next.Add(1)) - 1 {
				try, cancel := context.WithTimeout(ctx, time.Second)
				c, err := w.Stack.Visitor().Dial(try, "tcp", net.JoinHostPort(doors[i%len(doors)], port))
				cancel()
				if err != nil {
					failed.Add(1)
					continue
				}
				all[i] = c
			}
		})
	}
	running.Wait()
	return fmt.Sprintf("%d held, %d refused", stormy-failed.Load(), failed.Load()), func(context.Context) error {
		for _, c := range all {
			if c != nil {
				c.Close()
			}
		}
		return nil
	}, nil
}
