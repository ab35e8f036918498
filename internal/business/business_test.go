package business_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"myclothes/internal/business"
	"myclothes/internal/cart"
	"myclothes/internal/catalog"
	"myclothes/internal/checkout"
	"myclothes/internal/company"
	"myclothes/internal/customer"
	"myclothes/internal/delivery"
	"myclothes/internal/fault"
	"myclothes/internal/lang"
	"myclothes/internal/money"
	"myclothes/internal/order"
	"myclothes/internal/outbox"
	"myclothes/internal/payment"
	"myclothes/internal/seal"
	"myclothes/internal/store"
	"myclothes/internal/store/storetest"
	"myclothes/internal/testenv"
)

var ctx = context.Background()

// office is the tax office as a test wants it.
type office struct {
	says company.Standing
	err  error
}

func (o *office) Standing(context.Context, company.Registration) (company.Standing, error) {
	return o.says, o.err
}

// desk is a shop that sells to companies, without a payment provider: what is tested here is bought on account.
type desk struct {
	*business.Business
	t         testing.TB
	db        *store.DB
	companies *store.Companies
	people    *store.Customers
	tax       *office
	passed    atomic.Int64
	asked     sync.Map // statements by name: how often
}

func each(t *testing.T, test func(*desk)) {
	testenv.Engines(t, func(t *testing.T, address string) { test(open(t, address)) })
}

func open(t testing.TB, address string) *desk {
	d := &desk{t: t, tax: &office{says: company.Trading}}
	key := seal.NewKey("a")
	vault, err := seal.NewVault(key)
	d.must(err)
	ring, err := seal.NewRing(key)
	d.must(err)
	start := time.Now().Truncate(time.Microsecond) // as the database keeps it
	now := func() time.Time { return start.Add(time.Duration(d.passed.Load())) }
	d.db = storetest.Open(t, store.Options{Address: address, Now: now, Vault: vault, Observe: func(name, _ string, _ time.Duration) {
		n, _ := d.asked.LoadOrStore(name, new(atomic.Int64))
		n.(*atomic.Int64).Add(1)
	}})
	d.companies, d.people = d.db.Companies(vault), d.db.Customers(vault)
	policy := delivery.Policy{Fee: 3000, FreeFrom: 50_000, Island: 4000}
	warn := func(_ context.Context, msg string, err error) { t.Logf("warned: %s: %v", msg, err) }
	counter := &checkout.Desk{Carts: &cart.Carts{Home: d.db.Carts(), Catalog: d.db.Catalog(), Policy: policy}, Orders: d.db.Orders(), Companies: d.companies,
		Provider: nobody{}, Policy: policy, HoldFor: 15 * time.Minute, BaseURL: "http://shop.example", Now: now, Warn: warn}
	d.Business = &business.Business{Store: d.companies, Customers: d.people, Desk: counter, Registrar: d.tax, Rates: d.db.Rates(), Links: ring, Now: now, Warn: warn}
	return d
}

// nobody takes no money.
type nobody struct{ payment.Provider }

func (nobody) Name() string      { return "nobody" }
func (nobody) ClientKey() string { return "" }
func (nobody) Start(context.Context, payment.Start) (payment.Started, error) {
	return payment.Started{}, errors.New("nobody is there")
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) refused(err error, want error) {
	d.t.Helper()
	if !errors.Is(err, want) {
		d.t.Errorf("%v; want %v", err, want)
	}
}

// event returns the subject of the latest event of that topic.
func (d *desk) event(topic outbox.Topic) outbox.Event {
	d.t.Helper()
	all, err := d.db.Outbox().Claim(ctx, d.Now().Add(time.Hour), time.Nanosecond, 1000)
	d.must(err)
	var latest outbox.Event
	for _, e := range all {
		if e.Topic == topic && e.ID > latest.ID {
			latest = e
		}
	}
	return latest
}

// member is somebody with an account, and what their browser carries.
func (d *desk) member(mail string) cart.Carried {
	d.t.Helper()
	d.must(d.people.Apply(ctx, customer.Applicant{Email: mail, Name: "김하루", Lang: lang.Korean, Password: "x"}))
	id, err := d.people.Admit(ctx, d.event(customer.Applied).Subject)
	d.must(err)
	return cart.Carried{Visitor: "s", Member: string(id)}
}

// firm is an approved company with the terms, and its founder.
func (d *desk) firm(registration string, terms company.Terms) (cart.Carried, company.ID) {
	d.t.Helper()
	founder := d.member("founder-" + registration + "@example.com")
	d.must(d.Apply(ctx, founder, registration, company.Application{Name: "상사 " + registration, Representative: "김대표", Mail: "tax-" + registration + "@example.com"}))
	b, err := d.Buyer(ctx, founder)
	d.must(err)
	d.must(d.companies.Decide(ctx, b.Company, company.Approved, ""))
	d.must(d.companies.SetTerms(ctx, b.Company, terms))
	return founder, b.Company
}

// hire makes somebody buy for the founder's company.
func (d *desk) hire(founder cart.Carried, mail string, r company.Roles) cart.Carried {
	d.t.Helper()
	d.must(d.Invite(ctx, founder, mail, r, lang.Korean))
	who := d.member(mail)
	d.must(d.Join(ctx, who, d.link()))
	return who
}

// link is what the latest invitation's mail links to.
func (d *desk) link() string {
	d.t.Helper()
	m, ok, err := d.Message(ctx, d.event(company.Invited), "http://shop.example")
	if err != nil || !ok {
		d.t.Fatalf("no mail: %v, %v", ok, err)
	}
	_, rest, _ := strings.Cut(m.Body, "/business/join/")
	link, _, _ := strings.Cut(rest, "\n")
	return link
}

func (d *desk) list(name string, percent int, entries ...company.Entry) {
	d.t.Helper()
	d.must(d.companies.PutPriceList(ctx, company.PriceList{Name: name, Percent: percent, Entries: entries}))
}

func (d *desk) holds(c cart.Carried, sku string, n int) {
	d.t.Helper()
	_, _, err := d.Desk.Carts.Home.Set(ctx, c, sku, n)
	d.must(err)
}

func wanted(m payment.Method) checkout.Request {
	return checkout.Request{Contact: order.Contact{Name: "김하루", Phone: "01012345678", Email: "haru@example.com"},
		Delivery: order.Delivery{Recipient: "창고", Phone: "01012345678", Postcode: "04524", RoadAddress: "서울특별시 중구 세종대로 110"}, Method: m, Agreements: checkout.Agreements}
}

func (d *desk) places(c cart.Carried, key string, m payment.Method) (checkout.Receipt, error) {
	r, _, err := d.Desk.Place(ctx, c, key, wanted(m), checkout.Seen{}, lang.Korean)
	return r, err
}

func (d *desk) sound() {
	d.t.Helper()
	storetest.Audit(d.t, d.db)
}

const haru, bom = "220-81-62517", "120-88-00767"

func TestApplying(t *testing.T) {
	each(t, func(d *desk) {
		who := d.member("a@example.com")
		a := company.Application{Name: "하루상사", Representative: "김대표", Trade: "도소매", Mail: "tax@example.com"}
		d.refused(d.Apply(ctx, who, "123-45-67890", a), fault.BadRequest)
		d.tax.says = company.Closed
		d.refused(d.Apply(ctx, who, haru, a), fault.BadRequest)
		_, err := d.Buyer(ctx, who)
		d.refused(err, fault.NoSuchPage)
		d.tax.says, d.tax.err = "", errors.New("maintenance")
		d.must(d.Apply(ctx, who, haru, a)) // kept all the same
		b, err := d.Buyer(ctx, who)
		d.must(err)
		c, err := d.Store.Company(ctx, b.Company)
		if err != nil || c.Status != company.Applied || c.Standing != company.Unasked || !c.AskedAt.IsZero() || c.Representative != "김대표" || c.Mail != "tax@example.com" || b.Roles != company.All {
			d.t.Errorf("%+v, %+v, %v", c, b, err)
		}
		d.refused(d.Apply(ctx, who, haru, a), company.AlreadyBuys)
		d.must(d.companies.Stood(ctx, b.Company, company.Trading))
		d.must(d.companies.Decide(ctx, b.Company, company.Refused, "서류가 부족해요"))
		m, ok, err := d.Message(ctx, d.event(company.Decided), "http://shop.example")
		if err != nil || !ok || m.To != "tax@example.com" || !strings.Contains(m.Body, "서류가 부족해요") {
			d.t.Errorf("%+v, %v, %v", m, ok, err)
		}
		d.refused(d.companies.Decide(ctx, b.Company, company.Approved, ""), fault.WrongState)
		d.tax.says, d.tax.err = company.Trading, nil
		d.must(d.Apply(ctx, who, haru, a)) // anew
		again, err := d.Buyer(ctx, who)
		if err != nil || again.Company == b.Company {
			d.t.Errorf("%+v, %v", again, err)
		}

		// Anybody may apply with the number; one company has it.
		squatter := d.member("b@example.com")
		d.must(d.Apply(ctx, squatter, haru, a))
		other, err := d.Buyer(ctx, squatter)
		d.must(err)
		d.must(d.companies.Decide(ctx, again.Company, company.Approved, ""))
		d.refused(d.companies.Decide(ctx, other.Company, company.Approved, ""), fault.WrongState)
	})
}

func TestWhoBuys(t *testing.T) {
	each(t, func(d *desk) {
		founder, id := d.firm(haru, company.Terms{})
		stranger, _ := d.firm(bom, company.Terms{})
		clerk := d.hire(founder, "Clerk@example.com", company.Roles{Buys: true})
		if _, ok, err := d.Message(ctx, d.event(company.Invited), ""); ok || err != nil {
			d.t.Errorf("an invitation that was accepted is mailed: %v", err)
		}
		d.must(d.Invite(ctx, founder, "new@example.com", company.Roles{Pays: true}, lang.English))
		link := d.link()
		d.refused(d.Join(ctx, stranger, link), company.NotInvited) // not theirs
		d.refused(d.Join(ctx, stranger, "forged"), company.NotInvited)
		d.refused(d.Invite(ctx, clerk, "x@example.com", company.Roles{Buys: true}, lang.Korean), company.NotYours)
		d.refused(d.Invite(ctx, founder, "x", company.Roles{}, lang.Korean), fault.BadRequest)
		d.passed.Add(int64(company.InvitationKept + time.Second))
		newcomer := d.member("new@example.com")
		d.refused(d.Join(ctx, newcomer, link), company.NotInvited) // too late

		clerkID, founderID := customer.ID(clerk.Member), customer.ID(founder.Member)
		d.refused(d.Store.SetRoles(ctx, clerkID, id, clerkID, company.All), company.NotYours)
		d.refused(d.Store.SetRoles(ctx, customer.ID(stranger.Member), id, clerkID, company.All), company.NotYours)
		d.refused(d.Store.SetRoles(ctx, founderID, id, customer.ID(stranger.Member), company.Roles{}), fault.NoSuchPage)
		d.refused(d.Store.SetRoles(ctx, founderID, id, founderID, company.Roles{Buys: true}), company.LastManager)
		d.must(d.Store.SetRoles(ctx, founderID, id, clerkID, company.All))
		d.must(d.Store.SetRoles(ctx, clerkID, id, founderID, company.Roles{})) // out
		_, err := d.Buyer(ctx, founder)
		d.refused(err, fault.NoSuchPage)
		d.must(d.people.Leave(ctx, clerkID))
		all, err := d.Store.Buyers(ctx, id)
		if err != nil || len(all) != 0 {
			d.t.Errorf("%v, %v", all, err)
		}
	})
}

// TestPricesAreOnesOwn: a list's prices are had by its company's people only, and only while it is approved; whoever brings others is told that they changed.
func TestPricesAreOnesOwn(t *testing.T) {
	each(t, func(d *desk) {
		d.list("haru", 10, company.Entry{SKU: storetest.Shirt, Tier: catalog.Tier{From: 1, Price: 35_000}}, company.Entry{SKU: storetest.Shirt, Tier: catalog.Tier{From: 5, Price: 30_000}})
		d.list("bom", 50)
		one, id := d.firm(haru, company.Terms{PriceList: "haru", CreditLimit: 10_000_000})
		two, _ := d.firm(bom, company.Terms{PriceList: "bom", CreditLimit: 10_000_000})
		nobody := d.member("nobody@example.com")
		price := func(c cart.Carried, n int) money.Amount {
			d.t.Helper()
			p, err := d.Desk.Carts.Price(ctx, c, cart.Cart{Lines: []cart.Line{{SKU: storetest.Shirt, Quantity: n}}})
			d.must(err)
			if p.Supply()+p.VAT() != p.Total || p.Subtotal != p.Lines[0].Price.Times(n) {
				d.t.Errorf("%+v does not add up", p)
			}
			return p.Lines[0].Price
		}
		for _, x := range []struct {
			c       cart.Carried
			n, want int
		}{{one, 1, 35_000}, {one, 5, 30_000}, {two, 1, 19_500}, {nobody, 5, 39_000}, {cart.Carried{}, 5, 39_000}} {
			if got := price(x.c, x.n); got != money.Amount(x.want) {
				d.t.Errorf("%d units cost %d each, want %d", x.n, got, x.want)
			}
		}

		// What is brought to the database is asked again there, by the same rule.
		foreign := func(member string, unit money.Amount, company string) error {
			line := order.Line{SKU: storetest.Shirt, Quantity: 5, UnitPrice: unit, ListPrice: unit}
			number := order.NewNumber(d.Now())
			_, err := d.db.Orders().PlaceOrder(ctx, checkout.Placement{Member: member, Buyer: "b", Key: number, Order: order.Order{Number: number, Company: company, Lines: []order.Line{line},
				Totals: order.Sum([]order.Line{line}, 0, 0), Status: order.AwaitingPayment, History: []order.Event{{To: order.AwaitingPayment}}, PlacedAt: d.Now(), HoldUntil: d.Now()},
				Payment: payment.Payment{OrderID: number + "-1", Order: number, State: payment.Ready, CreatedAt: d.Now()}})
			return err
		}
		other, err := d.Buyer(ctx, two)
		d.must(err)
		d.refused(foreign(two.Member, 30_000, string(id)), company.NotYours)              // another's company
		d.refused(foreign(two.Member, 30_000, string(other.Company)), fault.PriceChanged) // another's price
		d.refused(foreign(nobody.Member, 30_000, ""), fault.PriceChanged)                 // nobody's company
		d.refused(foreign(nobody.Member, 30_000, string(id)), company.NotYours)           //
		d.refused(foreign(one.Member, 39_000, string(id)), fault.PriceChanged)            // today's, where there is an own one
		d.must(foreign(one.Member, 30_000, string(id)))

		d.holds(one, storetest.Shirt, 5)
		q, err := d.Desk.Quote(ctx, one, "", checkout.Seen{})
		d.must(err)
		d.list("haru", 0, company.Entry{SKU: storetest.Shirt, Tier: catalog.Tier{From: 1, Price: 34_000}})
		_, _, err = d.Desk.Place(ctx, one, "k", wanted(payment.Invoice), checkout.Seen{Digest: q.Digest()}, lang.Korean)
		d.refused(err, fault.PriceChanged)
		d.must(d.companies.Decide(ctx, id, company.Suspended, ""))
		if got := price(one, 5); got != 39_000 {
			d.t.Errorf("a suspended company pays %d", got)
		}
		_, err = d.places(one, "k2", payment.Invoice)
		d.refused(err, fault.BadRequest)
		d.sound()
	})
}

func TestMinimumQuantities(t *testing.T) {
	each(t, func(d *desk) {
		d.must(d.companies.PutPriceList(ctx, company.PriceList{Name: "a", Leasts: map[string]int{storetest.Shirt: 6}}))
		c, _ := d.firm(haru, company.Terms{PriceList: "a", CreditLimit: 10_000_000})
		d.holds(c, storetest.Shirt, 5)
		p, err := d.Desk.Carts.Open(ctx, c)
		if err != nil || p.Buyable() || !p.Lines[0].TooFew() {
			d.t.Errorf("%+v, %v", p, err)
		}
		_, err = d.places(c, "k", payment.Invoice)
		d.refused(err, fault.TooFew)
		d.holds(c, storetest.Shirt, 6)
		_, err = d.places(c, "k", payment.Invoice)
		d.must(err)
		d.sound()
		if err := d.companies.PutPriceList(ctx, company.PriceList{Name: "a", Leasts: map[string]int{"nothing": 6}}); err == nil || !strings.Contains(err.Error(), `"nothing"`) {
			d.t.Errorf("a list with an unknown SKU: %v", err)
		}
	})
}

// TestOnAccount: an order on account is sold at once, owed once, paid once, and ends as every order does.
func TestOnAccount(t *testing.T) {
	each(t, func(d *desk) {
		c, id := d.firm(haru, company.Terms{CreditLimit: 100_000, DaysToPay: 14})
		owed := func(want money.Amount) {
			d.t.Helper()
			if got, err := d.Store.Owed(ctx, id); err != nil || got != want {
				d.t.Errorf("owed %d, %v; want %d", got, err, want)
			}
		}
		d.holds(c, storetest.Shirt, 2)
		r, err := d.places(c, "k", payment.Invoice)
		d.must(err)
		p := r.Payment()
		if r.Order.Status != order.Paid || p.State != payment.Owed || p.Provider != payment.OnAccount || r.Order.Company != string(id) || len(r.Order.History) != 2 ||
			!r.Order.DueAt.Equal(r.Order.PlacedAt.AddDate(0, 0, 14)) || d.event(order.TopicOnAccount).Subject != r.Order.Number {
			d.t.Errorf("%+v", r)
		}
		again, err := d.places(c, "k", payment.Invoice)
		if err != nil || again.Order.Number != r.Order.Number {
			d.t.Errorf("again: %+v, %v", again, err)
		}
		owed(78_000)
		d.holds(c, storetest.Shirt, 1)
		_, err = d.places(c, "k2", payment.Invoice)
		d.refused(err, fault.CreditLimit)
		d.must(d.Desk.Orders.CancelOrder(ctx, r.Order.Number, d.Now()))
		owed(0)
		if n := storetest.Available(d.t, d.db, storetest.Shirt); n != 20 {
			d.t.Errorf("%d shirts after cancelling, want 20", n)
		}
		d.sound()

		r, err = d.places(c, "k3", payment.Invoice)
		d.must(err)
		orders := d.db.Orders()
		d.refused(orders.ReceiveTransfer(ctx, r.Order.Number, 1, d.Now()), fault.WrongState)
		d.must(orders.ReceiveTransfer(ctx, r.Order.Number, r.Order.Totals.Total, d.Now()))
		d.must(orders.ReceiveTransfer(ctx, r.Order.Number, r.Order.Totals.Total, d.Now()))
		owed(0)
		d.refused(orders.CancelOrder(ctx, r.Order.Number, d.Now()), fault.NotCancellable)
		d.must(orders.Recheck(ctx, r.Payment().OrderID, d.Now().Add(time.Minute))) // somebody says that there is news
		if due, err := orders.DuePayments(ctx, d.Now().Add(time.Hour), 10); err != nil || len(due) != 0 {
			d.t.Errorf("the provider would be asked about %v, %v", due, err)
		}
		d.passed.Add(int64(time.Hour))
		if n, err := d.Desk.Expire(ctx); err != nil || n != 0 {
			d.t.Errorf("%d orders on account expired, %v", n, err)
		}
		d.sound()
	})
}

// TestTheLimitHolds: 20 orders on account at once, of which ten fit.
func TestTheLimitHolds(t *testing.T) {
	each(t, func(d *desk) {
		d.must(d.db.Merchant().Restock(ctx, storetest.Shirt, 100))
		founder, id := d.firm(haru, company.Terms{CreditLimit: 10 * 78_000})
		var all []cart.Carried
		for i := range 20 {
			all = append(all, d.hire(founder, fmt.Sprintf("b%d@example.com", i), company.All))
			d.holds(all[i], storetest.Shirt, 2)
		}
		var placed atomic.Int64
		var wait sync.WaitGroup
		gate := make(chan struct{})
		for _, c := range all {
			wait.Go(func() {
				<-gate
				_, err := d.places(c, "k", payment.Invoice)
				if err == nil {
					placed.Add(1)
				} else if !errors.Is(err, fault.CreditLimit) {
					d.t.Error(err)
				}
			})
		}
		close(gate)
		wait.Wait()
		owed, err := d.Store.Owed(ctx, id)
		if err != nil || placed.Load() != 10 || owed != 10*78_000 {
			d.t.Errorf("%d orders placed, %d owed, %v; want 10 and %d", placed.Load(), owed, err, 10*78_000)
		}
		d.sound()
	})
}

// TestAskingAndApproving: who may not order asks; whoever approves, however often and at once, makes one order of it.
func TestAskingAndApproving(t *testing.T) {
	each(t, func(d *desk) {
		founder, id := d.firm(haru, company.Terms{CreditLimit: 10_000_000})
		stranger, _ := d.firm(bom, company.Terms{})
		clerk, payer := d.hire(founder, "clerk@example.com", company.Roles{Buys: true}), d.hire(founder, "payer@example.com", company.Roles{Pays: true})
		d.holds(clerk, storetest.Shirt, 2)
		_, err := d.places(clerk, "k", payment.Invoice)
		d.refused(err, fault.NeedsApproval)
		ask, _, err := d.Ask(ctx, clerk, wanted(payment.Invoice))
		d.must(err)
		if p, err := d.Desk.Carts.Open(ctx, clerk); err != nil || len(p.Lines) != 0 {
			d.t.Errorf("what was asked for is still in the cart: %+v, %v", p, err)
		}
		_, _, _, err = d.Request(ctx, stranger, ask)
		d.refused(err, fault.NoSuchPage)
		d.refused(d.Close(ctx, stranger, ask), fault.NoSuchPage)
		for _, c := range []cart.Carried{clerk, payer} {
			_, err = d.Approve(ctx, c, ask, "", checkout.Agreements, checkout.Seen{}, lang.Korean)
			d.refused(err, company.NotYours)
		}
		_, err = d.Approve(ctx, stranger, ask, "", checkout.Agreements, checkout.Seen{}, lang.Korean)
		d.refused(err, fault.NoSuchPage)
		_, q, why, err := d.Request(ctx, founder, ask)
		if err != nil || why != nil || q.Totals.Total != 78_000 {
			d.t.Errorf("%+v, %v, %v", q, why, err)
		}
		_, err = d.Approve(ctx, founder, ask, "", nil, checkout.Seen{Digest: q.Digest()}, lang.Korean)
		d.refused(err, fault.BadRequest)
		numbers := sync.Map{}
		var wait sync.WaitGroup
		for range 5 {
			wait.Go(func() {
				r, err := d.Approve(ctx, founder, ask, "", checkout.Agreements, checkout.Seen{Digest: q.Digest()}, lang.Korean)
				if err != nil {
					d.t.Error(err)
				}
				numbers.Store(r.Order.Number, true)
			})
		}
		wait.Wait()
		count, number := 0, ""
		numbers.Range(func(n, _ any) bool { count, number = count+1, n.(string); return true })
		if count != 1 {
			d.t.Errorf("one request became %d orders", count)
		}
		r, err := d.Store.Request(ctx, id, ask)
		if err != nil || r.State != business.Ordered || r.Number != number {
			d.t.Errorf("%+v, %v", r, err)
		}
		d.refused(d.Close(ctx, clerk, ask), fault.WrongState)

		// Who asked sees it, and who approves or pays; nobody else.
		buyer := d.hire(founder, "other@example.com", company.Roles{Buys: true})
		for c, may := range map[cart.Carried]bool{clerk: true, founder: true, payer: true, buyer: false, stranger: false} {
			_, err := d.Desk.Orders.OrderFor(ctx, number, c.Owner())
			if (err == nil) != may {
				d.t.Errorf("%s sees the order: %v, want %v", c.Member, err, may)
			}
			b, err := d.Buyer(ctx, c)
			d.must(err)
			all, err := d.Orders(ctx, c, b, 10)
			if err != nil || (len(all) == 1) != may {
				d.t.Errorf("%s has %v in the list, %v", c.Member, all, err)
			}
			reqs, err := d.Requests(ctx, b)
			if err != nil || (len(reqs) == 1) != may {
				d.t.Errorf("%s has %d requests, %v", c.Member, len(reqs), err)
			}
		}

		d.holds(clerk, storetest.Shirt, 1)
		second, _, err := d.Ask(ctx, clerk, wanted(payment.Invoice))
		d.must(err)
		mails := func(topic outbox.Topic, to string) {
			d.t.Helper()
			m, ok, err := d.Message(ctx, d.event(topic), "http://shop.example")
			if err != nil || !ok || m.To != to || !strings.Contains(m.Body, "http://shop.example/business/requests/"+second) {
				d.t.Errorf("%+v, %v, %v; want a mail to %s", m, ok, err, to)
			}
		}
		mails(company.Asked, "founder-"+haru+"@example.com")
		d.must(d.Close(ctx, founder, second))
		mails(company.Declined, "clerk@example.com")
		if _, ok, err := d.Message(ctx, d.event(company.Asked), ""); ok || err != nil {
			d.t.Errorf("what was decided is asked about: %v", err)
		}
		_, err = d.Approve(ctx, founder, second, "", checkout.Agreements, checkout.Seen{}, lang.Korean)
		d.refused(err, fault.WrongState)

		// Who is removed asks no more; where there is no credit, nothing is asked for on account.
		d.holds(clerk, storetest.Shirt, 1)
		third, _, err := d.Ask(ctx, clerk, wanted(payment.Invoice))
		d.must(err)
		d.must(d.Store.SetRoles(ctx, customer.ID(founder.Member), id, customer.ID(clerk.Member), company.Roles{}))
		_, err = d.Approve(ctx, founder, third, "", checkout.Agreements, checkout.Seen{}, lang.Korean)
		d.refused(err, fault.WrongState)
		_, _, err = d.Ask(ctx, clerk, wanted(payment.Card))
		d.refused(err, fault.NoSuchPage)
		d.must(d.companies.SetTerms(ctx, id, company.Terms{}))
		d.holds(founder, storetest.Shirt, 1)
		_, _, err = d.Ask(ctx, founder, wanted(payment.Invoice))
		d.refused(err, fault.BadRequest)
		d.sound()
	})
}

func TestQuotes(t *testing.T) {
	each(t, func(d *desk) {
		d.list("a", 7)
		founder, _ := d.firm(haru, company.Terms{PriceList: "a"})
		stranger, _ := d.firm(bom, company.Terms{})
		_, err := d.MakeQuote(ctx, founder)
		d.refused(err, fault.CartEmpty)
		d.holds(founder, storetest.Shirt, 1)
		d.holds(founder, storetest.Stopped, 1)
		number, err := d.MakeQuote(ctx, founder)
		d.must(err)
		q, who, err := d.Quote(ctx, founder, number)
		d.must(err)
		var supply, vat money.Amount
		for _, l := range q.Lines {
			supply, vat = supply+l.Supply, vat+l.VAT
		}
		if len(q.Lines) != 1 || q.Lines[0].Unit != 36_270 || q.Totals.Total != 39_270 || supply+q.DeliverySupply() != q.Totals.Supply || vat+q.DeliveryVAT() != q.Totals.VAT ||
			q.DeliverySupply()+q.DeliveryVAT() != 3000 || who.Registration != "2208162517" || !q.ValidUntil.Equal(q.MadeAt.AddDate(0, 0, 14)) {
			d.t.Errorf("%+v", q)
		}
		_, _, err = d.Quote(ctx, stranger, number)
		d.refused(err, fault.NoSuchPage)
		clerk := d.hire(founder, "clerk@example.com", company.Roles{Buys: true})
		_, _, err = d.Quote(ctx, clerk, number)
		d.refused(err, fault.NoSuchPage)
	})
}

func TestTaxInvoices(t *testing.T) {
	each(t, func(d *desk) {
		founder, _ := d.firm(haru, company.Terms{CreditLimit: 1_000_000})
		stranger, _ := d.firm(bom, company.Terms{})
		clerk := d.hire(founder, "clerk@example.com", company.Roles{Buys: true})
		d.holds(founder, storetest.Shirt, 3)
		r, err := d.places(founder, "k", payment.Invoice)
		d.must(err)
		n := r.Order.Number
		d.refused(d.AskTaxInvoice(ctx, stranger, n), fault.NoSuchPage)
		d.refused(d.AskTaxInvoice(ctx, clerk, n), company.NotYours)
		d.must(d.AskTaxInvoice(ctx, founder, n))
		d.refused(d.AskTaxInvoice(ctx, founder, n), fault.WrongState)
		all, err := d.companies.TaxInvoices(ctx, false)
		if err != nil || len(all) != 1 || all[0].Supply != r.Order.Totals.Supply || all[0].VAT != r.Order.Totals.VAT || all[0].Buyer.Representative != "김대표" {
			d.t.Fatalf("%+v, %v", all, err)
		}
		d.must(d.companies.PassOn(ctx, []string{n}, d.Now()))
		if all, err = d.companies.TaxInvoices(ctx, false); err != nil || len(all) != 0 {
			d.t.Errorf("passed on and still there: %v, %v", all, err)
		}
		d.must(d.Desk.Orders.CancelOrder(ctx, n, d.Now()))
		if all, err = d.companies.TaxInvoices(ctx, false); err != nil || len(all) != 1 || all[0].State != business.TaxToCorrect {
			d.t.Errorf("%+v, %v", all, err)
		}

		// One that was not passed on yet is simply taken back.
		d.passed.Add(int64(time.Second))
		d.holds(founder, storetest.Shirt, 1)
		r, err = d.places(founder, "k2", payment.Invoice)
		d.must(err)
		d.must(d.AskTaxInvoice(ctx, founder, r.Order.Number))
		d.must(d.Desk.Orders.CancelOrder(ctx, r.Order.Number, d.Now()))
		if all, err = d.companies.TaxInvoices(ctx, true); err != nil || len(all) != 2 || all[1].State != business.TaxWithdrawn {
			d.t.Errorf("%+v, %v", all, err)
		}

		// Not before the money is there, and not for what was paid by card.
		d.holds(founder, storetest.Shirt, 1)
		r, err = d.places(founder, "k3", payment.Card)
		d.must(err)
		d.refused(d.AskTaxInvoice(ctx, founder, r.Order.Number), fault.WrongState)
		p, orders := r.Payment(), d.Desk.Orders
		d.must(orders.Started(ctx, p.OrderID, payment.Started{Key: "pk"}, d.Now()))
		_, _, err = orders.BeginConfirm(ctx, r.Order.Number, p.OrderID, "pk", p.Amount, d.Now())
		d.must(err)
		d.must(orders.CapturePayment(ctx, p.OrderID, p.Amount, d.Now()))
		d.refused(d.AskTaxInvoice(ctx, founder, r.Order.Number), fault.WrongState)
		d.sound()
	})
}

// large is a company with two prices for each of 200 SKUs, and a cart that holds ten of each.
func (d *desk) large() (cart.Carried, cart.Cart) {
	d.t.Helper()
	founder, id := d.firm(haru, company.Terms{})
	brand := catalog.Brand{Slug: "haru", Name: lang.Text{KO: "하루", EN: "Haru"}}
	var many []catalog.Product
	var held cart.Cart
	l := company.PriceList{Name: "many"}
	for i := range cart.MaxLines {
		p := storetest.Products(brand)[0]
		sku := fmt.Sprintf("MANY-%03d", i)
		p.ID, p.Slug, p.Images = int64(1000+i), fmt.Sprintf("many-%d", i), nil
		p.Measures.Rows = nil
		p.Variants = p.Variants[:1]
		p.Variants[0].SKU, p.Variants[0].Available = sku, 99
		many = append(many, p)
		held.Lines = append(held.Lines, cart.Line{SKU: sku, Quantity: 10})
		l.Entries = append(l.Entries, company.Entry{SKU: sku, Tier: catalog.Tier{From: 1, Price: 30_000}}, company.Entry{SKU: sku, Tier: catalog.Tier{From: 10, Price: 20_000}})
	}
	d.must(d.db.Merchant().PutProducts(ctx, many))
	d.must(d.companies.PutPriceList(ctx, l))
	d.must(d.companies.SetTerms(ctx, id, company.Terms{PriceList: "many"}))
	d.must(d.db.Merchant().Analyze(ctx))
	return founder, held
}

// TestOneQuestionForTheWholeCart: however many lines, the prices of a company's cart are one statement.
func TestOneQuestionForTheWholeCart(t *testing.T) {
	each(t, func(d *desk) {
		founder, held := d.large()
		d.asked.Clear()
		p, err := d.Desk.Carts.Price(ctx, founder, held)
		d.must(err)
		statements := 0
		d.asked.Range(func(_, n any) bool { statements += int(n.(*atomic.Int64).Load()); return true })
		if statements != 1 || len(p.Lines) != 200 || p.Subtotal != 200*10*20_000 {
			d.t.Errorf("%d statements for %d lines of %d won", statements, len(p.Lines), p.Subtotal)
		}
	})
}

// BenchmarkLargeCart prices 200 lines, at everybody's prices and at a company's.
func BenchmarkLargeCart(b *testing.B) {
	for engine, address := range map[string]func(testing.TB) string{"sqlite": testenv.SQLite, "postgres": testenv.Postgres} {
		d := open(b, address(b))
		founder, held := d.large()
		for who, c := range map[string]cart.Carried{"everybody": {}, "company": founder} {
			b.Run(engine+"/"+who, func(b *testing.B) {
				for b.Loop() {
					if _, err := d.Desk.Carts.Price(ctx, c, held); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
