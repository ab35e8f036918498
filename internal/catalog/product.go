// Package catalog holds what the shop sells: products in a tree of categories, made by brands, each in several
// variants (SKUs) of colour and size.
//
// A product is written as a whole by its merchant; what changes by itself while people buy (stock, units sold) is
// counted by the store and read along with it.
package catalog

import (
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
	Available int          // units that may be sold now; in a product about to be written, its initial stock
}

// SoldOut reports whether no unit can be bought now.
func (v Variant) SoldOut() bool { return v.Available <= 0 }

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
	CreatedAt   time.Time
	UnitsSold   int64 // as the store counted; ignored when writing
}

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
}
