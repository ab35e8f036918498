package exchange

import (
	"slices"
	"strings"

	"myclothes/internal/catalog"
)

// keep takes over into p, which the shop has as was, what the file does not speak of: a file without a column for descriptions leaves them as they are, an
// empty field empties one.
func (x item) keep(was catalog.Product) {
	p := x.product
	for column, take := range kept {
		if x.silent[column] {
			take(p, &was)
		}
	}
	for _, f := range catalog.Facts {
		x.keepFact(f, was)
	}
	if x.silent["images"] && x.silent["color_images"] {
		p.Images = was.Images
	}
	if x.allSilent("measure_") {
		p.Measures = was.Measures
	}
	for i := range p.Variants {
		for _, v := range was.Variants {
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

// keepVariant keeps a list price only as long as it is one: not below the new price.
func (x item) keepVariant(v *catalog.Variant, was catalog.Variant) {
	if x.silent["color_en"] {
		v.Color.Name.EN = was.Color.Name.EN
	}
	if x.silent["list_price"] {
		v.ListPrice = max(was.ListPrice, v.Regular)
	}
	if x.silent["sale_price"] && x.silent["sale_from"] && x.silent["sale_until"] && was.Sale.Price < v.Regular {
		v.Sale = was.Sale
	}
}

func (x item) allSilent(prefix string) bool {
	return x.silent != nil && !slices.ContainsFunc(columns, func(c column) bool { return strings.HasPrefix(c.name, prefix) && !x.silent[c.name] })
}
