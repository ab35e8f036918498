package testenv

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// process is a server that ends, and whose folder goes, when end is called or this process ends in whatever way: a shell holds the server and waits for its
// standard input to close.
type process struct {
	pid   int // of the server itself
	stdin io.Closer
	ended chan struct{}
}

const keeper = `dir=$1; signal=$2; shift 2
"$@" >"$dir/log" 2>&1 & pid=$!
echo $pid
exec 2>/dev/null # no word of how it ended
cat >/dev/null
kill -$signal $pid; wait $pid; rm -rf "$dir"`

// keep starts a server in dir, which gets its output as "log". The signal is what ends it.
func keep(dir string, who *syscall.SysProcAttr, signal string, command ...string) (*process, error) {
	cmd := exec.Command("sh", append([]string{"-c", keeper, "sh", dir, signal}, command...)...)
	who.Setpgid = true // a Ctrl-C is ours to pass on
	cmd.SysProcAttr, cmd.Dir, cmd.Stderr = who, dir, os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{stdin: in, ended: make(chan struct{})}
	if _, err := fmt.Fscan(out, &p.pid); err != nil {
		return nil, err
	}
	go func() { cmd.Wait(); close(p.ended) }()
	return p, nil
}

// end ends the server and waits for it. Ending it twice is ending it once.
func (p *process) end() {
	p.stdin.Close()
	<-p.ended
}

// Pause stops the server's work until Resume, as when its machine stalls: its connections stay, and nobody answers.
func (p *process) Pause() { syscall.Kill(p.pid, syscall.SIGSTOP) }

// Resume lets a paused server go on.
func (p *process) Resume() { syscall.Kill(p.pid, syscall.SIGCONT) }

// until waits for ready, at most half a minute, and otherwise fails with what the server in dir wrote.
func until(dir, what string, ready func() bool) error {
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if ready() {
			return nil
		}
	}
	log, _ := os.ReadFile(filepath.Join(dir, "log"))
	return fmt.Errorf("%s after half a minute: %s", what, log)
}
