package exchange

import (
	"cmp"
	"slices"
	"strings"

	"myclothes/internal/catalog"
)

// keep takes over into p, which the shop has as was, what the file does not speak of: a file without a column for descriptions leaves them as they are, an
// empty field empties one.
func (x item) keep(was catalog.Product, shelves catalog.Tree) {
	p := x.product
	for column, take := range kept {
		if x.silent[column] {
			take(p, &was)
		}
	}
	for _, f := range catalog.Facts {
		x.keepFact(f, was)
	}
	x.keepImages(was)
	if x.keepMeasures(was) {
		p.Settle(shelves)
	}
	for i := range p.Variants {
		for _, v := range was.Variants {
			if x.silent["color_en"] && v.Color.Code == p.Variants[i].Color.Code {
				p.Variants[i].Color.Name.EN = v.Color.Name.EN
			}
			if v.SKU == p.Variants[i].SKU {
				x.keepVariant(&p.Variants[i], v)
			}
		}
	}
}

// kept are the columns of a product that may be missing, apart from its facts, pictures and measures.
var kept = map[string]func(p, was *catalog.Product){
	"status":         func(p, was *catalog.Product) { p.Status = was.Status },
	"name_en":        func(p, was *catalog.Product) { p.Name.EN = was.Name.EN },
	"slug":           func(p, was *catalog.Product) { p.Slug = was.Slug },
	"description_ko": func(p, was *catalog.Product) { p.Description.KO = was.Description.KO },
	"description_en": func(p, was *catalog.Product) { p.Description.EN = was.Description.EN },
	"fabric_ko":      func(p, was *catalog.Product) { p.Fabric.KO = was.Fabric.KO },
	"fabric_en":      func(p, was *catalog.Product) { p.Fabric.EN = was.Fabric.EN },
	"seasons":        func(p, was *catalog.Product) { p.Seasons = was.Seasons },
	"weight":         func(p, was *catalog.Product) { p.Weight = was.Weight },
	"related":        func(p, was *catalog.Product) { p.Related = was.Related },
}

func (x item) keepFact(f catalog.Fact, was catalog.Product) {
	t, old := x.product.Facts[f], was.Facts[f]
	if x.silent["fact_"+string(f)+"_ko"] {
		t.KO = old.KO
	}
	if x.silent["fact_"+string(f)+"_en"] {
		t.EN = old.EN
	}
	if t.KO == "" && t.EN == "" {
		delete(x.product.Facts, f)
		return
	}
	if x.product.Facts == nil {
		x.product.Facts = catalog.Told{}
	}
	x.product.Facts[f] = t
}

// keepVariant keeps a list price only as long as it is one: not below the new price. Where it was only the price itself, nobody wrote one, and it follows the price:
// the old price would be shown as one from which the new was reduced.
func (x item) keepVariant(v *catalog.Variant, was catalog.Variant) {
	if x.silent["list_price"] {
		v.ListPrice = v.Regular
		if was.ListPrice > cmp.Or(was.Regular, was.Price) {
			v.ListPrice = max(was.ListPrice, v.Regular)
		}
	}
	if x.silent["sale_price"] && x.silent["sale_from"] && x.silent["sale_until"] && was.Sale.Price < v.Regular {
		v.Sale = was.Sale
	}
}

// keepImages keeps the pictures of the whole product, or those of its colours, that the file has no column for, and what is said of a picture that stays.
func (x item) keepImages(was catalog.Product) {
	p := x.product
	if x.silent["images"] && x.silent["color_images"] {
		p.Images = was.Images
		return
	}
	for i := range p.Images {
		columns := "images_alt_"
		if p.Images[i].Color != "" {
			columns = "color_images_alt_"
		}
		for _, o := range was.Images {
			if o.Path != p.Images[i].Path || o.Color != p.Images[i].Color {
				continue
			}
			if x.silent[columns+"ko"] {
				p.Images[i].Alt.KO = o.Alt.KO
			}
			if x.silent[columns+"en"] {
				p.Images[i].Alt.EN = o.Alt.EN
			}
		}
	}
	colored := func(i catalog.Image) bool { return i.Color != "" }
	whole := func(i catalog.Image) bool { return i.Color == "" }
	switch {
	case x.silent["images"]:
		p.Images = append(slices.DeleteFunc(slices.Clone(was.Images), colored), p.Images...)
	case x.silent["color_images"]:
		p.Images = append(p.Images, slices.DeleteFunc(slices.Clone(was.Images), whole)...)
	}
}

// keepMeasures keeps what was measured at points that the file has no column for, and reports whether the table is one of both and has to be put in order.
func (x item) keepMeasures(was catalog.Product) bool {
	p := x.product
	if x.allSilent("measure_") {
		p.Measures = was.Measures
		return false
	}
	if !slices.ContainsFunc(was.Measures.Points, func(m catalog.Point) bool { return x.silent["measure_"+string(m)] }) {
		return false
	}
	var rows []*row
	for _, v := range p.Variants {
		r := &row{variant: v, measures: map[catalog.Point]int{}}
		for _, t := range []struct {
			catalog.SizeTable
			kept bool
		}{{was.Measures, true}, {p.Measures, false}} {
			for point, mm := range measuresOf(t.SizeTable, v.Size.Label) {
				if x.silent["measure_"+string(point)] == t.kept {
					r.measures[point] = mm
				}
			}
		}
		rows = append(rows, r)
	}
	p.Measures = sizeTable(rows)
	return true
}

func (x item) allSilent(prefix string) bool {
	return x.silent != nil && !slices.ContainsFunc(columns, func(c column) bool { return strings.HasPrefix(c.name, prefix) && !x.silent[c.name] })
}

// keepCategory takes over what the file does not say of a category that the shop has.
func (x item) keepCategory(was catalog.Category) {
	k := x.category
	for column, take := range map[string]func(){
		"name_en": func() { k.Name.EN = was.Name.EN },
		"notice":  func() { k.Notice = was.Notice },
		"plan":    func() { k.Plan = was.Plan },
		"sizes":   func() { k.Sizes = was.Sizes },
	} {
		if x.silent[column] {
			take()
		}
	}
}

// keepBrand takes over what the file does not say of a brand that the shop has.
func (x item) keepBrand(was catalog.Brand) {
	b := x.brand
	for column, take := range map[string]func(){
		"name_en":  func() { b.Name.EN = was.Name.EN },
		"story_ko": func() { b.Story.KO = was.Story.KO },
		"story_en": func() { b.Story.EN = was.Story.EN },
	} {
		if x.silent[column] {
			take()
		}
	}
}

// measuresOf returns what the table says of a size.
func measuresOf(t catalog.SizeTable, size string) map[catalog.Point]int {
	out := map[catalog.Point]int{}
	for _, r := range t.Rows {
		for i, mm := range r.MM {
			if r.Size == size && mm > 0 {
				out[t.Points[i]] = mm
			}
		}
	}
	return out
}
