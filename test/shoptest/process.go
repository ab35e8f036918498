package shoptest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"myclothes/internal/child"
)

const (
	terminate = syscall.SIGTERM
	kill      = syscall.SIGKILL
)

// process is a running program in a process group of its own.
type process struct {
	cmd  *exec.Cmd
	done chan struct{} // closed when it has ended; then err is set
	err  error
}

// run starts the shop's program with args. It is killed when the test ends, and its log, which also goes to told, shown if the test failed.
func run(t testing.TB, name string, told io.Writer, args ...string) *process {
	t.Helper()
	log := new(tail)
	cmd := exec.Command(binary(t), args...)
	cmd.Env, cmd.Stdout = environment(), io.MultiWriter(log, told)
	cmd.Stderr = cmd.Stdout
	if err := child.Start(cmd); err != nil {
		t.Fatalf("starting %s: %v", name, err)
	}
	p := &process{cmd: cmd, done: make(chan struct{})}
	go func() { p.err = cmd.Wait(); close(p.done) }()
	t.Cleanup(func() {
		p.signal(t, kill)
		<-p.done
		if t.Failed() {
			t.Logf("log of the %s:\n%s", name, log)
		}
	})
	return p
}

// environment is this process's own without settings of the shop: a developer's must not change what a test means.
func environment() []string {
	var env []string
	for _, e := range os.Environ() {
		if !strings.HasPrefix(e, "MYCLOTHES_") {
			env = append(env, e)
		}
	}
	return env
}

func (p *process) over() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}

// signal sends to the group by its id. A process that has ended gets nothing.
func (p *process) signal(t testing.TB, s syscall.Signal) {
	if p.over() {
		return
	}
	if err := syscall.Kill(-p.cmd.Process.Pid, s); err != nil && !errors.Is(err, syscall.ESRCH) {
		t.Errorf("signal %s: %v", s, err)
	}
}

func (p *process) wait(within time.Duration) error {
	select {
	case <-p.done:
		return p.err
	case <-time.After(within):
		return fmt.Errorf("it still runs after %s", within)
	}
}

// tail keeps the end of a log. Safe for concurrent use.
type tail struct {
	mu  sync.Mutex
	log []byte
}

// progress is what a later part of the same line has written over.
var progress = regexp.MustCompile(`[^\n\r]*\r`)

const tailBytes = 64 << 10

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.log = append(t.log, b...)
	if cut := len(t.log) - tailBytes; cut > tailBytes {
		t.log = bytes.Clone(t.log[cut:])
	}
	return len(b), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return progress.ReplaceAllString(string(t.log[max(0, len(t.log)-tailBytes):]), "")
}
