package store

import (
	"context"
	"time"

	"myclothes/internal/company"
	"myclothes/internal/customer"
	"myclothes/internal/fault"
)

// Leave implements customer.Store.
func (c *Customers) Leave(ctx context.Context, id customer.ID) error {
	return c.db.act(ctx, "leave", func(t tx) error {
		at := micros(c.db.now())
		n, err := t.exec(ctx, "erase customer",
			`UPDATE customer SET mail_index = id, data_key = '', sealed = '', password = '', version = version + 1, left_at = $2 WHERE id = $1 AND left_at = 0`, string(id), at)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.NoSuchPage
		}
		for name, text := range map[string]string{
			"erase wishes":       `DELETE FROM wish WHERE customer = $1`,
			"erase passkeys":     `DELETE FROM passkey WHERE customer = $1`,
			"erase identities":   `DELETE FROM identity WHERE customer = $1`,
			"erase addresses":    `DELETE FROM address WHERE customer = $1`,
			"erase applications": `DELETE FROM application WHERE customer = $1`,
			"erase buyer":        `DELETE FROM company_buyer WHERE customer = $1`,
			"erase requests":     `DELETE FROM order_request WHERE customer = $1`,
		} {
			if _, err := t.exec(ctx, name, text, string(id)); err != nil {
				return err
			}
		}
		if err := c.end(ctx, t, id, "", ""); err != nil { // that they signed in is kept for its term
			return err
		}
		_, err = t.exec(ctx, "withdraw consents", `UPDATE consent SET withdrawn_at = $2 WHERE customer = $1 AND withdrawn_at = 0`, string(id), at)
		return err
	})
}

// requestKept is how long a request for an order stays after it was decided: an order has all of it.
const requestKept = 90 * 24 * time.Hour

// Sweep deletes up to 500 applications, invitations, challenges, requests for orders and rates that are over, and returns how many.
func (c *Customers) Sweep(ctx context.Context) (int, error) {
	var sum int64
	at := c.db.now()
	for _, s := range []struct {
		name, text string
		before     time.Time
	}{
		{"sweep applications", `DELETE FROM application WHERE id IN (SELECT id FROM application WHERE created_at < $1 LIMIT 500)`, at.Add(-customer.ApplicationKept)},
		{"sweep challenges", `DELETE FROM challenge WHERE id IN (SELECT id FROM challenge WHERE until < $1 LIMIT 500)`, at},
		{"sweep invitations", `DELETE FROM company_invitation WHERE id IN (SELECT id FROM company_invitation WHERE created_at < $1 LIMIT 500)`, at.Add(-company.InvitationKept)},
		{"sweep requests", `DELETE FROM order_request WHERE id IN (SELECT id FROM order_request WHERE decided_at > 0 AND decided_at < $1 LIMIT 500)`, at.Add(-requestKept)},
		{"sweep rates", `DELETE FROM rate WHERE name IN (SELECT name FROM rate WHERE due_at < $1 LIMIT 500) AND due_at < $1`, at},
	} {
		n, err := c.db.exec(ctx, s.name, s.text, micros(s.before))
		if sum += n; err != nil {
			return int(sum), err
		}
	}
	return int(sum), nil
}

// Rewrap closes up to 200 data keys and files up to 200 mails anew that are not under the first of the vault's keys, and returns how many: after a rotation, until there is none.
func (c *Customers) Rewrap(ctx context.Context) (int, error) {
	first := c.vault.First()
	type row struct{ id, dataKey, text string }
	var rows []row
	err := c.db.reader().each(ctx, now, "customers to rewrap", `SELECT id, data_key, sealed FROM customer WHERE left_at = 0 AND mail_index NOT LIKE $1 LIMIT 200`, []any{first + ":%"},
		func(s scanner) error {
			var r row
			err := s.Scan(&r.id, &r.dataKey, &r.text)
			rows = append(rows, r)
			return err
		})
	if err != nil {
		return 0, err
	}
	for i, r := range rows {
		again, _, err := c.vault.Rewrap(r.dataKey)
		var p person
		if err == nil { // first: a customer whose mail is filed anew is not looked at again
			err = c.reindex(ctx, r.id, r.dataKey)
		}
		if err == nil {
			err = c.open(r.dataKey, personPurpose, r.text, &p)
		}
		if err == nil {
			_, err = c.db.exec(ctx, "rewrap customer", `UPDATE customer SET data_key = $2, mail_index = $3 WHERE id = $1 AND data_key = $4 AND sealed = $5`,
				r.id, again, c.indexes(p.Email)[0], r.dataKey, r.text)
		}
		if err != nil {
			return i, err
		}
	}
	return len(rows), nil
}
