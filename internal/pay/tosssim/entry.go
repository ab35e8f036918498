package tosssim

import (
	"crypto/rand"
	"slices"
	"time"

	"myclothes/internal/money"
)

// The statuses of a payment, in Toss's words.
const (
	ready      = "READY"            // made. Next: inProgress, aborted, expired
	inProgress = "IN_PROGRESS"      // the buyer agreed. Next: done, aborted, expired
	done       = "DONE"             // captured. Next: partial, canceled
	partial    = "PARTIAL_CANCELED" // some given back. Next: partial, canceled
	canceled   = "CANCELED"         // all given back. Final
	aborted    = "ABORTED"          // the buyer left, or the card said no. Final
	expired    = "EXPIRED"          // nobody came in time. Final
)

// The windows (docs.tosspayments.com/en/webhooks): for the buyer to agree, and then for the shop to confirm.
const (
	buyerWindow = 30 * time.Minute
	shopWindow  = 10 * time.Minute
)

// entry is one payment. A stored entry is never changed: every move makes a new one, so readers need no lock.
type entry struct {
	Key         string       `json:"key"`
	OrderID     string       `json:"order_id"`
	OrderName   string       `json:"order_name"`
	Method      string       `json:"method"` // CARD or TRANSFER
	Amount      money.Amount `json:"amount"`
	SuccessURL  string       `json:"success_url"`
	FailURL     string       `json:"fail_url"`
	Status      string       `json:"status"`
	RequestedAt time.Time    `json:"requested_at"`
	AgreedAt    time.Time    `json:"agreed_at,omitzero"`
	ApprovedAt  time.Time    `json:"approved_at,omitzero"` // of the first capture
	Result      string       `json:"result,omitempty"`     // what was chosen on the page
	Went        string       `json:"went,omitempty"`       // where the browser was then sent
	Troubled    bool         `json:"troubled,omitempty"`   // the fault that Result asks for has happened
	Captures    int          `json:"captures,omitempty"`   // how often Amount was taken; more than 1 would be a defect
	Cancels     []giveBack   `json:"cancels,omitempty"`    // oldest first
	FailureCode string       `json:"failure_code,omitempty"`
	LastKey     string       `json:"last_key,omitempty"` // of the newest transaction
}

// giveBack is one cancel of a part or of all.
type giveBack struct {
	Amount money.Amount `json:"amount"`
	Reason string       `json:"reason"`
	At     time.Time    `json:"at"`
	Key    string       `json:"key"`
	Left   money.Amount `json:"left"`
}

// captured is all that was ever taken.
func (e *entry) captured() money.Amount { return e.Amount.Times(e.Captures) }

func (e *entry) refunded() (sum money.Amount) {
	for _, c := range e.Cancels {
		sum += c.Amount
	}
	return sum
}

// balance is what can still be given back; before a capture, by Toss's habit, the whole amount.
func (e *entry) balance() money.Amount { return e.Amount - e.refunded() }

// overdue reports whether a window closed at or before now.
func (e *entry) overdue(now time.Time) bool {
	return e.Status == ready && !now.Before(e.RequestedAt.Add(buyerWindow)) ||
		e.Status == inProgress && !now.Before(e.AgreedAt.Add(shopWindow))
}

func (e *entry) expire() *entry {
	n := *e
	n.Status, n.FailureCode = expired, "EXPIRED_PAYMENT"
	return &n
}

// agree is the buyer's yes, with the result chosen for what follows.
func (e *entry) agree(result, to string, now time.Time) *entry {
	n := *e
	n.Status, n.Result, n.Went, n.AgreedAt = inProgress, result, to, now
	return &n
}

// leave is the buyer's no, or the card company's on the page.
func (e *entry) leave(result, to, code string) *entry {
	n := *e
	n.Status, n.Result, n.Went, n.FailureCode = aborted, result, to, code
	return &n
}

// trouble marks the fault as spent: it happens at the first confirm only.
func (e *entry) trouble() *entry {
	n := *e
	n.Troubled = true
	return &n
}

// refuse is the card's no at the confirm.
func (e *entry) refuse(code string) *entry {
	n := *e
	n.Status, n.FailureCode, n.Troubled = aborted, code, true
	return &n
}

// capture takes the money.
func (e *entry) capture(now time.Time) *entry {
	n := *e
	n.Status, n.ApprovedAt, n.LastKey = done, now, newKey(now)
	n.Captures++
	return &n
}

// giveBack returns amount, which the caller has checked against the balance.
func (e *entry) giveBack(amount money.Amount, reason string, now time.Time) *entry {
	n := *e
	n.LastKey = newKey(now)
	n.Cancels = append(slices.Clip(e.Cancels), giveBack{amount, reason, now, n.LastKey, e.balance() - amount})
	n.Status = partial
	if n.balance() == 0 {
		n.Status = canceled
	}
	return &n
}

// seoul is the zone of every time the API shows.
var seoul = time.FixedZone("KST", 9*60*60)

// newKey makes a paymentKey or transactionKey, recognisable and not to be guessed (130 random bits).
func newKey(now time.Time) string {
	return "tsim" + now.In(seoul).Format("20060102150405") + rand.Text()
}
