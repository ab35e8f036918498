package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"myclothes/internal/checkout"
	"myclothes/internal/company"
	"myclothes/internal/fault"
	"myclothes/internal/money"
	"myclothes/internal/order"
	"myclothes/internal/payment"
)

// buysFor refuses what is ordered for a company by somebody who may not, what would be owed beyond its limit, and what was asked for and is decided already. An order on account
// locks the company's row until it is written, so that two at once cannot both fit into what is left of the limit.
func buysFor(ctx context.Context, t tx, p checkout.Placement) error {
	if p.Order.Company == "" {
		if p.Payment.State == payment.Owed || p.Request != "" {
			return company.NotYours // the company's approval ended since
		}
		return nil
	}
	lock := ""
	if p.Payment.State == payment.Owed {
		lock = t.db.dialect.forUpdateOf("c")
	}
	var limit money.Amount
	var r roles
	err := t.one(ctx, "buyer of company",
		`SELECT c.credit_limit, b.buys, b.approves, b.pays FROM company c JOIN company_buyer b ON b.company = c.id
		  WHERE c.id = $1 AND c.status = 'approved' AND b.customer = $2`+lock, []any{p.Order.Company, p.Member}, &limit, &r[0], &r[1], &r[2])
	if errors.Is(err, sql.ErrNoRows) {
		return company.NotYours
	}
	if err != nil {
		return err
	}
	if has := r.roles(); !has.MayOrder() || p.Request != "" && !has.Approves {
		return company.NotYours
	}
	if p.Payment.State == payment.Owed {
		if err := fits(ctx, t, p.Order.Company, limit, p.Order.Totals.Total); err != nil {
			return err
		}
	}
	return answered(ctx, t, p)
}

// owedBy is what a company owes: its open orders on account.
const owedBy = `SELECT CAST(COALESCE(SUM(p.amount), 0) AS BIGINT) FROM orders o JOIN payment p ON p.number = o.number AND p.state = 'owed' WHERE o.company = $1`

// fits refuses what would bring a locked company's debt above its limit.
func fits(ctx context.Context, t tx, id string, limit, more money.Amount) error {
	var owed money.Amount
	if err := t.one(ctx, "owed by company", owedBy, []any{id}, &owed); err != nil {
		return err
	}
	if owed+more <= limit {
		return nil
	}
	left := max(0, limit-owed)
	return fault.CreditLimit.With(map[string]any{"limit": int64(limit), "owed": int64(owed), "left": int64(left)}).
		Saying("후불 한도를 넘는 주문이에요. 지금 쓸 수 있는 한도는 "+left.In("ko")+"이에요.", "This order goes beyond your company's credit limit. "+left.In("en")+" of it are left.")
}

// answered closes the request that the order answers.
func answered(ctx context.Context, t tx, p checkout.Placement) error {
	if p.Request == "" {
		return nil
	}
	n, err := t.exec(ctx, "request ordered", `UPDATE order_request SET state = 'ordered', number = $3, decided_at = $4 WHERE id = $1 AND company = $2 AND state = 'open'`,
		p.Request, p.Order.Company, p.Order.Number, micros(p.Order.PlacedAt))
	if err == nil && n == 0 {
		err = fault.WrongState
	}
	return err
}

// todays returns what everybody is asked for each line now, which holding compares once more. For a company the price of each line is compared here with that of its list, by the
// rule that every page asks.
func todays(ctx context.Context, t tx, p checkout.Placement) (func(order.Line) money.Amount, error) {
	if p.Order.Company == "" {
		return func(l order.Line) money.Amount { return l.UnitPrice }, nil
	}
	skus := make([]string, len(p.Order.Lines))
	for i, l := range p.Order.Lines {
		skus[i] = l.SKU
	}
	offers, err := offers(ctx, t.fresh, p.Member, skus)
	if err != nil {
		return nil, err
	}
	for _, l := range p.Order.Lines {
		o, ok := offers[l.SKU]
		switch now := o.For(l.Quantity).Price; {
		case !ok:
			return nil, fault.UnknownSKU.With(map[string]any{"sku": l.SKU})
		case o.Deal.Company != p.Order.Company || now != l.UnitPrice:
			return nil, fault.PriceChanged.With(map[string]any{"sku": l.SKU, "was": int64(l.UnitPrice), "now": int64(now)})
		case l.Quantity < o.Deal.Least:
			return nil, fault.TooFew.With(map[string]any{"sku": l.SKU, "minimum": o.Deal.Least})
		}
	}
	return func(l order.Line) money.Amount { return offers[l.SKU].Price }, nil
}

// onAccount lets an order that is owed be packed: it is paid, as far as the goods are concerned.
func onAccount(ctx context.Context, t tx, p checkout.Placement) error {
	if p.Payment.State != payment.Owed {
		return nil
	}
	h := head{number: p.Order.Number, status: order.AwaitingPayment, units: "held", total: p.Order.Totals.Total}
	if err := h.move(ctx, t, order.Paid, "sold", order.ByAccount, p.Order.PlacedAt); err != nil {
		return err
	}
	return emit(ctx, t, order.TopicOnAccount, h.number, p.Order.PlacedAt)
}

// ReceiveTransfer records that a company paid what it owed for an order, to the won; fault.WrongState where nothing is owed for it, or another amount. Repeating it changes nothing.
func (o *Orders) ReceiveTransfer(ctx context.Context, number string, amount money.Amount, at time.Time) error {
	return o.db.act(ctx, "receive transfer", func(t tx) error {
		h, err := lockOrder(ctx, t, number)
		if err != nil {
			return err
		}
		for _, p := range h.attempts {
			switch {
			case p.Provider == payment.OnAccount && p.State == payment.Captured && p.Captured == amount:
				return nil
			case p.State == payment.Owed && p.Amount == amount:
				_, err := t.exec(ctx, "receive transfer", `UPDATE payment SET state = 'captured', captured = $2, updated_at = $3 WHERE order_id = $1`, p.OrderID, int64(amount), micros(at))
				return err
			case p.State == payment.Owed:
				return fault.WrongState.Saying("받을 금액은 "+p.Amount.In("ko")+"이에요.", p.Amount.In("en")+" is owed for this order.")
			}
		}
		return fault.WrongState.Saying("받을 금액이 없는 주문이에요.", "Nothing is owed for this order.")
	})
}

// received reports whether a transfer was received for the order.
func (h *head) received() bool {
	for _, p := range h.attempts {
		if p.Provider == payment.OnAccount && p.Captured > 0 {
			return true
		}
	}
	return false
}

// dropTaxInvoice takes back the request for an order's tax invoice, or says that the one that was passed on must be corrected.
func dropTaxInvoice(ctx context.Context, t tx, number string) error {
	_, err := t.exec(ctx, "drop tax invoice",
		`UPDATE tax_invoice SET state = CASE state WHEN 'requested' THEN 'withdrawn' ELSE 'to_correct' END WHERE number = $1 AND state IN ('requested', 'exported')`, number)
	return err
}
