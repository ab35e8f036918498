package store

import (
	"context"
	"encoding/json"

	"myclothes/internal/business"
	"myclothes/internal/company"
	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/seal"
)

// Ask implements business.Store.
func (c *Companies) Ask(ctx context.Context, r business.Request) (string, error) {
	box, err := c.vault.New()
	if err != nil {
		return "", err
	}
	text, err := sealed(box, requestPurpose, buyer{r.Wanted.Contact, r.Wanted.Delivery})
	if err != nil {
		return "", err
	}
	lines, err := json.Marshal(r.Lines)
	if err != nil {
		return "", err
	}
	id := seal.NewID()
	return id, c.db.act(ctx, "ask for order", func(t tx) error {
		if _, err := t.exec(ctx, "insert request",
			`INSERT INTO order_request (id, company, customer, visitor, state, lines, method, data_key, wrapped_by, sealed, number, asked_at, decided_at)
			 VALUES ($1, $2, $3, $4, 'open', $5, $6, $7, $8, $9, '', $10, 0)`,
			id, string(r.Company), string(r.Customer), string(r.Owner), string(lines), string(r.Wanted.Method), box.Wrapped, c.vault.First(), text, micros(c.db.now())); err != nil {
			return err
		}
		return tellApprovers(ctx, t, id, r)
	})
}

// tellApprovers has everybody else written to who may approve a request.
func tellApprovers(ctx context.Context, t tx, id string, r business.Request) error {
	var who []string
	if err := t.each(ctx, "approvers", `SELECT customer FROM company_buyer WHERE company = $1 AND approves = 1 AND customer <> $2 ORDER BY customer`,
		[]any{string(r.Company), string(r.Customer)}, func(s scanner) error {
			var one string
			err := s.Scan(&one)
			who = append(who, one)
			return err
		}); err != nil {
		return err
	}
	for _, one := range who {
		if err := emit(ctx, t, company.Asked, id+" "+one, t.db.now()); err != nil {
			return err
		}
	}
	return nil
}

// Request implements business.Store.
func (c *Companies) Request(ctx context.Context, id company.ID, request string) (business.Request, error) {
	return c.request(ctx, `company = $1 AND id = $2`, string(id), request)
}

// AnyRequest implements business.Store.
func (c *Companies) AnyRequest(ctx context.Context, request string) (business.Request, error) {
	return c.request(ctx, `id = $1`, request)
}

func (c *Companies) request(ctx context.Context, where string, args ...any) (business.Request, error) {
	all, err := c.requests(ctx, where, args...)
	if err == nil && len(all) == 0 {
		err = fault.NoSuchPage
	}
	if err != nil {
		return business.Request{}, err
	}
	return all[0], nil
}

// Requests implements business.Store.
func (c *Companies) Requests(ctx context.Context, id company.ID, of customer.ID) ([]business.Request, error) {
	return c.requests(ctx, `company = $1 AND (customer = $2 OR $2 = '') ORDER BY asked_at DESC, id LIMIT 100`, string(id), string(of))
}

func (c *Companies) requests(ctx context.Context, where string, args ...any) ([]business.Request, error) {
	var out []business.Request
	err := c.db.reader().each(ctx, now, "requests",
		`SELECT id, company, customer, visitor, state, lines, method, data_key, sealed, number, asked_at, decided_at FROM order_request WHERE `+where, args, func(s scanner) error {
			var r business.Request
			var lines, dataKey, text string
			var asked, decided int64
			if err := s.Scan(&r.ID, &r.Company, &r.Customer, &r.Owner, &r.State, &lines, &r.Wanted.Method, &dataKey, &text, &r.Number, &asked, &decided); err != nil {
				return err
			}
			if err := json.Unmarshal([]byte(lines), &r.Lines); err != nil {
				return err
			}
			var b buyer
			if err := c.open(dataKey, requestPurpose, text, &b); err != nil {
				return err
			}
			r.Wanted.Contact, r.Wanted.Delivery, r.AskedAt = b.Contact, b.Delivery, fromMicros(asked)
			if decided > 0 {
				r.DecidedAt = fromMicros(decided)
			}
			out = append(out, r)
			return nil
		})
	return out, err
}

// CloseRequest implements business.Store.
func (c *Companies) CloseRequest(ctx context.Context, id company.ID, request string, s business.RequestState) error {
	return c.db.act(ctx, "close request", func(t tx) error {
		n, err := t.exec(ctx, "close request", `UPDATE order_request SET state = $3, decided_at = $4 WHERE company = $1 AND id = $2 AND state = 'open'`,
			string(id), request, string(s), micros(c.db.now()))
		if err == nil && n == 0 {
			err = fault.WrongState
		}
		if err != nil || s != business.Declined {
			return err
		}
		return emit(ctx, t, company.Declined, request, c.db.now())
	})
}
