package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"myclothes/internal/store"
	"myclothes/internal/testenv"
)

// Clients at once: enough to keep one core busy, few enough that the load's core is not what is measured.
const (
	readers = 16
	writers = 8
)

// report prints figures as they come and keeps those that marks compare.
type report struct {
	took time.Duration
	keep bool // the shops stay for another run
	kept map[string]figures
	// statements of the database a page, of the ways to read
	statements map[string]float64
	idle       int64
	started    time.Duration
	tpcb       float64
}

func (r *report) header() {
	r.kept, r.statements = map[string]figures{}, map[string]float64{}
	fmt.Printf("each figure over %v; servers on one core, load on another; %d readers, %d writers\n\n", r.took, readers, writers)
	fmt.Printf("%-34s %10s %10s %10s %14s\n", "", "per s", "p50", "p99", "server CPU/op")
}

func (r *report) row(name string, f figures) {
	r.kept[name] = f
	fmt.Printf("%-34s %10.0f %10s %10s %14s\n", name, f.rate, short(f.p50), short(f.p99), short(f.cpu))
}

func short(d time.Duration) string { return d.Round(10 * time.Microsecond).String() }

// bench is a shop under load.
type bench struct {
	*report
	name     string
	address  string // of the database
	pids     []int
	shop     string // host:port
	sim      string
	products []string // addresses of product pages
	skus     []string
}

// engine measures the shop on one database.
func (r *report) engine(name, address string, pg int, binary, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	b := &bench{report: r, name: name, address: address, shop: host(), sim: host()}
	ops := host()
	sim, err := start(loadCore, filepath.Join(dir, "sim.log"), nil, binary, "simulator", "--simulator-listen="+b.sim, "--data="+dir, "--base-url=http://"+b.shop)
	if err != nil {
		return err
	}
	defer sim.stop()
	args := []string{"demo", "--listen=" + b.shop, "--ops-listen=" + ops, "--base-url=http://" + b.shop, "--database=" + address, "--data=" + dir, "--log-level=error",
		"--payments=toss", "--toss-base-url=http://" + b.sim, "--toss-secret-key=test_sk_myclothes_simulator", "--toss-client-key=x"}
	first, err := start(serverCore, filepath.Join(dir, "first.log"), nil, binary, args...)
	if err != nil {
		return err
	}
	if _, err := first.await("http://"+b.shop+"/healthz", 30*time.Second); err != nil {
		return err
	}
	if err := first.stop(); err != nil {
		return err
	}
	if err := b.restock(); err != nil {
		return err
	}
	shop, err := start(serverCore, filepath.Join(dir, "shop.log"), nil, binary, args...)
	if err != nil {
		return err
	}
	defer shop.stop()
	took, err := shop.await("http://"+b.shop+"/healthz", 30*time.Second)
	if err != nil {
		return err
	}
	r.started, r.idle = max(r.started, took), max(r.idle, resident(shop.pid()))
	b.pids = []int{shop.pid(), pg}
	return b.all(dir)
}

func host() string { return fmt.Sprintf("127.0.0.1:%d", testenv.FreePort()) }

// restock gives every variant of the first products enough units for any run, and learns their SKUs and addresses.
func (b *bench) restock() error {
	ctx := context.Background()
	db, err := store.Open(store.Options{Address: b.address})
	if err != nil {
		return err
	}
	defer db.Close()
	for id := int64(1); id <= 40; id++ {
		p, err := db.Catalog().Product(ctx, id)
		if err != nil {
			return err
		}
		b.products = append(b.products, fmt.Sprintf("/products/%d-%s", p.ID, url.PathEscape(p.Slug)))
		for _, v := range p.Variants {
			if err := db.Merchant().Restock(ctx, v.SKU, 1_000_000); err != nil {
				return err
			}
			b.skus = append(b.skus, v.SKU)
		}
	}
	return nil
}

// analyze tells the planner of the rows that the warm-up wrote, as autovacuum does within a minute of a shop's first orders: plans made while
// the tables were empty would be measured otherwise.
func (b *bench) analyze() error {
	db, err := store.Open(store.Options{Address: b.address})
	if err != nil {
		return err
	}
	defer db.Close()
	return db.Merchant().Analyze(context.Background())
}

func nothing() error { return nil }

func (b *bench) all(dir string) error {
	if len(b.kept) == 0 {
		if err := b.bare(dir); err != nil {
			return err
		}
	}
	terms := []string{"셔츠", "니트", "코트", "코튼", "울", "데님", "스니커즈", "블랙"}
	for _, m := range []struct {
		name string
		path func(n int) string
	}{
		{"product page", func(n int) string { return b.products[n%len(b.products)] }},
		{"category page", func(int) string { return "/c/clothing" }},
		{"search page", func(n int) string { return "/search?q=" + url.QueryEscape(terms[n%len(terms)]) }},
		{"search, every text new", func(n int) string { return "/search?q=" + url.QueryEscape(terms[n%len(terms)]+" "+strconv.Itoa(n)) }},
	} {
		if err := b.pages(m.name, b.shop, m.path); err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
	}
	if err := b.adds(); err != nil {
		return err
	}
	return b.orders()
}

// bare measures the limit with the bytes of this shop's pages.
func (b *bench) bare(dir string) error {
	c, err := dial(b.shop)
	if err != nil {
		return err
	}
	env := []string{}
	for name, path := range map[string]string{"product": b.products[0], "category": "/c/clothing"} {
		a, err := c.do("GET", path, "", "", true)
		if err != nil || a.status != 200 {
			return fmt.Errorf("%s: %d %v", path, a.status, err)
		}
		file := filepath.Join(dir, name+".html")
		if err := os.WriteFile(file, a.body, 0o644); err != nil {
			return err
		}
		env = append(env, "BENCH_"+name+"="+file)
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	addr := host()
	p, err := start(serverCore, filepath.Join(dir, "bare.log"), append(env, "BENCH_BARE="+addr), self)
	if err != nil {
		return err
	}
	defer p.stop()
	if _, err := p.await("http://"+addr+"/product", 30*time.Second); err != nil {
		return err
	}
	pids := b.pids
	defer func() { b.pids, b.name = pids, "SQLite" }()
	b.pids, b.name = []int{p.pid()}, "bare net/http"
	for _, page := range []string{"product page", "category page"} {
		if err := b.pages(page, addr, func(int) string { return "/" + strings.TrimSuffix(page, " page") }); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) pages(name, to string, path func(n int) string) error {
	conns, err := dialAll(to, readers)
	if err != nil {
		return err
	}
	f, err := measure(readers, b.took, b.pids, nothing, func(client, n int) error {
		a, err := conns[client].do("GET", path(client*1_000_000+n), "", "", false)
		if err == nil && a.status != 200 {
			err = fmt.Errorf("status %d", a.status)
		}
		return err
	})
	if err == nil {
		b.row(b.name+": "+name, f)
	}
	return err
}

func dialAll(to string, n int) ([]*conn, error) {
	out := make([]*conn, n)
	for i := range out {
		var err error
		if out[i], err = dial(to); err != nil {
			return nil, err
		}
	}
	return out, nil
}

const jsonType = "Content-Type: application/json\r\n"

// adds puts one unit into the cart of a new visitor each time.
func (b *bench) adds() error {
	conns, err := dialAll(b.shop, writers)
	if err != nil {
		return err
	}
	f, err := measure(writers, b.took, b.pids, b.analyze, func(client, n int) error {
		_, err := b.add(conns[client], client, n)
		return err
	})
	if err == nil {
		b.row(b.name+": add to cart, new visitor", f)
	}
	return err
}

func (b *bench) add(c *conn, client, n int) (cookie string, err error) {
	a, err := c.do("POST", "/api/v1/cart/lines", jsonType, `{"sku":"`+b.skus[(client*7919+n*31)%len(b.skus)]+`","quantity":1}`, false)
	if err == nil && (a.status != 200 || a.cookie == "") {
		err = fmt.Errorf("add: status %d", a.status)
	}
	return a.cookie, err
}

const buyer = `{"contact":{"name":"김하루","phone":"010-1234-5678","email":"haru@example.com"},
 "delivery":{"recipient":"김하루","phone":"010-1234-5678","postcode":"04524","road_address":"서울특별시 중구 세종대로 110","detail_address":"1층","memo":""},
 "payment_method":"card","agreements":["terms","privacy","purchase"]}`

// orders buys: cart, order, agree at the payment page, confirm.
func (b *bench) orders() error {
	conns, err := dialAll(b.shop, writers)
	if err != nil {
		return err
	}
	sims, err := dialAll(b.sim, writers)
	if err != nil {
		return err
	}
	f, err := measure(writers, b.took, b.pids, b.analyze, func(client, n int) error { return b.order(conns[client], sims[client], client, n) })
	if err == nil {
		b.row(b.name+": complete order", f)
	}
	return err
}

func (b *bench) order(c, sim *conn, client, n int) error {
	cookie, err := b.add(c, client, n)
	if err != nil {
		return err
	}
	own := "Cookie: " + cookie + "\r\n" + jsonType
	a, err := c.do("POST", "/api/v1/orders", own+"Idempotency-Key: k\r\n", buyer, true)
	if err != nil || a.status != 201 {
		return fmt.Errorf("place: %d %s %v", a.status, a.body, err)
	}
	var placed struct {
		Number  string
		Payment struct {
			CheckoutURL string `json:"checkout_url"`
		}
	}
	if err := json.Unmarshal(a.body, &placed); err != nil {
		return err
	}
	page, err := url.Parse(placed.Payment.CheckoutURL)
	if err != nil {
		return err
	}
	a, err = sim.do("POST", page.RequestURI(), "Content-Type: application/x-www-form-urlencoded\r\n", "result=approve", false)
	if err != nil || a.status != 303 {
		return fmt.Errorf("pay at %s: %d %v", page, a.status, err)
	}
	back, err := url.Parse(a.location)
	if err != nil {
		return err
	}
	q := back.Query()
	body := fmt.Sprintf(`{"paymentKey":%q,"orderId":%q,"amount":%s}`, q.Get("paymentKey"), q.Get("orderId"), q.Get("amount"))
	a, err = c.do("POST", "/api/v1/orders/"+placed.Number+"/payment/confirm", own, body, true)
	if err != nil || a.status != 200 || !strings.Contains(string(a.body), `"status":"paid"`) {
		return fmt.Errorf("confirm: %d %s %v", a.status, a.body, err)
	}
	return nil
}

// pgbench measures PostgreSQL's own TPC-B-like transactions on the same server.
func (r *report) pgbench(pg *testenv.Server, took time.Duration) error {
	address, err := pg.NewDatabase()
	if err != nil {
		return err
	}
	bin := filepath.Join(pg.Bin, "pgbench")
	if out, err := exec.Command(bin, "-i", "-q", "-s", "10", address).CombinedOutput(); err != nil {
		return fmt.Errorf("pgbench -i: %w: %s", err, out)
	}
	out, err := exec.Command("taskset", "-c", loadCore, bin, "-c", strconv.Itoa(writers), "-j", "1", "-T", strconv.Itoa(int(took.Seconds())), "-M", "prepared", address).CombinedOutput()
	if err != nil {
		return fmt.Errorf("pgbench: %w: %s", err, out)
	}
	m := regexp.MustCompile(`tps = ([0-9.]+)`).FindSubmatch(out)
	if m == nil {
		return fmt.Errorf("pgbench said %s", out)
	}
	r.tpcb, err = strconv.ParseFloat(string(m[1]), 64)
	fmt.Printf("%-34s %10.0f\n", "PostgreSQL: pgbench, TPC-B-like", r.tpcb)
	return err
}

// marks compares what was measured with what the shop promises.
func (r *report) marks() {
	fmt.Println()
	for _, m := range []struct {
		what    string
		got, at float64
		atLeast bool
	}{
		{"SQLite: product page, % of bare", r.share("SQLite: product page", "bare net/http: product page"), 10, true},
		{"PostgreSQL: product page, % of bare", r.share("PostgreSQL: product page", "bare net/http: product page"), 10, true},
		{"SQLite: category page, % of bare", r.share("SQLite: category page", "bare net/http: category page"), 5, true},
		{"PostgreSQL: category page, % of bare", r.share("PostgreSQL: category page", "bare net/http: category page"), 5, true},
		{"PostgreSQL: orders, % of TPC-B-like", 100 * r.kept["PostgreSQL: complete order"].rate / r.tpcb, 5, true},
		{"idle memory, MB", float64(r.idle) / 1e6, 100, false},
		{"start with data, s", r.started.Seconds(), 2, false},
	} {
		r.mark(m.what, m.got, m.at, m.atLeast)
	}
}

// mark compares one figure with what is promised of it.
func (r *report) mark(what string, got, at float64, atLeast bool) {
	verdict, sign := "missed", "≤"
	if atLeast {
		sign = "≥"
	}
	if got >= at == atLeast || got == at {
		verdict = "met"
	}
	fmt.Printf("%-52s %8.2f   mark %s %-5g %s\n", what, got, sign, at, verdict)
}

func (r *report) share(a, b string) float64 { return 100 * r.kept[a].rate / r.kept[b].rate }
