package web_test

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
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
	"myclothes/internal/search"
	"myclothes/internal/store"
	"myclothes/internal/store/storetest"
	"myclothes/internal/testenv"
	"myclothes/internal/ui"
	"myclothes/internal/web"
)

// shopOf is a storefront over the small catalogue with carts in that home.
func shopOf(t *testing.T, home cart.Home) *web.Web {
	t.Helper()
	db := storetest.Open(t, store.Options{Address: testenv.SQLite(t)})
	site, err := ui.New(ui.Site{BaseURL: "http://shop.example"})
	if err != nil {
		t.Fatal(err)
	}
	pages := cache.NewPages[ui.Doc](cache.PagesOptions{Name: "pages", MaxBytes: 1 << 20, MaxAge: 5 * time.Millisecond, FillIn: time.Second, Observe: func(string, string) {}})
	t.Cleanup(pages.Close)
	return &web.Web{Site: site, Catalog: search.Open(db.Catalog(), time.Now), Editorial: db.Catalog(), Carts: &cart.Carts{Home: home, Catalog: db.Catalog()}, Pages: pages}
}

// TestNobodySeesAnothersCart: fifty visitors look at one kept page at once, each with a cart of their own (C3).
func TestNobodySeesAnothersCart(t *testing.T) {
	home, mux := memory.New(), http.NewServeMux()
	shopOf(t, home).Surface().Mount(mux)

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

// TestASharedPageTravelsSmallAndOnce: compressed for whoever takes it, and not again to who has it.
func TestASharedPageTravelsSmallAndOnce(t *testing.T) {
	mux := http.NewServeMux()
	shopOf(t, memory.New()).Surface().Mount(mux)
	get := func(name, value string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("GET", "/products/1-oxford-shirt", nil)
		r.Header.Set(name, value)
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, r)
		return w
	}
	plain, packed := get("Accept-Encoding", "br"), get("Accept-Encoding", "gzip, br")
	z, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(z)
	if err != nil || string(got) != plain.Body.String() || packed.Header().Get("Content-Encoding") != "gzip" || plain.Header().Get("Content-Encoding") != "" {
		t.Errorf("%d bytes came out, %d were sent plain, %v", len(got), plain.Body.Len(), err)
	}
	tag := plain.Header().Get("ETag")
	if tag == "" || tag != packed.Header().Get("ETag") {
		t.Errorf("tags %q and %q", tag, packed.Header().Get("ETag"))
	}
	if again := get("If-None-Match", tag); again.Code != http.StatusNotModified || again.Body.Len() != 0 || again.Header().Get("ETag") != tag {
		t.Errorf("asked again: %d with %d bytes", again.Code, again.Body.Len())
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
