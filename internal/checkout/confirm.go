package checkout

import (
	"cmp"
	"context"
	"errors"
	"time"

	"myclothes/internal/fault"
	"myclothes/internal/lang"
	"myclothes/internal/money"
	"myclothes/internal/order"
	"myclothes/internal/payment"
)

// settleWithin bounds what must still be written after the provider has answered, or has not: the buyer may have left.
const settleWithin = 10 * time.Second

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
		if err := d.settle(ctx, p, res, asked); err != nil {
			return Receipt{}, err
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

// settle records what the provider answered to a question about p.
func (d *Desk) settle(ctx context.Context, p payment.Payment, res payment.Result, asked error) error {
	ctx, cancel := context.WithTimeout(ctx, settleWithin)
	defer cancel()
	var refused *payment.RefusedError
	switch {
	case errors.As(asked, &refused):
		return d.Orders.RefusePayment(ctx, p.OrderID, refused.Code, d.Now())
	case errors.Is(asked, payment.ErrNoPayment):
		return d.Orders.RefusePayment(ctx, p.OrderID, "NOT_FOUND_PAYMENT", d.Now())
	case asked != nil:
		d.Warn(ctx, "a payment's outcome is not known", asked)
		return d.Orders.DoubtPayment(ctx, p.OrderID, d.Now())
	}
	switch res.Status {
	case payment.AtCaptured, payment.AtPartial:
		return d.Orders.CapturePayment(ctx, p.OrderID, res.Total, d.Now())
	case payment.AtAborted, payment.AtExpired, payment.AtRefunded, payment.AtReady:
		return d.Orders.RefusePayment(ctx, p.OrderID, cmp.Or(res.Failure, string(res.Status)), d.Now())
	}
	return d.Orders.DoubtPayment(ctx, p.OrderID, d.Now())
}

// Settle asks the provider about every attempt that is due: unknown outcomes until they are known, refunds until they are done. It
// returns how many it asked about. A single one's failure is warned of and does not stop the others.
func (d *Desk) Settle(ctx context.Context) (int, error) {
	due, err := d.Orders.DuePayments(ctx, d.Now(), 50)
	if err != nil {
		return 0, err
	}
	for _, p := range due {
		ask := d.find
		if p.State == payment.Refunding {
			ask = d.refund
		}
		if err := ask(ctx, p); err != nil {
			d.Warn(ctx, "a payment could not be settled", err)
		}
		if ctx.Err() != nil {
			return len(due), ctx.Err()
		}
	}
	return len(due), nil
}

// find learns the outcome of a pending attempt. One that still waits for our word is confirmed again, under the same
// idempotency key: the buyer has agreed and their units are still held.
func (d *Desk) find(ctx context.Context, p payment.Payment) error {
	res, err := d.Provider.Query(ctx, p.OrderID)
	if err == nil && res.Status == payment.AtInProgress {
		res, err = d.Provider.Confirm(ctx, payment.Confirm{Key: p.Key, OrderID: p.OrderID, Amount: p.Amount})
	}
	return d.settle(ctx, p, res, err)
}

// refund gives back all that was captured. It is asked under one token until the provider says that it has happened.
func (d *Desk) refund(ctx context.Context, p payment.Payment) error {
	res, err := d.Provider.Refund(ctx, payment.Refund{Key: p.Key, Amount: p.Captured, Reason: "주문 취소", Token: p.OrderID + "-refund"})
	if err != nil {
		if res, qerr := d.Provider.Query(ctx, p.OrderID); qerr == nil && res.Status == payment.AtRefunded {
			return d.Orders.FinishRefund(ctx, p.OrderID, res.Total-res.Balance, d.Now())
		}
		return err
	}
	if res.Balance != 0 {
		return errors.New("checkout: a refund left a balance of " + res.Balance.Grouped() + " on " + p.OrderID)
	}
	return d.Orders.FinishRefund(ctx, p.OrderID, res.Total-res.Balance, d.Now())
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
