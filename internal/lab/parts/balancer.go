package parts

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"

	"myclothes/internal/lab/host"
)

// Balancer is HAProxy with the configuration of deploy/.
type Balancer struct {
	*host.Process
}

// StartBalancer starts a balancer before three instances, whose addresses are given.
func StartBalancer(ctx context.Context, h *host.Host, port int, affinity bool, instances [3]string) (*Balancer, error) {
	root, err := host.Root()
	if err != nil {
		return nil, err
	}
	env := []string{"LISTEN=" + h.At(port), "AFFINITY=off", "A=" + instances[0], "B=" + instances[1], "C=" + instances[2]}
	if affinity {
		env[1] = "AFFINITY=on"
	}
	p, err := h.Start(host.Command{Name: "haproxy", Env: env, Args: []string{haproxy(), "-db", "-f", filepath.Join(root, "deploy", "haproxy.cfg")}})
	if err != nil {
		return nil, err
	}
	return &Balancer{p}, p.Await(ctx, slow, func() error { return h.Healthy(ctx, fmt.Sprintf("http://%s/healthz", h.At(port))) })
}

// haproxy is where the balancer's program is; Debian puts it where only root looks.
func haproxy() string {
	if path, err := exec.LookPath("haproxy"); err == nil {
		return path
	}
	return "/usr/sbin/haproxy"
}
