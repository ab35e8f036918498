package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"myclothes/internal/customer"
	"myclothes/internal/lang"
	"myclothes/internal/outbox"
	"myclothes/internal/seal"
	"myclothes/internal/session"
)

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
	text, err := sealed(box, personPurpose, person{a.Email, a.Name, a.Phone, a.Provider, a.Subject})
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
	out := customer.Applicant{Email: p.Email, Name: p.Name, Phone: p.Phone, Provider: p.Provider, Subject: p.Subject, Lang: lang.Tag(a.lang), Password: customer.Hash(a.password)}
	out.Consents = documents(a.agreements)
	return out, nil
}

func documents(words string) []customer.Document {
	var out []customer.Document
	for _, d := range strings.Fields(words) {
		out = append(out, customer.Document(d))
	}
	return out
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
		if made, err = c.enter(ctx, t, p.Email, a.dataKey, a.sealed, a.lang, a.password, documents(a.agreements)); err != nil || p.Subject == "" {
			return err
		}
		return c.admitBy(ctx, t, made, p)
	})
	if c.db.dialect.taken(err) { // two admitted the same mail at once
		err = customer.LinkOver
	}
	return made, err
}

// enter adds a customer with the ledger of their consents.
func (c *Customers) enter(ctx context.Context, t tx, email, dataKey, sealed, lang, password string, agreed []customer.Document) (customer.ID, error) {
	id := customer.ID(seal.NewID())
	_, err := t.exec(ctx, "admit customer",
		`INSERT INTO customer (id, mail_index, data_key, sealed, lang, password, version, created_at, member_key) VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8)`,
		string(id), c.indexes(email)[0], dataKey, sealed, lang, password, micros(c.db.now()), string(session.MemberKey(string(id))))
	for _, d := range agreed {
		if err == nil {
			err = c.agree(ctx, t, id, d)
		}
	}
	return id, err
}

// admitBy links the account elsewhere that came with an application, and keeps it nowhere else.
func (c *Customers) admitBy(ctx context.Context, t tx, id customer.ID, p person) error {
	switch err := c.link(ctx, t, id, p.Provider, p.Subject); {
	case errors.Is(err, customer.IdentityTaken):
		return customer.LinkOver
	case err != nil:
		return err
	}
	return c.rewrite(ctx, t, id, func(p *person) { p.Provider, p.Subject = "", "" })
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
