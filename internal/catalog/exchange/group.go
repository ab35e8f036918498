package exchange

import (
	"cmp"
	"fmt"
	"slices"

	"myclothes/internal/catalog"
	"myclothes/internal/lang"
)

// group puts the rows of a product together. They stand one after another in the file, so that only one product is in memory.
type group struct {
	rows   []*row
	places []place
	shared map[string]string // what the first row says
	seen   map[string]int    // line of the first row of each product
	silent map[string]bool
	bad    func(Fault)
	yield  func(item) error
}

// add takes a row with what it says of the product as a whole.
func (g *group) add(r *row, at place, values [][2]string) error {
	if r.key == "" {
		line, column := at.of("product", "")
		g.bad(Fault{line, column, "product", "is empty: give the rows of a product a common name or number"})
		return nil
	}
	if len(g.rows) > 0 && g.rows[0].key == r.key {
		g.compare(at, values)
		g.rows, g.places = append(g.rows, r), append(g.places, at)
		return nil
	}
	if err := g.flush(); err != nil {
		return err
	}
	if line, ok := g.seen[r.key]; ok {
		l, column := at.of("product", "")
		g.bad(Fault{l, column, "product", fmt.Sprintf("the rows of product %q began on line %d and were interrupted; put them together", clip(r.key), line)})
		return nil
	}
	g.seen[r.key] = at.line
	g.rows, g.places, g.shared = []*row{r}, []place{at}, map[string]string{}
	for _, v := range values {
		g.shared[v[0]] = v[1]
	}
	return nil
}

func (g *group) compare(at place, values [][2]string) {
	for _, v := range values {
		if g.shared[v[0]] != v[1] {
			line, column := at.of(v[0], "")
			g.bad(Fault{line, column, v[0], fmt.Sprintf("differs from the first row of the product, on line %d", g.places[0].line)})
		}
	}
}

// flush hands on the product that is complete.
func (g *group) flush() error {
	if len(g.rows) == 0 {
		return nil
	}
	rows, places := g.rows, g.places
	g.rows, g.places = nil, nil
	p, related := assemble(rows)
	return g.yield(item{product: &p, related: related, silent: g.silent, rows: len(rows), at: func(field, sku string) (int, int) {
		for i, r := range rows {
			if sku != "" && r.variant.SKU == sku {
				return places[i].of(field, "")
			}
		}
		return places[0].of(field, "")
	}})
}

// assemble makes a product of its rows.
func assemble(rows []*row) (catalog.Product, []string) {
	first := rows[0]
	p := first.product
	p.Status = cmp.Or(p.Status, catalog.OnSale)
	p.Images = first.images
	for i := range p.Images {
		p.Images[i].Alt = orAlt(p.Images[i], alt(&p, catalog.Color{}.Name))
	}
	colors := map[string]catalog.Color{}
	for _, r := range rows {
		v := r.variant
		if c, ok := colors[v.Color.Code]; ok {
			v.Color = catalog.Color{Code: c.Code, Name: cmp.Or(v.Color.Name, c.Name), Hex: cmp.Or(v.Color.Hex, c.Hex)}
		}
		colors[v.Color.Code] = v.Color
		v.ListPrice = cmp.Or(v.ListPrice, v.Regular)
		v.Price = v.Regular
		p.Variants = append(p.Variants, v)
		for _, i := range r.colored {
			i.Color, i.Alt = v.Color.Code, orAlt(i, alt(&p, v.Color.Name))
			p.Images = append(p.Images, i)
		}
	}
	p.Measures = sizeTable(rows)
	return p, first.related
}

func orAlt(i catalog.Image, otherwise lang.Text) lang.Text {
	if i.Alt.KO == "" {
		return otherwise
	}
	return i.Alt
}

// sizeTable collects the measures of every size, told by any of its rows.
func sizeTable(rows []*row) catalog.SizeTable {
	var t catalog.SizeTable
	for _, p := range catalog.Points {
		if slices.ContainsFunc(rows, func(r *row) bool { return r.measures[p] > 0 }) {
			t.Points = append(t.Points, p)
		}
	}
	if t.Points == nil {
		return t
	}
	for _, r := range rows {
		if r.measures == nil || slices.ContainsFunc(t.Rows, func(x catalog.SizeRow) bool { return x.Size == r.variant.Size.Label }) {
			continue
		}
		x := catalog.SizeRow{Size: r.variant.Size.Label}
		for _, p := range t.Points {
			x.MM = append(x.MM, r.measures[p])
		}
		t.Rows = append(t.Rows, x)
	}
	return t
}
