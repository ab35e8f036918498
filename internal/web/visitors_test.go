package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"myclothes/internal/cache"
	"myclothes/internal/cart"
	"myclothes/internal/home/memory"
	"myclothes/internal/httpx"
	"myclothes/internal/store"
	"myclothes/internal/store/storetest"
	"myclothes/internal/testenv"
	"myclothes/internal/ui"
	"myclothes/internal/web"
)

// TestNobodySeesAnothersCart: fifty visitors look at one kept page at once, each with a cart of their own (C3).
func TestNobodySeesAnothersCart(t *testing.T) {
	db := storetest.Open(t, store.Options{Address: testenv.SQLite(t)})
	site, err := ui.New(ui.Site{BaseURL: "http://shop.example"})
	if err != nil {
		t.Fatal(err)
	}
	pages := cache.New[ui.Doc](cache.Options{Name: "pages", MaxBytes: 1 << 20, MaxAge: 5 * time.Millisecond, FillIn: time.Second, Observe: func(string, string) {}})
	t.Cleanup(pages.Close)
	home := memory.New()
	shop := &web.Web{Site: site, Catalog: db.Catalog(), Carts: &cart.Carts{Home: home, Catalog: db.Catalog()}, Pages: pages}
	mux := http.NewServeMux()
	shop.Surface().Mount(mux)

	var all sync.WaitGroup
	for visitor := range 50 {
		n := 1 + visitor
		_, carried, err := home.Add(context.Background(), cart.Carried{}, storetest.Sneaker, n)
		if err != nil {
			t.Fatal(err)
		}
		all.Go(func() {
			for range 20 {
				if got := look(mux, carried); !strings.Contains(got, fmt.Sprintf(`<span class="badge" aria-hidden="true">%d</span>`, n)) {
					t.Errorf("the visitor with %d in the cart was shown another page's count", n)
					return
				}
			}
		})
	}
	all.Wait()
	if strings.Contains(look(mux, cart.Carried{}), `class="badge"`) {
		t.Error("a visitor without a cart was shown somebody's count")
	}
}

func look(h http.Handler, c cart.Carried) string {
	w := httptest.NewRecorder()
	httpx.Cookies{}.Carry(w, cart.Carried{}, c)
	r := httptest.NewRequest("GET", "/products/1-oxford-shirt", nil)
	for _, k := range w.Result().Cookies() {
		r.AddCookie(k)
	}
	page := httptest.NewRecorder()
	h.ServeHTTP(page, r)
	return page.Body.String()
}
