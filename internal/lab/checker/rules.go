package checker

// rule is a promise, and a question to the database whose every row breaks it. Rows are texts that name what is wrong; subject is what to look for in histories.
type rule struct{ id, promise, text string }

// rules are asked as an operator would ask: in SQL, of the primary.
var rules = []rule{
	{"S1", "every unit of an SKU is in one place", `SELECT sku FROM stock
		WHERE initial + restocked <> on_hand + reserved + sold - returned OR least(initial, restocked, on_hand, reserved, sold, returned) < 0`},
	{"S1", "reserved units are those of orders that hold them", units("reserved", "'held'")},
	{"S1", "sold units are those of orders that bought them", units("sold", "'sold', 'returned'")},
	{"S1", "returned units are those of orders that gave them back", units("returned", "'returned'")},
	{"S1", "units are where the order's status says", `SELECT number || ' is ' || status || ' with units ' || units FROM orders WHERE NOT (
		(status IN ('awaiting_payment', 'payment_unknown', 'awaiting_deposit') AND units = 'held')
		OR (status IN ('paid', 'preparing', 'shipped', 'delivered', 'completed') AND units = 'sold')
		OR (status = 'cancelled' AND units IN ('released', 'returned')) OR (status = 'expired' AND units = 'released'))`},
	{"S2", "no more is sold and held than there was", `SELECT sku FROM stock WHERE reserved + sold - returned > initial + restocked`},
	{"S2", "no unit stays stranded later than 60 s after its hold ended", `SELECT number || ' is ' || status FROM orders
		WHERE units = 'held' AND status = 'awaiting_payment' AND hold_until < (extract(epoch FROM clock_timestamp()) - 60) * 1000000`},
	{"M2", "a paid order has one captured payment of its total", `SELECT number FROM orders o WHERE status IN ('paid', 'preparing', 'shipped', 'delivered', 'completed')
		AND (SELECT count(*) FROM payment p WHERE p.number = o.number AND p.state = 'captured' AND p.captured = o.total) <> 1`},
	{"M2", "money is kept only for a live order", `SELECT p.order_id || ' of an order that is ' || o.status FROM payment p JOIN orders o USING (number)
		WHERE p.state = 'captured' AND o.status IN ('cancelled', 'expired', 'awaiting_payment', 'payment_unknown')`},
	{"M3", "the lines add up to the subtotal", `SELECT number FROM orders o
		WHERE subtotal <> (SELECT coalesce(sum(l.quantity * l.unit_price), 0) FROM order_line l WHERE l.number = o.number)`},
	{"M3", "total = subtotal + delivery + surcharge = supply value + VAT", `SELECT number FROM orders WHERE total <> subtotal + delivery + surcharge OR total <> supply + vat`},
	{"O2", "the last event tells the status", `SELECT number FROM orders o
		WHERE status <> (SELECT to_status FROM order_event e WHERE e.number = o.number ORDER BY position DESC LIMIT 1)`},
	{"O2", "states move along the graph", `SELECT e.number || ': ' || e.from_status || ' to ' || e.to_status FROM order_event e
		WHERE e.from_status <> coalesce((SELECT b.to_status FROM order_event b WHERE b.number = e.number AND b.position = e.position - 1), '')
		OR (e.from_status, e.to_status) NOT IN (('', 'awaiting_payment'),
			('awaiting_payment', 'payment_unknown'), ('awaiting_payment', 'awaiting_deposit'), ('awaiting_payment', 'paid'), ('awaiting_payment', 'cancelled'), ('awaiting_payment', 'expired'),
			('payment_unknown', 'awaiting_payment'), ('payment_unknown', 'paid'), ('payment_unknown', 'cancelled'), ('payment_unknown', 'expired'),
			('awaiting_deposit', 'paid'), ('awaiting_deposit', 'cancelled'), ('awaiting_deposit', 'expired'), ('paid', 'preparing'), ('paid', 'cancelled'),
			('preparing', 'shipped'), ('preparing', 'cancelled'), ('shipped', 'delivered'), ('delivered', 'completed'))`},
	{"I1", "one key makes one order", `SELECT idem_key FROM orders GROUP BY buyer, idem_key HAVING count(*) > 1`},
	{"W1", "no event waits any more", `SELECT topic || ' ' || subject FROM outbox
		WHERE done_at IS NULL AND created_at < (extract(epoch FROM clock_timestamp()) - 10) * 1000000`}, // holds go on ending during the check
}

func units(column, where string) string {
	return `SELECT s.sku || ': ` + column + ` ' || s.` + column + ` FROM stock s WHERE s.` + column + ` <> coalesce((
		SELECT sum(l.quantity) FROM order_line l JOIN orders o USING (number) WHERE l.sku = s.sku AND o.units IN (` + where + `)), 0)`
}
