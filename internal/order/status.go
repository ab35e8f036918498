package order

import (
	"slices"

	"myclothes/internal/outbox"
)

// Status is where an order stands.
type Status string

const (
	AwaitingPayment Status = "awaiting_payment" // placed by the buyer; units are held
	PaymentUnknown  Status = "payment_unknown"  // we asked for the money and did not hear; the worker finds out, units stay held
	AwaitingDeposit Status = "awaiting_deposit" // an account number was issued and the buyer must transfer
	Paid            Status = "paid"             // the money was captured, or a company owes it on account; units are sold
	Preparing       Status = "preparing"        // staff pack it
	Shipped         Status = "shipped"          // the carrier has it
	Delivered       Status = "delivered"        // the carrier says that the buyer has it
	Completed       Status = "completed"        // the buyer confirmed it, or time did (구매확정)
	Cancelled       Status = "cancelled"        // by the buyer or staff before it was shipped; units went back, money goes back
	Expired         Status = "expired"          // nobody paid in time; units went back
)

// next lists the allowed moves (O2). Cancelled, Expired and Completed are final.
var next = map[Status][]Status{
	"":              {AwaitingPayment},
	AwaitingPayment: {PaymentUnknown, AwaitingDeposit, Paid, Cancelled, Expired},
	PaymentUnknown:  {AwaitingPayment, Paid, Cancelled, Expired},
	AwaitingDeposit: {Paid, Cancelled, Expired},
	Paid:            {Preparing, Cancelled},
	Preparing:       {Shipped, Cancelled},
	Shipped:         {Delivered},
	Delivered:       {Completed},
}

// May reports whether an order may move from one status to another.
func May(from, to Status) bool { return slices.Contains(next[from], to) }

// Payable reports whether the buyer may start paying.
func (s Status) Payable() bool { return s == AwaitingPayment }

// Cancellable reports whether the buyer may cancel it by themselves. Not while a payment is pending: first it must be
// known whether there is money to give back.
func (s Status) Cancellable() bool { return s == AwaitingPayment || s == Paid }

// Reason says why an order moved.
type Reason string

const (
	ByBuyer        Reason = "buyer"         // the buyer did it
	ByPayment      Reason = "payment"       // the provider said yes
	ByAccount      Reason = "account"       // a company bought on account; it pays later
	ByRefusal      Reason = "refusal"       // the provider said no
	ByNoAnswer     Reason = "no_answer"     // the provider did not answer
	ByTime         Reason = "time"          // the hold ended
	ByProvider     Reason = "provider"      // the money went back at the provider, without us
	ByWrongCapture Reason = "wrong_capture" // the provider took another amount than asked; it is given back
)

// What the outbox says of orders. The subject is the order's number.
const (
	TopicPaid      outbox.Topic = "order.paid"
	TopicOnAccount outbox.Topic = "order.on_account" // bought on account
	TopicCancelled outbox.Topic = "order.cancelled"
	TopicExpired   outbox.Topic = "order.expired"
)
