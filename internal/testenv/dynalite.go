package testenv

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
)

// Dynalite is a running server that speaks DynamoDB's protocol and keeps its tables in memory. It has no TTL, and when a condition fails it does not tell
// the item as it was.
type Dynalite struct {
	Port int
	*process
}

// StartDynalite starts a server on a free port. It ends like StartPostgres's.
func StartDynalite() (*Dynalite, error) {
	d := &Dynalite{Port: FreePort()}
	return d, d.Start()
}

// Start starts a server that Stop ended again: on the same port, and without tables.
func (d *Dynalite) Start() error {
	root, err := moduleRoot()
	if err != nil {
		return err
	}
	program := filepath.Join(root, "test", "dynalite", "node_modules", "dynalite", "cli.js")
	if _, err := os.Stat(program); err != nil {
		return fmt.Errorf("dynalite is not installed ('make deps' does it): %w", err)
	}
	dir, err := os.MkdirTemp("", "myclothes-dynalite-")
	if err != nil {
		return err
	}
	d.process, err = keep(dir, &syscall.SysProcAttr{}, "KILL", "node", program, "--host", "127.0.0.1", "--port", strconv.Itoa(d.Port), "--createTableMs", "20")
	if err != nil {
		return err
	}
	return until(dir, "dynalite is not ready", func() bool {
		c, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", d.Port))
		if err == nil {
			c.Close()
		}
		return err == nil
	})
}

// Stop kills the server and waits for its end.
func (d *Dynalite) Stop() { d.end() }

// URL is where the server listens.
func (d *Dynalite) URL() string { return fmt.Sprintf("http://127.0.0.1:%d", d.Port) }

// moduleRoot is the folder of go.mod above the test's own.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	for ; err == nil; dir = filepath.Dir(dir) {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			err = os.ErrNotExist
		}
	}
	return "", err
}
