package ui

import (
	"cmp"
	"slices"
)

// Hero returns up to three of the new cards for the head of the front page: the dearest that can be bought, since coats and
// jackets fill a picture better than socks do.
func (v HomeView) Hero() []Card {
	out := slices.DeleteFunc(slices.Clone(v.New), func(c Card) bool { return c.SoldOut || c.Image.Path == "" })
	slices.SortStableFunc(out, func(a, b Card) int { return cmp.Compare(b.Price, a.Price) })
	return out[:min(3, len(out))]
}
