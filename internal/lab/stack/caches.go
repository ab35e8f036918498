//go:build linux

package stack

import (
	"context"
	"fmt"
	"strings"

	"myclothes/internal/lab/host"
	"myclothes/internal/lab/parts"
)

const (
	redisPort    = 6379
	sentinelPort = 26379
)

// startCaches starts a master and its replicas, and a Sentinel beside each.
func (s *Stack) startCaches(ctx context.Context) error {
	hosts := s.hosts("cache")
	for i, h := range hosts {
		var options []string
		if i > 0 {
			options = []string{"--replicaof", fmt.Sprint(hosts[0].IP, " ", redisPort)}
		}
		r, err := parts.StartRedis(ctx, h, redisPort, options...)
		if err != nil {
			return err
		}
		s.Caches = append(s.Caches, r)
	}
	var sentinels []string
	for _, h := range hosts {
		w, err := parts.StartSentinel(ctx, h, sentinelPort, hosts[0].IP, redisPort)
		if err != nil {
			return err
		}
		s.Sentinels, sentinels = append(s.Sentinels, w), append(sentinels, h.At(sentinelPort))
	}
	s.flags.valkey = "valkey+sentinel://" + strings.Join(sentinels, ",") + "/shop"
	err := s.cachesKnow(ctx, hosts)
	s.say("Redis has a master, its replicas, and Sentinels that know each other", err)
	return err
}

// cachesKnow waits until every Sentinel knows all others and every replica.
func (s *Stack) cachesKnow(ctx context.Context, hosts []*host.Host) error {
	want := fmt.Sprintf("status=ok,address=%s:%d,slaves=%d,sentinels=%d", hosts[0].IP, redisPort, len(hosts)-1, len(hosts))
	for _, w := range s.Sentinels {
		if err := w.Await(ctx, slow, func() error { return w.Says(ctx, want, "INFO sentinel") }); err != nil {
			return err
		}
	}
	return nil
}
