package host

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestAClockIsMovedWhileAProgramRuns builds a program that prints the time, and moves its clock.
func TestAClockIsMovedWhileAProgramRuns(t *testing.T) {
	s := site(t, nil)
	defer s.Close()
	overlay, err := s.overlay()
	if err != nil {
		t.Fatal(err)
	}
	source, program, clock := filepath.Join(s.Dir, "main.go"), filepath.Join(s.Dir, "program"), filepath.Join(s.Dir, "clock")
	const text = "package main\n\nimport \"time\"\n\nfunc main() {\n\ttime.Sleep(200 * time.Millisecond)\n\tprintln(time.Now().Unix())\n}\n"
	if err := os.WriteFile(source, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("go", "build", "-overlay", overlay, "-o", program, source).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, ahead := range []int64{0, 300, -300} {
		if err := os.WriteFile(clock, []byte(strconv.FormatInt(ahead, 10)), 0o644); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(program)
		cmd.Env = append(os.Environ(), ClockFile+"="+clock)
		out, err := cmd.CombinedOutput()
		says, bad := strconv.ParseInt(strings.TrimSpace(string(out)), 10, 64)
		if off := says - time.Now().Unix() - ahead; err != nil || bad != nil || off < -5 || off > 5 {
			t.Errorf("%d s ahead it says %q, %d s off: %v", ahead, out, off, err)
		}
	}
}
