package shoptest

import (
	"fmt"
	"myclothes/internal/child"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Balance starts the load balancer of deploy/haproxy.cfg at url, before three shops, and returns when each of them answers through it. It ends with the test.
func Balance(t testing.TB, url string, shops [3]*Shop) {
	t.Helper()
	root, err := Root()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(haproxy(), "-db", "-f", filepath.Join(root, "deploy", "haproxy.cfg"))
	cmd.Env = append(cmd.Environ(), "LISTEN="+strings.TrimPrefix(url, "http://"), "AFFINITY=off")
	for i, name := range []string{"A", "B", "C"} {
		cmd.Env = append(cmd.Env, name+"="+strings.TrimPrefix(shops[i].URL, "http://"))
	}
	if err := child.Start(cmd); err != nil {
		t.Fatalf("the load balancer did not start ('make deps' installs it): %v", err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	Await(t, 30*time.Second, "every instance answers through the balancer", func() error {
		for range 30 {
			resp, err := http.Get(url + "/healthz")
			if err != nil {
				return err
			}
			resp.Body.Close()
			if resp.StatusCode != http.StatusOK {
				return fmt.Errorf("healthz answers %s", resp.Status)
			}
		}
		return nil
	})
}

// haproxy is where the balancer's program is; Debian puts it where only root looks.
func haproxy() string {
	if path, err := exec.LookPath("haproxy"); err == nil {
		return path
	}
	return "/usr/sbin/haproxy"
}
