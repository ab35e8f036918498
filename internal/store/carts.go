package store

import (
	"context"
	"time"

	"myclothes/internal/cart"
	"myclothes/internal/fault"
)

// Carts is the home "database": carts live in a table and survive every instance. It promises all that cart.Home asks; of lines that are added at the
// same moment a few may come to more than MaxLines. A line is kept until KeepLines after its last change.
type Carts struct{ db *DB }

// KeepLines is how long a line that nobody changes is kept.
const KeepLines = 90 * 24 * time.Hour

// Carts returns the home of carts in this database.
func (db *DB) Carts() *Carts { return &Carts{db} }

var _ cart.Home = (*Carts)(nil)

func (c *Carts) Name() string { return "database" }

func (c *Carts) Follows() bool { return true }

const cartLines = `SELECT sku, quantity FROM cart_line WHERE visitor = $1 ORDER BY position, sku`

func (c *Carts) Open(ctx context.Context, carried cart.Carried) (cart.Cart, error) {
	if carried.Owner() == "" {
		return cart.Cart{}, nil
	}
	var out cart.Cart
	err := c.db.reader().each(ctx, now, "cart", cartLines, []any{string(carried.Owner())}, scanLines(&out))
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
	return c.put(ctx, carried, sku, n, "add to cart", "cart_line.quantity + excluded.quantity")
}

func (c *Carts) Raise(ctx context.Context, carried cart.Carried, sku string, n int) (cart.Cart, cart.Carried, error) {
	if err := cart.CheckAdd(n); err != nil {
		return cart.Cart{}, carried, err
	}
	return c.put(ctx, carried, sku, n, "raise cart line", "CASE WHEN cart_line.quantity > excluded.quantity THEN cart_line.quantity ELSE excluded.quantity END")
}

func (c *Carts) Set(ctx context.Context, carried cart.Carried, sku string, n int) (cart.Cart, cart.Carried, error) {
	if err := cart.CheckSet(n); err != nil {
		return cart.Cart{}, carried, err
	}
	if n > 0 {
		return c.put(ctx, carried, sku, n, "set cart line", "excluded.quantity")
	}
	carried = carried.Named()
	_, err := c.db.exec(ctx, "remove cart line", `DELETE FROM cart_line WHERE visitor = $1 AND sku = $2`, string(carried.Owner()), sku)
	if err != nil {
		return cart.Cart{}, carried, err
	}
	after, err := c.Open(ctx, carried)
	return after, carried, err
}

// put adds a line at the end, or sets the quantity of the one that is there to the SQL expression, in one statement. A line or quantity over the limit
// is not written; why, the cart then tells.
func (c *Carts) put(ctx context.Context, carried cart.Carried, sku string, n int, name, quantity string) (cart.Cart, cart.Carried, error) {
	next := carried.Named()
	wrote, err := c.db.exec(ctx, name,
		`INSERT INTO cart_line (visitor, sku, quantity, position, changed_at)
		 SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($3 AS BIGINT), COALESCE(MAX(position), 0) + 1, CAST($4 AS BIGINT) FROM cart_line WHERE visitor = $1
		 HAVING COUNT(*) < $5 OR COUNT(CASE WHEN sku = $2 THEN 1 END) = 1
		 ON CONFLICT (visitor, sku) DO UPDATE SET quantity = `+quantity+`, changed_at = excluded.changed_at WHERE `+quantity+` <= $6`,
		string(next.Owner()), sku, n, micros(c.db.now()), cart.MaxLines, cart.MaxQuantity)
	if err != nil {
		return cart.Cart{}, carried, err
	}
	after, err := c.Open(ctx, next)
	switch {
	case err != nil:
		return cart.Cart{}, carried, err
	case wrote == 0 && after.Quantity(sku) == 0:
		return cart.Cart{}, carried, fault.CartFull
	case wrote == 0:
		return cart.Cart{}, carried, cart.CheckSet(after.Quantity(sku) + n)
	}
	return after, next, nil
}

// Take needs no transaction: a line is one row.
func (c *Carts) Take(ctx context.Context, carried cart.Carried, lines []cart.Line) (cart.Carried, error) {
	visitor := string(carried.Owner())
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

// Sweep deletes up to 500 lines that nobody has changed for KeepLines and returns how many.
func (c *Carts) Sweep(ctx context.Context) (int, error) {
	n, err := c.db.exec(ctx, "sweep carts",
		`DELETE FROM cart_line WHERE (visitor, sku) IN (SELECT visitor, sku FROM cart_line WHERE changed_at < $1 ORDER BY changed_at LIMIT 500)
		    AND changed_at < $1`, // again: a line that was changed while this waited for its row is in use
		micros(c.db.now().Add(-KeepLines)))
	return int(n), err
}
