package search

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// strictness says what may be a part of a word that was written in one.
type strictness bool

const (
	strict strictness = false // known words, long enough not to be there by chance
	loose  strictness = true  // also words of one syllable, initials, and at the end a word half typed
)

// longest bounds the parts, in characters, and mostParts their number.
const (
	longest   = 12
	mostParts = 4
)

// cut is the best way to split the beginning of a word: the end of the part before, how many parts, and how much they cost.
type cut struct {
	from, parts, cost int
	ok                bool
}

// segmented splits a word into known ones, as few and as long as can be; nil if it cannot be split. Each part is a condition of its
// own.
func (r reader) segmented(word string, how strictness) []sense {
	runes := []rune(word)
	cuts := make([]cut, len(runes)+1)
	cuts[0].ok = true
	for end := 1; end <= len(runes); end++ {
		for from := max(0, end-longest); from < end; from++ {
			before := cuts[from]
			if !before.ok || before.parts == mostParts || from == 0 && end == len(runes) {
				continue
			}
			cost, ok := r.partCost(string(runes[from:end]), end == len(runes), how)
			cost += before.cost
			if ok && (!cuts[end].ok || cost < cuts[end].cost) {
				cuts[end] = cut{from, before.parts + 1, cost, true}
			}
		}
	}
	if !cuts[len(runes)].ok {
		return nil
	}
	var parts []sense
	for end := len(runes); end > 0; end = cuts[end].from {
		parts = append(parts, r.partSense(string(runes[cuts[end].from:end])))
	}
	slices.Reverse(parts)
	return parts
}

// partCost returns what a part costs; whole known words cost least.
func (r reader) partCost(part string, last bool, how strictness) (int, bool) {
	n, least := utf8.RuneCountInString(part), 2
	if !isHangul(part) {
		least = 3
	}
	switch {
	case n >= least && r.known(part):
		return 10, true
	case how == strict:
		return 0, false
	case n == 1 && isHangul(part) && r.known(part):
		return 25, true
	case n >= 2 && strings.Trim(part, leads) == "" && len(r.initials(part).terms) > 0:
		return 20, true
	case last && n >= 2 && len(r.partSense(part).terms) > 0:
		return 20, true
	}
	return 0, false
}

var leads = func() string {
	var b strings.Builder
	for i := range leadKeys {
		b.WriteRune(firstLead + rune(i))
	}
	return b.String()
}()

// partSense resolves a part without splitting it further.
func (r reader) partSense(part string) sense {
	s := sense{}
	for _, look := range []func(string) sense{r.direct, r.initials, r.halfTyped} {
		if s = look(part); len(s.terms) > 0 {
			break
		}
	}
	s.parts = nil
	return s
}

// joint returns the parts of a known word that is made of known words, by these words and their synonyms alone; nil if it is not.
// So 반팔티셔츠 finds 반팔 티셔츠 even where some product is called 반팔티셔츠.
func (r reader) joint(word string) []meaning {
	if utf8.RuneCountInString(word) < 4 || !r.known(word) {
		return nil
	}
	runes := []rune(word)
	for i := 2; i <= len(runes)-2; i++ {
		left, right := string(runes[:i]), string(runes[i:])
		if r.known(left) && r.known(right) {
			return []meaning{r.named(left), r.named(right)}
		}
	}
	return nil
}

// named returns a word and its synonyms, and nothing that only has them inside.
func (r reader) named(word string) meaning {
	m := meaning{}
	r.expand(m, r.x.words.numbers[word], exact)
	return r.living(word, m)
}
