package store

import (
	"context"

	"myclothes/internal/customer"
	"myclothes/internal/fault"
)

// Wishes implements customer.Store.
func (c *Customers) Wishes(ctx context.Context, id customer.ID) ([]int64, error) {
	var out []int64
	err := c.db.reader().each(ctx, now, "wishes", `SELECT product_id FROM wish WHERE customer = $1 ORDER BY created_at DESC, product_id DESC`, []any{string(id)}, func(s scanner) error {
		var product int64
		err := s.Scan(&product)
		out = append(out, product)
		return err
	})
	return out, err
}

// Wish implements customer.Store. The customer's row is the lock: two at once must not both be the last that fits.
func (c *Customers) Wish(ctx context.Context, id customer.ID, product int64) error {
	return c.db.act(ctx, "wish", func(t tx) error {
		if err := c.lock(ctx, t, id); err != nil {
			return err
		}
		var has, sold, kept int
		err := t.one(ctx, "wishes so far",
			`SELECT COUNT(*), (SELECT COUNT(*) FROM wish WHERE customer = $1 AND product_id = $2), (SELECT COUNT(*) FROM product WHERE id = $2 AND status <> 'draft') FROM wish WHERE customer = $1`,
			[]any{string(id), product}, &has, &kept, &sold)
		switch {
		case err != nil || kept > 0:
			return err
		case sold == 0:
			return fault.NoSuchPage
		case has >= customer.MaxWishes:
			return customer.TooManyWishes
		}
		_, err = t.exec(ctx, "wish", `INSERT INTO wish (customer, product_id, created_at) VALUES ($1, $2, $3)`, string(id), product, micros(c.db.now()))
		return err
	})
}

// lock has others who change the same customer wait.
func (c *Customers) lock(ctx context.Context, t tx, id customer.ID) error {
	var one int
	return missing(t.one(ctx, "lock customer", `SELECT 1 FROM customer WHERE id = $1 AND left_at = 0`+c.db.dialect.forUpdate, []any{string(id)}, &one))
}

// Unwish implements customer.Store.
func (c *Customers) Unwish(ctx context.Context, id customer.ID, product int64) error {
	_, err := c.db.exec(ctx, "unwish", `DELETE FROM wish WHERE customer = $1 AND product_id = $2`, string(id), product)
	return err
}
