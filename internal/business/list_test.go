package business_test

import (
	"strings"
	"testing"

	"myclothes/internal/cart"
	"myclothes/internal/company"
	"myclothes/internal/fault"
	"myclothes/internal/store/storetest"
)

func TestLists(t *testing.T) {
	each(t, func(d *desk) {
		d.must(d.companies.PutPriceList(ctx, company.PriceList{Name: "a", Leasts: map[string]int{storetest.Sneaker: 3}}))
		c, _ := d.firm(haru, company.Terms{PriceList: "a"})
		put := func(text string) (int, []string) {
			d.t.Helper()
			n, wrong, _, err := d.PutList(ctx, c, text)
			d.must(err)
			var lines []string
			for _, w := range wrong {
				lines = append(lines, strings.Repeat("I", w.Line)+" "+w.Why.EN)
			}
			return n, lines
		}
		_, wrong := put("sku,quantity\r\n" + storetest.Shirt + ",2\r\n\r\nNOTHING 1\n" + storetest.ShirtL + "\t2\n" + storetest.ShirtGone + ";1\n" + storetest.Stopped + " 1\n" +
			storetest.Shirt + " 1\nA\nB x\nC 100\nD -1\n" + storetest.Sneaker + " 2\n\xff 1\n")
		want := []string{"IIII We do not sell this SKU.", "IIIII Only 1 left in stock.", "IIIIII This item is sold out.", "IIIIIII We do not sell this SKU.", "IIIIIIII The SKU is on line 2 already.",
			"IIIIIIIII Write one SKU and one quantity per line.", "IIIIIIIIII The quantity must be a number of 1 or more.", "IIIIIIIIIII One order may hold up to 99 of an item.",
			"IIIIIIIIIIII The quantity must be a number of 1 or more.", "IIIIIIIIIIIII At least 3 must be ordered.", "IIIIIIIIIIIIII There are characters that cannot be read."}
		if strings.Join(wrong, "\n") != strings.Join(want, "\n") {
			d.t.Errorf("told:\n%s\nwant:\n%s", strings.Join(wrong, "\n"), strings.Join(want, "\n"))
		}
		if p, err := d.Desk.Carts.Open(ctx, c); err != nil || len(p.Lines) != 0 {
			d.t.Errorf("a list with faults put %v into the cart, %v", p.Lines, err)
		}
		if n, wrong := put("\ufeff\"SKU\",\"Quantity\"\n\"" + storetest.Shirt + "\",\"5\"\n" + storetest.Sneaker + "  3"); n != 2 || len(wrong) != 0 {
			d.t.Errorf("%d lines, %v", n, wrong)
		}
		if p, err := d.Desk.Carts.Open(ctx, c); err != nil || len(p.Lines) != 2 || p.Lines[0].Quantity != 5 {
			d.t.Errorf("%+v, %v", p, err)
		}
		if n, wrong := put(storetest.Shirt + " 16"); n != 0 || len(wrong) != 1 { // 5 are in the cart
			d.t.Errorf("%d lines, %v", n, wrong)
		}
		_, _, _, err := d.PutList(ctx, c, " \n")
		d.refused(err, fault.BadRequest)
		_, _, _, err = d.PutList(ctx, c, strings.Repeat("A 1\n", 201))
		d.refused(err, fault.CartFull)
		_, _, _, err = d.PutList(ctx, d.member("person@example.com"), storetest.Shirt+" 1")
		d.refused(err, fault.NoSuchPage)
		_, _, _, err = d.PutList(ctx, cart.Carried{}, storetest.Shirt+" 1")
		d.refused(err, fault.NoSuchPage)
	})
}
