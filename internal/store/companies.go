package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"myclothes/internal/business"
	"myclothes/internal/company"
	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/money"
	"myclothes/internal/seal"
	"myclothes/internal/session"
)

// Companies keeps companies, their buyers and what they ask for. What is personal is sealed before it is written.
type Companies struct {
	db    *DB
	vault *seal.Vault
}

var _ business.Store = (*Companies)(nil)

// Companies returns the companies of this database, sealed by that vault.
func (db *DB) Companies(v *seal.Vault) *Companies { return &Companies{db, v} }

// What is sealed for what: a text cannot be opened as another.
const (
	companyPurpose    = "company 1"
	invitationPurpose = "invitation 1"
	requestPurpose    = "order request 1"
)

// firm is what is sealed of a company.
type firm struct {
	Representative string `json:"representative"`
	Mail           string `json:"mail"`
}

func (c *Companies) open(dataKey, purpose, text string, v any) error {
	return (&Customers{c.db, c.vault}).open(dataKey, purpose, text, v)
}

// BuyerOf implements checkout.Companies, in one statement.
func (c *Companies) BuyerOf(ctx context.Context, member string) (company.Buyer, error) {
	all, err := c.buyers(ctx, now, c.db.reader().each, `b.customer = $1`, member)
	if err != nil || len(all) == 0 {
		return company.Buyer{}, err
	}
	return all[0], nil
}

// Buyers implements business.Store.
func (c *Companies) Buyers(ctx context.Context, id company.ID) ([]company.Buyer, error) {
	return c.buyers(ctx, now, c.db.reader().each, `b.company = $1 ORDER BY b.since, b.customer`, string(id))
}

func (c *Companies) buyers(ctx context.Context, n need, read each, where, arg string) ([]company.Buyer, error) {
	var out []company.Buyer
	err := read(ctx, n, "buyers", `SELECT b.customer, b.buys, b.approves, b.pays, b.since, c.id, c.name, c.status, c.price_list, c.credit_limit, c.days_to_pay
		   FROM company_buyer b JOIN company c ON c.id = b.company WHERE `+where, []any{arg}, func(s scanner) error {
		var b company.Buyer
		var r roles
		var since int64
		err := s.Scan(&b.Customer, &r[0], &r[1], &r[2], &since, &b.Company, &b.Name, &b.Status, &b.Terms.PriceList, &b.Terms.CreditLimit, &b.Terms.DaysToPay)
		b.Roles, b.Since = r.roles(), fromMicros(since)
		out = append(out, b)
		return err
	})
	return out, err
}

// roles are the columns buys, approves and pays.
type roles [3]int

func (r roles) roles() company.Roles {
	return company.Roles{Buys: r[0] == 1, Approves: r[1] == 1, Pays: r[2] == 1}
}

// columns are roles as arguments.
func columns(r company.Roles) (out roles) {
	for i, has := range []bool{r.Buys, r.Approves, r.Pays} {
		if has {
			out[i] = 1
		}
	}
	return out
}

// Apply implements business.Store.
func (c *Companies) Apply(ctx context.Context, who customer.ID, a company.Application, s company.Standing) (company.ID, error) {
	id := company.ID(seal.NewID())
	err := c.db.act(ctx, "apply as company", func(t tx) error {
		if _, err := t.exec(ctx, "leave refused company",
			`DELETE FROM company_buyer WHERE customer = $1 AND EXISTS (SELECT 1 FROM company c WHERE c.id = company_buyer.company AND c.status = 'refused')`, string(who)); err != nil {
			return err
		}
		box, err := c.vault.New()
		if err != nil {
			return err
		}
		text, err := sealed(box, companyPurpose, firm{a.Representative, a.Mail})
		if err != nil {
			return err
		}
		at := micros(c.db.now())
		asked := at
		if s == company.Unasked {
			asked = 0
		}
		if _, err := t.exec(ctx, "insert company",
			`INSERT INTO company (id, registration, name, trade, item, data_key, wrapped_by, sealed, status, reason, standing, asked_at, applied_at, decided_at)
			 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'applied', '', $9, $10, $11, 0)`,
			string(id), string(a.Registration), a.Name, a.Trade, a.Item, box.Wrapped, c.vault.First(), text, string(s), asked, at); err != nil {
			return err
		}
		return insertBuyer(ctx, t, id, who, company.All)
	})
	return id, err
}

// insertBuyer makes somebody buy for a company; company.AlreadyBuys where they do for one.
func insertBuyer(ctx context.Context, t tx, id company.ID, who customer.ID, r company.Roles) error {
	has := columns(r)
	n, err := t.exec(ctx, "insert buyer",
		`INSERT INTO company_buyer (customer, company, visitor, buys, approves, pays, since) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (customer) DO NOTHING`,
		string(who), string(id), string(session.MemberKey(string(who))), has[0], has[1], has[2], micros(t.db.now()))
	if err == nil && n == 0 {
		err = company.AlreadyBuys
	}
	return err
}

// Company implements business.Store.
func (c *Companies) Company(ctx context.Context, id company.ID) (company.Company, error) {
	all, err := c.companies(ctx, `id = $1`, string(id))
	if err == nil && len(all) == 0 {
		err = fault.NoSuchPage
	}
	if err != nil {
		return company.Company{}, err
	}
	return all[0], nil
}

// List returns companies of a status, or all of them (""), those that applied first first.
func (c *Companies) List(ctx context.Context, s company.Status) ([]company.Company, error) {
	if s == "" {
		return c.companies(ctx, `1 = 1 ORDER BY applied_at, id`)
	}
	return c.companies(ctx, `status = $1 ORDER BY applied_at, id`, string(s))
}

func (c *Companies) companies(ctx context.Context, where string, args ...any) ([]company.Company, error) {
	var out []company.Company
	err := c.db.reader().each(ctx, now, "companies",
		`SELECT id, registration, name, trade, item, data_key, sealed, status, reason, standing, asked_at, price_list, credit_limit, days_to_pay, applied_at, decided_at
		   FROM company WHERE `+where, args, func(s scanner) error {
			var x company.Company
			var dataKey, text string
			var asked, applied, decided int64
			if err := s.Scan(&x.ID, &x.Registration, &x.Name, &x.Trade, &x.Item, &dataKey, &text, &x.Status, &x.Reason, &x.Standing, &asked,
				&x.Terms.PriceList, &x.Terms.CreditLimit, &x.Terms.DaysToPay, &applied, &decided); err != nil {
				return err
			}
			var f firm
			if err := c.open(dataKey, companyPurpose, text, &f); err != nil {
				return err
			}
			x.Representative, x.Mail, x.AppliedAt = f.Representative, f.Mail, fromMicros(applied)
			if asked > 0 {
				x.AskedAt = fromMicros(asked)
			}
			if decided > 0 {
				x.DecidedAt = fromMicros(decided)
			}
			out = append(out, x)
			return nil
		})
	return out, err
}

// Decide moves a company to a status for staff, who may say why, and emits company.Decided. A move that its graph does not know is refused, and so is a second company with one
// registration number.
func (c *Companies) Decide(ctx context.Context, id company.ID, to company.Status, reason string) error {
	err := c.db.act(ctx, "decide company", func(t tx) error {
		var from company.Status
		if err := t.one(ctx, "lock company", `SELECT status FROM company WHERE id = $1`+c.db.dialect.forUpdate, []any{string(id)}, &from); err != nil {
			return missing(err)
		}
		if from == to {
			return nil
		}
		if !company.May(from, to) {
			return fault.WrongState.Because("a company may not move from %s to %s", from, to)
		}
		if _, err := t.exec(ctx, "decide company", `UPDATE company SET status = $2, reason = $3, decided_at = $4 WHERE id = $1`, string(id), string(to), reason, micros(c.db.now())); err != nil {
			return err
		}
		return emit(ctx, t, company.Decided, string(id), c.db.now())
	})
	if c.db.dialect.taken(err) {
		err = fault.WrongState.Because("another approved company has this registration number")
	}
	return err
}

// Stood keeps what the tax office answered.
func (c *Companies) Stood(ctx context.Context, id company.ID, s company.Standing) error {
	_, err := c.db.exec(ctx, "company stood", `UPDATE company SET standing = $2, asked_at = $3 WHERE id = $1`, string(id), string(s), micros(c.db.now()))
	return err
}

// SetTerms changes what a company has agreed on, from now on. What it owes stays owed, above a lower limit too.
func (c *Companies) SetTerms(ctx context.Context, id company.ID, terms company.Terms) error {
	return c.db.act(ctx, "set terms", func(t tx) error {
		if terms.PriceList != "" {
			var one int
			err := t.one(ctx, "price list", `SELECT 1 FROM price_list WHERE name = $1`, []any{terms.PriceList}, &one)
			if errors.Is(err, sql.ErrNoRows) {
				return fmt.Errorf("there is no price list %q", terms.PriceList)
			}
			if err != nil {
				return err
			}
		}
		n, err := t.exec(ctx, "set terms", `UPDATE company SET price_list = $2, credit_limit = $3, days_to_pay = $4 WHERE id = $1`,
			string(id), terms.PriceList, int64(terms.CreditLimit), terms.DaysToPay)
		if err == nil && n == 0 {
			err = fault.NoSuchPage
		}
		return err
	})
}

// Owed implements business.Store.
func (c *Companies) Owed(ctx context.Context, id company.ID) (money.Amount, error) {
	var owed money.Amount
	err := c.db.reader().one(ctx, now, "owed by company", owedBy, []any{string(id)}, &owed)
	return owed, err
}

// Rewrap closes up to 200 data keys of companies and requests anew that are not under the first of the vault's keys, and returns how many: after a rotation, until there is none.
func (c *Companies) Rewrap(ctx context.Context) (int, error) {
	first, done := c.vault.First(), 0
	for _, table := range []string{"company", "order_request"} {
		type row struct{ id, dataKey string }
		var rows []row
		err := c.db.reader().each(ctx, now, "data keys to rewrap", `SELECT id, data_key FROM `+table+` WHERE wrapped_by <> $1 LIMIT 100`, []any{first}, func(s scanner) error {
			var r row
			err := s.Scan(&r.id, &r.dataKey)
			rows = append(rows, r)
			return err
		})
		for _, r := range rows {
			again, _, wrapped := c.vault.Rewrap(r.dataKey)
			if err = errors.Join(err, wrapped); err != nil {
				return done, err
			}
			if _, err = c.db.exec(ctx, "rewrap data key", `UPDATE `+table+` SET data_key = $2, wrapped_by = $3 WHERE id = $1 AND data_key = $4`, r.id, again, first, r.dataKey); err != nil {
				return done, err
			}
			done++
		}
		if err != nil {
			return done, err
		}
	}
	return done, nil
}
