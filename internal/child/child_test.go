package child

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
)

// TestAChildEndsWithItsParent: a parent that is killed takes its child along, which holds the other end of a pipe.
func TestAChildEndsWithItsParent(t *testing.T) {
	if os.Getenv("CHILD_TEST_PARENT") != "" {
		cmd := exec.Command("sh", "-c", "echo ready; exec sleep 600")
		cmd.Stdout = os.Stdout
		if err := Start(cmd); err != nil {
			t.Fatal(err)
		}
		cmd.Wait()
		return
	}
	if runtime.GOOS != "linux" {
		t.Log("only Linux ends a child with its parent")
		return
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	parent := exec.Command(self, "-test.run=^TestAChildEndsWithItsParent$")
	parent.Env = append(os.Environ(), "CHILD_TEST_PARENT=1")
	out, err := parent.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := Start(parent); err != nil {
		t.Fatal(err)
	}
	in := bufio.NewReader(out)
	if line, err := in.ReadString('\n'); err != nil || strings.TrimSpace(line) != "ready" {
		t.Fatalf("%q, %v", line, err)
	}
	parent.Process.Kill()
	if _, err := io.Copy(io.Discard, in); err != nil { // ends when nobody holds the pipe any more
		t.Error(err)
	}
	parent.Wait()
}
