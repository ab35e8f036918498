// Package rolling changes a living shop's settings one instance after another, behind the load balancer and under shoppers, and counts errors and lost carts.
package rolling

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"myclothes/internal/testenv"
	"myclothes/test/shoptest"
)

const (
	keyA = "a:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
	keyB = "b:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="
)

// step is what every instance is given, one after another.
type step struct {
	name, home, previous, keys string
}

// short is what 'make test' has time for: one move and one rotation. ROLL=all, in 'make rolling', goes all the way.
var short = []step{
	{"learn of the cookie", "database", "cookie", keyA},
	{"move to the cookie", "cookie", "database", keyA},
	{"learn of key b", "cookie", "database", keyA + " " + keyB},
	{"seal with key b", "cookie", "database", keyB + " " + keyA},
}

// steps lead through the homes as docs/carts.md says: before carts move, every instance learns of both homes; before a key seals, every instance has it.
var steps = []step{
	{"learn of valkey", "database", "valkey", keyA},
	{"move to valkey", "valkey", "database", keyA},
	{"learn of dynamodb", "valkey", "dynamodb", keyA},
	{"move to dynamodb", "dynamodb", "valkey", keyA},
	{"learn of the cookie", "dynamodb", "cookie", keyA},
	{"move to the cookie", "cookie", "dynamodb", keyA},
	{"learn of key b", "cookie", "none", keyA + " " + keyB},
	{"seal with key b", "cookie", "none", keyB + " " + keyA},
	{"forget key a", "cookie", "none", keyB},
	{"learn of the database", "cookie", "database", keyB},
	{"move to the database", "database", "cookie", keyB},
}

// TestHomesAndKeysChangeUnderShoppers rolls all of that through three instances: no request fails and no cart loses anything. Only what a key sealed that
// is taken away before its carts were touched again would be lost; here every shopper keeps coming.
func TestHomesAndKeysChangeUnderShoppers(t *testing.T) {
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
	url := fmt.Sprintf("http://127.0.0.1:%d", testenv.FreePort())
	flags := []string{"--base-url=" + url, "--trusted-proxies=127.0.0.1/32", "--drain-delay=3s", "--valkey=valkey://" + redis.Address() + "?budget=2s",
		fmt.Sprintf("--dynamodb=dynamodb://ap-northeast-2/carts?endpoint=%s&create=true&budget=5s", dynamo.URL())}
	database := testenv.Postgres(t)
	var shops [3]*shoptest.Shop
	for i := range shops {
		shops[i] = shoptest.Start(t, database, flags...)
	}
	shoptest.Balance(t, url, shops)
	all := crowd(t, url, 24)
	roll := short
	if os.Getenv("ROLL") == "all" {
		roll = steps
	}
	for _, s := range roll {
		before, errs := all.requests.Load(), all.errors.Load()
		for _, shop := range shops {
			shop.Stop()
			shop.Restart("--cart-home="+s.home, "--cart-home-previous="+s.previous, "--secret-keys="+s.keys)
			time.Sleep(600 * time.Millisecond) // until the balancer has seen it: it asks every 500 ms
		}
		t.Logf("%-24s %5d requests, %d errors", s.name, all.requests.Load()-before, all.errors.Load()-errs)
	}
	all.leave()
	if n := all.errors.Load(); n > 0 {
		t.Errorf("%d of %d requests failed", n, all.requests.Load())
	}
	if n := all.lost.Load(); n > 0 {
		t.Errorf("%d looks found something missing or too much", n)
	}
	t.Logf("%d shoppers, %d requests, %d errors, %d carts that were not as acknowledged", 24, all.requests.Load(), all.errors.Load(), all.lost.Load())
}

// shoppers come again and again until they leave.
type shoppers struct {
	t                      *testing.T
	url                    string
	goods                  []string
	end                    chan struct{}
	here                   sync.WaitGroup
	requests, errors, lost atomic.Int64
}

func crowd(t *testing.T, url string, n int) *shoppers {
	s := &shoppers{t: t, url: url, goods: goods(t, url), end: make(chan struct{})}
	for i := range n {
		s.here.Go(func() { s.shop(uint64(i)) })
	}
	return s
}

func (s *shoppers) leave() { close(s.end); s.here.Wait() }

// goods returns three SKUs of which there is enough for everybody.
func goods(t *testing.T, url string) []string {
	t.Helper()
	var out []string
	for id := 1; len(out) < 3; id++ {
		resp, err := http.Get(fmt.Sprintf("%s/api/v1/products/%d", url, id))
		if err != nil {
			t.Fatal(err)
		}
		var p struct {
			Variants []struct {
				SKU       string
				Available int
			}
		}
		err = json.NewDecoder(resp.Body).Decode(&p)
		resp.Body.Close()
		if err != nil || resp.StatusCode != http.StatusOK {
			t.Fatalf("product %d: %s %v", id, resp.Status, err)
		}
		for _, v := range p.Variants {
			if v.Available >= most && len(out) < 3 {
				out = append(out, v.SKU)
			}
		}
	}
	return out
}

// most is how many units of one SKU a shopper wants.
const most = 5

func (s *shoppers) shop(seed uint64) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Error(err)
		return
	}
	own := &http.Transport{} // each is a browser with connections of its own
	defer own.CloseIdleConnections()
	client, rnd, has := &http.Client{Jar: jar, Transport: own, Timeout: 30 * time.Second}, rand.New(rand.NewPCG(seed, 1)), map[string]int{}
	for {
		select {
		case <-s.end:
			return
		case <-time.After(time.Duration(50+rnd.IntN(100)) * time.Millisecond):
		}
		sku := s.goods[rnd.IntN(len(s.goods))]
		want := has[sku]
		method, path, body := "GET", "/api/v1/cart", ""
		switch rnd.IntN(4) {
		case 0:
			if want++; want > most {
				want = 0
			}
			method, path, body = "PATCH", "/api/v1/cart/lines/"+sku, fmt.Sprintf(`{"quantity":%d}`, want)
		case 1:
			if want < most {
				want++
				method, path, body = "POST", "/api/v1/cart/lines", fmt.Sprintf(`{"sku":%q,"quantity":1}`, sku)
			}
		}
		got, err := ask(client, method, s.url+path, body)
		s.requests.Add(1)
		if err != nil {
			s.errors.Add(1)
			s.t.Errorf("%s %s: %v", method, path, err)
			return // what the cart holds now is unknown
		}
		if has[sku] = want; want == 0 {
			delete(has, sku)
		}
		if !maps.Equal(got, has) {
			s.lost.Add(1)
			s.t.Errorf("%s %s: the cart holds %v, acknowledged are %v", method, path, got, has)
			return
		}
	}
}

func ask(client *http.Client, method, url, body string) (map[string]int, error) {
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	var cart struct {
		Lines []struct {
			SKU      string
			Quantity int
		}
	}
	if resp.StatusCode != http.StatusOK || json.Unmarshal(text, &cart) != nil {
		return nil, fmt.Errorf("%s: %s", resp.Status, text)
	}
	got := map[string]int{}
	for _, l := range cart.Lines {
		got[l.SKU] = l.Quantity
	}
	return got, nil
}
