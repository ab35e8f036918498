// Package company holds businesses as customers: who they are, who buys for them and in which role, and on what terms.
//
// A customer buys for one company at most, and then for that company only. What they pay, whether they must ask before they order and whether they may buy on
// account is asked anew with every cart and every order, so that what staff change holds at once.
package company

import (
	"time"

	"myclothes/internal/customer"
	"myclothes/internal/lang"
	"myclothes/internal/money"
	"myclothes/internal/outbox"
)

// ID names a company: 26 characters that say nothing about it.
type ID string

// Company is a business with what staff know and decided about it.
type Company struct {
	ID ID
	Application
	Status    Status
	Reason    string   // what staff said when they decided, for the applicant; may be empty
	Standing  Standing // as the tax office answered
	AskedAt   time.Time
	Terms     Terms
	AppliedAt time.Time
	DecidedAt time.Time // the zero time while it waits
}

// Application is what a business says of itself.
type Application struct {
	Registration   Registration
	Name           string // 상호
	Representative string // 대표자
	Trade, Item    string // 업태, 종목; may be empty
	Mail           string // where tax invoices go
}

// Terms are what staff agreed on with an approved company.
type Terms struct {
	PriceList   string       // its name; empty: everybody's prices
	CreditLimit money.Amount // what may be owed on account at a time; 0: nothing is sold on account
	DaysToPay   int          // after ordering on account
}

// Buyer is somebody who buys for a company, with what decides about what they may do. The zero Buyer buys for nobody but themselves.
type Buyer struct {
	Customer customer.ID
	Company  ID
	Name     string // the company's
	Status   Status // the company's
	Terms    Terms
	Roles    Roles
	Since    time.Time
}

// Business reports whether the buyer buys as a business now. Who buys for a company that is not approved buys as anybody does.
func (b Buyer) Business() bool { return b.Status == Approved }

// MayOrder reports whether they may order without asking.
func (b Buyer) MayOrder() bool { return !b.Business() || b.Roles.MayOrder() }

// OnAccount reports whether they may order now and have the company pay later.
func (b Buyer) OnAccount() bool { return b.Business() && b.Terms.CreditLimit > 0 }

// Invitation is somebody who was asked to buy for a company.
type Invitation struct {
	ID      string
	Company ID
	Name    string // the company's
	Mail    string
	Roles   Roles
	Lang    lang.Tag
	At      time.Time
}

// InvitationKept is how long an invitation can be accepted.
const InvitationKept = 7 * 24 * time.Hour

// MaxBuyers is how many people, those invited included, buy for one company.
const MaxBuyers = 50

// Topics of events about companies. Subjects are IDs: nothing personal is in the outbox.
const (
	Decided  outbox.Topic = "company.decided"  // Subject: the company
	Invited  outbox.Topic = "company.invited"  // Subject: the invitation
	Asked    outbox.Topic = "company.asked"    // somebody asks for an order. Subject: the request, and who may approve it, apart by a space
	Declined outbox.Topic = "company.declined" // somebody declined what was asked for. Subject: the request
)
