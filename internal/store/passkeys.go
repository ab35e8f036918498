package store

import (
	"context"
	"database/sql"
	"encoding/base64"
	"errors"
	"strings"

	"myclothes/internal/customer"
	"myclothes/internal/fault"
)

// passkeyPurpose seals what its owner calls a passkey: people name devices after themselves.
const passkeyPurpose = "passkey 1"

const passkeyRow = `SELECT k.id, k.customer, k.public_key, k.uses, k.transports, k.synced, k.sealed, k.created_at, k.used_at, c.data_key FROM passkey k JOIN customer c ON c.id = k.customer WHERE `

func (c *Customers) scanPasskey(s scanner) (customer.Passkey, error) {
	var k customer.Passkey
	var public, transports, text, dataKey string
	var since, used int64
	if err := s.Scan(&k.ID, &k.Owner, &public, &k.Uses, &transports, &k.Synced, &text, &since, &used, &dataKey); err != nil {
		return k, err
	}
	k.Transports, k.Since, k.Used = strings.Fields(transports), fromMicros(since), fromMicros(used)
	var err error
	if k.Public, err = base64.RawURLEncoding.DecodeString(public); err != nil {
		return k, err
	}
	return k, c.open(dataKey, passkeyPurpose, text, &k.Name)
}

// Passkeys implements customer.Store. The oldest comes first.
func (c *Customers) Passkeys(ctx context.Context, id customer.ID) ([]customer.Passkey, error) {
	var out []customer.Passkey
	err := c.db.reader().each(ctx, now, "passkeys", passkeyRow+`k.customer = $1 ORDER BY k.created_at, k.id`, []any{string(id)}, func(s scanner) error {
		k, err := c.scanPasskey(s)
		out = append(out, k)
		return err
	})
	return out, err
}

// Passkey implements customer.Store.
func (c *Customers) Passkey(ctx context.Context, id string) (k customer.Passkey, err error) {
	found := false
	err = c.db.reader().each(ctx, now, "passkey", passkeyRow+`k.id = $1 AND c.left_at = 0`, []any{id}, func(s scanner) error {
		found = true
		k, err = c.scanPasskey(s)
		return err
	})
	if err == nil && !found {
		err = fault.NoSuchPage
	}
	return k, err
}

// sealFor seals something of a customer under their data key, and has others who change the same customer wait.
func (c *Customers) sealFor(ctx context.Context, t tx, id customer.ID, purpose string, v any) (string, error) {
	var dataKey string
	if err := t.one(ctx, "customer to seal for", `SELECT data_key FROM customer WHERE id = $1 AND left_at = 0`+c.db.dialect.forUpdate, []any{string(id)}, &dataKey); err != nil {
		return "", missing(err)
	}
	box, err := c.vault.Open(dataKey)
	if err != nil {
		return "", err
	}
	return sealed(box, purpose, v)
}

// AddPasskey implements customer.Store.
func (c *Customers) AddPasskey(ctx context.Context, k customer.Passkey) error {
	err := c.db.act(ctx, "add passkey", func(t tx) error {
		text, err := c.sealFor(ctx, t, k.Owner, passkeyPurpose, k.Name)
		if err != nil {
			return err
		}
		var has int
		if err := t.one(ctx, "passkeys so far", `SELECT COUNT(*) FROM passkey WHERE customer = $1`, []any{string(k.Owner)}, &has); err != nil {
			return err
		}
		if has >= customer.MaxPasskeys {
			return customer.TooManyPasskeys
		}
		if _, err := t.exec(ctx, "add passkey",
			`INSERT INTO passkey (id, customer, public_key, uses, transports, synced, sealed, created_at, used_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
			k.ID, string(k.Owner), base64.RawURLEncoding.EncodeToString(k.Public), int64(k.Uses), strings.Join(k.Transports, " "), int(k.Synced), text, micros(c.db.now())); err != nil {
			return err
		}
		return emit(ctx, t, customer.Changed, string(k.Owner), c.db.now())
	})
	if c.db.dialect.taken(err) {
		err = customer.PasskeyKnown
	}
	return err
}

// UsedPasskey implements customer.Store. An authenticator that counts must have counted on since: one that did not may be a copy (Web Authentication, 6.1.1).
func (c *Customers) UsedPasskey(ctx context.Context, k customer.Passkey) error {
	return c.db.act(ctx, "use passkey", func(t tx) error {
		var was int64
		err := t.one(ctx, "passkey to use", `SELECT uses FROM passkey WHERE id = $1 AND customer = $2`+c.db.dialect.forUpdate, []any{k.ID, string(k.Owner)}, &was)
		if errors.Is(err, sql.ErrNoRows) {
			return customer.WrongPasskey
		}
		if err != nil {
			return err
		}
		if uses := int64(k.Uses); uses <= was && (uses != 0 || was != 0) {
			return customer.WrongPasskey.Because("its counter went from %d to %d", was, uses)
		}
		_, err = t.exec(ctx, "use passkey", `UPDATE passkey SET uses = $2, synced = $3, used_at = $4 WHERE id = $1`, k.ID, int64(k.Uses), int(k.Synced), micros(c.db.now()))
		return err
	})
}

// SuspectPasskey implements customer.Store.
func (c *Customers) SuspectPasskey(ctx context.Context, owner customer.ID) error {
	return c.db.act(ctx, "suspect passkey", func(t tx) error { return emit(ctx, t, customer.Suspected, string(owner), c.db.now()) })
}

// NamePasskey implements customer.Store.
func (c *Customers) NamePasskey(ctx context.Context, id customer.ID, key, name string) error {
	return c.db.act(ctx, "name passkey", func(t tx) error {
		text, err := c.sealFor(ctx, t, id, passkeyPurpose, name)
		if err != nil {
			return err
		}
		n, err := t.exec(ctx, "name passkey", `UPDATE passkey SET sealed = $3 WHERE id = $2 AND customer = $1`, string(id), key, text)
		if err == nil && n == 0 {
			return fault.NoSuchPage
		}
		return err
	})
}

// DropPasskey implements customer.Store.
func (c *Customers) DropPasskey(ctx context.Context, id customer.ID, key string) error {
	return c.dropWay(ctx, id, `DELETE FROM passkey WHERE customer = $1 AND id = $2`, key)
}

// dropWay takes a way to sign in away, unless it is the last one. The customer's row is the lock: two at once must not each leave the other's.
func (c *Customers) dropWay(ctx context.Context, id customer.ID, text, which string) error {
	return c.db.act(ctx, "drop a way to sign in", func(t tx) error {
		if err := c.lock(ctx, t, id); err != nil {
			return err
		}
		n, err := t.exec(ctx, "drop a way to sign in", text, string(id), which)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.NoSuchPage
		}
		var left int
		err = t.one(ctx, "ways left",
			`SELECT (SELECT COUNT(*) FROM customer WHERE id = $1 AND password <> '') + (SELECT COUNT(*) FROM passkey WHERE customer = $1) + (SELECT COUNT(*) FROM identity WHERE customer = $1)`, []any{string(id)}, &left)
		if err != nil {
			return err
		}
		if left == 0 {
			return customer.LastWay // nothing of it is committed
		}
		return emit(ctx, t, customer.Changed, string(id), c.db.now())
	})
}
