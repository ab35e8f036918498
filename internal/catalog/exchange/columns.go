package exchange

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/lang"
	"myclothes/internal/money"
)

// column is one column of a product file: how it is read into a row and written from one.
type column struct {
	name   string
	needed bool // in the header
	shared bool // the same on every row of a product: written on its first, and empty or equal on the others
	read   func(*row, string) error
	write  func(*row) string
}

// row is one line of a product file: a variant, and the product it belongs to.
type row struct {
	key      string // what holds the rows of a product together
	product  catalog.Product
	variant  catalog.Variant
	images   []catalog.Image // of the variant's colour, or of the product on its first row
	colored  []catalog.Image
	related  []string
	measures map[catalog.Point]int // millimetres
}

// columns are all columns of a product file, in the order in which an export writes them.
var columns = slices.Concat(productColumns, factColumns(), variantColumns, measureColumns())

var productColumns = []column{
	{name: "product", needed: true, read: func(r *row, s string) error { r.key = s; return nil }, write: func(r *row) string { return r.key }},
	shared("status", func(r *row, s string) error { r.product.Status = catalog.Status(s); return nil }, func(r *row) string { return string(r.product.Status) }),
	needed(text("category", func(r *row) *string { return &r.product.Category })),
	needed(text("brand", func(r *row) *string { return &r.product.Brand.Slug })),
	needed(text("name_ko", func(r *row) *string { return &r.product.Name.KO })),
	text("name_en", func(r *row) *string { return &r.product.Name.EN }),
	text("slug", func(r *row) *string { return &r.product.Slug }),
	text("description_ko", func(r *row) *string { return &r.product.Description.KO }),
	text("description_en", func(r *row) *string { return &r.product.Description.EN }),
	text("fabric_ko", func(r *row) *string { return &r.product.Fabric.KO }),
	text("fabric_en", func(r *row) *string { return &r.product.Fabric.EN }),
	shared("seasons", readSeasons, writeSeasons),
	shared("weight", func(r *row, s string) (err error) { r.product.Weight, err = whole(s, 0, catalog.MaxWeight); return err },
		func(r *row) string { return strconv.FormatInt(r.product.Weight, 10) }),
	shared("related", func(r *row, s string) error { r.related = split(s); return nil }, func(r *row) string { return strings.Join(r.related, "|") }),
	shared("images", func(r *row, s string) error { r.images = files(s); return nil }, func(r *row) string { return paths(r.images) }),
	shared("images_alt_ko", alts(func(r *row) []catalog.Image { return r.images }, ko), said(func(r *row) []catalog.Image { return r.images }, ko)),
	shared("images_alt_en", alts(func(r *row) []catalog.Image { return r.images }, en), said(func(r *row) []catalog.Image { return r.images }, en)),
}

var variantColumns = []column{
	needed(own("sku", func(r *row) *string { return &r.variant.SKU })),
	needed(own("color", func(r *row) *string { return &r.variant.Color.Code })),
	needed(own("color_ko", func(r *row) *string { return &r.variant.Color.Name.KO })),
	own("color_en", func(r *row) *string { return &r.variant.Color.Name.EN }),
	needed(own("color_hex", func(r *row) *string { return &r.variant.Color.Hex })),
	needed(own("size", func(r *row) *string { return &r.variant.Size.Label })),
	needed(won("price", func(r *row) *money.Amount { return &r.variant.Regular })),
	won("list_price", func(r *row) *money.Amount { return &r.variant.ListPrice }),
	won("sale_price", func(r *row) *money.Amount { return &r.variant.Sale.Price }),
	when("sale_from", false, func(r *row) *time.Time { return &r.variant.Sale.From }),
	when("sale_until", true, func(r *row) *time.Time { return &r.variant.Sale.Until }),
	needed(column{name: "stock", read: func(r *row, s string) error {
		n, err := whole(s, 0, 1_000_000)
		r.variant.Available = int(n)
		return err
	}, write: func(r *row) string { return strconv.Itoa(r.variant.Available) }}),
	{name: "color_images", read: func(r *row, s string) error { r.colored = files(s); return nil }, write: func(r *row) string { return paths(r.colored) }},
	{name: "color_images_alt_ko", read: alts(func(r *row) []catalog.Image { return r.colored }, ko), write: said(func(r *row) []catalog.Image { return r.colored }, ko)},
	{name: "color_images_alt_en", read: alts(func(r *row) []catalog.Image { return r.colored }, en), write: said(func(r *row) []catalog.Image { return r.colored }, en)},
}

func needed(c column) column { c.needed = true; return c }

func shared(name string, read func(*row, string) error, write func(*row) string) column {
	return column{name: name, shared: true, read: read, write: write}
}

func text(name string, of func(*row) *string) column { c := own(name, of); c.shared = true; return c }

func own(name string, of func(*row) *string) column {
	return column{name: name, read: func(r *row, s string) error { *of(r) = s; return nil }, write: func(r *row) string { return *of(r) }}
}

// groups is a number whose commas, if it has any, part groups of three: 29,9 is no 299.
var groups = regexp.MustCompile(`^-?(\d+|\d{1,3}(,\d{3})+)$`)

func won(name string, of func(*row) *money.Amount) column {
	return column{name: name, read: func(r *row, s string) error {
		if !groups.MatchString(s) {
			return fmt.Errorf("%q is no whole number of won; write 29900 or 29,900", clip(s))
		}
		n, err := whole(strings.ReplaceAll(s, ",", ""), 0, int64(catalog.MaxPrice))
		*of(r) = money.Amount(n)
		return err
	}, write: func(r *row) string {
		if *of(r) == 0 {
			return ""
		}
		return strconv.FormatInt(int64(*of(r)), 10)
	}}
}

// seoul is the time zone of a moment that names none. Korea has had no summer time since 1988.
var seoul = time.FixedZone("KST", 9*60*60)

// when reads a moment. last is so where it ends something: a day without a time then means that day included.
func when(name string, last bool, of func(*row) *time.Time) column {
	return column{name: name, read: func(r *row, s string) error {
		t, day, err := moment(s)
		if day && last {
			t = t.AddDate(0, 0, 1)
		}
		*of(r) = t
		return err
	}, write: func(r *row) string {
		if of(r).IsZero() {
			return ""
		}
		return of(r).In(seoul).Format(time.RFC3339)
	}}
}

// The forms of days and times as people and Korean spreadsheets write them. A day may have one digit for its month.
var (
	dayForms  = []string{"2006-1-2", "2006. 1. 2", "2006. 1. 2.", "2006.1.2", "2006.1.2.", "2006/1/2"}
	timeForms = []string{"15:04", "15:04:05", "PM 3:04", "PM 3:04:05"}
)

// moment reads a time, in Seoul's where it names no other, and says whether it is a day without one.
func moment(s string) (t time.Time, day bool, err error) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.UTC(), false, nil
	}
	s = strings.NewReplacer("오전", "AM", "오후", "PM", "T", " ").Replace(s)
	for _, form := range dayForms {
		if t, err := time.ParseInLocation(form, s, seoul); err == nil {
			return t.UTC(), true, nil
		}
		for _, hour := range timeForms {
			if t, err := time.ParseInLocation(form+" "+hour, s, seoul); err == nil {
				return t.UTC(), false, nil
			}
		}
	}
	return time.Time{}, false, fmt.Errorf("%q is no moment; write 2026-11-27 00:00", clip(s))
}

func whole(s string, low, high int64) (int64, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%q is no whole number", clip(s))
	}
	if n < low || n > high {
		return 0, fmt.Errorf("%d is not from %d to %d", n, low, high)
	}
	return n, nil
}

func readSeasons(r *row, s string) error {
	var out []catalog.Season
	for _, x := range split(s) {
		if !slices.Contains(catalog.Seasons, catalog.Season(x)) {
			return fmt.Errorf("%q is no season; write spring|summer|autumn|winter", clip(x))
		}
		out = append(out, catalog.Season(x))
	}
	r.product.Seasons = inOrder(out)
	return nil
}

// inOrder returns each season once, in the order of the year.
func inOrder(all []catalog.Season) []catalog.Season {
	out := slices.Clone(all)
	slices.SortFunc(out, func(a, b catalog.Season) int {
		return slices.Index(catalog.Seasons, a) - slices.Index(catalog.Seasons, b)
	})
	return slices.Compact(out)
}

func writeSeasons(r *row) string {
	var out []string
	for _, s := range r.product.Seasons {
		out = append(out, string(s))
	}
	return strings.Join(out, "|")
}

// split reads a list whose members stand between bars.
func split(s string) []string {
	var out []string
	for x := range strings.SplitSeq(s, "|") {
		if x = strings.TrimSpace(x); x != "" {
			out = append(out, x)
		}
	}
	return out
}

func files(s string) []catalog.Image {
	var out []catalog.Image
	for _, f := range split(s) {
		out = append(out, catalog.Image{Path: f})
	}
	return out
}

func paths(all []catalog.Image) string {
	var out []string
	for _, i := range all {
		out = append(out, i.Path)
	}
	return strings.Join(out, "|")
}

func ko(t *lang.Text) *string { return &t.KO }
func en(t *lang.Text) *string { return &t.EN }

// alts reads the words beside pictures, in the pictures' order. Their column comes after that of the pictures.
func alts(of func(*row) []catalog.Image, in func(*lang.Text) *string) func(*row, string) error {
	return func(r *row, s string) error {
		images, words := of(r), strings.Split(s, "|")
		if len(words) > len(images) {
			return fmt.Errorf("%d texts for %d pictures", len(words), len(images))
		}
		for i, w := range words {
			*in(&images[i].Alt) = strings.TrimSpace(w)
		}
		return nil
	}
}

func said(of func(*row) []catalog.Image, in func(*lang.Text) *string) func(*row) string {
	return func(r *row) string {
		var out []string
		for _, i := range of(r) {
			out = append(out, strings.ReplaceAll(*in(&i.Alt), "|", "/"))
		}
		return strings.Trim(strings.Join(out, "|"), "|")
	}
}

// factColumns has two columns for every fact, fact_material_ko and fact_material_en.
func factColumns() []column {
	var out []column
	for _, f := range catalog.Facts {
		out = append(out, factColumn("fact_"+string(f)+"_ko", f, ko), factColumn("fact_"+string(f)+"_en", f, en))
	}
	return out
}

func factColumn(name string, f catalog.Fact, in func(*lang.Text) *string) column {
	return shared(name, func(r *row, s string) error {
		t := r.product.Facts[f]
		*in(&t) = s
		if r.product.Facts == nil {
			r.product.Facts = catalog.Told{}
		}
		r.product.Facts[f] = t
		return nil
	}, func(r *row) string {
		t := r.product.Facts[f]
		return *in(&t)
	})
}

// measureColumns has a column for every point, measure_chest, in centimetres with one decimal at the most.
func measureColumns() []column {
	var out []column
	for _, p := range catalog.Points {
		out = append(out, column{name: "measure_" + string(p), read: func(r *row, s string) error {
			mm, err := millimetres(s)
			if r.measures == nil {
				r.measures = map[catalog.Point]int{}
			}
			r.measures[p] = mm
			return err
		}, write: func(r *row) string {
			if r.measures[p] == 0 {
				return ""
			}
			return centimetres(r.measures[p])
		}})
	}
	return out
}

func millimetres(s string) (int, error) {
	cm, err := strconv.ParseFloat(s, 64)
	if err != nil || !(cm >= 0 && cm <= 500) {
		return 0, fmt.Errorf("%q is no measure; write centimetres from 0 to 500, such as 52.5", clip(s))
	}
	return int(cm*10 + .5), nil
}

func centimetres(mm int) string { return strconv.FormatFloat(float64(mm)/10, 'f', -1, 64) }

// clip shortens what somebody wrote to what fits into a message.
func clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// formula is what a spreadsheet program would take for one, and run. An export puts an apostrophe before it, which such programs take for "this is text"; an import
// takes it away again. Apostrophes that stand there already are kept by one more.
var formula = regexp.MustCompile(`^'*[=+@\-]`)

func guarded(s string) string {
	if formula.MatchString(s) {
		return "'" + s
	}
	return s
}

func unguarded(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && formula.MatchString(s) {
		return rest
	}
	return s
}
