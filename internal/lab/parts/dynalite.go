package parts

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"myclothes/internal/lab/host"
)

// Dynalite is a server that speaks DynamoDB's protocol and keeps its tables in memory.
type Dynalite struct {
	*host.Process
	host *host.Host
	port int
}

// StartDynalite starts the server from the packages that 'make deps' has installed.
func StartDynalite(ctx context.Context, h *host.Host, port int) (*Dynalite, error) {
	root, err := host.Root()
	if err != nil {
		return nil, err
	}
	program := filepath.Join(root, "test", "dynalite", "node_modules", "dynalite", "cli.js")
	if _, err := os.Stat(program); err != nil {
		return nil, fmt.Errorf("dynalite is not installed ('make deps' does it): %w", err)
	}
	d := &Dynalite{host: h, port: port}
	args := []string{"node", program, "--host", h.IP, "--port", strconv.Itoa(port), "--createTableMs", "20"}
	if d.Process, err = h.Start(host.Command{Name: "dynalite", Args: args}); err != nil {
		return nil, err
	}
	return d, d.Await(ctx, slow, func() error { return listens(ctx, h, port) })
}

// Setting is what the shop's setting dynamodb says.
func (d *Dynalite) Setting() string {
	return fmt.Sprintf("dynamodb://ap-northeast-2/carts?endpoint=http://%s&create=true", d.host.At(d.port))
}

// listens fails unless somebody takes connections on a port of the host.
func listens(ctx context.Context, h *host.Host, port int) error {
	c, err := h.Dial(ctx, "tcp", h.At(port))
	if err == nil {
		c.Close()
	}
	return err
}
