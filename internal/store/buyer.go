package store

import (
	"context"
	"encoding/json"

	"myclothes/internal/order"
	"myclothes/internal/seal"
)

// Purposes of what is sealed of an order.
const (
	buyerPurpose = "buyer 1"
	phonePurpose = "order phone"
)

// buyer is who bought and where it goes: what is personal of an order.
type buyer struct {
	Contact  order.Contact
	Delivery order.Delivery
}

// kept is a buyer as a row keeps them: sealed, or open where the database was opened without a vault.
type kept struct {
	open                            buyer
	dataKey, by, sealed, phoneIndex string
}

// keep seals a buyer under a new data key.
func (db *DB) keep(b buyer) (kept, error) {
	if db.vault == nil {
		return kept{open: b}, nil
	}
	box, err := db.vault.New()
	if err != nil {
		return kept{}, err
	}
	plain, err := json.Marshal(b)
	if err != nil {
		return kept{}, err
	}
	return kept{dataKey: box.Wrapped, by: db.vault.First(), sealed: box.Seal(buyerPurpose, plain), phoneIndex: db.vault.Index(phonePurpose, b.Contact.Phone)[0]}, nil
}

// buyerOf returns the buyer of a row.
func (db *DB) buyerOf(k kept) (buyer, error) {
	if k.sealed == "" {
		return k.open, nil
	}
	if db.vault == nil {
		return buyer{}, seal.ErrUnknown
	}
	box, err := db.vault.Open(k.dataKey)
	if err != nil {
		return buyer{}, err
	}
	plain, err := box.Open(buyerPurpose, k.sealed)
	if err != nil {
		return buyer{}, err
	}
	var b buyer
	return b, json.Unmarshal(plain, &b)
}

// buyerColumns are what a row keeps of a buyer.
const buyerColumns = `name, phone, email, recipient, to_phone, postcode, road, detail, memo, data_key, wrapped_by, sealed, phone_index`

// into is where buyerColumns are scanned, and values what is written to them.
func (k *kept) into() []any {
	c, d := &k.open.Contact, &k.open.Delivery
	return []any{&c.Name, &c.Phone, &c.Email, &d.Recipient, &d.Phone, &d.Postcode, &d.RoadAddress, &d.DetailAddress, &d.Memo, &k.dataKey, &k.by, &k.sealed, &k.phoneIndex}
}

func (k kept) values() []any {
	c, d := k.open.Contact, k.open.Delivery
	return []any{c.Name, c.Phone, c.Email, d.Recipient, d.Phone, d.Postcode, d.RoadAddress, d.DetailAddress, d.Memo, k.dataKey, k.by, k.sealed, k.phoneIndex}
}

// SealOrders seals up to 100 orders anew that are not sealed under the first of the vault's keys, or not at all, and returns how many: after a rotation, until there is none.
func (o *Orders) SealOrders(ctx context.Context) (int, error) {
	if o.db.vault == nil {
		return 0, nil
	}
	type row struct {
		number string
		kept
	}
	var rows []row
	err := o.db.reader().each(ctx, now, "orders to seal", `SELECT number, `+buyerColumns+` FROM orders WHERE (wrapped_by < $1 OR wrapped_by > $1) AND erased_at = 0 LIMIT 100`, []any{o.db.vault.First()},
		func(s scanner) error {
			var r row
			err := s.Scan(append([]any{&r.number}, r.into()...)...)
			rows = append(rows, r)
			return err
		})
	for i, r := range rows {
		if err != nil {
			return i, err
		}
		var b buyer
		if b, err = o.db.buyerOf(r.kept); err != nil {
			return i, err
		}
		next, failed := o.db.keep(b)
		if err = failed; err == nil {
			_, err = o.db.exec(ctx, "seal order",
				`UPDATE orders SET name = $3, phone = $4, email = $5, recipient = $6, to_phone = $7, postcode = $8, road = $9, detail = $10, memo = $11,
				        data_key = $12, wrapped_by = $13, sealed = $14, phone_index = $15 WHERE number = $1 AND wrapped_by = $2 AND erased_at = 0`,
				append([]any{r.number, r.by}, next.values()...)...)
		}
	}
	return len(rows), err
}
