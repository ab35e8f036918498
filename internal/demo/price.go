package demo

import (
	"fmt"
	"strings"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/money"
)

// The dated sale of the demonstration. What is written here as Price holds in the middle of it (22 November 2026); the store finds the
// price again from Regular and Sale at every reading.
var (
	saleFrom  = time.Date(2026, 10, 31, 15, 0, 0, 0, time.UTC) // 1 November in Seoul
	saleUntil = time.Date(2027, 1, 30, 15, 0, 0, 0, time.UTC)  // 31 January in Seoul
)

func (a article) variants(id int, col catalog.Color) []catalog.Variant {
	var out []catalog.Variant
	price, sale := a.prices(id)
	for _, size := range a.sizes {
		sku := strings.ToUpper(fmt.Sprintf("%s-%03d-%s-%s", a.stem, id, col.Code, size.Label))
		v := catalog.Variant{SKU: sku, Color: col, Size: size, Price: price, ListPrice: money.Amount(a.list), Regular: price, Sale: sale, Available: stock(sku)}
		if sale.Price > 0 {
			v.Price = sale.Price
		}
		out = append(out, v)
	}
	return out
}

// prices are the ordinary price and, of a few articles that are not reduced anyway, the dated sale.
func (a article) prices(id int) (money.Amount, catalog.Sale) {
	price := reduced(a.list, a.off)
	if a.off > 0 || id%26 != 12 {
		return price, catalog.Sale{}
	}
	return price, catalog.Sale{Price: reduced(a.list, 15), From: saleFrom, Until: saleUntil}
}

// reduced takes off at least that many percent and ends as the list price does, in 000 or 900.
func reduced(list, off int) money.Amount {
	if off == 0 {
		return money.Amount(list)
	}
	tail := list % 1000
	return money.Amount((list*(100-off)/100-tail)/1000*1000 + tail)
}

// stock is what the SKU's hash gives: of 32 SKUs one has none and two have 1 to 3, the others 5 to 80.
func stock(sku string) int {
	h := int(hash(sku) >> 4)
	switch h % 32 {
	case 0:
		return 0
	case 1, 2:
		return 1 + h/32%3
	}
	return 5 + h/32%76
}

func sellOut(vs []catalog.Variant) {
	for i := range vs {
		vs[i].Available = 0
	}
}

// hash is FNV-1a of 32 bits.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}
