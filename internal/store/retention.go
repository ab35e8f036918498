package store

import (
	"context"
	"time"

	"myclothes/internal/customer"
	"myclothes/internal/session"
)

// Retention erases what the law had kept when its term is over (docs/security.md has the table). It is safe to run on every instance at once.
type Retention struct{ db *DB }

// Retention returns that of this database.
func (db *DB) Retention() *Retention { return &Retention{db} }

// eraseBatch bounds how much one run erases of each kind.
const eraseBatch = 200

// Run erases up to 200 of each kind, and returns how many.
func (r *Retention) Run(ctx context.Context) (int, error) {
	sum := 0
	for _, erase := range []func(context.Context) (int, error){r.nameMembers, r.eraseLeftovers, r.eraseOrders, r.eraseConsents, r.eraseSignIns, r.eraseTraces} {
		n, err := erase(ctx)
		if sum += n; err != nil {
			return sum, err
		}
	}
	return sum, nil
}

// nameMembers fills in under which key the orders of customers are who came before that was noted. Until all are named no order is erased.
func (r *Retention) nameMembers(ctx context.Context) (int, error) {
	var ids []string
	err := r.db.reader().each(ctx, now, "members to name", `SELECT id FROM customer WHERE member_key = '' LIMIT $1`, []any{eraseBatch}, func(s scanner) error {
		var id string
		err := s.Scan(&id)
		ids = append(ids, id)
		return err
	})
	for i, id := range ids {
		if err != nil {
			return i, err
		}
		_, err = r.db.exec(ctx, "name member", `UPDATE customer SET member_key = $2 WHERE id = $1 AND member_key = ''`, id, string(session.MemberKey(id)))
	}
	return len(ids), err
}

// eraseLeftovers takes away what an instance of a version that did not know of it left behind when a customer left, in the middle of a deploy.
func (r *Retention) eraseLeftovers(ctx context.Context) (int, error) {
	var sum int64
	for _, table := range []string{"wish", "passkey", "identity"} {
		n, err := r.db.exec(ctx, "erase leftovers", `DELETE FROM `+table+` WHERE customer IN (SELECT id FROM customer WHERE left_at > $1)`, micros(r.db.now().Add(-leftLately)))
		if sum += n; err != nil {
			return int(sum), err
		}
	}
	return int(sum), nil
}

// leftLately is longer than versions run beside each other.
const leftLately = 7 * 24 * time.Hour

// eraseOrders forgets who bought, of orders whose term is over and whose buyer is no customer any more, or never was one: the data key goes, and with it what is sealed in every backup. What
// was sold for how much stays.
func (r *Retention) eraseOrders(ctx context.Context) (int, error) {
	var numbers []string
	over := micros(customer.ContractTerm.Over(r.db.now()))
	err := r.db.reader().each(ctx, now, "orders to erase",
		`SELECT o.number FROM orders o
		  WHERE o.erased_at = 0 AND o.placed_at < $1
		    AND NOT EXISTS (SELECT 1 FROM order_event e WHERE e.number = o.number AND e.at >= $1)
		    AND NOT EXISTS (SELECT 1 FROM customer c WHERE c.member_key = o.buyer AND c.left_at = 0)
		    AND NOT EXISTS (SELECT 1 FROM customer c WHERE c.member_key = '')
		  ORDER BY o.placed_at LIMIT $2`, []any{over, eraseBatch}, func(s scanner) error {
			var number string
			err := s.Scan(&number)
			numbers = append(numbers, number)
			return err
		})
	for i, number := range numbers {
		if err != nil {
			return i, err
		}
		err = r.eraseOrder(ctx, number)
	}
	return len(numbers), err
}

// eraseOrder leaves an order that is nobody's: whoever claims it with a key of before finds nothing.
func (r *Retention) eraseOrder(ctx context.Context, number string) error {
	return r.db.act(ctx, "erase order", func(t tx) error {
		if _, err := t.exec(ctx, "erase buyer",
			`UPDATE orders SET name = '', phone = '', email = '', recipient = '', to_phone = '', postcode = '', road = '', detail = '', memo = '',
			        data_key = '', sealed = '', phone_index = '', buyer = number, idem_key = '', digest = '', erased_at = $2
			  WHERE number = $1 AND erased_at = 0`, number, micros(r.db.now())); err != nil {
			return err
		}
		_, err := t.exec(ctx, "erase who looked it up", `DELETE FROM order_visitor WHERE number = $1`, number)
		return err
	})
}

// eraseConsents forgets what was withdrawn: advertising after its term, what a contract needed after that of contracts.
func (r *Retention) eraseConsents(ctx context.Context) (int, error) {
	required, args := list([]any{micros(customer.AdvertisingTerm.Over(r.db.now())), micros(customer.ContractTerm.Over(r.db.now())), eraseBatch}, customer.Required)
	n, err := r.db.exec(ctx, "erase consents",
		`DELETE FROM consent WHERE id IN (SELECT id FROM consent WHERE withdrawn_at > 0 AND withdrawn_at < CASE WHEN document IN (`+required+`) THEN CAST($2 AS BIGINT) ELSE CAST($1 AS BIGINT) END LIMIT $3)`, args...)
	return int(n), err
}

// eraseSignIns forgets who signed in when: never a sign-in whose session may still last.
func (r *Retention) eraseSignIns(ctx context.Context) (int, error) {
	before := customer.AccessTerm.Over(r.db.now())
	if lasts := r.db.now().Add(-session.Longest); lasts.Before(before) {
		before = lasts
	}
	n, err := r.db.exec(ctx, "erase sign-ins", `DELETE FROM sign_in WHERE id IN (SELECT id FROM sign_in WHERE seen_at < $1 LIMIT $2)`, micros(before), eraseBatch)
	return int(n), err
}

// eraseTraces forgets that somebody was a customer who left, when nothing of theirs is kept any more.
func (r *Retention) eraseTraces(ctx context.Context) (int, error) {
	n, err := r.db.exec(ctx, "erase traces",
		`DELETE FROM customer WHERE id IN (
		   SELECT c.id FROM customer c WHERE c.left_at > 0 AND c.left_at < $1
		      AND NOT EXISTS (SELECT 1 FROM wish x WHERE x.customer = c.id) AND NOT EXISTS (SELECT 1 FROM passkey x WHERE x.customer = c.id) AND NOT EXISTS (SELECT 1 FROM identity x WHERE x.customer = c.id)
		      AND NOT EXISTS (SELECT 1 FROM consent x WHERE x.customer = c.id) AND NOT EXISTS (SELECT 1 FROM sign_in x WHERE x.customer = c.id)
		      AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.buyer = c.member_key) LIMIT $2)`, micros(customer.ContractTerm.Over(r.db.now())), eraseBatch)
	return int(n), err
}
