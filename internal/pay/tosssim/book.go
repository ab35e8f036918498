package tosssim

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"myclothes/internal/money"
)

// keyLife is how long Toss remembers an idempotency key.
const keyLife = 15 * 24 * time.Hour

// book is all that the simulator knows. Server.mu guards it.
type book struct {
	byKey   map[string]*entry
	latest  map[string]string // orderId → paymentKey of its newest payment
	answers map[string]*answer
}

func newBook() book {
	return book{map[string]*entry{}, map[string]string{}, map[string]*answer{}}
}

func (b *book) apply(r record) {
	if e := r.Payment; e != nil {
		if b.byKey[e.Key] == nil {
			b.latest[e.OrderID] = e.Key
		}
		b.byKey[e.Key] = e
	}
	if r.Answer != nil {
		b.answers[r.Answer.Scope] = r.Answer
	}
}

func (b *book) order(id string) *entry { return b.byKey[b.latest[id]] }

// answered returns what the scope is bound to, or nil.
func (b *book) answered(scope string, now time.Time) *answer {
	a := b.answers[scope]
	if a == nil || now.Sub(a.At) >= keyLife {
		return nil
	}
	return a
}

func (b *book) forgetAnswers(now time.Time) {
	maps.DeleteFunc(b.answers, func(_ string, a *answer) bool { return now.Sub(a.At) >= keyLife })
}

// commit writes a change to the journal and then makes it. After an error nothing has changed. The caller holds s.mu.
func (s *Server) commit(r record) error {
	if err := s.journal.append(r); err != nil {
		s.o.Log.Error("the simulator's journal cannot be written", "error", err)
		return err
	}
	s.book.apply(r)
	return nil
}

// current brings e up to date with the clock: a window that has closed is closed for good, whatever the clock does later.
// The caller holds s.mu.
func (s *Server) current(e *entry) *entry {
	if e == nil || !e.overdue(s.o.Now()) {
		return e
	}
	n := e.expire()
	if s.commit(record{Payment: n}) == nil {
		s.tell(n)
	}
	return n
}

// ledgerLine is one order in GET /ledger. Amounts are won.
type ledgerLine struct {
	OrderID    string       `json:"order_id"`
	OrderName  string       `json:"order_name"`
	PaymentKey string       `json:"payment_key"` // of its newest payment, as are name and status
	Status     string       `json:"status"`
	Captured   money.Amount `json:"captured"` // all ever taken, refunded or not
	Refunded   money.Amount `json:"refunded"`
	Captures   int          `json:"captures"` // how many times money was taken
	Refunds    int          `json:"refunds"`
}

// lines sums the payments of each order, sorted by order.
func (b *book) lines() []ledgerLine {
	sums := make(map[string]*ledgerLine, len(b.latest))
	for id, key := range b.latest {
		e := b.byKey[key]
		sums[id] = &ledgerLine{OrderID: id, OrderName: e.OrderName, PaymentKey: key, Status: e.Status}
	}
	for _, e := range b.byKey {
		l := sums[e.OrderID]
		l.Captured += e.captured()
		l.Refunded += e.refunded()
		l.Captures += e.Captures
		l.Refunds += len(e.Cancels)
	}
	lines := make([]ledgerLine, 0, len(sums))
	for _, l := range sums {
		lines = append(lines, *l)
	}
	slices.SortFunc(lines, func(a, b ledgerLine) int { return cmp.Compare(a.OrderID, b.OrderID) })
	return lines
}
