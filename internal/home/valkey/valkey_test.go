package valkey

import (
	"context"
	"errors"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"myclothes/internal/cart"
	"myclothes/internal/cart/carttest"
	"myclothes/internal/fault"
	"myclothes/internal/session"
	"myclothes/internal/session/sessiontest"
	"myclothes/internal/testenv"
)

var ctx = context.Background()

var (
	started sync.Map // what TestMain stops: func()
	single  = sync.OnceValues(func() (*testenv.Redis, error) { return start() })
)

func start(options ...string) (*testenv.Redis, error) {
	r, err := testenv.StartRedis(options...)
	if err == nil {
		started.Store(r, r.Stop)
	}
	return r, err
}

func TestMain(m *testing.M) {
	code := m.Run()
	started.Range(func(_, stop any) bool { stop.(func())(); return true })
	os.Exit(code)
}

func shared(t testing.TB) *testenv.Redis {
	t.Helper()
	r, err := single()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// own starts a server that the test may hurt.
func own(t testing.TB, options ...string) *testenv.Redis {
	t.Helper()
	r, err := testenv.StartRedis(options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Stop() })
	return r
}

func home(t testing.TB, address string, change ...func(*Options)) *Home {
	t.Helper()
	o, err := Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	if o.Budget == 0 && len(change) == 0 {
		o.Budget = 2 * time.Second // the machine may be busy, and the suite is about carts
	}
	for _, f := range change {
		f(&o)
	}
	h, err := Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.Close)
	return h
}

// await waits for a condition, at most 20 s.
func await(t testing.TB, what string, ready func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !ready(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited 20 s until %s", what)
		}
	}
}

func cli(t testing.TB, r *testenv.Redis, command ...string) string {
	t.Helper()
	out, err := r.Ask(command...)
	if err != nil {
		t.Fatalf("%v: %v: %s", command, err, out)
	}
	return out
}

func begin(t testing.TB, h *Home, lines ...cart.Line) cart.Carried {
	t.Helper()
	c := cart.Carried{Visitor: session.New()}
	for _, l := range lines {
		if _, _, err := h.Add(ctx, c, l.SKU, l.Quantity); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

func key(c cart.Carried) string { return keyPrefix + string(c.Visitor.Key()) }

func TestHome(t *testing.T) {
	h := home(t, "valkey://"+shared(t).Address())
	carttest.Run(t, h)
	if h.Name() != "valkey" || h.Ping(ctx) != nil {
		t.Errorf("name %q, ping %v", h.Name(), h.Ping(ctx))
	}
}

func TestSessions(t *testing.T) {
	r := shared(t)
	h := home(t, "valkey://"+r.Address())
	sessiontest.Run(t, h.Sessions(), nil)

	at := time.Now()
	c, err := session.Begin(ctx, h.Sessions(), session.Carried{}, session.Record{Member: "kim", SignIn: "1", At: at, Proved: at})
	if err != nil {
		t.Fatal(err)
	}
	key := sessionPrefix + string(c.Visitor.Key())
	for _, d := range []struct{ before, after time.Duration }{
		{session.Idle - session.Renew + time.Hour, session.Idle - session.Renew + time.Hour}, // used within a day: a look writes nothing
		{session.Idle - session.Renew - time.Hour, session.Idle},
		{time.Hour, session.Idle},
	} {
		cli(t, r, "PEXPIRE", key, strconv.FormatInt(d.before.Milliseconds(), 10))
		if got, _, err := h.Sessions().Open(ctx, c); err != nil || got.Member != "kim" {
			t.Errorf("%+v, %v", got, err)
		}
		ms, err := strconv.Atoi(cli(t, r, "PTTL", key))
		if left := time.Duration(ms) * time.Millisecond; err != nil || left < d.after-time.Minute || left > d.after {
			t.Errorf("with %v to go, a look left %v, %v", d.before, left, err)
		}
	}
	h.o.Now = func() time.Time { return at.Add(session.Longest) }
	if got, _, err := h.Sessions().Open(ctx, c); err != nil || !got.IsZero() {
		t.Errorf("a session that is too old: %+v, %v", got, err)
	}
}

// TestSessionsWaitForAReplica: signing in is acknowledged when a replica knows of it.
func TestSessionsWaitForAReplica(t *testing.T) {
	master := own(t)
	replica := own(t, "--replicaof", "127.0.0.1 "+strconv.Itoa(master.Port))
	await(t, "the replica follows", func() bool { return strings.Contains(cli(t, replica, "INFO", "replication"), "master_link_status:up") })
	h := home(t, "valkey://"+master.Address()+"?wait=1&budget=5s")
	sessiontest.Run(t, h.Sessions(), nil)
	c, err := session.Begin(ctx, h.Sessions(), session.Carried{}, session.Record{Member: "kim", SignIn: "1", At: time.Now(), Proved: time.Now()})
	if err != nil || !strings.HasPrefix(cli(t, replica, "GET", sessionPrefix+string(c.Visitor.Key())), "kim") {
		t.Errorf("an acknowledged session is not on the replica: %v", err)
	}
}

func TestHomeOfACluster(t *testing.T) {
	nodes, err := testenv.StartRedisCluster()
	for _, n := range nodes {
		t.Cleanup(n.Stop)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{nodes[0].Address(), nodes[2].Address() + "," + nodes[1].Address()} {
		h := home(t, "valkey+cluster://"+address)
		carttest.Run(t, h)
		if err := h.Ping(ctx); err != nil {
			t.Error(err)
		}
	}
	h := home(t, "valkey+cluster://"+nodes[0].Address())
	for range 50 {
		begin(t, h, cart.Line{SKU: "A", Quantity: 1})
	}
	for _, n := range nodes {
		if cli(t, n, "DBSIZE") == "0" {
			t.Error("a node of the cluster has no cart")
		}
	}
	waits := home(t, "valkey+cluster://"+nodes[0].Address()+"?wait=1&wait-for=20ms&budget=2s")
	if _, _, err := waits.Add(ctx, cart.Carried{}, "A", 1); !errors.Is(err, fault.OutOfOrder) || !errors.Is(err, errTooFew) {
		t.Errorf("a cluster without replicas: %v", err)
	}
}

func TestHomeThatWaitsForAReplica(t *testing.T) {
	master := own(t)
	replica := own(t, "--replicaof", "127.0.0.1 "+strconv.Itoa(master.Port))
	await(t, "the replica follows", func() bool { return strings.Contains(cli(t, replica, "INFO", "replication"), "master_link_status:up") })
	h := home(t, "valkey://"+master.Address()+"?wait=1&budget=5s")
	carttest.Run(t, h)
	c := begin(t, h, cart.Line{SKU: "A", Quantity: 2})
	if got := cli(t, replica, "HGET", key(c), ":A"); got != "1 2" {
		t.Errorf("an acknowledged change is not on the replica: %q", got)
	}
	cli(t, master, "SCRIPT", "FLUSH")
	if _, _, err := h.Add(ctx, c, "A", 1); err != nil {
		t.Errorf("after SCRIPT FLUSH: %v", err)
	}
	replica.Pause()
	defer replica.Resume()
	few := home(t, "valkey://"+master.Address(), func(o *Options) {
		o.Replicas, o.WaitFor, o.Budget, o.Failures = 1, 20*time.Millisecond, 2*time.Second, 1
	})
	for range 3 { // and not one of them opens the breaker: the master is well
		if _, _, err := few.Add(ctx, c, "A", 1); !errors.Is(err, fault.OutOfOrder) || !errors.Is(err, errTooFew) {
			t.Errorf("with its replica stalled: %v", err)
		}
	}
	if _, err := few.Open(ctx, c); err != nil {
		t.Errorf("looking waits for nobody: %v", err)
	}
}

func TestKeeping(t *testing.T) {
	r := shared(t)
	h := home(t, "valkey://"+r.Address()+"?keep=90h&budget=2s")
	c := begin(t, h, cart.Line{SKU: "A", Quantity: 2})
	left := func() time.Duration {
		ms, err := strconv.Atoi(cli(t, r, "PTTL", key(c)))
		if err != nil {
			t.Fatal(err)
		}
		return time.Duration(ms) * time.Millisecond
	}
	within := func(what string, least, most time.Duration) {
		t.Helper()
		if d := left(); d < least || d > most {
			t.Errorf("%s: kept for %s more, want %s to %s", what, d, least, most)
		}
	}
	age := func(to time.Duration) { cli(t, r, "PEXPIRE", key(c), milliseconds(to)) }
	look := func() {
		if _, err := h.Open(ctx, c); err != nil {
			t.Fatal(err)
		}
	}
	within("new", 89*time.Hour+59*time.Minute, 90*time.Hour)
	age(89*time.Hour + 30*time.Minute)
	look()
	within("looked at soon after", 89*time.Hour, 89*time.Hour+30*time.Minute)
	age(50 * time.Hour)
	look()
	within("looked at later", 89*time.Hour+59*time.Minute, 90*time.Hour)
	for name, change := range map[string]func() error{
		"Add":   func() error { _, _, err := h.Add(ctx, c, "A", 1); return err },
		"Set":   func() error { _, _, err := h.Set(ctx, c, "A", 5); return err },
		"Raise": func() error { _, _, err := h.Raise(ctx, c, "A", 1); return err },
		"Take":  func() error { _, err := h.Take(ctx, c, []cart.Line{{SKU: "A", Quantity: 1}}); return err },
	} {
		age(50 * time.Hour)
		if err := change(); err != nil {
			t.Fatal(err)
		}
		within(name, 89*time.Hour+59*time.Minute, 90*time.Hour)
	}
	age(time.Millisecond)
	await(t, "the cart is gone", func() bool { return cli(t, r, "EXISTS", key(c)) == "0" })
	if got, err := h.Open(ctx, c); err != nil || got.Count() != 0 {
		t.Errorf("an expired cart: %v, %v", got, err)
	}
}

func TestAnEmptyCartLeavesNothing(t *testing.T) {
	r := shared(t)
	h := home(t, "valkey://"+r.Address())
	for name, empty := range map[string]func(c cart.Carried) error{
		"Set":  func(c cart.Carried) error { _, _, err := h.Set(ctx, c, "A", 0); return err },
		"Take": func(c cart.Carried) error { _, err := h.Take(ctx, c, []cart.Line{{SKU: "A", Quantity: 9}}); return err },
	} {
		c := begin(t, h, cart.Line{SKU: "A", Quantity: 2})
		if err := empty(c); err != nil || cli(t, r, "EXISTS", key(c)) != "0" {
			t.Errorf("%s left something behind, or %v", name, err)
		}
	}
	next, err := h.Take(ctx, cart.Carried{}, nil)
	if _, ok := session.Parse(string(next.Visitor)); !ok || err != nil {
		t.Errorf("Take is a change and mints a token: %q, %v", next.Visitor, err)
	}
}

// TestGarbage: what others wrote into a cart is passed over, and a change writes over it.
func TestGarbage(t *testing.T) {
	r := shared(t)
	h := home(t, "valkey://"+r.Address(), func(o *Options) { o.Failures, o.Budget = 1, 2*time.Second })
	c := begin(t, h, cart.Line{SKU: "A", Quantity: 2}, cart.Line{SKU: "B", Quantity: 1})
	cli(t, r, "HSET", key(c), ":A", "99999999999999999999 1", ":C", "2 100", ":D", "-1 1", ":E", "", "A", "1 1", ":F", "1", "#", "1e400", ":G", "3 0")
	got, err := h.Open(ctx, c)
	if d := cmp.Diff([]cart.Line{{SKU: "B", Quantity: 1}}, got.Lines); err != nil || d != "" {
		t.Errorf("%v (-want +got):\n%s", err, d)
	}
	for _, sku := range []string{"A", "C", "E"} {
		if got, _, err = h.Add(ctx, c, sku, 3); err != nil || got.Quantity(sku) != 3 {
			t.Errorf("%s: %v, %v", sku, got, err)
		}
	}
	if _, err := h.Take(ctx, c, []cart.Line{{SKU: "D", Quantity: 1}, {SKU: "A", Quantity: 1}}); err != nil {
		t.Error(err)
	}
	cli(t, r, "SET", key(c), "no hash")
	for range 3 { // this cart is broken and no other
		if _, err := h.Open(ctx, c); err == nil || errors.Is(err, fault.OutOfOrder) {
			t.Errorf("a cart that is no hash: %v", err)
		}
	}
}

func TestPasswordAndTLS(t *testing.T) {
	const secret = "p@ss/w:rd?%"
	r := own(t, "--requirepass", secret)
	at := r.Address()
	carttest.Run(t, home(t, "valkey://:p%40ss%2Fw%3Ard%3F%25@"+at))
	for _, wrong := range []string{"valkey://:wrong-secret@" + at, "valkey://" + at} {
		_, _, err := home(t, wrong).Add(ctx, cart.Carried{}, "A", 1)
		if !errors.Is(err, fault.OutOfOrder) || strings.Contains(err.Error(), "secret") {
			t.Errorf("without the password: %v", err)
		}
	}
	dir, roots := certificate(t)
	s := own(t, "--tls-port", strconv.Itoa(testenv.FreePort()), "--tls-cert-file", dir+"/cert.pem", "--tls-key-file", dir+"/key.pem", "--tls-auth-clients", "no")
	port := strings.Fields(cli(t, s, "CONFIG", "GET", "tls-port"))[1]
	trusts := func(o *Options) { o.TLS.RootCAs, o.Budget = roots, 2*time.Second }
	carttest.Run(t, home(t, "valkeys://127.0.0.1:"+port, trusts))
	if _, _, err := home(t, "valkeys://127.0.0.1:"+port).Add(ctx, cart.Carried{}, "A", 1); !errors.Is(err, fault.OutOfOrder) {
		t.Errorf("a server that nobody vouches for: %v", err)
	}
}

// TestRoundTrips says what a call costs beside the bare command, on this machine and in this run.
func TestRoundTrips(t *testing.T) {
	h := home(t, "valkey://"+shared(t).Address(), func(o *Options) { o.Budget = 5 * time.Second })
	client, err := h.link.get(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{1, 10, 50, 100} {
		c := cart.Carried{Visitor: session.New()}
		for i := range n {
			if _, _, err := h.Set(ctx, c, "SKU-OXFORD-NAVY-"+strconv.Itoa(i), 1); err != nil {
				t.Fatal(err)
			}
		}
		median := func(f func() error) time.Duration {
			var all []time.Duration
			for range 400 {
				began := time.Now()
				if err := f(); err != nil {
					t.Fatal(err)
				}
				all = append(all, time.Since(began))
			}
			slices.Sort(all)
			return all[len(all)/2].Round(time.Microsecond)
		}
		look := median(func() error { _, err := h.Open(ctx, c); return err })
		hgetall := median(func() error { return client.Do(ctx, client.B().Hgetall().Key(key(c)).Build()).Error() })
		add := median(func() error { _, _, err := h.Raise(ctx, c, "SKU-OXFORD-NAVY-0", 1); return err }) // what Add does, without an end at 99
		evalsha := median(func() error {
			return client.Do(ctx, client.B().Evalsha().Sha1(put.sha1).Numkeys(1).Key(key(c)).Arg("1000000", "raise", ":SKU-OXFORD-NAVY-0", "1").Build()).Error()
		})
		t.Logf("%3d lines: Open %v (HGETALL %v), Add %v (EVALSHA %v)", n, look, hgetall, add, evalsha)
	}
}
