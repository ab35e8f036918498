// Package order holds what was bought, by whom and for how much, and the states it may pass through.
//
// Everything in an order is frozen when it is placed: names, prices and totals are copies, so that a later change in
// the catalogue changes no order.
package order

import (
	"crypto/rand"
	"strconv"
	"strings"
	"time"

	"myclothes/internal/lang"
	"myclothes/internal/money"
)

// Order is a placed order.
type Order struct {
	Number    string // see NewNumber
	Status    Status
	Lang      lang.Tag // the buyer's language, for messages
	Lines     []Line   // in the cart's order
	Totals    Totals
	Contact   Contact
	Delivery  Delivery
	PlacedAt  time.Time
	Company   string    // for which it was bought (company.ID); empty: for nobody
	DueAt     time.Time // until when it is to be paid, if on account; else the zero time
	HoldUntil time.Time // the units are held for it until then, unless a payment is pending or made
	History   []Event   // oldest first; the first is the placing
}

// Line is one SKU of an order.
type Line struct {
	SKU         string
	ProductID   int64
	ProductSlug string
	Brand       lang.Text
	Name        lang.Text
	Color       lang.Text
	Size        string
	Image       string
	Quantity    int
	UnitPrice   money.Amount
	ListPrice   money.Amount
}

// Total is the line's price, VAT included.
func (l Line) Total() money.Amount { return l.UnitPrice.Times(l.Quantity) }

// Totals of an order. Total = Subtotal + Delivery + Surcharge = Supply + VAT, exactly (M3).
type Totals struct {
	Subtotal  money.Amount // the lines
	Delivery  money.Amount // 배송비
	Surcharge money.Amount // 도서산간 추가 배송비
	Total     money.Amount
	Supply    money.Amount // 공급가액
	VAT       money.Amount // 부가세
}

// Sum works out the totals of lines that cost delivery and surcharge to bring.
func Sum(lines []Line, delivery, surcharge money.Amount) Totals {
	t := Totals{Delivery: delivery, Surcharge: surcharge}
	for _, l := range lines {
		t.Subtotal += l.Total()
	}
	t.Total = t.Subtotal + delivery + surcharge
	t.Supply, t.VAT = money.SplitVAT(t.Total)
	return t
}

// Contact is who bought. Phone is digits only.
type Contact struct{ Name, Phone, Email string }

// Delivery is where it goes. Phone is digits only; Postcode five digits; Memo may be empty.
type Delivery struct{ Recipient, Phone, Postcode, RoadAddress, DetailAddress, Memo string }

// Event is one move of an order. From is empty for the placing.
type Event struct {
	At       time.Time
	From, To Status
	Reason   Reason
}

// Name says in one phrase what was bought: "코튼 셔츠 외 2건".
func (o *Order) Name(t lang.Tag) string {
	if len(o.Lines) == 0 {
		return o.Number
	}
	first := o.Lines[0].Name.In(t)
	if r := []rune(first); len(r) > 60 {
		first = string(r[:60])
	}
	switch n := len(o.Lines) - 1; {
	case n == 0:
		return first
	case t == lang.English:
		return first + " and " + strconv.Itoa(n) + " more"
	default:
		return first + " 외 " + strconv.Itoa(n) + "건"
	}
}

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// NewNumber makes the number of an order placed at that time: the Korean date and eight random letters of Crockford's
// alphabet (no I, L, O, U), as "20261122-7K2M9QXR". 40 random bits keep numbers of one day apart and hard to guess; that
// two never meet is ensured where it is stored.
func NewNumber(at time.Time) string {
	var b [8]byte
	rand.Read(b[:])
	for i := range b {
		b[i] = crockford[b[i]&31]
	}
	return at.In(Seoul).Format("20060102") + "-" + string(b[:])
}

// Seoul is the time of the trade: Korea has kept UTC+9 without summer time since 1988.
var Seoul = time.FixedZone("KST", 9*60*60)

// ParseNumber brings a number as people type it to the form in which it is stored: without spaces, in capitals, and with
// Crockford's look-alikes read as what they look like (O as 0; I and L as 1). It does not say whether there is such an order.
func ParseNumber(s string) string {
	s = strings.ToUpper(strings.ReplaceAll(strings.TrimSpace(s), " ", ""))
	return strings.NewReplacer("O", "0", "I", "1", "L", "1").Replace(s)
}

// Brief is an order in a list.
type Brief struct {
	Number   string
	Status   Status
	Total    money.Amount
	PlacedAt time.Time
	Lines    int       // how many
	First    lang.Text // name of the first
	Image    string    // of the first
}
