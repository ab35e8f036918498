package catalog

import (
	"context"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"myclothes/internal/money"
)

// Sort is the order of a listing.
type Sort string

const (
	Newest       Sort = "new"        // the default
	BestSold     Sort = "best"       // most units sold first
	PriceUp      Sort = "price_asc"  // cheapest first
	PriceDown    Sort = "price_desc" // dearest first
	MostOff      Sort = "discount"   // largest reduction in percent first
	MaxLimit          = 100          // products on one page at the most
	PageLimit         = 24           // where nobody says
	MaxQueryRune      = 100          // a longer search text is cut
)

// Sorts lists every order, the default first.
var Sorts = []Sort{Newest, BestSold, PriceUp, PriceDown, MostOff}

// Query chooses products on sale. Zero members do not filter. Cursor is what an earlier Page returned for the same
// query; any other is refused as fault.BadRequest.
type Query struct {
	Category           string // slug; products of everything below it
	Brand              string // slug
	Text               string // each word must appear in name, brand, category or colour
	Color              string // Color.Code
	Size               string // Size.Label
	MinPrice, MaxPrice money.Amount
	Sort               Sort
	Cursor             string
	Limit              int // 1 to MaxLimit; 0 is PageLimit
}

// Page is one page of a listing. Next is empty on the last one. Total counts every product that the query chooses.
type Page struct {
	Cards []Card
	Next  string
	Total int
}

// Catalog is what the rest of the shop asks of the catalogue. Implementations are safe for concurrent use.
//
// Browsing (List, Product, Tree, Brands) may be answered by a reader that is a moment behind, unless the context says fresh.Require.
// Offers decide about money and stock: they are always read from the primary.
type Catalog interface {
	Tree(ctx context.Context) (Tree, error)
	Brands(ctx context.Context) ([]Brand, error) // by slug
	// List returns products on sale. An unknown category or brand gives an empty page, not an error.
	List(ctx context.Context, q Query) (Page, error)
	// Product returns one that is on sale or stopped; drafts and unknown ones are fault.NoSuchPage.
	Product(ctx context.Context, id int64) (Product, error)
	// Offers returns what is asked for each of these SKUs; an unknown one is absent from the map.
	Offers(ctx context.Context, skus []string) (map[string]Offer, error)
}

// Fold brings text to the one form in which the shop compares it: NFKC, so that decomposed Hangul (as macOS types file
// names) and full-width Latin meet their ordinary forms, and without case. Folding what is folded changes nothing: folding can undo
// normal form, so the two take turns (toNFKC_Casefold, Unicode 3.13).
func Fold(s string) string {
	fold := cases.Fold()
	return norm.NFKC.String(fold.String(norm.NFKC.String(fold.String(norm.NFD.String(s)))))
}

// Words returns the folded words of a search text, at most 8, of at most MaxQueryRune characters in all.
func Words(text string) []string {
	r := []rune(text)
	if len(r) > MaxQueryRune {
		r = r[:MaxQueryRune]
	}
	words := strings.Fields(Fold(string(r)))
	if len(words) > 8 {
		words = words[:8]
	}
	return words
}
