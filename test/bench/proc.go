package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Cores: servers on one, load on the other.
const (
	serverCore = "0"
	loadCore   = "1"
)

// pin binds every thread of a process to a core. With a single core there is nothing to choose.
func pin(pid int, core string) error {
	if out, err := exec.Command("taskset", "-a", "-p", "-c", core, strconv.Itoa(pid)).CombinedOutput(); err != nil {
		return fmt.Errorf("taskset: %w: %s", err, out)
	}
	return nil
}

// pinTree pins a process and its children.
func pinTree(pid int, core string) error {
	for _, p := range append(children(pid), pid) {
		if err := pin(p, core); err != nil {
			return err
		}
	}
	return nil
}

func build(to string) error {
	cmd := exec.Command("go", "build", "-o", to, "./cmd/myclothes")
	cmd.Stderr = os.Stderr
	return cmd.Run()
}

// process is a server under measurement.
type process struct {
	cmd *exec.Cmd
	log string
}

// start runs a program on a core; its output goes to a file.
func start(core, log string, env []string, name string, args ...string) (*process, error) {
	out, err := os.Create(log)
	if err != nil {
		return nil, err
	}
	defer out.Close()
	cmd := exec.Command("taskset", append([]string{"-c", core, name}, args...)...)
	cmd.Stdout, cmd.Stderr, cmd.Env = out, out, append(os.Environ(), env...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	return &process{cmd, log}, cmd.Start()
}

func (p *process) pid() int { return p.cmd.Process.Pid }

func (p *process) stop() error {
	p.cmd.Process.Signal(syscall.SIGTERM)
	return p.cmd.Wait()
}

// await returns how long it took until url answers 200, and gives up after limit.
func (p *process) await(url string, limit time.Duration) (time.Duration, error) {
	begin := time.Now()
	for time.Since(begin) < limit {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		req, _ := http.NewRequestWithContext(ctx, "GET", url, nil)
		resp, err := http.DefaultClient.Do(req)
		cancel()
		if err == nil {
			resp.Body.Close()
			if resp.StatusCode == 200 {
				return time.Since(begin), nil
			}
		}
		time.Sleep(5 * time.Millisecond)
	}
	log, _ := os.ReadFile(p.log)
	return 0, fmt.Errorf("%s does not answer: %s", url, log)
}

const ticksPerSecond = 100 // USER_HZ of Linux on every architecture Go runs on

// cpu returns the processor time that a process and its children, living and reaped, have used.
func cpu(pid int) time.Duration {
	var ticks int64
	for _, p := range append(children(pid), pid) {
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p))
		if err != nil {
			continue // ended meanwhile
		}
		_, rest, _ := strings.Cut(string(stat), ") ")
		fields := strings.Fields(rest)
		for _, i := range []int{11, 12} { // utime, stime: fields 14 and 15, counted from the third
			n, _ := strconv.ParseInt(fields[i], 10, 64)
			ticks += n
		}
	}
	return time.Duration(ticks) * time.Second / ticksPerSecond
}

func children(pid int) []int {
	var out []int
	lists, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	for _, l := range lists {
		text, _ := os.ReadFile(l)
		for _, f := range strings.Fields(string(text)) {
			n, _ := strconv.Atoi(f)
			out = append(append(out, n), children(n)...)
		}
	}
	return out
}

// resident returns how much memory a process holds, in bytes.
func resident(pid int) int64 {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	for _, line := range strings.Split(string(text), "\n") {
		if v, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, _ := strconv.ParseInt(strings.Fields(v)[0], 10, 64)
			return kb << 10
		}
	}
	return 0
}
