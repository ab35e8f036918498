package site

import (
	"fmt"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/lang"
	"myclothes/internal/money"
	"myclothes/internal/store/storetest"
)

// names are what a script calls its goods: their SKUs and the ids of their products. All prices and numbers are those before the script.
func names(n int64) map[string]string {
	sku := func(rest string) string { return fmt.Sprintf("T%d-%s", n, rest) }
	id := func(i int64) string { return fmt.Sprint(1000*n + i) }
	return map[string]string{
		"SHIRT_ID": id(1),                // navy and white, M and L
		"SHIRT":    sku("SHIRT-NAVY-M"),  // 39,000 won, 20 in stock
		"LAST":     sku("SHIRT-NAVY-L"),  // 39,000 won, 1 in stock
		"GONE":     sku("SHIRT-WHITE-M"), // 39,000 won, sold out
		"SOCKS_ID": id(2),
		"SOCKS":    sku("SOCKS-BLACK-M"), // 12,000 won, 300 in stock
		"OLD_ID":   id(3),
		"OLD":      sku("OLD-BLACK-M"), // of a product that is no longer sold
		"DRAFT_ID": id(4),
		"DRAFT":    sku("DRAFT-BLACK-M"), // of a product that nobody may see
		"ODD_ID":   id(5),
		"ODD":      sku("ODD-BLACK-M"), // of a product whose name is full of markup; 10,000 won, 5 in stock
	}
}

// goods are a script's products.
func goods(n int64) []catalog.Product {
	name := names(n)
	navy := catalog.Color{Code: "navy", Name: lang.Text{KO: "네이비", EN: "Navy"}, Hex: "#1b2a49"}
	white := catalog.Color{Code: "white", Name: lang.Text{KO: "화이트", EN: "White"}, Hex: "#ffffff"}
	black := catalog.Color{Code: "black", Name: lang.Text{KO: "블랙", EN: "Black"}, Hex: "#111111"}
	variant := func(which string, c catalog.Color, size string, price money.Amount, stock int) catalog.Variant {
		return catalog.Variant{SKU: name[which], Color: c, Size: catalog.Alpha.Size(size), Price: price, ListPrice: price, Available: stock}
	}
	product := func(id int64, slug, ko, en string, s catalog.Status, all ...catalog.Variant) catalog.Product {
		return catalog.Product{ID: 1000*n + id, Slug: slug, Brand: brand, Category: "shirts", Status: s, Variants: all,
			Name: lang.Text{KO: ko, EN: en}, Description: lang.Text{KO: ko, EN: en}, CreatedAt: time.Date(2020, 1, 1, 0, 0, int(n), 0, time.UTC), Facts: storetest.Told(catalog.Clothes)}
	}
	return []catalog.Product{
		product(1, "test-shirt", "시험용 셔츠", "Test shirt", catalog.OnSale,
			variant("SHIRT", navy, "M", 39_000, 20), variant("LAST", navy, "L", 39_000, 1), variant("GONE", white, "M", 39_000, 0)),
		product(2, "test-socks", "시험용 양말", "Test socks", catalog.OnSale, variant("SOCKS", black, "M", 12_000, 300)),
		product(3, "old-shirt", "지난 셔츠", "Old shirt", catalog.Stopped, variant("OLD", black, "M", 10_000, 5)),
		product(4, "draft-shirt", "준비 중인 셔츠", "Draft shirt", catalog.Draft, variant("DRAFT", black, "M", 10_000, 5)),
		product(5, "odd-shirt", `<b onclick="x()">"셔츠" & '바지'</b>`, `<script>alert("odd")</script>`, catalog.OnSale, variant("ODD", black, "M", 10_000, 5)),
	}
}

// brand is one of the demo's, so that the goods belong to the shop they are in.
var brand = catalog.Brand{Slug: "damgyeol"}
