package app

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"myclothes/internal/config"
	"myclothes/internal/obs"
	"myclothes/internal/observer"
	"myclothes/internal/store"
)

// observed is when the observer looks, counted from each change.
var observed = []time.Duration{100 * time.Millisecond, time.Second, 5 * time.Second, time.Minute}

// observedAtOnce bounds the changes that are looked after; a busy shop's are thereby sampled.
const observedAtOnce = 200

// Observe compares the pages of instances with the database after every change until ctx ends, exports what it sees on the operators' port, and then prints it.
func Observe(ctx context.Context, s *config.Settings, instances []string, out io.Writer) error {
	logTo(s, false)
	s.Complete()
	db, err := store.Open(store.Options{Address: s.Database})
	if err != nil {
		return err
	}
	defer db.Close()
	metrics := obs.New(s.Zone, instance(s), Version)
	ops, err := net.Listen("tcp", s.OpsListen)
	if err != nil {
		return fmt.Errorf("--ops-listen: %w", err)
	}
	server := &http.Server{Handler: metrics.Handler(nil), ReadHeaderTimeout: headerTimeout, ErrorLog: quiet()}
	go server.Serve(ops)
	defer server.Close()
	var mu sync.Mutex
	counts := map[time.Duration]map[observer.Seen]int{}
	o := &observer.Observer{Source: db.Catalog(), Instances: instances, After: observed, Most: observedAtOnce, Now: time.Now,
		Saw: func(instance string, after time.Duration, as observer.Seen) {
			metrics.Observed(instance, after, string(as))
			mu.Lock()
			defer mu.Unlock()
			if counts[after] == nil {
				counts[after] = map[observer.Seen]int{}
			}
			counts[after][as]++
		}}
	err = o.Run(ctx)
	for _, after := range slices.Sorted(maps.Keys(counts)) {
		c := counts[after]
		compared := c[observer.True] + c[observer.Stale]
		fmt.Fprintf(out, "%8v after a change: %d pages compared, %d old (%.2f %%), %d changed meanwhile, %d not seen\n",
			after, compared, c[observer.Stale], 100*float64(c[observer.Stale])/float64(max(1, compared)), c[observer.Changing], c[observer.Unseen])
	}
	return err
}
