package store

import (
	"context"
	"database/sql"
	"errors"

	"myclothes/internal/customer"
)

// identityPurpose is that of a provider's name for somebody, sealed and looked up.
const identityPurpose = "identity 1"

func (c *Customers) identityIndexes(provider, subject string) []string {
	return c.vault.Index(identityPurpose, provider+"\x00"+subject)
}

// ByIdentity implements customer.Store.
func (c *Customers) ByIdentity(ctx context.Context, provider, subject string) (id customer.ID, err error) {
	in, args := list(nil, c.identityIndexes(provider, subject))
	err = c.db.reader().one(ctx, now, "customer by identity", `SELECT i.customer FROM identity i JOIN customer c ON c.id = i.customer WHERE i.subject_index IN (`+in+`) AND c.left_at = 0`, args, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
}

// Identities implements customer.Store.
func (c *Customers) Identities(ctx context.Context, id customer.ID) ([]customer.Identity, error) {
	var out []customer.Identity
	err := c.db.reader().each(ctx, now, "identities", `SELECT provider, created_at FROM identity WHERE customer = $1 ORDER BY created_at, provider`, []any{string(id)}, func(s scanner) error {
		var x customer.Identity
		var since int64
		err := s.Scan(&x.Provider, &since)
		x.Since = fromMicros(since)
		out = append(out, x)
		return err
	})
	return out, err
}

// Link implements customer.Store.
func (c *Customers) Link(ctx context.Context, id customer.ID, provider, subject string) error {
	err := c.db.act(ctx, "link identity", func(t tx) error {
		if err := c.link(ctx, t, id, provider, subject); err != nil {
			return err
		}
		return emit(ctx, t, customer.Changed, string(id), c.db.now())
	})
	if c.db.dialect.taken(err) { // two linked it at once, or the customer has another of that provider
		err = customer.IdentityTaken
	}
	return err
}

func (c *Customers) link(ctx context.Context, t tx, id customer.ID, provider, subject string) error {
	text, err := c.sealFor(ctx, t, id, identityPurpose, subject)
	if err != nil {
		return err
	}
	indexes := c.identityIndexes(provider, subject)
	in, args := list(nil, indexes)
	var others int
	if err := t.one(ctx, "identity linked before", `SELECT COUNT(*) FROM identity WHERE subject_index IN (`+in+`)`, args, &others); err != nil {
		return err
	}
	if others > 0 {
		return customer.IdentityTaken
	}
	_, err = t.exec(ctx, "link identity", `INSERT INTO identity (subject_index, customer, provider, sealed, created_at) VALUES ($1, $2, $3, $4, $5)`,
		indexes[0], string(id), provider, text, micros(c.db.now()))
	return err
}

// Unlink implements customer.Store.
func (c *Customers) Unlink(ctx context.Context, id customer.ID, provider string) error {
	return c.dropWay(ctx, id, `DELETE FROM identity WHERE customer = $1 AND provider = $2`, provider)
}

// reindex files the accounts elsewhere of a customer under the first of the vault's keys.
func (c *Customers) reindex(ctx context.Context, id, dataKey string) error {
	type row struct{ index, provider, subject string }
	var rows []row
	err := c.db.reader().each(ctx, now, "identities to file", `SELECT subject_index, provider, sealed FROM identity WHERE customer = $1`, []any{id}, func(s scanner) error {
		var r row
		var text string
		if err := s.Scan(&r.index, &r.provider, &text); err != nil {
			return err
		}
		rows = append(rows, r)
		return c.open(dataKey, identityPurpose, text, &rows[len(rows)-1].subject)
	})
	for _, r := range rows {
		if err == nil {
			_, err = c.db.exec(ctx, "file identity", `UPDATE identity SET subject_index = $2 WHERE subject_index = $1`, r.index, c.identityIndexes(r.provider, r.subject)[0])
		}
	}
	return err
}

// Enrol implements customer.Store.
func (c *Customers) Enrol(ctx context.Context, a customer.Applicant) (customer.ID, error) {
	var made customer.ID
	err := c.db.act(ctx, "enrol", func(t tx) error {
		other, err := c.idOf(ctx, t, a.Email)
		if err != nil || other != "" {
			return errors.Join(err, customer.MailTaken)
		}
		box, err := c.vault.New()
		if err != nil {
			return err
		}
		text, err := sealed(box, personPurpose, person{Email: a.Email, Name: a.Name, Phone: a.Phone})
		if err != nil {
			return err
		}
		made, err = c.enter(ctx, t, a.Email, box.Wrapped, text, string(a.Lang), string(a.Password), a.Consents)
		if err != nil {
			return err
		}
		return c.link(ctx, t, made, a.Provider, a.Subject)
	})
	if c.db.dialect.taken(err) { // two enrolled the same mail at once
		err = customer.MailTaken
	}
	return made, err
}
