// Package parts starts the real parts of the architecture on a host: each returns when the part can be used.
package parts

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"myclothes/internal/lab/host"
)

// slow is how long a part may take to become ready on a busy machine.
const slow = time.Minute

// Postgres is one server without a standby.
type Postgres struct {
	*host.Process
	host *host.Host
	port int
	bin  string
}

// StartPostgres makes a data folder and starts a server on it, with further options. Anybody who reaches its port may do anything.
func StartPostgres(ctx context.Context, h *host.Host, port int, options ...string) (*Postgres, error) {
	bin, err := postgresBin()
	if err != nil {
		return nil, err
	}
	p, data := &Postgres{host: h, port: port, bin: bin}, filepath.Join(h.Dir, "data")
	initdb := []string{filepath.Join(bin, "initdb"), "-D", data, "-U", "shop", "--auth=trust", "--no-sync", "--locale=C.UTF-8", "--encoding=UTF8"}
	if _, err := h.Run(ctx, host.Command{NotRoot: true, Args: initdb}); err != nil {
		return nil, err
	}
	args := append([]string{filepath.Join(bin, "postgres"), "-D", data, "-p", strconv.Itoa(port), "-h", h.IP, "-k", h.Dir, "-c", "max_connections=200"}, options...)
	if p.Process, err = h.Start(host.Command{Name: "postgres", NotRoot: true, Args: args}); err != nil {
		return nil, err
	}
	return p, p.Await(ctx, slow, func() error {
		_, err := h.Run(ctx, host.Command{Args: []string{filepath.Join(bin, "pg_isready"), "-q", "-h", h.IP, "-p", strconv.Itoa(port)}})
		return err
	})
}

// Database makes an empty database and returns its address.
func (p *Postgres) Database(ctx context.Context, name string) (string, error) {
	createdb := []string{filepath.Join(p.bin, "createdb"), "-h", p.host.IP, "-p", strconv.Itoa(p.port), "-U", "shop", "-T", "template0", name}
	_, err := p.host.Run(ctx, host.Command{Args: createdb})
	return fmt.Sprintf("postgres://shop@%s/%s?sslmode=disable", p.host.At(p.port), name), err
}

// postgresBin is the folder of the newest PostgreSQL's programs, which Debian does not put on the path.
func postgresBin() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if len(found) == 0 {
		return "", errors.New("no /usr/lib/postgresql/*/bin/postgres: 'make lab-deps' installs it")
	}
	major := func(path string) int {
		n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
		return n
	}
	return filepath.Dir(slices.MaxFunc(found, func(a, b string) int { return major(a) - major(b) })), nil
}
