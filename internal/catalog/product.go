// Package catalog holds what the shop sells: products in a tree of categories, made by brands, each in several
// variants (SKUs) of colour and size.
//
// A product is written as a whole by its merchant; what changes by itself while people buy (stock, units sold) is
// counted by the store and read along with it.
package catalog

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"myclothes/internal/lang"
	"myclothes/internal/money"
)

// Status is where a product stands in its life. The merchant sets it.
type Status string

const (
	Draft   Status = "draft"   // being written; nobody sees it. Next: OnSale
	OnSale  Status = "on_sale" // seen and sold. Next: Stopped
	Stopped Status = "stopped" // its page remains for those who bought it; it is not listed and not sold. Next: OnSale
)

// Brand is a maker, known by its slug.
type Brand struct {
	Slug  string
	Name  lang.Text
	Story lang.Text // one or two sentences; may be empty
}

// Color is a colourway of a product. Code is unique within the product.
type Color struct {
	Code string // "navy"
	Name lang.Text
	Hex  string // "#1b2a49", for the swatch
}

// Variant is what is bought: one colour in one size.
type Variant struct {
	SKU       string // unique in the shop, [A-Za-z0-9._-]{1,64}
	Color     Color
	Size      Size
	Price     money.Amount // what it costs now, VAT included
	ListPrice money.Amount // what it costs without the reduction; never below Price
	Regular   money.Amount // what it costs outside its Sale; 0: the same as Price
	Sale      Sale         // a reduction for a time; the zero Sale is none
	Available int          // units that may be sold now; in a product about to be written, its initial stock
}

// SoldOut reports whether no unit can be bought now.
func (v Variant) SoldOut() bool { return v.Available <= 0 }

// Sale is a price for a time: from From until, but not including, Until.
type Sale struct {
	Price       money.Amount
	From, Until time.Time
}

// On reports whether the sale is on at that moment.
func (s Sale) On(now time.Time) bool {
	return s.Price > 0 && !now.Before(s.From) && now.Before(s.Until)
}

// At returns the variant as it is at that moment: its Price is that of the sale while the sale is on.
func (v Variant) At(now time.Time) Variant {
	if v.Regular == 0 {
		v.Regular = v.Price
	}
	v.Price = v.Regular
	if v.Sale.On(now) {
		v.Price = v.Sale.Price
	}
	return v
}

// Next returns the moment after now at which the variant's price changes by itself; the zero time if it never does.
func (v Variant) Next(now time.Time) time.Time {
	switch {
	case v.Sale.Price == 0 || !now.Before(v.Sale.Until):
		return time.Time{}
	case now.Before(v.Sale.From):
		return v.Sale.From
	}
	return v.Sale.Until
}

// Season is a part of the year.
type Season string

// The seasons.
const (
	Spring Season = "spring"
	Summer Season = "summer"
	Autumn Season = "autumn"
	Winter Season = "winter"
)

// Seasons lists them in the order of the year.
var Seasons = []Season{Spring, Summer, Autumn, Winter}

// Image is a picture of a product. Path is relative to the media folder.
type Image struct {
	Path  string
	Alt   lang.Text
	Color string // the Color.Code that it shows; empty for all
}

// Product is a whole product. Variants are ordered by colour, then by size scheme; Images as the merchant ordered them,
// the first being the one on cards.
type Product struct {
	ID          int64 // positive, given by the catalogue, never reused
	Slug        string
	Brand       Brand
	Category    string // slug of the leaf it hangs on
	Name        lang.Text
	Description lang.Text
	Status      Status
	Images      []Image
	Variants    []Variant
	Fabric      lang.Text // "면 100%"; may be empty
	Seasons     []Season  // in the order of the year; empty: all of them
	Facts       Told
	Measures    SizeTable
	Related     []int64 // products that the merchant shows with it, in order
	Weight      int64   // how much the merchant wants it seen, counted like so many units sold
	CreatedAt   time.Time
	UnitsSold   int64   // as the store counted; ignored when writing
	Version     Version `json:"-"`
}

// Few is how many units are few enough for pages to say how many are left. Indexes and caches are not told of changes above it.
const Few = 5

// ShownAs is what pages make of a stock: exact up to Few, and one more for all above.
func ShownAs(units int) int { return min(max(units, 0), Few+1) }

// Card is what a listing shows of a product. Price and ListPrice are those of its cheapest variant.
type Card struct {
	ID               int64
	Slug             string
	Brand            Brand
	Category         string
	Name             lang.Text
	Price, ListPrice money.Amount
	Image            Image
	SoldOut          bool
	CreatedAt        time.Time
	Version          Version `json:"-"` // of what the product's own picture shows; Show does not change it
}

// Settle puts what a merchant wrote into the order of the shop: sizes get their place in a scheme of the category, variants stand by colour as written and then
// by size, measures by the category's plan and by size.
func (p *Product) Settle(t Tree) {
	rules := t.Rules(p.Category)
	colors := map[string]int{}
	for i, v := range p.Variants {
		p.Variants[i].Size = rules.Size(v.Size.Label)
		if _, ok := colors[v.Color.Code]; !ok {
			colors[v.Color.Code] = len(colors)
		}
	}
	slices.SortStableFunc(p.Variants, func(a, b Variant) int {
		return cmp.Or(cmp.Compare(colors[a.Color.Code], colors[b.Color.Code]), CompareSizes(a.Size.Label, b.Size.Label))
	})
	p.Measures = p.Measures.ordered(rules.Plan)
}

// Card returns the product as a listing shows it.
func (p *Product) Card() Card {
	c := Card{ID: p.ID, Slug: p.Slug, Brand: p.Brand, Category: p.Category, Name: p.Name, SoldOut: true, CreatedAt: p.CreatedAt}
	if len(p.Images) > 0 {
		c.Image = p.Images[0]
	}
	for i, v := range p.Variants {
		if i == 0 || v.Price < c.Price {
			c.Price, c.ListPrice = v.Price, v.ListPrice
		}
		c.SoldOut = c.SoldOut && v.SoldOut()
	}
	return c
}

// Colors returns the product's colours, each once, in their order.
func (p *Product) Colors() []Color {
	var out []Color
	for _, v := range p.Variants {
		if len(out) == 0 || out[len(out)-1].Code != v.Color.Code {
			out = append(out, v.Color)
		}
	}
	return out
}

// Sizes returns the product's sizes, each once, in the order of their scheme.
func (p *Product) Sizes() []Size {
	seen := map[string]bool{}
	var out []Size
	for _, v := range p.Variants {
		if !seen[v.Size.Label] {
			seen[v.Size.Label] = true
			out = append(out, v.Size)
		}
	}
	SortSizes(out)
	return out
}

// Variant returns the one of that colour and size, if it is made.
func (p *Product) Variant(color, size string) (Variant, bool) {
	for _, v := range p.Variants {
		if v.Color.Code == color && v.Size.Label == size {
			return v, true
		}
	}
	return Variant{}, false
}

// Path returns the canonical address of a product's page, without the language.
func Path(id int64, slug string) string {
	if slug == "" {
		return "/products/" + strconv.FormatInt(id, 10)
	}
	return "/products/" + strconv.FormatInt(id, 10) + "-" + slug
}

// Offer is what the shop asks for one SKU at this moment: the answer to "is it still sold, for how much, and is there any?".
// Carts and orders are always built from fresh offers, never from what a browser carries.
type Offer struct {
	SKU              string
	ProductID        int64
	ProductSlug      string
	Brand            lang.Text
	Name             lang.Text
	Color            lang.Text
	Size             string
	Image            string
	Price, ListPrice money.Amount
	Available        int
	OnSale           bool // false: the product was stopped; it cannot be bought, whatever Available says
	Deal             Deal // what a company has agreed on; Price is today's until For
}
