package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

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

func object(d *json.Decoder, l *lines, bad func(Fault), yield func(item) error) error {
	if err := expect(d, l, '{'); err != nil {
		return err
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return broken(err, d, l)
		}
		if err := expect(d, l, '['); err != nil {
			return err
		}
		positions := map[string]int{}
		for d.More() {
			if err := element(d, l, fmt.Sprint(name), positions, bad, yield); err != nil {
				return err
			}
		}
		if err := expect(d, l, ']'); err != nil {
			return err
		}
	}
	return expect(d, l, '}')
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
	var s *json.SyntaxError
	if errors.As(err, &s) || errors.Is(err, io.ErrUnexpectedEOF) || err == io.EOF {
		line, column := l.at(d.InputOffset())
		return Fault{Line: line, Column: column, Text: "this is not JSON: " + err.Error()}
	}
	return err
}

func element(d *json.Decoder, l *lines, list string, positions map[string]int, bad func(Fault), yield func(item) error) error {
	var raw json.RawMessage
	if err := d.Decode(&raw); err != nil {
		return broken(err, d, l)
	}
	line, column := l.at(d.InputOffset() - int64(len(raw)))
	at := func(string, string) (int, int) { return line, column }
	refuse := func(err error) error {
		bad(Fault{line, column, list, err.Error()})
		return nil
	}
	switch list {
	case "categories":
		var c categoryJSON
		if err := strict(raw, &c); err != nil {
			return refuse(err)
		}
		out := catalog.Category{Slug: c.Slug, Parent: c.Parent, Name: neat(c.Name), Position: positions[c.Parent], Notice: c.Notice, Plan: c.Plan, Sizes: c.Sizes}
		positions[c.Parent]++
		return yield(item{category: &out, rows: 1, at: at})
	case "brands":
		var b brandJSON
		if err := strict(raw, &b); err != nil {
			return refuse(err)
		}
		return yield(item{brand: &catalog.Brand{Slug: b.Slug, Name: neat(b.Name), Story: neat(b.Story)}, rows: 1, at: at})
	case "products":
		var p productJSON
		if err := strict(raw, &p); err != nil {
			return refuse(err)
		}
		out, err := p.product()
		if err != nil {
			return refuse(err)
		}
		return yield(item{product: out, related: p.Related, rows: len(p.Variants), at: at})
	}
	return Fault{line, column, list, "there is no such list; there are categories, brands and products"}
}

// strict decodes and refuses members that do not exist: a misspelt one would be lost in silence.
func strict(raw []byte, to any) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	return d.Decode(to)
}

func neat(t lang.Text) lang.Text { return lang.Text{KO: catalog.Neat(t.KO), EN: catalog.Neat(t.EN)} }

// product makes a product of what the file says, by way of the rows that a CSV file would have.
func (p productJSON) product() (*catalog.Product, error) {
	var rows []*row
	for _, v := range p.Variants {
		r := &row{variant: catalog.Variant{SKU: v.SKU, Color: catalog.Color{Code: v.Color.Code, Name: neat(v.Color.Name), Hex: v.Color.Hex},
			Size: catalog.Size{Label: catalog.Neat(v.Size)}, Regular: v.Price, ListPrice: v.ListPrice, Available: v.Stock}}
		if v.Sale != nil {
			r.variant.Sale = catalog.Sale{Price: v.Sale.Price, From: v.Sale.From.UTC(), Until: v.Sale.Until.UTC()}
		}
		for point, cm := range p.Measures[v.Size] {
			mm, err := millimetres(fmt.Sprint(cm))
			if err != nil {
				return nil, err
			}
			if r.measures == nil {
				r.measures = map[catalog.Point]int{}
			}
			r.measures[catalog.Point(point)] = mm
		}
		rows = append(rows, r)
	}
	if len(rows) == 0 {
		return nil, errors.New("a product without variants")
	}
	rows[0].product = catalog.Product{Status: p.Status, Category: p.Category, Brand: catalog.Brand{Slug: p.Brand}, Name: neat(p.Name), Slug: p.Slug,
		Description: neat(p.Description), Fabric: neat(p.Fabric), Seasons: p.Seasons, Weight: p.Weight, Facts: p.Facts}
	out, _ := assemble(rows)
	for _, i := range p.Images {
		color := lang.Text{}
		for _, v := range out.Variants {
			if v.Color.Code == i.Color {
				color = v.Color.Name
			}
		}
		out.Images = append(out.Images, catalog.Image{Path: i.File, Color: i.Color, Alt: orAlt(catalog.Image{Alt: i.Alt}, alt(&out, color))})
	}
	return &out, nil
}
