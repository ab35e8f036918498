package store

import (
	"context"
	"slices"

	"myclothes/internal/catalog"
)

// An offer is what everybody is asked. For who buys for a company, agreed and agreement add what it agreed on: a row per tier of an SKU.
const (
	offered = `v.sku, p.id, p.slug, b.name_ko, b.name_en, p.name_ko, p.name_en, v.color_ko, v.color_en, v.size, v.price, v.list_price, s.on_hand, p.status,
		        COALESCE((SELECT i.path FROM product_image i WHERE i.product_id = p.id AND i.color IN (v.color, '')
		                   ORDER BY i.position LIMIT 1), '')`
	offering = `FROM variant v
		   JOIN product p ON p.id = v.product_id
		   JOIN brand b ON b.slug = p.brand
		   JOIN stock s ON s.sku = v.sku`
	agreed    = `, COALESCE(d.company, ''), COALESCE(d.percent, 0), COALESCE(e.from_quantity, 0), COALESCE(e.price, 0), COALESCE(m.least, 0)`
	agreement = `
		   LEFT JOIN (SELECT c.id AS company, l.name AS list, l.percent AS percent
		                FROM company_buyer u JOIN company c ON c.id = u.company AND c.status = 'approved' LEFT JOIN price_list l ON l.name = c.price_list
		               WHERE u.customer = $1) AS d ON TRUE
		   LEFT JOIN price_entry e ON e.list = d.list AND e.sku = v.sku
		   LEFT JOIN price_least m ON m.list = d.list AND m.sku = v.sku`
)

// offers reads offers for a member, or for nobody (""), in one statement, inside or outside a transaction.
func offers(ctx context.Context, read each, member string, skus []string) (map[string]catalog.Offer, error) {
	out := make(map[string]catalog.Offer, len(skus))
	if len(skus) == 0 {
		return out, nil
	}
	name, columns, from, args := "offers", offered, offering, []any(nil)
	if member != "" {
		name, columns, from, args = "offers to member", offered+agreed, offering+agreement, []any{member}
	}
	in, args := list(args, skus)
	err := read(ctx, now, name, `SELECT `+columns+` `+from+` WHERE v.sku IN (`+in+`)`, args, func(s scanner) error {
		o, tier, err := scanOffer(s, member != "")
		if had, again := out[o.SKU]; again {
			o.Deal.Tiers = had.Deal.Tiers
		}
		if tier.From > 0 {
			o.Deal.Tiers = append(slices.Clip(o.Deal.Tiers), tier)
		}
		out[o.SKU] = o
		return err
	})
	return out, err
}

// scanOffer reads a row: an offer with at most one of its tiers.
func scanOffer(s scanner, deals bool) (o catalog.Offer, t catalog.Tier, err error) {
	var status catalog.Status
	into := []any{&o.SKU, &o.ProductID, &o.ProductSlug, &o.Brand.KO, &o.Brand.EN, &o.Name.KO, &o.Name.EN, &o.Color.KO, &o.Color.EN, &o.Size,
		&o.Price, &o.ListPrice, &o.Available, &status, &o.Image}
	if deals {
		into = append(into, &o.Deal.Company, &o.Deal.Percent, &t.From, &t.Price, &o.Deal.Least)
	}
	err = s.Scan(into...)
	o.OnSale = status == catalog.OnSale
	return o, t, err
}
