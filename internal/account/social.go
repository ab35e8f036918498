package account

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"myclothes/internal/cart"
	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/lang"
	"myclothes/internal/session"
)

// Provider knows people by accounts elsewhere. Its promises are those of social.Provider.
type Provider interface {
	Name() string
	Address(state, verifier, back string, again bool) string
	Person(ctx context.Context, code, state, verifier, back string) (customer.Person, error)
}

// Intent is what somebody goes to a provider for.
type Intent string

// Intents.
const (
	ToSignIn Intent = "sign in"
	ToLink   Intent = "link"  // the provider's account with the one that is signed in
	ToProve  Intent = "prove" // once more who is signed in
)

const toComeBack = "come back"

// journey is what the shop remembers of who went to a provider.
type journey struct {
	Provider, Verifier, Back, Next string
	Intent                         Intent
}

// Provider returns the provider of that name; fault.NoSuchPage where the shop knows none.
func (a *Accounts) Provider(name string) (Provider, error) {
	i := slices.IndexFunc(a.Providers, func(p Provider) bool { return p.Name() == name })
	if i < 0 {
		return nil, fault.NoSuchPage
	}
	return a.Providers[i], nil
}

// GoTo returns where at the provider a browser is to go, from where it comes back to the address back, and what it carries from then on. Who proves who they are says their password there.
func (a *Accounts) GoTo(ctx context.Context, b Browser, provider string, intent Intent, back, next string) (string, session.Carried, error) {
	p, err := a.Provider(provider)
	if err != nil {
		return "", b.Carried, err
	}
	if err := a.mayAsk(ctx, b); err != nil {
		return "", b.Carried, err
	}
	j := journey{provider, a.Verifier(), back, next, intent}
	state, err := json.Marshal(j)
	if err != nil {
		return "", b.Carried, err
	}
	carried := b.Named()
	id, err := a.ask(ctx, carried, toComeBack, state)
	return p.Address(id, j.Verifier, back, intent != ToSignIn), carried, err
}

// Arrival is how a browser came back from a provider: signed in, linked or proved; or else First or Taken, and nothing is kept of the person yet.
type Arrival struct {
	Intent  Intent
	Next    string // where they were going
	Carried session.Carried
	Mark    string
	Joined  cart.Joined
	Person  customer.Person
	Pending string // the person, sealed, for JoinBy or LinkBy
	First   bool   // nobody here has that account of theirs
	Taken   bool   // and a customer has the mail that is theirs: they show that they are the customer first
}

// ComeBack finds out who came back with that state and code. Both are good once, and in the browser that went.
func (a *Accounts) ComeBack(ctx context.Context, b Browser, r session.Record, provider, state, code string) (Arrival, error) {
	out := Arrival{Carried: b.Carried, Mark: b.Known}
	text, err := a.redeem(ctx, b.Carried, toComeBack, state)
	if err != nil {
		return out, err
	}
	var j journey
	if err := json.Unmarshal(text, &j); err != nil {
		return out, err
	}
	out.Intent, out.Next = j.Intent, j.Next
	p, err := a.Provider(provider)
	if err != nil || j.Provider != provider || code == "" {
		return out, customer.NotConfirmed.Because("no code of that provider")
	}
	if out.Person, err = p.Person(ctx, code, state, j.Verifier, j.Back); err != nil {
		return out, err
	}
	return a.arrive(ctx, b, r, out)
}

func (a *Accounts) arrive(ctx context.Context, b Browser, r session.Record, out Arrival) (Arrival, error) {
	id, err := a.Store.ByIdentity(ctx, out.Person.Provider, out.Person.Subject)
	if err != nil {
		return out, err
	}
	switch {
	case out.Intent == ToLink:
		return out, a.link(ctx, r, id, out.Person)
	case out.Intent == ToProve:
		if id == "" || string(id) != r.Member {
			return out, customer.NotConfirmed.Because("it is somebody else's")
		}
		out.Carried, err = a.renew(ctx, b, r)
		return out, err
	case id != "":
		out.Carried, out.Mark, out.Joined, err = a.letIn(ctx, b, id)
		return out, err
	}
	return a.first(ctx, b, out)
}

// link is for who has proved lately who they are: the proof must still be good when they come back.
func (a *Accounts) link(ctx context.Context, r session.Record, has customer.ID, p customer.Person) error {
	switch {
	case r.IsZero():
		return fault.Unauthorized
	case !a.Proved(r):
		return fault.Unproved
	case has == customer.ID(r.Member):
		return nil
	case has != "":
		return customer.IdentityTaken
	}
	return a.Store.Link(ctx, customer.ID(r.Member), p.Provider, p.Subject)
}

// first is for who comes the first time. Of a child nothing goes on.
func (a *Accounts) first(ctx context.Context, b Browser, out Arrival) (Arrival, error) {
	if out.Person.Under14 {
		out.Person = customer.Person{}
		return out, customer.TooYoung
	}
	out.First = true
	if out.Person.Verified {
		id, _, err := a.Store.ByEmail(ctx, out.Person.Email)
		if err != nil {
			return out, err
		}
		out.Taken = id != ""
	}
	out.Pending = a.pend(b, out.Person)
	return out, nil
}

// pending is a person whom nobody here knows, in their own browser and nowhere else.
type pending struct {
	customer.Person
	Visitor session.Key
	Until   time.Time
}

const pendingPurpose = "pending 1"

func (a *Accounts) pend(b Browser, p customer.Person) string {
	text, err := json.Marshal(pending{p, b.Visitor.Key(), a.Now().Add(customer.LinkGood)})
	if err != nil {
		panic(err) // strings, truth and a time
	}
	return a.Links.Seal(pendingPurpose, text)
}

// Pending opens what was pending in that browser; customer.ChallengeOver where it was another's, or its time is over.
func (a *Accounts) Pending(b Browser, sealed string) (customer.Person, error) {
	var p pending
	text, err := a.Links.Open(pendingPurpose, sealed)
	if err != nil || json.Unmarshal(text, &p) != nil || p.Visitor != b.Visitor.Key() || a.Now().After(p.Until) {
		return customer.Person{}, customer.ChallengeOver
	}
	return p.Person, nil
}

// JoinBy makes a customer of a person who agreed. Where the provider knows that the mail is theirs they are signed in; else a mail asks its owner first (mailed), and whether it has an account
// already nobody else learns.
func (a *Accounts) JoinBy(ctx context.Context, b Browser, sealed string, s SignUp, tag lang.Tag) (out Arrival, mailed bool, err error) {
	out = Arrival{Carried: b.Carried, Mark: b.Known}
	p, err := a.Pending(b, sealed)
	if err != nil {
		return out, false, err
	}
	if p.Verified {
		s.Email = p.Email
	}
	if s, err = s.checkWithoutPassword(); err != nil {
		return out, false, err
	}
	applicant := customer.Applicant{Email: s.Email, Name: s.Name, Phone: s.Phone, Lang: tag, Consents: s.Consents, Provider: p.Provider, Subject: p.Subject}
	if !p.Verified {
		if err := a.mayMail(ctx, b, s.Email); err != nil {
			return out, false, err
		}
		return out, true, a.Store.Apply(ctx, applicant)
	}
	id, err := a.Store.Enrol(ctx, applicant)
	if err != nil {
		return out, false, err
	}
	out.Carried, out.Mark, out.Joined, err = a.letIn(ctx, b, id)
	return out, false, err
}

// LinkBy lets the customer in whose mail a person has, if they know the password, and links the two.
func (a *Accounts) LinkBy(ctx context.Context, b Browser, sealed, password string) (Arrival, error) {
	out := Arrival{Carried: b.Carried, Mark: b.Known}
	p, err := a.Pending(b, sealed)
	if err != nil {
		return out, err
	}
	if !p.Verified {
		return out, customer.NotConfirmed
	}
	id, err := a.check(ctx, b, p.Email, password)
	if err != nil {
		return out, err
	}
	if err := a.Store.Link(ctx, id, p.Provider, p.Subject); err != nil {
		return out, err
	}
	out.Carried, out.Mark, out.Joined, err = a.letIn(ctx, b, id)
	return out, err
}
