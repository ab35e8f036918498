package store

import (
	"context"
	"database/sql"
	"errors"

	"myclothes/internal/company"
	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/seal"
)

// manages locks a company for a change of who buys for it, and refuses who does not decide that. Changes of one company come one after another.
func manages(ctx context.Context, t tx, id company.ID, by customer.ID) error {
	var one int
	if err := t.one(ctx, "lock company", `SELECT 1 FROM company WHERE id = $1`+t.db.dialect.forUpdate, []any{string(id)}, &one); err != nil {
		return missing(err)
	}
	err := t.one(ctx, "manages company", `SELECT 1 FROM company_buyer WHERE customer = $1 AND company = $2 AND buys + approves + pays = 3`, []any{string(by), string(id)}, &one)
	if errors.Is(err, sql.ErrNoRows) {
		return company.NotYours
	}
	return err
}

// Invite implements business.Store.
func (c *Companies) Invite(ctx context.Context, by customer.ID, i company.Invitation) error {
	return c.db.act(ctx, "invite buyer", func(t tx) error {
		if err := manages(ctx, t, i.Company, by); err != nil {
			return err
		}
		var n int
		if err := t.one(ctx, "count buyers", `SELECT (SELECT COUNT(*) FROM company_buyer WHERE company = $1) + (SELECT COUNT(*) FROM company_invitation WHERE company = $1 AND created_at > $2)`,
			[]any{string(i.Company), c.stillInvited()}, &n); err != nil {
			return err
		}
		if n >= company.MaxBuyers {
			return company.TooManyBuyers
		}
		box, err := c.vault.New()
		if err != nil {
			return err
		}
		text, err := sealed(box, invitationPurpose, i.Mail)
		if err != nil {
			return err
		}
		id, r := seal.NewID(), columns(i.Roles)
		if _, err := t.exec(ctx, "insert invitation",
			`INSERT INTO company_invitation (id, company, data_key, sealed, buys, approves, pays, lang, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			id, string(i.Company), box.Wrapped, text, r[0], r[1], r[2], string(i.Lang), micros(c.db.now())); err != nil {
			return err
		}
		return emit(ctx, t, company.Invited, id, c.db.now())
	})
}

func (c *Companies) stillInvited() int64 { return micros(c.db.now().Add(-company.InvitationKept)) }

// Invitation implements business.Store.
func (c *Companies) Invitation(ctx context.Context, id string) (company.Invitation, error) {
	all, err := c.invitations(ctx, c.db.reader().each, `i.id = $1`, id)
	if err == nil && len(all) == 0 {
		err = fault.NoSuchPage
	}
	if err != nil {
		return company.Invitation{}, err
	}
	return all[0], nil
}

// Invitations implements business.Store.
func (c *Companies) Invitations(ctx context.Context, id company.ID) ([]company.Invitation, error) {
	return c.invitations(ctx, c.db.reader().each, `i.company = $1`, string(id))
}

func (c *Companies) invitations(ctx context.Context, read each, where, arg string) ([]company.Invitation, error) {
	var out []company.Invitation
	err := read(ctx, now, "invitations",
		`SELECT i.id, i.company, c.name, i.data_key, i.sealed, i.buys, i.approves, i.pays, i.lang, i.created_at
		   FROM company_invitation i JOIN company c ON c.id = i.company WHERE `+where+` AND i.created_at > $2 ORDER BY i.created_at, i.id`,
		[]any{arg, c.stillInvited()}, func(s scanner) error {
			var i company.Invitation
			var r roles
			var dataKey, text string
			var at int64
			if err := s.Scan(&i.ID, &i.Company, &i.Name, &dataKey, &text, &r[0], &r[1], &r[2], &i.Lang, &at); err != nil {
				return err
			}
			i.Roles, i.At = r.roles(), fromMicros(at)
			out = append(out, i)
			return c.open(dataKey, invitationPurpose, text, &out[len(out)-1].Mail)
		})
	return out, err
}

// Join implements business.Store.
func (c *Companies) Join(ctx context.Context, invitation string, who customer.ID) error {
	return c.db.act(ctx, "join company", func(t tx) error {
		all, err := c.invitations(ctx, t.fresh, `i.id = $1`, invitation)
		if err != nil {
			return err
		}
		n, err := t.exec(ctx, "close invitation", `DELETE FROM company_invitation WHERE id = $1`, invitation)
		if err != nil {
			return err
		}
		if n == 0 || len(all) == 0 {
			return company.NotInvited
		}
		return insertBuyer(ctx, t, all[0].Company, who, all[0].Roles)
	})
}

// Uninvite implements business.Store.
func (c *Companies) Uninvite(ctx context.Context, by customer.ID, id company.ID, invitation string) error {
	return c.db.act(ctx, "uninvite buyer", func(t tx) error {
		if err := manages(ctx, t, id, by); err != nil {
			return err
		}
		n, err := t.exec(ctx, "close invitation", `DELETE FROM company_invitation WHERE id = $1 AND company = $2`, invitation, string(id))
		if err == nil && n == 0 {
			err = fault.NoSuchPage
		}
		return err
	})
}

// SetRoles implements business.Store.
func (c *Companies) SetRoles(ctx context.Context, by customer.ID, id company.ID, who customer.ID, r company.Roles) error {
	return c.db.act(ctx, "set roles", func(t tx) error {
		if err := manages(ctx, t, id, by); err != nil {
			return err
		}
		if r.None() {
			if _, err := t.exec(ctx, "withdraw requests", `UPDATE order_request SET state = 'withdrawn', decided_at = $3 WHERE customer = $1 AND company = $2 AND state = 'open'`,
				string(who), string(id), micros(c.db.now())); err != nil {
				return err
			}
		}
		n, err := setRoles(ctx, t, id, who, r)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.NoSuchPage
		}
		var managers int
		if err := t.one(ctx, "count managers", `SELECT COUNT(*) FROM company_buyer WHERE company = $1 AND buys + approves + pays = 3`, []any{string(id)}, &managers); err != nil {
			return err
		}
		if managers == 0 {
			return company.LastManager
		}
		return nil
	})
}

func setRoles(ctx context.Context, t tx, id company.ID, who customer.ID, r company.Roles) (int64, error) {
	if r.None() {
		return t.exec(ctx, "drop buyer", `DELETE FROM company_buyer WHERE customer = $1 AND company = $2`, string(who), string(id))
	}
	has := columns(r)
	return t.exec(ctx, "set roles", `UPDATE company_buyer SET buys = $3, approves = $4, pays = $5 WHERE customer = $1 AND company = $2`, string(who), string(id), has[0], has[1], has[2])
}
