package store

import (
	"context"
	"fmt"
)

// audits are questions whose every row is a broken promise. Each returns one text column that says what is wrong.
var audits = []struct{ rule, text string }{
	{"S1: reserved units are those of orders that hold them", unitsAudit("reserved", "'held'")},
	{"S1: sold units are those of orders that bought them", unitsAudit("sold", "'sold', 'returned'")},
	{"S1: returned units are those of orders that gave them back", unitsAudit("returned", "'returned'")},
	{"S1: units are where the order's status says", `SELECT number || ' is ' || status || ' with units ' || units FROM orders WHERE NOT (
		(status IN ('awaiting_payment', 'payment_unknown', 'awaiting_deposit') AND units = 'held')
		OR (status IN ('paid', 'preparing', 'shipped', 'delivered', 'completed') AND units = 'sold')
		OR (status = 'cancelled' AND units IN ('released', 'returned'))
		OR (status = 'expired' AND units = 'released'))`},
	{"M2: a paid order has one captured payment of its total, or owes it", `SELECT number FROM orders o
		 WHERE status IN ('paid', 'preparing', 'shipped', 'delivered', 'completed')
		   AND (SELECT COUNT(*) FROM payment p WHERE p.number = o.number AND (p.state = 'captured' AND p.captured = o.total OR p.state = 'owed' AND p.amount = o.total)) <> 1`},
	{"M2: only companies owe, and no provider knows of it", `SELECT p.order_id FROM payment p JOIN orders o ON o.number = p.number
		 WHERE (p.state = 'owed' OR p.provider = 'account') AND (o.company = '' OR p.provider <> 'account' OR p.method <> 'invoice' OR p.state NOT IN ('owed', 'captured', 'abandoned'))`},
	{"M3: a tax invoice is over its order's supply value and VAT", `SELECT i.number FROM tax_invoice i JOIN orders o ON o.number = i.number
		 WHERE i.supply <> o.supply OR i.vat <> o.vat OR i.company <> o.company`},
	{"a request that was ordered is an order of its company", `SELECT r.id FROM order_request r LEFT JOIN orders o ON o.number = r.number
		 WHERE r.state = 'ordered' AND COALESCE(o.company, '') <> r.company`},
	{"M2: money is kept or owed only for a live order", `SELECT p.order_id FROM payment p JOIN orders o ON o.number = p.number
		 WHERE p.state IN ('captured', 'owed') AND o.status IN ('cancelled', 'expired', 'awaiting_payment', 'payment_unknown')`},
	{"M2: at most one capture per order is kept", `SELECT number FROM payment WHERE state IN ('captured', 'owed') GROUP BY number HAVING COUNT(*) > 1`},
	{"M3: the lines add up to the subtotal", `SELECT o.number FROM orders o
		 WHERE o.subtotal <> (SELECT CAST(COALESCE(SUM(l.quantity * l.unit_price), 0) AS BIGINT) FROM order_line l WHERE l.number = o.number)`},
	{"O2: the last event tells the status", `SELECT o.number FROM orders o WHERE o.status <> (
		SELECT e.to_status FROM order_event e WHERE e.number = o.number ORDER BY e.position DESC LIMIT 1)`},
	{"O2: each event starts where the one before ended", `SELECT e.number || ' event ' || e.position FROM order_event e
		 WHERE e.from_status <> COALESCE((SELECT b.to_status FROM order_event b WHERE b.number = e.number AND b.position = e.position - 1), '')`},
}

func unitsAudit(column, units string) string {
	return `SELECT s.sku || ': ` + column + ` ' || s.` + column + ` FROM stock s WHERE s.` + column + ` <> COALESCE((
		SELECT CAST(SUM(l.quantity) AS BIGINT) FROM order_line l JOIN orders o ON o.number = l.number
		 WHERE l.sku = s.sku AND o.units IN (` + units + `)), 0)`
}

// Audit asks the database whether everything in it agrees and returns what does not: nothing, if the shop kept its invariants. It reads
// whole tables; run it on a quiet database or a small one, since its questions are asked one after another.
func (db *DB) Audit(ctx context.Context) ([]string, error) {
	var broken []string
	for _, a := range audits {
		err := db.reader().each(ctx, now, "audit", a.text, nil, func(s scanner) error {
			var what string
			err := s.Scan(&what)
			broken = append(broken, fmt.Sprintf("%s: %s", a.rule, what))
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return broken, nil
}
