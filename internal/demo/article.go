package demo

import (
	"slices"

	"myclothes/internal/catalog"
	"myclothes/internal/draw"
	"myclothes/internal/lang"
)

// article is one row of the tables: what a merchant would type in to list a product.
type article struct {
	stem    string // first part of its SKUs
	leaf    string // category
	brand   string
	name    lang.Text
	about   lang.Text
	list    int // won, ending in 000 or 900
	off     int // percent, 10 to 40; 0: not reduced
	sizes   []catalog.Size
	fabric  string // its word in fabrics
	colors  string // codes, the main one first
	accents string // second colours for the drawing, one per colour; empty: cut.Accent for all
	cut     draw.Spec
	soldOut bool
}

// tables are in the order of the product IDs: append, never insert.
var tables = [][]article{
	shirts, tees, knits, sweats, outerwear, bottoms, dresses, shoes, accessories,
	winter, layers, gauge, lowers, onepieces, footwear, bags, smalls,
}

func run(s catalog.Scheme, from, to string) []catalog.Size {
	var out []catalog.Size
	for _, label := range s[slices.Index(s, from) : slices.Index(s, to)+1] {
		out = append(out, s.Size(label))
	}
	return out
}

func alpha(from, to string) []catalog.Size { return run(catalog.Alpha, from, to) }
func women(from, to string) []catalog.Size { return run(catalog.Women, from, to) }
func men(from, to string) []catalog.Size   { return run(catalog.Men, from, to) }
func waist(from, to string) []catalog.Size { return run(catalog.Waist, from, to) }
func feet(from, to string) []catalog.Size  { return run(catalog.Shoes, from, to) }
func free() []catalog.Size                 { return run(catalog.OneFit, "FREE", "FREE") }
