package account_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"myclothes/internal/account"
	"myclothes/internal/cart"
	"myclothes/internal/customer"
	"myclothes/internal/delivery"
	"myclothes/internal/fault"
	"myclothes/internal/home/memory"
	"myclothes/internal/lang"
	"myclothes/internal/outbox"
	"myclothes/internal/seal"
	"myclothes/internal/session"
	"myclothes/internal/store"
	"myclothes/internal/store/storetest"
	"myclothes/internal/testenv"
)

var ctx = context.Background()

// house is a shop with accounts, whose clock the test moves.
type house struct {
	*account.Accounts
	t      *testing.T
	db     *store.DB
	now    time.Time
	remote bool // its database is a server
}

func eachHouse(t *testing.T, test func(h *house)) {
	testenv.Engines(t, func(t *testing.T, address string) {
		h := &house{t: t, now: time.Now(), remote: !strings.HasPrefix(address, "sqlite:")}
		clock := func() time.Time { return h.now }
		h.db = storetest.Open(t, store.Options{Address: address, Now: clock})
		key := seal.NewKey("a")
		vault, err := seal.NewVault(key)
		h.must(err)
		ring, err := seal.NewRing(key)
		h.must(err)
		h.Accounts = &account.Accounts{
			Store: h.db.Customers(vault), Sessions: h.db.Sessions(), Orders: h.db.Orders(), Rates: h.db.Rates(), Passwords: customer.NewPasswords(), Links: ring, Now: clock,
			Carts: &cart.Carts{Home: memory.New(), Catalog: h.db.Catalog(), Policy: delivery.Policy{}},
			Blind: func(purpose, text string) string { return vault.Index(purpose, text)[0] },
		}
		test(h)
	})
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

const password = "lorry anvil 7"

func signUp(email string) account.SignUp {
	return account.SignUp{Email: email, Name: "김하루", Password: password, Consents: customer.Required}
}

// join makes an account.
func (h *house) join(email string) {
	h.t.Helper()
	h.must(h.SignUp(ctx, account.Browser{Client: email}, signUp(email), lang.Korean))
	events, err := h.db.Outbox().Claim(ctx, h.now.Add(time.Minute), time.Hour, 100)
	h.must(err)
	for _, e := range events {
		if e.Topic == customer.Applied {
			if _, err := h.Store.Admit(ctx, e.Subject); !errors.Is(err, customer.LinkOver) { // of before
				h.must(err)
			}
		}
	}
}

func browser(client string) account.Browser { return account.Browser{Client: client} }

// TestTheOwnerGetsIn: while somebody tries ten thousand passwords, hardly any is looked at, and the owner signs in from a browser they used before, and with a new
// password from any other.
func TestTheOwnerGetsIn(t *testing.T) {
	eachHouse(t, func(h *house) {
		h.join("haru@example.com")
		_, mark, _, err := h.SignIn(ctx, browser("home"), "haru@example.com", password)
		h.must(err)
		h.now = h.now.Add(time.Hour)
		looked, guesses := 0, 10_000
		if h.remote {
			guesses = 1000 // each is a round trip or two
		}
		for i := range guesses {
			_, _, _, err := h.SignIn(ctx, browser(fmt.Sprint("attacker ", i%500)), "haru@example.com", fmt.Sprint("guess number ", i))
			switch {
			case errors.Is(err, customer.WrongPassword):
				looked++
			case !errors.Is(err, fault.TooManyTries):
				h.t.Fatal(err)
			}
		}
		if looked > 20 {
			h.t.Errorf("%d of %d guesses were looked at", looked, guesses)
		}
		known := browser("home")
		known.Known = mark
		if _, _, _, err := h.SignIn(ctx, known, "haru@example.com", password); err != nil {
			h.t.Errorf("the owner, from a browser that is known: %v", err)
		}
		forged := browser("attacker 1")
		forged.Known = mark + "x"
		if _, _, _, err := h.SignIn(ctx, forged, "haru@example.com", password); !errors.Is(err, fault.TooManyTries) {
			h.t.Errorf("with a forged mark: %v", err)
		}
		h.join("onda@example.com")
		if _, _, _, err := h.SignIn(ctx, known, "onda@example.com", "guess"); !errors.Is(err, fault.TooManyTries) && !errors.Is(err, customer.WrongPassword) {
			h.t.Error(err)
		}
		h.must(h.Forgot(ctx, browser("elsewhere"), "haru@example.com"))
	})
}

// TestLinksWorkOnceAndInTime follows the links that were mailed.
func TestLinksWorkOnceAndInTime(t *testing.T) {
	eachHouse(t, func(h *house) {
		h.join("haru@example.com")
		link := func() string {
			h.t.Helper()
			h.must(h.Forgot(ctx, browser("x"), "haru@example.com"))
			id, _, err := h.Store.ByEmail(ctx, "haru@example.com")
			h.must(err)
			m, ok, err := h.Message(ctx, outbox.Event{Topic: customer.ForgotIt, Subject: string(id), At: h.now}, "")
			if err != nil || !ok || m.To != "haru@example.com" {
				h.t.Fatalf("%+v, %v, %v", m, ok, err)
			}
			var found string
			for line := range strings.Lines(m.Body) {
				fmt.Sscanf(line, "/account/reset/%s", &found)
			}
			return found
		}
		first, second := link(), link()
		h.must(h.Reset(ctx, first, "a new anvil 8"))
		for what, l := range map[string]string{"twice": first, "of before": second, "forged": first + "x", "none": ""} {
			if err := h.Reset(ctx, l, "stolen anvil 9"); !errors.Is(err, customer.LinkOver) {
				h.t.Errorf("%s: %v", what, err)
			}
		}
		if err := h.Confirm(ctx, link()); !errors.Is(err, customer.LinkOver) {
			h.t.Errorf("a link for something else: %v", err)
		}
		late := link()
		h.now = h.now.Add(customer.LinkGood + time.Second)
		if err := h.Reset(ctx, late, "late anvil 10"); !errors.Is(err, customer.LinkOver) {
			h.t.Errorf("too late: %v", err)
		}
		_, _, _, err := h.SignIn(ctx, browser("y"), "haru@example.com", "a new anvil 8")
		h.must(err)
	})
}

// TestNobodySeesAnothers: thirty people sign in at once, each with a cart, and each finds theirs alone (C3, R1).
func TestNobodySeesAnothers(t *testing.T) {
	eachHouse(t, func(h *house) {
		const people = 30
		for i := range people {
			h.join(fmt.Sprintf("p%d@example.com", i))
		}
		var wg sync.WaitGroup
		for i := range people {
			wg.Go(func() {
				email := fmt.Sprintf("p%d@example.com", i)
				b := account.Browser{Client: email}
				_, c, err := h.Carts.Home.Add(ctx, b.Carried, storetest.Shirt, i%9+1)
				if err != nil {
					h.t.Error(err)
					return
				}
				guest := c.Visitor
				b.Carried = c
				next, _, _, err := h.SignIn(ctx, b, email, password)
				if err != nil || next.Visitor == guest || !next.Visitor.SignedIn() {
					h.t.Errorf("%s: %v", email, err)
					return
				}
				r, _, err := h.Sessions.Open(ctx, session.Carried{Visitor: next.Visitor})
				who, _, err2 := h.Store.Customer(ctx, customer.ID(r.Member))
				has, err3 := h.Carts.Home.Open(ctx, next)
				if err != nil || err2 != nil || err3 != nil || who.Email != email || has.Count() != i%9+1 {
					h.t.Errorf("%s: %+v, %d in the cart, %v %v %v", email, who.Email, has.Count(), err, err2, err3)
				}
			})
		}
		wg.Wait()
	})
}

func TestSignUpNamesEveryFault(t *testing.T) {
	_, err := account.SignUp{Email: "x", Password: "short", Phone: "12", Consents: []customer.Document{customer.Terms}}.Check()
	var names []string
	for _, f := range fault.Of(err).Fields {
		names = append(names, f.Name)
	}
	if got := fmt.Sprint(names); got != "[email name phone password consents.over14 consents.privacy]" {
		t.Error(got)
	}
	for email, ok := range map[string]bool{"a@b.kr": true, " a@b.kr ": true, "A <a@b.kr>": false, "a@b": false, "a b@c.kr": false, "a@b.kr\r\nBcc: x@y.kr": false, "@b.kr": false} {
		if _, got := account.Email(email); got != ok {
			t.Errorf("%q: %v", email, got)
		}
	}
}
