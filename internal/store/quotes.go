package store

import (
	"context"
	"encoding/json"

	"myclothes/internal/business"
	"myclothes/internal/company"
	"myclothes/internal/customer"
	"myclothes/internal/fault"
)

// PutQuote implements business.Store.
func (c *Companies) PutQuote(ctx context.Context, q business.Quote) error {
	lines, err := json.Marshal(q.Lines)
	if err != nil {
		return err
	}
	m := q.Totals
	_, err = c.db.exec(ctx, "insert quote",
		`INSERT INTO company_quote (number, company, customer, lines, subtotal, delivery, total, supply, vat, made_at, valid_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		q.Number, string(q.Company), string(q.Customer), string(lines), int64(m.Subtotal), int64(m.Delivery), int64(m.Total), int64(m.Supply), int64(m.VAT), micros(q.MadeAt), micros(q.ValidUntil))
	return err
}

// Quote implements business.Store.
func (c *Companies) Quote(ctx context.Context, id company.ID, number string) (business.Quote, error) {
	all, err := c.quotes(ctx, `lines`, `company = $1 AND number = $2`, string(id), number)
	if err == nil && len(all) == 0 {
		err = fault.NoSuchPage
	}
	if err != nil {
		return business.Quote{}, err
	}
	return all[0], nil
}

// Quotes implements business.Store.
func (c *Companies) Quotes(ctx context.Context, id company.ID, of customer.ID) ([]business.Quote, error) {
	return c.quotes(ctx, `'[]'`, `company = $1 AND (customer = $2 OR $2 = '') ORDER BY made_at DESC, number LIMIT 100`, string(id), string(of))
}

func (c *Companies) quotes(ctx context.Context, lines, where string, args ...any) ([]business.Quote, error) {
	var out []business.Quote
	err := c.db.reader().each(ctx, now, "quotes",
		`SELECT number, company, customer, `+lines+`, subtotal, delivery, total, supply, vat, made_at, valid_until FROM company_quote WHERE `+where, args, func(s scanner) error {
			var q business.Quote
			var text string
			var made, until int64
			m := &q.Totals
			if err := s.Scan(&q.Number, &q.Company, &q.Customer, &text, &m.Subtotal, &m.Delivery, &m.Total, &m.Supply, &m.VAT, &made, &until); err != nil {
				return err
			}
			q.MadeAt, q.ValidUntil = fromMicros(made), fromMicros(until)
			out = append(out, q)
			return json.Unmarshal([]byte(text), &out[len(out)-1].Lines)
		})
	return out, err
}
