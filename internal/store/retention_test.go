package store_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/order"
	"myclothes/internal/seal"
	"myclothes/internal/session"
	"myclothes/internal/store"
	"myclothes/internal/store/storetest"
	"myclothes/internal/testenv"
)

// eachSealed is eachPeople with a catalogue and orders that are sealed too.
func eachSealed(t *testing.T, test func(p *people)) {
	testenv.Engines(t, func(t *testing.T, address string) {
		p := &people{t: t, now: time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC), keys: []seal.Key{seal.NewKey("a")}}
		v, err := seal.NewVault(p.keys...)
		p.must(err)
		p.db = storetest.Open(t, store.Options{Address: address, Vault: v, Now: func() time.Time { return p.now }})
		p.Customers = p.db.Customers(v)
		test(p)
	})
}

// buys places an order.
func (p *people) buys(number string, buyer session.Key) {
	p.t.Helper()
	b := bought(number)
	b.Buyer, b.Order.PlacedAt, b.Order.HoldUntil = buyer, p.now, p.now.Add(time.Hour)
	b.Order.History[0].At = p.now
	_, err := p.db.Orders().PlaceOrder(ctx, b)
	p.must(err)
}

// erases runs what the job does, until there is nothing left to do.
func (p *people) erases() {
	p.t.Helper()
	for range 10 {
		if n, err := p.db.Retention().Run(ctx); err != nil {
			p.t.Fatal(err)
		} else if n == 0 {
			return
		}
	}
	p.t.Fatal("there is always something left to erase")
}

// whose tells of whom an order still says who bought.
func (p *people) whose(want ...string) {
	p.t.Helper()
	var known []string
	for _, number := range []string{"20261123-GUEST", "20261123-LEFT", "20261123-STAYS"} {
		got, err := p.db.Orders().Bought(ctx, number)
		p.must(err)
		switch got.Contact {
		case bought("").Order.Contact:
			known = append(known, strings.TrimPrefix(number, "20261123-"))
		case order.Contact{}:
			if got.Delivery != (order.Delivery{}) || len(got.Lines) != 1 || got.Totals.Total == 0 {
				p.t.Errorf("%s: erased by halves: %+v", number, got)
			}
		default:
			p.t.Errorf("%s: %+v", number, got.Contact)
		}
	}
	if !slices.Equal(known, want) {
		p.t.Errorf("buyers of %v are known, want %v", known, want)
	}
}

// TestOrdersAreErasedOnSchedule: five years after the last that happened to them, of guests and of customers who left, and not before. A customer who stays keeps theirs.
func TestOrdersAreErasedOnSchedule(t *testing.T) {
	eachSealed(t, func(p *people) {
		left, stays := p.join("haru@example.com"), p.join("onda@example.com")
		p.buys("20261123-GUEST", session.New().Key())
		p.buys("20261123-LEFT", session.MemberKey(string(left)))
		p.buys("20261123-STAYS", session.MemberKey(string(stays)))
		look := session.New().Key()
		p.must(p.db.Orders().LookUp(ctx, "20261123-GUEST", "01012345678", look))
		began := p.now
		p.must(p.Leave(ctx, left))
		p.now = customerTermEnd(began, customer.ContractTerm).Add(-time.Second)
		p.erases()
		p.whose("GUEST", "LEFT", "STAYS")
		p.now = p.now.Add(2 * time.Second)
		p.erases()
		p.whose("STAYS")
		for phone, visitor := range map[string]session.Key{"": session.New().Key(), "01012345678": session.New().Key()} {
			if err := p.db.Orders().LookUp(ctx, "20261123-GUEST", phone, visitor); !errors.Is(err, fault.NoSuchPage) {
				p.t.Errorf("an erased order is found by %q: %v", phone, err)
			}
		}
		if _, err := p.db.Orders().OrderFor(ctx, "20261123-GUEST", look); !errors.Is(err, fault.NoSuchPage) {
			p.t.Errorf("who looked it up before: %v", err)
		}
		all, err := p.db.Everything(ctx, "orders")
		p.must(err)
		if n := strings.Count(all, "20261123"); n < 3 {
			p.t.Errorf("the orders themselves went: %d", n)
		}
		// Sealing anew wakes nobody who was erased.
		if n, err := p.db.Orders().SealOrders(ctx); n != 0 || err != nil {
			p.t.Errorf("sealed %d, %v", n, err)
		}
		p.must(p.Leave(ctx, stays))
		p.erases()
		p.whose()
		storetest.Audit(p.t, p.db)
	})
}

// customerTermEnd is when a term that began then is over.
func customerTermEnd(began time.Time, t customer.Term) time.Time {
	return began.AddDate(t.Years, t.Months, 0)
}

// TestNothingIsErasedWhileAnybodyIsUnnamed: customers of before are named first, or the orders of one who stays would go.
func TestNothingIsErasedWhileAnybodyIsUnnamed(t *testing.T) {
	eachSealed(t, func(p *people) {
		stays := p.join("onda@example.com")
		for _, number := range []string{"GUEST", "LEFT", "STAYS"} {
			p.buys("20261123-"+number, session.MemberKey(string(stays)))
		}
		p.must(p.db.Exec(ctx, `UPDATE customer SET member_key = ''`))
		p.now = p.now.AddDate(6, 0, 0)
		p.erases()
		p.whose("GUEST", "LEFT", "STAYS")
	})
}

// TestRecordsOfWhoLeft: advertising for six months, sign-ins for three, what was agreed to for five years; then nothing tells that they were here.
func TestRecordsOfWhoLeft(t *testing.T) {
	eachSealed(t, func(p *people) {
		id := p.join("haru@example.com")
		signIn, err := p.SignedIn(ctx, id, "Chrome, Windows")
		p.must(err)
		left := p.now
		p.must(p.Leave(ctx, id))
		if ok, err := p.Valid(ctx, id, signIn); ok || err != nil {
			p.t.Errorf("who has left is signed in: %v, %v", ok, err)
		}
		kept := func(table string) int {
			p.t.Helper()
			all, err := p.db.Everything(ctx, table)
			p.must(err)
			return strings.Count(all, "\n")
		}
		for _, step := range []struct {
			at                          time.Time
			signIns, consents, customer int
		}{
			{left.AddDate(0, 3, -3), 1, 3, 1},
			{left.AddDate(0, 3, 1), 0, 3, 1},
			{left.AddDate(0, 6, -1), 0, 3, 1},
			{left.AddDate(0, 6, 1), 0, 2, 1}, // not what they had to agree to
			{left.AddDate(5, 0, -1), 0, 2, 1},
			{left.AddDate(5, 0, 1), 0, 0, 0},
		} {
			p.now = step.at
			p.erases()
			if got, want := fmt.Sprint(kept("sign_in"), kept("consent"), kept("customer")), fmt.Sprint(step.signIns, step.consents, step.customer); got != want {
				p.t.Errorf("on %s sign-ins, consents, customers: %s, want %s", step.at.Format(time.DateOnly), got, want)
			}
		}
	})
}

// TestLeftoversOfADeploy: what an instance that did not know of wishes and accounts elsewhere left behind, lets nobody in and goes.
func TestLeftoversOfADeploy(t *testing.T) {
	eachSealed(t, func(p *people) {
		id := p.join("haru@example.com")
		p.must(p.Wish(ctx, id, 1))
		p.must(p.Link(ctx, id, "kakao", "1001"))
		p.must(p.AddPasskey(ctx, customer.Passkey{ID: "AAAA", Owner: id, Name: "x"}))
		p.must(p.db.Exec(ctx, fmt.Sprintf(`UPDATE customer SET mail_index = id, data_key = '', sealed = '', password = '', left_at = %d`, p.now.UnixMicro())))
		p.signsIn("kakao", "1001", "")
		if _, err := p.Passkey(ctx, "AAAA"); !errors.Is(err, fault.NoSuchPage) {
			p.t.Errorf("the passkey of who has left: %v", err)
		}
		p.erases()
		if all, err := p.db.Everything(ctx, "wish", "passkey", "identity"); err != nil || all != "" {
			p.t.Errorf("left over: %s, %v", all, err)
		}
	})
}

// TestWhoStaysKeepsTheirConsents: what stands is never erased, however old.
func TestWhoStaysKeepsTheirConsents(t *testing.T) {
	eachSealed(t, func(p *people) {
		id := p.join("haru@example.com")
		p.must(p.Agree(ctx, id, customer.MarketingMail, false))
		p.now = p.now.AddDate(7, 0, 0)
		p.erases()
		ledger, err := p.Consents(ctx, id)
		if err != nil || len(ledger) != 2 || !customer.Stands(ledger, customer.Terms) {
			p.t.Errorf("%+v, %v", ledger, err)
		}
	})
}
