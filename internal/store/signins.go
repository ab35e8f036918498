package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"myclothes/internal/customer"
	"myclothes/internal/seal"
	"myclothes/internal/session"
)

// SignedIn implements customer.Store.
func (c *Customers) SignedIn(ctx context.Context, id customer.ID, device string) (string, error) {
	name := seal.NewID()
	_, err := c.db.exec(ctx, "file sign-in", `INSERT INTO sign_in (id, customer, device, created_at, seen_at) VALUES ($1, $2, $3, $4, $4)`,
		name, string(id), device, micros(c.db.now()))
	return name, err
}

// Valid implements customer.Store.
func (c *Customers) Valid(ctx context.Context, id customer.ID, signIn string) (bool, error) {
	var seen int64
	err := c.db.reader().one(ctx, now, "sign-in", `SELECT seen_at FROM sign_in WHERE id = $1 AND customer = $2 AND ended_at = 0`, []any{signIn, string(id)}, &seen)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err == nil && c.db.now().Sub(fromMicros(seen)) > time.Hour {
		_, err = c.db.exec(ctx, "see sign-in", `UPDATE sign_in SET seen_at = $2 WHERE id = $1 AND seen_at < $2`, signIn, micros(c.db.now()))
	}
	return err == nil, err
}

// SignIns implements customer.Store. The latest comes first.
func (c *Customers) SignIns(ctx context.Context, id customer.ID) ([]customer.SignIn, error) {
	var out []customer.SignIn
	err := c.db.reader().each(ctx, now, "sign-ins",
		`SELECT id, device, created_at, seen_at FROM sign_in WHERE customer = $1 AND ended_at = 0 AND seen_at > $2 ORDER BY seen_at DESC, id LIMIT 100`,
		[]any{string(id), micros(c.db.now().Add(-session.Idle - time.Hour))}, func(s scanner) error {
			var one customer.SignIn
			var at, seen int64
			err := s.Scan(&one.ID, &one.Device, &at, &seen)
			one.At, one.Seen = fromMicros(at), fromMicros(seen)
			out = append(out, one)
			return err
		})
	return out, err
}

// End implements customer.Store.
func (c *Customers) End(ctx context.Context, id customer.ID, signIn, keep string) error {
	return c.db.act(ctx, "end sign-in", func(t tx) error { return c.end(ctx, t, id, signIn, keep) })
}

func (c *Customers) end(ctx context.Context, t tx, id customer.ID, signIn, keep string) error {
	_, err := t.exec(ctx, "end sign-in", `UPDATE sign_in SET ended_at = $4 WHERE customer = $1 AND ended_at = 0 AND ($2 = '' OR id = $2) AND id <> $3`,
		string(id), signIn, keep, micros(c.db.now()))
	return err
}

// Consents implements customer.Store. The latest comes first.
func (c *Customers) Consents(ctx context.Context, id customer.ID) ([]customer.Consent, error) {
	var out []customer.Consent
	err := c.db.reader().each(ctx, now, "consents", `SELECT document, version, given_at, withdrawn_at FROM consent WHERE customer = $1 ORDER BY given_at DESC, id`, []any{string(id)},
		func(s scanner) error {
			var one customer.Consent
			var given, withdrawn int64
			err := s.Scan(&one.Document, &one.Version, &given, &withdrawn)
			if one.Given = fromMicros(given); withdrawn > 0 {
				one.Withdrawn = fromMicros(withdrawn)
			}
			out = append(out, one)
			return err
		})
	return out, err
}

// Agree implements customer.Store.
func (c *Customers) Agree(ctx context.Context, id customer.ID, d customer.Document, given bool) error {
	return c.db.act(ctx, "agree", func(t tx) error {
		// The customer's row is the lock: two clicks at once must not add two rows.
		if err := c.lock(ctx, t, id); err != nil {
			return err
		}
		if given {
			return c.agree(ctx, t, id, d)
		}
		_, err := t.exec(ctx, "withdraw consent", `UPDATE consent SET withdrawn_at = $3 WHERE customer = $1 AND document = $2 AND withdrawn_at = 0`, string(id), string(d), micros(c.db.now()))
		return err
	})
}

func (c *Customers) agree(ctx context.Context, t tx, id customer.ID, d customer.Document) error {
	_, err := t.exec(ctx, "give consent",
		`INSERT INTO consent (id, customer, document, version, given_at) SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS TEXT), CAST($5 AS BIGINT)
		  WHERE NOT EXISTS (SELECT 1 FROM consent WHERE customer = $2 AND document = $3 AND withdrawn_at = 0)`,
		seal.NewID(), string(id), string(d), customer.Version, micros(c.db.now()))
	return err
}
