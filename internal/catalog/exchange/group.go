package exchange

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

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
	contradictions(rows, func(i int, field, text string) {
		line, column := places[i].of(field, "")
		g.bad(Fault{line, column, field, text})
	})
	p, origins := assemble(rows)
	return g.yield(item{product: &p, related: rows[0].related, origins: origins, silent: g.silent, rows: len(rows), at: func(field, sku string) (int, int) {
		for i, r := range rows {
			if sku != "" && r.variant.SKU == sku {
				return places[i].of(field, "")
			}
		}
		return places[0].of(field, "")
	}})
}

// contradictions names what two rows of a product say differently of one colour or one size: one of them would be lost.
func contradictions(rows []*row, bad func(row int, field, text string)) {
	colors, sizes := map[string]catalog.Color{}, map[string]map[catalog.Point]int{}
	for i, r := range rows {
		c := r.variant.Color
		was := colors[c.Code]
		for _, x := range []struct{ field, was, is string }{
			{"color_ko", was.Name.KO, c.Name.KO}, {"color_en", was.Name.EN, c.Name.EN}, {"color_hex", strings.ToLower(was.Hex), strings.ToLower(c.Hex)},
		} {
			if x.was != "" && x.is != "" && x.was != x.is {
				bad(i, x.field, fmt.Sprintf("the colour %s is %s on another row and %s here", clip(c.Code), clip(x.was), clip(x.is)))
			}
		}
		colors[c.Code] = mixed(was, c)
		size := sizes[r.variant.Size.Label]
		if size == nil {
			size = map[catalog.Point]int{}
			sizes[r.variant.Size.Label] = size
		}
		for point, mm := range r.measures {
			if size[point] != 0 && mm != 0 && size[point] != mm {
				bad(i, "measure_"+string(point), fmt.Sprintf("the size %s measures %s on another row and %s here", clip(r.variant.Size.Label), centimetres(size[point]), centimetres(mm)))
			}
			size[point] = cmp.Or(size[point], mm)
		}
	}
}

// mixed is a colour as two rows tell it together: what the second does not say is as the first has it.
func mixed(was, is catalog.Color) catalog.Color {
	return catalog.Color{Code: is.Code, Hex: cmp.Or(was.Hex, is.Hex), Name: lang.Text{KO: cmp.Or(was.Name.KO, is.Name.KO), EN: cmp.Or(was.Name.EN, is.Name.EN)}}
}

// assemble makes a product of its rows, and says where its pictures are named.
func assemble(rows []*row) (catalog.Product, []origin) {
	first := rows[0]
	p := first.product
	p.Status = cmp.Or(p.Status, catalog.OnSale)
	p.Images = first.images
	origins := make([]origin, len(p.Images))
	for i := range p.Images {
		p.Images[i].Alt = orAlt(p.Images[i], alt(&p, catalog.Color{}.Name))
		origins[i].field = "images"
	}
	colors := map[string]catalog.Color{}
	for _, r := range rows {
		colors[r.variant.Color.Code] = mixed(colors[r.variant.Color.Code], r.variant.Color)
	}
	for _, r := range rows {
		v := r.variant
		v.Color = colors[v.Color.Code]
		v.ListPrice = cmp.Or(v.ListPrice, v.Regular)
		v.Price = v.Regular
		p.Variants = append(p.Variants, v)
		for _, i := range r.colored {
			i.Color, i.Alt = v.Color.Code, orAlt(i, alt(&p, v.Color.Name))
			p.Images, origins = append(p.Images, i), append(origins, origin{"color_images", v.SKU})
		}
	}
	p.Measures = sizeTable(rows)
	return p, origins
}

// distinct leaves out pictures that are there already, of the same colour: a file may name them on every row.
func distinct(all []catalog.Image) []catalog.Image {
	var out []catalog.Image
	for _, i := range all {
		if !slices.ContainsFunc(out, func(o catalog.Image) bool { return o.Path == i.Path && o.Color == i.Color }) {
			out = append(out, i)
		}
	}
	return out
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
		at := slices.IndexFunc(t.Rows, func(x catalog.SizeRow) bool { return x.Size == r.variant.Size.Label })
		if at < 0 && len(r.measures) > 0 {
			at = len(t.Rows)
			t.Rows = append(t.Rows, catalog.SizeRow{Size: r.variant.Size.Label, MM: make([]int, len(t.Points))})
		}
		for i, p := range t.Points {
			if r.measures[p] > 0 {
				t.Rows[at].MM[i] = r.measures[p]
			}
		}
	}
	return t
}
