package feed

import (
	"encoding/xml"
	"strconv"
	"strings"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/money"
)

// entry is a variant in Google Merchant Center's product data specification.
type entry struct {
	XMLName      xml.Name `xml:"item"`
	ID           string   `xml:"g:id"`
	Group        int64    `xml:"g:item_group_id"`
	Title        string   `xml:"g:title"`
	Description  string   `xml:"g:description"`
	Link         string   `xml:"g:link"`
	Image        string   `xml:"g:image_link"`
	More         []string `xml:"g:additional_image_link"`
	Availability string   `xml:"g:availability"`
	Price        string   `xml:"g:price"`
	SalePrice    string   `xml:"g:sale_price,omitempty"`
	SaleDates    string   `xml:"g:sale_price_effective_date,omitempty"`
	Brand        string   `xml:"g:brand"`
	Condition    string   `xml:"g:condition"`
	Identified   string   `xml:"g:identifier_exists"`
	Type         string   `xml:"g:product_type"`
	Color        string   `xml:"g:color"`
	Size         string   `xml:"g:size"`
	Material     string   `xml:"g:material,omitempty"`
	Shipping     shipping `xml:"g:shipping"`
}

type shipping struct {
	Country string `xml:"g:country"`
	Price   string `xml:"g:price"`
}

// google writes an RSS 2.0 feed with an item for each variant.
func (f *Feeds) google(s *sheet) error {
	tree, err := f.Catalog.Tree(s.ctx)
	if err != nil {
		return err
	}
	s.text(xml.Header, `<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>MyClothes</title><link>`, escaped(f.BaseURL), "</link><description>MyClothes</description>\n")
	err = f.each(s, func(p *catalog.Product) {
		for _, v := range p.Variants {
			b, err := xml.Marshal(f.entry(tree, p, v))
			if s.err == nil {
				s.err = err
			}
			s.text(string(b), "\n")
		}
	})
	s.text("</channel></rss>\n")
	return err
}

func (f *Feeds) entry(tree catalog.Tree, p *catalog.Product, v catalog.Variant) entry {
	var path []string
	for _, c := range tree.PathTo(p.Category) {
		path = append(path, c.Name.KO)
	}
	e := entry{ID: v.SKU, Group: p.ID, Title: p.Brand.Name.KO + " " + p.Name.KO + " " + v.Color.Name.KO + " " + v.Size.Label, Description: p.Description.KO, Link: f.page(p),
		Availability: "in_stock", Price: won(v.ListPrice), Brand: p.Brand.Name.KO, Condition: "new", Identified: "no", Type: strings.Join(path, " > "),
		Color: v.Color.Name.KO, Size: v.Size.Label, Material: p.Fabric.KO, Shipping: shipping{"KR", won(f.delivery(v.Price))}}
	if v.SoldOut() {
		e.Availability = "out_of_stock"
	}
	if v.Price < v.ListPrice {
		e.SalePrice = won(v.Price)
	}
	if v.Sale.Price == v.Price && v.Sale.Price > 0 {
		e.SaleDates = v.Sale.From.Format(time.RFC3339) + "/" + v.Sale.Until.Format(time.RFC3339)
	}
	for _, i := range p.Images {
		if i.Color != "" && i.Color != v.Color.Code {
			continue
		}
		if e.Image == "" {
			e.Image = f.picture(i.Path)
		} else if len(e.More) < 10 {
			e.More = append(e.More, f.picture(i.Path))
		}
	}
	return e
}

func won(a money.Amount) string { return strconv.FormatInt(int64(a), 10) + " KRW" }

func escaped(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return b.String()
}
