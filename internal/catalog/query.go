package catalog

import (
	"context"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"myclothes/internal/lang"
	"myclothes/internal/money"
)

// Sort is the order of a listing.
type Sort string

const (
	Best         Sort = "best"       // what sells and is wanted seen; of a search, what fits best. The default
	Newest       Sort = "new"        // put into the catalogue last
	PriceUp      Sort = "price_asc"  // cheapest first
	PriceDown    Sort = "price_desc" // dearest first
	MostOff      Sort = "discount"   // largest reduction in percent first
	MaxLimit          = 100          // products on one page at the most
	PageLimit         = 24           // where nobody says
	MaxQueryRune      = 100          // a longer search text is cut
	MaxChoices        = 40           // values of one filter at the most; more are dropped
)

// Sorts lists every order, the default first.
var Sorts = []Sort{Best, Newest, PriceUp, PriceDown, MostOff}

// Query chooses products on sale. Zero members do not filter. Values of one member are alternatives, members add up; Colors, Sizes and InStock are asked
// of one and the same variant. Cursor is what an earlier Page returned for the same query; any other is refused as fault.BadRequest.
type Query struct {
	Category           string   // slug; products of everything below it
	Brands             []string // slugs
	Text               string   // what somebody typed into the search field
	Colors             []string // a Family, or else a Color.Code
	Sizes              []string // Size.Label
	MinPrice, MaxPrice money.Amount
	OnSale             bool // costs less than its list price
	InStock            bool
	Sort               Sort
	Cursor             string
	Limit              int // 1 to MaxLimit; 0 is PageLimit
}

// Found is what an index found: products in order, by ID. Next is empty on the last page. Total counts every product that the query chooses.
type Found struct {
	IDs    []int64
	Next   string
	Total  int
	Facets Facets
	Reading
	Version Version // of all of this
}

// Reading is how the words of a search were understood.
type Reading struct {
	Instead string   // what was looked for instead, because what was typed finds nothing; empty if it was taken as typed
	Dropped []string // words that find nothing, by themselves or with the others, and were left out; as typed
}

// Facets counts what the query would choose if one of its members were chosen otherwise: each member is counted without itself. Values without a product
// are left out, except those that the query names.
type Facets struct {
	Categories []Count // the children of the query's category, or the tops; in the order of the tree
	Brands     []Count // most products first, then by slug
	Colors     []Count // in the order of Families
	Sizes      []Count // in the order of CompareSizes
	Prices     []Count // Value is "0-30000": from and up to, the upper end included; the next begins one won higher; the last has no upper end: "200001-"
	OnSale     int
	InStock    int
}

// Count is how many products have a value.
type Count struct {
	Value    string
	Products int
}

// Page is one page of a listing.
type Page struct {
	Cards []Card
	Next  string
	Total int
	Facets
	Reading
	Version Version // of everything but the cards
}

// Suggestion is a way on, shown while somebody types. Exactly one of Category, Brand and Product is set, or none: then Text is a search.
type Suggestion struct {
	Text     lang.Text
	Category string
	Brand    string
	Product  int64
	Slug     string // of the product
	Products int    // how many there are behind it; 0 for a product
}

// Entry is what an index knows of a product that is on sale.
type Entry struct {
	ID               int64
	Slug             string
	Brand            Brand
	Category         string
	Name             lang.Text
	Fabric           lang.Text
	Price, ListPrice money.Amount
	Popularity       int64 // units sold and the merchant's weight
	CreatedAt        time.Time
	Variants         []EntryVariant
}

// EntryVariant is a variant as an index knows it.
type EntryVariant struct {
	Color   Color
	Size    string
	InStock bool
}

// Change says that a product is no longer as it was. Product 0 stands for the whole catalogue: shelves changed, or very many products. Which products those were is
// told as well, with times up to ToldAside earlier.
type Change struct {
	Number  int64 // its name; no order
	Product int64
	At      time.Time
}

// FrontPage is the Product of a change of the editorial pictures.
const FrontPage int64 = -1

// ToldAside is how much earlier than it was the change of a product is told that Product 0 announces to indexes: they look back over less and never read it.
const ToldAside = 15 * time.Minute

// Catalog is what the rest of the shop asks of the catalogue. Implementations are safe for concurrent use.
//
// Browsing (List, Product, Tree, Brands) may be answered by a reader that is a moment behind, unless the context says fresh.Require.
// Offers decide about money and stock: they are always read from the primary.
type Catalog interface {
	Shelves
	// List returns products on sale. An unknown category or brand gives an empty page, not an error.
	List(ctx context.Context, q Query) (Page, error)
	// Suggest returns up to limit ways on from what was typed so far, the likeliest first.
	Suggest(ctx context.Context, text string, limit int) ([]Suggestion, error)
}

// Shelves is the part of the catalogue that is looked up and not searched.
type Shelves interface {
	Tree(ctx context.Context) (Tree, error)
	Brands(ctx context.Context) ([]Brand, error) // by slug
	// Product returns one that is on sale or stopped; drafts and unknown ones are fault.NoSuchPage.
	Product(ctx context.Context, id int64) (Product, error)
	// Cards returns those of these products that are on sale, in the order of ids.
	Cards(ctx context.Context, ids []int64) ([]Card, error)
	// Faces returns, for each of these products, the first picture of every colour that has one, in the order of its pictures.
	Faces(ctx context.Context, ids []int64) (map[int64][]Face, error)
	Prices
}

// Face is a picture of a product in one colour.
type Face struct {
	Image
	Color Color
}

// Show has the card show its product in one of the wanted colours: families, or else a colour's own codes. It stays as it is if there is no such face.
func (c *Card) Show(faces []Face, wanted []string) {
	for _, f := range faces {
		if slices.Contains(wanted, string(f.Color.Family())) || slices.Contains(wanted, f.Color.Code) {
			c.Image = f.Image
			return
		}
	}
}

// Prices says what is asked for a thing now.
type Prices interface {
	// Offers returns what is asked for each of these SKUs, with the Deal of the approved company for which that member buys; an unknown SKU is absent from the
	// map. Nobody ("") and who buys for no company have no Deal. Whatever the number of SKUs, it is one question to the database.
	Offers(ctx context.Context, member string, skus []string) (map[string]Offer, error)
}

// Source feeds an index.
type Source interface {
	Shelves
	// Entries gives every product on sale to yield, by ascending ID, and ends early with yield's error.
	Entries(ctx context.Context, yield func(Entry) error) error
	// EntriesOf returns those of these products that are on sale, in no order.
	EntriesOf(ctx context.Context, ids []int64) ([]Entry, error)
	// Changes returns what was written at or after since, by At. A change is visible at most ChangeWithin after its At.
	Changes(ctx context.Context, since time.Time) ([]Change, error)
}

// ChangeWithin bounds how long after its time a change may become visible: the longest that the end of a transaction takes, and how far clocks differ.
const ChangeWithin = 30 * time.Second

// Fold brings text to the one form in which the shop compares it: NFKC, so that decomposed Hangul (as macOS types file
// names) and full-width Latin meet their ordinary forms, and without case. Folding what is folded changes nothing: folding can undo
// normal form, so the two take turns (toNFKC_Casefold, Unicode 3.13).
func Fold(s string) string {
	fold := cases.Fold()
	return norm.NFKC.String(fold.String(norm.NFKC.String(fold.String(norm.NFD.String(s)))))
}

// Neat brings text that somebody wrote to the form in which it is kept: NFC, because macOS decomposes Hangul, and without blanks at its ends.
func Neat(s string) string { return strings.TrimSpace(norm.NFC.String(s)) }

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
