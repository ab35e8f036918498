// Package host runs programs for the lab: on this machine, or on a node with a network of its own.
//
// Whatever a Site has started ends with it, and with this process in whatever way that ends.
package host

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// prefix begins the name of every folder that a run leaves its files in.
const prefix = "myclothes-lab-"

// Site is one run of the lab: its folder, and every program that it has started. Safe for concurrent use.
type Site struct {
	Dir string

	show    func(command string)
	lock    *os.File // held as long as the run lives
	mu      sync.Mutex
	running []*Process
}

// Open makes the folder of a run, after removing those of runs that died. show is told of every command before it runs; nil shows none.
func Open(show func(command string)) (*Site, error) {
	if _, err := Clean(); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", prefix)
	if err != nil {
		return nil, err
	}
	s := &Site{Dir: dir, show: show}
	if s.show == nil {
		s.show = func(string) {}
	}
	s.lock, err = hold(dir, os.O_CREATE)
	return s, err
}

// hold takes the lock of a run's folder, which the system lets go of when the run is over, however it ended.
func hold(dir string, flags int) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_RDWR|flags, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// young is how old a folder without a lock may be that belongs to a run which is just beginning.
const young = time.Minute

// Clean removes the folders of runs that died without removing them, and returns which. Programs and networks of such a run have ended with it.
func Clean() ([]string, error) {
	found, err := filepath.Glob(filepath.Join(os.TempDir(), prefix+"*"))
	var removed []string
	for _, dir := range found {
		info, gone := os.Stat(dir)
		if gone != nil {
			continue
		}
		f, held := hold(dir, 0)
		if errors.Is(held, os.ErrNotExist) && time.Since(info.ModTime()) < young || held != nil && !errors.Is(held, os.ErrNotExist) {
			continue
		}
		err = errors.Join(err, os.RemoveAll(dir))
		if f != nil {
			f.Close()
		}
		removed = append(removed, dir)
	}
	return removed, err
}

// Close kills what still runs, the last first, and removes the folder.
func (s *Site) Close() error {
	s.mu.Lock()
	running := s.running
	s.running = nil
	s.mu.Unlock()
	for i := len(running) - 1; i >= 0; i-- {
		running[i].Kill()
	}
	err := os.RemoveAll(s.Dir)
	return errors.Join(err, s.lock.Close())
}

// Run runs a command to its end and returns what it printed; its error says the command and what it complained of.
func (s *Site) Run(ctx context.Context, args ...string) (string, error) {
	return s.feed(ctx, "", args...)
}

// Feed is Run with a text on standard input.
func (s *Site) Feed(ctx context.Context, text string, args ...string) (string, error) {
	return s.feed(ctx, text, args...)
}

func (s *Site) feed(ctx context.Context, text string, args ...string) (string, error) {
	s.show(shown(args, text))
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Env, cmd.Stdin = environment(nil), strings.NewReader(text)
	out, err := cmd.CombinedOutput()
	if err != nil {
		err = fmt.Errorf("%s: %w: %s", strings.Join(args, " "), err, strings.TrimSpace(string(out)))
	}
	return string(out), err
}

// shown is a command as one would type it.
func shown(args []string, text string) string {
	quoted := make([]string, len(args))
	for i, a := range args {
		if a == "" || strings.ContainsAny(a, " \t\n\"'$&|;<>(){}*?`\\") {
			a = "'" + strings.ReplaceAll(a, "'", `'\''`) + "'"
		}
		quoted[i] = a
	}
	line := strings.Join(quoted, " ")
	if text != "" {
		line += " <<'END'\n" + strings.TrimRight(text, "\n") + "\nEND"
	}
	return line
}

// environment is this process's own without settings of the shop, and with what is added.
func environment(added []string) []string {
	var env []string
	for _, e := range os.Environ() {
		if !strings.HasPrefix(e, "MYCLOTHES_") {
			env = append(env, e)
		}
	}
	return append(env, added...)
}

// Here is this machine, with its loopback address.
func (s *Site) Here(name string) (*Host, error) {
	return s.Host(name, "127.0.0.1", nil, (&net.Dialer{}).DialContext)
}

// Host describes a machine and makes its folder. enter comes before every command that is to run there; dial makes connections from there.
func (s *Site) Host(name, ip string, enter []string, dial Dial) (*Host, error) {
	h := &Host{Name: name, IP: ip, Dir: filepath.Join(s.Dir, name), Dial: dial, enter: enter, site: s}
	return h, os.MkdirAll(h.Dir, 0o755)
}
