// Package testenv starts the real servers that tests need, on free ports, and ends them with the test process.
//
// A server that is not installed is a failure, never a skip: 'make deps' installs it.
package testenv

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// Engines runs test once per database engine, each time with the address of a new, empty database.
func Engines(t *testing.T, test func(t *testing.T, address string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, Postgres(t)) })
}

// SQLite returns the address of a database in a new file.
func SQLite(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "shop.db") }

// Postgres returns the address of a new, empty database on a server that all tests of the process share.
func Postgres(t testing.TB) string {
	t.Helper()
	s, err := shared()
	if err != nil {
		t.Fatalf("PostgreSQL did not start ('make deps' installs it): %v", err)
	}
	address, err := s.NewDatabase()
	if err != nil {
		t.Fatal(err)
	}
	return address
}

var shared = sync.OnceValues(func() (*Server, error) { return StartPostgres("-c", "fsync=off") })

// Server is a running PostgreSQL of its own data folder.
type Server struct {
	Bin   string // folder of PostgreSQL's programs
	Port  int
	PID   int // of the server's first process
	count atomic.Int64
	*process
}

// StartPostgres makes a data folder and starts a server on it with further options. The server ends, and its folder goes, when
// Stop is called or this process ends in whatever way: a shell holds the server and waits for its standard input to close.
func StartPostgres(options ...string) (*Server, error) {
	bin, err := pgBin()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "myclothes-pg-")
	if err != nil {
		return nil, err
	}
	who, err := pgUser(dir)
	if err != nil {
		return nil, err
	}
	data := filepath.Join(dir, "data")
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "shop", "--auth=trust", "--no-sync", "--locale=C.UTF-8", "--encoding=UTF8")
	initdb.SysProcAttr, initdb.Dir = who, dir
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	s := &Server{Bin: bin, Port: FreePort()}
	args := append([]string{"-D", data, "-p", strconv.Itoa(s.Port), "-h", "127.0.0.1", "-k", dir, "-c", "max_connections=200"}, options...)
	return s, s.run(dir, who, args)
}

func (s *Server) run(dir string, who *syscall.SysProcAttr, args []string) error {
	p, err := keep(dir, who, "INT", append([]string{filepath.Join(s.Bin, "postgres")}, args...)...)
	if err != nil {
		return err
	}
	s.process, s.PID = p, p.pid
	return s.await(dir)
}

// await returns when the server takes connections, or with its log when it does not within a minute.
func (s *Server) await(dir string) error {
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if exec.Command(filepath.Join(s.Bin, "pg_isready"), "-q", "-h", "127.0.0.1", "-p", strconv.Itoa(s.Port)).Run() == nil {
			return nil
		}
	}
	log, _ := os.ReadFile(filepath.Join(dir, "log"))
	return fmt.Errorf("the server is not ready after a minute: %s", log)
}

// NewDatabase makes an empty database and returns its address.
func (s *Server) NewDatabase() (string, error) {
	name := fmt.Sprintf("shop_%d", s.count.Add(1))
	out, err := exec.Command(filepath.Join(s.Bin, "createdb"), "-h", "127.0.0.1", "-p", strconv.Itoa(s.Port), "-U", "shop", "-T", "template0", name).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("createdb: %w: %s", err, out)
	}
	return fmt.Sprintf("postgres://shop@127.0.0.1:%d/%s?sslmode=disable", s.Port, name), nil
}

// Stop ends the server and waits for it.
func (s *Server) Stop() { s.end() }

// pgBin finds the newest PostgreSQL that Debian installed.
func pgBin() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if len(found) == 0 {
		return "", fmt.Errorf("no /usr/lib/postgresql/*/bin/postgres")
	}
	slices.SortFunc(found, func(a, b string) int { return pgMajor(a) - pgMajor(b) })
	return filepath.Dir(found[len(found)-1]), nil
}

func pgMajor(path string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
	return n
}

// pgUser makes dir belong to the user who runs the server: PostgreSQL refuses to run as root.
func pgUser(dir string) (*syscall.SysProcAttr, error) {
	if os.Getuid() != 0 {
		return &syscall.SysProcAttr{}, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, err
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, os.Chown(dir, uid, gid)
}

// FreePort returns a port of the loopback address that nobody listened on a moment ago.
func FreePort() int {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}
