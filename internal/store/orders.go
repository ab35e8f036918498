package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"myclothes/internal/checkout"
	"myclothes/internal/fault"
	"myclothes/internal/order"
	"myclothes/internal/payment"
	"myclothes/internal/session"
)

func (o *Orders) Placed(ctx context.Context, buyer session.Key, key string) (checkout.Receipt, string, error) {
	var number, digest string
	err := o.db.reader().one(ctx, now, "order by key", `SELECT number, digest FROM orders WHERE buyer = $1 AND idem_key = $2`,
		[]any{string(buyer), key}, &number, &digest)
	if errors.Is(err, sql.ErrNoRows) {
		return checkout.Receipt{}, "", fault.NoSuchPage
	}
	if err != nil {
		return checkout.Receipt{}, "", err
	}
	r, err := o.Order(ctx, number)
	return r, digest, err
}

// Order reads the payments before the order they move, so that it never shows money that the order does not know of yet.
func (o *Orders) Order(ctx context.Context, number string) (checkout.Receipt, error) {
	var r checkout.Receipt
	if err := o.db.reader().each(ctx, now, "order payments", paymentsOf, []any{number}, scanPayments(&r.Payments)); err != nil {
		return checkout.Receipt{}, err
	}
	if err := o.order(ctx, number, &r.Order); err != nil {
		return checkout.Receipt{}, err
	}
	if err := o.lines(ctx, &r.Order); err != nil {
		return checkout.Receipt{}, err
	}
	return r, o.events(ctx, &r.Order)
}

func (o *Orders) Bought(ctx context.Context, number string) (order.Order, error) {
	var x order.Order
	if err := o.order(ctx, number, &x); err != nil {
		return order.Order{}, err
	}
	return x, o.lines(ctx, &x)
}

func (o *Orders) OrderFor(ctx context.Context, number string, visitor session.Key) (checkout.Receipt, error) {
	if err := o.MaySee(ctx, number, visitor); err != nil {
		return checkout.Receipt{}, err
	}
	return o.Order(ctx, number)
}

func (o *Orders) Unpaid(ctx context.Context, visitor session.Key) (string, error) {
	var number string
	err := o.db.reader().one(ctx, now, "unpaid order",
		`SELECT number FROM orders WHERE buyer = $1 AND status IN ('awaiting_payment', 'payment_unknown') ORDER BY placed_at DESC LIMIT 1`,
		[]any{string(visitor)}, &number)
	if errors.Is(err, sql.ErrNoRows) {
		return "", fault.NoSuchPage
	}
	return number, err
}

// grantFor is how long a look-up opens an order: whoever looks on a machine that others use should not leave their address there.
const grantFor = 24 * time.Hour

func (o *Orders) MaySee(ctx context.Context, number string, visitor session.Key) error {
	if visitor == "" {
		return fault.NoSuchPage
	}
	var one int
	err := o.db.reader().one(ctx, now, "may see order",
		`SELECT 1 FROM orders o WHERE o.number = $1
		    AND (o.buyer = $2 OR `+colleague+` OR EXISTS (SELECT 1 FROM order_visitor v WHERE v.number = o.number AND v.visitor = $2 AND v.granted_at > $3))`,
		[]any{number, string(visitor), micros(o.db.now().Add(-grantFor))}, &one)
	if errors.Is(err, sql.ErrNoRows) {
		return fault.NoSuchPage
	}
	return err
}

// colleague is who sees every order o of their company ($2 is their key).
const colleague = `(o.company <> '' AND EXISTS (SELECT 1 FROM company_buyer b WHERE b.visitor = $2 AND b.company = o.company AND (b.approves = 1 OR b.pays = 1)))`

func (o *Orders) LookUp(ctx context.Context, number, phone string, visitor session.Key) error {
	if phone == "" {
		return fault.NoSuchPage
	}
	indexes := []string{"none"}
	if o.db.vault != nil {
		indexes = o.db.vault.Index(phonePurpose, phone)
	}
	in, args := list([]any{number, string(visitor), micros(o.db.now()), phone}, indexes)
	n, err := o.db.exec(ctx, "look up order",
		`INSERT INTO order_visitor (number, visitor, granted_at)
		 SELECT number, CAST($2 AS TEXT), CAST($3 AS BIGINT) FROM orders WHERE number = $1 AND (phone <> '' AND phone = $4 OR phone_index IN (`+in+`))
		 ON CONFLICT (number, visitor) DO UPDATE SET granted_at = excluded.granted_at`, args...)
	if err == nil && n == 0 {
		err = fault.NoSuchPage
	}
	return err
}

func (o *Orders) order(ctx context.Context, number string, x *order.Order) error {
	var placed, hold, due int64
	var k kept
	m := &x.Totals
	err := o.db.reader().one(ctx, now, "order",
		`SELECT number, status, lang, subtotal, delivery, surcharge, total, supply, vat, placed_at, hold_until, company, due_at, `+buyerColumns+` FROM orders WHERE number = $1`, []any{number},
		append([]any{&x.Number, &x.Status, &x.Lang, &m.Subtotal, &m.Delivery, &m.Surcharge, &m.Total, &m.Supply, &m.VAT, &placed, &hold, &x.Company, &due}, k.into()...)...)
	if errors.Is(err, sql.ErrNoRows) {
		return fault.NoSuchPage
	}
	if err != nil {
		return err
	}
	b, err := o.db.buyerOf(k)
	x.Contact, x.Delivery, x.PlacedAt, x.HoldUntil = b.Contact, b.Delivery, fromMicros(placed), fromMicros(hold)
	if due > 0 {
		x.DueAt = fromMicros(due)
	}
	return err
}

func (o *Orders) lines(ctx context.Context, x *order.Order) error {
	return o.db.reader().each(ctx, now, "order lines",
		`SELECT sku, product_id, product_slug, brand_ko, brand_en, name_ko, name_en, color_ko, color_en, size, image, quantity, unit_price, list_price
		   FROM order_line WHERE number = $1 ORDER BY position`, []any{x.Number},
		func(s scanner) error {
			var l order.Line
			err := s.Scan(&l.SKU, &l.ProductID, &l.ProductSlug, &l.Brand.KO, &l.Brand.EN, &l.Name.KO, &l.Name.EN, &l.Color.KO, &l.Color.EN,
				&l.Size, &l.Image, &l.Quantity, &l.UnitPrice, &l.ListPrice)
			x.Lines = append(x.Lines, l)
			return err
		})
}

func (o *Orders) events(ctx context.Context, x *order.Order) error {
	return o.db.reader().each(ctx, now, "order events",
		`SELECT at, from_status, to_status, reason FROM order_event WHERE number = $1 ORDER BY position`, []any{x.Number},
		func(s scanner) error {
			var e order.Event
			var at int64
			err := s.Scan(&at, &e.From, &e.To, &e.Reason)
			e.At = fromMicros(at)
			x.History = append(x.History, e)
			return err
		})
}

const (
	paymentColumns = `order_id, number, provider, method, amount, state, payment_key, checkout_url, captured, refunded, refusal, checks, refund_no, created_at, updated_at`
	paymentsOf     = `SELECT ` + paymentColumns + ` FROM payment WHERE number = $1 ORDER BY created_at, order_id`
)

func scanPayments(out *[]payment.Payment) func(scanner) error {
	return func(s scanner) error {
		var p payment.Payment
		var created, updated int64
		err := s.Scan(&p.OrderID, &p.Order, &p.Provider, &p.Method, &p.Amount, &p.State, &p.Key, &p.CheckoutURL, &p.Captured, &p.Refunded,
			&p.Refusal, &p.Checks, &p.RefundNo, &created, &updated)
		p.CreatedAt, p.UpdatedAt = fromMicros(created), fromMicros(updated)
		*out = append(*out, p)
		return err
	}
}

// OrdersOf implements checkout.Orders, in one statement.
func (o *Orders) OrdersOf(ctx context.Context, buyer session.Key, most int) ([]order.Brief, error) {
	var out []order.Brief
	err := o.db.reader().each(ctx, now, "orders of buyer",
		`SELECT o.number, o.status, o.total, o.placed_at, l.name_ko, l.name_en, l.image, (SELECT COUNT(*) FROM order_line n WHERE n.number = o.number)
		   FROM orders o JOIN order_line l ON l.number = o.number AND l.position = (SELECT MIN(p.position) FROM order_line p WHERE p.number = o.number)
		  WHERE o.buyer = $1 ORDER BY o.placed_at DESC, o.number DESC LIMIT $2`, []any{string(buyer), most}, func(s scanner) error {
			var b order.Brief
			var at int64
			err := s.Scan(&b.Number, &b.Status, &b.Total, &at, &b.First.KO, &b.First.EN, &b.Image, &b.Lines)
			b.PlacedAt = fromMicros(at)
			out = append(out, b)
			return err
		})
	return out, err
}

// Claim makes one buyer's orders, and those that they looked up, another's: what a guest bought before they signed in.
func (o *Orders) Claim(ctx context.Context, from, to session.Key) error {
	return o.db.act(ctx, "claim orders", func(t tx) error {
		if _, err := t.exec(ctx, "claim orders",
			`UPDATE orders SET buyer = $2 WHERE buyer = $1 AND NOT EXISTS (SELECT 1 FROM orders other WHERE other.buyer = $2 AND other.idem_key = orders.idem_key)`,
			string(from), string(to)); err != nil {
			return err
		}
		_, err := t.exec(ctx, "claim looked-up orders",
			`UPDATE order_visitor SET visitor = $2 WHERE visitor = $1 AND NOT EXISTS (SELECT 1 FROM order_visitor other WHERE other.visitor = $2 AND other.number = order_visitor.number)`,
			string(from), string(to))
		return err
	})
}
