package carts

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"time"
)

// shopper is a browser, and what its owner knows: of each SKU at least so many were acknowledged, and at most so many asked for.
type shopper struct {
	url    string
	goods  []string
	client *http.Client
	chance *rand.Rand
	least  map[string]int
	most   map[string]int

	requests, errors int
	lines            int // acknowledged and then missing
	strange          int // in the cart and never asked for
	lost, early      bool
	gets, adds       []time.Duration // of what was answered
	wire             wire
}

func newShopper(url string, goods []string, seed uint64, via *http.Transport) *shopper {
	jar, _ := cookiejar.New(nil) // fails never without options
	s := &shopper{url: url, goods: goods, chance: rand.New(rand.NewPCG(seed, 0)), least: map[string]int{}, most: map[string]int{}}
	s.wire.via = via
	s.client = &http.Client{Jar: jar, Timeout: 10 * time.Second, Transport: &s.wire}
	return s
}

// shop adds and looks, with a pause after each, until ctx ends. alive says whether every instance has lived so far.
func (s *shopper) shop(ctx context.Context, pause time.Duration, alive func() bool) {
	for ctx.Err() == nil {
		if s.chance.IntN(5) < 2 {
			s.add(alive)
		} else {
			s.look(alive)
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Duration(s.chance.Int64N(int64(pause) + 1))):
		}
	}
}

// add puts one of something into the cart. One that was not answered is there or not.
func (s *shopper) add(alive func() bool) {
	sku := s.goods[s.chance.IntN(len(s.goods))]
	cart, status, took := s.ask(http.MethodPost, "/api/v1/cart/lines", fmt.Sprintf(`{"sku":%q,"quantity":1}`, sku))
	switch {
	case status == http.StatusOK:
		s.least[sku]++
		s.most[sku]++
		s.adds = append(s.adds, took)
		s.compare(cart, alive())
	case status == 0 || status >= 500:
		s.most[sku]++
		s.errors++
	}
}

// look opens the cart and reports whether it was shown.
func (s *shopper) look(alive func() bool) bool {
	cart, status, took := s.ask(http.MethodGet, "/api/v1/cart", "")
	if status != http.StatusOK {
		s.errors++
		return false
	}
	s.gets = append(s.gets, took)
	s.compare(cart, alive())
	return true
}

// compare holds the cart that the shop shows against what was acknowledged. What is lost is missed once.
func (s *shopper) compare(cart map[string]int, alive bool) {
	for sku, least := range s.least {
		if cart[sku] < least {
			s.least[sku] = cart[sku]
			s.lines++
			s.lost, s.early = true, s.early || alive
		}
	}
	for sku, n := range cart {
		if n > s.most[sku] {
			s.strange++
		}
	}
}

// ask sends one request and returns the cart as the answer shows it, by SKU. Status 0 is no answer.
func (s *shopper) ask(method, path, body string) (cart map[string]int, status int, took time.Duration) {
	req, err := http.NewRequest(method, s.url+path, strings.NewReader(body))
	if err != nil {
		panic(err) // our own addresses
	}
	req.Header.Set("Content-Type", "application/json")
	s.requests++
	start := time.Now()
	resp, err := s.client.Do(req)
	if err != nil {
		return nil, 0, 0
	}
	defer resp.Body.Close()
	var doc struct {
		Lines []struct {
			SKU      string
			Quantity int
		}
	}
	err = json.NewDecoder(resp.Body).Decode(&doc)
	took = time.Since(start)
	if err != nil && resp.StatusCode == http.StatusOK {
		return nil, 0, 0
	}
	cart = map[string]int{}
	for _, l := range doc.Lines {
		cart[l.SKU] = l.Quantity
	}
	return cart, resp.StatusCode, took
}
