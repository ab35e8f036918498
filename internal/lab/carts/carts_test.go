package carts

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// forgetful is a shop that shows whatever cart it is told to.
type forgetful struct {
	cart   string
	status int
}

func (f *forgetful) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	http.SetCookie(w, &http.Cookie{Name: "mc", Value: "12345678"})
	http.SetCookie(w, &http.Cookie{Name: "mc-at", Value: "the balancer's"})
	w.WriteHeader(f.status)
	fmt.Fprintf(w, `{"lines":[%s]}`, f.cart)
}

func TestAShopperMissesWhatWasAcknowledgedAndNothingElse(t *testing.T) {
	shop := &forgetful{status: http.StatusOK}
	server := httptest.NewServer(shop)
	defer server.Close()
	s := newShopper(server.URL, []string{"COAT"}, 1, http.DefaultTransport.(*http.Transport))
	alive, dead := func() bool { return true }, func() bool { return false }
	see := func(cart string, status int, do func(func() bool), living func() bool) {
		shop.cart, shop.status = cart, status
		do(living)
	}
	look := func(living func() bool) { s.look(living) }
	const one, two = `{"sku":"COAT","quantity":1}`, `{"sku":"COAT","quantity":2}`

	see(one, 200, s.add, alive)
	see("", 502, s.add, alive) // perhaps it is there
	see(two, 200, look, alive)
	see(one, 200, look, alive)
	if s.lost || s.strange > 0 || s.errors != 1 {
		t.Fatalf("nothing was lost: %+v", s)
	}
	see(`{"sku":"COAT","quantity":3}`, 200, look, alive)
	if s.strange != 1 {
		t.Errorf("a third coat, which nobody asked for, was not noticed")
	}
	see("", 200, look, dead)
	see("", 200, look, dead)
	if !s.lost || s.early || s.lines != 1 {
		t.Errorf("the coat is gone, after a death, once: %+v", s)
	}
}

func TestBytesAreTheShopsCookiesAlone(t *testing.T) {
	server := httptest.NewServer(&forgetful{status: http.StatusOK})
	defer server.Close()
	s := newShopper(server.URL, []string{"COAT"}, 1, http.DefaultTransport.(*http.Transport))
	for range 2 {
		s.look(func() bool { return true })
	}
	r := sum(Home{Name: "memory"}, 0, 0, []*shopper{s})
	if r.SentMost != len("mc=12345678; ") || r.GotMost != len("Set-Cookie: mc=12345678\r\n") || r.SentMean != r.SentMost/2 {
		t.Errorf("%+v", r)
	}
}

func TestATableAndItsLatencies(t *testing.T) {
	var all []time.Duration
	for i := range 100 {
		all = append(all, time.Duration(100-i)*time.Millisecond)
	}
	if p50, p99 := percentiles(all); p50 != 50 || p99 != 99 {
		t.Errorf("p50 %v, p99 %v of 1 to 100 ms", p50, p99)
	}
	var out strings.Builder
	if err := Print(&out, []Row{{Home: "memory", Affinity: true, LostCarts: 7}}); err != nil || !strings.Contains(out.String(), "memory with affinity") {
		t.Errorf("%v\n%s", err, out.String())
	}
}

func TestAShopThatBelievesForgedCookiesIsFound(t *testing.T) {
	shop := &forgetful{status: http.StatusOK, cart: `{"sku":"COAT","quantity":1}`}
	server := httptest.NewServer(shop)
	defer server.Close()
	s := newShopper(server.URL, []string{"COAT"}, 1, http.DefaultTransport.(*http.Transport))
	s.look(func() bool { return true })
	if tried, believed := forge(s); tried == 0 || believed != tried {
		t.Errorf("%d of %d forged cookies were believed by a shop that believes all", believed, tried)
	}
	shop.cart = ""
	if tried, believed := forge(s); tried == 0 || believed != 0 {
		t.Errorf("%d of %d forged cookies showed a cart that is empty", believed, tried)
	}
}
