package exchange_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/catalog/exchange"
	"myclothes/internal/lang"
	"myclothes/internal/store"
	"myclothes/internal/store/storetest"
	"myclothes/internal/testenv"
)

// refusal brings a file in that must be refused, and returns its faults as lines.
func refusal(t *testing.T, db *store.DB, name, file string) string {
	t.Helper()
	_, err := bring(t, db, name, file)
	var refused *exchange.Refused
	if !errors.As(err, &refused) {
		t.Errorf("%s: %v, want it refused", name, err)
		return ""
	}
	var said []string
	for _, f := range refused.Faults {
		said = append(said, f.String())
	}
	return strings.Join(said, "\n")
}

func shelf(t *testing.T, db *store.DB, slug string) catalog.Category {
	t.Helper()
	tree, err := db.Merchant().Tree(ctx)
	if err != nil {
		t.Fatal(err)
	}
	c, _ := tree.Find(slug)
	return c
}

func changes(t *testing.T, db *store.DB) int {
	t.Helper()
	all, err := db.Catalog().Changes(ctx, time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

// TestShelvesKeepWhatAFileDoesNotSay: a file that only gives names leaves rules and stories; an empty field empties.
func TestShelvesKeepWhatAFileDoesNotSay(t *testing.T) {
	testenv.Engines(t, func(t *testing.T, address string) {
		db := open(t, address)
		was := shelf(t, db, "clothing")
		done, err := bring(t, db, "c.csv", "category,parent,name_ko\nclothing,,옷\n")
		is := shelf(t, db, "clothing")
		if was.Name.KO = "옷"; err != nil || is != was || done.Categories != 1 {
			t.Errorf("%+v, %+v, %v; want %+v", is, done, err, was)
		}
		if _, err := bring(t, db, "b.csv", "brand,name_ko,name_en\nharu,하루하루,\n"); err != nil {
			t.Fatal(err)
		}
		brands, err := db.Merchant().Brands(ctx)
		if b := brands[0]; err != nil || b.Name.KO != "하루하루" || b.Name.EN != "" || b.Story.KO != "매일 입는 옷." || b.Story.EN == "" {
			t.Errorf("%+v, %v", b, err)
		}
	})
}

// TestSomeColumnsSaySomething: of pictures, measures and colours as well, what has no column stays, and a new size joins its colour.
func TestSomeColumnsSaySomething(t *testing.T) {
	db := open(t, "sqlite:"+t.TempDir()+"/shop.db")
	was := all(t, db)[0]
	file := "product,category,brand,name_ko,sku,color,color_ko,color_hex,size,price,stock,images,measure_chest\n"
	variant := func(sku string, v catalog.Variant, size, more string) string {
		return fmt.Sprintf("A,shirts,haru,%s,%s,%s,%s,%s,%s,39000,0,%s\n", was.Name.KO, sku, v.Color.Code, v.Color.Name.KO, v.Color.Hex, size, more)
	}
	for i, v := range was.Variants {
		file += variant(v.SKU, v, v.Size.Label, []string{"a.jpg,55", ",", ","}[i])
	}
	file += variant("OXFORD-NAVY-XL", was.Variants[0], "XL", ",60")
	if _, err := bring(t, db, "some.csv", file); err != nil {
		t.Fatal(err)
	}
	is := all(t, db)[0]
	if len(is.Images) != 2 || is.Images[1] != was.Images[0] {
		t.Errorf("pictures: %+v", is.Images)
	}
	if got := fmt.Sprint(is.Measures); got != "{[length chest] [{M [700 550]} {L [720 0]} {XL [0 600]}]}" {
		t.Errorf("measures: %s", got)
	}
	if v, ok := is.Variant("navy", "XL"); !ok || v.Color != was.Variants[0].Color {
		t.Errorf("the new size: %+v", v)
	}
}

// TestShelvesCannotTakeTheirProductsFacts: no file makes a product on sale one that may not be (상품정보제공고시).
func TestShelvesCannotTakeTheirProductsFacts(t *testing.T) {
	testenv.Engines(t, func(t *testing.T, address string) {
		db := open(t, address)
		before := written(t, db, true, "")
		for file, want := range map[string]string{
			"category,parent,name_ko,notice\nshoes,,신발,footwear\nclothing,,의류,\n": "line 3, column 1 (category): 1 products of the shop could not stay as they are: 1 코튼 옥스퍼드 셔츠",
			"category,parent,name_ko,sizes\nclothing,,의류,women\n":                 `size: "M" is no size`,
			"category,parent,name_ko\nboots,shoes,부츠\n":                           "line 2, column 1 (category): 1 products of the shop could not stay as they are: 2 코트 스니커즈 (category: Must be a category with none below it.)",
			"category,parent,name_ko\nlinen,shirts,마 셔츠\n":                        "3 products",
		} {
			if said := refusal(t, db, "c.csv", file); !strings.Contains(said, want) {
				t.Errorf("%s: said\n%s\nwant\n%s", file, said, want)
			}
		}
		if after := written(t, db, true, ""); after != before {
			t.Errorf("something stayed:\n%s", after)
		}
		err := db.Merchant().PutCategories(ctx, []catalog.Category{{Slug: "clothing", Name: lang.Text{KO: "의류"}}})
		if err == nil || shelf(t, db, "clothing").Notice != catalog.Clothes {
			t.Errorf("written without a file: %v", err)
		}
		moved := strings.Replace(before, "}],\n\"brands\"", "},\n{\"slug\":\"sneakers\",\"parent\":\"shoes\",\"name\":{\"ko\":\"운동화\"}}],\n\"brands\"", 1)
		moved = strings.ReplaceAll(moved, `"category":"shoes"`, `"category":"sneakers"`)
		if _, err := bring(t, db, "moved.json", moved); err != nil || all(t, db)[1].Category != "sneakers" {
			t.Errorf("a file that moves the products as well: %v", err)
		}
		storetest.Audit(t, db)
	})
}

// TestShelvesKeepTheirPlaces: a file with some of them puts new ones last; one with all of them sets the order.
func TestShelvesKeepTheirPlaces(t *testing.T) {
	db := open(t, "sqlite:"+t.TempDir()+"/shop.db")
	order := func() string {
		tree, err := db.Merchant().Tree(ctx)
		if err != nil {
			t.Fatal(err)
		}
		var tops []string
		for _, c := range tree.Children("") {
			tops = append(tops, c.Slug)
		}
		return strings.Join(tops, " ")
	}
	for _, c := range []struct{ file, want string }{
		{"shoes,,신발\n", "clothing shoes"},
		{"bags,,가방\n", "clothing shoes bags"},
		{"hats,,모자\nshoes,,신\n", "clothing shoes bags hats"},
		{"bags,,가방\nhats,,모자\nclothing,,의류\nshoes,,신발\n", "bags hats clothing shoes"},
		{"belts,,벨트\nbags,,가방\nhats,,모자\nclothing,,의류\nshoes,,신발\n", "belts bags hats clothing shoes"},
	} {
		if _, err := bring(t, db, "c.csv", "category,parent,name_ko\n"+c.file); err != nil || order() != c.want {
			t.Errorf("after %q: %s, %v; want %s", c.file, order(), err, c.want)
		}
	}
}

// TestShelvesAsTheyWere: what changes nothing is not told to anybody.
func TestShelvesAsTheyWere(t *testing.T) {
	testenv.Engines(t, func(t *testing.T, address string) {
		db := open(t, address)
		told := changes(t, db)
		for _, what := range []string{exchange.Categories, exchange.Brands} {
			done, err := bring(t, db, what, written(t, db, false, what))
			if err != nil || done.Brands+done.Categories != 0 || done.SameBrands+done.SameCategories != done.Rows || done.Rows == 0 {
				t.Errorf("%s again: %+v, %v", what, done, err)
			}
		}
		if n := changes(t, db); n != told {
			t.Errorf("told of %d changes", n-told)
		}
	})
}

// TestProductsThatChangedAreTold: each of them, and no other.
func TestProductsThatChangedAreTold(t *testing.T) {
	testenv.Engines(t, func(t *testing.T, address string) {
		at := day
		db := storetest.Open(t, store.Options{Address: address, Now: func() time.Time { return at }})
		told := func(name, file string) []int64 {
			t.Helper()
			at = at.Add(24 * time.Hour)
			if _, err := bring(t, db, name, file); err != nil {
				t.Fatal(err)
			}
			all, err := db.Catalog().Changes(ctx, at.Add(-catalog.ToldAside))
			if err != nil {
				t.Fatal(err)
			}
			var ids []int64
			for _, c := range all {
				ids = append(ids, c.Product)
			}
			slices.Sort(ids)
			return ids
		}
		if got := told("a.csv", head+"\n"+row("A", "A-M", "M,39000,5")); !slices.Equal(got, []int64{5}) {
			t.Errorf("a new product: %v", got)
		}
		if got := told("b.csv", "brand,name_ko\nharu,매일\n"); !slices.Equal(got, []int64{0, 1, 2, 3, 4, 5}) {
			t.Errorf("a brand's name: %v", got)
		}
		var many strings.Builder
		for i := range 2_100 {
			many.WriteString(row(fmt.Sprint("P", i), fmt.Sprint("P-", i), "M,1000,5"))
		}
		if got := told("many.csv", head+"\n"+many.String()); len(got) != 2_101 || got[0] != 0 || got[1] != 6 {
			t.Errorf("%d products", len(got))
		}
		recent, err := db.Catalog().Changes(ctx, at.Add(-11*time.Minute))
		if err != nil || len(recent) != 1 || recent[0].Product != 0 {
			t.Errorf("indexes are told of %d changes, %v; want them told once", len(recent), err)
		}
	})
}

// TestAListPriceIsOneThatSomebodyWrote: a file of prices alone makes no reduction up.
func TestAListPriceIsOneThatSomebodyWrote(t *testing.T) {
	db := open(t, "sqlite:"+t.TempDir()+"/shop.db")
	sneaker := "product,category,brand,name_ko,sku,color,color_ko,color_hex,size,price,stock\nA,shoes,haru,코트 스니커즈," + storetest.Sneaker + ",white,화이트,#ffffff,250,%d,0\n"
	price := func(won int) catalog.Variant {
		t.Helper()
		if _, err := bring(t, db, "p.csv", fmt.Sprintf(sneaker, won)); err != nil {
			t.Fatal(err)
		}
		return all(t, db)[1].Variants[0]
	}
	for _, c := range []struct{ price, list int }{{79_000, 99_000}, {120_000, 120_000}, {89_000, 89_000}} {
		if v := price(c.price); int(v.Price) != c.price || int(v.ListPrice) != c.list {
			t.Errorf("at %d: %d of %d, want of %d", c.price, v.Price, v.ListPrice, c.list)
		}
	}
}

// TestOnceSeenNeverADraft: people have its address.
func TestOnceSeenNeverADraft(t *testing.T) {
	testenv.Engines(t, func(t *testing.T, address string) {
		db := open(t, address)
		file := "product,category,brand,name_ko,sku,color,color_ko,color_hex,size,price,stock,status\nA,shirts,haru,지난 셔츠," + storetest.Stopped + ",black,블랙,#111111,M,10000,5,draft\n"
		if said := refusal(t, db, "d.csv", file); !strings.Contains(said, "line 2, column 12 (status): was on sale") {
			t.Error(said)
		}
		if err := db.Merchant().SetStatus(ctx, 1, catalog.Draft); err == nil {
			t.Error("set to a draft")
		}
		p := storetest.Products(catalog.Brand{Slug: "haru"})[0]
		p.Status = catalog.Draft
		if err := db.Merchant().PutProducts(ctx, []catalog.Product{p}); err == nil {
			t.Error("written as a draft")
		}
		if err := db.Merchant().SetPrice(ctx, storetest.Shirt, 40_000, 39_000); err == nil {
			t.Error("a list price below the price")
		}
	})
}

// TestFaultsOfShelvesAndMembers are named where they are.
func TestFaultsOfShelvesAndMembers(t *testing.T) {
	db := open(t, "sqlite:"+t.TempDir()+"/shop.db")
	good := row("A", "A-M", "M,39000,5")
	two := func(a, b string) string { return strings.TrimSuffix(a, "\n") + b }
	product := func(rest string) string {
		return "{\"products\":[\n{\"status\":\"draft\",\"category\":\"shirts\",\"brand\":\"haru\",\"name\":{\"ko\":\"셔츠\",\"en\":\"\"}," + rest +
			"\n\"variants\":[{\"sku\":\"J-M\",\"color\":{\"code\":\"navy\",\"name\":{\"ko\":\"네이비\",\"en\":\"\"},\"hex\":\"#1b2a49\"},\n\"size\":\"M\",\"price\":1000,\"stock\":1}]}]}"
	}
	if _, err := bring(t, db, "good.json", product("")); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ file, want string }{
		"a category's unseen character": {"category,parent,name_ko\nx,,모\u202e자\n", "line 2, column 3 (name_ko): Holds the unseen character U+202E."},
		"a long category":               {"category,parent,name_ko\nx,," + strings.Repeat("자", 200) + "\n", "(name_ko): At most 120 characters."},
		"a long brand":                  {"brand,name_ko\nx," + strings.Repeat("자", 200) + "\n", "(name_ko): At most 120 characters."},
		"a brand's blank":               {"brand,name_ko\nx,모\u200b자\n", "U+200B"},
		"a category twice":              {"category,parent,name_ko\nx,,모자\nx,,신발\n", `line 3, column 1 (category): the category "x" is in the file already, on line 2`},
		"a brand twice":                 {"brand,name_ko\nx,모자\nx,신발\n", `line 3, column 1 (brand): the brand "x" is in the file already, on line 2`},
		"a brand twice.json":            {"{\"brands\":[\n{\"slug\":\"x\",\"name\":{\"ko\":\"가\"}},\n{\"slug\":\"x\",\"name\":{\"ko\":\"나\"}}]}", `line 3, column 2 (brand): the brand "x" is in the file already, on line 2`},

		"two names of a colour":                 {head + "\n" + good + strings.Replace(row("A", "A-L", "L,39000,5"), "네이비", "남색", 1), "line 3, column 7 (color_ko): the colour navy is 네이비 on another row and 남색 here"},
		"two swatches":                          {head + "\n" + good + strings.Replace(row("A", "A-L", "L,39000,5"), "#1b2a49", "#000000", 1), "line 3, column 8 (color_hex)"},
		"two lengths of a size":                 {head + ",measure_chest\n" + two(good, ",50\n") + two(strings.Replace(row("A", "A-W", "M,39000,5"), "navy", "white", 1), ",51\n"), "line 3, column 13 (measure_chest): the size M measures 50 on another row and 51 here"},
		"commas anywhere":                       {head + "\n" + row("A", "A-M", `M,"29,9",5`), `line 2, column 10 (price): "29,9" is no whole number of won`},
		"a sign of the currency":                {head + "\n" + row("A", "A-M", `M,"₩12,000",5`), `"₩12,000" is no whole number of won`},
		"a picture of a colour":                 {head + ",color_images\n" + two(good, ",a.jpg\n") + two(row("A", "A-L", "L,39000,5"), ",no.jpg\n"), `line 3, column 13 (color_images): A-L: picture "no.jpg"`},
		"semicolons":                            {"category;parent;name_ko\nx;;모자\n", "parted by semicolons"},
		"tabs":                                  {"product\tsku\tprice\n", "parted by tabs"},
		"nothing known":                         {"a,b,c\n", "there is no such column"},
		"a category file that lacks its parent": {"category,name_ko,notice\nx,모자,clothes\n", "line 1 (parent): the column is missing"},
		"a product file that lacks its SKU":     {"product,category,brand,name_ko,price\n", "line 1 (sku): the column is missing"},
		"UTF-16 without a mark":                 {wide(head), "UTF-16 without a byte order mark"},
		"a spreadsheet's own":                   {"PK\x03\x04xx", "save it as “CSV UTF-8”"},
		"one bad byte":                          {head + "\n" + good + strings.Replace(row("B", "B-M", "M,39000,5"), "네이비", "네이\xff비", 1), "line 3, column 7 (color_ko): holds bytes that are not UTF-8"},
		"a large field":                         {head + "\n" + good + `B,"` + strings.Repeat("x", 2<<20) + `"` + "\n", "line 3: a record of more than 1 MB"},

		"a misspelt measure.json": {product(`"measures_cm":{"M":{` + "\n" + `"chset":50}},`), "line 3, column 1 (measures_cm.M.chset): nothing is measured there"},
		"a misspelt size.json":    {product(`"measures_cm":{"XXM":{"chest":50}},`), "(measures_cm.XXM): the product has no such size"},
		"a misspelt fact.json":    {product(`"facts":{"materail":{"ko":"면"}},`), "(facts.materail): there is no such fact"},
		"weight.json":             {product("\n\"weight\":-5,"), "line 3, column 1 (weight): From 0 to 1000000000."},
		"season.json":             {product(`"seasons":["monsoon"],`), `(seasons): "monsoon" is no season.`},
		"another colour.json":     {product(`"images":[{"file":"a.jpg","color":"red"}],`), "(images): A picture of a colour that the product does not have: red"},
		"a picture.json":          {product("\"images\":[{\"file\":\"a.jpg\"},\n{\"file\":\"no.jpg\"}],"), `line 3, column 2 (images.1.file): picture "no.jpg"`},
		"text for a number.json":  {strings.Replace(product(""), "1000", `"cheap"`, 1), `line 4, column 12 (variants.0.price): text stands where a whole number belongs`},
		"a price of nothing.json": {strings.Replace(product(""), "1000", `0`, 1), `line 4, column 12 (price): J-M: From 1 to 100,000,000 won.`},
		"more behind.json":        {product("") + "{\"products\":[]}", "the file goes on behind its one object"},
		"products twice.json":     {strings.TrimSuffix(product(""), "}") + ",\n\"products\":[]}", "(products): the list is there twice"},
		"a comma missing.json":    {strings.Replace(product(""), `"size":"M",`, `"size":"M"`, 1), "line 4, column 11: this is not JSON"},
	} {
		before := written(t, db, true, "")
		if said := refusal(t, db, name, c.file); !strings.Contains(said, c.want) {
			t.Errorf("%s: said\n  %s\nwant\n  %s", name, said, c.want)
		}
		if written(t, db, true, "") != before {
			t.Errorf("%s: something of it stayed", name)
		}
	}
}

func wide(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		b.WriteByte(c)
		b.WriteByte(0)
	}
	return b.String()
}

// TestMoments: as people and Korean spreadsheets write them. A sale that ends on a day without a time lasts through that day.
func TestMoments(t *testing.T) {
	db := open(t, "sqlite:"+t.TempDir()+"/shop.db")
	r := strings.TrimSuffix(row("A", "A-M", "M,39000,5"), "\n")
	for _, c := range []struct{ from, until, wantFrom, wantUntil string }{
		{"2026-11-27", "2026-11-30", "2026-11-26T15:00:00Z", "2026-11-30T15:00:00Z"},
		{"2026. 11. 27", "2026. 11. 30.", "2026-11-26T15:00:00Z", "2026-11-30T15:00:00Z"},
		{"2026/11/27 0:00", "2026/11/30 0:00", "2026-11-26T15:00:00Z", "2026-11-29T15:00:00Z"},
		{"2026-11-27 오전 12:00:00", "2026-11-30 오후 11:30", "2026-11-26T15:00:00Z", "2026-11-30T14:30:00Z"},
		{"2026-11-27T00:00:00+09:00", "2026-11-30 18:00", "2026-11-26T15:00:00Z", "2026-11-30T09:00:00Z"},
	} {
		if _, err := bring(t, db, "a.csv", head+",sale_price,sale_from,sale_until\n"+r+",30000,"+c.from+","+c.until+"\n"); err != nil {
			t.Errorf("%s: %v", c.from, err)
			continue
		}
		s := all(t, db)[4].Variants[0].Sale
		if s.From.Format(time.RFC3339) != c.wantFrom || s.Until.Format(time.RFC3339) != c.wantUntil {
			t.Errorf("%s to %s: %s to %s", c.from, c.until, s.From, s.Until)
		}
	}
}

// TestFormulasAreText: a spreadsheet program that opens an export runs nothing of it, and it comes back as it was.
func TestFormulasAreText(t *testing.T) {
	db := open(t, "sqlite:"+t.TempDir()+"/shop.db")
	r := strings.TrimSuffix(row("A", "A-M", "M,39000,5"), "\n")
	for _, text := range []string{"=1+1", "+82", "-50%", "@home", "'=x", "'text", "''-x"} {
		cell := text
		if strings.HasPrefix(text, "'=") || strings.HasPrefix(text, "''") {
			cell = "'" + text
		}
		if _, err := bring(t, db, "a.csv", head+",description_ko\n"+r+","+cell+"\n"); err != nil {
			t.Fatal(err)
		}
		if got := all(t, db)[4].Description.KO; got != text {
			t.Errorf("%q came in as %q", cell, got)
		}
		out := written(t, db, false, exchange.Products)
		for _, start := range []string{",=", ",+", ",-", ",@", "\n=", "\n-"} {
			if strings.Contains(out, start) {
				t.Errorf("%q goes out as a formula:\n%s", text, out)
			}
		}
		if done, err := bring(t, db, "b.csv", out); err != nil || done.Changed != 0 {
			t.Errorf("%q: brought in again: %+v, %v", text, done, err)
		}
	}
}

// TestAPictureOnEveryRow is one picture.
func TestAPictureOnEveryRow(t *testing.T) {
	db := open(t, "sqlite:"+t.TempDir()+"/shop.db")
	file := head + ",color_images\n"
	for _, size := range []string{"S", "M", "L"} {
		file += strings.TrimSuffix(row("A", "A-"+size, size+",39000,5"), "\n") + ",front.jpg\n"
	}
	if _, err := bring(t, db, "a.csv", file); err != nil || len(all(t, db)[4].Images) != 1 {
		t.Errorf("%+v, %v", all(t, db)[4].Images, err)
	}
	if done, err := bring(t, db, "a.csv", file); err != nil || done.Same != 1 {
		t.Errorf("again: %+v, %v", done, err)
	}
}
