package shoptest

import (
	"bytes"
	"myclothes/internal/child"
	"os/exec"
	"syscall"
	"testing"
)

// Command runs another program in dir to its end, with env added to this process's environment, and returns what it printed and how it
// ended. It and what it has started end with the test's process.
func Command(t testing.TB, dir string, env []string, name string, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = dir, append(environment(), env...), &out, &out
	if err := child.Start(cmd); err != nil {
		return "", err
	}
	err := cmd.Wait()
	syscall.Kill(-cmd.Process.Pid, kill) // whatever it left behind
	return out.String(), err
}

// Run runs the shop's program with the shop's database and data folder to its end, and returns what it printed and how it ended.
func (s *Shop) Run(t testing.TB, dir string, args ...string) (string, error) {
	t.Helper()
	return Command(t, dir, nil, binary(t), append(args, "--database="+s.Database, "--data="+s.Data)...)
}
