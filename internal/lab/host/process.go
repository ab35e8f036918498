package host

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"time"

	"myclothes/internal/child"
)

// Command is a program and how to run it.
type Command struct {
	Name    string   // of its log, NAME.log in the host's folder
	Args    []string // the program first
	Env     []string // added to the lab's own
	NotRoot bool     // it refuses to run as root: in a user namespace of its own it sees itself as the user postgres, and is still us
}

// Process is a program that was started, in a process group of its own. It may live several times, one after the other. Safe for concurrent use.
type Process struct {
	Name string

	host    *Host
	command Command
	log     string

	mu   sync.Mutex
	life *life // the present one, or the last
}

type life struct {
	cmd  *exec.Cmd
	done chan struct{} // closed when it has ended; then err is set
	err  error
}

// Start starts a program on the host. Its output is appended to its log.
func (h *Host) Start(c Command) (*Process, error) {
	p := &Process{Name: c.Name + " of " + h.Name, host: h, command: c, log: filepath.Join(h.Dir, c.Name+".log")}
	if err := p.begin(); err != nil {
		return nil, err
	}
	h.site.mu.Lock()
	defer h.site.mu.Unlock()
	h.site.running = append(h.site.running, p)
	return p, nil
}

// begin begins a life.
func (p *Process) begin() error {
	p.mu.Lock()
	c := p.command
	p.mu.Unlock()
	line := p.host.line(c)
	p.host.site.show(shown(append(append([]string{}, c.Env...), line...), "") + " &")
	out, err := os.OpenFile(p.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer out.Close()
	l := &life{cmd: exec.Command(line[0], line[1:]...), done: make(chan struct{})}
	l.cmd.Dir, l.cmd.Env, l.cmd.Stdout, l.cmd.Stderr = p.host.Dir, environment(c.Env), out, out
	if err := child.Start(l.cmd); err != nil {
		return fmt.Errorf("%s does not start ('make lab-deps' installs what the lab needs): %w", p.Name, err)
	}
	go func() { l.err = l.cmd.Wait(); close(l.done) }()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.life = l
	return nil
}

func (p *Process) now() *life {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.life
}

// Again starts a program that has ended with the same command. It does not wait until it is ready.
func (p *Process) Again() error {
	if !p.Over() {
		return fmt.Errorf("%s still runs", p.Name)
	}
	return p.begin()
}

// Instead has the program's next life begin with other arguments.
func (p *Process) Instead(args []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.command.Args = args
}

// Boot starts every program again that ran on the host and has ended, in the order in which they were first started.
func (h *Host) Boot() error {
	h.site.mu.Lock()
	all := slices.Clone(h.site.running)
	h.site.mu.Unlock()
	for _, p := range all {
		if p.host == h && p.Over() {
			if err := p.Again(); err != nil {
				return err
			}
		}
	}
	return nil
}

// Over reports whether the program has ended.
func (p *Process) Over() bool { return p.now().over() }

func (l *life) over() bool {
	select {
	case <-l.done:
		return true
	default:
		return false
	}
}

// Signal sends to the program and what it has started. One that has ended gets nothing.
func (p *Process) Signal(s syscall.Signal) { p.now().signal(s) }

func (l *life) signal(s syscall.Signal) {
	if !l.over() {
		syscall.Kill(-l.cmd.Process.Pid, s)
	}
}

// Kill ends the program at once, wherever it is (kill −9), and waits for its end.
func (p *Process) Kill() {
	l := p.now()
	l.signal(syscall.SIGKILL)
	<-l.done
}

// Stop asks the program to end, and waits; it is an error if it ends badly or not in time, and then it is killed.
func (p *Process) Stop(within time.Duration) error {
	l := p.now()
	l.signal(syscall.SIGTERM)
	select {
	case <-l.done:
		return l.err
	case <-time.After(within):
		p.Kill()
		return fmt.Errorf("%s did not end within %s", p.Name, within)
	}
}

// Await tries until try has no error. It gives up when the time is over or the program has ended, and then tells the last error and the end of the log.
func (p *Process) Await(ctx context.Context, within time.Duration, try func() error) error {
	err := Until(ctx, within, func() error {
		if p.Over() {
			return errOver
		}
		return try()
	})
	if err != nil {
		err = fmt.Errorf("%s is not ready: %w\n%s", p.Name, err, p.Tail())
	}
	return err
}

var errOver = errors.New("it has ended")

// Until tries until try has no error, and returns the last one when the time is over or there is no more sense in trying.
func Until(ctx context.Context, within time.Duration, try func() error) error {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	for {
		err := try()
		if err == nil || errors.Is(err, errOver) {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("not within %s: %w", within, err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Tail is the end of the program's log.
func (p *Process) Tail() string {
	const most = 2000
	text, err := os.ReadFile(p.log)
	if err != nil {
		return err.Error()
	}
	if len(text) > most {
		text = text[len(text)-most:]
	}
	return string(bytes.TrimSpace(text))
}
