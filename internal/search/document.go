package search

import (
	"cmp"

	"myclothes/internal/catalog"
	"myclothes/internal/lang"
	"myclothes/internal/money"
)

// document is what the index keeps of a product to order, count and forget it. The zero document is a free number.
type document struct {
	id         int64
	popularity int64
	created    int64 // Unix microseconds
	price      money.Amount
	percent    int32 // by how much the price lies under the list price
	band       uint8
	sale       bool
	stocked    bool // a variant is in stock
	category   uint32
	brand      uint32
	phrase     uint32
	variants   []variant
	words      []uint32 // term<<2 | field, each once
	slug       string
	name       lang.Text
}

// variant is a shade, a size (from 1) and whether it is in stock.
type variant struct {
	shade uint32
	size  uint32 // label<<1 | in stock
}

func (v variant) label() uint32 { return v.size >> 1 }
func (v variant) stocked() bool { return v.size&1 == 1 }

// key is a document's place in an order: larger comes first, member by member, and the id decides among equals.
type key struct {
	At [4]int64 `json:"k"`
	ID int64    `json:"i"`
}

// ahead is negative if k comes before o.
func (k key) ahead(o key) int {
	for i, v := range k.At {
		if v != o.At[i] {
			return cmp.Compare(o.At[i], v)
		}
	}
	return cmp.Compare(o.ID, k.ID)
}

// key returns the document's place in that order.
func (d *document) key(s catalog.Sort) key {
	k := key{ID: d.id}
	switch s {
	case catalog.Newest:
		k.At[0] = d.created
	case catalog.PriceUp:
		k.At[0] = -int64(d.price)
	case catalog.PriceDown:
		k.At[0] = int64(d.price)
	case catalog.MostOff:
		k.At[0] = int64(d.percent)
	default:
		k.At = [4]int64{d.first(), 0, d.popularity, d.created}
	}
	return k
}

// fitting returns the document's place among those that a text finds, by its score.
func (d *document) fitting(score int) key {
	k := d.key(catalog.Best)
	k.At[1] = int64(score)
	return k
}

// first is 1 for what can be bought.
func (d *document) first() int64 {
	if d.stocked {
		return 1
	}
	return 0
}
