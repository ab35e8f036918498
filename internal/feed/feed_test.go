package feed_test

import (
	"context"
	"encoding/xml"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/catalog/exchange"
	"myclothes/internal/fault"
	"myclothes/internal/feed"
	"myclothes/internal/httpx"
	"myclothes/internal/lang"
	"myclothes/internal/money"
	"myclothes/internal/store"
	"myclothes/internal/store/storetest"
	"myclothes/internal/testenv"
)

var ctx = context.Background()

func open(t *testing.T) (*store.DB, http.Handler) {
	t.Helper()
	db := storetest.Open(t, store.Options{Address: testenv.SQLite(t)})
	f := &feed.Feeds{Catalog: db.Catalog(), BaseURL: "https://shop.example", Fee: 3000, FreeFrom: 50_000, Now: time.Now}
	mux := http.NewServeMux()
	f.Surface(func(w http.ResponseWriter, _ *http.Request, f *fault.Error) { w.WriteHeader(httpx.Status(f)) }).Mount(mux)
	return db, mux
}

func get(t *testing.T, h http.Handler, path string, status int) string {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
	if w.Code != status {
		t.Fatalf("%s: %d, want %d", path, w.Code, status)
	}
	return w.Body.String()
}

// table reads a tab-separated feed as one map per line, by id.
func table(t *testing.T, text string) map[string]map[string]string {
	t.Helper()
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	head := strings.Split(lines[0], "\t")
	out := map[string]map[string]string{}
	for _, l := range lines[1:] {
		fields := strings.Split(l, "\t")
		if len(fields) != len(head) {
			t.Fatalf("%d fields under %d columns: %q", len(fields), len(head), l)
		}
		row := map[string]string{}
		for i, f := range fields {
			row[head[i]] = f
		}
		out[row["id"]] = row
	}
	return out
}

func TestNaverIsToldWhatThePagesSay(t *testing.T) {
	db, h := open(t)
	p := storetest.Products(catalog.Brand{Slug: "haru"})[0]
	p.ID, p.Facts, p.Images = 9, maps.Clone(p.Facts), []catalog.Image{{Path: "p/abc.jpg"}, {Path: "p/def.jpg"}}
	p.Facts[catalog.FactMaker] = lang.Text{KO: "가\n 나\n"}
	for i := range p.Variants {
		p.Variants[i].SKU += "-9"
	}
	must(t, db.Merchant().PutProducts(ctx, []catalog.Product{p}))
	rows := table(t, get(t, h, "/feeds/naver.tsv", 200))
	if len(rows) != 3 {
		t.Fatalf("%d products, want the three that can be bought", len(rows))
	}
	cards, err := db.Catalog().Cards(ctx, []int64{1, 2, 9})
	must(t, err)
	for _, c := range cards {
		r := rows[money.Amount(c.ID).Grouped()]
		if r["price_pc"] != digits(c.Price) || r["price_mobile"] != digits(c.Price) || r["link"] != "https://shop.example"+catalog.Path(c.ID, c.Slug) {
			t.Errorf("product %d costs %d: %v", c.ID, c.Price, r)
		}
	}
	if r := rows["2"]; r["normal_price"] != "99000" || r["shipping"] != "0" || r["category_name1"] != "신발" || r["maker"] != "알림 maker" {
		t.Errorf("sneakers: %v", r)
	}
	if r := rows["9"]; r["maker"] != "가 나" || r["shipping"] != "3000" || r["image_link"] != "https://shop.example/media/p/abc-1600.jpg" || r["add_image_link"] != "https://shop.example/media/p/def-1600.jpg" {
		t.Errorf("a fact of several lines: %v", r)
	}
}

func TestNaverIsToldWhatChanged(t *testing.T) {
	db, h := open(t)
	m := db.Merchant()
	later := time.Now().Add(25 * time.Hour) // all that was written so far is then long ago
	f := &feed.Feeds{Catalog: db.Catalog(), BaseURL: "https://shop.example", Now: func() time.Time { return later }}
	mux := http.NewServeMux()
	f.Surface(func(http.ResponseWriter, *http.Request, *fault.Error) {}).Mount(mux)
	if rows := table(t, get(t, mux, "/feeds/naver-summary.tsv", 200)); len(rows) != 0 {
		t.Errorf("nothing changed, but %v", rows)
	}
	must(t, m.SetStatus(ctx, 2, catalog.Stopped))
	must(t, m.SetPrice(ctx, storetest.Shirt, 35_000, 39_000))
	rows := table(t, get(t, h, "/feeds/naver-summary.tsv", 200))
	if rows["2"]["class"] != "D" {
		t.Errorf("stopped: %v", rows["2"])
	}
	if rows["1"]["class"] != "U" || rows["1"]["price_pc"] != "35000" || rows["1"]["update_time"] == "" {
		t.Errorf("a new price: %v", rows["1"])
	}
}

// TestNaverIsToldWhatAFileChanged: just that, whether little or much was changed, and what it stopped is gone.
func TestNaverIsToldWhatAFileChanged(t *testing.T) {
	old := time.Now().Add(-48 * time.Hour)
	at := old
	db := storetest.Open(t, store.Options{Address: testenv.SQLite(t), Now: func() time.Time { return at }})
	at = time.Now()
	f := &feed.Feeds{Catalog: db.Catalog(), BaseURL: "https://shop.example", Now: func() time.Time { return at }}
	mux := http.NewServeMux()
	f.Surface(func(http.ResponseWriter, *http.Request, *fault.Error) {}).Mount(mux)
	bring := func(file string) {
		t.Helper()
		i := exchange.Import{Shop: db.Merchant(), Now: func() time.Time { return at }, Progress: func(string, int) {}}
		_, err := i.Run(ctx, strings.NewReader(file))
		must(t, err)
	}
	bring("product,category,brand,name_ko,sku,color,color_ko,color_hex,size,price,stock,status\nA,shoes,haru,코트 스니커즈," + storetest.Sneaker + ",white,화이트,#ffffff,250,89000,0,stopped\n")
	rows := table(t, get(t, mux, "/feeds/naver-summary.tsv", 200))
	if len(rows) != 1 || rows["2"]["class"] != "D" {
		t.Errorf("after one was stopped: %v", rows)
	}
	at = at.Add(26 * time.Hour)
	bring("category,parent,name_ko\nshirts,clothing,남방\n")
	rows = table(t, get(t, mux, "/feeds/naver-summary.tsv", 200))
	if len(rows) != 2 || rows["1"]["class"] != "U" || rows["1"]["category_name2"] != "남방" || rows["3"]["class"] != "D" {
		t.Errorf("after the shirts were called otherwise: %v", rows)
	}
}

func TestGoogleIsToldWhatThePagesSay(t *testing.T) {
	_, h := open(t)
	var rss struct {
		Items []struct {
			ID           string `xml:"id"`
			Price        string `xml:"price"`
			SalePrice    string `xml:"sale_price"`
			Availability string `xml:"availability"`
			Shipping     string `xml:"shipping>price"`
			Group        int64  `xml:"item_group_id"`
		} `xml:"channel>item"`
	}
	must(t, xml.Unmarshal([]byte(get(t, h, "/feeds/google.xml", 200)), &rss))
	if len(rss.Items) != 4 {
		t.Fatalf("%d items, want one for each variant on sale", len(rss.Items))
	}
	for _, i := range rss.Items {
		switch i.ID {
		case storetest.Sneaker:
			if i.Price != "99000 KRW" || i.SalePrice != "89000 KRW" || i.Shipping != "0 KRW" || i.Group != 2 {
				t.Errorf("%+v", i)
			}
		case storetest.ShirtGone:
			if i.Availability != "out_of_stock" || i.SalePrice != "" || i.Shipping != "3000 KRW" {
				t.Errorf("%+v", i)
			}
		}
	}
}

func TestSitemapsNameEveryPageOnce(t *testing.T) {
	_, h := open(t)
	var index struct {
		Maps []string `xml:"sitemap>loc"`
	}
	must(t, xml.Unmarshal([]byte(get(t, h, "/sitemap.xml", 200)), &index))
	seen := map[string]int{}
	for _, m := range index.Maps {
		var set struct {
			URLs []string `xml:"url>loc"`
		}
		must(t, xml.Unmarshal([]byte(get(t, h, strings.TrimPrefix(m, "https://shop.example"), 200)), &set))
		for _, u := range set.URLs {
			seen[u]++
		}
	}
	for _, want := range []string{"/", "/en", "/c/shirts", "/en/c/shirts", "/b/haru", "/products/1-oxford-shirt", "/en/products/1-oxford-shirt", "/products/2-court-sneaker", "/legal/guide"} {
		if seen["https://shop.example"+want] != 1 {
			t.Errorf("%s is named %d times", want, seen["https://shop.example"+want])
		}
	}
	for u := range seen {
		if strings.Contains(u, "/products/3") || strings.Contains(u, "/products/4") {
			t.Errorf("%s is not for everybody", u)
		}
	}
	for _, none := range []string{"/sitemaps/x.xml", "/sitemaps/-1.xml", "/sitemaps/0", "/sitemaps/99999999999999999999.xml"} {
		get(t, h, none, 404)
	}
	if r := get(t, h, "/robots.txt", 200); !strings.Contains(r, "Sitemap: https://shop.example/sitemap.xml") || !strings.Contains(r, "Disallow: /cart") {
		t.Errorf("robots.txt: %s", r)
	}
}

func digits(a money.Amount) string { return strings.ReplaceAll(a.Grouped(), ",", "") }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
