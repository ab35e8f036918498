// Package payment holds one attempt to pay for an order, and what the shop needs of a payment provider.
//
// A provider is asked, never believed by hearsay: what a browser or a webhook brings is compared with what is stored and then
// asked again. An answer that did not arrive is Unknown, which is neither yes nor no, until Query says which.
package payment

import (
	"time"

	"myclothes/internal/money"
)

// Method is how the buyer wants to pay.
type Method string

const (
	Card     Method = "card"     // 카드
	Transfer Method = "transfer" // 계좌이체: from the buyer's bank account, at once
	Invoice  Method = "invoice"  // 계산서 후불: a company pays later, by transfer, what it owes for the order
)

// Methods lists those that the shop offers to everybody. Invoice is for companies with credit only.
var Methods = []Method{Card, Transfer}

// State is where an attempt stands with us. The provider's own view is a Status.
type State string

const (
	Ready      State = "ready"      // made with its order, or as a further attempt. Next: Confirming, Abandoned
	Confirming State = "confirming" // we have asked, or are about to ask, for the money. Next: Captured, Refused, Unknown
	Unknown    State = "unknown"    // we asked and did not hear. The worker asks until it knows. Next: Captured, Refused
	Owed       State = "owed"       // on account, by PlaceOrder: a company owes it, no provider knows of it. Next: Captured when staff record the transfer, Abandoned with its order
	Captured   State = "captured"   // the money is ours. Next: Refunding
	Refused    State = "refused"    // no money moved and none will; another attempt may follow. Final
	Abandoned  State = "abandoned"  // its order ended first, nothing was asked. Final
	Refunding  State = "refunding"  // the money must go back; the worker asks until it has. Next: Refunded
	Refunded   State = "refunded"   // all of it went back. Final
)

// Payment is one attempt as the shop stores it. An order may have several, at most one of which ends Captured (M2).
type Payment struct {
	OrderID     string // the provider's name for it, unique per attempt: 6 to 64 of [A-Za-z0-9-_]
	Order       string // the order's number
	Provider    string
	Method      Method
	Amount      money.Amount // what was asked for, frozen when the attempt was made
	State       State
	Key         string // the provider's paymentKey; empty until the provider has been told
	CheckoutURL string // where the buyer pays; empty until the provider has been told
	Captured    money.Amount
	Refunded    money.Amount
	Refusal     string // the provider's code for why, once Refused
	Checks      int    // how often the worker has asked
	RefundNo    int    // which request to refund this is, from 1: a refused one must be asked again under a new name
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// Holds reports whether money of the attempt is with us, may be, or is owed: no other attempt may be asked for money then.
func (p *Payment) Holds() bool { return p.Pending() || p.State == Captured || p.State == Owed }

// OnAccount names the provider of what is owed: the shop itself.
const OnAccount = "account"

// Pending reports whether money may have moved without our knowing: such an attempt must be settled before its order ends.
func (p *Payment) Pending() bool { return p.State == Confirming || p.State == Unknown }
