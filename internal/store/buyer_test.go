package store_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"myclothes/internal/checkout"
	"myclothes/internal/fault"
	"myclothes/internal/lang"
	"myclothes/internal/order"
	"myclothes/internal/payment"
	"myclothes/internal/seal"
	"myclothes/internal/session"
	"myclothes/internal/store"
	"myclothes/internal/store/storetest"
	"myclothes/internal/testenv"
)

func bought(number string) checkout.Placement {
	line := order.Line{SKU: storetest.Sneaker, ProductID: 2, Quantity: 1, UnitPrice: storetest.SneakerPrice, ListPrice: storetest.SneakerPrice}
	o := order.Order{Number: number, Status: order.AwaitingPayment, Lang: lang.Korean, Lines: []order.Line{line}, Totals: order.Sum([]order.Line{line}, 0, 0),
		Contact:  order.Contact{Name: "김하루", Phone: "01012345678", Email: "haru@example.com"},
		Delivery: order.Delivery{Recipient: "이보람", Phone: "01098765432", Postcode: "04524", RoadAddress: "서울특별시 중구 세종대로 110", DetailAddress: "101동", Memo: "문 앞에"},
		PlacedAt: time.Now(), HoldUntil: time.Now().Add(time.Hour), History: []order.Event{{At: time.Now(), To: order.AwaitingPayment, Reason: order.ByBuyer}}}
	return checkout.Placement{Buyer: session.New().Key(), Key: number, Digest: "x", Order: o,
		Payment: payment.Payment{OrderID: number + "-1", Order: number, Provider: "toss", Method: payment.Card, Amount: o.Totals.Total, State: payment.Ready}}
}

// TestWhoBoughtIsSealed: nothing personal of an order is readable in the database, orders of before are sealed too, keys rotate, and the right phone still finds an order.
func TestWhoBoughtIsSealed(t *testing.T) {
	testenv.Engines(t, func(t *testing.T, address string) {
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		first, second := seal.NewKey("a"), seal.NewKey("b")
		open := func(keys ...seal.Key) *store.DB {
			t.Helper()
			o := store.Options{Address: address}
			if len(keys) > 0 {
				v, err := seal.NewVault(keys...)
				must(err)
				o.Vault = v
			}
			db, err := store.Open(o)
			must(err)
			t.Cleanup(func() { db.Close() })
			return db
		}
		before := storetest.Open(t, store.Options{Address: address})
		of, now := bought("20261122-OLDORDER"), bought("20261122-NEWORDER")
		_, err := before.Orders().PlaceOrder(ctx, of)
		must(err)
		db := open(first)
		_, err = db.Orders().PlaceOrder(ctx, now)
		must(err)
		same := func(db *store.DB) {
			t.Helper()
			for _, p := range []checkout.Placement{of, now} {
				got, err := db.Orders().Bought(ctx, p.Order.Number)
				if err != nil || got.Contact != p.Order.Contact || got.Delivery != p.Order.Delivery {
					t.Errorf("%s: %+v, %+v, %v", p.Order.Number, got.Contact, got.Delivery, err)
				}
				visitor := session.New().Key()
				for phone, finds := range map[string]bool{"01012345678": true, "01098765432": false, "": false} {
					if err := db.Orders().LookUp(ctx, p.Order.Number, phone, visitor); (err == nil) != finds || err != nil && !errors.Is(err, fault.NoSuchPage) {
						t.Errorf("%s by %q: %v", p.Order.Number, phone, err)
					}
				}
			}
		}
		same(db)
		for n, want := range []int{1, 0} {
			if got, err := db.Orders().SealOrders(ctx); got != want || err != nil {
				t.Errorf("time %d: sealed %d, %v", n, got, err)
			}
		}
		same(db)
		all, err := db.Everything(ctx, "orders", "order_line", "order_event", "outbox", "payment")
		must(err)
		for _, secret := range []string{"김하루", "이보람", "haru@", "010123", "010987", "세종대로", "101동", "문 앞에"} {
			if strings.Contains(all, secret) {
				t.Errorf("%q is readable in the database", secret)
			}
		}
		both := open(second, first)
		same(both)
		if got, err := both.Orders().SealOrders(ctx); got != 2 || err != nil {
			t.Errorf("after a rotation: sealed %d, %v", got, err)
		}
		same(open(second))
		if _, err := open().Orders().Bought(ctx, now.Order.Number); err == nil {
			t.Error("without a key who bought is readable")
		}
	})
}
