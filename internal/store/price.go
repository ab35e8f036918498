package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"myclothes/internal/catalog"
	"myclothes/internal/fault"
	"myclothes/internal/money"
)

// SetPrice changes what a variant ordinarily costs from now on; a sale that is on or planned stays. Orders that were placed keep their price. Prices that no
// product may have are refused.
func (m *Merchant) SetPrice(ctx context.Context, sku string, price, list money.Amount) error {
	return m.db.act(ctx, "set price", func(t tx) error {
		if err := lockProductOf(ctx, t, sku); err != nil {
			return err
		}
		if err := reprice(ctx, t, sku, func(v *catalog.Variant) { v.Regular, v.ListPrice = price, list }); err != nil {
			return err
		}
		return soundVariant(ctx, t, sku)
	})
}

// soundVariant refuses a variant that has flaws as it was just written.
func soundVariant(ctx context.Context, t tx, sku string) error {
	all, err := products(ctx, t.fresh, `p.id = (SELECT product_id FROM variant WHERE sku = $1)`, sku)
	if err != nil {
		return err
	}
	shelves, err := tree(ctx, t.fresh)
	if err != nil {
		return err
	}
	var flaws refused
	for i := range all {
		flaws = append(flaws, slices.DeleteFunc(all[i].Check(shelves), func(f catalog.Flaw) bool { return f.SKU != sku })...)
	}
	return flaws.orNil("price of %s", sku)
}

// salesAtOnce bounds how many variants one run of ApplySales changes.
const salesAtOnce = 500

// ApplySales lets begin and end the sales whose time has come, each in a transaction of its own, and returns how many prices it looked at. Any number of
// instances may run it at once.
func (m *Merchant) ApplySales(ctx context.Context) (int, error) {
	var due []string
	err := m.db.reader().each(ctx, now, "due sales", `SELECT sku FROM variant WHERE sale_next > 0 AND sale_next <= $1 ORDER BY sale_next LIMIT $2`,
		[]any{micros(m.db.now()), salesAtOnce}, func(s scanner) error {
			var sku string
			err := s.Scan(&sku)
			due = append(due, sku)
			return err
		})
	for i, sku := range due {
		if err != nil {
			return i, err
		}
		err = m.applySale(ctx, sku)
	}
	return len(due), err
}

func (m *Merchant) applySale(ctx context.Context, sku string) error {
	return m.db.act(ctx, "apply sale", func(t tx) error {
		if err := lockProductOf(ctx, t, sku); err != nil {
			return err
		}
		return reprice(ctx, t, sku, func(*catalog.Variant) {})
	})
}

// lockProductOf locks the product of a variant, so that two variants' prices change one after the other: each change looks at both.
func lockProductOf(ctx context.Context, t tx, sku string) error {
	var id int64
	err := t.one(ctx, "lock product", `SELECT id FROM product WHERE id = (SELECT product_id FROM variant WHERE sku = $1)`+t.db.dialect.forUpdate, []any{sku}, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return fault.UnknownSKU
	}
	return err
}

// reprice changes a variant of a locked product, brings its price to what it is at this moment, copies the cheapest variant's price to the product, for
// listings, and tells of it.
func reprice(ctx context.Context, t tx, sku string, change func(*catalog.Variant)) error {
	var v catalog.Variant
	var from, until int64
	err := t.one(ctx, "variant price", `SELECT price, list_price, regular, sale_price, sale_from, sale_until FROM variant WHERE sku = $1`, []any{sku},
		&v.Price, &v.ListPrice, &v.Regular, &v.Sale.Price, &from, &until)
	if err != nil {
		return err
	}
	v.Sale.From, v.Sale.Until = fromMicros(from), fromMicros(until)
	change(&v)
	today := t.db.now()
	v = v.At(today)
	if _, err := t.exec(ctx, "set variant price", `UPDATE variant SET price = $1, list_price = $2, regular = $3, sale_next = $4 WHERE sku = $5`,
		int64(v.Price), int64(v.ListPrice), int64(v.Regular), orZero(v.Next(today)), sku); err != nil {
		return err
	}
	if err := repriceProduct(ctx, t, sku); err != nil {
		return err
	}
	return tellOf(ctx, t, sku)
}

func repriceProduct(ctx context.Context, t tx, sku string) error {
	var id int64
	var price, listed money.Amount
	err := t.one(ctx, "cheapest variant",
		`SELECT product_id, price, list_price FROM variant WHERE product_id = (SELECT product_id FROM variant WHERE sku = $1)
		  ORDER BY price, position LIMIT 1`, []any{sku}, &id, &price, &listed)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, "set product price", `UPDATE product SET price = $1, list_price = $2, discount = $3 WHERE id = $4`,
		int64(price), int64(listed), money.Percent(price, listed), id)
	return err
}

// tellOf is tell for the product of a variant.
func tellOf(ctx context.Context, t tx, sku string) error {
	var id int64
	if err := t.one(ctx, "product of", `SELECT product_id FROM variant WHERE sku = $1`, []any{sku}, &id); err != nil {
		return err
	}
	return tell(ctx, t, id)
}
