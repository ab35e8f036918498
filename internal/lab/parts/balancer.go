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

// StartBalancer starts a balancer before instances, whose addresses are given: three to nine.
func StartBalancer(ctx context.Context, h *host.Host, port int, affinity bool, instances []string) (*Balancer, error) {
	root, err := host.Root()
	if err != nil {
		return nil, err
	}
	env := []string{"LISTEN=" + h.At(port), "AFFINITY=off"}
	for i, address := range instances {
		env = append(env, fmt.Sprintf("%c=%s", 'A'+i, address))
	}
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
