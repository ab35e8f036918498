package host

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// Dial makes a connection as seen from some machine.
type Dial func(ctx context.Context, network, address string) (net.Conn, error)

// Host is a machine on which programs run.
type Host struct {
	Name string
	IP   string // where its servers listen
	Dir  string // of its files
	Dial Dial

	enter []string
	site  *Site
}

// At is the host's address with a port.
func (h *Host) At(port int) string { return net.JoinHostPort(h.IP, strconv.Itoa(port)) }

// Write puts a file into the host's folder and returns its path.
func (h *Host) Write(name, text string) (string, error) {
	path := filepath.Join(h.Dir, name)
	return path, os.WriteFile(path, []byte(text), 0o644)
}

// Client asks over HTTP as seen from this host.
func (h *Host) Client(timeout time.Duration) *http.Client {
	return &http.Client{Timeout: timeout, Transport: &http.Transport{DialContext: h.Dial, DisableKeepAlives: true}}
}

// Healthy fails unless the URL is answered with 200, asked from this host.
func (h *Host) Healthy(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := h.Client(2 * time.Second).Do(req)
	if err != nil {
		return err
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s", url, resp.Status)
	}
	return nil
}

// Run runs a command on the host to its end and returns what it printed.
func (h *Host) Run(ctx context.Context, c Command) (string, error) {
	return h.site.Run(ctx, h.line(c)...)
}

// line is the whole command, from entering the machine to the last argument.
func (h *Host) line(c Command) []string {
	line := append([]string{}, h.enter...)
	if c.NotRoot && os.Getuid() == 0 {
		line = append(line, "unshare", "--user", "--map-user=postgres", "--map-group=postgres", "--")
	}
	return append(line, c.Args...)
}

// FreePort returns a port of the loopback address that nobody listens on. It is below those that systems give to outgoing connections: one of these could
// take it while a server is down.
func FreePort() (int, error) {
	for range 100 {
		port := 12_000 + rand.IntN(20_000)
		if l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			return port, l.Close()
		}
	}
	return 0, fmt.Errorf("no free port")
}
