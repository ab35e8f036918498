package search

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// meaning is which terms a word may stand for, and how well.
type meaning map[uint32]quality

// maxTerms bounds how many terms one word may stand for; a single consonant begins a fifteenth of all words. Suggestions need fewer.
const (
	maxTerms     = 400
	suggestTerms = 60
)

// maxSenses bounds the conditions of a search.
const maxSenses = 8

func (m meaning) add(term uint32, q quality) {
	if q > m[term] {
		m[term] = q
	}
}

// best returns the best terms, best first.
func (m meaning) best(most int) []uint32 {
	terms := slices.SortedFunc(maps.Keys(m), func(a, b uint32) int { return cmp.Or(cmp.Compare(m[b], m[a]), cmp.Compare(a, b)) })
	return terms[:min(len(terms), most)]
}

// understood is what a search text asks for. Every one of its words has a meaning in the catalogue.
type understood struct {
	words   []sense
	instead []string // the words as they were searched for
	changed bool     // instead is not what was typed
	dropped []string
	nothing bool // something was typed and nothing of it means anything
}

// sense is the meaning of one word: of the terms, and of parts that together say the same (반팔티셔츠: 반팔 and 티셔츠).
type sense struct {
	terms meaning
	parts []meaning // nil: it has none
}

// manner is how a text is read.
type manner uint8

const (
	lenient manner = iota // as it stands, and corrected where it finds nothing
	typing                // the same, and the last word may go on
	literal               // not corrected
)

// reader reads the words of one search.
type reader struct {
	x   *Index
	how manner
}

// searched reads a search text and finds its products; nil if nothing was typed. If the words that were corrected leave nothing of
// what the others find, they are left out instead: 베이직 셔츠 does not mean 베이지 셔츠 where there are none.
func (x *Index) searched(text string) (*understood, *matched) {
	u := x.understand(text, lenient)
	if u == nil {
		return nil, nil
	}
	m := x.matched(u, maxTerms)
	if u.changed && len(u.instead) > 1 && m.docs.IsEmpty() {
		if left := x.understand(text, literal); !left.nothing {
			return left, x.matched(left, maxTerms)
		}
	}
	return u, m
}

// understand reads a text; nil if nothing was typed.
func (x *Index) understand(text string, how manner) *understood {
	if text = trimmed(text); text == "" {
		return nil
	}
	u, words := &understood{}, read(text)
	for i, w := range words {
		if slices.ContainsFunc(words[:i], func(o typed) bool { return slices.Equal(o.parts, w.parts) }) {
			continue
		}
		r := reader{x, how}
		if how == typing && i < len(words)-1 {
			r.how = lenient
		}
		senses, instead := r.word(w)
		switch {
		case len(senses) == 0:
			u.dropped = append(u.dropped, w.raw)
			continue
		case instead != "":
			u.changed = true
			u.instead = append(u.instead, instead)
		default:
			u.instead = append(u.instead, w.raw)
		}
		u.words = append(u.words, senses...)
	}
	u.words = u.words[:min(len(u.words), maxSenses)]
	u.nothing = len(u.words) == 0
	return u
}

// word returns what a typed word asks for, each sense a condition of its own, and what was read instead of it, if anything was. A
// word with a hyphen is taken as one if it is known so, else by those of its parts that find something.
func (r reader) word(w typed) (senses []sense, instead string) {
	if len(w.parts) == 1 {
		return r.part(w.parts[0], w.raw)
	}
	if whole := ground(strings.Join(w.parts, "")); r.known(whole) {
		return []sense{r.direct(whole)}, ""
	}
	for i, p := range w.parts[:min(len(w.parts), maxSenses)] {
		if slices.Contains(w.parts[:i], p) {
			continue
		}
		found, _ := r.taken(p)
		senses = append(senses, found...)
	}
	return senses, ""
}

// part resolves a word without punctuation: as it stands if that finds anything, then as typed on the other keyboard, then with
// one slip corrected, then both.
func (r reader) part(word, raw string) (senses []sense, instead string) {
	if found, ok := r.taken(word); ok {
		return found, ""
	}
	if r.how == literal {
		return nil, ""
	}
	others := otherKeyboard(word, raw)
	for _, other := range others {
		if found, ok := r.taken(other); ok {
			return found, other
		}
	}
	for _, w := range append([]string{word}, others...) {
		if found, text := r.corrected(w); found != nil {
			return found, text
		}
	}
	return nil, ""
}

// taken resolves a word as it was typed.
func (r reader) taken(word string) ([]sense, bool) {
	if whole := recomposed(word); r.known(whole) {
		return []sense{r.direct(whole)}, true
	}
	for _, same := range append([]string{word}, synonyms().same[word]...) {
		if parts := r.segmented(same, strict); parts != nil {
			return parts, true // 청자켓 is a 데님 자켓
		}
	}
	if s := r.direct(word); len(s.terms) > 0 {
		return []sense{s}, true
	}
	tail := strings.TrimRight(word, leads)
	if mixed := tail != "" && utf8.RuneCountInString(word[len(tail):]) > 1; mixed {
		if parts := r.segmented(word, loose); parts != nil {
			return parts, true
		}
	}
	for _, look := range []func(string) sense{r.initials, r.halfTyped} {
		if s := look(word); len(s.terms) > 0 {
			return []sense{s}, true
		}
	}
	parts := r.segmented(word, loose)
	return parts, parts != nil
}

// recomposed puts parts of syllables that were typed apart together: 배ㄱ팩. A word without such parts stays as it is.
func recomposed(word string) string {
	if !isHangul(word) || !strings.ContainsFunc(word, isJamo) {
		return word
	}
	whole, _ := fromKeys(keystrokes(word))
	return whole
}

// otherKeyboard returns what the same keys type on the other keyboard, likeliest first.
func otherKeyboard(word, raw string) []string {
	if isHangul(word) {
		return []string{ground(keystrokes(word))}
	}
	var out []string
	for _, keys := range []string{raw, word} {
		hangul, ok := fromKeys(keys)
		if ok && !slices.Contains(out, hangul) && isSyllable([]rune(hangul)[0]) {
			out = append(out, hangul)
		}
	}
	return out
}

// corrected resolves a word as the likeliest one that is a slip away: the one that most products have; failing that, as two known
// words of which one has a slip.
func (r reader) corrected(word string) ([]sense, string) {
	if t, ok := r.slip(word); ok {
		return []sense{r.direct(t)}, t
	}
	for i := range word {
		left, right := word[:i], word[i:]
		if utf8.RuneCountInString(left) < 2 || utf8.RuneCountInString(right) < 2 {
			continue
		}
		if t, ok := r.slip(right); ok && r.known(left) {
			return []sense{r.direct(left), r.direct(t)}, left + t
		}
		if t, ok := r.slip(left); ok && r.known(right) {
			return []sense{r.direct(t), r.direct(right)}, t + right
		}
	}
	return nil, ""
}

func (r reader) slip(word string) (string, bool) {
	v := &r.x.words
	keys, best, most := slipForm(word), "", uint64(0)
	for _, t := range v.near.candidates(word) {
		if text := v.terms[t].text; slipped(keys, slipForm(text)) {
			if n := r.weight(t); n > most {
				best, most = text, n
			}
		}
	}
	return best, most > 0
}

// known reports whether the word itself, or another for the same, is in the catalogue.
func (r reader) known(word string) bool {
	n, ok := r.x.words.numbers[word]
	if !ok {
		return false
	}
	is := func(other string) bool { return r.x.alive(r.x.words.numbers[other]) }
	return r.x.alive(n) || slices.ContainsFunc(synonyms().same[word], is) || slices.ContainsFunc(synonyms().kinds[word], is)
}

// weight returns roughly how many products a known term stands for, by itself and by its synonyms; 0 for one that is not known.
func (r reader) weight(n uint32) uint64 {
	text := r.x.words.terms[n].text
	if !r.known(text) {
		return 0
	}
	sum := 1 + r.x.products(n)
	for _, other := range synonyms().same[text] {
		sum += r.x.products(r.x.words.numbers[other])
	}
	return sum
}
