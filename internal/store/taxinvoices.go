package store

import (
	"context"
	"slices"
	"time"

	"myclothes/internal/business"
	"myclothes/internal/company"
	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/lang"
	"myclothes/internal/order"
	"myclothes/internal/payment"
	"myclothes/internal/session"
)

// Bought implements business.Store, in one statement.
func (c *Companies) Bought(ctx context.Context, id company.ID, of session.Key, most int) ([]business.Bought, error) {
	var out []business.Bought
	err := c.db.reader().each(ctx, now, "orders of company",
		`SELECT o.number, o.status, o.total, o.placed_at, o.due_at, l.name_ko, l.name_en, l.image, (SELECT COUNT(*) FROM order_line n WHERE n.number = o.number),
		        COALESCE(p.state, ''), COALESCE(p.method, ''), COALESCE(i.state, '')
		   FROM orders o JOIN order_line l ON l.number = o.number AND l.position = 0
		   LEFT JOIN payment p ON p.number = o.number AND p.order_id = (SELECT a.order_id FROM payment a WHERE a.number = o.number
		             ORDER BY CASE WHEN a.state IN ('captured', 'owed', 'confirming', 'unknown') THEN 0 ELSE 1 END, a.created_at DESC, a.order_id DESC LIMIT 1)
		   LEFT JOIN tax_invoice i ON i.number = o.number
		  WHERE o.company = $1 AND (o.buyer = $2 OR $2 = '') ORDER BY o.placed_at DESC, o.number DESC LIMIT $3`, []any{string(id), string(of), most}, func(s scanner) error {
			var b business.Bought
			var at, due int64
			err := s.Scan(&b.Number, &b.Status, &b.Total, &at, &due, &b.First.KO, &b.First.EN, &b.Image, &b.Lines, &b.Payment, &b.Method, &b.Tax)
			b.PlacedAt = fromMicros(at)
			if due > 0 {
				b.DueAt = fromMicros(due)
			}
			out = append(out, b)
			return err
		})
	return out, err
}

// AskTaxInvoice implements business.Store: supply value and VAT are those of the order.
func (c *Companies) AskTaxInvoice(ctx context.Context, id company.ID, number string, by customer.ID) error {
	return c.db.act(ctx, "ask for tax invoice", func(t tx) error {
		h, err := lockWhere(ctx, t, "company <> '' AND company = $2 AND number = $1", number, string(id))
		if err != nil {
			return err
		}
		if !bought(h.status) {
			return fault.WrongState.Saying("결제됐거나 후불로 접수된 주문만 세금계산서를 요청할 수 있어요.", "A tax invoice can be asked for once the order is paid or on account.")
		}
		if h.byCard() {
			return fault.WrongState.Saying("카드로 결제한 주문은 카드 매출전표가 세금계산서를 대신해요.", "For an order paid by card, the card slip stands in for the tax invoice.")
		}
		n, err := t.exec(ctx, "ask for tax invoice",
			`INSERT INTO tax_invoice (number, company, state, supply, vat, asked_by, asked_at, passed_at)
			 SELECT number, company, 'requested', supply, vat, CAST($2 AS TEXT), CAST($3 AS BIGINT), 0 FROM orders WHERE number = $1
			 ON CONFLICT (number) DO NOTHING`, number, string(by), micros(c.db.now()))
		if err == nil && n == 0 {
			err = fault.WrongState.Saying("이미 요청한 세금계산서예요.", "The tax invoice was asked for already.")
		}
		return err
	})
}

// byCard reports whether the order is paid by card.
func (h *head) byCard() bool {
	return slices.ContainsFunc(h.attempts, func(p payment.Payment) bool { return p.Holds() && p.Method == payment.Card })
}

func bought(s order.Status) bool {
	switch s {
	case order.Paid, order.Preparing, order.Shipped, order.Delivered, order.Completed:
		return true
	}
	return false
}

// TaxInvoices returns those that were asked for, the oldest first, or with every one of them also what was passed on, withdrawn or is to be corrected.
func (c *Companies) TaxInvoices(ctx context.Context, every bool) ([]business.TaxInvoice, error) {
	where := `i.state IN ('requested', 'to_correct')`
	if every {
		where = `1 = 1`
	}
	var out []business.TaxInvoice
	var ids []company.ID
	err := c.db.reader().each(ctx, now, "tax invoices",
		`SELECT i.number, i.company, i.state, i.supply, i.vat, i.asked_at, o.placed_at, l.name_ko, (SELECT COUNT(*) FROM order_line n WHERE n.number = o.number)
		   FROM tax_invoice i JOIN orders o ON o.number = i.number JOIN order_line l ON l.number = o.number AND l.position = 0
		  WHERE `+where+` ORDER BY i.asked_at, i.number`, nil, func(s scanner) error {
			var x business.TaxInvoice
			var id company.ID
			var asked, placed int64
			var first string
			var lines int
			err := s.Scan(&x.Number, &id, &x.State, &x.Supply, &x.VAT, &asked, &placed, &first, &lines)
			x.AskedAt, x.SuppliedAt = fromMicros(asked), fromMicros(placed)
			o := order.Order{Lines: make([]order.Line, lines)}
			o.Lines[0].Name.KO = first
			x.Description = o.Name(lang.Korean)
			out, ids = append(out, x), append(ids, id)
			return err
		})
	known := map[company.ID]company.Application{}
	for i, id := range ids {
		if _, ok := known[id]; !ok && err == nil {
			var who company.Company
			who, err = c.Company(ctx, id)
			known[id] = who.Application
		}
		out[i].Buyer = known[id]
	}
	return out, err
}

// PassOn records that tax invoices that were asked for went to whoever issues them.
func (c *Companies) PassOn(ctx context.Context, numbers []string, at time.Time) error {
	return c.db.act(ctx, "pass tax invoices on", func(t tx) error {
		for _, n := range numbers {
			if _, err := t.exec(ctx, "pass tax invoice on", `UPDATE tax_invoice SET state = 'exported', passed_at = $2 WHERE number = $1 AND state = 'requested'`, n, micros(at)); err != nil {
				return err
			}
		}
		return nil
	})
}
