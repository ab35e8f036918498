package valkey

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"myclothes/internal/cart"
	"myclothes/internal/fault"
	"myclothes/internal/session"
	"myclothes/internal/testenv"
)

const (
	budget = 100 * time.Millisecond
	slack  = 150 * time.Millisecond // for a busy machine under the race detector
)

// quick is a home for tests of faults, and whether it rests.
func quick(t *testing.T, address string) (*Home, *atomic.Bool) {
	rests := new(atomic.Bool)
	return home(t, address, func(o *Options) {
		o.Budget, o.Failures, o.Rest, o.Resting = budget, 3, 50*time.Millisecond, rests.Store
	}), rests
}

// failing asks once and wants a fault.OutOfOrder that says when to try again, in time.
func failing(t *testing.T, h *Home, c cart.Carried) time.Duration {
	t.Helper()
	began := time.Now()
	_, next, err := h.Add(ctx, c, "A", 1)
	took := time.Since(began)
	if f := fault.Of(err); !errors.Is(err, fault.OutOfOrder) || f.RetryAfter == 0 || next != c {
		t.Fatalf("got %v, want %s and to carry what was carried", err, fault.OutOfOrder.Code)
	}
	if took > budget+slack {
		t.Fatalf("failed after %s, the budget is %s", took, budget)
	}
	return took
}

// atOnce wants most calls to fail in less than a millisecond.
func atOnce(t *testing.T, h *Home, c cart.Carried) {
	t.Helper()
	h.breaker.mu.Lock()
	h.breaker.until = time.Now().Add(time.Hour) // no call tries meanwhile
	h.breaker.mu.Unlock()
	var all []time.Duration
	for range 51 {
		all = append(all, failing(t, h, c))
	}
	slices.Sort(all)
	t.Logf("while resting, a call fails after %v (p50), %v at most", all[25], all[50])
	if all[25] > time.Millisecond {
		t.Errorf("while resting, calls take %v", all[25])
	}
	h.breaker.mu.Lock()
	h.breaker.until = time.Now()
	h.breaker.mu.Unlock()
}

func recovers(t *testing.T, h *Home, c cart.Carried, rests *atomic.Bool) {
	t.Helper()
	began := time.Now()
	await(t, "the home works again", func() bool { _, err := h.Open(ctx, c); return err == nil })
	t.Logf("worked again after %v", time.Since(began).Round(time.Millisecond))
	if rests.Load() {
		t.Error("the home works and says that it rests")
	}
	if _, _, err := h.Add(ctx, c, "A", 1); err != nil {
		t.Errorf("after the fault: %v", err)
	}
}

func TestServerDiesAndComesBack(t *testing.T) {
	for _, address := range []string{"valkey://%s", "valkey+cluster://%s"} { // valkey-go takes a cluster of one for a single server
		r := own(t)
		h, rests := quick(t, fmt.Sprintf(address, r.Address()))
		c := begin(t, h, cart.Line{SKU: "A", Quantity: 1})
		r.Stop()
		for range 3 {
			failing(t, h, c)
		}
		if !rests.Load() || h.Ping(ctx) == nil {
			t.Error("the server is dead and the home does not say so")
		}
		atOnce(t, h, c)
		if err := r.Start(); err != nil {
			t.Fatal(err)
		}
		recovers(t, h, c, rests)
	}
}

// TestServerStalls: nobody waits longer than the budget, not even where far more call than fit into valkey-go's queues.
func TestServerStalls(t *testing.T) {
	r := own(t)
	h, rests := quick(t, "valkey://"+r.Address())
	c := begin(t, h, cart.Line{SKU: "A", Quantity: 1})
	r.Pause()
	if took := failing(t, h, c); took < budget/2 {
		t.Errorf("gave up after %v: something else than the stall", took)
	}
	failing(t, h, c) // at once, where this still finds the connection that the first gave up
	failing(t, h, c)
	if !rests.Load() {
		t.Fatal("three time-outs did not open the breaker")
	}
	atOnce(t, h, c)
	r.Resume()
	recovers(t, h, c, rests)

	var calls sync.WaitGroup
	for range 200 { // so that its connections are those of a busy shop: all calls queue on them
		calls.Go(func() {
			for range 20 {
				h.Open(ctx, c)
			}
		})
	}
	calls.Wait()
	recovers(t, h, c, rests)
	r.Pause()
	var longest atomic.Int64
	for range 3000 {
		calls.Go(func() {
			began := time.Now()
			if _, err := h.Open(ctx, c); !errors.Is(err, fault.OutOfOrder) {
				t.Errorf("from a stalled server: %v", err)
			}
			for took := int64(time.Since(began)); ; {
				if most := longest.Load(); took <= most || longest.CompareAndSwap(most, took) {
					return
				}
			}
		})
	}
	calls.Wait()
	t.Logf("3000 calls at once to a stalled server: the longest took %v", time.Duration(longest.Load()).Round(time.Millisecond))
	if most := time.Duration(longest.Load()); most > time.Second { // without a guard about three: until the connection is given up, in turns
		t.Errorf("a call took %v", most)
	}
	r.Resume()
	recovers(t, h, c, rests)
}

func TestTheServerForgetsTheScripts(t *testing.T) {
	r := own(t)
	h := home(t, "valkey://"+r.Address())
	c := begin(t, h, cart.Line{SKU: "A", Quantity: 1})
	for name, call := range map[string]func() error{
		"Open": func() error { _, err := h.Open(ctx, c); return err },
		"Add":  func() error { _, _, err := h.Add(ctx, c, "A", 1); return err },
		"Take": func() error { _, err := h.Take(ctx, c, []cart.Line{{SKU: "B", Quantity: 1}}); return err },
	} {
		cli(t, r, "SCRIPT", "FLUSH")
		if err := call(); err != nil {
			t.Errorf("%s after SCRIPT FLUSH: %v", name, err)
		}
	}
	if got, err := h.Open(ctx, c); err != nil || got.Count() != 2 {
		t.Errorf("%v, %v", got, err)
	}
}

func TestOpensWhileTheServersAreAway(t *testing.T) {
	r := own(t)
	r.Stop()
	for _, address := range []string{"valkey://%s", "valkey+cluster://%s", "valkey+sentinel://%s/shop"} {
		h, _ := quick(t, fmt.Sprintf(address, r.Address()))
		failing(t, h, cart.Carried{Visitor: session.New()})
		h.Close()
		failing(t, h, cart.Carried{Visitor: session.New()})
	}
	h, rests := quick(t, "valkey://"+r.Address())
	c := cart.Carried{Visitor: session.New()}
	failing(t, h, c)
	if err := r.Start(); err != nil {
		t.Fatal(err)
	}
	recovers(t, h, c, rests)
}

// TestRefusals: a server that refuses every change is out of order, and one that refuses SKUs says nothing of them.
func TestRefusals(t *testing.T) {
	r := own(t)
	h, rests := quick(t, "valkey://"+r.Address())
	c := begin(t, h, cart.Line{SKU: "A", Quantity: 1})
	cli(t, r, "REPLICAOF", "127.0.0.1", "1")
	for range 3 {
		failing(t, h, c)
	}
	if !rests.Load() {
		t.Error("a server that takes no changes did not open the breaker")
	}
	cli(t, r, "REPLICAOF", "NO", "ONE")
	recovers(t, h, c, rests)
	cli(t, r, "CONFIG", "SET", "maxmemory", "1")
	failing(t, h, c)
	cli(t, r, "CONFIG", "SET", "maxmemory", "0")
	recovers(t, h, c, rests)

	old := own(t, "--rename-command", "EVALSHA", "")
	h, _ = quick(t, "valkey://"+old.Address())
	_, _, err := h.Add(ctx, c, "SECRET-SKU", 1)
	if text := fmt.Sprint(err); !errors.Is(err, fault.OutOfOrder) || contains(text, "SECRET-SKU", string(c.Visitor), string(c.Visitor.Key())) {
		t.Errorf("%v", err)
	}
}

// TestTheCallerLeaves: that a caller did not wait says nothing about the server.
func TestTheCallerLeaves(t *testing.T) {
	r := own(t)
	h, rests := quick(t, "valkey://"+r.Address())
	c := begin(t, h, cart.Line{SKU: "A", Quantity: 1})
	gone, leave := context.WithCancel(ctx)
	leave()
	if _, err := h.Open(gone, c); err != context.Canceled {
		t.Errorf("left before: %v", err)
	}
	r.Pause()
	for range 5 {
		going, leave := context.WithCancel(ctx)
		time.AfterFunc(5*time.Millisecond, leave)
		if _, err := h.Open(going, c); err != context.Canceled {
			t.Errorf("left meanwhile: %v", err)
		}
	}
	if rests.Load() {
		t.Error("callers who left opened the breaker")
	}
	short, cancel := context.WithTimeout(ctx, time.Millisecond)
	defer cancel()
	for range 3 {
		if _, err := h.Open(short, c); err != context.DeadlineExceeded {
			t.Errorf("a caller's own deadline: %v", err)
		}
	}
	r.Resume()
	recovers(t, h, c, rests)
}

// TestBreaker goes through its states by a clock of its own.
func TestBreaker(t *testing.T) {
	now, told := time.Unix(0, 0), []bool{}
	b := breaker{limit: 2, rest: time.Second, now: func() time.Time { return now }, told: func(r bool) { told = append(told, r) }}
	enter := func(want, wantTry bool) {
		t.Helper()
		if ok, try := b.enter(); ok != want || try != wantTry {
			t.Errorf("enter: %t, %t; want %t, %t", ok, try, want, wantTry)
		}
	}
	enter(true, false)
	b.leave(false, failed)
	b.leave(false, answered) // in between: no two in a row
	b.leave(false, failed)
	enter(true, false)
	b.leave(false, failed)
	enter(false, false)
	b.leave(false, answered) // one that began before
	now = now.Add(999 * time.Millisecond)
	enter(false, false)
	now = now.Add(time.Millisecond)
	enter(true, true)
	enter(false, false) // only one tries
	b.leave(true, nothing)
	enter(true, true) // the next one, where that one left
	b.leave(true, failed)
	enter(false, false)
	now = now.Add(time.Second)
	enter(true, true)
	b.leave(true, answered)
	enter(true, false)
	if !slices.Equal(told, []bool{true, false}) {
		t.Errorf("told %v", told)
	}
}

// loss is what a fail-over cost.
type loss struct {
	gap                           time.Duration // from the master's death to the next acknowledged change
	acknowledged, unsure, missing int
}

// TestFailover kills a master while people add to their carts, once with its replicas in step and once after they lost it. What was acknowledged
// and is missing then is what this home cannot promise; with wait=1 nothing is.
func TestFailover(t *testing.T) {
	for _, c := range []struct {
		name    string
		wait    int
		cutOff  bool
		missing func(int) bool
	}{
		{"replicas in step", 0, false, func(n int) bool { return n < 400 }}, // what a tenth of a second brings
		{"replicas in step, wait=1", 1, false, func(n int) bool { return n == 0 }},
		{"replicas cut off", 0, true, func(n int) bool { return n > 0 }},
		{"replicas cut off, wait=1", 1, true, func(n int) bool { return n == 0 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := failOver(t, c.wait, c.cutOff)
			t.Logf("%v without a master; of %d acknowledged changes %d are missing; %d ended unsure", l.gap.Round(time.Millisecond), l.acknowledged, l.missing, l.unsure)
			if !c.missing(l.missing) {
				t.Errorf("%d acknowledged changes are missing", l.missing)
			}
		})
	}
}

func failOver(t *testing.T, wait int, cutOff bool) loss {
	s, err := testenv.StartSentinels()
	t.Cleanup(s.Stop)
	if err != nil {
		t.Fatal(err)
	}
	h := home(t, "valkey+sentinel://"+s.Addresses()+"/shop", func(o *Options) {
		o.Replicas, o.WaitFor, o.Rest = wait, 100*time.Millisecond, 100*time.Millisecond
	})
	crowd := gather(h, 4)
	await(t, "1000 changes", func() bool { return crowd.acknowledged.Load() >= 1000 })
	if cutOff {
		if err := s.CutOff(); err != nil {
			t.Fatal(err)
		}
		before, unsure := crowd.acknowledged.Load(), crowd.unsure.Load()
		await(t, "people went on", func() bool { return crowd.acknowledged.Load() >= before+200 || crowd.unsure.Load() >= unsure+8 })
	}
	died := time.Now()
	s.Master.Stop()
	crowd.since.Store(time.Now().UnixNano())
	await(t, "a change is acknowledged again", func() bool { return crowd.next.Load() != 0 })
	before := crowd.acknowledged.Load()
	await(t, "500 more", func() bool { return crowd.acknowledged.Load() >= before+500 })
	l := crowd.leave(t)
	l.gap = time.Unix(0, crowd.next.Load()).Sub(died)
	return l
}

// crowd are people who add one unit after another, a thousand a second each.
type crowd struct {
	h                    *Home
	stop                 chan struct{}
	people               sync.WaitGroup
	acknowledged, unsure atomic.Int64
	since, next          atomic.Int64 // when to watch for the next acknowledged change that begins, and when it ended
	mu                   sync.Mutex
	carts                []tally
}

// tally is what one cart must hold of each SKU: at least what was acknowledged, at most what was unsure besides.
type tally struct {
	carried cart.Carried
	sure    []int
	unsure  []int
}

func gather(h *Home, people int) *crowd {
	c := &crowd{h: h, stop: make(chan struct{})}
	for range people {
		c.people.Go(c.shop)
	}
	return c
}

func (c *crowd) shop() {
	pace := time.NewTicker(time.Millisecond)
	defer pace.Stop()
	mine := tally{carried: cart.Carried{Visitor: session.New()}, sure: make([]int, 100), unsure: make([]int, 100)}
	defer func() { c.mu.Lock(); c.carts = append(c.carts, mine); c.mu.Unlock() }()
	for i := 0; ; i++ {
		select {
		case <-c.stop:
			return
		case <-pace.C:
		}
		sku, began := i%100, time.Now()
		_, _, err := c.h.Add(ctx, mine.carried, fmt.Sprint("S", sku), 1)
		if err != nil {
			mine.unsure[sku]++
			c.unsure.Add(1)
			continue
		}
		mine.sure[sku]++
		c.acknowledged.Add(1)
		if since := c.since.Load(); since != 0 && began.UnixNano() > since {
			c.next.CompareAndSwap(0, time.Now().UnixNano())
		}
	}
}

// leave ends the adding and compares the carts with what was said about them.
func (c *crowd) leave(t *testing.T) loss {
	close(c.stop)
	c.people.Wait()
	l := loss{acknowledged: int(c.acknowledged.Load()), unsure: int(c.unsure.Load())}
	for _, one := range c.carts {
		got, err := c.h.Open(ctx, one.carried)
		if err != nil {
			t.Fatal(err)
		}
		for i, sure := range one.sure {
			has := got.Quantity(fmt.Sprint("S", i))
			l.missing += max(0, sure-has)
			if has > sure+one.unsure[i] {
				t.Errorf("S%d: %d in the cart, %d acknowledged, %d unsure", i, has, sure, one.unsure[i])
			}
		}
	}
	return l
}

func contains(s string, any ...string) bool {
	return slices.ContainsFunc(any, func(one string) bool { return one != "" && strings.Contains(s, one) })
}
