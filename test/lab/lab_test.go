//go:build linux

// Package lab runs the lab as people do, and holds what comes out against the architecture.
package lab

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"myclothes/internal/lab/host"
	"myclothes/internal/lab/matrix"
	"myclothes/internal/lab/topology"
)

// lab is the lab's program.
func lab(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	root, err := host.Root()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "lab")
	if out, err := exec.Command("go", "build", "-C", root, "-o", program, "./cmd/lab").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	cmd := exec.Command(program, args...)
	cmd.Dir = root
	return cmd
}

// TestMatrix is stage 9: who reaches whom is exactly what the edges say, tried with real packets.
func TestMatrix(t *testing.T) {
	cmd := lab(t, "matrix", "--json")
	var out, errors bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errors
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %s", err, errors.Bytes())
	}
	var all []matrix.Passage
	if err := json.Unmarshal(out.Bytes(), &all); err != nil {
		t.Fatal(err)
	}
	for _, p := range matrix.Wrong(all) {
		t.Errorf("%s is open: %t, allowed: %t", p, p.Open, p.Allowed)
	}
	a, err := topology.Read(cmd.Dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range append(a.Edges, a.Lab.Edges...) {
		if e.Protocol == "" && !used(all, e) {
			t.Errorf("nobody came through %s", e)
		}
	}
}

func used(all []matrix.Passage, e topology.Edge) bool {
	for _, p := range all {
		if p.Open && p.Port == e.Port && p.From.Kind == e.From && p.To.Kind == e.To {
			return true
		}
	}
	return false
}

func freeAddress(t *testing.T) string {
	t.Helper()
	port, err := host.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("127.0.0.1:%d", port)
}

// up starts the whole architecture and returns its address and its lines; the lab is killed with the test at the latest.
func up(t *testing.T) (cmd *exec.Cmd, url, window string, lines *bufio.Scanner) {
	t.Helper()
	address, watch := freeAddress(t), freeAddress(t)
	cmd = lab(t, "up", "--listen="+address, "--watch="+watch, "--rate=5")
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill() })
	return cmd, "http://" + address, "http://" + watch, bufio.NewScanner(out)
}

// TestUp brings everything up, puts a thing into a cart from outside, and takes everything down.
func TestUp(t *testing.T) {
	cmd, url, window, lines := up(t)
	await(t, lines, "The shop is open")
	jar, _ := cookiejar.New(nil) // fails never without options
	visitor := &http.Client{Jar: jar, Timeout: 10 * time.Second}
	zones := map[string]bool{}
	for range 6 {
		resp, err := visitor.Get(url + "/")
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			t.Fatal(resp.Status)
		}
		zones[zone(resp)] = true
	}
	if len(zones) != 3 {
		t.Errorf("six pages came from %v: one instance in each of three zones was to answer", zones)
	}
	put(t, visitor, url)
	watch(t, window)
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	await(t, lines, "taking everything down")
	if err := cmd.Wait(); err != nil {
		t.Errorf("the lab did not end well: %v", err)
	}
}

// watch opens the page that shows everything, kills an instance with its button, and waits until the page shows that it is down.
func watch(t *testing.T, window string) {
	t.Helper()
	resp, err := http.Get(window + "/")
	if err != nil {
		t.Fatal(err)
	}
	page, _ := io.ReadAll(resp.Body)
	resp.Body.Close()
	if !bytes.Contains(page, []byte("인스턴스 강제 종료")) || !bytes.Contains(page, []byte("app-b")) {
		t.Errorf("the page shows no instance or no button: %s", page)
	}
	events, err := http.Get(window + "/events")
	if err != nil {
		t.Fatal(err)
	}
	defer events.Body.Close()
	lines := bufio.NewScanner(events.Body)
	lines.Buffer(nil, 1<<20)
	saw(t, lines, func(s state) bool { return s.down() == 0 && s.Requests > 0 })
	if resp, err = http.Post(window+"/faults/instance-kill", "", nil); err != nil || resp.StatusCode != http.StatusAccepted {
		t.Fatalf("the button: %v %v", resp, err)
	}
	resp.Body.Close()
	saw(t, lines, func(s state) bool { return s.down() == 1 })
}

// state is what the page is told.
type state struct {
	Requests float64
	Machines []struct{ Name, State string }
}

func (s state) down() (n int) {
	for _, m := range s.Machines {
		if m.State == "down" {
			n++
		}
	}
	return n
}

// saw reads events until one is as it should be.
func saw(t *testing.T, lines *bufio.Scanner, want func(state) bool) {
	t.Helper()
	deadline := time.Now().Add(time.Minute)
	var last string
	for time.Now().Before(deadline) && lines.Scan() {
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		var s state
		if ok && json.Unmarshal([]byte(data), &s) == nil && want(s) {
			return
		}
		last = data
	}
	t.Fatalf("the page was never told so; at last: %s", last)
}

func zone(resp *http.Response) string {
	for name, v := range resp.Header {
		if strings.HasSuffix(name, "Zone") {
			return v[0]
		}
	}
	return ""
}

func put(t *testing.T, visitor *http.Client, url string) {
	t.Helper()
	resp, err := visitor.Post(url+"/api/v1/cart/lines", "application/json", strings.NewReader(`{"sku":"OXFORD-001-SKY-XL","quantity":2}`))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if text, _ := io.ReadAll(resp.Body); resp.StatusCode != http.StatusOK || !bytes.Contains(text, []byte(`"item_count":2`)) {
		t.Errorf("a shirt was not put into the cart: %s %s", resp.Status, text)
	}
}

// TestKilled kills the lab with everything half up: nothing must be left but a folder, and that goes with the next run.
func TestKilled(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir()) // where no other run leaves anything
	cmd, _, _, lines := up(t)
	await(t, lines, "etcd agrees")
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	cmd.Wait()
	err := host.Until(t.Context(), 10*time.Second, func() error {
		removed, err := host.Clean()
		if err == nil && len(removed) == 0 {
			err = fmt.Errorf("the folder of the killed run is not given up: something still runs in it")
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// await reads lines until one has the text.
func await(t *testing.T, lines *bufio.Scanner, text string) {
	t.Helper()
	for lines.Scan() {
		t.Log(lines.Text())
		if strings.Contains(lines.Text(), text) {
			return
		}
	}
	t.Fatalf("the lab ended before it said %q", text)
}
