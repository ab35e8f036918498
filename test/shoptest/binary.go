package shoptest

import (
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// binary returns the path of the shop's program, built once per test process.
func binary(t testing.TB) string {
	t.Helper()
	p, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return p.path
}

// program is a built program in a folder of its own, which is there as long as this process holds it.
type program struct {
	path   string
	holder *os.File
}

var built = sync.OnceValues(func() (program, error) {
	dir, err := os.MkdirTemp("", "myclothes-bin-")
	if err != nil {
		return program{}, err
	}
	holder, err := removeAtEnd(dir)
	if err != nil {
		return program{}, err
	}
	p := program{filepath.Join(dir, "myclothes"), holder}
	cmd := exec.Command("go", "build", "-o", p.path, "./cmd/myclothes")
	if cmd.Dir, err = Root(); err != nil {
		return program{}, err
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		return program{}, fmt.Errorf("building the shop: %w\n%s", err, out)
	}
	return p, nil
})

// removeAtEnd removes dir when the file that it returns is closed, and so at the latest when this process ends, in whatever way: a shell
// waits for its standard input to end.
func removeAtEnd(dir string) (*os.File, error) {
	in, out, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	cmd := exec.Command("sh", "-c", `trap '' INT TERM; cat >/dev/null; rm -rf "$1"`, "sh", dir)
	cmd.Stdin = in
	return out, cmd.Start()
}

// Root returns the module's folder.
func Root() (string, error) {
	out, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		return "", err
	}
	return filepath.Dir(strings.TrimSpace(string(out))), nil
}

// freeAddress returns an address of the loopback that nobody listens on. Its port is below those that systems give to outgoing
// connections: one of these could take it while the shop is down.
func freeAddress(t testing.TB) string {
	t.Helper()
	for range 100 {
		address := fmt.Sprintf("127.0.0.1:%d", 12_000+rand.IntN(20_000))
		if l, err := net.Listen("tcp", address); err == nil {
			l.Close()
			return address
		}
	}
	t.Fatal("no free port")
	return ""
}
