package account

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"myclothes/internal/cart"
	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/seal"
	"myclothes/internal/session"
)

// Ceremony asks browsers about passkeys and checks what they answer. Its promises are those of passkey.Ceremony.
type Ceremony interface {
	Offer(who customer.Customer, has []customer.Passkey) (options, state []byte, err error)
	Made(who customer.Customer, state, answer []byte) (customer.Passkey, error)
	Ask() (options, state []byte, err error)
	Answered(state, answer []byte, find func(id string) (customer.Passkey, error)) (customer.Passkey, error)
}

// What a browser was asked for.
const (
	toAddPasskey = "add passkey"
	toUsePasskey = "use passkey"
)

// Asked is a question to a browser: how its answer names it, and what it is.
type Asked struct {
	Challenge string
	Options   []byte // JSON
}

// ask files a question to who carries that.
func (a *Accounts) ask(ctx context.Context, c session.Carried, purpose string, state []byte) (string, error) {
	x := customer.Challenge{ID: seal.NewID(), Visitor: string(c.Visitor.Key()), Purpose: purpose, State: string(state), Until: a.Now().Add(customer.ChallengeGood)}
	return x.ID, a.Store.Challenge(ctx, x)
}

func (a *Accounts) redeem(ctx context.Context, c session.Carried, purpose, challenge string) ([]byte, error) {
	state, err := a.Store.Redeem(ctx, challenge, string(c.Visitor.Key()), purpose)
	return []byte(state), err
}

// mayAsk bounds how many questions one client has asked of it.
func (a *Accounts) mayAsk(ctx context.Context, b Browser) error {
	return a.Rates.Allow(ctx, "ask "+a.Blind("client", b.Client), perAskEvery, perAsk)
}

// OfferPasskey asks the browser of a customer, who has just proved who they are, for a new passkey.
func (a *Accounts) OfferPasskey(ctx context.Context, b Browser, id customer.ID) (Asked, error) {
	if a.Keys == nil {
		return Asked{}, fault.NoSuchPage
	}
	who, _, err := a.Store.Customer(ctx, id)
	if err != nil {
		return Asked{}, err
	}
	has, err := a.Store.Passkeys(ctx, id)
	if err != nil {
		return Asked{}, err
	}
	options, state, err := a.Keys.Offer(who, has)
	if err != nil {
		return Asked{}, err
	}
	challenge, err := a.ask(ctx, b.Carried, toAddPasskey, state)
	return Asked{challenge, options}, err
}

// AddPasskey keeps the passkey that the browser made.
func (a *Accounts) AddPasskey(ctx context.Context, b Browser, id customer.ID, challenge, answer string) error {
	if a.Keys == nil {
		return fault.NoSuchPage
	}
	state, err := a.redeem(ctx, b.Carried, toAddPasskey, challenge)
	if err != nil {
		return err
	}
	who, _, err := a.Store.Customer(ctx, id)
	if err != nil {
		return err
	}
	made, err := a.Keys.Made(who, state, []byte(answer))
	if err != nil {
		return err
	}
	made.Name = b.Device
	return a.Store.AddPasskey(ctx, made)
}

// NamePasskey calls a passkey something else.
func (a *Accounts) NamePasskey(ctx context.Context, id customer.ID, key, name string) error {
	name = strings.Join(strings.Fields(name), " ")
	if n := utf8.RuneCountInString(name); n < 1 || n > 50 || !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl) {
		return fault.BadRequest.At("name", "50자까지 적어 주세요.", "Up to 50 characters.")
	}
	return a.Store.NamePasskey(ctx, id, key, name)
}

// AskPasskey asks a browser to say by a passkey who uses it. A guest without a token carries one from then on.
func (a *Accounts) AskPasskey(ctx context.Context, b Browser) (Asked, session.Carried, error) {
	if a.Keys == nil {
		return Asked{}, b.Carried, fault.NoSuchPage
	}
	if err := a.mayAsk(ctx, b); err != nil {
		return Asked{}, b.Carried, err
	}
	options, state, err := a.Keys.Ask()
	if err != nil {
		return Asked{}, b.Carried, err
	}
	next := b.Named()
	challenge, err := a.ask(ctx, next, toUsePasskey, state)
	return Asked{challenge, options}, next, err
}

// SignInByPasskey is SignIn by a passkey instead of mail and password.
func (a *Accounts) SignInByPasskey(ctx context.Context, b Browser, challenge, answer string) (session.Carried, string, cart.Joined, error) {
	id, err := a.byPasskey(ctx, b, challenge, answer)
	if err != nil {
		return b.Carried, b.Known, cart.Joined{}, err
	}
	return a.letIn(ctx, b, id)
}

// letIn begins a session of a customer who has shown who they are, and marks their browser.
func (a *Accounts) letIn(ctx context.Context, b Browser, id customer.ID) (session.Carried, string, cart.Joined, error) {
	next, joined, err := a.admit(ctx, b, id)
	if err != nil {
		return b.Carried, b.Known, joined, err
	}
	return next, a.mark(id), joined, nil
}

// ProveByPasskey is Prove by a passkey.
func (a *Accounts) ProveByPasskey(ctx context.Context, b Browser, r session.Record, challenge, answer string) (session.Carried, error) {
	id, err := a.byPasskey(ctx, b, challenge, answer)
	if err != nil {
		return b.Carried, err
	}
	if string(id) != r.Member {
		return b.Carried, customer.WrongPasskey.Because("it is somebody else's")
	}
	return a.renew(ctx, b, r)
}

// renew begins the session anew of who has just proved who they are.
func (a *Accounts) renew(ctx context.Context, b Browser, r session.Record) (session.Carried, error) {
	r.Proved = a.Now().Truncate(time.Second)
	return session.Begin(ctx, a.Sessions, b.Carried, r)
}

// byPasskey returns whose passkey answered.
func (a *Accounts) byPasskey(ctx context.Context, b Browser, challenge, answer string) (customer.ID, error) {
	if a.Keys == nil {
		return "", fault.NoSuchPage
	}
	state, err := a.redeem(ctx, b.Carried, toUsePasskey, challenge)
	if err != nil {
		return "", err
	}
	key, err := a.Keys.Answered(state, []byte(answer), func(id string) (customer.Passkey, error) {
		k, err := a.Store.Passkey(ctx, id)
		if errors.Is(err, fault.NoSuchPage) {
			err = customer.WrongPasskey.Because("nobody has it")
		}
		return k, err
	})
	if err != nil {
		return "", err
	}
	if err := a.Store.UsedPasskey(ctx, key); err != nil {
		if errors.Is(err, customer.WrongPasskey) { // its signature was right and its counter was not
			err = errors.Join(err, a.Store.SuspectPasskey(ctx, key.Owner))
		}
		return "", err
	}
	return key.Owner, nil
}
