package ui

import (
	"time"

	"myclothes/internal/cart"
	"myclothes/internal/catalog"
	"myclothes/internal/checkout"
	"myclothes/internal/money"
	"myclothes/internal/order"
	"myclothes/internal/payment"
)

// The pages of the shop. Each has its view below and its template in pages/.
var (
	Home     = page[HomeView]("home")
	List     = page[ListView]("list")
	Product  = page[ProductView]("product")
	Cart     = page[CartView]("cart")
	Checkout = page[CheckoutView]("checkout")
	Review   = page[ReviewView]("review")
	Order    = page[OrderView]("order")
	LookUp   = page[LookUpView]("lookup")
	Legal    = page[LegalView]("legal")
	Problem  = page[ProblemView]("problem")
	Mails    = page[MailsView]("mails")
	Suggest  = page[SuggestView]("suggest")
	Added    = page[AddedView]("added")
)

// Link is a way to another page. Address has its language already.
type Link struct {
	Address string
	Text    string
	Here    bool // the page that is shown
}

// HomeView is the front page.
type HomeView struct {
	Words
	Banners []Banner
	New     []Card
	Best    []Card
	Sale    []Card
	Doors   []Link // the categories in which people begin to look
	Brands  []Link
}

// Banner is an editorial picture that leads somewhere. Wide and Tall are addresses of the same picture for desks and for phones.
type Banner struct{ Title, Text, Alt, Address, Wide, Tall string }

// ListView is a listing: a category, a brand, or what a search found.
type ListView struct {
	Words
	Kind    string // "category", "brand" or "search"
	Heading string
	Story   string // of a brand; may be empty
	Crumbs  []Link
	Below   []Choice // narrower categories
	Query   string   // what was searched for
	Instead string   // what was found instead, because what was searched for finds nothing
	Dropped []string // words that were left out
	Ways    []Link   // where to look after a search that found nothing
	Filters Filters
	Cards   []Card
	Total   int
	Sorts   []Link
	Next    string // address of the next page; empty on the last
	First   string // address of the first page; empty on it
}

// ProductView is a product's page. The form on it sends color and size to Add.
type ProductView struct {
	Words
	catalog.Product
	Crumbs           []Link
	BrandAddress     string
	Price, ListPrice money.Amount
	Deals            []DealRow // what the visitor's company pays; none for anybody else
	SaleEnds         time.Time // when the price goes up again; the zero time if nobody knows
	Choices          []ColorChoice
	Gallery          []Photo // of the colour that is shown first
	Plan             catalog.Plan
	Notice           catalog.Notice
	With             []Card // what the merchant shows with it
	Policy           DeliveryFacts
	Sizes            []SizeChoice
	Add              string // where the form goes
	Wish             string // where that of the heart goes
	Wished           string // "wished", "unwished": what was just done; empty otherwise
	Quantity         string // as typed
	Error            string // why it could not be added; empty otherwise
	Added            bool   // it was just put into the cart
	SoldOut          bool
	Stopped          bool // no longer sold
}

// ColorChoice is a colour on a product's page.
type ColorChoice struct {
	catalog.Color
	Chosen  bool
	SoldOut bool    // in every size
	Picture string  // its picture; empty without one
	Photos  []Photo // all of its pictures
}

// Photo is a picture on a product's page.
type Photo struct {
	Path string `json:"-"`
	Src  string `json:"src"`
	Set  string `json:"set,omitempty"` // the srcset attribute; empty for a drawing
	Alt  string `json:"alt"`
}

// SizeChoice is a size on a product's page. Left holds, for the script, what is left of each colour: "navy:3 white:0".
type SizeChoice struct {
	Label   string
	Chosen  bool
	SoldOut bool // in every colour
	Left    string
}

// CartView is the cart.
type CartView struct {
	Words
	cart.Priced
	UntilFree money.Amount // what is missing for free delivery; 0 if nothing is
	Buyable   bool
	Error     string
	Seen      []Hidden // the prices shown here, for the next page
	Recent    []Card   // what was looked at in this browser
	MayQuote  bool     // a 견적서 can be made of it
}

// Hidden is a hidden field of a form.
type Hidden struct{ Name, Value string }

// Field is an input with what was typed and what is wrong with it.
type Field struct {
	Name, Value, Error string
}

// CheckoutView asks who buys and where it goes. Fields are those of Form, by name.
type CheckoutView struct {
	Words
	Form    map[string]Field // contact.name … delivery.memo
	Lines   []cart.PricedLine
	Totals  order.Totals // without an island's surcharge: the address is not known yet
	Hidden  []Hidden
	Error   string
	Payment string // the method chosen so far
}

// ReviewView shows everything once more before the buyer agrees to pay (전자상거래법 §14).
type ReviewView struct {
	Words
	Lines      []cart.PricedLine
	Totals     order.Totals
	Changed    []checkout.Change // prices that moved while the buyer looked: was and now
	Contact    order.Contact
	Delivery   order.Delivery
	Methods    []MethodChoice
	Agreements []AgreementChoice
	Hidden     []Hidden // everything that was typed, the prices seen, the idempotency key
	Ask        bool     // somebody else of the company must approve: it is asked for, not ordered
	Terms      string   // what is left of the company's credit; empty: nothing is sold on account
	Error      string
}

// MethodChoice is a way to pay.
type MethodChoice struct {
	Method payment.Method
	Text   string
	Chosen bool
}

// AgreementChoice is a consent that is asked for. It is never ticked beforehand; Ticked is what the buyer did.
type AgreementChoice struct {
	Name, Text, Address string // Address leads to what is agreed to; may be empty
	Ticked              bool
	Error               string
}

// OrderView is an order as its buyer follows it.
type OrderView struct {
	Words
	order.Order
	Payment  payment.Payment
	Complete bool // just paid: say thank you
	Waiting  bool // the outcome of a payment is not known yet
	CanPay   bool
	CanEnd   bool // the buyer may cancel
	Methods  []MethodChoice
	Error    string
	Refund   string // how the money goes back; empty if there is none to
	Due      string // until when it is to be paid; empty: it is not owed
}

// LookUpView asks a guest for number and phone.
type LookUpView struct {
	Words
	Number Field
	Phone  Field
	Error  string
}

// SuggestView are ways on, shown below the search field.
type SuggestView struct {
	Words
	Ways []WayOn
}

// WayOn is one suggestion.
type WayOn struct {
	Kind, Text, Address string // Kind is empty for a search
	Count               int    // products behind it; 0 for a product
}

// AddedView is the small cart that appears after something was put into it.
type AddedView struct {
	Words
	cart.Priced
	Count     int
	Line      cart.PricedLine // what was added
	UntilFree money.Amount
	Error     string // why nothing was added; everything else is then empty
}

// LegalView is a text that the law or fairness wants.
type LegalView struct {
	Words
	Seller Seller
	Which  string // "terms", "privacy" or "guide"
	Policy DeliveryFacts
	Others []Link
}

// DeliveryFacts are the fees that the legal pages name.
type DeliveryFacts struct {
	Fee, FreeFrom, Island money.Amount
	HoldMinutes           int
}

// ProblemView is a page that could not be shown.
type ProblemView struct {
	Words
	Status  int
	Text    string
	Request string // the request's id, to quote to the shop
	Tops    []Link
}

// MailsView shows what the demo would have sent.
type MailsView struct {
	Words
	Mails []Mail
}

// Mail is a message in the demo's viewer.
type Mail struct{ ID, To, Subject, Body, At string }
