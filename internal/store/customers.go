package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/lang"
	"myclothes/internal/outbox"
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

// Apply implements customer.Store.
func (c *Customers) Apply(ctx context.Context, a customer.Applicant) error {
	return c.db.act(ctx, "apply", func(t tx) error {
		id, err := c.idOf(ctx, t, a.Email)
		if err != nil {
			return err
		}
		if id != "" {
			return emit(ctx, t, customer.AppliedAgain, string(id), c.db.now())
		}
		return c.apply(ctx, t, "", a, customer.Applied)
	})
}

func (c *Customers) apply(ctx context.Context, t tx, of customer.ID, a customer.Applicant, topic outbox.Topic) error {
	box, err := c.vault.New()
	if err != nil {
		return err
	}
	text, err := sealed(box, personPurpose, person{a.Email, a.Name, a.Phone})
	if err != nil {
		return err
	}
	documents := make([]string, len(a.Consents))
	for i, d := range a.Consents {
		documents[i] = string(d)
	}
	id := seal.NewID()
	_, err = t.exec(ctx, "file application",
		`INSERT INTO application (id, customer, mail_index, data_key, sealed, lang, password, consents, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		id, string(of), c.indexes(a.Email)[0], box.Wrapped, text, string(a.Lang), string(a.Password), strings.Join(documents, " "), micros(c.db.now()))
	if err != nil {
		return err
	}
	return emit(ctx, t, topic, id, c.db.now())
}

// application is a row of that table.
type application struct {
	of                         customer.ID
	index, dataKey, sealed     string
	lang, password, agreements string
}

const applicationRow = `SELECT customer, mail_index, data_key, sealed, lang, password, consents FROM application WHERE id = $1 AND created_at > $2`

func (a *application) into() []any {
	return []any{&a.of, &a.index, &a.dataKey, &a.sealed, &a.lang, &a.password, &a.agreements}
}

func (c *Customers) stillOpen() int64 { return micros(c.db.now().Add(-customer.ApplicationKept)) }

// Application implements customer.Store.
func (c *Customers) Application(ctx context.Context, id string) (customer.Applicant, error) {
	var a application
	if err := c.db.reader().one(ctx, now, "application", applicationRow, []any{id, c.stillOpen()}, a.into()...); err != nil {
		return customer.Applicant{}, missing(err)
	}
	var p person
	if err := c.open(a.dataKey, personPurpose, a.sealed, &p); err != nil {
		return customer.Applicant{}, err
	}
	out := customer.Applicant{Email: p.Email, Name: p.Name, Phone: p.Phone, Lang: lang.Tag(a.lang), Password: customer.Hash(a.password)}
	for _, d := range strings.Fields(a.agreements) {
		out.Consents = append(out.Consents, customer.Document(d))
	}
	return out, nil
}

// missing makes of no row that nobody is there.
func missing(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return fault.NoSuchPage
	}
	return err
}

// closed takes an application out: LinkOver where it is not there any more.
func (c *Customers) closed(ctx context.Context, t tx, id string) (application, error) {
	var a application
	err := t.one(ctx, "application", applicationRow, []any{id, c.stillOpen()}, a.into()...)
	if errors.Is(err, sql.ErrNoRows) {
		return a, customer.LinkOver
	}
	if err != nil {
		return a, err
	}
	n, err := t.exec(ctx, "close application", `DELETE FROM application WHERE id = $1`, id)
	if err == nil && n == 0 {
		return a, customer.LinkOver
	}
	return a, err
}

// Admit implements customer.Store.
func (c *Customers) Admit(ctx context.Context, id string) (customer.ID, error) {
	var made customer.ID
	err := c.db.act(ctx, "admit", func(t tx) error {
		a, err := c.closed(ctx, t, id)
		if err != nil {
			return err
		}
		if a.of != "" {
			return customer.LinkOver
		}
		var p person
		if err := c.open(a.dataKey, personPurpose, a.sealed, &p); err != nil {
			return err
		}
		if other, err := c.idOf(ctx, t, p.Email); err != nil || other != "" {
			return errors.Join(err, customer.LinkOver)
		}
		made = customer.ID(seal.NewID())
		at := micros(c.db.now())
		if _, err := t.exec(ctx, "admit customer",
			`INSERT INTO customer (id, mail_index, data_key, sealed, lang, password, version, created_at) VALUES ($1, $2, $3, $4, $5, $6, 1, $7)`,
			string(made), c.indexes(p.Email)[0], a.dataKey, a.sealed, a.lang, a.password, at); err != nil {
			return err
		}
		for _, d := range strings.Fields(a.agreements) {
			if err := c.agree(ctx, t, made, customer.Document(d)); err != nil {
				return err
			}
		}
		return nil
	})
	if c.db.dialect.taken(err) { // two admitted the same mail at once
		err = customer.LinkOver
	}
	return made, err
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

// AskToMove implements customer.Store.
func (c *Customers) AskToMove(ctx context.Context, id customer.ID, email string) error {
	return c.db.act(ctx, "ask to move", func(t tx) error {
		return c.apply(ctx, t, id, customer.Applicant{Email: email, Lang: lang.Korean}, customer.MovedMail)
	})
}

// Move implements customer.Store.
func (c *Customers) Move(ctx context.Context, id string) (customer.ID, error) {
	var who customer.ID
	err := c.db.act(ctx, "move mail", func(t tx) error {
		a, err := c.closed(ctx, t, id)
		if err != nil {
			return err
		}
		if who = a.of; who == "" {
			return customer.LinkOver
		}
		var to person
		if err := c.open(a.dataKey, personPurpose, a.sealed, &to); err != nil {
			return err
		}
		if other, err := c.idOf(ctx, t, to.Email); err != nil || other != "" && other != who {
			return errors.Join(err, customer.MailTaken)
		}
		if err := c.rewrite(ctx, t, who, func(p *person) { p.Email = to.Email }); err != nil {
			return err
		}
		return emit(ctx, t, customer.Changed, string(who), c.db.now())
	})
	if c.db.dialect.taken(err) {
		err = customer.MailTaken
	}
	return who, err
}

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
			"erase addresses":    `DELETE FROM address WHERE customer = $1`,
			"erase sign-ins":     `DELETE FROM sign_in WHERE customer = $1`,
			"erase applications": `DELETE FROM application WHERE customer = $1`,
		} {
			if _, err := t.exec(ctx, name, text, string(id)); err != nil {
				return err
			}
		}
		_, err = t.exec(ctx, "withdraw consents", `UPDATE consent SET withdrawn_at = $2 WHERE customer = $1 AND withdrawn_at = 0`, string(id), at)
		return err
	})
}

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

// Sweep deletes up to 500 applications and 500 rates that are over, and sign-ins whose session is, and returns how many.
func (c *Customers) Sweep(ctx context.Context) (int, error) {
	var sum int64
	at := c.db.now()
	for _, s := range []struct {
		name, text string
		before     time.Time
	}{
		{"sweep applications", `DELETE FROM application WHERE id IN (SELECT id FROM application WHERE created_at < $1 LIMIT 500)`, at.Add(-customer.ApplicationKept)},
		{"sweep sign-ins", `DELETE FROM sign_in WHERE id IN (SELECT id FROM sign_in WHERE seen_at < $1 LIMIT 500)`, at.Add(-signInKept)},
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
