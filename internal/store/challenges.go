package store

import (
	"context"
	"database/sql"
	"errors"

	"myclothes/internal/customer"
)

// Challenge implements customer.Store.
func (c *Customers) Challenge(ctx context.Context, x customer.Challenge) error {
	_, err := c.db.exec(ctx, "challenge", `INSERT INTO challenge (id, visitor, purpose, state, until) VALUES ($1, $2, $3, $4, $5)`, x.ID, x.Visitor, x.Purpose, x.State, micros(x.Until))
	return err
}

// Redeem implements customer.Store. Taking it and seeing that it was there are one statement: of two answers at once, one is heard.
func (c *Customers) Redeem(ctx context.Context, id, visitor, purpose string) (string, error) {
	var state string
	err := c.db.act(ctx, "redeem challenge", func(t tx) error {
		err := t.one(ctx, "redeem challenge", `DELETE FROM challenge WHERE id = $1 AND visitor = $2 AND purpose = $3 AND until > $4 RETURNING state`, []any{id, visitor, purpose, micros(c.db.now())}, &state)
		if errors.Is(err, sql.ErrNoRows) {
			return customer.ChallengeOver
		}
		return err
	})
	return state, err
}
