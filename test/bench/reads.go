package main

import (
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"myclothes/internal/demo"
	"myclothes/internal/testenv"
)

// way is how a shop reads.
type way struct {
	name     string
	cache    string
	replicas int
}

var ways = []way{
	{"no cache", "off", 0}, {"no cache, 1 replica", "off", 1}, {"no cache, 2 replicas", "off", 2}, {"no cache, 5 replicas", "off", 5},
	{"memory", "memory", 0}, {"memory, 2 replicas", "memory", 2}, {"memory and Valkey", "valkey", 0}, {"memory and Valkey, 2 replicas", "valkey", 2},
}

// rig is where shops that read in several ways stand: one database with its replicas, one cache, one catalogue.
type rig struct {
	*report
	size     int
	binary   string
	dir      string
	address  string
	server   *testenv.Server
	replicas []*testenv.Replica
	redis    *testenv.Redis
	paths    sync.Map // of products by number, as the shop wants them
}

// reads measures shopping's reads in every way, under TPC-W's browsing mix.
func (r *report) reads(size int, binary, dir string) (err error) {
	g := &rig{report: r, size: size, binary: binary, dir: dir}
	if g.server, err = testenv.StartPostgres("-c", "shared_buffers=512MB", "-c", "wal_level=replica", "-c", "max_wal_senders=12", "-c", "hot_standby=on", "-c", "max_connections=200"); err != nil {
		return err
	}
	defer g.server.Stop()
	if g.address, err = g.server.NewDatabase(); err != nil {
		return err
	}
	if err = g.under(way{"", "off", 0}, func(*bench, string) error { return nil }); err != nil { // fills it
		return err
	}
	for range 5 {
		replica, err := g.server.StartReplica()
		if err != nil {
			return err
		}
		defer replica.Stop()
		g.replicas = append(g.replicas, replica)
	}
	if g.redis, err = testenv.StartRedis(); err != nil {
		return err
	}
	defer g.redis.Stop()
	for _, pid := range g.databases() {
		if err := pinTree(pid, serverCore); err != nil {
			return err
		}
	}
	for _, w := range ways {
		if err := g.under(w, func(b *bench, ops string) error { return g.browse(w, b, ops) }); err != nil {
			return fmt.Errorf("%s: %w", w.name, err)
		}
	}
	g.readMarks()
	return nil
}

func (g *rig) databases() []int {
	out := []int{g.server.PID}
	for _, r := range g.replicas {
		out = append(out, r.PID)
	}
	return out
}

// under runs a shop that reads in a way.
func (g *rig) under(w way, do func(b *bench, ops string) error) error {
	b := &bench{report: g.report, shop: host(), sim: host()}
	ops := host()
	args := []string{"demo", "--listen=" + b.shop, "--ops-listen=" + ops, "--simulator-listen=" + b.sim, "--base-url=http://" + b.shop, "--data=" + filepath.Join(g.dir, "reads"),
		"--database=" + g.address, "--log-level=error", "--cache=" + w.cache, "--demo-products=" + strconv.Itoa(g.size)}
	if w.cache == "valkey" {
		args = append(args, "--valkey=valkey://"+g.redis.Address())
	}
	var replicas []string
	for _, r := range g.replicas[:w.replicas] {
		replicas = append(replicas, r.Address(g.address))
	}
	args = append(args, "--replicas="+strings.Join(replicas, " "))
	shop, err := start(serverCore, filepath.Join(g.dir, "reads.log"), nil, g.binary, args...)
	if err != nil {
		return err
	}
	defer shop.stop()
	if _, err := shop.await("http://"+b.shop+"/healthz", 1<<40); err != nil {
		return err
	}
	b.pids = []int{shop.pid()}
	return do(b, "http://"+ops+"/metrics")
}

// browse measures the mix, and what of it came to the database.
func (g *rig) browse(w way, b *bench, ops string) error {
	conns, err := dialAll(b.shop, readers)
	if err != nil {
		return err
	}
	mixes := make([]*mix, readers)
	for i := range mixes {
		mixes[i] = newMix(int64(i+1), demo.Count(g.size))
	}
	var before tally
	var spent int64
	warm := func() (err error) {
		before, err = g.tally(ops)
		spent = int64(used(g.databases()))
		return err
	}
	f, err := measure(readers, b.took, b.pids, warm, func(client, _ int) error { return g.get(conns[client], mixes[client].next()) })
	if err != nil {
		return err
	}
	name := fmt.Sprintf("%d products: %s", demo.Count(g.size), w.name)
	g.row(name, f)
	after, err := g.tally(ops)
	pages := f.rate * b.took.Seconds()
	after.minus(before)
	g.statements[name] = after.statements / pages
	fmt.Printf("%-34s %.3f statements, %.0f µs of the databases' cores a page; of pages %.1f %%, of products and cards %.1f %% were kept\n", "",
		after.statements/pages, float64(int64(used(g.databases()))-spent)/1000/pages, 100*after.pages.share(), 100*after.things.share())
	return err
}

// get asks for a page, and for the address that it really has.
func (g *rig) get(c *conn, path string) error {
	if known, ok := g.paths.Load(path); ok {
		path = known.(string)
	}
	a, err := c.do("GET", path, "", "", false)
	if err == nil && a.status == 301 {
		g.paths.Store(path, a.location)
		a, err = c.do("GET", a.location, "", "", false)
	}
	if err == nil && a.status != 200 {
		err = fmt.Errorf("%s: status %d", path, a.status)
	}
	return err
}

// mix draws pages as TPC-W's browsing mix has them, without those that are nobody else's; products by Zipf's law.
type mix struct {
	most     uint64 // products that there are
	random   *rand.Rand
	products *rand.Zipf
	shelves  *rand.Zipf
	words    *rand.Zipf
}

var (
	shelvesSeen = []string{"clothing", "tops", "shoes", "outerwear", "accessories", "bags", "shirts", "bottoms", "dresses", "sneakers", "coats", "slacks"}
	wordsTyped  = []string{"셔츠", "니트", "코트", "청바지", "스니커즈", "가방", "원피스", "네이비 니트", "린넨 셔츠", "ㅅㅊ", "자켓", "후드", "로퍼", "벨트", "모자", "knit", "shirt", "화이트 셔츠", "와이드 팬츠", "양말"}
)

func newMix(seed int64, products int) *mix {
	r := rand.New(rand.NewSource(seed))
	return &mix{uint64(products), r, rand.NewZipf(r, 1.01, 1, uint64(products-1)), rand.NewZipf(r, 1.01, 1, uint64(len(shelvesSeen)-1)), rand.NewZipf(r, 1.01, 1, uint64(len(wordsTyped)-1))}
}

func (m *mix) next() string {
	shelf := shelvesSeen[m.shelves.Uint64()]
	switch n := m.random.Intn(95); {
	case n < 29:
		return "/"
	case n < 40:
		return "/c/" + shelf + "?sort=new"
	case n < 51:
		return "/c/" + shelf
	case n < 72:
		return "/products/" + strconv.FormatUint(1+m.products.Uint64()*7919%m.most, 10)
	}
	return "/search?q=" + url.QueryEscape(wordsTyped[m.words.Uint64()])
}

// tally is what a shop has counted so far.
type tally struct {
	statements    float64
	pages, things looked
}

// looked is how many look-ups there were, and how many found something that was kept.
type looked struct{ all, kept float64 }

func (l looked) share() float64 { return l.kept / max(l.all, 1) }

func (t *tally) minus(o tally) {
	t.statements -= o.statements
	for _, x := range [][2]*looked{{&t.pages, &o.pages}, {&t.things, &o.things}} {
		x[0].all, x[0].kept = x[0].all-x[1].all, x[0].kept-x[1].kept
	}
}

var (
	statement = regexp.MustCompile(`(?m)^myclothes_db_query_duration_seconds_count\{.*\} (\S+)$`)
	asked     = regexp.MustCompile(`(?m)^myclothes_cache_requests_total\{cache="(\w+)",result="(\w+)"\} (\S+)$`)
)

func (g *rig) tally(ops string) (t tally, err error) {
	resp, err := http.Get(ops)
	if err != nil {
		return t, err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	for _, m := range statement.FindAllStringSubmatch(string(text), -1) {
		n, _ := strconv.ParseFloat(m[1], 64)
		t.statements += n
	}
	for _, m := range asked.FindAllStringSubmatch(string(text), -1) {
		n, _ := strconv.ParseFloat(m[3], 64)
		to := &t.things
		if m[1] == "pages" {
			to = &t.pages
		}
		if to.all += n; m[2] != "miss" {
			to.kept += n
		}
	}
	return t, err
}

// readMarks compares the ways.
func (g *rig) readMarks() {
	name := func(w string) string { return fmt.Sprintf("%d products: %s", demo.Count(g.size), w) }
	fmt.Println()
	for _, w := range []string{"memory", "memory and Valkey, 2 replicas"} {
		g.mark(w+": fewer statements than without, times", g.statements[name("no cache")]/max(g.statements[name(w)], 1e-9), 20, true)
	}
}
