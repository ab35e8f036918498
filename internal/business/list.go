package business

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"myclothes/internal/cart"
	"myclothes/internal/catalog"
	"myclothes/internal/fault"
	"myclothes/internal/lang"
)

// Wrong is a line of a list that cannot be ordered.
type Wrong struct {
	Line int // from 1
	Text string
	Why  lang.Text
}

// item is a line of a list that could be read.
type item struct {
	line int
	text string
	cart.Line
}

// readList reads a list of SKUs and quantities, one per line, apart by white space, comma, semicolon or tab, as it is pasted or as a CSV file has it. A first line that
// names columns and empty lines are passed over.
func readList(text string) (items []item, wrong []Wrong) {
	first := map[string]int{}
	n := 0
	for text := range strings.Lines(lineEnds.Replace(strings.TrimPrefix(text, "\ufeff"))) {
		n++
		text = strings.TrimSpace(text)
		fields := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t,;", r) })
		for i := range fields {
			fields[i] = strings.Trim(fields[i], `"`)
		}
		if len(fields) == 0 || len(items) == 0 && len(wrong) == 0 && strings.EqualFold(fields[0], "sku") {
			continue
		}
		l, why := readLine(fields)
		if at := first[l.SKU]; why.KO == "" && at > 0 {
			why = again(at)
		}
		if why.KO != "" {
			wrong = append(wrong, Wrong{n, shortened(text), why})
			continue
		}
		first[l.SKU] = n
		items = append(items, item{n, text, l})
	}
	return items, wrong
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

func readLine(fields []string) (l cart.Line, why lang.Text) {
	if len(fields) != 2 || fields[0] == "" {
		return l, lang.Text{KO: "SKU와 수량을 한 줄에 하나씩 적어 주세요.", EN: "Write one SKU and one quantity per line."}
	}
	quantity, err := strconv.Atoi(fields[1])
	switch {
	case !utf8.ValidString(fields[0]):
		return l, lang.Text{KO: "읽을 수 없는 글자가 있어요.", EN: "There are characters that cannot be read."}
	case err != nil || quantity < 1:
		return l, lang.Text{KO: "수량은 1 이상의 숫자여야 해요.", EN: "The quantity must be a number of 1 or more."}
	case quantity > cart.MaxQuantity:
		return l, lang.Text{KO: "한 상품은 한 번에 99개까지 주문할 수 있어요.", EN: "One order may hold up to 99 of an item."}
	}
	return cart.Line{SKU: fields[0], Quantity: quantity}, why
}

// shortened is a line as it may be shown again.
func shortened(s string) string {
	s = strings.ToValidUTF8(s, "?")
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// PutList puts a list into the visitor's cart, all of it or nothing: with any faulty line it changes nothing and returns all of them. A home of carts that fails half way may have
// taken some; the cart shows what.
func (x *Business) PutList(ctx context.Context, c cart.Carried, text string) (n int, wrong []Wrong, next cart.Carried, err error) {
	items, wrong := readList(text)
	return x.put(ctx, c, items, wrong)
}

// PutLines is PutList for lines that were read already.
func (x *Business) PutLines(ctx context.Context, c cart.Carried, lines []cart.Line) (n int, wrong []Wrong, next cart.Carried, err error) {
	var items []item
	first := map[string]int{}
	for i, l := range lines {
		text := l.SKU + " " + strconv.Itoa(l.Quantity)
		_, why := readLine([]string{l.SKU, strconv.Itoa(l.Quantity)})
		if at := first[l.SKU]; why.KO == "" && at > 0 {
			why = again(at)
		}
		if why.KO != "" {
			wrong = append(wrong, Wrong{i + 1, shortened(text), why})
			continue
		}
		first[l.SKU] = i + 1
		items = append(items, item{i + 1, text, l})
	}
	return x.put(ctx, c, items, wrong)
}

func again(line int) lang.Text {
	return lang.Text{KO: fmt.Sprintf("%d번째 줄에 이미 있는 SKU예요.", line), EN: fmt.Sprintf("The SKU is on line %d already.", line)}
}

func (x *Business) put(ctx context.Context, c cart.Carried, items []item, wrong []Wrong) (int, []Wrong, cart.Carried, error) {
	if _, err := x.trading(ctx, c); err != nil {
		return 0, nil, c, err
	}
	if len(items)+len(wrong) == 0 {
		return 0, nil, c, fault.BadRequest.At("list", "주문할 SKU와 수량을 적어 주세요.", "Write what to order: SKUs and quantities.")
	}
	if len(items)+len(wrong) > cart.MaxLines {
		return 0, nil, c, fault.CartFull.Saying("한 번에 200줄까지 주문할 수 있어요.", "One order holds up to 200 lines.")
	}
	has, err := x.Desk.Carts.Home.Open(ctx, c)
	if err != nil {
		return 0, nil, c, err
	}
	unfit, err := x.unfit(ctx, c, has, items)
	if wrong = merged(wrong, unfit); err != nil || len(wrong) > 0 {
		return 0, wrong, c, err
	}
	next := c
	for _, i := range items {
		if _, next, err = x.Desk.Carts.Home.Add(ctx, next, i.SKU, i.Quantity); err != nil {
			return 0, nil, next, err
		}
	}
	return len(items), nil, next, nil
}

// unfit names the lines that the shop cannot sell, beside what the cart holds already. All offers are asked for at once.
func (x *Business) unfit(ctx context.Context, c cart.Carried, has cart.Cart, items []item) ([]Wrong, error) {
	skus := make([]string, len(items))
	for i, l := range items {
		skus[i] = l.SKU
	}
	offers, err := x.Desk.Carts.Catalog.Offers(ctx, c.Member, skus)
	if err != nil {
		return nil, err
	}
	var wrong []Wrong
	lines := len(has.Lines)
	for _, i := range items {
		o, known := offers[i.SKU]
		held := has.Quantity(i.SKU)
		if held == 0 {
			lines++
		}
		if why := unsellable(o, known, held, i.Quantity); why.KO != "" {
			wrong = append(wrong, Wrong{i.line, shortened(i.text), why})
		}
	}
	if lines > cart.MaxLines {
		return wrong, fault.CartFull
	}
	return wrong, nil
}

func unsellable(o catalog.Offer, known bool, held, quantity int) lang.Text {
	say := func(ko, en string) lang.Text { return lang.Text{KO: ko, EN: en} }
	switch sum := held + quantity; {
	case !known || !o.OnSale:
		return say("판매하지 않는 SKU예요.", "We do not sell this SKU.")
	case sum > cart.MaxQuantity:
		return say(fmt.Sprintf("장바구니의 %d개와 합치면 99개를 넘어요.", held), fmt.Sprintf("With the %d in the cart this is more than 99.", held))
	case o.Available <= 0:
		return say("품절된 상품이에요.", "This item is sold out.")
	case sum > o.Available && held > 0:
		return say(fmt.Sprintf("재고가 %d개예요. 장바구니에 이미 %d개가 있어요.", o.Available, held), fmt.Sprintf("Only %d in stock, and your cart already holds %d.", o.Available, held))
	case sum > o.Available:
		return say(fmt.Sprintf("재고가 %d개 남았어요.", o.Available), fmt.Sprintf("Only %d left in stock.", o.Available))
	case sum < o.Deal.Least:
		return say(fmt.Sprintf("최소 %d개부터 주문할 수 있어요.", o.Deal.Least), fmt.Sprintf("At least %d must be ordered.", o.Deal.Least))
	}
	return lang.Text{}
}

// merged brings two lists of faults into the order of their lines.
func merged(a, b []Wrong) []Wrong {
	out := make([]Wrong, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0].Line < b[0].Line {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}
