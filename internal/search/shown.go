package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"myclothes/internal/catalog"
)

// shownIn returns the colours in which a query wants to see products: those that it chooses, or else the families that its words name or begin with
// (네이비 니트, 검정셔츠).
func shownIn(q catalog.Query) []string {
	if len(q.Colors) > 0 {
		return q.Colors
	}
	var out []string
	for _, word := range catalog.Words(q.Text) {
		for _, f := range catalog.Families {
			if slices.ContainsFunc(strings.Fields(familyWords[f]), func(name string) bool { return nameColor(word, name) }) {
				out = append(out, string(f))
			}
		}
	}
	return out
}

// nameColor reports whether a word is a colour's name, or begins with one that is long enough not to be chance.
func nameColor(word, name string) bool {
	return word == name || utf8.RuneCountInString(name) >= 2 && strings.HasPrefix(word, name)
}
