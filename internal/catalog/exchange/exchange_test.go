package exchange_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/unicode"

	"myclothes/internal/catalog"
	"myclothes/internal/catalog/exchange"
	"myclothes/internal/store"
	"myclothes/internal/store/storetest"
	"myclothes/internal/testenv"
)

var (
	ctx = context.Background()
	day = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
)

// album is a folder of pictures: those whose names begin with "no" are none.
type album struct{ has []string }

func (a album) Has(path string) bool { return slices.Contains(a.has, path) }

func (a album) Add(name string) (string, error) {
	if strings.HasPrefix(name, "no") {
		return "", errors.New("is not a JPEG or PNG picture")
	}
	sum := sha256.Sum256([]byte(name))
	return "p/" + hex.EncodeToString(sum[:4]) + ".jpg", nil
}

func bring(t *testing.T, db *store.DB, name, file string) (exchange.Done, error) {
	t.Helper()
	i := exchange.Import{Shop: db.Merchant(), Pictures: album{has: []string{"1/navy.svg"}}, JSON: strings.HasSuffix(name, ".json"),
		Now: func() time.Time { return day }, Progress: func(string, int) {}}
	return i.Run(ctx, strings.NewReader(file))
}

func written(t *testing.T, db *store.DB, asJSON bool, what string) string {
	t.Helper()
	var b bytes.Buffer
	e := exchange.Export{Shop: db.Merchant(), Progress: func(string, int) {}}
	err := e.CSV(ctx, &b, what)
	if asJSON {
		b.Reset()
		err = e.JSON(ctx, &b)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func all(t *testing.T, db *store.DB) []catalog.Product {
	t.Helper()
	var out []catalog.Product
	if err := db.Merchant().Each(ctx, func(p catalog.Product) error { out = append(out, p); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

func open(t *testing.T, address string) *store.DB {
	return storetest.Open(t, store.Options{Address: address, Now: func() time.Time { return day }})
}

const head = "product,category,brand,name_ko,sku,color,color_ko,color_hex,size,price,stock,status"

// row is a row of a draft, which needs no facts.
func row(product, sku, rest string) string {
	return product + ",shirts,haru,면 셔츠," + sku + ",navy,네이비,#1b2a49," + rest + ",draft\n"
}

func TestBringingInTwiceChangesNothing(t *testing.T) {
	testenv.Engines(t, func(t *testing.T, address string) {
		db := open(t, address)
		file := head + ",color_images,measure_chest,sale_price,sale_from,sale_until\n" +
			row("A", "A-M", `M,"39,000",5`)[:len(row("A", "A-M", `M,"39,000",5`))-1] + ",front.jpg|back.jpg,52.5,29000,2026-11-27 00:00,2026-11-30\n" +
			row("A", "A-S", "S,39000,7")[:len(row("A", "A-S", "S,39000,7"))-1] + ",,50,,,\n"
		done, err := bring(t, db, "a.csv", file)
		if err != nil || done.New != 1 || done.Rows != 2 {
			t.Fatalf("%+v, %v", done, err)
		}
		p := all(t, db)[4]
		if p.ID != 5 || p.Variants[0].SKU != "A-S" || p.Variants[1].Sale.From != time.Date(2026, 11, 26, 15, 0, 0, 0, time.UTC) || len(p.Images) != 2 || p.Images[0].Alt.KO != "면 셔츠 네이비" ||
			p.Measures.Rows[0].MM[0] != 500 || p.Measures.Rows[1].MM[0] != 525 || p.Variants[0].Price != 39_000 || p.Status != catalog.Draft {
			t.Errorf("brought in: %+v", p)
		}
		if _, err := db.Merchant().Owners(ctx, nil); err != nil {
			t.Error(err)
		}
		if err := db.Merchant().Restock(ctx, "A-S", 3); err != nil {
			t.Fatal(err)
		}
		before := all(t, db)
		done, err = bring(t, db, "a.csv", file)
		if err != nil || done.Same != 1 || done.Changed+done.New != 0 {
			t.Errorf("again: %+v, %v", done, err)
		}
		if after := all(t, db); fmt.Sprint(after) != fmt.Sprint(before) {
			t.Errorf("changed by the second time:\n%v\n%v", before, after)
		}
		done, err = bring(t, db, "a.csv", strings.ReplaceAll(file, "39,000", "35,000"))
		if err != nil || done.Changed != 1 || all(t, db)[4].Variants[1].Price != 35_000 {
			t.Errorf("a new price: %+v, %v", done, err)
		}
		storetest.Audit(t, db)
	})
}

// TestColumnsThatAreNotThereSayNothing: a file of prices changes prices; an empty field empties what it stands for.
func TestColumnsThatAreNotThereSayNothing(t *testing.T) {
	testenv.Engines(t, func(t *testing.T, address string) {
		db := open(t, address)
		was := all(t, db)[0]
		if was.Status != catalog.OnSale || len(was.Facts) == 0 || len(was.Measures.Rows) == 0 || len(was.Images) == 0 || len(was.Related) == 0 {
			t.Fatalf("the test needs a product with everything: %+v", was)
		}
		file := "product,category,brand,name_ko,sku,color,color_ko,color_hex,size,price,stock,fabric_ko\n"
		for _, v := range was.Variants {
			file += fmt.Sprintf("A,shirts,haru,%s,%s,%s,%s,%s,%s,35000,0,\n", was.Name.KO, v.SKU, v.Color.Code, v.Color.Name.KO, v.Color.Hex, v.Size.Label)
		}
		done, err := bring(t, db, "prices.csv", file)
		if err != nil || done.Changed != 1 {
			t.Fatalf("%+v, %v", done, err)
		}
		want := was
		want.Fabric.KO = ""
		for i := range want.Variants {
			want.Variants[i].Regular, want.Variants[i].Price, want.Variants[i].ListPrice = 35_000, 35_000, 35_000 // nobody wrote a list price
		}
		if d := cmp.Diff(want, all(t, db)[0]); d != "" {
			t.Errorf("(-want +got):\n%s", d)
		}
	})
}

// TestFilesHaveAnyName: blanks and Hangul included.
func TestFilesHaveAnyName(t *testing.T) {
	db := open(t, "sqlite:"+t.TempDir()+"/shop.db")
	r := row("A", "A-M", "M,39000,5")
	if _, err := bring(t, db, "a.csv", head+",images\n"+r[:len(r)-1]+`,"앞 모습 (1).jpg|뒤.jpg"`+"\n"); err != nil {
		t.Fatal(err)
	}
	if got := all(t, db)[4].Images; len(got) != 2 {
		t.Errorf("%+v", got)
	}
}

func TestWhatGoesOutComesInAgain(t *testing.T) {
	testenv.Engines(t, func(t *testing.T, address string) {
		db := open(t, address)
		before := all(t, db)
		for _, what := range []string{exchange.Products, exchange.Categories, exchange.Brands, "all.json"} {
			file := written(t, db, what == "all.json", what)
			done, err := bring(t, db, what, file)
			if err != nil || done.New+done.Changed != 0 || done.Rows < 2 {
				t.Errorf("%s: %+v, %v", what, done, err)
			}
			if again := written(t, db, what == "all.json", what); again != file {
				t.Errorf("%s: written again it differs:\n%s\n%s", what, file, again)
			}
		}
		if after := all(t, db); fmt.Sprint(after) != fmt.Sprint(before) {
			t.Errorf("changed:\n%v\n%v", before, after)
		}
		empty := storetest.Empty(t, store.Options{Address: "sqlite:" + t.TempDir() + "/new.db", Now: func() time.Time { return day }})
		if done, err := bring(t, empty, "all.json", written(t, db, true, "")); err != nil || done.New != 4 || done.Brands != 2 || done.Categories != 3 {
			t.Errorf("into an empty shop: %+v, %v", done, err)
		}
		if got, want := written(t, empty, true, ""), written(t, db, true, ""); got != want {
			t.Errorf("the other shop has another catalogue:\n%s\n%s", got, want)
		}
	})
}

func TestSpreadsheetsEncodings(t *testing.T) {
	file := head + "\n" + row("A", "A-M", "M,39000,5")
	cp949, err := korean.EUCKR.NewEncoder().String(file)
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(file)
	if err != nil {
		t.Fatal(err)
	}
	decomposed := strings.ReplaceAll(file, "면", "면")
	for name, c := range map[string]struct{ encoding, text string }{
		"plain": {"UTF-8", file}, "with a mark": {"UTF-8", "\xef\xbb\xbf" + file}, "CP949": {"CP949", cp949}, "UTF-16": {"UTF-16", utf16},
		"Windows line ends": {"UTF-8", strings.ReplaceAll(file, "\n", "\r\n")}, "decomposed Hangul": {"UTF-8", decomposed}, "blank lines": {"UTF-8", "\n" + file + "\n,,,,,,,,,,,\n"},
	} {
		db := open(t, "sqlite:"+t.TempDir()+"/shop.db")
		done, err := bring(t, db, "a.csv", c.text)
		if err != nil || done.New != 1 || done.Encoding != c.encoding {
			t.Errorf("%s: %+v, %v", name, done, err)
			continue
		}
		if got := all(t, db)[4].Name.KO; got != "면 셔츠" {
			t.Errorf("%s: the name is %q", name, got)
		}
	}
}

// TestFaultsAreNamedWhereTheyAre: nothing of a file with a fault is brought in, and each fault says line and column.
func TestFaultsAreNamedWhereTheyAre(t *testing.T) {
	db := open(t, "sqlite:"+t.TempDir()+"/shop.db")
	good := row("A", "A-M", "M,39000,5")
	for name, c := range map[string]struct{ file, want string }{
		"empty":                      {"", "line 1: the file is empty"},
		"unknown column":             {head + ",colour\n", "line 1, column 13 (colour): there is no such column"},
		"column twice":               {head + ",sku\n", "(sku): the column is there twice"},
		"missing column":             {"product,sku\n", "line 1 (price): the column is missing"},
		"too few fields":             {head + "\nA,shirts\n", "line 2: 2 fields where the header has 12"},
		"open quote":                 {head + "\n" + `A,"shirts` + "\n", "line 2: a quote stands where none may, at byte 11"},
		"quote inside":               {head + "\n" + `A,shi"rts,x` + "\n", "line 2: a quote stands where none may, at byte 6"},
		"a 10 MB field":              {head + "\n" + `A,"` + strings.Repeat("x", 10<<20) + `"` + "\n", "more than 1 MB"},
		"negative price":             {head + "\n" + row("A", "A-M", "M,-1,5"), "line 2, column 10 (price): -1 is not from 0"},
		"price of nothing":           {head + "\n" + row("A", "A-M", "M,0,5"), "(price): A-M: From 1 to 100,000,000 won."},
		"price in words":             {head + "\n" + row("A", "A-M", "M,free,5"), `(price): "free" is no whole number`},
		"unknown category":           {head + "\n" + strings.Replace(good, "shirts", "cars", 1), `line 2, column 2 (category): There is no category "cars".`},
		"not a leaf":                 {head + "\n" + strings.Replace(good, "shirts", "clothing", 1), "(category): Must be a category with none below it."},
		"unknown brand":              {head + "\n" + strings.Replace(good, "haru", "none", 1), `(brand): there is no brand "none"`},
		"a size of another category": {head + "\n" + row("A", "A-M", "250,39000,5"), `(size): A-M: "250" is no size of this category.`},
		"SKU twice in a product":     {head + "\n" + good + row("A", "A-M", "L,39000,5"), "The same SKU twice."},
		"SKU in two products":        {head + "\n" + good + row("B", "A-M", "M,39000,5"), "line 3, column 5 (sku): A-M: this SKU is in the file already"},
		"SKU with a space":           {head + "\n" + row("A", "A M", "M,39000,5"), "(sku)"},
		"interrupted product":        {head + "\n" + good + row("B", "B-M", "M,1000,5") + row("A", "A-L", "L,39000,5"), `line 4, column 1 (product): the rows of product "A" began on line 2`},
		"two names":                  {head + "\n" + good + strings.Replace(row("A", "A-L", "L,39000,5"), "면 셔츠", "마 셔츠", 1), "line 3, column 4 (name_ko): differs from the first row"},
		"no facts on sale":           {head + "\n" + strings.Replace(good, ",draft", ",on_sale", 1), "(fact_maker_ko)"},
		"a variant left out":         {head + "\n" + row("A", storetest.Shirt, "M,39000,5"), "the shop has the variant OXFORD-NAVY-L of this product"},
		"two products become one":    {head + "\n" + row("A", storetest.Shirt, "M,39000,5") + row("A", storetest.Draft, "S,39000,5"), "its SKUs belong to the products [1 4]"},
		"no picture":                 {head + ",images\n" + good[:len(good)-1] + ",no.jpg\n", `picture "no.jpg": is not a JPEG or PNG picture`},
		"zero-width":                 {head + "\n" + strings.Replace(good, "면 셔츠", "면\u200b셔츠", 1), "(name_ko): Holds the unseen character U+200B."},
		"right to left":              {head + "\n" + strings.Replace(good, "면 셔츠", "면\u202e셔츠", 1), "U+202E"},
		"sale above the price":       {head + ",sale_price,sale_from,sale_until\n" + good[:len(good)-1] + ",50000,2026-12-01,2026-12-02\n", "(sale_price): A-M: Must be below the price."},
		"no moment":                  {head + ",sale_from\n" + good[:len(good)-1] + ",tomorrow\n", `(sale_from): "tomorrow" is no moment`},
		"a category's circle":        {"category,parent,name_ko\nclothing,shirts,옷\n", "is below the category itself"},
		"a category's parent":        {"category,parent,name_ko\nhats,heads,모자\n", `line 2, column 2 (parent): there is no category "heads"`},
		"a brand without a name":     {"brand,name_ko\nx,\n", "line 2, column 2 (name_ko): Is empty."},
		"not JSON.json":              {"{\n\"products\":[{]}", "line 2, column"},
		"no list.json":               {"[]", "should stand here"},
		"another list.json":          {"{\"goods\":[{}]}", "there is no such list"},
		"misspelt.json":              {"{\"products\":[\n{\"catgory\":\"x\"}]}", `line 2, column 2 (catgory): there is no such member`},
		"no variants.json":           {"{\"products\":[{\"category\":\"x\"}]}", "without variants"},
		"cut off.json":               {"{\"products\":[", "this is not JSON"},
	} {
		before := len(all(t, db))
		_, err := bring(t, db, name, c.file)
		var refused *exchange.Refused
		if !errors.As(err, &refused) {
			t.Errorf("%s: %v, want it refused", name, err)
			continue
		}
		var said []string
		for _, f := range refused.Faults {
			said = append(said, f.String())
		}
		if !strings.Contains(strings.Join(said, "\n"), c.want) {
			t.Errorf("%s: said\n  %s\nwant %s", name, strings.Join(said, "\n  "), c.want)
		}
		if after := len(all(t, db)); after != before {
			t.Errorf("%s: %d products were brought in", name, after-before)
		}
	}
}

// TestMarkupIsOnlyText: what would be markup elsewhere comes in as it is; pages escape it.
func TestMarkupIsOnlyText(t *testing.T) {
	db := open(t, "sqlite:"+t.TempDir()+"/shop.db")
	name := `<b>면</b> & "셔츠" العربية`
	if _, err := bring(t, db, "a.csv", head+"\n"+strings.Replace(row("A", "A-M", "M,39000,5"), "면 셔츠", `"`+strings.ReplaceAll(name, `"`, `""`)+`"`, 1)); err != nil {
		t.Fatal(err)
	}
	if got := all(t, db)[4].Name.KO; got != name {
		t.Errorf("%q", got)
	}
}

// TestManyFaultsAreCounted: a file that is wrong throughout does not fill the memory with faults.
func TestManyFaultsAreCounted(t *testing.T) {
	db := open(t, "sqlite:"+t.TempDir()+"/shop.db")
	var b strings.Builder
	b.WriteString(head + "\n")
	for i := range 500 {
		b.WriteString(row(fmt.Sprint("P", i), fmt.Sprint("P-", i), "M,none,5"))
	}
	_, err := bring(t, db, "a.csv", b.String())
	var refused *exchange.Refused
	if !errors.As(err, &refused) || len(refused.Faults) != exchange.MaxFaults || refused.More < 300 {
		t.Errorf("%v", err)
	}
}

// TestStoppedHalfWay: an import that is cancelled while it writes leaves nothing.
func TestStoppedHalfWay(t *testing.T) {
	testenv.Engines(t, func(t *testing.T, address string) {
		db := open(t, address)
		before := fmt.Sprint(all(t, db))
		stopped, stop := context.WithCancel(ctx)
		i := exchange.Import{Shop: db.Merchant(), Pictures: album{}, Now: time.Now, Progress: func(step string, rows int) {
			if step == "write" && rows == 2 {
				stop()
			}
		}}
		_, err := i.Run(stopped, strings.NewReader(head+"\n"+row("A", "A-M", "M,1000,5")+row("B", "B-M", "M,1000,5")+row("C", "C-M", "M,1000,5")))
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("%v, want it cancelled", err)
		}
		if after := fmt.Sprint(all(t, db)); after != before {
			t.Errorf("something stayed:\n%s", after)
		}
	})
}

func FuzzReading(f *testing.F) {
	f.Add([]byte(head+"\n"+row("A", "A-M", "M,39000,5")), false)
	f.Add([]byte(`{"products":[{"variants":[{"sku":"A"}]}]}`), true)
	f.Add([]byte("\xff\xfe\x00"), false)
	f.Add([]byte(`a,"`), false)
	dir, err := os.MkdirTemp("", "fuzz")
	if err != nil {
		f.Fatal(err)
	}
	defer os.RemoveAll(dir)
	db := storetest.Open(f, store.Options{Address: "sqlite:" + dir + "/shop.db"})
	f.Fuzz(func(t *testing.T, data []byte, asJSON bool) {
		i := exchange.Import{Shop: db.Merchant(), Pictures: album{}, JSON: asJSON, Now: time.Now, Progress: func(string, int) {}}
		_, err := i.Run(ctx, io.NewSectionReader(bytes.NewReader(data), 0, int64(len(data))))
		var refused *exchange.Refused
		if err != nil && !errors.As(err, &refused) {
			t.Errorf("%v: a file's faults must be named as such", err)
		}
	})
}
