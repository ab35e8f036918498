package checkout

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"myclothes/internal/fault"
	"myclothes/internal/lang"
	"myclothes/internal/money"
	"myclothes/internal/order"
	"myclothes/internal/payment"
)

// recordWithin bounds what must still be written after the provider has answered, or has not: the buyer may have left.
const recordWithin = 10 * time.Second

// Confirm asks for the money after the buyer came back from the provider with key, orderID and amount. All three are compared with
// what is stored before anything is asked. It returns the order as it then stands: paid, or payment_unknown where no answer came
// (fault.PaymentUnknown goes with it), or still awaiting payment after a refusal (fault.PaymentRefused). Repeating it asks for nothing twice.
func (d *Desk) Confirm(ctx context.Context, number, orderID, key string, amount money.Amount, tag lang.Tag) (Receipt, error) {
	p, began, err := d.Orders.BeginConfirm(ctx, number, orderID, key, amount, d.Now())
	if err != nil {
		return Receipt{}, err
	}
	if began {
		ctx = context.WithoutCancel(ctx)
		res, asked := d.Provider.Confirm(ctx, payment.Confirm{Key: key, OrderID: orderID, Amount: amount, Lang: tag})
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, recordWithin)
		defer cancel()
		if err := d.record(ctx, p, res, asked); err != nil {
			return Receipt{}, fault.PaymentUnknown.Because("the answer was not recorded: %w", err) // the worker asks again
		}
	}
	return d.outcome(ctx, number, orderID)
}

// outcome reads how the attempt stands and says it in the words of Confirm.
func (d *Desk) outcome(ctx context.Context, number, orderID string) (Receipt, error) {
	r, err := d.Orders.Order(ctx, number)
	if err != nil {
		return Receipt{}, err
	}
	for _, p := range r.Payments {
		if p.OrderID != orderID {
			continue
		}
		switch p.State {
		case payment.Confirming, payment.Unknown:
			return r, fault.PaymentUnknown
		case payment.Refused, payment.Abandoned:
			return r, fault.PaymentRefused.With(map[string]any{"provider_code": p.Refusal})
		}
	}
	return r, nil
}

// record writes down what the provider answered to a question about p.
func (d *Desk) record(ctx context.Context, p payment.Payment, res payment.Result, asked error) error {
	var refused *payment.RefusedError
	switch {
	case errors.As(asked, &refused):
		return d.Orders.RefusePayment(ctx, p.OrderID, refused.Code, d.Now())
	case asked != nil: // ErrNoPayment too: the provider had given it a key, so keys or accounts were mixed up and money may have moved
		d.Warn(ctx, "the outcome of "+p.OrderID+" is not known", asked)
		return d.Orders.DoubtPayment(ctx, p.OrderID, d.Now())
	}
	switch res.Status {
	case payment.AtCaptured:
		return d.Orders.CapturePayment(ctx, p.OrderID, res.Total, d.Now())
	case payment.AtPartial:
		if err := d.Orders.CapturePayment(ctx, p.OrderID, res.Total, d.Now()); err != nil {
			return err
		}
		return d.Orders.RecordRefund(ctx, p.OrderID, res.Total-res.Balance, d.Now())
	case payment.AtAborted, payment.AtExpired, payment.AtRefunded, payment.AtReady:
		return d.Orders.RefusePayment(ctx, p.OrderID, cmp.Or(res.Failure, string(res.Status)), d.Now())
	}
	return d.Orders.DoubtPayment(ctx, p.OrderID, d.Now())
}

// atOnce is how many payments a worker asks about side by side: one that is slow must not keep the others waiting.
const atOnce = 8

// Reconcile asks the provider about attempts that are due: unknown outcomes until they are known, refunds until they are done, captures of which there is
// news. It returns how many it asked about. A single one's failure is warned of and does not stop the others.
func (d *Desk) Reconcile(ctx context.Context) (int, error) {
	due, err := d.Orders.DuePayments(ctx, d.Now(), atOnce)
	if err != nil {
		return 0, err
	}
	var all sync.WaitGroup
	for _, p := range due {
		all.Go(func() {
			if err := d.reconcile(ctx, p); err != nil {
				d.Warn(ctx, p.OrderID+" could not be reconciled", err)
			}
		})
	}
	all.Wait()
	return len(due), ctx.Err()
}

func (d *Desk) reconcile(ctx context.Context, p payment.Payment) error {
	if p.Provider != d.Provider.Name() {
		return errors.New("checkout: its money is with " + p.Provider)
	}
	res, err := d.Provider.Query(ctx, p.OrderID)
	switch {
	case p.Pending():
		// One that still waits for our word is confirmed again, under the same idempotency key: the buyer has agreed and their units are still held.
		if err == nil && res.Status == payment.AtInProgress {
			res, err = d.Provider.Confirm(ctx, payment.Confirm{Key: p.Key, OrderID: p.OrderID, Amount: p.Amount})
		}
		return d.record(ctx, p, res, err)
	case err != nil:
		return err
	case p.State == payment.Refunding && res.Balance > 0:
		return d.refund(ctx, p, res.Balance)
	}
	return d.Orders.RecordRefund(ctx, p.OrderID, res.Total-res.Balance, d.Now())
}

// refund gives back what the provider still holds. While its answer is not known the request keeps its name, so that it happens once; a definite no is
// bound to that name for good (at Toss, for 15 days), so the next request has another.
func (d *Desk) refund(ctx context.Context, p payment.Payment, balance money.Amount) error {
	res, err := d.Provider.Refund(ctx, payment.Refund{Key: p.Key, Amount: balance, Reason: "주문 취소", Token: fmt.Sprintf("%s-refund-%d", p.OrderID, p.RefundNo)})
	var refused *payment.RefusedError
	if errors.As(err, &refused) {
		return errors.Join(err, d.Orders.RefuseRefund(ctx, p.OrderID, refused.Code, d.Now()))
	}
	if err != nil {
		return err
	}
	return d.Orders.RecordRefund(ctx, p.OrderID, res.Total-res.Balance, d.Now())
}

// Cancel ends an order for its buyer and returns it. Money that was captured is on its way back.
func (d *Desk) Cancel(ctx context.Context, number string) (Receipt, error) {
	if err := d.Orders.CancelOrder(ctx, number, d.Now()); err != nil {
		return Receipt{}, err
	}
	return d.Orders.Order(ctx, number)
}

// Expire ends orders that nobody paid in time and returns how many.
func (d *Desk) Expire(ctx context.Context) (int, error) {
	return d.Orders.ExpireOrders(ctx, d.Now(), 100)
}

// Wait says how long a buyer should wait before looking again at an order; 0 when there is nothing to wait for.
func Wait(r Receipt) time.Duration {
	if p := r.Payment(); r.Order.Status == order.PaymentUnknown || p.Pending() {
		return 3 * time.Second
	}
	return 0
}
