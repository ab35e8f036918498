package store_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
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
	"myclothes/internal/lang"
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

func TestCardsAreInTheOrderAskedFor(t *testing.T) {
	testenv.Engines(t, func(t *testing.T, address string) {
		db := storetest.Open(t, store.Options{Address: address})
		cards, err := db.Catalog().Cards(ctx, []int64{2, 99, 4, 1, 3})
		if err != nil || len(cards) != 2 || cards[0].ID != 2 || cards[1].ID != 1 {
			t.Fatalf("%+v, %v; want those on sale: 2 and 1", cards, err)
		}
		if c := cards[0]; c.Price != storetest.SneakerPrice || c.ListPrice != 99_000 || c.SoldOut || c.Brand.Name.KO != "하루" {
			t.Errorf("card %+v", c)
		}
		faces, err := db.Catalog().Faces(ctx, []int64{1, 2, 99})
		if err != nil || len(faces) != 1 || len(faces[1]) != 1 || faces[1][0].Path != "1/navy.svg" || faces[1][0].Color.Family() != catalog.Navy {
			t.Errorf("faces %+v, %v", faces, err)
		}
		cards[1].Image.Path = "other.svg"
		if cards[1].Show(faces[1], []string{"red"}); cards[1].Image.Path != "other.svg" {
			t.Errorf("no red face: %q", cards[1].Image.Path)
		}
		if cards[1].Show(faces[1], []string{"red", "navy"}); cards[1].Image.Path != "1/navy.svg" {
			t.Errorf("a navy face: %q", cards[1].Image.Path)
		}
		if none, err := db.Catalog().Cards(ctx, nil); len(none) != 0 || err != nil {
			t.Errorf("no cards: %v, %v", none, err)
		}
	})
}

// TestEntriesFeedAnIndex: every product on sale once, by ID, over more than one statement.
func TestEntriesFeedAnIndex(t *testing.T) {
	testenv.Engines(t, func(t *testing.T, address string) {
		db := storetest.Open(t, store.Options{Address: address})
		base := storetest.Products(catalog.Brand{Slug: "haru"})[1]
		var many []catalog.Product
		for i := range 1100 {
			p := base
			p.ID, p.Weight = int64(100+i), 7
			p.Variants = []catalog.Variant{base.Variants[0]}
			p.Variants[0].SKU = fmt.Sprintf("M-%d", i)
			many = append(many, p)
		}
		must(t, db.Merchant().PutProducts(ctx, many))
		var got []int64
		must(t, db.Catalog().Entries(ctx, func(e catalog.Entry) error {
			got = append(got, e.ID)
			if e.ID >= 100 && (e.Popularity != 7 || len(e.Variants) != 1 || !e.Variants[0].InStock || e.Price != storetest.SneakerPrice) {
				t.Errorf("entry %+v", e)
			}
			return nil
		}))
		if len(got) != 1102 || !slices.IsSorted(got) || got[0] != 1 {
			t.Errorf("%d entries from %v", len(got), got[:3])
		}
		some, err := db.Catalog().EntriesOf(ctx, []int64{1, 3, 4, 77})
		if err != nil || len(some) != 1 || len(some[0].Variants) != 3 || some[0].Variants[2].InStock {
			t.Errorf("entries of some: %+v, %v", some, err)
		}
		if err := db.Catalog().Entries(ctx, func(catalog.Entry) error { return errStop }); !errors.Is(err, errStop) {
			t.Errorf("stopping: %v", err)
		}
	})
}

var errStop = errors.New("enough")

// TestChangesAreTold: whatever a listing shows and an act changes is told of with the act.
func TestChangesAreTold(t *testing.T) {
	testenv.Engines(t, func(t *testing.T, address string) {
		at := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
		db := storetest.Open(t, store.Options{Address: address, Now: func() time.Time { return at }})
		m := db.Merchant()
		told := func(do func() error) []int64 {
			t.Helper()
			at = at.Add(time.Minute)
			must(t, do())
			changes, err := db.Catalog().Changes(fresh.Require(ctx), at)
			must(t, err)
			var ids []int64
			for _, c := range changes {
				ids = append(ids, c.Product)
			}
			return ids
		}
		for _, c := range []struct {
			name string
			do   func() error
			want []int64
		}{
			{"a price", func() error { return m.SetPrice(ctx, storetest.Shirt, 35_000, 39_000) }, []int64{1}},
			{"a status", func() error { return m.SetStatus(ctx, 2, catalog.Stopped) }, []int64{2}},
			{"more of what is there", func() error { return m.Restock(ctx, storetest.Shirt, 3) }, nil},
			{"some of what was gone", func() error { return m.Restock(ctx, storetest.ShirtGone, 3) }, []int64{1}},
			{"a brand", func() error { return m.PutBrands(ctx, []catalog.Brand{{Slug: "onda", Name: lang.Text{KO: "온다"}}}) }, []int64{0}},
			{"products", func() error { return m.PutProducts(ctx, storetest.Products(catalog.Brand{Slug: "haru"})[:2]) }, []int64{1, 2}},
		} {
			got := told(c.do)
			slices.Sort(got)
			if !slices.Equal(got, c.want) {
				t.Errorf("%s: told of %v, want %v", c.name, got, c.want)
			}
		}
		at = at.Add(25 * time.Hour)
		if n, err := m.SweepChanges(ctx); n == 0 || err != nil {
			t.Errorf("swept %d, %v", n, err)
		}
	})
}

// TestSalesBeginAndEnd: a price changes for everybody at once, when its time has come.
func TestSalesBeginAndEnd(t *testing.T) {
	testenv.Engines(t, func(t *testing.T, address string) {
		at := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
		db := storetest.Open(t, store.Options{Address: address, Now: func() time.Time { return at }})
		m := db.Merchant()
		p := storetest.Products(catalog.Brand{Slug: "haru"})[0]
		p.Variants[0].Sale = catalog.Sale{Price: 19_000, From: at.Add(time.Hour), Until: at.Add(2 * time.Hour)}
		must(t, m.PutProducts(ctx, []catalog.Product{p}))
		expect := func(when string, price money.Amount) {
			t.Helper()
			_, err := m.ApplySales(ctx)
			must(t, err)
			offers, err := db.Catalog().Offers(ctx, "", []string{storetest.Shirt})
			must(t, err)
			cards, err := db.Catalog().Cards(fresh.Require(ctx), []int64{1})
			must(t, err)
			if got := offers[storetest.Shirt].Price; got != price || cards[0].Price != price {
				t.Errorf("%s: costs %d and is listed at %d, want %d", when, got, cards[0].Price, price)
			}
		}
		expect("before", 39_000)
		at = at.Add(time.Hour)
		expect("from its first moment", 19_000)
		must(t, m.SetPrice(ctx, storetest.Shirt, 37_000, 39_000))
		expect("a new regular price waits", 19_000)
		if n, err := m.ApplySales(ctx); n != 0 || err != nil {
			t.Errorf("nothing is due, but %d prices were looked at, %v", n, err)
		}
		at = at.Add(time.Hour)
		expect("from its last moment", 37_000)
		must(t, m.PutProducts(ctx, []catalog.Product{p}))
		expect("written again after it ended", 39_000)
	})
}

// TestNothingGoesOnSaleWithoutItsFacts (상품정보제공고시).
func TestNothingGoesOnSaleWithoutItsFacts(t *testing.T) {
	testenv.Engines(t, func(t *testing.T, address string) {
		db := storetest.Open(t, store.Options{Address: address})
		p := storetest.Products(catalog.Brand{Slug: "haru"})[1]
		p.Facts = maps.Clone(p.Facts)
		delete(p.Facts, catalog.FactMaker)
		err := db.Merchant().PutProducts(ctx, []catalog.Product{p})
		if !errors.Is(err, fault.BadRequest) || !strings.Contains(err.Error(), "fact_maker_ko") {
			t.Errorf("on sale without its maker: %v", err)
		}
		p.Status = catalog.Stopped
		must(t, db.Merchant().PutProducts(ctx, []catalog.Product{p}))
		if err := db.Merchant().SetStatus(ctx, p.ID, catalog.OnSale); !errors.Is(err, fault.BadRequest) {
			t.Errorf("put on sale without its maker: %v", err)
		}
	})
}

func TestPriceStatusAndStockChanges(t *testing.T) {
	testenv.Engines(t, func(t *testing.T, address string) {
		db := storetest.Open(t, store.Options{Address: address})
		m := db.Merchant()
		must(t, m.SetPrice(ctx, storetest.ShirtL, 29_000, 39_000))
		must(t, m.Restock(ctx, storetest.ShirtGone, 3))
		cards, err := db.Catalog().Cards(fresh.Require(ctx), []int64{1})
		if err != nil || cards[0].Price != 29_000 || cards[0].ListPrice != 39_000 {
			t.Errorf("the card does not show the cheapest variant: %+v, %v", cards, err)
		}
		must(t, m.SetStatus(ctx, 1, catalog.Stopped))
		offers, err := db.Catalog().Offers(ctx, "", []string{storetest.ShirtL, storetest.ShirtGone, "nothing"})
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
			cards, err := db.Catalog().Cards(fresh.Require(ctx), []int64{1})
			if err != nil || cards[0].Price != min(a, b) {
				t.Fatalf("round %d: listed at %d, cheapest %d, %v", round, cards[0].Price, min(a, b), err)
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
