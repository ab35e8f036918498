// Package reads looks at prices through every instance while they change, replicas fall behind and the cache fails, and counts what was shown that was no longer
// so (K1), who was taken back in time (R1) and what was not answered (L1).
package reads

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/lang"
	"myclothes/internal/money"
	"myclothes/internal/store"
	"myclothes/internal/store/storetest"
	"myclothes/internal/testenv"
	"myclothes/test/shoptest"
)

// goods is how many products the merchant keeps changing: one page of the brand's list.
const goods = 24

// fault is something that is wrong while people read.
type fault struct {
	name  string
	bound time.Duration // K1: 1 s, and 5 s in a fault
	least time.Duration // how long it lasts, where that is more than others do
	long  bool          // only in 'make reads-all'
	begin func(*stage)
	again func(*stage) // done over and over while it lasts
	end   func(*stage)
}

func nothing(*stage) {}

var faults = []fault{
	{name: "nothing", bound: time.Second, begin: nothing, end: nothing},
	{name: "replay is paused on two replicas", bound: 5 * time.Second, begin: func(s *stage) { s.hold(true) }, end: func(s *stage) { s.hold(false) }},
	{name: "a replica stops in its tracks", bound: 5 * time.Second, begin: func(s *stage) { s.near[0].Pause() }, end: func(s *stage) { s.near[0].Resume() }},
	{name: "the cache answers 5 ms late", bound: 5 * time.Second, long: true, begin: func(s *stage) { s.proxy.slow(5 * time.Millisecond) }, end: func(s *stage) { s.proxy.slow(0) }},
	{name: "the cache answers 50 ms late", bound: 5 * time.Second, begin: func(s *stage) { s.proxy.slow(50 * time.Millisecond) }, end: func(s *stage) { s.proxy.slow(0) }},
	{name: "the cache answers 500 ms late", bound: 5 * time.Second, long: true, begin: func(s *stage) { s.proxy.slow(500 * time.Millisecond) }, end: func(s *stage) { s.proxy.slow(0) }},
	{name: "the cache is flushed ten times a second", bound: 5 * time.Second, begin: nothing, again: func(s *stage) { s.ask("FLUSHALL") }, end: nothing},
	{name: "the cache says what was true before", bound: 5 * time.Second, begin: nothing, again: (*stage).lie, end: nothing},
	{name: "the cache is down", bound: 5 * time.Second, begin: func(s *stage) { s.redis.Stop() }, end: func(s *stage) { s.must(s.redis.Start()) }},
	{name: "the primary stops for 5 s", bound: 5 * time.Second, least: 8 * time.Second, begin: func(s *stage) { s.server.Pause(); time.AfterFunc(5*time.Second, s.server.Resume) }, end: func(s *stage) { s.server.Resume() }},
	{name: "every replica but those that are late is killed", bound: 5 * time.Second, begin: func(s *stage) {
		for _, r := range s.near {
			r.Stop()
		}
	}, end: nothing},
	{name: "the primary is killed and the standby takes over", bound: 5 * time.Second, least: 10 * time.Second, begin: (*stage).failOver, end: (*stage).nothingLost},
}

// TestPricesAreTrue: READS prices are read under each fault, 2,000 where nothing is said.
func TestPricesAreTrue(t *testing.T) {
	reads, all := 2_000, false
	if n, err := strconv.Atoi(os.Getenv("READS")); err == nil {
		reads, all = n, true
	}
	s := build(t, all)
	for _, f := range faults {
		if f.long && !all {
			continue
		}
		t.Run(strings.ReplaceAll(f.name, " ", "-"), func(t *testing.T) {
			s.T = t
			got := s.under(f, reads)
			t.Logf("%-48s %7d prices in %6d answers, %d not answered; oldest %v; shown old after %s; back in time %d", f.name, got.reads, got.requests, got.failed,
				got.oldest.Round(time.Millisecond), got.text(), got.back)
			if got.old > 0 || got.back > 0 {
				t.Errorf("%d prices had been replaced for longer than %v, %d visitors went back in time: %s", got.old, f.bound, got.back, strings.Join(got.examples, "; "))
			}
			if got.failed*1000 > got.requests {
				t.Errorf("%d of %d requests were not answered: %s", got.failed, got.requests, strings.Join(got.examples, "; "))
			}
		})
	}
}

func (s *score) text() string {
	var out []string
	for i, x := range s.shares {
		if x.shown > 0 {
			out = append(out, fmt.Sprintf("%v: %.2f%%", ages[i], 100*float64(x.old)/float64(x.shown)))
		}
	}
	return strings.Join(out, ", ")
}

// stage is a primary with its synchronous standby and replicas, a cache, and two instances over them.
type stage struct {
	*testing.T
	server   *testenv.Server
	standby  *testenv.Replica
	near     []*testenv.Replica // those that are not held back
	address  string             // of the primary that there is at first
	redis    *testenv.Redis
	proxy    *proxy
	shops    []*shoptest.Shop
	db       *store.DB
	ids      []int64
	skus     []string
	promoted chan time.Time // told when the standby has taken over
	history  history
	least    time.Duration // how long each fault lasts at the least
}

func (s *stage) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

func build(t *testing.T, all bool) *stage {
	s := &stage{T: t, least: 3 * time.Second, history: history{prices: map[int64][]priced{}}}
	var err error
	s.server, err = testenv.StartPostgres("-c", "fsync=off", "-c", "wal_level=replica", "-c", "max_wal_senders=12", "-c", "hot_standby=on", "-c", "max_connections=200")
	s.must(err)
	t.Cleanup(s.server.Stop)
	s.address, err = s.server.NewDatabase()
	s.must(err)
	late := []string{"1s", "60s"}
	if all {
		late, s.least = []string{"100ms", "1s", "10s", "60s"}, 10*time.Second
	}
	replicas := s.replicas(late)
	s.redis, err = testenv.StartRedis()
	s.must(err)
	t.Cleanup(func() { s.redis.Stop() })
	s.proxy = startProxy(t, s.redis.Address())
	flags := []string{"--replicas=" + strings.Join(replicas, " "), "--cache=valkey", "--valkey=valkey://" + s.proxy.address,
		"--secret-keys=a:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}
	port := fmt.Sprintf(":%d/", s.server.Port)
	either := strings.Replace(s.address, port, fmt.Sprintf(":%d,127.0.0.1:%d/", s.server.Port, s.standby.Port), 1) + "&target_session_attrs=read-write"
	for range 2 {
		s.shops = append(s.shops, shoptest.Start(t, either, flags...))
	}
	s.db = s.shops[0].Open()
	s.stock()
	return s
}

// replicas starts the synchronous standby, two replicas that follow as they can, and one for each delay, and returns the addresses of all.
func (s *stage) replicas(late []string) (addresses []string) {
	add := func(options ...string) *testenv.Replica {
		r, err := s.server.StartReplica(options...)
		s.must(err)
		s.Cleanup(r.Stop)
		addresses = append(addresses, r.Address(s.address))
		return r
	}
	s.standby = add("-c", "cluster_name=standby") // never stopped here: no commit would be acknowledged
	s.psql("ALTER SYSTEM SET synchronous_standby_names = 'standby'")
	s.psql("SELECT pg_reload_conf()")
	s.near = append(s.near, add(), add())
	for _, d := range late {
		add("-c", "recovery_min_apply_delay="+d)
	}
	return addresses
}

func (s *stage) psql(text string) {
	s.Helper()
	if out, err := exec.Command(filepath.Join(s.server.Bin, "psql"), "-X", "-c", text, s.address).CombinedOutput(); err != nil {
		s.Fatalf("%s: %v: %s", text, err, out)
	}
}

// stock puts the goods into the shop.
func (s *stage) stock() {
	m, ctx := s.db.Merchant(), s.Context()
	brand := catalog.Brand{Slug: "reads", Name: lang.Text{KO: "리즈", EN: "Reads"}}
	s.must(m.PutBrands(ctx, []catalog.Brand{brand}))
	for i := range goods {
		p := storetest.Products(brand)[2]
		p.ID, p.Slug, p.Status = int64(900_001+i), fmt.Sprintf("thing-%d", i), catalog.OnSale
		p.Name = lang.Text{KO: fmt.Sprintf("물건 %d", i), EN: fmt.Sprintf("Thing %d", i)}
		p.Variants[0].SKU = fmt.Sprintf("THING-%d", i)
		s.must(m.PutProducts(ctx, []catalog.Product{p}))
		s.ids, s.skus = append(s.ids, p.ID), append(s.skus, p.Variants[0].SKU)
		s.history.committed(p.ID, int64(p.Variants[0].Price))
	}
	for _, shop := range s.shops {
		shoptest.Await(s.T, 20*time.Second, "the list is complete", func() error {
			seen, err := (&visitor{stage: s, Client: &http.Client{}}).list(shop)
			if err == nil && len(seen) != goods {
				err = fmt.Errorf("%d of %d", len(seen), goods)
			}
			return err
		})
	}
}

// under reads so many prices while a fault lasts and the merchant changes them.
func (s *stage) under(f fault, reads int) *score {
	got := &score{}
	f.begin(s)
	defer f.end(s)
	ctx, end := context.WithCancel(s.Context())
	var trade, readers sync.WaitGroup
	trade.Go(func() { s.change(ctx) })
	if f.again != nil {
		trade.Go(func() { s.over(ctx, f.again) })
	}
	least := time.Now().Add(max(s.least, f.least))
	for range 8 {
		jar, _ := cookiejar.New(nil)
		v := &visitor{stage: s, Client: &http.Client{Jar: jar, Timeout: 10 * time.Second}, seen: map[int64]int64{}}
		readers.Go(func() { v.read(got, f.bound, reads, least) })
	}
	readers.Wait()
	end()
	trade.Wait()
	return got
}

func (s *stage) over(ctx context.Context, do func(*stage)) {
	t := time.NewTicker(100 * time.Millisecond)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			do(s)
		}
	}
}

// change changes some price some twenty times a second.
func (s *stage) change(ctx context.Context) {
	m := s.db.Merchant()
	for ctx.Err() == nil {
		i := rand.IntN(goods)
		s.history.mu.Lock()
		all := s.history.prices[s.ids[i]]
		next := all[len(all)-1].price + 10
		s.history.mu.Unlock()
		one, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
		err := m.SetPrice(one, s.skus[i], money.Amount(next), money.Amount(next))
		cancel()
		if err == nil {
			s.history.committed(s.ids[i], next)
		} else if ctx.Err() == nil {
			s.Logf("price not changed: %v", err) // it may have been, unacknowledged: the next one is the same price
		}
		time.Sleep(40 * time.Millisecond)
	}
}

func (s *stage) hold(hold bool) {
	for _, r := range s.near {
		shoptest.Await(s.T, 20*time.Second, "replay is held or let go", func() error { return r.Hold(s.address, hold) }) // a conflict with it may cancel the statement
	}
}

func (s *stage) ask(command ...string) string {
	out, err := s.redis.Ask(command...)
	if err != nil {
		s.Error(err)
	}
	return out
}

// failOver kills the primary and, a second later, has the standby take over.
func (s *stage) failOver() {
	s.server.Stop()
	s.promoted = make(chan time.Time, 1)
	time.AfterFunc(time.Second, func() {
		if out, err := exec.Command(filepath.Join(s.server.Bin, "psql"), "-X", "-c", "SELECT pg_promote()", s.standby.Address(s.address)).CombinedOutput(); err != nil {
			s.Errorf("the standby does not take over: %v: %s", err, out)
		}
		s.promoted <- time.Now()
	})
}

// nothingLost fails the test if the new primary has not got every change that was acknowledged, or the shop took longer than 2 s to find it.
func (s *stage) nothingLost() {
	s.Helper()
	for i, id := range s.ids {
		offers, err := s.db.Catalog().Offers(s.Context(), "", []string{s.skus[i]})
		s.must(err)
		all := s.history.prices[id]
		if last := all[len(all)-1]; int64(offers[s.skus[i]].Price) < last.price {
			s.Errorf("%s costs %d: %d was acknowledged", s.skus[i], offers[s.skus[i]].Price, last.price)
		}
	}
	accepts := <-s.promoted
	again, ok := s.history.after(accepts)
	s.Logf("the first change was acknowledged %v after the new primary took over", again.Sub(accepts).Round(time.Millisecond))
	if !ok || again.Sub(accepts) > 2*time.Second {
		s.Errorf("changes were taken again %v after the new primary took over: %t", again.Sub(accepts), ok)
	}
}

// lie has the cache say of one product again what it said of it some time ago.
func (s *stage) lie() {
	id := s.ids[rand.IntN(goods)]
	s.ask("EVAL", `local was = redis.call('GET', 'was:' .. KEYS[1])
		local is = redis.call('DUMP', KEYS[1])
		if was then redis.call('RESTORE', KEYS[1], 180000, was, 'REPLACE') end
		if is then redis.call('SET', 'was:' .. KEYS[1], is) end
		return 1`, "1", fmt.Sprintf("cache:%d", id))
}

// visitor is one browser, which goes to whichever instance.
type visitor struct {
	*stage
	*http.Client
	seen map[int64]int64 // the latest price that was shown of each product
}

// read reads until the score holds so many prices and it is that late: three product pages to one list.
func (v *visitor) read(got *score, bound time.Duration, reads int, least time.Time) {
	for {
		shop := v.shops[rand.IntN(len(v.shops))]
		began := time.Now()
		var shown map[int64]int64
		var err error
		if rand.IntN(4) == 0 {
			shown, err = v.list(shop)
		} else {
			shown, err = v.product(shop, rand.IntN(goods))
		}
		got.mu.Lock()
		got.requests++
		if err != nil {
			got.failed++
		}
		enough := got.reads >= reads && time.Now().After(least)
		got.mu.Unlock()
		if err != nil {
			got.note("%s: %v after %v", began.Format("05.000"), err, time.Since(began).Round(time.Millisecond))
		}
		for id, price := range shown {
			stale := v.history.stale(id, price, began)
			got.saw(stale, v.history.since(id, began), bound)
			if stale > bound {
				got.note("%s showed %d of %d, replaced %v before", shop.URL, price, id, stale)
			}
			if price < v.seen[id] {
				got.mu.Lock()
				got.back++
				got.mu.Unlock()
				got.note("%s showed %d of %d after %d", shop.URL, price, id, v.seen[id])
			}
			v.seen[id] = max(v.seen[id], price)
		}
		if enough {
			return
		}
	}
}

var (
	inPage = regexp.MustCompile(`"price":(\d+)`)
	inCard = regexp.MustCompile(`(?s)<a href="/products/(\d+)-thing-\d+">.*?<span class="now">(?:<span class="hidden">[^<]*</span>)?([\d,]+)원`)
)

func (v *visitor) product(shop *shoptest.Shop, i int) (map[int64]int64, error) {
	text, err := v.get(fmt.Sprintf("%s/products/%d-thing-%d", shop.URL, v.ids[i], i))
	if err != nil {
		return nil, err
	}
	found := inPage.FindStringSubmatch(text)
	if found == nil {
		return nil, fmt.Errorf("a page without a price")
	}
	price, err := strconv.ParseInt(found[1], 10, 64)
	return map[int64]int64{v.ids[i]: price}, err
}

func (v *visitor) list(shop *shoptest.Shop) (map[int64]int64, error) {
	text, err := v.get(shop.URL + "/b/reads")
	out := map[int64]int64{}
	for _, found := range inCard.FindAllStringSubmatch(text, -1) {
		id, err1 := strconv.ParseInt(found[1], 10, 64)
		price, err2 := strconv.ParseInt(strings.ReplaceAll(found[2], ",", ""), 10, 64)
		if err1 != nil || err2 != nil {
			return nil, fmt.Errorf("a card that cannot be read: %q", found[0])
		}
		out[id] = price
	}
	return out, err
}

func (v *visitor) get(url string) (string, error) {
	resp, err := v.Client.Get(url)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answers %s", url, resp.Status)
	}
	return string(text), err
}
