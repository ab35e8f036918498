package store_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/lang"
	"myclothes/internal/outbox"
	"myclothes/internal/seal"
	"myclothes/internal/session/sessiontest"
	"myclothes/internal/store"
	"myclothes/internal/store/storetest"
	"myclothes/internal/testenv"
)

func TestSessionsAreAStore(t *testing.T) {
	testenv.Engines(t, func(t *testing.T, address string) {
		var passed atomic.Int64
		s := storetest.Empty(t, store.Options{Address: address, Now: func() time.Time { return time.Now().Add(time.Duration(passed.Load())) }}).Sessions()
		sessiontest.Run(t, s, func(d time.Duration) { passed.Add(int64(d)) })
		passed.Add(int64(200 * 24 * time.Hour))
		if n, err := s.Sweep(ctx); err != nil || n == 0 {
			t.Errorf("swept %d, %v", n, err)
		}
		if n, err := s.Sweep(ctx); err != nil || n != 0 {
			t.Errorf("swept %d again, %v", n, err)
		}
	})
}

// people is a database of customers with a clock and the keys that seal them.
type people struct {
	*store.Customers
	db   *store.DB
	t    *testing.T
	now  time.Time
	keys []seal.Key
}

func eachPeople(t *testing.T, test func(p *people)) {
	testenv.Engines(t, func(t *testing.T, address string) {
		p := &people{t: t, now: time.Now().Truncate(time.Microsecond), keys: []seal.Key{seal.NewKey("a")}}
		p.db = storetest.Empty(t, store.Options{Address: address, Now: func() time.Time { return p.now }})
		p.seal(p.keys...)
		test(p)
	})
}

func (p *people) seal(keys ...seal.Key) {
	p.t.Helper()
	v, err := seal.NewVault(keys...)
	p.must(err)
	p.Customers = p.db.Customers(v)
}

func (p *people) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

// event returns the subject of the latest event of that topic.
func (p *people) event(topic outbox.Topic) string {
	p.t.Helper()
	all, err := p.db.Outbox().Claim(ctx, p.now.Add(time.Hour), time.Nanosecond, 100)
	p.must(err)
	var latest outbox.Event
	for _, e := range all {
		if e.Topic == topic && e.ID > latest.ID {
			latest = e
		}
	}
	return latest.Subject
}

func applicant(email string) customer.Applicant {
	return customer.Applicant{Email: email, Name: "김하루", Phone: "01012345678", Lang: lang.Korean, Password: "hash", Consents: []customer.Document{customer.Terms, customer.Privacy, customer.MarketingMail}}
}

func (p *people) join(email string) customer.ID {
	p.t.Helper()
	p.must(p.Apply(ctx, applicant(email)))
	id, err := p.Admit(ctx, p.event(customer.Applied))
	p.must(err)
	return id
}

func TestJoining(t *testing.T) {
	eachPeople(t, func(p *people) {
		p.must(p.Apply(ctx, applicant("Haru@Example.com")))
		first := p.event(customer.Applied)
		other := applicant("haru@example.com")
		other.Name, other.Password = "남의 이름", "another"
		p.must(p.Apply(ctx, other)) // a stranger prepares an account for the same mail
		id, err := p.Admit(ctx, first)
		p.must(err)
		who, hash, err := p.Customer(ctx, id)
		if err != nil || who.Email != "Haru@Example.com" || who.Name != "김하루" || who.Phone != "01012345678" || hash != "hash" {
			p.t.Errorf("%+v, %q, %v", who, hash, err)
		}
		if found, _, err := p.ByEmail(ctx, " HARU@example.COM"); err != nil || found != id {
			p.t.Errorf("by mail: %q, %v", found, err)
		}
		for what, link := range map[string]string{"twice": first, "the stranger's": p.event(customer.Applied), "one that never was": "x"} {
			if _, err := p.Admit(ctx, link); !errors.Is(err, customer.LinkOver) {
				p.t.Errorf("%s: %v", what, err)
			}
		}
		p.must(p.Apply(ctx, applicant("haru@example.com")))
		if p.event(customer.AppliedAgain) != string(id) {
			p.t.Error("the owner was not told that somebody wants their mail")
		}
		ledger, err := p.Consents(ctx, id)
		if err != nil || len(ledger) != 3 || !customer.Stands(ledger, customer.MarketingMail) || customer.Stands(ledger, customer.MarketingSMS) {
			p.t.Errorf("ledger %+v, %v", ledger, err)
		}
		p.must(p.Apply(ctx, applicant("late@example.com")))
		late := p.event(customer.Applied)
		p.now = p.now.Add(customer.ApplicationKept + time.Second)
		if _, err := p.Admit(ctx, late); !errors.Is(err, customer.LinkOver) {
			p.t.Errorf("after its time: %v", err)
		}
		if n, err := p.Sweep(ctx); err != nil || n == 0 {
			p.t.Errorf("swept %d, %v", n, err)
		}
	})
}

// TestOneMailOneAccount: of twenty who confirm the same mail at once, one gets the account.
func TestOneMailOneAccount(t *testing.T) {
	eachPeople(t, func(p *people) {
		var links []string
		for range 20 {
			p.must(p.Apply(ctx, applicant("haru@example.com")))
			links = append(links, p.event(customer.Applied))
		}
		var admitted atomic.Int64
		var wg sync.WaitGroup
		for _, link := range links {
			wg.Go(func() {
				if _, err := p.Admit(ctx, link); err == nil {
					admitted.Add(1)
				} else if !errors.Is(err, customer.LinkOver) {
					p.t.Error(err)
				}
			})
		}
		wg.Wait()
		if admitted.Load() != 1 {
			p.t.Errorf("%d accounts of one mail", admitted.Load())
		}
	})
}

func TestPasswordsAndDevices(t *testing.T) {
	eachPeople(t, func(p *people) {
		id := p.join("haru@example.com")
		var names []string
		for range 3 {
			name, err := p.SignedIn(ctx, id, "Chrome, Windows")
			p.must(err)
			names = append(names, name)
		}
		valid := func(want ...bool) {
			p.t.Helper()
			for i, name := range names {
				if ok, err := p.Valid(ctx, id, name); err != nil || ok != want[i] {
					p.t.Errorf("device %d: %v, %v; want %v", i, ok, err, want[i])
				}
			}
		}
		valid(true, true, true)
		if ok, err := p.Valid(ctx, "somebody else", names[0]); ok || err != nil {
			p.t.Errorf("another's sign-in: %v, %v", ok, err)
		}
		p.must(p.End(ctx, id, names[0], ""))
		p.must(p.End(ctx, "somebody else", names[1], ""))
		valid(false, true, true)
		who, _, _ := p.Customer(ctx, id)
		p.must(p.SetPassword(ctx, id, who.Version, "new", names[2]))
		valid(false, false, true)
		if err := p.SetPassword(ctx, id, who.Version, "stolen", ""); !errors.Is(err, customer.LinkOver) {
			p.t.Errorf("a link used twice: %v", err)
		}
		if _, hash, _ := p.ByEmail(ctx, "haru@example.com"); hash != "new" {
			p.t.Errorf("the password is %q", hash)
		}
		all, err := p.SignIns(ctx, id)
		if err != nil || len(all) != 1 || all[0].Device != "Chrome, Windows" {
			p.t.Errorf("%+v, %v", all, err)
		}
	})
}

func TestMovingToAnotherMail(t *testing.T) {
	eachPeople(t, func(p *people) {
		id, other := p.join("haru@example.com"), p.join("onda@example.com")
		p.must(p.AskToMove(ctx, id, "new@example.com"))
		link := p.event(customer.MovedMail)
		if _, err := p.Admit(ctx, link); !errors.Is(err, customer.LinkOver) {
			p.t.Errorf("a request to move made an account: %v", err)
		}
		p.must(p.AskToMove(ctx, id, "new@example.com"))
		got, err := p.Move(ctx, p.event(customer.MovedMail))
		if who, _, _ := p.Customer(ctx, id); err != nil || got != id || who.Email != "new@example.com" || who.Name != "김하루" {
			p.t.Errorf("%v, %+v", err, who)
		}
		if found, _, _ := p.ByEmail(ctx, "haru@example.com"); found != "" {
			p.t.Error("the old mail still signs in")
		}
		p.must(p.AskToMove(ctx, other, "new@example.com"))
		if _, err := p.Move(ctx, p.event(customer.MovedMail)); !errors.Is(err, customer.MailTaken) {
			p.t.Errorf("another's mail: %v", err)
		}
	})
}

func TestAddressBook(t *testing.T) {
	eachPeople(t, func(p *people) {
		id, other := p.join("haru@example.com"), p.join("onda@example.com")
		for i := range 3 {
			p.must(p.PutAddress(ctx, id, customer.Address{Recipient: fmt.Sprint("받는 이 ", i), Road: "세종대로 110", Default: i == 2}))
		}
		all, err := p.Addresses(ctx, id)
		if err != nil || len(all) != 3 || all[0].Recipient != "받는 이 2" || !all[0].Default || all[1].Default {
			p.t.Fatalf("%+v, %v", all, err)
		}
		changed := all[1]
		changed.Memo, changed.Default = "문 앞에", true
		p.must(p.PutAddress(ctx, id, changed))
		if err := p.PutAddress(ctx, other, changed); !errors.Is(err, fault.NoSuchPage) {
			p.t.Errorf("another's address: %v", err)
		}
		if err := p.DropAddress(ctx, other, changed.ID); !errors.Is(err, fault.NoSuchPage) {
			p.t.Errorf("another's address: %v", err)
		}
		p.must(p.DropAddress(ctx, id, changed.ID))
		all, _ = p.Addresses(ctx, id)
		if len(all) != 2 || !all[0].Default || all[1].Default {
			p.t.Errorf("after the default went: %+v", all)
		}
		for range customer.MaxAddresses - 2 {
			p.must(p.PutAddress(ctx, id, customer.Address{Recipient: "x"}))
		}
		if err := p.PutAddress(ctx, id, customer.Address{Recipient: "x"}); !errors.Is(err, customer.TooManyPlaces) {
			p.t.Errorf("one too many: %v", err)
		}
	})
}

// TestNothingPersonalIsKeptOpen looks for what is personal in everything that was written, and again after the customer left.
func TestNothingPersonalIsKeptOpen(t *testing.T) {
	eachPeople(t, func(p *people) {
		id := p.join("haru@example.com")
		p.must(p.PutAddress(ctx, id, customer.Address{Recipient: "김하루", Phone: "01012345678", Road: "서울특별시 중구 세종대로 110"}))
		p.must(p.AskToMove(ctx, id, "new-haru@example.com"))
		look := func() {
			p.t.Helper()
			all, err := p.db.EverythingOfCustomers(ctx)
			p.must(err)
			for _, secret := range []string{"haru", "김하루", "01012345678", "세종대로"} {
				if strings.Contains(all, secret) {
					p.t.Errorf("%q is readable in the database", secret)
				}
			}
		}
		look()
		p.must(p.Leave(ctx, id))
		look()
		if _, _, err := p.Customer(ctx, id); !errors.Is(err, fault.NoSuchPage) {
			p.t.Errorf("after leaving: %v", err)
		}
		if found, _, _ := p.ByEmail(ctx, "haru@example.com"); found != "" {
			p.t.Error("who left can still sign in")
		}
		if all, _ := p.Addresses(ctx, id); len(all) > 0 {
			p.t.Errorf("addresses of who left: %+v", all)
		}
		ledger, _ := p.Consents(ctx, id)
		if len(ledger) != 3 || customer.Stands(ledger, customer.Terms) {
			p.t.Errorf("the ledger must stay, and say that it was withdrawn: %+v", ledger)
		}
		if again := p.join("haru@example.com"); again == id {
			p.t.Error("who comes back is somebody new")
		}
	})
}

// TestKeysOfCustomersRotate: while a new key comes in, everybody is found; afterwards the old one is not needed.
func TestKeysOfCustomersRotate(t *testing.T) {
	eachPeople(t, func(p *people) {
		id := p.join("haru@example.com")
		p.must(p.PutAddress(ctx, id, customer.Address{Recipient: "김하루"}))
		young := seal.NewKey("b")
		p.seal(young, p.keys[0])
		found := func() {
			p.t.Helper()
			got, _, err := p.ByEmail(ctx, "haru@example.com")
			all, err2 := p.Addresses(ctx, id)
			if err != nil || err2 != nil || got != id || len(all) != 1 {
				p.t.Errorf("%q, %v, %v", got, err, err2)
			}
		}
		found()
		if n, err := p.Rewrap(ctx); n != 1 || err != nil {
			p.t.Errorf("rewrapped %d, %v", n, err)
		}
		if n, err := p.Rewrap(ctx); n != 0 || err != nil {
			p.t.Errorf("rewrapped %d again, %v", n, err)
		}
		found()
		p.seal(young)
		found()
	})
}

func TestConsentsAreALedger(t *testing.T) {
	eachPeople(t, func(p *people) {
		id := p.join("haru@example.com")
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				if err := p.Agree(ctx, id, customer.MarketingSMS, true); err != nil {
					p.t.Error(err)
				}
			})
		}
		wg.Wait()
		p.now = p.now.Add(time.Minute)
		p.must(p.Agree(ctx, id, customer.MarketingSMS, false))
		p.must(p.Agree(ctx, id, customer.MarketingSMS, false))
		p.now = p.now.Add(time.Minute)
		p.must(p.Agree(ctx, id, customer.MarketingSMS, true))
		ledger, err := p.Consents(ctx, id)
		rows := 0
		for _, c := range ledger {
			if c.Document == customer.MarketingSMS {
				rows++
			}
		}
		if err != nil || rows != 2 || !customer.Stands(ledger, customer.MarketingSMS) {
			p.t.Errorf("%d rows, %+v, %v", rows, ledger, err)
		}
	})
}

func TestRates(t *testing.T) {
	eachPeople(t, func(p *people) {
		rates := p.db.Rates()
		var allowed atomic.Int64
		var wg sync.WaitGroup
		for range 40 {
			wg.Go(func() {
				if err := rates.Allow(ctx, "x", time.Minute, 5); err == nil {
					allowed.Add(1)
				} else if f := fault.Of(err); !errors.Is(err, fault.TooManyTries) || f.RetryAfter <= 0 {
					p.t.Error(err)
				}
			})
		}
		wg.Wait()
		if allowed.Load() != 5 {
			p.t.Errorf("%d of a burst of 5", allowed.Load())
		}
		p.must(rates.Allow(ctx, "y", time.Minute, 5))
		for minute := range 3 {
			p.now = p.now.Add(time.Minute + time.Second)
			p.must(rates.Allow(ctx, "x", time.Minute, 5))
			if err := rates.Allow(ctx, "x", time.Minute, 5); !errors.Is(err, fault.TooManyTries) {
				p.t.Errorf("minute %d: two in one: %v", minute, err)
			}
		}
	})
}
