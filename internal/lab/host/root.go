package host

import (
	"context"
	"errors"
	"os/exec"
	"path/filepath"
	"strings"
)

// Root returns the folder of the repository that the lab runs.
func Root() (string, error) {
	out, err := exec.Command("go", "env", "GOMOD").Output()
	mod := strings.TrimSpace(string(out))
	if err == nil && filepath.Base(mod) != "go.mod" {
		err = errors.New("the lab builds the shop that it runs: start it inside the shop's repository")
	}
	return filepath.Dir(mod), err
}

// Build builds the shop's program into the run's folder and returns its path.
func (s *Site) Build(ctx context.Context) (string, error) { return s.build(ctx) }

func (s *Site) build(ctx context.Context, more ...string) (string, error) {
	root, err := Root()
	if err != nil {
		return "", err
	}
	program := filepath.Join(s.Dir, "myclothes")
	_, err = s.Run(ctx, append(append([]string{"go", "build", "-C", root, "-o", program}, more...), "./cmd/myclothes")...)
	return program, err
}
