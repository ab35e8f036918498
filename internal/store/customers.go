package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"

	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/seal"
)

// Customers keeps customers in this database. It implements customer.Store: what is personal is sealed before it is written, and read by who has the vault's keys.
type Customers struct {
	db    *DB
	vault *seal.Vault
}

var _ customer.Store = (*Customers)(nil)

// Customers returns the customers of this database, sealed by that vault.
func (db *DB) Customers(v *seal.Vault) *Customers { return &Customers{db, v} }

// What is sealed for what: a text cannot be opened as another.
const (
	personPurpose  = "person 1"
	addressPurpose = "address 1"
	mailPurpose    = "mail"
)

// person is what is sealed of a customer.
type person struct {
	Email string `json:"email"`
	Name  string `json:"name,omitempty"`
	Phone string `json:"phone,omitempty"`

	// Of an application: the account elsewhere by which they will sign in.
	Provider string `json:"provider,omitempty"`
	Subject  string `json:"subject,omitempty"`
}

// mailKey is what two mails have in common that are the same.
func mailKey(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

func (c *Customers) indexes(email string) []string { return c.vault.Index(mailPurpose, mailKey(email)) }

func sealed(b seal.Box, purpose string, v any) (string, error) {
	plain, err := json.Marshal(v)
	return b.Seal(purpose, plain), err
}

func (c *Customers) open(dataKey, purpose, text string, v any) error {
	b, err := c.vault.Open(dataKey)
	if err != nil {
		return err
	}
	plain, err := b.Open(purpose, text)
	if err != nil {
		return err
	}
	return json.Unmarshal(plain, v)
}

// idOf returns whose mail it is; the empty ID if nobody's.
func (c *Customers) idOf(ctx context.Context, t tx, email string) (customer.ID, error) {
	var id customer.ID
	in, args := list(nil, c.indexes(email))
	err := t.one(ctx, "customer of mail", `SELECT id FROM customer WHERE mail_index IN (`+in+`)`, args, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
}

// missing makes of no row that nobody is there.
func missing(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return fault.NoSuchPage
	}
	return err
}

// ByEmail implements customer.Store.
func (c *Customers) ByEmail(ctx context.Context, email string) (id customer.ID, h customer.Hash, err error) {
	in, args := list(nil, c.indexes(email))
	err = c.db.reader().one(ctx, now, "customer by mail", `SELECT id, password FROM customer WHERE mail_index IN (`+in+`)`, args, &id, &h)
	if errors.Is(err, sql.ErrNoRows) {
		return "", "", nil
	}
	return id, h, err
}

// Customer implements customer.Store.
func (c *Customers) Customer(ctx context.Context, id customer.ID) (customer.Customer, customer.Hash, error) {
	out := customer.Customer{ID: id}
	var h customer.Hash
	var dataKey, text string
	var since int64
	err := c.db.reader().one(ctx, now, "customer", `SELECT data_key, sealed, lang, password, version, created_at FROM customer WHERE id = $1 AND left_at = 0`, []any{string(id)},
		&dataKey, &text, &out.Lang, &h, &out.Version, &since)
	if err != nil {
		return out, "", missing(err)
	}
	var p person
	if err := c.open(dataKey, personPurpose, text, &p); err != nil {
		return out, "", err
	}
	out.Email, out.Name, out.Phone, out.Since = p.Email, p.Name, p.Phone, fromMicros(since)
	return out, h, nil
}

// rewrite changes what is sealed of a customer.
func (c *Customers) rewrite(ctx context.Context, t tx, id customer.ID, change func(*person)) error {
	var dataKey, text string
	if err := t.one(ctx, "customer to change", `SELECT data_key, sealed FROM customer WHERE id = $1 AND left_at = 0`+c.db.dialect.forUpdate, []any{string(id)}, &dataKey, &text); err != nil {
		return missing(err)
	}
	var p person
	if err := c.open(dataKey, personPurpose, text, &p); err != nil {
		return err
	}
	change(&p)
	box, err := c.vault.Open(dataKey)
	if err != nil {
		return err
	}
	if text, err = sealed(box, personPurpose, p); err != nil {
		return err
	}
	_, err = t.exec(ctx, "change customer", `UPDATE customer SET sealed = $2, mail_index = $3, version = version + 1 WHERE id = $1`, string(id), text, c.indexes(p.Email)[0])
	return err
}

// SetProfile implements customer.Store.
func (c *Customers) SetProfile(ctx context.Context, id customer.ID, name, phone string) error {
	return c.db.act(ctx, "set profile", func(t tx) error {
		return c.rewrite(ctx, t, id, func(p *person) { p.Name, p.Phone = name, phone })
	})
}

// SetPassword implements customer.Store.
func (c *Customers) SetPassword(ctx context.Context, id customer.ID, version int64, h customer.Hash, keep string) error {
	return c.db.act(ctx, "set password", func(t tx) error {
		n, err := t.exec(ctx, "set password", `UPDATE customer SET password = $3, version = version + 1 WHERE id = $1 AND version = $2 AND left_at = 0`, string(id), version, string(h))
		if err != nil {
			return err
		}
		if n == 0 {
			return customer.LinkOver
		}
		if err := c.end(ctx, t, id, "", keep); err != nil {
			return err
		}
		return emit(ctx, t, customer.Changed, string(id), c.db.now())
	})
}

// Rehash implements customer.Store.
func (c *Customers) Rehash(ctx context.Context, id customer.ID, was, h customer.Hash) error {
	_, err := c.db.exec(ctx, "rehash", `UPDATE customer SET password = $3 WHERE id = $1 AND password = $2`, string(id), string(was), string(h))
	return err
}

// Forgot implements customer.Store.
func (c *Customers) Forgot(ctx context.Context, email string) error {
	return c.db.act(ctx, "forgot", func(t tx) error {
		id, err := c.idOf(ctx, t, email)
		if err != nil || id == "" {
			return err
		}
		return emit(ctx, t, customer.ForgotIt, string(id), c.db.now())
	})
}
