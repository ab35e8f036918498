// Package business is what companies do in the shop: applying, choosing who buys for them, ordering by list, asking for orders and approving them, quotes and tax
// invoices. What they buy goes through the same cart and the same checkout as everybody's.
//
// Every act begins by asking for which company the visitor buys: nothing of another company can be named, so nothing of it can be seen.
package business

import (
	"context"
	"time"

	"myclothes/internal/cart"
	"myclothes/internal/checkout"
	"myclothes/internal/company"
	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/lang"
	"myclothes/internal/money"
	"myclothes/internal/order"
	"myclothes/internal/payment"
	"myclothes/internal/seal"
	"myclothes/internal/session"
)

// Store keeps companies and what they do. Every method is one transaction. What is not that company's is fault.NoSuchPage, as if it were not there. Safe for concurrent use.
type Store interface {
	checkout.Companies

	// Apply keeps an application; who applies buys for the company from then on, in all roles. company.AlreadyBuys for who buys for one that was not refused.
	Apply(ctx context.Context, who customer.ID, a company.Application, s company.Standing) (company.ID, error)
	Company(ctx context.Context, id company.ID) (company.Company, error)
	// Buyers returns who buys for the company, the first of them first.
	Buyers(ctx context.Context, id company.ID) ([]company.Buyer, error)
	// Invite keeps an invitation for company.InvitationKept and emits company.Invited. by must manage; company.TooManyBuyers above company.MaxBuyers.
	Invite(ctx context.Context, by customer.ID, i company.Invitation) error
	// Invitation returns one that can still be accepted.
	Invitation(ctx context.Context, id string) (company.Invitation, error)
	Invitations(ctx context.Context, id company.ID) ([]company.Invitation, error)
	// Join makes who was invited buy for the company and closes the invitation; company.NotInvited where it is closed, company.AlreadyBuys for who buys for another.
	Join(ctx context.Context, invitation string, who customer.ID) error
	// SetRoles changes what somebody may do; no roles: they do not buy for the company any more. by must manage; company.LastManager where nobody else would.
	SetRoles(ctx context.Context, by customer.ID, id company.ID, who customer.ID, r company.Roles) error
	// Uninvite closes an invitation. by must manage.
	Uninvite(ctx context.Context, by customer.ID, id company.ID, invitation string) error

	// Ask keeps a request and emits company.Asked for each of the others who approve.
	Ask(ctx context.Context, r Request) (id string, err error)
	// AnyRequest returns a request of whichever company: for mails.
	AnyRequest(ctx context.Context, request string) (Request, error)
	// Requests returns those of one buyer, or of everybody (""), the latest first.
	Requests(ctx context.Context, id company.ID, of customer.ID) ([]Request, error)
	Request(ctx context.Context, id company.ID, request string) (Request, error)
	// CloseRequest declines one that is open, and emits company.Declined, or withdraws it; fault.WrongState else.
	CloseRequest(ctx context.Context, id company.ID, request string, s RequestState) error

	PutQuote(ctx context.Context, q Quote) error
	Quote(ctx context.Context, id company.ID, number string) (Quote, error)
	// Quotes returns those of one buyer, or of everybody (""), the latest first, without their lines.
	Quotes(ctx context.Context, id company.ID, of customer.ID) ([]Quote, error)

	// Bought returns what was ordered for the company, by one buyer or by everybody (""), the latest first, at most that many.
	Bought(ctx context.Context, id company.ID, of session.Key, most int) ([]Bought, error)
	Owed(ctx context.Context, id company.ID) (money.Amount, error)
	// AskTaxInvoice asks for the tax invoice over an order of the company, once; fault.WrongState where it was asked for before, or the order was not bought, or
	// paid by card: its slip stands in for one.
	AskTaxInvoice(ctx context.Context, id company.ID, number string, by customer.ID) error
}

// Bought is an order of a company in a list.
type Bought struct {
	order.Brief
	Payment payment.State
	Method  payment.Method
	DueAt   time.Time // of an order on account; else the zero time
	Tax     TaxState  // empty: nobody asked for the tax invoice
}

// TaxState is where the request for a tax invoice (세금계산서) stands.
type TaxState string

const (
	TaxRequested TaxState = "requested"  // by a buyer. Next: Exported, Withdrawn
	TaxExported  TaxState = "exported"   // by staff, to whoever issues it. Next: ToCorrect
	TaxWithdrawn TaxState = "withdrawn"  // its order was cancelled before. Final
	TaxToCorrect TaxState = "to_correct" // its order was cancelled after: staff have it corrected (수정세금계산서). Final
)

// TaxInvoice is what staff pass on to whoever issues it.
type TaxInvoice struct {
	Number      string // of the order
	SuppliedAt  time.Time
	Buyer       company.Application
	Description string // "코튼 셔츠 외 2건"
	Supply, VAT money.Amount
	State       TaxState
	AskedAt     time.Time
}

// Rates bounds how often something is tried, over all instances. Allow refuses with fault.TooManyTries.
type Rates interface {
	Allow(ctx context.Context, name string, every time.Duration, burst int) error
}

// Business does it. Its members are set before use; safe for concurrent use.
type Business struct {
	Store     Store
	Customers customer.Store
	Desk      *checkout.Desk
	Registrar company.Registrar // nil: staff look by hand
	Rates     Rates
	Links     *seal.Ring // seals what is mailed to people
	Now       func() time.Time
	Warn      func(ctx context.Context, msg string, err error)
}

// Buyer returns for which company the visitor buys; fault.NoSuchPage where for none.
func (x *Business) Buyer(ctx context.Context, c cart.Carried) (company.Buyer, error) {
	b, err := x.Desk.Buyer(ctx, c)
	if err == nil && b.Company == "" {
		err = fault.NoSuchPage
	}
	return b, err
}

// trading is Buyer for what only an approved company does.
func (x *Business) trading(ctx context.Context, c cart.Carried) (company.Buyer, error) {
	b, err := x.Buyer(ctx, c)
	if err == nil && !b.Business() {
		err = company.NotYours
	}
	return b, err
}

// Apply files an application, with what the tax office says of the number. A business that it knows as closed is refused; where it does not answer, staff look by hand.
func (x *Business) Apply(ctx context.Context, c cart.Carried, registration string, a company.Application) error {
	a, err := a.Check(registration)
	if err != nil {
		return err
	}
	if err := x.Rates.Allow(ctx, "apply "+c.Member, time.Minute, 5); err != nil {
		return err
	}
	s := x.standing(ctx, a.Registration)
	if s == company.Closed {
		return fault.BadRequest.At("registration", "국세청에 폐업으로 등록된 번호예요.", "The tax office has this business as closed.")
	}
	_, err = x.Store.Apply(ctx, customer.ID(c.Member), a, s)
	return err
}

// answerIn is how long an applicant waits for the tax office.
const answerIn = 3 * time.Second

func (x *Business) standing(ctx context.Context, r company.Registration) company.Standing {
	if x.Registrar == nil {
		return company.Unasked
	}
	ctx, cancel := context.WithTimeout(ctx, answerIn)
	defer cancel()
	s, err := x.Registrar.Standing(ctx, r)
	if err != nil {
		x.Warn(ctx, "the tax office did not answer; staff look by hand", err)
		return company.Unasked
	}
	return s
}

// Invite asks somebody by mail to buy for the visitor's company.
func (x *Business) Invite(ctx context.Context, c cart.Carried, mail string, r company.Roles, tag lang.Tag) error {
	b, err := x.Buyer(ctx, c)
	if err != nil {
		return err
	}
	mail, ok := company.Mail(mail)
	f := fault.BadRequest
	if !ok {
		f = f.At("email", "메일 주소를 확인해 주세요. 예: name@example.com", "Check the mail address. Example: name@example.com")
	}
	if r.None() {
		f = f.At("roles", "역할을 하나 이상 골라 주세요.", "Choose at least one role.")
	}
	if len(f.Fields) > 0 {
		return f
	}
	if err := x.Rates.Allow(ctx, "invite "+string(b.Company), time.Minute, 20); err != nil {
		return err
	}
	return x.Store.Invite(ctx, b.Customer, company.Invitation{Company: b.Company, Mail: mail, Roles: r, Lang: tag})
}

// Orders returns what the visitor may see of what was ordered for the company.
func (x *Business) Orders(ctx context.Context, c cart.Carried, b company.Buyer, most int) ([]Bought, error) {
	of := c.Owner()
	if b.Roles.SeesAll() {
		of = ""
	}
	return x.Store.Bought(ctx, b.Company, of, most)
}

// AskTaxInvoice asks for the tax invoice over an order of the visitor's company.
func (x *Business) AskTaxInvoice(ctx context.Context, c cart.Carried, number string) error {
	b, err := x.Buyer(ctx, c)
	if err != nil {
		return err
	}
	if !b.Roles.SeesAll() {
		return company.NotYours
	}
	return x.Store.AskTaxInvoice(ctx, b.Company, number, b.Customer)
}
