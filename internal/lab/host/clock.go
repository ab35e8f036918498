package host

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// ClockFile is the environment variable that names a file to a program of BuildMovable: its clock is ahead by as many seconds as that holds.
const ClockFile = "LAB_CLOCK"

// No namespace moves the clock that dates things, and a Go program asks the kernel for it without the C library. So Go's own package time is built with two more lines.
const (
	nowAsIs  = "\tsec, nsec, mono := runtimeNow()\n\tif mono == 0 {"
	nowMoved = "\tsec, nsec, mono := runtimeNow()\n\tsec += ahead.Load()\n\tif mono == 0 {"
	ahead    = `package time

import (
	"sync/atomic"
	"syscall"
)

var ahead atomic.Int64

func init() {
	if file, ok := syscall.Getenv("` + ClockFile + `"); ok {
		go func() {
			for ; ; Sleep(50 * Millisecond) {
				ahead.Store(seconds(file))
			}
		}()
	}
}

// seconds are 0 where nothing is said.
func seconds(file string) (n int64) {
	text, err := readFile(file)
	if err != nil || len(text) == 0 {
		return 0
	}
	sign := int64(1)
	if text[0] == '-' {
		sign, text = -1, text[1:]
	}
	for _, c := range text {
		n = 10*n + int64(c-'0')
	}
	return sign * n
}
`
)

// BuildMovable is Build of a program whose clock can be moved while it runs. The first time takes minutes: everything is compiled for it.
func (s *Site) BuildMovable(ctx context.Context) (string, error) {
	overlay, err := s.overlay()
	if err != nil {
		return "", err
	}
	return s.build(ctx, "-overlay", overlay)
}

// overlay says which files of Go's library are to be taken from elsewhere.
func (s *Site) overlay() (string, error) {
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return "", err
	}
	library := filepath.Join(strings.TrimSpace(string(out)), "src", "time")
	text, err := os.ReadFile(filepath.Join(library, "time.go"))
	if err != nil {
		return "", err
	}
	if strings.Count(string(text), nowAsIs) != 1 {
		return "", errors.New("this Go's time.Now is another than the lab knows how to move")
	}
	replace := map[string]string{}
	for name, text := range map[string]string{"time.go": strings.Replace(string(text), nowAsIs, nowMoved, 1), "lab_ahead.go": ahead} {
		file := filepath.Join(s.Dir, name)
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			return "", err
		}
		replace[filepath.Join(library, name)] = file
	}
	doc, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	file := filepath.Join(s.Dir, "overlay.json")
	return file, os.WriteFile(file, doc, 0o644)
}
