package checkout

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strconv"

	"myclothes/internal/cart"
	"myclothes/internal/catalog"
	"myclothes/internal/fault"
	"myclothes/internal/money"
	"myclothes/internal/order"
)

// Quote is what a cart costs, brought to an address.
type Quote struct {
	Lines   []cart.PricedLine
	Company string // at whose prices; empty: at everybody's
	Totals  order.Totals
	Changed []Change // prices that differ from those the buyer saw
}

// Change is a price that moved while the buyer was looking.
type Change struct {
	Name     catalog.Offer
	Was, Now money.Amount
}

// Seen is what the buyer was last shown. What it does not hold is not compared.
type Seen struct {
	Prices map[string]money.Amount // unit price per SKU
	Digest string                  // of the whole quote, as Quote.Digest made it
}

// Digest is the same for quotes of the same lines, quantities, prices and totals. What the buyer agrees to is bound to it: an item added in another
// tab, or a fee that changed, is not part of what they saw.
func (q Quote) Digest() string {
	h := sha256.New()
	for _, l := range q.Lines {
		fmt.Fprintf(h, "%q %d %d\n", l.SKU, l.Quantity, l.Price)
	}
	fmt.Fprintf(h, "%+v %s", q.Totals, q.Company)
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}

// Quote asks the prices again. It refuses an empty cart (fault.CartEmpty) and one that cannot be ordered as it is
// (fault.OutOfStock, fault.UnknownSKU, fault.TooFew, naming the line). roadAddress may be empty while it is not known.
func (d *Desk) Quote(ctx context.Context, c cart.Carried, roadAddress string, seen Seen) (Quote, error) {
	held, err := d.Carts.Home.Open(ctx, c)
	if err != nil {
		return Quote{}, err
	}
	return d.QuoteOf(ctx, c, held, roadAddress, seen)
}

// QuoteOf is Quote for lines that need not be in the visitor's cart.
func (d *Desk) QuoteOf(ctx context.Context, c cart.Carried, held cart.Cart, roadAddress string, seen Seen) (Quote, error) {
	priced, err := d.Carts.Price(ctx, c, held)
	if err != nil {
		return Quote{}, err
	}
	if len(priced.Lines) == 0 {
		return Quote{}, fault.CartEmpty
	}
	q := Quote{Lines: priced.Lines, Company: priced.Company}
	for _, l := range priced.Lines {
		if err := buyable(l); err != nil {
			return Quote{}, err
		}
		if was, ok := seen.Prices[l.SKU]; ok && was != l.Price {
			q.Changed = append(q.Changed, Change{l.Offer, was, l.Price})
		}
	}
	q.Totals = order.Sum(orderLines(priced.Lines), priced.Delivery, d.Policy.Surcharge(roadAddress))
	return q, nil
}

func buyable(l cart.PricedLine) error {
	switch {
	case !l.OnSale:
		return fault.UnknownSKU.With(map[string]any{"sku": l.SKU}).
			Saying("더 이상 판매하지 않는 상품이 장바구니에 있어요: "+name(l, "ko"), "Your cart holds an item that is no longer sold: "+name(l, "en"))
	case l.Available < l.Quantity:
		return outOfStock(l)
	case l.TooFew():
		least := strconv.Itoa(l.Deal.Least)
		return fault.TooFew.With(map[string]any{"sku": l.SKU, "minimum": l.Deal.Least}).
			Saying("최소 "+least+"개부터 주문할 수 있는 상품이에요: "+name(l, "ko"), "At least "+least+" of this item must be ordered: "+name(l, "en"))
	}
	return nil
}

func outOfStock(l cart.PricedLine) error {
	return fault.OutOfStock.With(map[string]any{"sku": l.SKU, "available": l.Available}).
		Saying("재고가 부족한 상품이 있어요: "+name(l, "ko"), "There is not enough in stock of: "+name(l, "en"))
}

func name(l cart.PricedLine, tag string) string {
	n, color := l.Name.KO, l.Color.KO
	if tag == "en" {
		n, color = l.Name.EN, l.Color.EN
	}
	if n == "" {
		return l.SKU
	}
	return n + " (" + color + " / " + l.Size + ")"
}

func orderLines(lines []cart.PricedLine) []order.Line {
	out := make([]order.Line, len(lines))
	for i, l := range lines {
		out[i] = order.Line{
			SKU: l.SKU, ProductID: l.ProductID, ProductSlug: l.ProductSlug, Brand: l.Brand, Name: l.Name, Color: l.Color, Size: l.Size,
			Image: l.Image, Quantity: l.Quantity, UnitPrice: l.Price, ListPrice: l.ListPrice,
		}
	}
	return out
}
