// Package money holds amounts as whole numbers of the currency's minor unit. The won has no minor unit, so one is one won.
package money

import (
	"fmt"
	"strconv"

	"myclothes/internal/lang"
)

// Currency is the only currency the shop trades in (ISO 4217).
const Currency = "KRW"

// Amount is a number of won. Arithmetic is the built-in one: no price, quantity or order the shop
// accepts comes near the ends of an int64 (see Max).
type Amount int64

// Max is the largest amount that a price or an order may have, far below where sums could overflow.
const Max Amount = 1_000_000_000_000

// Times returns the amount for q units.
func (a Amount) Times(q int) Amount { return a * Amount(q) }

// In writes the amount as people of that language read it: 12,900원 or ₩12,900.
func (a Amount) In(t lang.Tag) string {
	if t == lang.English {
		return "₩" + a.Grouped()
	}
	return a.Grouped() + "원"
}

// Grouped writes the number with a comma every three digits and no unit.
func (a Amount) Grouped() string {
	s := strconv.FormatInt(int64(a), 10)
	sign := ""
	if s[0] == '-' {
		sign, s = "-", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + s
}

// SplitVAT divides a total that includes 10 % VAT into the value of the supply and the tax, so that both
// add up to the total exactly. The supply value is total × 10 ÷ 11, rounded to the nearest won (15,000 → 13,636 + 1,364,
// as Toss Payments and the National Tax Service print it). Totals below zero split like their opposite.
func SplitVAT(total Amount) (supply, vat Amount) {
	if total < 0 {
		s, v := SplitVAT(-total)
		return -s, -v
	}
	supply = (total*20 + 11) / 22
	return supply, total - supply
}

// SplitVATs divides parts of one total so that their supply values and taxes add up to those of the total exactly, and those of the first n parts to
// SplitVAT of the first n: each part gets what the sum grew by. A part by itself may so differ from SplitVAT of it by one won.
func SplitVATs(parts []Amount) (supply, vat []Amount) {
	supply, vat = make([]Amount, len(parts)), make([]Amount, len(parts))
	var sum, before Amount
	for i, p := range parts {
		sum += p
		after, _ := SplitVAT(sum)
		supply[i], vat[i] = after-before, p-(after-before)
		before = after
	}
	return supply, vat
}

// Percent returns by how many whole percent price lies under list, rounded down: a shop must not promise more than it gives.
// It is 0 where price is not lower.
func Percent(price, list Amount) int {
	if list <= 0 || price >= list {
		return 0
	}
	return int((list - price) * 100 / list)
}

// Parse reads a whole, non-negative number of won as a form or query carries it, at most Max.
func Parse(s string) (Amount, error) {
	n, err := strconv.ParseUint(s, 10, 63)
	if err != nil || Amount(n) > Max {
		return 0, fmt.Errorf("not an amount of won: %q", s)
	}
	return Amount(n), nil
}
