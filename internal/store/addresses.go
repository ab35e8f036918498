package store

import (
	"context"
	"encoding/json"
	"slices"

	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/seal"
)

// Addresses implements customer.Store. The default comes first.
func (c *Customers) Addresses(ctx context.Context, id customer.ID) ([]customer.Address, error) {
	var out []customer.Address
	var box *seal.Box
	err := c.db.reader().each(ctx, now, "addresses",
		`SELECT a.id, a.sealed, a.is_default, c.data_key FROM address a JOIN customer c ON c.id = a.customer WHERE a.customer = $1 ORDER BY a.is_default DESC, a.created_at, a.id`,
		[]any{string(id)}, func(s scanner) error {
			var key, text, dataKey string
			var isDefault int
			if err := s.Scan(&key, &text, &isDefault, &dataKey); err != nil {
				return err
			}
			if box == nil { // one data key opens all of a customer's
				b, err := c.vault.Open(dataKey)
				if err != nil {
					return err
				}
				box = &b
			}
			plain, err := box.Open(addressPurpose, text)
			if err != nil {
				return err
			}
			var a customer.Address
			err = json.Unmarshal(plain, &a)
			a.ID, a.Default = key, isDefault == 1
			out = append(out, a)
			return err
		})
	return out, err
}

// PutAddress implements customer.Store.
func (c *Customers) PutAddress(ctx context.Context, id customer.ID, a customer.Address) error {
	return c.db.act(ctx, "put address", func(t tx) error {
		var dataKey string
		if err := t.one(ctx, "customer of address", `SELECT data_key FROM customer WHERE id = $1 AND left_at = 0`+c.db.dialect.forUpdate, []any{string(id)}, &dataKey); err != nil {
			return missing(err)
		}
		keys, err := c.addressKeys(ctx, t, id)
		if err != nil {
			return err
		}
		switch {
		case a.ID != "" && !slices.Contains(keys, a.ID):
			return fault.NoSuchPage
		case a.ID == "" && len(keys) >= customer.MaxAddresses:
			return customer.TooManyPlaces
		}
		return c.putAddress(ctx, t, id, dataKey, a, a.Default || len(keys) == 0)
	})
}

func (c *Customers) addressKeys(ctx context.Context, t tx, id customer.ID) (keys []string, err error) {
	err = t.each(ctx, "address keys", `SELECT id FROM address WHERE customer = $1`, []any{string(id)}, func(s scanner) error {
		var key string
		err := s.Scan(&key)
		keys = append(keys, key)
		return err
	})
	return keys, err
}

func (c *Customers) putAddress(ctx context.Context, t tx, id customer.ID, dataKey string, a customer.Address, isDefault bool) error {
	box, err := c.vault.Open(dataKey)
	if err != nil {
		return err
	}
	key := a.ID
	if key == "" {
		key = seal.NewID()
	}
	a.ID, a.Default = "", false
	text, err := sealed(box, addressPurpose, a)
	if err != nil {
		return err
	}
	if _, err := t.exec(ctx, "put address",
		`INSERT INTO address (id, customer, sealed, is_default, created_at) VALUES ($1, $2, $3, 0, $4) ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed`,
		key, string(id), text, micros(c.db.now())); err != nil || !isDefault {
		return err
	}
	_, err = t.exec(ctx, "make default address", `UPDATE address SET is_default = CASE WHEN id = $2 THEN 1 ELSE 0 END WHERE customer = $1`, string(id), key)
	return err
}

// DropAddress implements customer.Store. The oldest that is left becomes the default where that went.
func (c *Customers) DropAddress(ctx context.Context, id customer.ID, key string) error {
	return c.db.act(ctx, "drop address", func(t tx) error {
		n, err := t.exec(ctx, "drop address", `DELETE FROM address WHERE customer = $1 AND id = $2`, string(id), key)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.NoSuchPage
		}
		_, err = t.exec(ctx, "next default address",
			`UPDATE address SET is_default = 1 WHERE id = (SELECT id FROM address WHERE customer = $1 ORDER BY created_at, id LIMIT 1)
			    AND NOT EXISTS (SELECT 1 FROM address WHERE customer = $1 AND is_default = 1)`, string(id))
		return err
	})
}
