package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"myclothes/internal/catalog"
	"myclothes/internal/lang"
	"myclothes/internal/money"
)

// The JSON file is one object with the members categories, brands and products, in this order, each a list; any may be absent.
type (
	categoryJSON struct {
		Slug   string         `json:"slug"`
		Parent string         `json:"parent,omitempty"`
		Name   lang.Text      `json:"name"`
		Notice catalog.Notice `json:"notice,omitempty"`
		Plan   catalog.Plan   `json:"plan,omitempty"`
		Sizes  string         `json:"sizes,omitempty"`
	}
	brandJSON struct {
		Slug  string    `json:"slug"`
		Name  lang.Text `json:"name"`
		Story lang.Text `json:"story,omitzero"`
	}
	productJSON struct {
		Status      catalog.Status                `json:"status,omitempty"`
		Category    string                        `json:"category"`
		Brand       string                        `json:"brand"`
		Name        lang.Text                     `json:"name"`
		Slug        string                        `json:"slug,omitempty"`
		Description lang.Text                     `json:"description,omitzero"`
		Fabric      lang.Text                     `json:"fabric,omitzero"`
		Seasons     []catalog.Season              `json:"seasons,omitempty"`
		Weight      int64                         `json:"weight,omitempty"`
		Related     []string                      `json:"related,omitempty"` // SKUs
		Facts       catalog.Told                  `json:"facts,omitempty"`
		Measures    map[string]map[string]float64 `json:"measures_cm,omitempty"` // by size and point
		Images      []imageJSON                   `json:"images,omitempty"`
		Variants    []variantJSON                 `json:"variants"`
	}
	imageJSON struct {
		File  string    `json:"file"`
		Color string    `json:"color,omitempty"`
		Alt   lang.Text `json:"alt,omitzero"`
	}
	colorJSON struct {
		Code string    `json:"code"`
		Name lang.Text `json:"name"`
		Hex  string    `json:"hex"`
	}
	variantJSON struct {
		SKU       string       `json:"sku"`
		Color     colorJSON    `json:"color"`
		Size      string       `json:"size"`
		Price     money.Amount `json:"price"`
		ListPrice money.Amount `json:"list_price,omitempty"`
		Sale      *saleJSON    `json:"sale,omitempty"`
		Stock     int          `json:"stock"`
	}
	saleJSON struct {
		Price money.Amount `json:"price"`
		From  time.Time    `json:"from"`
		Until time.Time    `json:"until"`
	}
)

// document reads a JSON file.
type document struct{}

// lines follows how many lines of a stream are behind an offset.
type lines struct {
	r      io.Reader
	starts []int64 // offsets at which the lines after the last asked-for offset begin
	read   int64
	line   int
	begin  int64
}

func (l *lines) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	for i, c := range p[:n] {
		if c == '\n' {
			l.starts = append(l.starts, l.read+int64(i)+1)
		}
	}
	l.read += int64(n)
	return n, err
}

// at returns line and column, in bytes, of an offset. Offsets are asked for in ascending order.
func (l *lines) at(offset int64) (line, column int) {
	for len(l.starts) > 0 && l.starts[0] <= offset {
		l.begin, l.line, l.starts = l.starts[0], l.line+1, l.starts[1:]
	}
	return l.line + 1, int(offset-l.begin) + 1
}

func (document) items(r io.Reader, bad func(Fault), yield func(item) error) error {
	l := &lines{r: r}
	d := json.NewDecoder(l)
	err := object(d, l, bad, yield)
	var f Fault
	switch {
	case err == nil:
		return nil
	case errors.As(err, &f):
		bad(f)
		return nil
	}
	return err
}

// Error makes a Fault an error on its way through the reader of a file.
func (f Fault) Error() string { return f.String() }

// lists are the members of the file.
var lists = []string{"categories", "brands", "products"}

func object(d *json.Decoder, l *lines, bad func(Fault), yield func(item) error) error {
	if err := expect(d, l, '{'); err != nil {
		return err
	}
	seen := map[string]bool{}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return broken(err, d, l)
		}
		name := fmt.Sprint(t)
		line, column := l.at(d.InputOffset())
		switch {
		case !slices.Contains(lists, name):
			return Fault{line, column, clip(name), "there is no such list; there are categories, brands and products"}
		case seen[name]:
			return Fault{line, column, name, "the list is there twice; put its members together"}
		}
		seen[name] = true
		if err := expect(d, l, '['); err != nil {
			return err
		}
		for d.More() {
			if err := member(d, l, name, bad, yield); err != nil {
				return err
			}
		}
		if err := expect(d, l, ']'); err != nil {
			return err
		}
	}
	if err := expect(d, l, '}'); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		line, column := l.at(d.InputOffset())
		return Fault{Line: line, Column: column, Text: "the file goes on behind its one object; everything has to stand in that"}
	}
	return nil
}

func expect(d *json.Decoder, l *lines, want json.Delim) error {
	t, err := d.Token()
	if err != nil {
		return broken(err, d, l)
	}
	if t != want {
		line, column := l.at(d.InputOffset())
		return Fault{Line: line, Column: column, Text: fmt.Sprintf("%q should stand here", rune(want))}
	}
	return nil
}

// broken turns an error of the JSON itself into a fault; an error of reading stays what it is.
func broken(err error, d *json.Decoder, l *lines) error {
	at := d.InputOffset()
	var s *json.SyntaxError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF) || err == io.EOF:
		line, column := l.at(l.read)
		return Fault{Line: line, Column: column, Text: "this is not JSON: the file ends before its lists are closed"}
	case !errors.As(err, &s):
		return err
	}
	// Of a broken value the decoder names the beginning. What it has buffered of it says where it breaks.
	if rest, rerr := io.ReadAll(d.Buffered()); rerr == nil {
		var inner *json.SyntaxError
		if errors.As(json.Unmarshal(rest, new(any)), &inner) {
			at += max(inner.Offset-1, 0)
		}
	}
	line, column := l.at(at)
	return Fault{Line: line, Column: column, Text: "this is not JSON: a quote, comma or bracket is missing here, or one too many"}
}

// member reads one member of a list.
func member(d *json.Decoder, l *lines, list string, bad func(Fault), yield func(item) error) error {
	var raw json.RawMessage
	if err := d.Decode(&raw); err != nil {
		return broken(err, d, l)
	}
	e := &element{list: list, raw: raw}
	e.line, e.column = l.at(d.InputOffset() - int64(len(raw)))
	if !utf8.Valid(raw) {
		bad(Fault{e.line, e.column, list, "holds bytes that are not UTF-8"})
		return nil
	}
	switch list {
	case "categories":
		var c categoryJSON
		if err := strict(raw, &c); err != nil {
			bad(e.misread(err))
			return nil
		}
		out := catalog.Category{Slug: c.Slug, Parent: c.Parent, Name: neat(c.Name), Notice: c.Notice, Plan: c.Plan, Sizes: c.Sizes}
		return yield(item{category: &out, rows: 1, at: e.at})
	case "brands":
		var b brandJSON
		if err := strict(raw, &b); err != nil {
			bad(e.misread(err))
			return nil
		}
		return yield(item{brand: &catalog.Brand{Slug: b.Slug, Name: neat(b.Name), Story: neat(b.Story)}, rows: 1, at: e.at})
	}
	var p productJSON
	if err := strict(raw, &p); err != nil {
		bad(e.misread(err))
		return nil
	}
	for _, v := range p.Variants {
		e.skus = append(e.skus, v.SKU)
	}
	out, origins := p.product(func(path, text string) {
		line, column := e.at(path, "")
		bad(Fault{line, column, path, text})
	})
	if out == nil {
		return nil
	}
	return yield(item{product: out, related: p.Related, origins: origins, rows: len(p.Variants), at: e.at})
}

// strict decodes and refuses members that do not exist: a misspelt one would be lost in silence.
func strict(raw []byte, to any) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	return d.Decode(to)
}

func neat(t lang.Text) lang.Text { return lang.Text{KO: catalog.Neat(t.KO), EN: catalog.Neat(t.EN)} }

// product makes a product of what the file says, by way of the rows that a CSV file would have; nil without any. What is wrong is told with the member's path.
func (p productJSON) product(bad func(path, text string)) (*catalog.Product, []origin) {
	if len(p.Variants) == 0 {
		bad("variants", "a product without variants")
		return nil, nil
	}
	p.strange(bad)
	var rows []*row
	for _, v := range p.Variants {
		r := &row{variant: catalog.Variant{SKU: v.SKU, Color: catalog.Color{Code: v.Color.Code, Name: neat(v.Color.Name), Hex: v.Color.Hex},
			Size: catalog.Size{Label: catalog.Neat(v.Size)}, Regular: v.Price, ListPrice: v.ListPrice, Available: v.Stock}}
		if v.Sale != nil {
			r.variant.Sale = catalog.Sale{Price: v.Sale.Price, From: v.Sale.From.UTC(), Until: v.Sale.Until.UTC()}
		}
		r.measures = measured(p.Measures[v.Size])
		rows = append(rows, r)
	}
	contradictions(rows, func(i int, _, text string) { bad(fmt.Sprintf("variants.%d.color", i), text) })
	told := catalog.Told{}
	for f, t := range p.Facts {
		told[f] = neat(t)
	}
	if len(told) == 0 {
		told = nil
	}
	rows[0].product = catalog.Product{Status: p.Status, Category: p.Category, Brand: catalog.Brand{Slug: p.Brand}, Name: neat(p.Name), Slug: p.Slug,
		Description: neat(p.Description), Fabric: neat(p.Fabric), Seasons: inOrder(p.Seasons), Weight: p.Weight, Facts: told}
	out, _ := assemble(rows)
	var origins []origin
	for n, i := range p.Images {
		color := lang.Text{}
		for _, v := range out.Variants {
			if v.Color.Code == i.Color {
				color = v.Color.Name
			}
		}
		out.Images = append(out.Images, catalog.Image{Path: i.File, Color: i.Color, Alt: orAlt(catalog.Image{Alt: neat(i.Alt)}, alt(&out, color))})
		origins = append(origins, origin{field: fmt.Sprintf("images.%d.file", n)})
	}
	return &out, origins
}

// strange names facts, sizes and points that do not exist: a misspelt one would be lost in silence.
func (p productJSON) strange(bad func(path, text string)) {
	for _, f := range slices.Sorted(maps.Keys(p.Facts)) {
		if !slices.Contains(catalog.Facts, f) {
			bad("facts."+string(f), "there is no such fact")
		}
	}
	for _, size := range slices.Sorted(maps.Keys(p.Measures)) {
		if !slices.ContainsFunc(p.Variants, func(v variantJSON) bool { return v.Size == size }) {
			bad("measures_cm."+size, "the product has no such size")
		}
		for _, point := range slices.Sorted(maps.Keys(p.Measures[size])) {
			path := "measures_cm." + size + "." + point
			if !slices.Contains(catalog.Points, catalog.Point(point)) {
				bad(path, "nothing is measured there; there are "+strings.Join(pointNames(), ", "))
			} else if _, err := millimetres(fmt.Sprint(p.Measures[size][point])); err != nil {
				bad(path, err.Error())
			}
		}
	}
}

func pointNames() []string {
	var out []string
	for _, p := range catalog.Points {
		out = append(out, string(p))
	}
	return out
}

// measured are the measures of a size in millimetres; nil for none. What is no measure has been named already.
func measured(cm map[string]float64) map[catalog.Point]int {
	var out map[catalog.Point]int
	for point, x := range cm {
		if mm, err := millimetres(fmt.Sprint(x)); err == nil {
			if out == nil {
				out = map[catalog.Point]int{}
			}
			out[catalog.Point(point)] = mm
		}
	}
	return out
}
