// Package account is what people do with an account: signing up, in and out, proving that a mail is theirs, changing who they are, leaving.
//
// Whoever asks about a mail learns nothing about whether there is an account: answers are the same, take as long, and what differs goes to the mail's owner.
package account

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"myclothes/internal/cart"
	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/seal"
	"myclothes/internal/session"
)

// Rates bounds how often something is tried, over all instances. Allow refuses with fault.TooManyTries.
type Rates interface {
	Allow(ctx context.Context, name string, every time.Duration, burst int) error
}

// Orders are what a guest bought before they signed in.
type Orders interface {
	// Claim makes one buyer's orders another's.
	Claim(ctx context.Context, from, to session.Key) error
}

// Accounts does it. Safe for concurrent use.
type Accounts struct {
	Store     customer.Store
	Sessions  session.Store
	Carts     *cart.Carts
	Orders    Orders
	Rates     Rates
	Passwords *customer.Passwords
	Keys      Ceremony      // nil where the shop cannot have passkeys
	Providers []Provider    // of accounts elsewhere, in the order in which they are shown
	Verifier  func() string // makes a secret for a journey to one of them
	Links     *seal.Ring    // seals what is mailed to people
	Blind     func(purpose, text string) string
	Now       func() time.Time
}

// Browser is who tries something: an address, what they carry, and a mark that the browser got when somebody signed in with it.
type Browser struct {
	Client string // IP address
	Device string // "Chrome, Windows"
	Known  string // sealed; empty or worthless for a browser that never signed in
	session.Carried
}

// How often what may be tried. The owner of an account always gets in while somebody tries passwords: from a browser that signed in before, which is
// counted by itself, and by asking for a new password.
const (
	perClientEvery, perClient   = 6 * time.Second, 20
	perAccountEvery, perAccount = time.Minute, 10
	perKnownEvery, perKnown     = 30 * time.Second, 10
	perAskEvery, perAsk         = time.Second, 60 // of questions to browsers: many people share an address
	inAllEvery, inAll           = 20 * time.Millisecond, 200
	perMailEvery, perMail       = 5 * time.Minute, 5 // of mails that somebody asks to be sent to one address
)

// Forgot has a link to a new password mailed, if there is such an account.
func (a *Accounts) Forgot(ctx context.Context, b Browser, email string) error {
	email, ok := Email(email)
	if !ok {
		return fault.BadRequest.At("email", "메일 주소를 확인해 주세요.", "Check the mail address.")
	}
	if err := a.mayMail(ctx, b, email); err != nil {
		return err
	}
	return a.Store.Forgot(ctx, email)
}

// Reset sets a new password for whoever has the link, once, and signs out every device.
func (a *Accounts) Reset(ctx context.Context, link, password string) error {
	l, err := a.open("reset 1", link)
	if err != nil {
		return err
	}
	who, _, err := a.Store.Customer(ctx, customer.ID(l.Subject))
	if errors.Is(err, fault.NoSuchPage) || err == nil && who.Version != l.Version {
		return customer.LinkOver
	}
	if err != nil {
		return err
	}
	return a.setPassword(ctx, who, l.Version, password, "")
}

// SetPassword changes the password of somebody who has just proved who they are; every other device is signed out.
func (a *Accounts) SetPassword(ctx context.Context, r session.Record, password string) error {
	who, _, err := a.Store.Customer(ctx, customer.ID(r.Member))
	if err != nil {
		return err
	}
	return a.setPassword(ctx, who, who.Version, password, r.SignIn)
}

func (a *Accounts) setPassword(ctx context.Context, who customer.Customer, version int64, password, keep string) error {
	if err := customer.CheckPassword(password, who.Email, who.Name); err != nil {
		return err
	}
	h, err := a.Passwords.Hash(ctx, password)
	if err != nil {
		return err
	}
	return a.Store.SetPassword(ctx, who.ID, version, h, keep)
}

// AskToMove has a link mailed to a new address, which becomes the account's when it is followed.
func (a *Accounts) AskToMove(ctx context.Context, b Browser, id customer.ID, email string) error {
	email, ok := Email(email)
	if !ok {
		return fault.BadRequest.At("email", "메일 주소를 확인해 주세요.", "Check the mail address.")
	}
	if err := a.mayMail(ctx, b, email); err != nil {
		return err
	}
	return a.Store.AskToMove(ctx, id, email)
}

// Move takes over the mail whose link was followed.
func (a *Accounts) Move(ctx context.Context, link string) error {
	l, err := a.open("move 1", link)
	if err != nil {
		return err
	}
	_, err = a.Store.Move(ctx, l.Subject)
	return err
}

// SetProfile changes name and phone.
func (a *Accounts) SetProfile(ctx context.Context, id customer.ID, name, phone string) error {
	f := Phone(Name(fault.BadRequest, &name), &phone)
	if len(f.Fields) > 0 {
		return f
	}
	return a.Store.SetProfile(ctx, id, name, phone)
}

// Leave erases the account and ends the session.
func (a *Accounts) Leave(ctx context.Context, c session.Carried, r session.Record) (session.Carried, error) {
	if err := a.Store.Leave(ctx, customer.ID(r.Member)); err != nil {
		return c, err
	}
	return a.Sessions.End(ctx, c)
}

// link is what a mailed address carries, sealed.
type link struct {
	Subject string    `json:"s"`
	Version int64     `json:"v,omitempty"` // of the customer when it was made
	Until   time.Time `json:"u"`
}

func (a *Accounts) seal(purpose string, l link) string {
	plain, err := json.Marshal(l)
	if err != nil {
		panic(err) // strings, a number and a time
	}
	return a.Links.Seal(purpose, plain)
}

// open opens a link; LinkOver where it is none, or its time is over.
func (a *Accounts) open(purpose, text string) (link, error) {
	var l link
	plain, err := a.Links.Open(purpose, text)
	if err != nil || json.Unmarshal(plain, &l) != nil || a.Now().After(l.Until) {
		return l, customer.LinkOver
	}
	return l, nil
}
