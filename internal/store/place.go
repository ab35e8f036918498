package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/checkout"
	"myclothes/internal/fault"
	"myclothes/internal/money"
	"myclothes/internal/order"
	"myclothes/internal/payment"
)

// Orders keeps orders, what they hold in stock and how they are paid. It is the checkout's Orders.
//
// Every act locks the order's row first and only then looks at payments and stock, and stock always in the order of
// SKUs: so acts on one order come one after another, and acts on different orders never wait for each other in a circle.
type Orders struct{ db *DB }

// Orders returns the orders in this database.
func (db *DB) Orders() *Orders { return &Orders{db} }

var _ checkout.Orders = (*Orders)(nil)

func (o *Orders) PlaceOrder(ctx context.Context, p checkout.Placement) (placed bool, err error) {
	err = o.db.act(ctx, "place order", func(t tx) error {
		placed = false
		fresh, err := insertOrder(ctx, t, p)
		if err != nil || !fresh {
			return err
		}
		if err := buysFor(ctx, t, p); err != nil {
			return err
		}
		if err := holdUnits(ctx, t, p); err != nil {
			return err
		}
		if err := insertLines(ctx, t, &p.Order); err != nil {
			return err
		}
		if err := insertEvent(ctx, t, p.Order.Number, p.Order.History[0]); err != nil {
			return err
		}
		if err := insertPayment(ctx, t, p.Payment); err != nil {
			return err
		}
		placed = true
		return onAccount(ctx, t, p)
	})
	return placed && err == nil, err
}

// insertOrder writes the order's row, or reports false if its number or its buyer's key is taken. On PostgreSQL it waits for
// another transaction that is just writing the same key.
func insertOrder(ctx context.Context, t tx, p checkout.Placement) (bool, error) {
	o := &p.Order
	m := o.Totals
	k, err := t.db.keep(buyer{o.Contact, o.Delivery})
	if err != nil {
		return false, err
	}
	args := []any{o.Number, string(o.Status), string(o.Lang), string(p.Buyer), p.Key, p.Digest,
		int64(m.Subtotal), int64(m.Delivery), int64(m.Surcharge), int64(m.Total), int64(m.Supply), int64(m.VAT), micros(o.PlacedAt), micros(o.HoldUntil),
		o.Company, orZero(o.DueAt)}
	n, err := t.exec(ctx, "insert order",
		`INSERT INTO orders (number, status, units, lang, buyer, idem_key, digest, subtotal, delivery, surcharge, total, supply, vat, placed_at, hold_until, company, due_at, `+buyerColumns+`)
		 VALUES ($1, $2, 'held', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29)
		 ON CONFLICT DO NOTHING`, append(args, k.values()...)...)
	return n == 1, err
}

// holdUnits takes the units of every line from the shelf, if they are there and still cost what the line says.
func holdUnits(ctx context.Context, t tx, p checkout.Placement) error {
	lines := bySKU(p.Order.Lines)
	if err := lockStock(ctx, t, lines); err != nil {
		return err
	}
	today, err := todays(ctx, t, p)
	if err != nil {
		return err
	}
	var few []int64 // products of which pages now say something else
	for _, l := range lines {
		var left int
		err := t.one(ctx, "hold units",
			`UPDATE stock SET on_hand = on_hand - $1, reserved = reserved + $1
			  WHERE sku = $2 AND on_hand >= $1
			    AND EXISTS (SELECT 1 FROM variant v JOIN product p ON p.id = v.product_id
			                 WHERE v.sku = $2 AND v.price = $3 AND p.status = 'on_sale')
			 RETURNING on_hand`,
			[]any{l.Quantity, l.SKU, int64(today(l))}, &left)
		if errors.Is(err, sql.ErrNoRows) {
			return whyNotHeld(ctx, t, l, today(l))
		}
		if err != nil {
			return err
		}
		if left <= catalog.Few {
			few = append(few, l.ProductID)
		}
	}
	return tellAll(ctx, t, few)
}

// lockStock locks the rows of lines that are sorted by SKU. The statement after it then sees prices as they are when the lock was had, not as they
// were when it began to wait for it.
func lockStock(ctx context.Context, t tx, lines []order.Line) error {
	if t.db.dialect.forUpdate == "" {
		return nil // the only writer
	}
	skus := make([]string, len(lines))
	for i, l := range lines {
		skus[i] = l.SKU
	}
	in, args := list(nil, skus)
	return t.each(ctx, "lock stock", `SELECT sku FROM stock WHERE sku IN (`+in+`) ORDER BY sku`+t.db.dialect.forUpdate, args, func(s scanner) error {
		var sku string
		return s.Scan(&sku)
	})
}

// whyNotHeld says which of the conditions of holdUnits was not met.
func whyNotHeld(ctx context.Context, t tx, l order.Line, today money.Amount) error {
	var price, available int64
	var status string
	err := t.one(ctx, "why not held",
		`SELECT v.price, p.status, s.on_hand FROM variant v JOIN product p ON p.id = v.product_id JOIN stock s ON s.sku = v.sku WHERE v.sku = $1`,
		[]any{l.SKU}, &price, &status, &available)
	switch {
	case errors.Is(err, sql.ErrNoRows), err == nil && status != "on_sale":
		return fault.UnknownSKU.With(map[string]any{"sku": l.SKU})
	case err != nil:
		return err
	case price != int64(today):
		return fault.PriceChanged.With(map[string]any{"sku": l.SKU, "was": int64(l.UnitPrice), "now": price})
	}
	return fault.OutOfStock.With(map[string]any{"sku": l.SKU, "available": available}).
		Saying("재고가 부족한 상품이 있어요: "+l.Name.KO+" ("+l.Color.KO+" / "+l.Size+")",
			"There is not enough in stock of: "+l.Name.EN+" ("+l.Color.EN+" / "+l.Size+")")
}

func bySKU(lines []order.Line) []order.Line {
	return slices.SortedFunc(slices.Values(lines), func(a, b order.Line) int { return strings.Compare(a.SKU, b.SKU) })
}

// insertLines writes all lines in one statement.
func insertLines(ctx context.Context, t tx, o *order.Order) error {
	rows := make([]string, len(o.Lines))
	args := make([]any, 0, len(o.Lines)*16)
	for i, l := range o.Lines {
		first := len(args) + 1
		args = append(args, o.Number, i, l.SKU, l.ProductID, l.ProductSlug, l.Brand.KO, l.Brand.EN, l.Name.KO, l.Name.EN,
			l.Color.KO, l.Color.EN, l.Size, l.Image, l.Quantity, int64(l.UnitPrice), int64(l.ListPrice))
		rows[i] = "(" + placeholders(first, len(args)) + ")"
	}
	_, err := t.exec(ctx, "insert order lines",
		`INSERT INTO order_line (number, position, sku, product_id, product_slug, brand_ko, brand_en, name_ko, name_en,
		                         color_ko, color_en, size, image, quantity, unit_price, list_price) VALUES `+strings.Join(rows, ","), args...)
	return err
}

func insertEvent(ctx context.Context, t tx, number string, e order.Event) error {
	t.after.moves = append(t.after.moves, e.To)
	_, err := t.exec(ctx, "insert order event",
		`INSERT INTO order_event (number, position, at, from_status, to_status, reason)
		 SELECT CAST($1 AS TEXT), COALESCE(MAX(position), 0) + 1, CAST($2 AS BIGINT), CAST($3 AS TEXT), CAST($4 AS TEXT), CAST($5 AS TEXT)
		   FROM order_event WHERE number = $1`,
		number, micros(e.At), string(e.From), string(e.To), string(e.Reason))
	return err
}

func insertPayment(ctx context.Context, t tx, p payment.Payment) error {
	_, err := t.exec(ctx, "insert payment",
		`INSERT INTO payment (order_id, number, provider, method, amount, state, payment_key, checkout_url, captured, refunded,
		                      refusal, checks, next_check_at, created_at, updated_at)
		 VALUES ($1, $2, $3, $4, $5, $6, '', '', 0, 0, '', 0, 0, $7, $7)`,
		p.OrderID, p.Order, p.Provider, string(p.Method), int64(p.Amount), string(p.State), micros(p.CreatedAt))
	return err
}

// head is what acts need to know of an order before they move it.
type head struct {
	number    string
	status    order.Status
	units     string
	total     money.Amount
	holdUntil time.Time
	attempts  []payment.Payment
}

// lockOrder locks the order's row until the transaction ends and reads how it stands.
func lockOrder(ctx context.Context, t tx, number string) (head, error) {
	return lockWhere(ctx, t, "number = $1", number)
}

// lockAttempt is lockOrder for the order to which an attempt belongs.
func lockAttempt(ctx context.Context, t tx, orderID string) (head, *payment.Payment, error) {
	h, err := lockWhere(ctx, t, "number = (SELECT number FROM payment WHERE order_id = $1)", orderID)
	if err != nil {
		return h, nil, err
	}
	for i := range h.attempts {
		if h.attempts[i].OrderID == orderID {
			return h, &h.attempts[i], nil
		}
	}
	return h, nil, fault.NoSuchPage
}

func lockWhere(ctx context.Context, t tx, where string, args ...any) (head, error) {
	var h head
	var hold int64
	err := t.one(ctx, "lock order", `SELECT number, status, units, total, hold_until FROM orders WHERE `+where+t.db.dialect.forUpdate,
		args, &h.number, &h.status, &h.units, &h.total, &hold)
	if errors.Is(err, sql.ErrNoRows) {
		return h, fault.NoSuchPage
	}
	if err != nil {
		return h, err
	}
	h.holdUntil = fromMicros(hold)
	err = t.each(ctx, "order payments", paymentsOf, []any{h.number}, scanPayments(&h.attempts))
	return h, err
}

// move brings a locked order to a status, and its units to where they then are.
func (h *head) move(ctx context.Context, t tx, to order.Status, units string, why order.Reason, at time.Time) error {
	if !order.May(h.status, to) {
		return fmt.Errorf("order %s may not move from %s to %s", h.number, h.status, to)
	}
	if err := h.moveUnits(ctx, t, units); err != nil {
		return err
	}
	if _, err := t.exec(ctx, "move order", `UPDATE orders SET status = $1, units = $2 WHERE number = $3`, string(to), units, h.number); err != nil {
		return err
	}
	if err := insertEvent(ctx, t, h.number, order.Event{At: at, From: h.status, To: to, Reason: why}); err != nil {
		return err
	}
	h.status, h.units = to, units
	return nil
}

// The ways that units may go, as changes to the stock of one SKU by the quantity q of the order's line.
var unitMoves = map[[2]string]string{
	{"held", "sold"}:     `reserved = reserved - q, sold = sold + q`,
	{"held", "released"}: `reserved = reserved - q, on_hand = on_hand + q`,
	{"sold", "returned"}: `returned = returned + q, on_hand = on_hand + q`,
}

// moveUnits changes the stock of every line at once. The rows are locked in the order of SKUs before any is changed.
func (h *head) moveUnits(ctx context.Context, t tx, to string) error {
	if h.units == to {
		return nil
	}
	change, ok := unitMoves[[2]string{h.units, to}]
	if !ok {
		return fmt.Errorf("the units of order %s may not go from %s to %s", h.number, h.units, to)
	}
	_, err := t.exec(ctx, "move units",
		`UPDATE stock SET `+change+` FROM (SELECT l.sku AS line, l.quantity AS q FROM order_line l JOIN stock s ON s.sku = l.sku WHERE l.number = $1
		  ORDER BY l.sku`+t.db.dialect.forUpdateOf("s")+`) AS moved WHERE stock.sku = moved.line`, h.number)
	if err != nil || to == "sold" {
		return err
	}
	var back []int64 // products of which there were few
	err = t.each(ctx, "back in stock",
		`SELECT DISTINCT l.product_id FROM order_line l JOIN stock s ON s.sku = l.sku WHERE l.number = $1 AND s.on_hand - l.quantity <= $2`, []any{h.number, catalog.Few}, func(s scanner) error {
			var id int64
			err := s.Scan(&id)
			back = append(back, id)
			return err
		})
	if err != nil {
		return err
	}
	return tellAll(ctx, t, back)
}
