package cart

import (
	"cmp"
	"context"
	"strconv"

	"myclothes/internal/catalog"
	"myclothes/internal/delivery"
	"myclothes/internal/fault"
	"myclothes/internal/money"
)

// Priced is a cart with what the shop asks for it now. Total = Subtotal + Delivery, before an address adds its surcharge.
type Priced struct {
	Lines    []PricedLine
	Company  string       // at whose prices; empty: at everybody's
	Subtotal money.Amount // of the lines whose product is sold, whether or not enough is left
	Delivery money.Amount
	Total    money.Amount
}

// Count returns how many units it holds.
func (p Priced) Count() int {
	n := 0
	for _, l := range p.Lines {
		n += l.Quantity
	}
	return n
}

// Supply is Total without VAT, and VAT what is in it: together they are Total exactly.
func (p Priced) Supply() money.Amount { supply, _ := money.SplitVAT(p.Total); return supply }

// VAT is Total less Supply.
func (p Priced) VAT() money.Amount { return p.Total - p.Supply() }

// Buyable reports whether every line can be ordered as it is. An empty cart cannot.
func (p Priced) Buyable() bool {
	for _, l := range p.Lines {
		if !l.Buyable() {
			return false
		}
	}
	return len(p.Lines) > 0
}

// PricedLine is a line with its offer, its Price that of one unit in a line of Quantity. Of an SKU the catalogue no longer knows, the Offer holds the SKU alone.
type PricedLine struct {
	catalog.Offer
	Quantity int
}

// Buyable reports whether the line can be ordered as it is.
func (l PricedLine) Buyable() bool { return l.OnSale && l.Available >= l.Quantity && !l.TooFew() }

// TooFew reports whether the company has agreed to take more of it at a time.
func (l PricedLine) TooFew() bool { return l.OnSale && l.Quantity < l.Deal.Least }

// UnitSupply is what one unit costs without VAT.
func (l PricedLine) UnitSupply() money.Amount { supply, _ := money.SplitVAT(l.Price); return supply }

// Total is what the line costs, VAT included; nothing where its product is no longer sold.
func (l PricedLine) Total() money.Amount {
	if !l.OnSale {
		return 0
	}
	return l.Price.Times(l.Quantity)
}

// Carts is what a visitor can do with a cart: a home for it, and a catalogue that says what is sold. Safe for concurrent use.
type Carts struct {
	Home    Home
	Catalog catalog.Prices
	Policy  delivery.Policy
}

// Open returns the visitor's cart at today's prices.
func (s *Carts) Open(ctx context.Context, c Carried) (Priced, error) {
	cart, err := s.Home.Open(ctx, c)
	if err != nil {
		return Priced{}, err
	}
	return s.Price(ctx, c, cart)
}

// Price asks the catalogue what the lines cost now for whoever carries c: a member who buys for a company pays its prices.
func (s *Carts) Price(ctx context.Context, c Carried, cart Cart) (Priced, error) {
	var p Priced
	if len(cart.Lines) == 0 {
		return p, nil
	}
	offers, err := s.Catalog.Offers(ctx, c.Member, cart.SKUs())
	if err != nil {
		return Priced{}, err
	}
	for _, l := range cart.Lines {
		o, ok := offers[l.SKU]
		if !ok {
			o = catalog.Offer{SKU: l.SKU}
		}
		line := PricedLine{o.For(l.Quantity), l.Quantity}
		p.Lines = append(p.Lines, line)
		p.Company = cmp.Or(p.Company, o.Deal.Company)
		p.Subtotal += line.Total()
	}
	p.Delivery = s.Policy.For(p.Subtotal)
	p.Total = p.Subtotal + p.Delivery
	return p, nil
}

// Add puts n more units into the visitor's cart. It refuses what is not sold (fault.UnknownSKU) and more than there is
// (fault.OutOfStock). Stock is only looked at, not held: an order holds it.
func (s *Carts) Add(ctx context.Context, c Carried, sku string, n int) (Priced, Carried, error) {
	if err := CheckAdd(n); err != nil {
		return Priced{}, c, err
	}
	return s.change(ctx, c, sku, n, true)
}

// Set makes the line hold exactly n units; 0 removes it, whether or not it is still sold.
func (s *Carts) Set(ctx context.Context, c Carried, sku string, n int) (Priced, Carried, error) {
	if err := CheckSet(n); err != nil {
		return Priced{}, c, err
	}
	return s.change(ctx, c, sku, n, false)
}

func (s *Carts) change(ctx context.Context, c Carried, sku string, n int, add bool) (Priced, Carried, error) {
	if err := s.inStock(ctx, c, sku, n, add); err != nil {
		return Priced{}, c, err
	}
	act := s.Home.Set
	if add {
		act = s.Home.Add
	}
	cart, next, err := act(ctx, c, sku, n)
	if err != nil {
		return Priced{}, c, err
	}
	p, err := s.Price(ctx, c, cart)
	return p, next, err
}

func (s *Carts) inStock(ctx context.Context, c Carried, sku string, n int, add bool) error {
	if n == 0 {
		return nil
	}
	offers, err := s.Catalog.Offers(ctx, "", []string{sku})
	if err != nil {
		return err
	}
	o, ok := offers[sku]
	if !ok || !o.OnSale {
		return fault.UnknownSKU
	}
	has := 0
	if add && o.Available < n+MaxQuantity { // else no cart can hold so much that the shelf runs out
		cart, err := s.Home.Open(ctx, c)
		if err != nil {
			return err
		}
		has = cart.Quantity(sku)
	}
	if has+n > MaxQuantity {
		return CheckSet(has + n)
	}
	if has+n > o.Available {
		return notEnough(o.Available, has)
	}
	return nil
}

func notEnough(available, has int) error {
	left, inCart := strconv.Itoa(available), strconv.Itoa(has)
	switch {
	case available <= 0:
		return fault.OutOfStock.Saying("품절된 상품이에요.", "This item is sold out.")
	case has > 0:
		return fault.OutOfStock.Saying("재고가 "+left+"개인 상품이에요. 장바구니에 이미 "+inCart+"개가 있어요.", "Only "+left+" in stock, and your cart already holds "+inCart+".")
	}
	return fault.OutOfStock.Saying("재고가 "+left+"개 남았어요.", "Only "+left+" left in stock.")
}
