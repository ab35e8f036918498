package payment

import (
	"context"
	"errors"
	"fmt"
	"time"

	"myclothes/internal/lang"
	"myclothes/internal/money"
)

// Status is the provider's view of a payment.
type Status string

const (
	AtReady      Status = "ready"       // made; the buyer has not yet agreed
	AtInProgress Status = "in_progress" // the buyer agreed; it waits for our Confirm, ten minutes at Toss
	AtWaiting    Status = "waiting"     // a deposit is awaited; this shop never asks for one yet
	AtCaptured   Status = "captured"    // the money moved
	AtPartial    Status = "partial"     // some of it was given back
	AtRefunded   Status = "refunded"    // all of it was given back
	AtAborted    Status = "aborted"     // approval failed
	AtExpired    Status = "expired"     // nobody asked in time
	AtUnheard    Status = "unheard"     // a status this version does not know: reconcile, never ship
)

// Start asks a provider to prepare a payment.
type Start struct {
	OrderID    string
	OrderName  string // "코튼 셔츠 외 2건", at most 100 characters
	Amount     money.Amount
	Method     Method
	SuccessURL string // absolute; the browser returns here with paymentKey, orderId and amount
	FailURL    string // absolute; the browser returns here with code, message and perhaps orderId
	Lang       lang.Tag
	BuyerName  string
	BuyerEmail string
}

// Started is where the buyer pays.
type Started struct {
	Key         string
	CheckoutURL string
}

// Confirm asks for the money of a payment that the buyer has agreed to. The same Confirm may be sent any number of times:
// it carries its own idempotency key, made of OrderID.
type Confirm struct {
	Key     string
	OrderID string
	Amount  money.Amount
	Lang    lang.Tag // of a refusal's message; Korean where empty
}

// Refund gives Amount back. Reason is for the buyer's statement, at most 200 characters. Token makes it happen once: the
// same Token never gives back twice.
type Refund struct {
	Key    string
	Amount money.Amount
	Reason string
	Token  string
}

// Result is a payment as the provider sees it.
type Result struct {
	Key      string
	OrderID  string
	Status   Status
	Total    money.Amount // never changes
	Balance  money.Amount // Total less what was given back; what can still be given back
	Approved time.Time    // zero unless captured
	Failure  string       // the provider's code for why, when aborted or expired
}

// Provider moves money. Implementations are safe for concurrent use and give up by themselves after a bounded time.
//
// Every error is one of three: *RefusedError (definitely no, no money moved by this call), ErrNoPayment, or *UnknownError
// (anything else: a time-out, a lost connection, a 5xx, an answer that makes no sense), after which only Query tells.
type Provider interface {
	// Name is stored with each payment: "toss".
	Name() string
	// ClientKey is the public key that a browser script needs.
	ClientKey() string
	// Start is repeatable: the same OrderID gives the same payment.
	Start(ctx context.Context, s Start) (Started, error)
	// Confirm returns the payment as it then stands. Captured only where Status says so and Total is the amount asked for.
	Confirm(ctx context.Context, c Confirm) (Result, error)
	// Query finds a payment by our OrderID. ErrNoPayment: the provider never heard of it.
	Query(ctx context.Context, orderID string) (Result, error)
	// Refund returns the payment after giving money back.
	Refund(ctx context.Context, r Refund) (Result, error)
}

// ErrNoPayment says that the provider has no such payment.
var ErrNoPayment = errors.New("payment: the provider knows no such payment")

// RefusedError is a definite no. Code is the provider's; Message is the provider's text for the buyer, in the language asked for.
type RefusedError struct {
	Code    string
	Message string
}

func (e *RefusedError) Error() string { return "payment refused: " + e.Code }

// UnknownError is no answer. Code is the provider's, where it gave one.
type UnknownError struct {
	Code  string
	Cause error
}

func (e *UnknownError) Error() string {
	return fmt.Sprintf("payment outcome unknown: %s %v", e.Code, e.Cause)
}

func (e *UnknownError) Unwrap() error { return e.Cause }
