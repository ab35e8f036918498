package store

import (
	"context"
	"fmt"
	"slices"

	"myclothes/internal/company"
)

// pricesAtOnce is how many rows of a list are written in one statement.
const pricesAtOnce = 200

// PutPriceList writes a list, replacing the one of that name as a whole. SKUs that the shop does not have are refused, all of them by name.
func (c *Companies) PutPriceList(ctx context.Context, l company.PriceList) error {
	if err := l.Check(); err != nil {
		return err
	}
	return c.db.act(ctx, "put price list", func(t tx) error {
		if err := knownSKUs(ctx, t, l); err != nil {
			return err
		}
		if _, err := t.exec(ctx, "put price list",
			`INSERT INTO price_list (name, percent, changed_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO UPDATE SET percent = excluded.percent, changed_at = excluded.changed_at`,
			l.Name, l.Percent, micros(c.db.now())); err != nil {
			return err
		}
		for _, table := range []string{"price_entry", "price_least"} {
			if _, err := t.exec(ctx, "clear price list", `DELETE FROM `+table+` WHERE list = $1`, l.Name); err != nil {
				return err
			}
		}
		return putEntries(ctx, t, l)
	})
}

func putEntries(ctx context.Context, t tx, l company.PriceList) error {
	for some := range slices.Chunk(l.Entries, pricesAtOnce) {
		var r rows
		for _, e := range some {
			r.add(l.Name, e.SKU, e.From, int64(e.Price))
		}
		if _, err := t.exec(ctx, "put price entries", `INSERT INTO price_entry (list, sku, from_quantity, price) VALUES `+r.String(), r.args...); err != nil {
			return err
		}
	}
	for some := range slices.Chunk(skusOf(l), pricesAtOnce) {
		var r rows
		for _, sku := range some {
			if least := l.Leasts[sku]; least > 0 {
				r.add(l.Name, sku, least)
			}
		}
		if len(r.args) == 0 {
			continue
		}
		if _, err := t.exec(ctx, "put least quantities", `INSERT INTO price_least (list, sku, least) VALUES `+r.String(), r.args...); err != nil {
			return err
		}
	}
	return nil
}

// skusOf returns the SKUs that a list names, each once, sorted.
func skusOf(l company.PriceList) []string {
	var out []string
	for _, e := range l.Entries {
		out = append(out, e.SKU)
	}
	for sku := range l.Leasts {
		out = append(out, sku)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func knownSKUs(ctx context.Context, t tx, l company.PriceList) error {
	unknown := map[string]bool{}
	all := skusOf(l)
	for _, sku := range all {
		unknown[sku] = true
	}
	for some := range slices.Chunk(all, pricesAtOnce) {
		in, args := list(nil, some)
		if err := t.each(ctx, "known SKUs", `SELECT sku FROM variant WHERE sku IN (`+in+`)`, args, func(s scanner) error {
			var sku string
			err := s.Scan(&sku)
			delete(unknown, sku)
			return err
		}); err != nil {
			return err
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	all = slices.DeleteFunc(all, func(sku string) bool { return !unknown[sku] })
	if len(all) > 20 {
		return fmt.Errorf("%d SKUs are not in the shop: %q and more", len(all), all[:20])
	}
	return fmt.Errorf("not in the shop: %q", all)
}

// PriceLists returns the names of all lists.
func (c *Companies) PriceLists(ctx context.Context) ([]string, error) {
	var out []string
	err := c.db.reader().each(ctx, now, "price lists", `SELECT name FROM price_list ORDER BY name`, nil, func(s scanner) error {
		var name string
		err := s.Scan(&name)
		out = append(out, name)
		return err
	})
	return out, err
}
