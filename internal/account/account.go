// Package account is what people do with an account: signing up, in and out, proving that a mail is theirs, changing who they are, leaving.
//
// Whoever asks about a mail learns nothing about whether there is an account: answers are the same, take as long, and what differs goes to the mail's owner.
package account

import (
	"context"
	"encoding/json"
	"errors"
	"net/mail"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"myclothes/internal/cart"
	"myclothes/internal/checkout"
	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/lang"
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
	Links     *seal.Ring // seals what is mailed to people
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
	inAllEvery, inAll           = 20 * time.Millisecond, 200
	perMailEvery, perMail       = 5 * time.Minute, 5 // of mails that somebody asks to be sent to one address
)

// SignUp is what somebody says who wants an account.
type SignUp struct {
	Email, Name, Phone, Password string
	Consents                     []customer.Document
}

// Check brings texts to the form in which they are kept, or names every input that is not acceptable.
func (s SignUp) Check() (SignUp, error) {
	f := fault.BadRequest
	var ok bool
	if s.Email, ok = Email(s.Email); !ok {
		f = f.At("email", "메일 주소를 확인해 주세요. 예: name@example.com", "Check the mail address. Example: name@example.com")
	}
	f = Name(f, &s.Name)
	f = Phone(f, &s.Phone)
	if err := customer.CheckPassword(s.Password, s.Email, s.Name); err != nil {
		f = join(f, err)
	}
	for _, d := range customer.Required {
		if !contains(s.Consents, d) {
			ko, en := "동의가 필요해요.", "Your consent is needed."
			if d == customer.Over14 {
				ko, en = "만 14세 이상만 가입할 수 있어요.", "You must be 14 or older to join."
			}
			f = f.At("consents."+string(d), ko, en)
		}
	}
	if len(f.Fields) > 0 {
		return s, f
	}
	return s, nil
}

// join adds what another fault blames.
func join(f *fault.Error, err error) *fault.Error {
	for _, field := range fault.Of(err).Fields {
		f = f.At(field.Name, field.Words.KO, field.Words.EN)
	}
	return f
}

func contains(all []customer.Document, d customer.Document) bool {
	for _, one := range all {
		if one == d {
			return true
		}
	}
	return false
}

// Email returns a mail address without white space around it, if it is one.
func Email(s string) (string, bool) {
	s = strings.TrimSpace(s)
	a, err := mail.ParseAddress(s)
	_, domain, _ := strings.Cut(s, "@")
	return s, err == nil && a.Address == s && a.Name == "" && len(s) <= 254 && strings.Contains(domain, ".")
}

// Name trims a name, or blames the input of that name.
func Name(f *fault.Error, name *string) *fault.Error {
	*name = strings.Join(strings.Fields(*name), " ")
	if n := utf8.RuneCountInString(*name); n < 1 || n > 50 || !utf8.ValidString(*name) || strings.ContainsFunc(*name, unicode.IsControl) {
		return f.At("name", "이름을 입력해 주세요.", "Enter your name.")
	}
	return f
}

// Phone brings a phone number that may be empty to its digits, or blames the input "phone".
func Phone(f *fault.Error, phone *string) *fault.Error {
	if strings.TrimSpace(*phone) == "" {
		*phone = ""
		return f
	}
	digits, ok := checkout.Phone(*phone)
	if !ok {
		return f.At("phone", "휴대폰 번호를 확인해 주세요. 예: 010-1234-5678", "Check the mobile number. Example: 010-1234-5678")
	}
	*phone = digits
	return f
}

// SignUp files an application. Nothing is kept of who is under 14 or does not agree. Whether the mail has an account already, only its owner learns.
func (a *Accounts) SignUp(ctx context.Context, b Browser, s SignUp, tag lang.Tag) error {
	s, err := s.Check()
	if err != nil {
		return err
	}
	if err := a.mayMail(ctx, b, s.Email); err != nil {
		return err
	}
	h, err := a.Passwords.Hash(ctx, s.Password)
	if err != nil {
		return err
	}
	return a.Store.Apply(ctx, customer.Applicant{Email: s.Email, Name: s.Name, Phone: s.Phone, Lang: tag, Password: h, Consents: s.Consents})
}

// mayMail bounds how often one client, and how often anybody, has mails sent to an address.
func (a *Accounts) mayMail(ctx context.Context, b Browser, email string) error {
	if err := a.Rates.Allow(ctx, "mail by "+a.Blind("client", b.Client), perClientEvery, perClient); err != nil {
		return err
	}
	return a.Rates.Allow(ctx, "mail to "+a.Blind("mail", strings.ToLower(email)), perMailEvery, perMail)
}

// Confirm makes a customer of an application whose link was followed.
func (a *Accounts) Confirm(ctx context.Context, link string) error {
	l, err := a.open("confirm 1", link)
	if err != nil {
		return err
	}
	_, err = a.Store.Admit(ctx, l.Subject)
	return err
}

// SignIn lets somebody in who knows mail and password, on a new token. The cart that they carried as a guest joins theirs, and so do the orders they placed. It returns
// what their browser carries then, and the mark by which it is known from now on.
func (a *Accounts) SignIn(ctx context.Context, b Browser, email, password string) (session.Carried, string, cart.Joined, error) {
	id, err := a.check(ctx, b, email, password)
	if err != nil {
		return b.Carried, b.Known, cart.Joined{}, err
	}
	next, joined, err := a.admit(ctx, b, id)
	if err != nil {
		return b.Carried, b.Known, joined, err
	}
	return next, a.mark(id), joined, nil
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
	if a.known(b.Known, who) {
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
	r.Proved = a.Now().Truncate(time.Second)
	return session.Begin(ctx, a.Sessions, b.Carried, r)
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

// Mark is how long a browser is known.
const Mark = 180 * 24 * time.Hour

// mark makes the mark of a browser in which that customer signed in.
func (a *Accounts) mark(id customer.ID) string {
	return a.seal("mark 1", link{Subject: string(id), Until: a.Now().Add(Mark)})
}

// known reports whether a mark is one of who has the mail with that blind index.
func (a *Accounts) known(mark, who string) bool {
	l, err := a.open("mark 1", mark)
	if err != nil {
		return false
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	c, _, err := a.Store.Customer(ctx, customer.ID(l.Subject))
	return err == nil && a.Blind("mail", strings.ToLower(c.Email)) == who
}
