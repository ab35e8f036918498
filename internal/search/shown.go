package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"myclothes/internal/catalog"
)

// shownIn returns the colours in which a query wants to see products: those that it chooses, or else the families that its words name or begin with
// (네이비 니트, 검정셔츠, 흰셔츠).
func shownIn(q catalog.Query, known func(word string) bool) []string {
	if len(q.Colors) > 0 {
		return q.Colors
	}
	var out []string
	for _, word := range catalog.Words(q.Text) {
		for _, f := range catalog.Families {
			if slices.ContainsFunc(strings.Fields(familyWords[f]), func(name string) bool { return namesColor(word, name, known) }) {
				out = append(out, string(f))
			}
		}
	}
	return out
}

// namesColor reports whether a word is a colour's name, or begins with one that is not there by chance: it is long enough, or what follows is a word.
func namesColor(word, name string, known func(string) bool) bool {
	rest, begins := strings.CutPrefix(word, name)
	return begins && (rest == "" || utf8.RuneCountInString(name) >= 2 || known(rest))
}

// knows reports whether products are called so.
func (x *Index) knows(word string) bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return reader{x: x}.known(word)
}
