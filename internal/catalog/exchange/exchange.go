// Package exchange brings a catalogue in from files and out into them: CSV for spreadsheets, JSON for programs.
//
// A product is known by its SKUs: one whose SKUs the shop has is that product, any other is new. What is brought in is checked whole before anything is
// written, and written in one transaction. Bringing in the same again changes nothing; units in stock are only taken for SKUs that are new,
// since those of others change by themselves while people buy.
package exchange

import (
	"context"
	"fmt"
	"io"
	"time"

	"myclothes/internal/catalog"
)

// Shop is the catalogue that is brought in and out. Implemented by store.Merchant.
type Shop interface {
	Tree(ctx context.Context) (catalog.Tree, error)
	Brands(ctx context.Context) ([]catalog.Brand, error)
	// Owners returns the product of each of these SKUs; unknown ones are absent.
	Owners(ctx context.Context, skus []string) (map[string]int64, error)
	// SKUs returns an SKU of each of these products, always the same while the product is; unknown ones are absent.
	SKUs(ctx context.Context, ids []int64) (map[int64]string, error)
	// Whole returns a product whatever its status.
	Whole(ctx context.Context, id int64) (catalog.Product, error)
	// Each gives every product to yield, whatever its status, by ID, and ends early with yield's error.
	Each(ctx context.Context, yield func(catalog.Product) error) error
	// Import runs feed in one transaction: all that it puts is there afterwards, or nothing. feed may be run several times.
	Import(ctx context.Context, feed func(Writer) error) error
}

// Writer writes within one transaction.
type Writer interface {
	// Tree and Brands are the shelves as the transaction sees them.
	Tree() (catalog.Tree, error)
	Brands() ([]catalog.Brand, error)
	// LastID returns the largest product ID that was ever given, 0 in an empty shop.
	LastID() (int64, error)
	Whole(id int64) (catalog.Product, error)
	PutCategories([]catalog.Category) error
	PutBrands([]catalog.Brand) error
	PutProduct(*catalog.Product) error
	// Broken returns which of the categories that were put leave products as they may not be. It is asked when everything has been put.
	Broken() ([]Broken, error)
}

// Broken is a category that cannot become what it was made: products on sale would lack what the law wants of them, or hang on a category with others below it.
type Broken struct {
	Category string
	Products int
	Some     string // the first of them, and what would be wrong
}

// someBroken are named; the rest are only counted.
const someBroken = 3

// Add adds a product.
func (b *Broken) Add(id int64, name string, f catalog.Flaw) {
	switch b.Products++; {
	case b.Products == someBroken+1:
		b.Some += "; …"
	case b.Products <= someBroken:
		if b.Products > 1 {
			b.Some += "; "
		}
		b.Some += fmt.Sprintf("%d %s (%s)", id, name, f)
	}
}

// Pictures turns the files that a catalogue names into pictures of the shop.
type Pictures interface {
	// Has reports whether path is a picture of the shop already.
	Has(path string) bool
	// Add makes the file of that name a picture of the shop and returns its path, the same for the same content. Its error says what is wrong with
	// the file, for the one who brings it.
	Add(name string) (string, error)
}

// Fault is one thing that is wrong with a file. Line and Column count from 1. Column is the field's number in a CSV file, as spreadsheets count, and the
// byte in the line of a JSON file; 0 is the whole line.
type Fault struct {
	Line, Column int
	Field        string // the column or member that is meant; may be empty
	Text         string
}

func (f Fault) String() string {
	s := fmt.Sprintf("line %d", f.Line)
	if f.Column > 0 {
		s += fmt.Sprintf(", column %d", f.Column)
	}
	if f.Field != "" {
		s += " (" + f.Field + ")"
	}
	return s + ": " + f.Text
}

// MaxFaults is how many faults are kept of one file; the rest are only counted.
const MaxFaults = 200

// Refused is a file that was not brought in. Nothing was written.
type Refused struct {
	Faults []Fault // in the order of the file
	More   int     // further ones, not kept
}

func (r *Refused) Error() string {
	return fmt.Sprintf("the file has %d faults; nothing was brought in", len(r.Faults)+r.More)
}

// Done says what an import did.
type Done struct {
	Rows               int // lines of a CSV file, variants of a JSON file
	New, Changed, Same int // products
	Brands, Categories int // new or changed
	SameBrands         int // as they were
	SameCategories     int
	Encoding           string
	Took               time.Duration
}

// Progress is told how far the work is: "check" or "write", and how many rows are behind it.
type Progress func(step string, rows int)

// item is one thing that a file holds, and where it stands. Exactly one of the three is set.
type item struct {
	category *catalog.Category
	brand    *catalog.Brand
	product  *catalog.Product // Images name files; ID is 0
	related  []string         // SKUs
	origins  []origin         // of the product's Images, as they were read
	silent   map[string]bool  // columns that the file does not have: of what the shop has, they stay as they are
	rows     int
	at       func(field, sku string) (line, column int)
}

// origin is where a picture is named.
type origin struct{ field, sku string }

// source reads a file's items from its beginning. A Fault goes to bad, and reading goes on where that makes sense; the error is one of reading the file.
type source interface {
	items(r io.Reader, bad func(Fault), yield func(item) error) error
}
