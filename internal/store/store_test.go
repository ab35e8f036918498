package store_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"myclothes/internal/cart"
	"myclothes/internal/cart/carttest"
	"myclothes/internal/catalog"
	"myclothes/internal/fault"
	"myclothes/internal/fresh"
	"myclothes/internal/money"
	"myclothes/internal/store"
	"myclothes/internal/store/storetest"
	"myclothes/internal/testenv"
)

var ctx = context.Background()

func TestCartsAreAHome(t *testing.T) {
	testenv.Engines(t, func(t *testing.T, address string) {
		carttest.Run(t, storetest.Empty(t, store.Options{Address: address}).Carts())
	})
}

func TestCartsSurviveReopening(t *testing.T) {
	testenv.Engines(t, func(t *testing.T, address string) {
		first := storetest.Empty(t, store.Options{Address: address})
		_, c, err := first.Carts().Add(ctx, cart.Carried{}, "A", 2)
		if err != nil {
			t.Fatal(err)
		}
		first.Close()
		got, err := storetest.Empty(t, store.Options{Address: address}).Carts().Open(ctx, c)
		if err != nil || got.Quantity("A") != 2 {
			t.Fatalf("after reopening: %v, %v", got, err)
		}
	})
}

func TestOldCartsAreSwept(t *testing.T) {
	testenv.Engines(t, func(t *testing.T, address string) {
		at := time.Now()
		carts := storetest.Empty(t, store.Options{Address: address, Now: func() time.Time { return at }}).Carts()
		_, old, _ := carts.Add(ctx, cart.Carried{}, "A", 1)
		at = at.Add(store.KeepLines - time.Hour)
		_, young, _ := carts.Add(ctx, cart.Carried{}, "B", 1)
		at = at.Add(2 * time.Hour)
		if n, err := carts.Sweep(ctx); n != 1 || err != nil {
			t.Fatalf("swept %d, %v; want 1", n, err)
		}
		if c, _ := carts.Open(ctx, old); c.Count() != 0 {
			t.Error("an old cart is still there")
		}
		if c, _ := carts.Open(ctx, young); c.Count() != 1 {
			t.Error("a cart in use was swept")
		}
	})
}

func TestProductIsReadAsWritten(t *testing.T) {
	testenv.Engines(t, func(t *testing.T, address string) {
		db := storetest.Open(t, store.Options{Address: address})
		brands, err := db.Catalog().Brands(ctx)
		if err != nil || len(brands) != 2 {
			t.Fatalf("%d brands, %v", len(brands), err)
		}
		want := storetest.Products(brands[0])
		for _, w := range want[:3] {
			got, err := db.Catalog().Product(ctx, w.ID)
			if d := cmp.Diff(w, got); err != nil || d != "" {
				t.Errorf("product %d (-written +read), %v:\n%s", w.ID, err, d)
			}
		}
		for _, id := range []int64{4, 99, -1} {
			if _, err := db.Catalog().Product(ctx, id); !errors.Is(err, fault.NoSuchPage) {
				t.Errorf("product %d: %v, want not found", id, err)
			}
		}
		if err := db.Merchant().PutProducts(ctx, want); err != nil {
			t.Fatalf("writing the same again: %v", err)
		}
		again, err := db.Catalog().Product(ctx, 1)
		if d := cmp.Diff(want[0], again); err != nil || d != "" {
			t.Errorf("after writing the same again (-want +got), %v:\n%s", err, d)
		}
		lost := want[0]
		lost.Variants = lost.Variants[:1]
		if err := db.Merchant().PutProducts(ctx, []catalog.Product{lost}); !errors.Is(err, fault.BadRequest) {
			t.Errorf("dropping variants: %v, want it refused", err)
		}
	})
}

func TestListing(t *testing.T) {
	testenv.Engines(t, func(t *testing.T, address string) {
		db := storetest.Open(t, store.Options{Address: address})
		for _, c := range []struct {
			name string
			q    catalog.Query
			want []int64
		}{
			{"newest first, on sale only", catalog.Query{}, []int64{2, 1}},
			{"cheapest first", catalog.Query{Sort: catalog.PriceUp}, []int64{1, 2}},
			{"dearest first", catalog.Query{Sort: catalog.PriceDown}, []int64{2, 1}},
			{"most reduced first", catalog.Query{Sort: catalog.MostOff}, []int64{2, 1}},
			{"best sold", catalog.Query{Sort: catalog.BestSold}, []int64{2, 1}},
			{"below a category", catalog.Query{Category: "clothing"}, []int64{1}},
			{"a leaf", catalog.Query{Category: "shoes"}, []int64{2}},
			{"an unknown category", catalog.Query{Category: "cars"}, nil},
			{"a brand", catalog.Query{Brand: "haru"}, []int64{2, 1}},
			{"a brand without products", catalog.Query{Brand: "onda"}, nil},
			{"a word inside the name", catalog.Query{Text: "셔츠"}, []int64{1}},
			{"any case, both words", catalog.Query{Text: "COTTON shirt"}, []int64{1}},
			{"decomposed Hangul", catalog.Query{Text: "셔츠"}, []int64{1}},
			{"a wildcard is only a character", catalog.Query{Text: "%"}, nil},
			{"an underscore is only a character", catalog.Query{Text: "_"}, nil},
			{"quotes", catalog.Query{Text: `'"\`}, nil},
			{"by colour", catalog.Query{Color: "white"}, []int64{2, 1}},
			{"by size", catalog.Query{Size: "250"}, []int64{2}},
			{"colour and size of one variant", catalog.Query{Color: "white", Size: "L"}, nil},
			{"by price", catalog.Query{MinPrice: 40_000, MaxPrice: 90_000}, []int64{2}},
		} {
			page, err := db.Catalog().List(ctx, c.q)
			if got := ids(page); err != nil || !slices.Equal(got, c.want) || page.Total != len(c.want) || page.Next != "" {
				t.Errorf("%s: %v of %d, next %q, %v; want %v", c.name, got, page.Total, page.Next, err, c.want)
			}
		}
		card, err := db.Catalog().List(ctx, catalog.Query{Category: "shoes"})
		if c := card.Cards[0]; err != nil || c.Price != storetest.SneakerPrice || c.ListPrice != 99_000 || c.SoldOut {
			t.Errorf("card %+v, %v", c, err)
		}
	})
}

func ids(p catalog.Page) []int64 {
	var out []int64
	for _, c := range p.Cards {
		out = append(out, c.ID)
	}
	return out
}

func TestPagesMeetWithoutGapOrRepeat(t *testing.T) {
	testenv.Engines(t, func(t *testing.T, address string) {
		db := storetest.Open(t, store.Options{Address: address})
		base := storetest.Products(catalog.Brand{Slug: "haru"})[1]
		var many []catalog.Product
		for i := range 25 { // equal times and prices: only the id keeps them apart
			p := base
			p.ID = int64(100 + i)
			p.Variants = []catalog.Variant{{SKU: "M-" + string(rune('A'+i)), Color: base.Variants[0].Color, Size: base.Variants[0].Size,
				Price: 1000, ListPrice: 1000 + 100*1000*money.Amount(i%3), Available: 1}}
			many = append(many, p)
		}
		if err := db.Merchant().PutProducts(ctx, many); err != nil {
			t.Fatal(err)
		}
		for _, sort := range catalog.Sorts {
			var all []int64
			q := catalog.Query{Sort: sort, Limit: 4}
			for range 20 {
				page, err := db.Catalog().List(ctx, q)
				if err != nil || page.Total != 27 {
					t.Fatalf("%s: total %d, %v", sort, page.Total, err)
				}
				all = append(all, ids(page)...)
				if q.Cursor = page.Next; page.Next == "" {
					break
				}
			}
			slices.Sort(all)
			if u := slices.Compact(slices.Clone(all)); len(all) != 27 || len(u) != 27 {
				t.Errorf("%s: %d products, %d different; want 27", sort, len(all), len(u))
			}
		}
		first, _ := db.Catalog().List(ctx, catalog.Query{Limit: 4})
		for _, bad := range []catalog.Query{{Cursor: "garbage"}, {Cursor: "%00"}, {Cursor: strings.Repeat("A", 500)}, {Cursor: first.Next, Sort: catalog.PriceUp}, {Sort: "magic"}} {
			if _, err := db.Catalog().List(ctx, bad); !errors.Is(err, fault.BadRequest) {
				t.Errorf("%+v: %v, want it refused", bad, err)
			}
		}
	})
}

func TestPriceStatusAndStockChanges(t *testing.T) {
	testenv.Engines(t, func(t *testing.T, address string) {
		db := storetest.Open(t, store.Options{Address: address})
		m := db.Merchant()
		must(t, m.SetPrice(ctx, storetest.ShirtL, 29_000, 39_000))
		must(t, m.Restock(ctx, storetest.ShirtGone, 3))
		page, err := db.Catalog().List(fresh.Require(ctx), catalog.Query{Category: "shirts"})
		if err != nil || page.Cards[0].Price != 29_000 || page.Cards[0].ListPrice != 39_000 {
			t.Errorf("the card does not show the cheapest variant: %+v, %v", page.Cards, err)
		}
		must(t, m.SetStatus(ctx, 1, catalog.Stopped))
		offers, err := db.Catalog().Offers(ctx, []string{storetest.ShirtL, storetest.ShirtGone, "nothing"})
		if err != nil || len(offers) != 2 {
			t.Fatalf("%d offers, %v; want 2", len(offers), err)
		}
		if o := offers[storetest.ShirtL]; o.Price != 29_000 || o.OnSale || o.Image != "1/navy.svg" {
			t.Errorf("offer %+v", o)
		}
		if o := offers[storetest.ShirtGone]; o.Available != 3 {
			t.Errorf("after restocking: %+v", o)
		}
		for _, err := range []error{m.SetPrice(ctx, "nothing", 1, 1), m.Restock(ctx, "nothing", 1), m.SetStatus(ctx, 99, catalog.OnSale)} {
			if k := fault.Of(err); k == nil || k.Kind != fault.NotFound {
				t.Errorf("changing what is not there: %v", err)
			}
		}
		storetest.Audit(t, db)
	})
}

// TestTwoPricesAtOnce: whichever change is last, the listing shows the cheapest variant.
func TestTwoPricesAtOnce(t *testing.T) {
	testenv.Engines(t, func(t *testing.T, address string) {
		db := storetest.Open(t, store.Options{Address: address})
		for round := range 30 {
			a, b := money.Amount(30_000+round), money.Amount(60_000-round*1500)
			var wg sync.WaitGroup
			wg.Go(func() { must(t, db.Merchant().SetPrice(ctx, storetest.Shirt, a, 90_000)) })
			wg.Go(func() { must(t, db.Merchant().SetPrice(ctx, storetest.ShirtL, b, 90_000)) })
			wg.Go(func() { must(t, db.Merchant().SetPrice(ctx, storetest.ShirtGone, 80_000, 90_000)) })
			wg.Wait()
			page, err := db.Catalog().List(fresh.Require(ctx), catalog.Query{Category: "shirts"})
			if err != nil || page.Cards[0].Price != min(a, b) {
				t.Fatalf("round %d: listed at %d, cheapest %d, %v", round, page.Cards[0].Price, min(a, b), err)
			}
		}
	})
}

// TestMigratingAtOnce: every instance of a new version starts at the same moment.
func TestMigratingAtOnce(t *testing.T) {
	address := testenv.Postgres(t)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			db, err := store.Open(store.Options{Address: address})
			if err != nil {
				t.Error(err)
				return
			}
			defer db.Close()
			if _, err := db.Migrate(ctx); err != nil {
				t.Error(err)
			}
			if err := db.CheckSchema(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestSchemaIsChecked(t *testing.T) {
	testenv.Engines(t, func(t *testing.T, address string) {
		db, err := store.Open(store.Options{Address: address})
		must(t, err)
		defer db.Close()
		if err := db.CheckSchema(ctx); err == nil || !strings.Contains(err.Error(), "myclothes migrate") {
			t.Errorf("an empty database: %v, want the command that helps", err)
		}
	})
}

func TestDatabaseThatIsNotThere(t *testing.T) {
	db, err := store.Open(store.Options{Address: "postgres://shop:secret@127.0.0.1:1/none"})
	must(t, err)
	defer db.Close()
	_, err = db.Catalog().Product(ctx, 1)
	if !errors.Is(err, fault.OutOfOrder) {
		t.Errorf("%v, want the fault that visitors may read", err)
	}
	for _, address := range []string{"mysql://x", "", "postgres://shop:secret@host:port/x"} {
		if _, err := store.Open(store.Options{Address: address}); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("Open(%q): %v, want an error without the password", address, err)
		}
	}
}

// TestReadersCannotWrite: the pool that browsing uses is refused by the database itself.
func TestReadersCannotWrite(t *testing.T) {
	testenv.Engines(t, func(t *testing.T, address string) {
		if err := storetest.Open(t, store.Options{Address: address}).TryToWriteWithAReader(ctx); err == nil {
			t.Error("a reader wrote")
		}
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
