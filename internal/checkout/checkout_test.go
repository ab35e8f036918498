package checkout_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"myclothes/internal/cart"
	"myclothes/internal/checkout"
	"myclothes/internal/delivery"
	"myclothes/internal/fault"
	"myclothes/internal/lang"
	"myclothes/internal/money"
	"myclothes/internal/order"
	"myclothes/internal/pay/toss"
	"myclothes/internal/pay/tosssim"
	"myclothes/internal/payment"
	"myclothes/internal/store"
	"myclothes/internal/store/storetest"
	"myclothes/internal/testenv"
)

var ctx = context.Background()

// clock is a clock that only a test moves.
type clock struct{ us atomic.Int64 }

func (c *clock) Now() time.Time { return time.UnixMicro(c.us.Load()) }

func (c *clock) Pass(d time.Duration) { c.us.Add(d.Microseconds()) }

// shop is a desk on a real database and a real payment server.
type shop struct {
	*checkout.Desk
	t     *testing.T
	db    *store.DB
	clock *clock
	sim   string
}

// each runs test on both engines.
func each(t *testing.T, test func(*shop)) {
	testenv.Engines(t, func(t *testing.T, address string) { test(open(t, address)) })
}

func open(t *testing.T, address string) *shop {
	c := &clock{}
	c.us.Store(time.Now().UnixMicro())
	db := storetest.Open(t, store.Options{Address: address, Now: c.Now})
	front := httptest.NewUnstartedServer(nil)
	sim, err := tosssim.New(tosssim.Options{BaseURL: "http://" + front.Listener.Addr().String(), SecretKey: "test_sk_x", ClientKey: "test_ck_x", Now: c.Now})
	if err != nil {
		t.Fatal(err)
	}
	front.Config.Handler = sim
	front.Start()
	t.Cleanup(func() { sim.Close(); front.Close() })
	policy := delivery.Policy{Fee: 3000, FreeFrom: 50_000, Island: 4000}
	return &shop{t: t, db: db, clock: c, sim: front.URL, Desk: &checkout.Desk{
		Carts:    &cart.Carts{Home: db.Carts(), Catalog: db.Catalog(), Policy: policy},
		Orders:   db.Orders(),
		Provider: toss.New(toss.Options{BaseURL: front.URL, SecretKey: "test_sk_x", ClientKey: "test_ck_x", Timeout: 1500 * time.Millisecond}),
		Policy:   policy, HoldFor: 15 * time.Minute, BaseURL: "http://shop.example", Now: c.Now,
		Warn: func(_ context.Context, msg string, err error) { t.Logf("warned: %s: %v", msg, err) },
	}}
}

func request() checkout.Request {
	return checkout.Request{
		Contact: order.Contact{Name: "김하루", Phone: "+82 10-1234-5678", Email: "haru@example.com"},
		Delivery: order.Delivery{Recipient: "이보람", Phone: "010 9876 5432", Postcode: "04524", RoadAddress: "서울특별시 중구 세종대로 110",
			DetailAddress: "1층", Memo: "문 앞에 놓아 주세요"},
		Method: payment.Card, Agreements: checkout.Agreements,
	}
}

// filled returns what a visitor carries whose cart holds n units of sku.
func (s *shop) filled(sku string, n int) cart.Carried {
	s.t.Helper()
	_, c, err := s.Carts.Home.Add(ctx, cart.Carried{}, sku, n)
	s.must(err)
	return c
}

// placed orders n units of sku for a new visitor.
func (s *shop) placed(sku string, n int) checkout.Receipt {
	s.t.Helper()
	r, _, err := s.Place(ctx, s.filled(sku, n), "key", request(), checkout.Seen{}, lang.Korean)
	s.must(err)
	return r
}

// pays plays the buyer at the payment page and returns what the browser brings back.
func (s *shop) pays(p payment.Payment, result string) url.Values {
	s.t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.PostForm(p.CheckoutURL, url.Values{"result": {result}})
	s.must(err)
	resp.Body.Close()
	to, err := resp.Location()
	s.must(err)
	return to.Query()
}

func (s *shop) confirm(r checkout.Receipt, v url.Values) (checkout.Receipt, error) {
	s.t.Helper()
	amount, err := money.Parse(v.Get("amount"))
	s.must(err)
	return s.Confirm(ctx, r.Order.Number, v.Get("orderId"), v.Get("paymentKey"), amount, lang.Korean)
}

// paid is placed, paid for.
func (s *shop) paid(sku string, n int) checkout.Receipt {
	s.t.Helper()
	r := s.placed(sku, n)
	got, err := s.confirm(r, s.pays(r.Payment(), "approve"))
	s.must(err)
	if got.Order.Status != order.Paid {
		s.t.Fatalf("after paying the order is %s", got.Order.Status)
	}
	return got
}

func (s *shop) status(number string) checkout.Receipt {
	s.t.Helper()
	r, err := s.Orders.Order(ctx, number)
	s.must(err)
	return r
}

func (s *shop) want(number string, o order.Status, p payment.State) {
	s.t.Helper()
	r := s.status(number)
	if got := r.Payment(); r.Order.Status != o || got.State != p {
		s.t.Errorf("the order is %s, its payment %s; want %s and %s", r.Order.Status, got.State, o, p)
	}
}

// settle lets the worker ask until nothing is due for a minute of the clock.
func (s *shop) reconcile() {
	s.t.Helper()
	for range 6 {
		s.clock.Pass(31 * time.Second)
		_, err := s.Reconcile(ctx)
		s.must(err)
	}
}

type ledgerRow struct {
	OrderID  string       `json:"order_id"`
	Captured money.Amount `json:"captured"`
	Refunded money.Amount `json:"refunded"`
	Captures int          `json:"captures"`
}

func (s *shop) ledger() map[string]ledgerRow {
	s.t.Helper()
	resp, err := http.Get(s.sim + "/ledger")
	s.must(err)
	defer resp.Body.Close()
	var doc struct{ Orders []ledgerRow }
	s.must(json.NewDecoder(resp.Body).Decode(&doc))
	rows := map[string]ledgerRow{}
	for _, r := range doc.Orders {
		rows[r.OrderID] = r
	}
	return rows
}

// agrees checks S1, O2, M1, M2 and M3: the database with itself and, order by order, with the provider's books.
func (s *shop) agrees(numbers ...string) {
	s.t.Helper()
	storetest.Audit(s.t, s.db)
	rows := s.ledger()
	for _, n := range numbers {
		r := s.status(n)
		var ours, theirs money.Amount
		captures := 0
		for _, p := range r.Payments {
			ours += p.Captured - p.Refunded
			theirs += rows[p.OrderID].Captured - rows[p.OrderID].Refunded
			captures += rows[p.OrderID].Captures
		}
		if ours != theirs || captures > 1 {
			s.t.Errorf("%s: we hold %d, the provider %d, in %d captures", n, ours, theirs, captures)
		}
		for _, e := range r.Order.History {
			if !order.May(e.From, e.To) {
				s.t.Errorf("%s moved from %s to %s", n, e.From, e.To)
			}
		}
	}
}

func (s *shop) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *shop) refused(err error, f *fault.Error) {
	s.t.Helper()
	if !errors.Is(err, f) {
		s.t.Errorf("got %v, want %s", err, f.Code)
	}
}

func TestBuying(t *testing.T) {
	each(t, func(s *shop) {
		c := s.filled(storetest.Shirt, 2)
		r, next, err := s.Place(ctx, c, "key-1", request(), checkout.Seen{Prices: map[string]money.Amount{storetest.Shirt: storetest.ShirtPrice}}, lang.Korean)
		s.must(err)
		if left, _ := s.Carts.Home.Open(ctx, next); left.Count() != 0 {
			s.t.Errorf("%d units are still in the cart", left.Count())
		}
		o := r.Order
		if want := (order.Totals{Subtotal: 78_000, Total: 78_000, Supply: 70_909, VAT: 7_091}); o.Totals != want {
			s.t.Errorf("totals %+v, want %+v", o.Totals, want)
		}
		if o.Contact.Phone != "01012345678" || o.Delivery.Phone != "01098765432" {
			s.t.Errorf("phones %s %s", o.Contact.Phone, o.Delivery.Phone)
		}
		if n := storetest.Available(s.t, s.db, storetest.Shirt); n != 18 {
			s.t.Errorf("%d on hand while 2 of 20 are held", n)
		}
		got, err := s.confirm(r, s.pays(r.Payment(), "approve"))
		s.must(err)
		if got.Order.Status != order.Paid || got.Payment().Captured != 78_000 {
			s.t.Errorf("%s, captured %d", got.Order.Status, got.Payment().Captured)
		}
		s.agrees(o.Number)
	})
}

func TestIslandsCostMore(t *testing.T) {
	each(t, func(s *shop) {
		req := request()
		req.Delivery.Postcode, req.Delivery.RoadAddress = "63309", "제주특별자치도 제주시 첨단로 242"
		r, _, err := s.Place(ctx, s.filled(storetest.Shirt, 1), "k", req, checkout.Seen{}, lang.Korean)
		s.must(err)
		if m := r.Order.Totals; m.Delivery != 3000 || m.Surcharge != 4000 || m.Total != 46_000 || m.Supply+m.VAT != m.Total {
			s.t.Errorf("totals %+v", m)
		}
		storetest.Audit(s.t, s.db)
	})
}

func TestOneKeyOneOrder(t *testing.T) {
	each(t, func(s *shop) {
		c := s.filled(storetest.Shirt, 1)
		numbers := make([]string, 20)
		var wg sync.WaitGroup
		for i := range numbers {
			wg.Go(func() {
				r, _, err := s.Place(ctx, c, "same", request(), checkout.Seen{}, lang.Korean)
				if err != nil {
					s.t.Errorf("repeat %d: %v", i, err)
					return
				}
				numbers[i] = r.Order.Number
			})
		}
		wg.Wait()
		for _, n := range numbers {
			if n != numbers[0] {
				s.t.Fatalf("one key gave %v", numbers)
			}
		}
		other := request()
		other.Delivery.Memo = "경비실"
		_, _, err := s.Place(ctx, c, "same", other, checkout.Seen{}, lang.Korean)
		s.refused(err, fault.KeyReused)
		_, _, err = s.Place(ctx, c, "another", request(), checkout.Seen{}, lang.Korean)
		s.refused(err, fault.CartEmpty)
		stranger, _, err := s.Place(ctx, s.filled(storetest.Shirt, 1), "same", request(), checkout.Seen{}, lang.Korean)
		s.must(err)
		if stranger.Order.Number == numbers[0] {
			s.t.Error("a stranger with the same key got this buyer's order")
		}
		_, err = s.Orders.OrderFor(ctx, numbers[0], cart.Carried{}.Visitor.Key())
		s.refused(err, fault.NoSuchPage)
		s.agrees(numbers[0], stranger.Order.Number)
	})
}

func TestWhatIsAddedMeanwhileStaysInTheCart(t *testing.T) {
	each(t, func(s *shop) {
		c := s.filled(storetest.Shirt, 1)
		r, _, err := s.Place(ctx, c, "k", request(), checkout.Seen{}, lang.Korean)
		s.must(err)
		_, _, err = s.Carts.Home.Add(ctx, c, storetest.Shirt, 2)
		s.must(err)
		again, _, err := s.Place(ctx, c, "k", request(), checkout.Seen{}, lang.Korean) // the answer was lost; the browser asks again
		s.must(err)
		left, err := s.Carts.Home.Open(ctx, c)
		s.must(err)
		if again.Order.Number != r.Order.Number || left.Quantity(storetest.Shirt) != 2 {
			s.t.Errorf("order %s and %s, %d in the cart, want 2", r.Order.Number, again.Order.Number, left.Quantity(storetest.Shirt))
		}
	})
}

func TestWhatCannotBeOrdered(t *testing.T) {
	each(t, func(s *shop) {
		place := func(c cart.Carried, seen checkout.Seen) error {
			_, _, err := s.Place(ctx, c, "k", request(), seen, lang.Korean)
			return err
		}
		s.refused(place(cart.Carried{}, checkout.Seen{}), fault.CartEmpty)
		s.refused(place(s.filled(storetest.ShirtGone, 1), checkout.Seen{}), fault.OutOfStock)
		s.refused(place(s.filled(storetest.Shirt, 21), checkout.Seen{}), fault.OutOfStock)
		s.refused(place(s.filled(storetest.Stopped, 1), checkout.Seen{}), fault.UnknownSKU)
		s.refused(place(s.filled("NOTHING", 1), checkout.Seen{}), fault.UnknownSKU)
		s.refused(place(s.filled(storetest.Draft, 1), checkout.Seen{}), fault.UnknownSKU)
		c := s.filled(storetest.Shirt, 1)
		s.refused(place(c, checkout.Seen{Prices: map[string]money.Amount{storetest.Shirt: 1}}), fault.PriceChanged)
		_, _, err := s.Place(ctx, c, "", request(), checkout.Seen{}, lang.Korean)
		s.refused(err, fault.BadRequest)
		if left, _ := s.Carts.Home.Open(ctx, c); left.Count() != 1 || storetest.Available(s.t, s.db, storetest.Shirt) != 20 {
			s.t.Error("a refused order changed the cart or the stock")
		}
		storetest.Audit(s.t, s.db)
	})
}

// TestPriceChangesUnderTheBuyersHand: the price moves between the quote and the transaction.
func TestPriceChangesUnderTheBuyersHand(t *testing.T) {
	each(t, func(s *shop) {
		q, err := s.Quote(ctx, s.filled(storetest.Shirt, 1), "", checkout.Seen{})
		s.must(err)
		s.must(s.db.Merchant().SetPrice(ctx, storetest.Shirt, 41_000, 41_000))
		lines := []order.Line{{SKU: storetest.Shirt, Quantity: 1, UnitPrice: q.Lines[0].Price, ListPrice: q.Lines[0].ListPrice}}
		now := s.clock.Now()
		placed, err := s.Orders.PlaceOrder(ctx, checkout.Placement{Buyer: "b", Key: "k", Order: order.Order{Number: order.NewNumber(now), Status: order.AwaitingPayment,
			Lines: lines, Totals: order.Sum(lines, 0, 0), PlacedAt: now, HoldUntil: now, History: []order.Event{{At: now, To: order.AwaitingPayment}}}})
		s.refused(err, fault.PriceChanged)
		if placed {
			s.t.Error("placed at a price that is no more")
		}
		storetest.Audit(s.t, s.db)
	})
}

func TestRefusedThenPaid(t *testing.T) {
	each(t, func(s *shop) {
		r := s.placed(storetest.Shirt, 1)
		_, err := s.confirm(r, s.pays(r.Payment(), "decline_at_confirm"))
		s.refused(err, fault.PaymentRefused)
		s.want(r.Order.Number, order.AwaitingPayment, payment.Refused)
		again, err := s.Pay(ctx, s.status(r.Order.Number), payment.Transfer)
		s.must(err)
		if again.Payment().OrderID == r.Payment().OrderID || again.Payment().CheckoutURL == r.Payment().CheckoutURL {
			s.t.Error("the second attempt is the first one")
		}
		_, err = s.confirm(again, s.pays(again.Payment(), "approve"))
		s.must(err)
		s.want(r.Order.Number, order.Paid, payment.Captured)
		s.agrees(r.Order.Number)
	})
}

// TestUnknownOutcomes: whatever way the provider falls silent, the buyer is never told "failed" and ends up paid once.
func TestUnknownOutcomes(t *testing.T) {
	for _, result := range []string{"timeout_before", "timeout_after", "error", "error_after"} {
		t.Run(result, func(t *testing.T) {
			each(t, func(s *shop) {
				r := s.placed(storetest.Shirt, 1)
				back := s.pays(r.Payment(), result)
				got, err := s.confirm(r, back)
				s.refused(err, fault.PaymentUnknown)
				s.want(r.Order.Number, order.PaymentUnknown, payment.Unknown)
				if checkout.Wait(got) == 0 {
					s.t.Error("the buyer is not told to wait")
				}
				_, err = s.Cancel(ctx, r.Order.Number)
				s.refused(err, fault.NotCancellable)
				s.clock.Pass(16 * time.Minute) // the hold ends meanwhile; the units stay
				if n, err := s.Expire(ctx); n != 0 || err != nil {
					s.t.Errorf("%d orders expired while a payment was pending, %v", n, err)
				}
				s.clock.Pass(-16 * time.Minute)
				s.reconcile()
				s.want(r.Order.Number, order.Paid, payment.Captured)
				if _, err := s.confirm(r, back); err != nil {
					s.t.Errorf("loading the page again: %v", err)
				}
				s.agrees(r.Order.Number)
			})
		})
	}
}

// TestDeathWhileConfirming: the process ends between marking the attempt and hearing of it.
func TestDeathWhileConfirming(t *testing.T) {
	each(t, func(s *shop) {
		r := s.placed(storetest.Shirt, 1)
		p := r.Payment()
		back := s.pays(p, "approve")
		_, began, err := s.Orders.BeginConfirm(ctx, r.Order.Number, p.OrderID, p.Key, p.Amount, s.clock.Now())
		s.must(err)
		if !began {
			s.t.Fatal("the attempt did not begin")
		}
		_, err = s.confirm(r, back)
		s.refused(err, fault.PaymentUnknown)
		if n, err := s.Reconcile(ctx); n != 0 || err != nil {
			s.t.Errorf("the worker took %d attempts from a request that may still be asking, %v", n, err)
		}
		s.reconcile()
		s.want(r.Order.Number, order.Paid, payment.Captured)
		s.agrees(r.Order.Number)
	})
}

func TestBuyerWhoNeverAgreedIsNotCharged(t *testing.T) {
	each(t, func(s *shop) {
		r := s.placed(storetest.Shirt, 1)
		p := r.Payment()
		_, err := s.Confirm(ctx, r.Order.Number, p.OrderID, p.Key, p.Amount, lang.Korean) // the return address, typed by hand
		s.refused(err, fault.PaymentRefused)
		s.want(r.Order.Number, order.AwaitingPayment, payment.Refused)
		s.agrees(r.Order.Number)
	})
}

func TestForgedReturns(t *testing.T) {
	each(t, func(s *shop) {
		r, other := s.placed(storetest.Shirt, 1), s.placed(storetest.Sneaker, 1)
		p, q := r.Payment(), other.Payment()
		s.pays(p, "approve")
		for name, try := range map[string]func() error{
			"a smaller amount": func() error { _, err := s.Confirm(ctx, r.Order.Number, p.OrderID, p.Key, 100, lang.Korean); return err },
			"another key": func() error {
				_, err := s.Confirm(ctx, r.Order.Number, p.OrderID, q.Key, p.Amount, lang.Korean)
				return err
			},
			"no key": func() error {
				_, err := s.Confirm(ctx, r.Order.Number, p.OrderID, "", p.Amount, lang.Korean)
				return err
			},
			"another order's": func() error {
				_, err := s.Confirm(ctx, other.Order.Number, p.OrderID, p.Key, p.Amount, lang.Korean)
				return err
			},
			"an unknown one": func() error {
				_, err := s.Confirm(ctx, r.Order.Number, "nothing", p.Key, p.Amount, lang.Korean)
				return err
			},
		} {
			if err := try(); !errors.Is(err, fault.BadRequest) {
				s.t.Errorf("%s: %v, want it refused", name, err)
			}
		}
		s.want(r.Order.Number, order.AwaitingPayment, payment.Ready)
		s.want(other.Order.Number, order.AwaitingPayment, payment.Ready)
		s.agrees(r.Order.Number, other.Order.Number)
	})
}

// TestTwoWindows: both attempts are agreed to; only one is charged.
func TestTwoWindows(t *testing.T) {
	each(t, func(s *shop) {
		r := s.placed(storetest.Shirt, 1)
		second, err := s.Pay(ctx, r, payment.Transfer)
		s.must(err)
		a, b := s.pays(second.Payments[0], "approve"), s.pays(second.Payments[1], "approve")
		var wg sync.WaitGroup
		for _, v := range []url.Values{a, b, a, b} {
			wg.Go(func() { s.confirm(r, v) })
		}
		wg.Wait()
		s.reconcile()
		s.want(r.Order.Number, order.Paid, payment.Captured)
		s.agrees(r.Order.Number)
	})
}

func TestHoldsEnd(t *testing.T) {
	each(t, func(s *shop) {
		r := s.placed(storetest.ShirtL, 1)
		_, _, err := s.Place(ctx, s.filled(storetest.ShirtL, 1), "k", request(), checkout.Seen{}, lang.Korean)
		s.refused(err, fault.OutOfStock)
		back := s.pays(r.Payment(), "approve")
		s.clock.Pass(15*time.Minute - time.Second)
		if n, _ := s.Expire(ctx); n != 0 {
			s.t.Error("a hold ended early")
		}
		s.clock.Pass(2 * time.Second)
		if n, err := s.Expire(ctx); n != 1 || err != nil {
			s.t.Errorf("%d holds ended, %v; want 1", n, err)
		}
		s.want(r.Order.Number, order.Expired, payment.Abandoned)
		_, err = s.confirm(r, back) // the buyer comes back late
		s.refused(err, fault.WrongState)
		_, err = s.Pay(ctx, s.status(r.Order.Number), payment.Card)
		s.refused(err, fault.WrongState)
		if storetest.Available(s.t, s.db, storetest.ShirtL) != 1 {
			s.t.Error("the unit is stranded")
		}
		s.agrees(r.Order.Number)
	})
}

func TestCancelling(t *testing.T) {
	each(t, func(s *shop) {
		unpaid, paid := s.placed(storetest.Shirt, 1), s.paid(storetest.Shirt, 3)
		for range 2 {
			for _, r := range []checkout.Receipt{unpaid, paid} {
				got, err := s.Cancel(ctx, r.Order.Number)
				s.must(err)
				if got.Order.Status != order.Cancelled {
					s.t.Errorf("cancelled order is %s", got.Order.Status)
				}
			}
		}
		s.want(paid.Order.Number, order.Cancelled, payment.Refunding)
		s.reconcile()
		s.want(paid.Order.Number, order.Cancelled, payment.Refunded)
		s.want(unpaid.Order.Number, order.Cancelled, payment.Abandoned)
		if n := storetest.Available(s.t, s.db, storetest.Shirt); n != 20 {
			s.t.Errorf("%d on hand after everything was cancelled, want 20", n)
		}
		s.agrees(unpaid.Order.Number, paid.Order.Number)
	})
}

// TestCaptureWithoutALiveOrder: the provider took money for an order that has ended; it goes back (M2).
func TestCaptureWithoutALiveOrder(t *testing.T) {
	each(t, func(s *shop) {
		r := s.placed(storetest.Shirt, 1)
		p := r.Payment()
		s.pays(p, "approve")
		_, err := s.Provider.Confirm(ctx, payment.Confirm{Key: p.Key, OrderID: p.OrderID, Amount: p.Amount}) // past the shop
		s.must(err)
		_, err = s.Cancel(ctx, r.Order.Number)
		s.must(err)
		s.must(s.Orders.CapturePayment(ctx, p.OrderID, p.Amount, s.clock.Now()))
		s.want(r.Order.Number, order.Cancelled, payment.Refunding)
		s.reconcile()
		s.want(r.Order.Number, order.Cancelled, payment.Refunded)
		s.agrees(r.Order.Number)
	})
}

func TestCaptureOfAnotherAmount(t *testing.T) {
	each(t, func(s *shop) {
		r := s.placed(storetest.Shirt, 1)
		s.must(s.Orders.CapturePayment(ctx, r.Payment().OrderID, 100, s.clock.Now()))
		s.want(r.Order.Number, order.Cancelled, payment.Refunding)
		if got := s.status(r.Order.Number); got.Order.History[1].Reason != order.ByWrongCapture {
			s.t.Errorf("history %+v", got.Order.History)
		}
		storetest.Audit(s.t, s.db)
	})
}

// TestMoneyMovedAtTheProvider: staff give money back in the provider's own console, some of it or all (M1).
func TestMoneyMovedAtTheProvider(t *testing.T) {
	each(t, func(s *shop) {
		part, whole := s.paid(storetest.Shirt, 1), s.paid(storetest.Shirt, 1)
		for r, amount := range map[*checkout.Receipt]money.Amount{&part: 10_000, &whole: 42_000} {
			p := r.Payment()
			_, err := s.Provider.Refund(ctx, payment.Refund{Key: p.Key, Amount: amount, Reason: "console", Token: "console-" + p.OrderID})
			s.must(err)
			s.clock.Pass(10 * time.Second)
			s.must(s.Orders.Recheck(ctx, p.OrderID, s.clock.Now())) // the webhook
		}
		s.reconcile()
		s.want(whole.Order.Number, order.Cancelled, payment.Refunded)
		s.want(part.Order.Number, order.Paid, payment.Captured)
		s.agrees(part.Order.Number, whole.Order.Number)
		_, err := s.Cancel(ctx, part.Order.Number)
		s.must(err)
		s.reconcile()
		s.want(part.Order.Number, order.Cancelled, payment.Refunded)
		s.agrees(part.Order.Number, whole.Order.Number)
	})
}

// stubborn refuses requests by name, for ever, as Toss binds a 4xx to its idempotency key.
type stubborn struct {
	payment.Provider
	start, refund string
}

func (p *stubborn) Start(ctx context.Context, s payment.Start) (payment.Started, error) {
	if s.OrderID == p.start {
		return payment.Started{}, &payment.RefusedError{Code: "NOT_AVAILABLE_PAYMENT"}
	}
	return p.Provider.Start(ctx, s)
}

func (p *stubborn) Refund(ctx context.Context, r payment.Refund) (payment.Result, error) {
	if r.Token == p.refund {
		return payment.Result{}, &payment.RefusedError{Code: "NOT_AVAILABLE_BANK"}
	}
	return p.Provider.Refund(ctx, r)
}

func TestARefusedRefundIsAskedAgainUnderAnotherName(t *testing.T) {
	each(t, func(s *shop) {
		r := s.paid(storetest.Shirt, 1)
		s.Provider = &stubborn{Provider: s.Provider, refund: r.Payment().OrderID + "-refund-1"}
		_, err := s.Cancel(ctx, r.Order.Number)
		s.must(err)
		s.reconcile()
		s.want(r.Order.Number, order.Cancelled, payment.Refunded)
		s.agrees(r.Order.Number)
	})
}

func TestARefusedStartIsTriedAgainUnderAnotherName(t *testing.T) {
	each(t, func(s *shop) {
		r := s.placed(storetest.Shirt, 1)
		stub := &stubborn{Provider: s.Provider, start: r.Order.Number + "-2"}
		s.Provider = stub
		_, err := s.Pay(ctx, r, payment.Transfer) // the second attempt, which the provider will not take
		s.refused(err, fault.OutOfOrder)
		again, err := s.Pay(ctx, s.status(r.Order.Number), payment.Transfer)
		s.must(err)
		if got := again.Payments[len(again.Payments)-1]; got.OrderID != r.Order.Number+"-3" || got.CheckoutURL == "" {
			s.t.Errorf("the next attempt is %+v", got)
		}
		_, err = s.confirm(again, s.pays(again.Payments[len(again.Payments)-1], "approve"))
		s.must(err)
		s.agrees(r.Order.Number)
	})
}

// TestALateCaptureStrandsNothing: an attempt that was taken for refused turns out to be paid while another is tried; its money goes back and the order can
// still be paid, or end.
func TestALateCaptureStrandsNothing(t *testing.T) {
	each(t, func(s *shop) {
		r := s.placed(storetest.ShirtL, 1)
		p := r.Payment()
		s.pays(p, "approve")
		_, _, err := s.Orders.BeginConfirm(ctx, r.Order.Number, p.OrderID, p.Key, p.Amount, s.clock.Now())
		s.must(err)
		s.must(s.Orders.RefusePayment(ctx, p.OrderID, "ABORTED", s.clock.Now())) // a contradictory answer
		second, err := s.Pay(ctx, s.status(r.Order.Number), payment.Card)
		s.must(err)
		q := second.Payments[1]
		_, _, err = s.Orders.BeginConfirm(ctx, r.Order.Number, q.OrderID, q.Key, q.Amount, s.clock.Now())
		s.must(err)
		_, err = s.Provider.Confirm(ctx, payment.Confirm{Key: p.Key, OrderID: p.OrderID, Amount: p.Amount})
		s.must(err)
		s.must(s.Orders.CapturePayment(ctx, p.OrderID, p.Amount, s.clock.Now()))
		s.must(s.Orders.RefusePayment(ctx, q.OrderID, "REJECT_CARD_COMPANY", s.clock.Now()))
		s.reconcile()
		third, err := s.Pay(ctx, s.status(r.Order.Number), payment.Card)
		s.must(err)
		s.clock.Pass(16 * time.Minute)
		if n, err := s.Expire(ctx); n != 1 || err != nil {
			s.t.Errorf("%d orders ended, %v", n, err)
		}
		if len(third.Payments) != 3 || storetest.Available(s.t, s.db, storetest.ShirtL) != 1 {
			s.t.Errorf("%d attempts, %d units on hand", len(third.Payments), storetest.Available(s.t, s.db, storetest.ShirtL))
		}
		storetest.Audit(s.t, s.db)
	})
}

// TestTheBuyerAgreesToWhatTheySaw: an item that another tab adds is not part of it.
func TestTheBuyerAgreesToWhatTheySaw(t *testing.T) {
	each(t, func(s *shop) {
		c := s.filled(storetest.Shirt, 1)
		road := request().Delivery.RoadAddress
		q, err := s.Quote(ctx, c, road, checkout.Seen{})
		s.must(err)
		_, _, err = s.Carts.Home.Add(ctx, c, storetest.Sneaker, 1)
		s.must(err)
		_, _, err = s.Place(ctx, c, "k", request(), checkout.Seen{Digest: q.Digest()}, lang.Korean)
		s.refused(err, fault.PriceChanged)
		q, err = s.Quote(ctx, c, road, checkout.Seen{})
		s.must(err)
		_, _, err = s.Place(ctx, c, "k", request(), checkout.Seen{Digest: q.Digest()}, lang.Korean)
		s.must(err)
	})
}

func TestProviderIsDown(t *testing.T) {
	each(t, func(s *shop) {
		up := s.Provider
		s.Provider = toss.New(toss.Options{BaseURL: "http://127.0.0.1:1", SecretKey: "x", ClientKey: "x", Timeout: time.Second})
		c := s.filled(storetest.Shirt, 1)
		r, _, err := s.Place(ctx, c, "k", request(), checkout.Seen{}, lang.Korean)
		s.must(err)
		if r.Payment().CheckoutURL != "" || r.Order.Status != order.AwaitingPayment {
			s.t.Errorf("%+v", r.Payment())
		}
		_, err = s.Pay(ctx, r, payment.Card)
		s.refused(err, fault.OutOfOrder)
		s.Provider = up
		again, _, err := s.Place(ctx, c, "k", request(), checkout.Seen{}, lang.Korean)
		s.must(err)
		if again.Order.Number != r.Order.Number || again.Payment().CheckoutURL == "" {
			s.t.Errorf("asking again: %+v", again.Payment())
		}
		_, err = s.confirm(again, s.pays(again.Payment(), "approve"))
		s.must(err)
		s.agrees(r.Order.Number)
	})
}

// crowd lets buyers, each with a session of their own, order one unit of sku at once and returns the orders that were placed.
func (s *shop) crowd(buyers int, sku string) []checkout.Receipt {
	s.t.Helper()
	var mu sync.Mutex
	var got []checkout.Receipt
	var wg sync.WaitGroup
	gate := make(chan struct{})
	for range buyers {
		c := s.filled(sku, 1)
		wg.Go(func() {
			<-gate
			r, _, err := s.Place(ctx, c, "k", request(), checkout.Seen{}, lang.Korean)
			if err != nil {
				s.refused(err, fault.OutOfStock)
				return
			}
			mu.Lock()
			got = append(got, r)
			mu.Unlock()
		})
	}
	close(gate)
	wg.Wait()
	return got
}

func TestFiftyBuyersOneShirt(t *testing.T) {
	each(t, func(s *shop) {
		if got := s.crowd(50, storetest.ShirtL); len(got) != 1 {
			s.t.Errorf("%d of 50 buyers got the one shirt", len(got))
		}
		storetest.Audit(s.t, s.db)
	})
}

// TestFiveHundredBuyersHundredShirts: S2. Some pay, the others' holds end, and every unit can be bought again.
func TestFiveHundredBuyersHundredShirts(t *testing.T) {
	each(t, func(s *shop) {
		s.must(s.db.Merchant().Restock(ctx, storetest.ShirtL, 99))
		got := s.crowd(500, storetest.ShirtL)
		if len(got) != 100 {
			s.t.Errorf("%d of 500 buyers got one of 100 shirts", len(got))
		}
		numbers := make([]string, len(got))
		for i, r := range got {
			numbers[i] = r.Order.Number
			if i < 10 {
				_, err := s.confirm(r, s.pays(r.Payment(), "approve"))
				s.must(err)
			}
		}
		s.clock.Pass(16 * time.Minute)
		ended := 0
		for n := 1; n > 0; ended += n {
			var err error
			n, err = s.Expire(ctx)
			s.must(err)
		}
		if ended != 90 || storetest.Available(s.t, s.db, storetest.ShirtL) != 90 {
			s.t.Errorf("%d holds ended, %d shirts on hand; want 90 and 90", ended, storetest.Available(s.t, s.db, storetest.ShirtL))
		}
		s.agrees(numbers...)
	})
}

func TestRequestIsChecked(t *testing.T) {
	good, err := request().Check()
	if err != nil || good.Contact.Phone != "01012345678" {
		t.Fatalf("%+v, %v", good, err)
	}
	for field, spoil := range map[string]func(*checkout.Request){
		"contact.name":            func(r *checkout.Request) { r.Contact.Name = "  " },
		"contact.phone":           func(r *checkout.Request) { r.Contact.Phone = "010-1234-567" },
		"contact.email":           func(r *checkout.Request) { r.Contact.Email = "kim@localhost" },
		"delivery.recipient":      func(r *checkout.Request) { r.Delivery.Recipient = strings.Repeat("김", 51) },
		"delivery.phone":          func(r *checkout.Request) { r.Delivery.Phone = "전화 없음" },
		"delivery.postcode":       func(r *checkout.Request) { r.Delivery.Postcode = "110-120" },
		"delivery.road_address":   func(r *checkout.Request) { r.Delivery.RoadAddress = "서울" },
		"delivery.detail_address": func(r *checkout.Request) { r.Delivery.DetailAddress = "1층\x00" },
		"delivery.memo":           func(r *checkout.Request) { r.Delivery.Memo = strings.Repeat("문", 101) },
		"payment_method":          func(r *checkout.Request) { r.Method = "gold" },
		"agreements.privacy":      func(r *checkout.Request) { r.Agreements = []checkout.Agreement{"terms", "purchase"} },
	} {
		r := request()
		spoil(&r)
		_, err := r.Check()
		if f := fault.Of(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Name != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	var empty checkout.Request
	if _, err := empty.Check(); len(fault.Of(err).Fields) < 10 {
		t.Errorf("an empty request names only %v", err)
	}
}

func TestPhones(t *testing.T) {
	for in, want := range map[string]string{
		"010-1234-5678": "01012345678", "+82 10 1234 5678": "01012345678", "+82-010-1234-5678": "01012345678", "011-123-4567": "0111234567",
		"02-123-4567": "021234567", "031.123.4567": "0311234567", "0507-1234-5678": "050712345678",
		"010-1234-567": "", "010-1234-56789": "", "1234": "", "": "", "099-123-4567": "", "010-abcd-5678": "", "+1 212 555 0100": "", "０１０-1234-5678": "",
	} {
		got, ok := checkout.Phone(in)
		if ok != (want != "") || (ok && got != want) {
			t.Errorf("Phone(%q) = %q, %v; want %q", in, got, ok, want)
		}
	}
}

func FuzzRequest(f *testing.F) {
	f.Add("김하루", "010-1234-5678", "a@b.kr", "04524", "서울특별시 중구 세종대로 110")
	f.Add("\xff", "+82", "<script>@x.y", "99999", "\u202e")
	f.Fuzz(func(t *testing.T, name, phone, email, postcode, road string) {
		r := request()
		r.Contact = order.Contact{Name: name, Phone: phone, Email: email}
		r.Delivery.Postcode, r.Delivery.RoadAddress = postcode, road
		got, err := r.Check()
		if err != nil {
			return
		}
		again, err := got.Check()
		if err != nil || fmt.Sprint(again) != fmt.Sprint(got) {
			t.Fatalf("what was accepted is refused or changed the second time: %+v, %+v, %v", got, again, err)
		}
		if strings.ContainsAny(got.Contact.Email, "\r\n") || strings.ContainsAny(got.Contact.Name, "\r\n\x00") {
			t.Fatalf("a control character came through: %q", got.Contact)
		}
	})
}
