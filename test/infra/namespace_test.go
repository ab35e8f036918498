package infra

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"myclothes/test/shoptest"
)

// inside is set in the process that runs within the namespace: the folder with what was prepared outside.
const inside = "MYCLOTHES_TEST_INSIDE"

// TestInstance runs TestInside in a network namespace of its own, which has nothing but a loopback with the address of the metadata service, and in which
// /opt is the instance's. It needs root.
func TestInstance(t *testing.T) {
	if os.Getuid() != 0 {
		t.Fatal("this makes a network namespace and needs root: sudo make infra-test")
	}
	root, err := shoptest.Root()
	if err != nil {
		t.Fatal(err)
	}
	templates(t)
	dir, name := t.TempDir(), fmt.Sprintf("myclothes-%d", os.Getpid())
	build := exec.Command("go", "build", "-o", filepath.Join(dir, "myclothes"), "./cmd/myclothes")
	build.Dir = root
	must(t, build)
	must(t, exec.Command("ip", "netns", "add", name))
	t.Cleanup(func() { must(t, exec.Command("ip", "netns", "del", name)) })
	must(t, exec.Command("ip", "-n", name, "link", "set", "lo", "up"))
	must(t, exec.Command("ip", "-n", name, "addr", "add", "169.254.169.254/32", "dev", "lo"))
	// The mount is of this namespace too: ip gives it one.
	within := exec.Command("ip", "netns", "exec", name, "sh", "-c", `mount -t tmpfs -o mode=755 tmpfs /opt && exec "$0" "$@"`, os.Args[0], "-test.run=^TestInside$", "-test.v", "-test.timeout=5m")
	within.Env = append(os.Environ(), inside+"="+dir)
	out, err := within.CombinedOutput()
	t.Logf("%s", out)
	if err != nil || !strings.Contains(string(out), "--- PASS: TestInside") {
		t.Errorf("inside the namespace: %v", err)
	}
}

func must(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", cmd, err, out)
	}
	return string(out)
}
