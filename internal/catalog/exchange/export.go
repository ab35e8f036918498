package exchange

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"io"

	"myclothes/internal/catalog"
)

// What an export holds. A CSV file holds one of them, a JSON file all.
const (
	Products   = "products"
	Categories = "categories"
	Brands     = "brands"
)

// Export writes the catalogue out. Bringing the file in again changes nothing.
type Export struct {
	Shop     Shop
	Progress Progress
}

// CSV writes one kind of things, with a byte order mark so that spreadsheets know it is UTF-8.
func (e *Export) CSV(ctx context.Context, out io.Writer, what string) error {
	if _, err := io.WriteString(out, "\xef\xbb\xbf"); err != nil {
		return err
	}
	w := csv.NewWriter(out)
	var err error
	switch what {
	case Categories:
		err = e.categories(ctx, w)
	case Brands:
		err = e.brands(ctx, w)
	default:
		err = e.products(ctx, w)
	}
	if err != nil {
		return err
	}
	w.Flush()
	return w.Error()
}

func (e *Export) categories(ctx context.Context, w *csv.Writer) error {
	tree, err := e.Shop.Tree(ctx)
	if err != nil {
		return err
	}
	var all []shelf
	for _, c := range tree.All() {
		all = append(all, shelf{Category: c})
	}
	return simple(w, categoryColumns, all)
}

func (e *Export) brands(ctx context.Context, w *csv.Writer) error {
	brands, err := e.Shop.Brands(ctx)
	if err != nil {
		return err
	}
	var all []shelf
	for _, b := range brands {
		all = append(all, shelf{Brand: b})
	}
	return simple(w, brandColumns, all)
}

func simple(w *csv.Writer, columns []simpleColumn, all []shelf) error {
	record := make([]string, len(columns))
	for i, c := range columns {
		record[i] = c.name
	}
	if err := w.Write(record); err != nil {
		return err
	}
	for i := range all {
		for j, c := range columns {
			record[j] = guarded(*c.of(&all[i]))
		}
		if err := w.Write(record); err != nil {
			return err
		}
	}
	return nil
}

func (e *Export) products(ctx context.Context, w *csv.Writer) error {
	record := make([]string, len(columns))
	for i, c := range columns {
		record[i] = c.name
	}
	if err := w.Write(record); err != nil {
		return err
	}
	n := 0
	return e.Shop.Each(ctx, func(p catalog.Product) error {
		related, err := e.related(ctx, &p)
		if err != nil {
			return err
		}
		for i, r := range rowsOf(&p, related) {
			for j, c := range columns {
				if record[j] = ""; i == 0 || !c.shared {
					record[j] = guarded(c.write(r))
				}
			}
			if err := w.Write(record); err != nil {
				return err
			}
			n++
			e.Progress("write", n)
		}
		return nil
	})
}

// related names the related products by an SKU of each.
func (e *Export) related(ctx context.Context, p *catalog.Product) ([]string, error) {
	skus, err := e.Shop.SKUs(ctx, p.Related)
	var out []string
	for _, id := range p.Related {
		if sku, ok := skus[id]; ok {
			out = append(out, sku)
		}
	}
	return out, err
}

// rowsOf takes a product apart as assemble puts it together.
func rowsOf(p *catalog.Product, related []string) []*row {
	var rows []*row
	shown := map[string]bool{}
	for _, v := range p.Variants {
		if v.Regular == 0 {
			v.Regular = v.Price
		}
		r := &row{key: p.Variants[0].SKU, product: *p, variant: v, related: related, measures: map[catalog.Point]int{}}
		for _, i := range p.Images {
			switch {
			case i.Color == "":
				r.images = append(r.images, i)
			case i.Color == v.Color.Code && !shown[v.Color.Code]:
				r.colored = append(r.colored, i)
			}
		}
		shown[v.Color.Code] = true
		for _, m := range p.Measures.Rows {
			for i, mm := range m.MM {
				if m.Size == v.Size.Label {
					r.measures[p.Measures.Points[i]] = mm
				}
			}
		}
		rows = append(rows, r)
	}
	return rows
}

// JSON writes everything as one object.
func (e *Export) JSON(ctx context.Context, out io.Writer) error {
	tree, err := e.Shop.Tree(ctx)
	if err != nil {
		return err
	}
	brands, err := e.Shop.Brands(ctx)
	if err != nil {
		return err
	}
	l := &listing{out: out}
	l.open("{\"categories\":[")
	for _, c := range tree.All() {
		l.add(categoryJSON{c.Slug, c.Parent, c.Name, c.Notice, c.Plan, c.Sizes})
	}
	l.open("],\n\"brands\":[")
	for _, b := range brands {
		l.add(brandJSON{b.Slug, b.Name, b.Story})
	}
	l.open("],\n\"products\":[")
	n := 0
	err = e.Shop.Each(ctx, func(p catalog.Product) error {
		related, err := e.related(ctx, &p)
		if err != nil {
			return err
		}
		l.add(jsonOf(&p, related))
		n += len(p.Variants)
		e.Progress("write", n)
		return l.err
	})
	if err != nil {
		return err
	}
	l.open("]}\n")
	return l.err
}

// listing writes members of lists, one on a line, and keeps the first error.
type listing struct {
	out   io.Writer
	begun bool
	err   error
}

func (l *listing) open(text string) {
	l.begun = false
	l.put([]byte(text))
}

func (l *listing) add(v any) {
	b, err := json.Marshal(v)
	if l.err == nil {
		l.err = err
	}
	if l.begun {
		l.put([]byte(","))
	}
	l.begun = true
	l.put([]byte("\n"))
	l.put(b)
}

func (l *listing) put(b []byte) {
	if l.err == nil {
		_, l.err = l.out.Write(b)
	}
}

func jsonOf(p *catalog.Product, related []string) productJSON {
	out := productJSON{Status: p.Status, Category: p.Category, Brand: p.Brand.Slug, Name: p.Name, Slug: p.Slug, Description: p.Description,
		Fabric: p.Fabric, Seasons: p.Seasons, Weight: p.Weight, Related: related, Facts: p.Facts}
	for _, r := range p.Measures.Rows {
		row := map[string]float64{}
		for i, mm := range r.MM {
			row[string(p.Measures.Points[i])] = float64(mm) / 10
		}
		if out.Measures == nil {
			out.Measures = map[string]map[string]float64{}
		}
		out.Measures[r.Size] = row
	}
	for _, i := range p.Images {
		out.Images = append(out.Images, imageJSON{i.Path, i.Color, i.Alt})
	}
	for _, v := range p.Variants {
		x := variantJSON{SKU: v.SKU, Color: colorJSON{v.Color.Code, v.Color.Name, v.Color.Hex}, Size: v.Size.Label, Price: v.Regular, ListPrice: v.ListPrice, Stock: v.Available}
		if x.Price == 0 {
			x.Price = v.Price
		}
		if v.Sale.Price > 0 {
			x.Sale = &saleJSON{v.Sale.Price, v.Sale.From, v.Sale.Until}
		}
		out.Variants = append(out.Variants, x)
	}
	return out
}
