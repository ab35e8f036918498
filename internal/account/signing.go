package account

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"myclothes/internal/cart"
	"myclothes/internal/customer"
	"myclothes/internal/session"
)

// SignIn lets somebody in who knows mail and password, on a new token. The cart that they carried as a guest joins theirs, and so do the orders they placed. It returns
// what their browser carries then, and the mark by which it is known from now on.
func (a *Accounts) SignIn(ctx context.Context, b Browser, email, password string) (session.Carried, string, cart.Joined, error) {
	id, err := a.check(ctx, b, email, password)
	if err != nil {
		return b.Carried, b.Known, cart.Joined{}, err
	}
	return a.letIn(ctx, b, id)
}

// check finds the customer with that mail and password, as slowly and as rarely as for who is none.
func (a *Accounts) check(ctx context.Context, b Browser, email, password string) (customer.ID, error) {
	email, _ = Email(email)
	if err := a.mayTry(ctx, b, email); err != nil {
		return "", err
	}
	id, h, err := a.Store.ByEmail(ctx, email)
	if err != nil {
		return "", err
	}
	if utf8.RuneCountInString(password) > customer.MaxPassword {
		password = "" // matches nothing
	}
	ok, old, err := a.Passwords.Match(ctx, h, password)
	if err != nil {
		return "", err
	}
	if !ok {
		return "", customer.WrongPassword
	}
	if old {
		if now, err := a.Passwords.Hash(ctx, password); err == nil {
			_ = a.Store.Rehash(ctx, id, h, now) // the next time will do as well
		}
	}
	return id, nil
}

func (a *Accounts) mayTry(ctx context.Context, b Browser, email string) error {
	who := a.Blind("mail", strings.ToLower(email))
	if a.known(ctx, b.Known, who) {
		return a.Rates.Allow(ctx, "known "+a.Blind("mark", b.Known), perKnownEvery, perKnown)
	}
	if err := a.Rates.Allow(ctx, "client "+a.Blind("client", b.Client), perClientEvery, perClient); err != nil {
		return err
	}
	if err := a.Rates.Allow(ctx, "account "+who, perAccountEvery, perAccount); err != nil {
		return err
	}
	return a.Rates.Allow(ctx, "all", inAllEvery, inAll)
}

// admit begins a session of that customer.
func (a *Accounts) admit(ctx context.Context, b Browser, id customer.ID) (session.Carried, cart.Joined, error) {
	guest := b.Visitor
	joined, now, err := a.Carts.Join(ctx, b.Carried, string(id))
	if err != nil {
		return b.Carried, joined, err
	}
	if b.Member == "" && guest != "" {
		if err := a.Orders.Claim(ctx, guest.Key(), session.MemberKey(string(id))); err != nil {
			return b.Carried, joined, err
		}
	}
	name, err := a.Store.SignedIn(ctx, id, b.Device)
	if err != nil {
		return b.Carried, joined, err
	}
	at := a.Now().Truncate(time.Second)
	next, err := session.Begin(ctx, a.Sessions, now, session.Record{Member: string(id), SignIn: name, At: at, Proved: at})
	if err != nil {
		return b.Carried, joined, errors.Join(err, a.Store.End(context.WithoutCancel(ctx), id, name, ""))
	}
	return next, joined, nil
}

// Prove lets somebody who is signed in say their password again, and renews their token.
func (a *Accounts) Prove(ctx context.Context, b Browser, r session.Record, password string) (session.Carried, error) {
	who, _, err := a.Store.Customer(ctx, customer.ID(r.Member))
	if err != nil {
		return b.Carried, err
	}
	if _, err := a.check(ctx, b, who.Email, password); err != nil {
		return b.Carried, err
	}
	return a.renew(ctx, b, r)
}

// ProvedLately is how long a proof is good for changing mail, phone or password, or for leaving.
const ProvedLately = 10 * time.Minute

// Proved reports whether a proof is still good.
func (a *Accounts) Proved(r session.Record) bool { return a.Now().Sub(r.Proved) < ProvedLately }

// SignOut ends this session.
func (a *Accounts) SignOut(ctx context.Context, c session.Carried, r session.Record) (session.Carried, error) {
	if !r.IsZero() {
		if err := a.Store.End(ctx, customer.ID(r.Member), r.SignIn, ""); err != nil {
			return c, err
		}
	}
	return a.Sessions.End(ctx, c)
}

// Over reports whether a sign-in was ended from elsewhere.
func (a *Accounts) Over(ctx context.Context, r session.Record) (bool, error) {
	valid, err := a.Store.Valid(ctx, customer.ID(r.Member), r.SignIn)
	return !valid && err == nil, err
}

// Mark is how long a browser is known.
const Mark = 180 * 24 * time.Hour

// mark makes the mark of a browser in which that customer signed in.
func (a *Accounts) mark(id customer.ID) string {
	return a.seal("mark 1", link{Subject: string(id), Until: a.Now().Add(Mark)})
}

// known reports whether a mark is one of who has the mail with that blind index.
func (a *Accounts) known(ctx context.Context, mark, who string) bool {
	l, err := a.open("mark 1", mark)
	if err != nil {
		return false
	}
	c, _, err := a.Store.Customer(ctx, customer.ID(l.Subject))
	return err == nil && a.Blind("mail", strings.ToLower(c.Email)) == who
}
