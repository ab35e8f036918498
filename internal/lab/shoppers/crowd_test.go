package shoppers

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"
)

// shop is one that has a single thing to sell, and does what it is told with carts.
func shop(t *testing.T, cart http.HandlerFunc) string {
	return shopWith(t, cart, func(*http.ServeMux) {})
}

// shopWith is one that answers more.
func shopWith(t *testing.T, cart http.HandlerFunc, more func(*http.ServeMux)) string {
	m := http.NewServeMux()
	more(m)
	m.HandleFunc("GET /api/v1/categories", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"categories":[{"slug":"tops","children":[{"slug":"shirts"}]}]}`)
	})
	m.HandleFunc("GET /api/v1/products", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"products":[{"id":1},{"id":2}]}`) })
	m.HandleFunc("GET /api/v1/products/{id}", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"variants":[{"sku":"COAT","available":9000}]}`)
	})
	m.HandleFunc("/api/v1/cart", cart)
	m.HandleFunc("/api/v1/cart/{rest...}", cart)
	m.HandleFunc("POST /api/v1/orders", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusConflict) })
	m.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "shopper-77@lab.example") })
	s := httptest.NewServer(m)
	t.Cleanup(s.Close)
	return s.URL
}

func crowd(t *testing.T, url string, rate float64) *Crowd {
	t.Helper()
	c, err := New(Plan{URL: url, Dial: (&net.Dialer{}).DialContext, Shoppers: 4, Rate: rate, Mix: Shopping, Seed: 1, Timeout: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func rules(h *History) (all []string) {
	for _, v := range h.Violations() {
		all = append(all, v.Rule)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func TestShoppersNoticeWhatIsWrong(t *testing.T) {
	answers := []string{`{"lines":[{"sku":"COAT","quantity":2}]}`, `{"lines":[]}`, `{"lines":[{"sku":"HAT","quantity":1}]}`}
	c := crowd(t, shop(t, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, answers[0])
	}), 1)
	v := &visit{Shopper: c.Shoppers[0], act: "cart", due: time.Now()}
	if o := v.put("COAT", 2); o != OK || len(rules(c.History)) > 0 {
		t.Fatalf("a coat is in the cart: %s %v", o, c.History.Violations())
	}
	answers[0] = answers[1]
	v.look()
	if got := rules(c.History); !slices.Equal(got, []string{"C1"}) {
		t.Errorf("the coats are gone: %v", got)
	}
	answers[0] = answers[2]
	v.look()
	v.home()
	if got := rules(c.History); !slices.Equal(got, []string{"C1", "C3"}) {
		t.Errorf("a stranger's hat and address are shown: %v", got)
	}
}

// TestLatencyCountsFromWhenItWasDue: a shop that answers one at a time cannot hide that the others wait.
func TestLatencyCountsFromWhenItWasDue(t *testing.T) {
	c := crowd(t, shop(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{}`) }), 200)
	began := time.Now()
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	c.Shop(ctx)
	calls := c.History.Calls()
	s := Sum(calls, began, time.Now())
	if s.Calls < 20 || s.Errors > 0 || s.Availability != 1 {
		t.Errorf("%+v", s)
	}
	for _, x := range calls {
		if x.Start.Before(x.Due) && x.Act != "stroll" {
			t.Errorf("%s began before it was due", x.Request)
		}
	}
}

func TestSecondsWithoutService(t *testing.T) {
	t0 := time.Now()
	call := func(at float64, o Outcome) Call {
		due := t0.Add(time.Duration(at * float64(time.Second)))
		return Call{Act: "home", Due: due, Start: due, End: due.Add(10 * time.Millisecond), Outcome: o}
	}
	all := []Call{call(0.1, OK), call(1.1, Unknown), call(1.2, Unknown), call(2.1, Unknown), call(2.2, Refused)}
	if s := Seconds(all, t0, t0.Add(4*time.Second), Browsing); len(s) != 4 || Dark(s) != 1 || s[1].Errors != 2 {
		t.Errorf("%+v", s)
	}
}
