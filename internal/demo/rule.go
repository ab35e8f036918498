package demo

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/lang"
	"myclothes/internal/money"
)

// dice yields numbers that depend on an ID and on nothing else (splitmix64).
type dice uint64

func (d *dice) roll(n int) int {
	*d += 0x9e3779b97f4a7c15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return int((z ^ z>>31) >> 1 % uint64(n))
}

// ruled is the product of an ID beyond the base catalogue: an article of the base from a brand that makes the like, in one or two of its colours
// and up to four of its sizes, under a name with a style number of its own, shown by the pictures of the base.
func (b *book) ruled(id int) catalog.Product {
	d := dice(id)
	m := d.roll(b.len())
	a, model := b.articles[m], &b.models[m]
	r := b.rules[a.leaf]
	makers := b.makers[b.groups[a.leaf]]
	h := makers[d.roll(len(makers))]
	detail := details[d.roll(len(details))]
	p := catalog.Product{
		ID: int64(id), Brand: h.Brand, Category: a.leaf, Status: catalog.OnSale, Fabric: model.Fabric,
		Seasons: slices.Clone(model.Seasons), Related: slices.Clone(model.Related), CreatedAt: listedBefore(id - b.len()),
		Weight: int64(d.roll(10)*d.roll(10)) * int64(d.roll(8)) / 2,
	}
	p.Name = styled(detail.name, fabrics[a.fabric].name, a, r, id)
	p.Slug = slug(p.Name.EN)
	p.Description = told(&d, h.Name, detail, model.Fabric, articleOf(a.leaf, r))
	p.Facts = factsBy(h.Name, p.CreatedAt, model.Facts)
	b.fill(&p, a, model, &d)
	return p
}

// styled joins detail, material, article and style number to a name.
func styled(detail, fabric lang.Text, a article, r catalog.Category, id int) lang.Text {
	n := " S-" + strconv.Itoa(id)
	made, ok := materials[a.fabric]
	if !ok {
		made = fabric
	}
	x := articleOf(a.leaf, r)
	return t(detail.KO+" "+made.KO+" "+x.KO+n, detail.EN+" "+made.EN+" "+x.EN+n)
}

// told describes it in four sentences.
func told(d *dice, brand lang.Text, detail word, fabric, article lang.Text) lang.Text {
	x, y := praises[d.roll(len(praises))], advices[d.roll(len(advices))]
	return t(brand.KO+"에서 "+detail.about.KO+" "+article.KO+"입니다. 소재는 "+fabric.KO+"입니다. "+x.KO+". "+y.KO+".",
		detail.about.EN+", from "+brand.EN+". Made of "+strings.ToLower(fabric.EN)+", "+x.EN+". "+y.EN+".")
}

// factsBy are the facts of the model, made by another brand at another time.
func factsBy(brand lang.Text, listed time.Time, model catalog.Told) catalog.Told {
	f := maps.Clone(model)
	f[catalog.FactMaker] = makerOf(brand, f[catalog.FactCountry])
	if _, ok := f[catalog.FactMade]; ok {
		f[catalog.FactMade] = made(listed)
	}
	return f
}

// fill adds colours, pictures, sizes and what follows from them: two to eight SKUs.
func (b *book) fill(p *catalog.Product, a article, model *catalog.Product, d *dice) {
	colors := model.Colors()
	first := d.roll(len(colors))
	chosen := []catalog.Color{colors[first]}
	if len(a.sizes) == 1 || d.roll(3) > 0 {
		chosen = append(chosen, colors[(first+1)%len(colors)])
	}
	wide := min(len(a.sizes), 2+d.roll(3))
	from := d.roll(len(a.sizes) - wide + 1)
	sizes := a.sizes[from : from+wide]
	list, off := a.list+(d.roll(9)-4)*1000, 0
	if d.roll(5) == 0 {
		off = 10 + d.roll(4)*10
	}
	price := reduced(list, off)
	p.Measures = measure(b.rules[a.leaf].Plan, a.cut, sizes, uint32(d.roll(1<<31)))
	for _, col := range chosen {
		for _, img := range model.Images {
			if img.Color == col.Code {
				img.Alt = lang.Text{KO: p.Name.KO + img.Alt.KO[len(model.Name.KO):], EN: p.Name.EN + img.Alt.EN[len(model.Name.EN):]}
				p.Images = append(p.Images, img)
			}
		}
		prefix := a.stem + "-" + strconv.FormatInt(p.ID, 10) + "-" + strings.ToUpper(col.Code) + "-"
		for _, size := range sizes {
			sku := prefix + size.Label
			p.Variants = append(p.Variants, catalog.Variant{
				SKU: sku, Color: col, Size: size, Price: price, Regular: price, ListPrice: money.Amount(list), Available: stock(sku),
			})
		}
	}
}

// listedBefore is when the n-th product by rule was listed: a minute before the one before it, all of them before the base catalogue.
func listedBefore(n int) time.Time {
	return until.Add(-window - time.Duration(n+1)*time.Minute)
}
