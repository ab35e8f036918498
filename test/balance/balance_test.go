// Package balance runs three instances behind a real load balancer, and counts what the next request finds when it lands on another instance.
package balance

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"myclothes/internal/testenv"
	"myclothes/test/shoptest"
)

// zones are three instances of the shop over one database, with a balancer before them.
type zones struct {
	t        *testing.T
	url      string
	database string
	shops    []*shoptest.Shop
}

// open starts three instances with those flags, and the balancer.
func open(t *testing.T, affinity bool, flags ...string) *zones {
	t.Helper()
	z := &zones{t: t, url: fmt.Sprintf("http://127.0.0.1:%d", testenv.FreePort()), database: testenv.Postgres(t)}
	for range 3 {
		z.shops = append(z.shops, shoptest.Start(t, z.database, append(flags, "--base-url="+z.url, "--trusted-proxies=127.0.0.1/32")...))
	}
	env := []string{"LISTEN=" + strings.TrimPrefix(z.url, "http://"), "AFFINITY=off"}
	if affinity {
		env[1] = "AFFINITY=on"
	}
	for i, name := range []string{"A", "B", "C"} {
		env = append(env, name+"="+strings.TrimPrefix(z.shops[i].URL, "http://"))
	}
	z.balancer(env)
	return z
}

func (z *zones) balancer(env []string) {
	z.t.Helper()
	root, err := shoptest.Root()
	if err != nil {
		z.t.Fatal(err)
	}
	cmd := exec.Command(haproxy(), "-db", "-f", filepath.Join(root, "deploy", "haproxy.cfg"))
	cmd.Env = append(cmd.Environ(), env...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		z.t.Fatalf("the load balancer did not start ('make deps' installs it): %v", err)
	}
	z.t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	shoptest.Await(z.t, 30*time.Second, "every instance answers through the balancer", func() error {
		for range 30 {
			resp, err := http.Get(z.url + "/healthz")
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

// visitor is a browser.
type visitor struct {
	z *zones
	http.Client
	shirts int // put into the cart and acknowledged
}

func (z *zones) visitor() *visitor {
	jar, err := cookiejar.New(nil)
	if err != nil {
		z.t.Fatal(err)
	}
	return &visitor{z: z, Client: http.Client{Jar: jar, Timeout: 30 * time.Second}}
}

// ask returns how many units the visitor's cart holds after a request, and whether it was answered.
func (v *visitor) ask(method, path, body string) (int, bool) {
	req, err := http.NewRequest(method, v.z.url+path, strings.NewReader(body))
	if err != nil {
		v.z.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := v.Do(req)
	if err != nil {
		return 0, false
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	var cart struct {
		Count int `json:"item_count"`
	}
	if err != nil || resp.StatusCode != http.StatusOK || json.Unmarshal(text, &cart) != nil {
		return 0, false
	}
	return cart.Count, true
}

// put puts a shirt into the cart.
func (v *visitor) put() {
	v.z.t.Helper()
	n, ok := v.ask("POST", "/api/v1/cart/lines", `{"sku":"`+shirt+`","quantity":1}`)
	if !ok || n < 1 {
		v.z.t.Fatalf("a shirt was not put into the cart: %d", n)
	}
	v.shirts++
}

// lost reports whether the visitor's cart is gone at any of the next requests.
func (v *visitor) lost(looks int) bool {
	v.z.t.Helper()
	for range looks {
		n, ok := v.ask("GET", "/api/v1/cart", "")
		if !ok {
			v.z.t.Fatal("the cart was not shown")
		}
		if n != v.shirts {
			return true
		}
	}
	return false
}

// shirt is one of the demo's, of which there are plenty.
const shirt = "OXFORD-001-SKY-XL"

const visitors, looks = 60, 6

func (z *zones) crowd() []*visitor {
	z.t.Helper()
	all := make([]*visitor, visitors)
	for i := range all {
		all[i] = z.visitor()
		all[i].put()
	}
	return all
}

func count(all []*visitor) int {
	n := 0
	for _, v := range all {
		if v.lost(looks) {
			n++
		}
	}
	return n
}

// TestWithoutAffinityCartsAreGone is stage 1: the cart is in one instance's memory and the next request lands on another.
func TestWithoutAffinityCartsAreGone(t *testing.T) {
	z := open(t, false, "--cart-home=memory")
	lost := count(z.crowd())
	t.Logf("stage 1, memory without affinity: %d of %d visitors lost their cart within %d requests", lost, visitors, looks)
	if lost < visitors*9/10 {
		t.Errorf("only %d of %d carts were lost: the requests did not land on other instances", lost, visitors)
	}
}

// TestAffinityHoldsUntilTheInstanceDies is stage 2.
func TestAffinityHoldsUntilTheInstanceDies(t *testing.T) {
	z := open(t, true, "--cart-home=memory")
	all := z.crowd()
	if lost := count(all); lost > 0 {
		t.Errorf("%d carts were lost while every instance lived", lost)
	}
	z.shops[1].Kill()
	z.settled()
	lost := count(all)
	t.Logf("stage 2, memory with affinity: an instance died, and %d of %d carts with it", lost, visitors)
	if lost < visitors/4 || lost > visitors/2 {
		t.Errorf("%d of %d carts died with one of three instances", lost, visitors)
	}
}

// TestCartsOutsideTheInstanceSurviveIt are stages 3 and 4: any instance serves anybody, and no cart dies with one.
func TestCartsOutsideTheInstanceSurviveIt(t *testing.T) {
	redis, err := testenv.StartRedis()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(redis.Stop)
	dynamo, err := testenv.StartDynalite()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(dynamo.Stop)
	settings := []string{"--secret-keys=a:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "--valkey=valkey://" + redis.Address(),
		fmt.Sprintf("--dynamodb=dynamodb://ap-northeast-2/carts?endpoint=http://127.0.0.1:%d&create=true", dynamo.Port)}
	for _, home := range []string{"cookie", "database", "valkey", "dynamodb"} {
		t.Run(home, func(t *testing.T) {
			z := open(t, false, append(settings, "--cart-home="+home)...)
			all := z.crowd()
			before := count(all)
			z.shops[0].Kill()
			z.settled()
			after := count(all)
			t.Logf("%s: %d carts lost while all lived, %d after an instance died, of %d", home, before, after, visitors)
			if before+after > 0 {
				t.Errorf("%d and %d carts were lost", before, after)
			}
		})
	}
}

// settled waits until the balancer sends nobody to an instance that died.
func (z *zones) settled() {
	z.t.Helper()
	shoptest.Await(z.t, 30*time.Second, "the balancer passes over the dead instance", func() error {
		v := z.visitor()
		for range 12 {
			if _, ok := v.ask("GET", "/api/v1/cart", ""); !ok {
				return fmt.Errorf("a request was not answered")
			}
		}
		return nil
	})
}
