// Package storetest opens databases for tests and fills them with a small catalogue that tests know by heart.
package storetest

import (
	"context"
	"testing"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/lang"
	"myclothes/internal/money"
	"myclothes/internal/store"
)

// The SKUs of the small catalogue.
const (
	Shirt     = "OXFORD-NAVY-M"  // 39,000 won, 20 in stock
	ShirtL    = "OXFORD-NAVY-L"  // 39,000 won, 1 in stock
	ShirtGone = "OXFORD-WHITE-M" // 39,000 won, none in stock
	Sneaker   = "COURT-WHITE-250"
	Stopped   = "OLD-BLACK-M" // of a product that is no longer sold
	Draft     = "NEW-BLACK-M" // of a product that nobody may see
)

// Prices of the small catalogue.
const (
	ShirtPrice   money.Amount = 39_000
	SneakerPrice money.Amount = 89_000
)

// Open opens the database, brings its schema up and fills the small catalogue in. It closes with the test.
func Open(t testing.TB, o store.Options) *store.DB {
	t.Helper()
	db := Empty(t, o)
	Fill(t, db)
	return db
}

// Empty is Open without the catalogue.
func Empty(t testing.TB, o store.Options) *store.DB {
	t.Helper()
	db, err := store.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if _, err := db.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	return db
}

// Fill writes the small catalogue.
func Fill(t testing.TB, db *store.DB) {
	t.Helper()
	ctx, m := context.Background(), db.Merchant()
	brand := catalog.Brand{Slug: "haru", Name: lang.Text{KO: "하루", EN: "Haru"}, Story: lang.Text{KO: "매일 입는 옷.", EN: "Clothes for every day."}}
	must(t, m.PutBrands(ctx, []catalog.Brand{brand, {Slug: "onda", Name: lang.Text{KO: "온다", EN: "Onda"}}}))
	must(t, m.PutCategories(ctx, []catalog.Category{
		{Slug: "clothing", Name: lang.Text{KO: "의류", EN: "Clothing"}, Notice: catalog.Clothes, Plan: catalog.PlanTop, Sizes: "alpha women men free"},
		{Slug: "shirts", Parent: "clothing", Name: lang.Text{KO: "셔츠", EN: "Shirts"}},
		{Slug: "shoes", Name: lang.Text{KO: "신발", EN: "Shoes"}, Position: 1, Notice: catalog.Footw, Plan: catalog.PlanShoes, Sizes: "shoes"},
	}))
	must(t, m.PutProducts(ctx, Products(brand)))
}

// Products returns the small catalogue.
func Products(brand catalog.Brand) []catalog.Product {
	navy := catalog.Color{Code: "navy", Name: lang.Text{KO: "네이비", EN: "Navy"}, Hex: "#1b2a49"}
	white := catalog.Color{Code: "white", Name: lang.Text{KO: "화이트", EN: "White"}, Hex: "#ffffff"}
	black := catalog.Color{Code: "black", Name: lang.Text{KO: "블랙", EN: "Black"}, Hex: "#111111"}
	day := time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)
	variant := func(sku string, c catalog.Color, size catalog.Size, price money.Amount, stock int) catalog.Variant {
		return catalog.Variant{SKU: sku, Color: c, Size: size, Price: price, ListPrice: price, Regular: price, Available: stock}
	}
	single := func(id int64, slug, name, sku string, s catalog.Status) catalog.Product {
		return catalog.Product{ID: id, Slug: slug, Brand: brand, Category: "shirts", Name: lang.Text{KO: name, EN: slug},
			Description: lang.Text{KO: name, EN: slug}, Status: s, Facts: Told(catalog.Clothes), CreatedAt: day.Add(time.Duration(id) * time.Hour),
			Variants: []catalog.Variant{variant(sku, black, catalog.Alpha.Size("M"), 10_000, 5)}}
	}
	return []catalog.Product{
		{ID: 1, Slug: "oxford-shirt", Brand: brand, Category: "shirts", Name: lang.Text{KO: "코튼 옥스퍼드 셔츠", EN: "Cotton Oxford shirt"},
			Description: lang.Text{KO: "두툼한 옥스퍼드 원단의 기본 셔츠.", EN: "A plain shirt of heavy Oxford cloth."}, Status: catalog.OnSale, CreatedAt: day,
			Fabric: lang.Text{KO: "면 100%", EN: "Cotton 100%"}, Seasons: []catalog.Season{catalog.Spring, catalog.Autumn}, Facts: Told(catalog.Clothes), Related: []int64{2}, Weight: 3,
			Measures: catalog.SizeTable{Points: []catalog.Point{catalog.Length, catalog.Chest}, Rows: []catalog.SizeRow{{Size: "M", MM: []int{700, 540}}, {Size: "L", MM: []int{720, 560}}}},
			Images:   []catalog.Image{{Path: "1/navy.svg", Color: "navy", Alt: lang.Text{KO: "네이비 셔츠", EN: "Navy shirt"}}},
			Variants: []catalog.Variant{
				variant(Shirt, navy, catalog.Alpha.Size("M"), ShirtPrice, 20),
				variant(ShirtL, navy, catalog.Alpha.Size("L"), ShirtPrice, 1),
				variant(ShirtGone, white, catalog.Alpha.Size("M"), ShirtPrice, 0),
			}},
		{ID: 2, Slug: "court-sneaker", Brand: brand, Category: "shoes", Name: lang.Text{KO: "코트 스니커즈", EN: "Court sneakers"},
			Description: lang.Text{KO: "가죽 스니커즈.", EN: "Leather sneakers."}, Status: catalog.OnSale, CreatedAt: day.Add(time.Hour), Facts: Told(catalog.Footw),
			Variants: []catalog.Variant{{SKU: Sneaker, Color: white, Size: catalog.Shoes.Size("250"), Price: SneakerPrice, ListPrice: 99_000, Regular: SneakerPrice, Available: 300}}},
		single(3, "old-shirt", "지난 셔츠", Stopped, catalog.Stopped),
		single(4, "new-shirt", "새 셔츠", Draft, catalog.Draft),
	}
}

// Told returns all facts that the law wants of such goods.
func Told(n catalog.Notice) catalog.Told {
	out := catalog.Told{}
	for _, f := range n.Facts() {
		if !f.Derived() {
			out[f] = lang.Text{KO: "알림 " + string(f), EN: "Told " + string(f)}
		}
	}
	return out
}

// Audit fails the test for every promise that the database breaks.
func Audit(t testing.TB, db *store.DB) {
	t.Helper()
	broken, err := db.Audit(context.Background())
	must(t, err)
	for _, b := range broken {
		t.Errorf("broken: %s", b)
	}
}

// Available returns how many units of sku can be bought.
func Available(t testing.TB, db *store.DB, sku string) int {
	t.Helper()
	offers, err := db.Catalog().Offers(context.Background(), "", []string{sku})
	must(t, err)
	return offers[sku].Available
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
