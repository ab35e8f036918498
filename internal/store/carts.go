package store

import (
	"context"
	"time"

	"myclothes/internal/cart"
	"myclothes/internal/fault"
	"myclothes/internal/session"
)

// Carts is the home "database": carts live in two tables and survive every instance. It promises all that cart.Home asks;
// a change is kept until KeepCarts after the last one.
type Carts struct{ db *DB }

// KeepCarts is how long a cart that nobody changes is kept.
const KeepCarts = 90 * 24 * time.Hour

// Carts returns the home of carts in this database.
func (db *DB) Carts() *Carts { return &Carts{db} }

var _ cart.Home = (*Carts)(nil)

func (c *Carts) Name() string { return "database" }

const cartLines = `SELECT sku, quantity FROM cart_line WHERE visitor = $1 ORDER BY position, sku`

func (c *Carts) Open(ctx context.Context, carried cart.Carried) (cart.Cart, error) {
	if carried.Visitor == "" {
		return cart.Cart{}, nil
	}
	var out cart.Cart
	err := c.db.reader().each(ctx, now, "cart", cartLines, []any{string(carried.Visitor.Key())}, scanLines(&out))
	return out, err
}

func scanLines(out *cart.Cart) func(scanner) error {
	return func(s scanner) error {
		var l cart.Line
		err := s.Scan(&l.SKU, &l.Quantity)
		out.Lines = append(out.Lines, l)
		return err
	}
}

func (c *Carts) Add(ctx context.Context, carried cart.Carried, sku string, n int) (cart.Cart, cart.Carried, error) {
	if err := cart.CheckAdd(n); err != nil {
		return cart.Cart{}, carried, err
	}
	return c.change(ctx, carried, func(t tx, visitor string) error {
		return putLine(ctx, t, visitor, sku, n, "cart_line.quantity + excluded.quantity")
	})
}

func (c *Carts) Set(ctx context.Context, carried cart.Carried, sku string, n int) (cart.Cart, cart.Carried, error) {
	if err := cart.CheckSet(n); err != nil {
		return cart.Cart{}, carried, err
	}
	return c.change(ctx, carried, func(t tx, visitor string) error {
		if n == 0 {
			_, err := t.exec(ctx, "remove cart line", `DELETE FROM cart_line WHERE visitor = $1 AND sku = $2`, visitor, sku)
			return err
		}
		return putLine(ctx, t, visitor, sku, n, "excluded.quantity")
	})
}

// Take needs no transaction: a line is one row.
func (c *Carts) Take(ctx context.Context, carried cart.Carried, lines []cart.Line) (cart.Carried, error) {
	visitor := string(carried.Visitor.Key())
	for _, l := range lines {
		n, err := c.db.exec(ctx, "take whole cart line", `DELETE FROM cart_line WHERE visitor = $1 AND sku = $2 AND quantity <= $3`, visitor, l.SKU, l.Quantity)
		if err == nil && n == 0 {
			_, err = c.db.exec(ctx, "take from cart line", `UPDATE cart_line SET quantity = quantity - $3 WHERE visitor = $1 AND sku = $2 AND quantity > $3`,
				visitor, l.SKU, l.Quantity)
		}
		if err != nil {
			return carried, err
		}
	}
	return carried, nil
}

// putLine adds a line at the end, or sets the quantity of the one that is there to the SQL expression.
func putLine(ctx context.Context, t tx, visitor, sku string, n int, quantity string) error {
	var has int
	err := t.one(ctx, "put cart line",
		`INSERT INTO cart_line (visitor, sku, quantity, position)
		 SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($3 AS BIGINT), COALESCE(MAX(position), 0) + 1 FROM cart_line WHERE visitor = $1
		 ON CONFLICT (visitor, sku) DO UPDATE SET quantity = `+quantity+` RETURNING quantity`,
		[]any{visitor, sku, n}, &has)
	if err != nil {
		return err
	}
	return cart.CheckSet(has)
}

// change runs act on the visitor's cart, alone: the cart's own row is written first and locks it.
func (c *Carts) change(ctx context.Context, carried cart.Carried, act func(tx, string) error) (cart.Cart, cart.Carried, error) {
	next := carried
	if next.Visitor == "" {
		next.Visitor = session.New()
	}
	visitor := string(next.Visitor.Key())
	var after cart.Cart
	err := c.db.act(ctx, "change cart", func(t tx) error {
		after = cart.Cart{}
		if _, err := t.exec(ctx, "lock cart",
			`INSERT INTO cart (visitor, created_at, changed_at) VALUES ($1, $2, $2) ON CONFLICT (visitor) DO UPDATE SET changed_at = excluded.changed_at`,
			visitor, micros(c.db.now())); err != nil {
			return err
		}
		if err := act(t, visitor); err != nil {
			return err
		}
		if err := t.each(ctx, "cart", cartLines, []any{visitor}, scanLines(&after)); err != nil {
			return err
		}
		if len(after.Lines) > cart.MaxLines {
			return fault.CartFull
		}
		return nil
	})
	if err != nil {
		return cart.Cart{}, carried, err
	}
	return after, next, nil
}

// Sweep deletes up to 500 carts that nobody has changed for KeepCarts and returns how many.
func (c *Carts) Sweep(ctx context.Context) (int, error) {
	n, err := c.db.exec(ctx, "sweep carts",
		`DELETE FROM cart WHERE visitor IN (SELECT visitor FROM cart WHERE changed_at < $1 ORDER BY changed_at LIMIT 500)
		    AND changed_at < $1`, // again: a cart that was changed while this waited for its row is in use
		micros(c.db.now().Add(-KeepCarts)))
	return int(n), err
}
