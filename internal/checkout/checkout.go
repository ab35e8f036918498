// Package checkout is the act of buying: ask the prices again, hold the units, pay, and undo what a failure leaves behind.
//
// Money and units move in this order, and each step has its undo:
//
//	place    hold the units, write the order       undo: the hold ends by time, or the buyer cancels
//	confirm  mark the attempt, ask for the money    undo: the worker asks until it knows
//	capture  units sold, order paid                undo: cancel puts units back and refunds the money
//
// Between "mark" and "know" an order is never ended, so a payment that was taken always finds its order.
package checkout

import (
	"context"
	"time"

	"myclothes/internal/cart"
	"myclothes/internal/company"
	"myclothes/internal/delivery"
	"myclothes/internal/money"
	"myclothes/internal/order"
	"myclothes/internal/payment"
	"myclothes/internal/session"
)

// Receipt is an order with its attempts to pay, oldest first. There is always at least one.
type Receipt struct {
	Order    order.Order
	Payments []payment.Payment
}

// Payment returns the attempt that counts: the one that holds or may hold money, else the latest that an order was paid back from, else the latest.
func (r *Receipt) Payment() payment.Payment {
	last := r.Payments[len(r.Payments)-1]
	for _, p := range r.Payments {
		switch {
		case p.Holds():
			return p
		case r.Order.Status == order.Cancelled && p.Captured > 0:
			last = p
		}
	}
	return last
}

// Placement is what PlaceOrder writes.
type Placement struct {
	Order   order.Order
	Payment payment.Payment // the first attempt
	Buyer   session.Key     // whose order it is
	Key     string          // the idempotency key, unique per buyer
	Digest  string          // of the request that came with the key
	Member  string          // who orders, where they do so for Order.Company
	Request string          // of whoever asked for the order; empty: nobody did
}

// Orders keeps orders, the units they hold and the attempts to pay them. Every method that changes something is one
// transaction: all of it happens, or nothing. Safe for concurrent use by any number of instances.
type Orders interface {
	// Placed returns the order that this buyer placed under key, and the digest of its request.
	// No such order is fault.NoSuchPage.
	Placed(ctx context.Context, buyer session.Key, key string) (Receipt, string, error)
	// PlaceOrder holds the units and writes the order, its first attempt and its history. It refuses with fault.OutOfStock
	// or fault.PriceChanged if a line cannot be had at its price, which for a company is that of its list. What is bought for a company is refused with
	// company.NotYours unless Member may order for it now, with fault.CreditLimit if it is owed and would bring what the company owes above its limit, and with
	// fault.WrongState if Request is not open. An order that is owed is paid at once: its units are sold. placed is false, and nothing was written, if the buyer had
	// placed an order under this key before, or is just doing so elsewhere.
	PlaceOrder(ctx context.Context, p Placement) (placed bool, err error)
	// Order returns any order; fault.NoSuchPage if there is none. It reads the primary.
	Order(ctx context.Context, number string) (Receipt, error)
	// Bought is Order without its history and payments: what a message to the buyer needs.
	Bought(ctx context.Context, number string) (order.Order, error)
	// OrderFor is Order for one that the visitor placed or has looked up; any other is fault.NoSuchPage, just as if there were none.
	OrderFor(ctx context.Context, number string, visitor session.Key) (Receipt, error)
	// OrdersOf returns the buyer's orders, the latest first, at most that many.
	OrdersOf(ctx context.Context, buyer session.Key, most int) ([]order.Brief, error)
	// Unpaid returns the number of the visitor's latest order that still awaits payment; fault.NoSuchPage if there is none.
	Unpaid(ctx context.Context, visitor session.Key) (string, error)
	// MaySee is OrderFor without reading the order.
	MaySee(ctx context.Context, number string, visitor session.Key) error
	// LookUp lets the visitor see the order of that number and contact phone from now on; fault.NoSuchPage unless both fit.
	LookUp(ctx context.Context, number, phone string, visitor session.Key) error

	// AddAttempt writes a further attempt to pay and returns it. It refuses with fault.WrongState unless the order awaits payment and no other attempt
	// holds money, and with fault.TooManyTries after a great many.
	AddAttempt(ctx context.Context, number, provider string, m payment.Method, at time.Time) (payment.Payment, error)
	// Started keeps what the provider answered to Start.
	Started(ctx context.Context, orderID string, s payment.Started, at time.Time) error
	// RefuseStart records that the provider will not take this attempt, so that the next one has a name of its own.
	RefuseStart(ctx context.Context, orderID, code string, at time.Time) error
	// BeginConfirm marks the attempt Confirming, so that its order cannot end before the outcome is known. began is false
	// if it was already past Ready; the attempt then tells how it stands. It refuses, changing nothing: fault.BadRequest where number, key
	// or amount differ from what is stored, fault.WrongState where the order can no longer be paid or another attempt is pending.
	BeginConfirm(ctx context.Context, number, orderID, key string, amount money.Amount, at time.Time) (p payment.Payment, began bool, err error)
	// CapturePayment records that the provider took amount. The order is paid and its units are sold, if it still awaits that and
	// the amount is the one asked for; else the money is marked to go back. Repeating it changes nothing.
	CapturePayment(ctx context.Context, orderID string, amount money.Amount, at time.Time) error
	// RefusePayment records that no money moved. The order awaits payment again, or ends if its hold did.
	RefusePayment(ctx context.Context, orderID, code string, at time.Time) error
	// DoubtPayment records that the outcome is not known.
	DoubtPayment(ctx context.Context, orderID string, at time.Time) error
	// CancelOrder ends an order for the buyer: units go back, captured money is marked to go back, what was owed is not owed any more. fault.NotCancellable unless
	// Cancellable, and where a transfer was received for it: staff send that back.
	CancelOrder(ctx context.Context, number string, at time.Time) error
	// RecordRefund records that refunded has gone back in all. When that is everything, the attempt is Refunded, and an order that was paid with it and not yet
	// sent is cancelled.
	RecordRefund(ctx context.Context, orderID string, refunded money.Amount, at time.Time) error
	// RefuseRefund records that the provider said no to this request to refund, so that the next one has a name of its own.
	RefuseRefund(ctx context.Context, orderID, code string, at time.Time) error

	// ExpireOrders ends up to limit orders whose hold ended and whose outcome is known, and returns how many it ended.
	ExpireOrders(ctx context.Context, at time.Time, limit int) (int, error)
	// DuePayments claims up to limit attempts whose outcome or refund is open, or which are to be looked at again, and puts each off by its own growing
	// pause, so that two workers do not ask at once.
	DuePayments(ctx context.Context, at time.Time, limit int) ([]payment.Payment, error)
	// Recheck makes an attempt due now, if it is open or captured: somebody says that there is news of it.
	Recheck(ctx context.Context, orderID string, at time.Time) error
	// OpenPayments tells how many attempts are in each state that must not last.
	OpenPayments(ctx context.Context) (map[payment.State]Open, error)
}

// Companies says for whom members buy.
type Companies interface {
	// BuyerOf returns for which company the member buys, whatever its status; the zero Buyer where for none.
	BuyerOf(ctx context.Context, member string) (company.Buyer, error)
}

// Open counts attempts in one state; Since is when the oldest came to it.
type Open struct {
	Count int
	Since time.Time
}

// Desk is where people buy. Its members are set before use and not changed after; it is safe for concurrent use.
type Desk struct {
	Carts     *cart.Carts
	Orders    Orders
	Companies Companies // nil: the shop sells to people only
	Provider  payment.Provider
	Policy    delivery.Policy
	HoldFor   time.Duration // how long an unpaid order holds its units
	BaseURL   string        // of the shop, without a slash at the end: where the provider sends the browser back
	Now       func() time.Time
	Warn      func(ctx context.Context, msg string, err error) // something to look at that stopped nobody
}
