package parts

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"myclothes/internal/lab/host"
)

const (
	etcdPort = 2379
	etcdPeer = 2380
)

// StartEtcd starts a cluster with a member on each host, and returns when all of them agree.
func StartEtcd(ctx context.Context, hosts []*host.Host) error {
	var cluster []string
	for _, h := range hosts {
		cluster = append(cluster, fmt.Sprintf("%s=http://%s", h.Name, h.At(etcdPeer)))
	}
	var members []*host.Process
	for _, h := range hosts {
		client, peer := "http://"+h.At(etcdPort), "http://"+h.At(etcdPeer)
		p, err := h.Start(host.Command{Name: "etcd", Args: []string{"etcd", "--name", h.Name, "--data-dir", filepath.Join(h.Dir, "etcd"),
			"--listen-client-urls", client, "--advertise-client-urls", client, "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer,
			"--initial-cluster", strings.Join(cluster, ","), "--initial-cluster-state", "new"}})
		if err != nil {
			return err
		}
		members = append(members, p)
	}
	for i, p := range members {
		if err := p.Await(ctx, slow, func() error { return hosts[i].Healthy(ctx, "http://"+hosts[i].At(etcdPort)+"/health") }); err != nil {
			return err
		}
	}
	return nil
}
