package host

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func site(t *testing.T, show func(string)) *Site {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	s, err := Open(show)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestWhatRunsEndsWithItsSite(t *testing.T) {
	s := site(t, nil)
	h, err := s.Here("machine")
	if err != nil {
		t.Fatal(err)
	}
	p, err := h.Start(Command{Name: "sleeper", Args: []string{"sh", "-c", "echo begun; sleep 1000"}})
	if err != nil {
		t.Fatal(err)
	}
	err = Until(t.Context(), 10*time.Second, func() error {
		if p.Tail() != "begun" {
			return os.ErrNotExist
		}
		return nil
	})
	if err != nil || p.Over() {
		t.Errorf("the program does not run: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(s.Dir); !p.Over() || !os.IsNotExist(err) {
		t.Errorf("after the end the program runs: %t, the folder: %v", !p.Over(), err)
	}
}

func TestAwaitGivesUpOnAProgramThatHasEnded(t *testing.T) {
	s := site(t, nil)
	defer s.Close()
	h, err := s.Here("machine")
	if err != nil {
		t.Fatal(err)
	}
	p, err := h.Start(Command{Name: "short", Args: []string{"sh", "-c", "echo because >&2; exit 3"}})
	if err != nil {
		t.Fatal(err)
	}
	err = p.Await(t.Context(), time.Minute, func() error { return os.ErrNotExist })
	if err == nil || !strings.Contains(err.Error(), "because") {
		t.Errorf("the end is not told with its reason: %v", err)
	}
}

func TestCleanLeavesWhatLives(t *testing.T) {
	s := site(t, nil)
	dead := filepath.Join(os.TempDir(), prefix+"dead")
	if err := os.MkdirAll(dead, 0o755); err != nil {
		t.Fatal(err)
	}
	if removed, err := Clean(); err != nil || len(removed) > 0 {
		t.Errorf("removed %v: one lives and one is just beginning: %v", removed, err)
	}
	if err := os.WriteFile(filepath.Join(dead, "lock"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if removed, err := Clean(); err != nil || len(removed) != 1 || removed[0] != dead {
		t.Errorf("removed %v, want the dead one: %v", removed, err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestCommandsAreShownAsTheyWouldBeTyped(t *testing.T) {
	var shown []string
	s := site(t, func(c string) { shown = append(shown, c) })
	defer s.Close()
	if out, err := s.Feed(context.Background(), "a line\n", "sh", "-c", `cat; echo "it's"`); err != nil || out != "a line\nit's\n" {
		t.Errorf("%q %v", out, err)
	}
	if want := "sh -c 'cat; echo \"it'\\''s\"' <<'END'\na line\nEND"; len(shown) != 1 || shown[0] != want {
		t.Errorf("shown %q, want %q", shown, want)
	}
}
