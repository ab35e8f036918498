// Package people lets many customers use their accounts at once, each request at any of two instances over one PostgreSQL, and counts what they were shown that was not what they had
// last done (R1) or that was somebody else's (C3).
package people

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/lang"
	"myclothes/internal/store/storetest"
	"myclothes/internal/testenv"
	"myclothes/test/shoptest"
)

const (
	customers = 100
	rounds    = 8 // things that each of them does
	hashing   = 8 // who join or sign in at once: passwords are hashed in turn, and nobody waits for more than five seconds
	secretKey = "a:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
)

// TestAHundredAccountsAtOnce has everybody join, sign in and change what is theirs. Whatever is somebody's carries their mark: every answer is searched for those of others.
func TestAHundredAccountsAtOnce(t *testing.T) {
	s := build(t)
	begin := time.Now()
	s.together(hashing, func(c *one) { s.note(c, c.browser.Join(c.any(), c.says())) })
	links := s.links()
	s.together(hashing, func(c *one) { c.enters(links) })
	s.together(customers, func(c *one) {
		for range rounds {
			c.acts()
		}
		c.looks()
	})
	t.Logf("%d customers, %d requests at two instances in %v: %d of their own writes read back, %d read back otherwise; %d answers searched for others' marks, %d found; %d failed",
		customers, s.requests.Load(), time.Since(begin).Round(time.Millisecond), s.read.Load(), s.stale.Load(), s.requests.Load(), s.foreign.Load(), s.failed.Load())
	if s.stale.Load()+s.foreign.Load()+s.failed.Load() > 0 {
		t.Errorf("%d writes were not read back, %d answers held what is somebody else's, %d requests failed", s.stale.Load(), s.foreign.Load(), s.failed.Load())
	}
	if s.read.Load() < customers*rounds {
		t.Errorf("only %d reads were compared", s.read.Load())
	}
}

// stage is two instances and everybody in front of them.
type stage struct {
	t                                      *testing.T
	shops                                  [2]*shoptest.Shop
	all                                    []*one
	requests, read, stale, foreign, failed atomic.Int64
}

func build(t *testing.T) *stage {
	s := &stage{t: t}
	database := testenv.Postgres(t)
	for i := range s.shops {
		s.shops[i] = shoptest.Start(t, database, "--trusted-proxies=127.0.0.1/32", "--secret-keys="+secretKey, "--log-level=debug")
		t.Cleanup(s.shops[i].Stop)
	}
	var goods []catalog.Product
	for n := range customers {
		c := &one{stage: s, n: n, rnd: rand.New(rand.NewPCG(uint64(n), 7)), browser: shoptest.NewBrowser(fmt.Sprintf("10.3.0.%d", n+1)), product: int64(900_000 + n), wishes: map[int64]bool{}, places: map[string]bool{}}
		c.browser.Secrets = []*shoptest.Secrets{s.shops[0].Secrets, s.shops[1].Secrets}
		c.name = c.mark() + " 0"
		s.all = append(s.all, c)
		goods = append(goods, c.goods())
	}
	if err := s.shops[0].Open().Merchant().PutProducts(t.Context(), goods); err != nil {
		t.Fatal(err)
	}
	return s
}

// together lets everybody do the same, so many at once.
func (s *stage) together(most int, do func(*one)) {
	turn := make(chan struct{}, most)
	var busy sync.WaitGroup
	for _, c := range s.all {
		busy.Go(func() {
			turn <- struct{}{}
			do(c)
			<-turn
		})
	}
	busy.Wait()
}

// note counts a request that was not answered as it must be.
func (s *stage) note(c *one, err error) bool {
	s.requests.Add(1)
	if err != nil {
		s.failed.Add(1)
		s.t.Errorf("%s: %v", c.mark(), err)
	}
	return err == nil
}

// links awaits everybody's mail, wherever it was sent from, and returns the links by marks.
func (s *stage) links() map[string]string {
	s.t.Helper()
	out := map[string]string{}
	link := regexp.MustCompile(`(?is)(zq\d{3}qz)@.*?(/account/confirm/[\w-]+)`)
	reader := shoptest.NewBrowser("10.3.1.1")
	shoptest.Await(s.t, time.Minute, "everybody's mail", func() error {
		for _, shop := range s.shops {
			a, err := reader.Get(shop.URL + "/demo/mail")
			if err != nil {
				return err
			}
			for _, mail := range strings.Split(a.Body, "<li>") {
				if m := link.FindStringSubmatch(mail); m != nil {
					out[strings.ToUpper(m[1])] = m[2]
				}
			}
		}
		if len(out) < customers {
			return fmt.Errorf("%d of %d", len(out), customers)
		}
		return nil
	})
	for _, shop := range s.shops {
		for _, l := range slices.Collect(maps.Values(out)) {
			shop.Secrets.Add("a link", strings.TrimPrefix(l, "/account/confirm/"))
		}
	}
	return out
}

// one is a customer with what they know to be theirs.
type one struct {
	*stage
	n       int
	rnd     *rand.Rand
	browser *shoptest.Browser
	product int64

	name     string
	quantity int
	wishes   map[int64]bool
	places   map[string]bool // details of addresses
	orders   []string
	changes  int
}

func (c *one) mark() string { return fmt.Sprintf("ZQ%03dQZ", c.n) }
func (c *one) sku() string  { return c.mark() + "-NAVY-M" }
func (c *one) any() string  { return c.shops[c.rnd.IntN(len(c.shops))].URL }

func (c *one) phone() string { return fmt.Sprintf("010-7%03d-%04d", c.n, c.n*37) }

func (c *one) says() shoptest.Person {
	return shoptest.Person{Name: c.name, Email: strings.ToLower(c.mark()) + "@example.com", Phone: c.phone(), Password: "lorry-anvil-" + c.mark()}
}

// goods are a product that only this customer ever buys.
func (c *one) goods() catalog.Product {
	text := lang.Text{KO: c.mark(), EN: c.mark()}
	navy := catalog.Color{Code: "navy", Name: lang.Text{KO: "네이비", EN: "Navy"}, Hex: "#1b2a49"}
	return catalog.Product{ID: c.product, Slug: strings.ToLower(c.mark()), Brand: catalog.Brand{Slug: "damgyeol"}, Category: "shirts", Status: catalog.OnSale, Name: text, Description: text, CreatedAt: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC),
		Facts: storetest.Told(catalog.Clothes), Variants: []catalog.Variant{{SKU: c.sku(), Color: navy, Size: catalog.Alpha.Size("M"), Price: 10_000, ListPrice: 10_000, Available: 1000}}}
}

// marks are those of anybody.
var marks = regexp.MustCompile(`(?i)zq\d{3}qz`)

// ask sends a request to any instance, wants that status, and searches what comes back for the marks of others.
func (c *one) ask(method, path, kind, body string, status int, header ...string) (shoptest.Answer, bool) {
	at := c.any()
	a, err := c.browser.Send(method, at+path, kind, body, header...)
	if err == nil && a.Status != status {
		err = fmt.Errorf("%s %s%s answers %d, want %d: %.300s", method, at, path, a.Status, status, a.Body)
	}
	for _, m := range marks.FindAllString(a.Body+a.Location+strings.Join(a.Header.Values("Set-Cookie"), " "), -1) {
		if !strings.EqualFold(m, c.mark()) {
			c.foreign.Add(1)
			c.t.Errorf("%s was shown %s by %s%s", c.mark(), m, at, path)
		}
	}
	return a, c.note(c, err)
}

func (c *one) form(path string, fields url.Values, status int) (shoptest.Answer, bool) {
	return c.ask("POST", path, "application/x-www-form-urlencoded", fields.Encode(), status)
}

// is compares what is shown with what was done.
func (c *one) is(what string, got, want any) {
	c.read.Add(1)
	if fmt.Sprint(got) != fmt.Sprint(want) {
		c.stale.Add(1)
		c.t.Errorf("%s: %s is %v, want %v", c.mark(), what, got, want)
	}
}

func (c *one) enters(links map[string]string) {
	if _, ok := c.form(links[c.mark()], url.Values{"x": {"y"}}, http.StatusOK); !ok {
		return
	}
	c.note(c, c.browser.SignIn(c.any(), c.says()))
	c.profile()
}

// acts does one thing and looks at once whether it is so, usually at the other instance.
func (c *one) acts() {
	c.changes++
	switch c.rnd.IntN(6) {
	case 0:
		c.name = fmt.Sprintf("%s %d", c.mark(), c.changes)
		if _, ok := c.form("/account/profile", url.Values{"name": {c.name}, "phone": {c.phone()}}, http.StatusOK); ok {
			c.profile()
		}
	case 1:
		c.moves()
	case 2:
		method := "PUT"
		if c.wishes[c.product] = !c.wishes[c.product]; !c.wishes[c.product] {
			method = "DELETE"
		}
		if _, ok := c.ask(method, fmt.Sprintf("/api/v1/account/wishlist/%d", c.product), "application/json", "{}", http.StatusNoContent); ok {
			c.wished()
		}
	case 3, 4:
		c.quantity = 1 + c.rnd.IntN(9)
		if c.fills() {
			c.cart()
		}
	case 5:
		c.buys()
	}
}

func (c *one) fills() bool {
	_, ok := c.ask("POST", "/api/v1/cart/lines", "application/json", fmt.Sprintf(`{"sku":%q,"quantity":1}`, c.sku()), http.StatusOK)
	if ok {
		_, ok = c.ask("PATCH", "/api/v1/cart/lines/"+c.sku(), "application/json", fmt.Sprintf(`{"quantity":%d}`, c.quantity), http.StatusOK)
	}
	return ok
}

func (c *one) delivery(detail string) map[string]string {
	return map[string]string{"recipient": c.name, "phone": c.phone(), "postcode": "04524", "road_address": "서울특별시 중구 세종대로 110", "detail_address": detail, "memo": c.mark()}
}

// moves adds an address, or takes one away.
func (c *one) moves() {
	if a, ok := c.ask("GET", "/account/addresses", "", "", http.StatusOK); ok && len(c.places) > 2 {
		m := regexp.MustCompile(`/account/addresses/([A-Z2-7]+)/delete`).FindStringSubmatch(a.Body)
		gone := regexp.MustCompile(c.mark() + ` [0-9]+ at home`).FindString(a.Body)
		if _, ok := c.form("/account/addresses/"+m[1]+"/delete", url.Values{"x": {"y"}}, http.StatusSeeOther); ok {
			delete(c.places, gone)
			c.lives()
		}
		return
	}
	detail := fmt.Sprintf("%s %d at home", c.mark(), c.changes)
	fields := url.Values{}
	for name, value := range c.delivery(detail) {
		fields.Set("delivery."+name, value)
	}
	if _, ok := c.form("/account/addresses/new", fields, http.StatusSeeOther); ok {
		c.places[detail] = true
		c.lives()
	}
}

func (c *one) buys() {
	c.quantity = 2
	if !c.fills() {
		return
	}
	order, err := json.Marshal(map[string]any{"contact": map[string]string{"name": c.name, "phone": c.phone(), "email": c.says().Email}, "delivery": c.delivery(c.mark()), "payment_method": "card", "agreements": []string{"terms", "privacy", "purchase"}})
	if err != nil {
		c.t.Error(err)
		return
	}
	a, ok := c.ask("POST", "/api/v1/orders", "application/json", string(order), http.StatusCreated, fmt.Sprintf("Idempotency-Key: %s-%d", c.mark(), c.changes))
	if !ok {
		return
	}
	c.quantity = 0
	c.orders = append(c.orders, regexp.MustCompile(`"number":"([^"]+)"`).FindStringSubmatch(a.Body)[1])
	c.bought()
	c.cart()
}
