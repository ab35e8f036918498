// Package crash kills the shop in the middle of buying, again and again, and then asks whether everything that buyers were told is true.
package crash

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/lang"
	"myclothes/internal/money"
	"myclothes/internal/order"
	"myclothes/internal/payment"
	"myclothes/internal/store"
	"myclothes/internal/store/storetest"
	"myclothes/internal/testenv"
	"myclothes/test/shoptest"
)

const (
	rounds = 20 // how often the shop is killed, per engine
	buyers = 4  // at a time
)

func TestKill(t *testing.T) {
	seed := seed(t)
	testenv.Engines(t, func(t *testing.T, database string) {
		shop := shoptest.StartApart(t, database, "--payment-timeout=500ms", "--cache=off")
		db := shop.Open()
		if err := db.Merchant().PutProducts(t.Context(), goods()); err != nil {
			t.Fatal(err)
		}
		all := killing(t, shop, seed)
		settle(t, shop, db)
		for _, p := range all {
			p.check(t)
		}
		t.Logf("%d buyers were told: %v", len(all), told(all))
		money := books(t, shop, db)
		shop.Stop()
		audit(t, db)
		if money == 0 {
			t.Error("nobody paid anything: the test did not test")
		}
	})
}

// seed prints where all chance comes from, and takes it from MYCLOTHES_CRASH_SEED to repeat a run. Only choices repeat: when the shop dies
// between two machine instructions does not.
func seed(t *testing.T) uint64 {
	n, err := strconv.ParseUint(cmp.Or(os.Getenv("MYCLOTHES_CRASH_SEED"), fmt.Sprint(time.Now().UnixNano())), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("MYCLOTHES_CRASH_SEED=%d", n)
	return n
}

// killing lets buyers buy while the shop is killed and started again, and returns what they know at the end.
func killing(t *testing.T, shop *shoptest.Shop, seed uint64) []*person {
	var all []*person
	var mu sync.Mutex
	stop := make(chan struct{})
	var running sync.WaitGroup
	for i := range buyers {
		running.Go(func() {
			chance := rand.New(rand.NewPCG(seed, uint64(i)))
			for open(stop) {
				p := newPerson(shop, chance)
				mu.Lock()
				all = append(all, p)
				mu.Unlock()
				for range 1 + chance.IntN(3) {
					p.buy(stop)
				}
			}
		})
	}
	chance := rand.New(rand.NewPCG(seed, buyers))
	for range rounds {
		time.Sleep(100*time.Millisecond + time.Duration(chance.Int64N(int64(700*time.Millisecond)))) // not a wait for anything: the moment is the test
		shop.Kill()
		shop.Restart()
	}
	close(stop)
	running.Wait()
	return all
}

func open(stop <-chan struct{}) bool {
	select {
	case <-stop:
		return false
	default:
		return true
	}
}

// The SKUs that are bought: one of plenty, one of few, so that stock runs out, and one dear enough to travel free.
var skus = []string{"CRASH-SOCKS", "CRASH-SCARF", "CRASH-COAT"}

func goods() []catalog.Product {
	black := catalog.Color{Code: "black", Name: lang.Text{KO: "블랙", EN: "Black"}, Hex: "#111111"}
	prices, stock := []money.Amount{9_900, 27_000, 189_000}, []int{100_000, 200, 100_000}
	var all []catalog.Product
	for i, sku := range skus {
		all = append(all, catalog.Product{Facts: storetest.Told(catalog.Clothes),
			ID: int64(9001 + i), Slug: strings.ToLower(sku), Brand: catalog.Brand{Slug: "damgyeol"}, Category: "shirts", Status: catalog.OnSale,
			Name: lang.Text{KO: sku, EN: sku}, CreatedAt: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC),
			Variants: []catalog.Variant{{SKU: sku, Color: black, Size: catalog.Alpha.Size("M"), Price: prices[i], ListPrice: prices[i], Available: stock[i]}},
		})
	}
	return all
}

// settle waits until no payment is open: the worker finds out by itself what became of each, and gives back what must go back.
func settle(t *testing.T, shop *shoptest.Shop, db *store.DB) {
	t.Helper()
	shoptest.Await(t, 2*time.Minute, "payments settle", func() error {
		for _, l := range ledger(t, shop) {
			r, err := db.Orders().Order(t.Context(), numberOf(l.OrderID))
			if err != nil {
				return err
			}
			if p := r.Payment(); p.Pending() || p.State == payment.Refunding {
				return fmt.Errorf("%s is %s", p.OrderID, p.State)
			}
		}
		return nil
	})
}

// numberOf returns the order of an attempt to pay.
func numberOf(orderID string) string { return orderID[:strings.LastIndex(orderID, "-")] }

// books compares, per order, what the provider says with what the shop says, and returns what was kept in all.
func books(t *testing.T, shop *shoptest.Shop, db *store.DB) (kept money.Amount) {
	theirs := map[string]*balance{}
	for _, l := range ledger(t, shop) {
		number := numberOf(l.OrderID)
		b := theirs[number]
		if b == nil {
			b = new(balance)
			theirs[number] = b
		}
		b.kept += l.Captured - l.Refunded
		b.captures += l.Captures
	}
	for number, b := range theirs {
		r, err := db.Orders().Order(t.Context(), number)
		if err != nil {
			t.Errorf("the provider knows the order %s, the shop does not: %v", number, err)
			continue
		}
		if ours := keptOf(r.Payments); ours != b.kept {
			t.Errorf("M1: order %s (%s): the provider kept %d won, the shop says %d", number, r.Order.Status, b.kept, ours)
		}
		if b.captures > 1 {
			t.Errorf("M2: order %s was captured %d times", number, b.captures)
		}
		if paid := r.Order.Status == order.Paid; paid != (b.kept > 0) {
			t.Errorf("M2: order %s is %s and %d won were kept", number, r.Order.Status, b.kept)
		}
		kept += b.kept
	}
	return kept
}

type balance struct {
	kept     money.Amount
	captures int
}

func keptOf(all []payment.Payment) (sum money.Amount) {
	for _, p := range all {
		sum += p.Captured - p.Refunded
	}
	return sum
}

type line struct {
	OrderID  string       `json:"order_id"`
	Captured money.Amount `json:"captured"`
	Refunded money.Amount `json:"refunded"`
	Captures int          `json:"captures"`
}

func ledger(t *testing.T, shop *shoptest.Shop) []line {
	t.Helper()
	resp, err := http.Get(shop.Pay + "/ledger")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var doc struct{ Orders []line }
	if err := json.NewDecoder(resp.Body).Decode(&doc); err != nil {
		t.Fatal(err)
	}
	return doc.Orders
}

func audit(t *testing.T, db *store.DB) {
	broken, err := db.Audit(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range broken {
		t.Error(b)
	}
}
