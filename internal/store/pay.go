package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"myclothes/internal/checkout"
	"myclothes/internal/fault"
	"myclothes/internal/money"
	"myclothes/internal/order"
	"myclothes/internal/payment"
)

// asked is how long the worker leaves a payment to the request that asks for the money, before it takes it for lost with its process.
const asked = 20 * time.Second

// maxAttempts bounds how often one order may be tried to be paid.
const maxAttempts = 30

func (o *Orders) AddAttempt(ctx context.Context, number, provider string, m payment.Method, at time.Time) (p payment.Payment, err error) {
	err = o.db.act(ctx, "add attempt", func(t tx) error {
		h, err := lockOrder(ctx, t, number)
		if err != nil {
			return err
		}
		if h.status != order.AwaitingPayment || h.holdsMoney("") {
			return fault.WrongState
		}
		if len(h.attempts) >= maxAttempts {
			return fault.TooManyTries
		}
		p = payment.Payment{OrderID: fmt.Sprintf("%s-%d", number, len(h.attempts)+1), Order: number, Provider: provider, Method: m,
			Amount: h.total, State: payment.Ready, RefundNo: 1, CreatedAt: at, UpdatedAt: at}
		return insertPayment(ctx, t, p)
	})
	return p, err
}

// holdsMoney reports whether money of any attempt but one is or may be with us.
func (h *head) holdsMoney(but string) bool {
	return slices.ContainsFunc(h.attempts, func(p payment.Payment) bool { return p.OrderID != but && p.Holds() })
}

func (o *Orders) Started(ctx context.Context, orderID string, s payment.Started, at time.Time) error {
	_, err := o.db.exec(ctx, "payment started",
		`UPDATE payment SET payment_key = $1, checkout_url = $2, updated_at = $3 WHERE order_id = $4 AND payment_key = ''`,
		s.Key, s.CheckoutURL, micros(at), orderID)
	return err
}

func (o *Orders) BeginConfirm(ctx context.Context, number, orderID, key string, amount money.Amount, at time.Time) (p payment.Payment, began bool, err error) {
	err = o.db.act(ctx, "begin confirm", func(t tx) error {
		began = false
		h, a, err := lockAttempt(ctx, t, orderID)
		if errors.Is(err, fault.NoSuchPage) || (err == nil && h.number != number) {
			return fault.BadRequest.At("orderId", "이 주문의 결제가 아니에요.", "This payment does not belong to the order.")
		}
		if err != nil {
			return err
		}
		if a.Key == "" || key != a.Key || amount != a.Amount {
			return fault.BadRequest.Saying("결제 정보가 주문과 달라요. 결제하지 않았어요.", "The payment does not match the order. Nothing was charged.").
				At("paymentKey", "주문과 다른 결제예요.", "Not this order's payment.")
		}
		p = *a
		if a.State != payment.Ready && a.State != payment.Abandoned {
			return nil
		}
		if h.status != order.AwaitingPayment || h.holdsMoney("") {
			return fault.WrongState.Saying("결제 시간이 지났거나 이미 끝난 주문이에요. 결제하지 않았어요.", "The time to pay has passed, or the order is already settled. Nothing was charged.")
		}
		began = true
		p.State = payment.Confirming
		return setState(ctx, t, orderID, payment.Confirming, at, at.Add(asked))
	})
	return p, began && err == nil, err
}

func awaitsMoney(s order.Status) bool { return s == order.AwaitingPayment || s == order.PaymentUnknown }

func setState(ctx context.Context, t tx, orderID string, s payment.State, at, next time.Time) error {
	_, err := t.exec(ctx, "set payment state", `UPDATE payment SET state = $1, updated_at = $2, next_check_at = $3, checks = 0 WHERE order_id = $4`,
		string(s), micros(at), micros(next), orderID)
	return err
}

func (o *Orders) CapturePayment(ctx context.Context, orderID string, amount money.Amount, at time.Time) error {
	return o.db.act(ctx, "capture payment", func(t tx) error {
		h, p, err := lockAttempt(ctx, t, orderID)
		if err != nil || p.Captured > 0 {
			return err
		}
		wanted := awaitsMoney(h.status) && !h.holdsMoney(orderID)
		good := wanted && amount == p.Amount
		state := payment.Refunding
		if good {
			state = payment.Captured
		}
		if _, err := t.exec(ctx, "capture payment",
			`UPDATE payment SET state = $1, captured = $2, updated_at = $3, next_check_at = $3, checks = 0 WHERE order_id = $4`,
			string(state), int64(amount), micros(at), orderID); err != nil {
			return err
		}
		switch {
		case good:
			if err := h.move(ctx, t, order.Paid, "sold", order.ByPayment, at); err != nil {
				return err
			}
			return emit(ctx, t, order.TopicPaid, h.number, at)
		case wanted: // the wrong amount: the order cannot be paid with it
			return h.end(ctx, t, order.Cancelled, order.ByWrongCapture, at)
		}
		return nil
	})
}

func (o *Orders) RefusePayment(ctx context.Context, orderID, code string, at time.Time) error {
	return o.db.act(ctx, "refuse payment", func(t tx) error {
		h, p, err := lockAttempt(ctx, t, orderID)
		if err != nil || !p.Pending() {
			return err
		}
		if _, err := t.exec(ctx, "refuse payment", `UPDATE payment SET state = $1, refusal = $2, updated_at = $3 WHERE order_id = $4`,
			string(payment.Refused), code, micros(at), orderID); err != nil {
			return err
		}
		switch {
		case awaitsMoney(h.status) && !at.Before(h.holdUntil):
			return h.end(ctx, t, order.Expired, order.ByTime, at)
		case h.status == order.PaymentUnknown:
			return h.move(ctx, t, order.AwaitingPayment, h.units, order.ByRefusal, at)
		}
		return nil
	})
}

func (o *Orders) RefuseStart(ctx context.Context, orderID, code string, at time.Time) error {
	_, err := o.db.exec(ctx, "refuse start", `UPDATE payment SET state = 'refused', refusal = $1, updated_at = $2 WHERE order_id = $3 AND state = 'ready' AND payment_key = ''`,
		code, micros(at), orderID)
	return err
}

func (o *Orders) DoubtPayment(ctx context.Context, orderID string, at time.Time) error {
	return o.db.act(ctx, "doubt payment", func(t tx) error {
		h, p, err := lockAttempt(ctx, t, orderID)
		if err != nil || p.State != payment.Confirming {
			return err
		}
		if err := setState(ctx, t, orderID, payment.Unknown, at, at.Add(time.Second)); err != nil {
			return err
		}
		if h.status != order.AwaitingPayment {
			return nil
		}
		return h.move(ctx, t, order.PaymentUnknown, h.units, order.ByNoAnswer, at)
	})
}

func (o *Orders) CancelOrder(ctx context.Context, number string, at time.Time) error {
	return o.db.act(ctx, "cancel order", func(t tx) error {
		h, err := lockOrder(ctx, t, number)
		if err != nil {
			return err
		}
		if h.status == order.Cancelled {
			return nil // twice is once
		}
		if !h.status.Cancellable() || h.pending() {
			return fault.NotCancellable
		}
		if h.received() {
			return fault.NotCancellable.Saying("입금이 확인된 후불 주문이에요. 고객센터로 알려 주시면 취소하고 돌려드려요.", "Your transfer for this order has arrived. Please tell us, and we cancel it and send the money back.")
		}
		if _, err := t.exec(ctx, "refund payments",
			`UPDATE payment SET state = 'refunding', updated_at = $1, next_check_at = $1, checks = 0 WHERE number = $2 AND state = 'captured'`,
			micros(at), number); err != nil {
			return err
		}
		return h.end(ctx, t, order.Cancelled, order.ByBuyer, at)
	})
}

// pending reports whether the outcome of any attempt is not known.
func (h *head) pending() bool {
	return slices.ContainsFunc(h.attempts, func(p payment.Payment) bool { return p.Pending() })
}

// end closes an order that will not be sent: its units go back to the shelf and its open attempts are abandoned.
func (h *head) end(ctx context.Context, t tx, to order.Status, why order.Reason, at time.Time) error {
	units, topic := "released", order.TopicExpired
	if h.units == "sold" {
		units = "returned"
	}
	if to == order.Cancelled {
		topic = order.TopicCancelled
	}
	if err := h.move(ctx, t, to, units, why, at); err != nil {
		return err
	}
	if _, err := t.exec(ctx, "abandon payments", `UPDATE payment SET state = 'abandoned', updated_at = $1 WHERE number = $2 AND state IN ('ready', 'owed')`,
		micros(at), h.number); err != nil {
		return err
	}
	if err := dropTaxInvoice(ctx, t, h.number); err != nil {
		return err
	}
	return emit(ctx, t, topic, h.number, at)
}

func (o *Orders) RefuseRefund(ctx context.Context, orderID, code string, at time.Time) error {
	_, err := o.db.exec(ctx, "refuse refund", `UPDATE payment SET refund_no = refund_no + 1, refusal = $1, updated_at = $2 WHERE order_id = $3 AND state = 'refunding'`,
		code, micros(at), orderID)
	return err
}

func (o *Orders) RecordRefund(ctx context.Context, orderID string, refunded money.Amount, at time.Time) error {
	return o.db.act(ctx, "record refund", func(t tx) error {
		h, p, err := lockAttempt(ctx, t, orderID)
		if err != nil || p.Captured == 0 {
			return err
		}
		state := p.State
		if refunded == p.Captured {
			state = payment.Refunded
		}
		if _, err := t.exec(ctx, "record refund", `UPDATE payment SET state = $1, refunded = $2, recheck = 0, updated_at = $3 WHERE order_id = $4`,
			string(state), int64(refunded), micros(at), orderID); err != nil {
			return err
		}
		if p.State == payment.Captured && state == payment.Refunded && order.May(h.status, order.Cancelled) {
			return h.end(ctx, t, order.Cancelled, order.ByProvider, at) // all of it went back without us
		}
		return nil
	})
}

func (o *Orders) ExpireOrders(ctx context.Context, at time.Time, limit int) (int, error) {
	var due []string
	err := o.db.reader().each(ctx, now, "due orders",
		`SELECT number FROM orders o WHERE status = 'awaiting_payment' AND hold_until <= $1
		    AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.number = o.number AND p.state IN ('confirming', 'unknown'))
		  ORDER BY hold_until LIMIT $2`, []any{micros(at), limit},
		func(s scanner) error {
			var n string
			err := s.Scan(&n)
			due = append(due, n)
			return err
		})
	ended, errs := 0, []error{err}
	for _, number := range due {
		did := false
		errs = append(errs, o.db.act(ctx, "expire order", func(t tx) (err error) {
			did, err = expire(ctx, t, number, at)
			return err
		}))
		if did {
			ended++
		}
	}
	return ended, errors.Join(errs...) // one that cannot end must not keep the others from ending
}

func expire(ctx context.Context, t tx, number string, at time.Time) (bool, error) {
	h, err := lockOrder(ctx, t, number)
	if err != nil || h.status != order.AwaitingPayment || at.Before(h.holdUntil) || h.pending() {
		return false, err
	}
	return true, h.end(ctx, t, order.Expired, order.ByTime, at)
}

// DuePayments puts each claimed attempt off by 30, 60, then 120 seconds: longer than asking takes, so that the next worker finds it done.
func (o *Orders) DuePayments(ctx context.Context, at time.Time, limit int) (due []payment.Payment, err error) {
	err = o.db.act(ctx, "due payments", func(t tx) error {
		due = nil
		if err := t.each(ctx, "due payments",
			`SELECT `+paymentColumns+` FROM payment WHERE (state IN ('confirming', 'unknown', 'refunding') OR recheck = 1) AND next_check_at <= $1
			  ORDER BY next_check_at LIMIT $2`+t.db.dialect.skipLocked, []any{micros(at), limit}, scanPayments(&due)); err != nil {
			return err
		}
		for _, p := range due {
			next := at.Add(30 * time.Second << min(p.Checks, 2))
			if _, err := t.exec(ctx, "put payment off", `UPDATE payment SET checks = checks + 1, next_check_at = $1 WHERE order_id = $2`,
				micros(next), p.OrderID); err != nil {
				return err
			}
		}
		return nil
	})
	return due, err
}

// Recheck looks before it writes: webhooks come for every payment, most of them for what we did ourselves a moment ago.
func (o *Orders) Recheck(ctx context.Context, orderID string, at time.Time) error {
	var one int
	err := o.db.reader().one(ctx, now, "payment to recheck", `SELECT 1 FROM payment WHERE order_id = $1 AND `+recheckable, []any{orderID, micros(at)}, &one)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = o.db.exec(ctx, "recheck payment", `UPDATE payment SET next_check_at = $2, checks = 0, recheck = CASE state WHEN 'captured' THEN 1 ELSE recheck END
		 WHERE order_id = $1 AND `+recheckable, orderID, micros(at))
	return err
}

// recheckable attempts are open and not due yet at $2, or captured. News of a capture that we have just recorded is our own.
const recheckable = `((state IN ('unknown', 'refunding') AND next_check_at > $2) OR (state = 'captured' AND provider <> 'account' AND recheck = 0 AND updated_at < $2 - 5000000))`

// OpenPayments counts the attempts in each state that must not last, and since when the oldest is in it.
func (o *Orders) OpenPayments(ctx context.Context) (map[payment.State]checkout.Open, error) {
	out := map[payment.State]checkout.Open{}
	err := o.db.reader().each(ctx, now, "open payments",
		`SELECT state, COUNT(*), MIN(updated_at) FROM payment WHERE state IN ('confirming', 'unknown', 'refunding') GROUP BY state`, nil,
		func(s scanner) error {
			var state payment.State
			var n int
			var since int64
			err := s.Scan(&state, &n, &since)
			out[state] = checkout.Open{Count: n, Since: fromMicros(since)}
			return err
		})
	return out, err
}
