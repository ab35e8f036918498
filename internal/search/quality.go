package search

import (
	"strings"
	"unicode/utf8"
)

// quality says how well a word of the search fits a term, in percent.
type quality int

const (
	exact    quality = 100
	synonym  quality = 95 // another word for the same, or another spelling
	narrower quality = 70 // a kind of it: 청바지 of 바지
	ends     quality = 60 // the head of a compound: 코튼셔츠 of 셔츠
	starts   quality = 50
	unended  quality = 45 // the last syllable is not finished
	inside   quality = 35
)

// fit compares a word with a term that has it somewhere; 0: it has not.
func fit(term, word string) quality {
	switch {
	case term == word:
		return exact
	case strings.HasSuffix(term, word):
		return ends
	case strings.HasPrefix(term, word):
		return starts
	case strings.Contains(term, word):
		return inside
	}
	return 0
}

// whileTyping is what a quality is worth while the word may go on: then its beginning counts for more than its end.
func whileTyping(q quality, word string) quality {
	switch {
	case q == starts:
		return 75
	case q < starts || q == ends && utf8.RuneCountInString(word) == 1:
		return inside / 2
	}
	return q
}

// lowest returns the least quality that counts for a word: what is short stands inside too many others by chance.
func lowest(word string) quality {
	n := utf8.RuneCountInString(word)
	switch {
	case isLatin(word) && n < 3, !isHangul(word) && n < 2:
		return starts
	case isLatin(word) && n == 3, n == 1:
		return starts
	}
	return inside
}

// spelledSo calls add for every term that has the word.
func (v *vocabulary) spelledSo(word string, add func(term uint32, q quality)) {
	low := lowest(word)
	for _, n := range v.holding([]rune(word)) {
		if q := fit(v.terms[n].text, word); q >= low && (q == exact || !synonyms().trapped(v.terms[n].text, word)) {
			add(n, q)
		}
	}
}

// initialsSo calls add for every term that has the word's syllables and, where the word has a single consonant, a syllable that
// begins with it.
func (v *vocabulary) initialsSo(word string, add func(term uint32, q quality)) {
	pattern := []rune(word)
	for _, n := range v.holding(pattern) {
		if q := fitInitials([]rune(v.terms[n].text), pattern); q > 0 {
			add(n, q)
		}
	}
}

func fitInitials(text, pattern []rune) quality {
	best := quality(0)
	for at := 0; at+len(pattern) <= len(text); at++ {
		if !beginsSo(text[at:], pattern) {
			continue
		}
		q := inside // also at the end: who types initials begins with the first
		switch {
		case len(text) == len(pattern):
			q = exact
		case at == 0:
			q = starts
		}
		best = max(best, q)
	}
	return best
}

func beginsSo(text, pattern []rune) bool {
	for i, p := range pattern {
		if text[i] != p && initial(text[i]) != p {
			return false
		}
	}
	return true
}

// keysSo calls add for every term that, from the start of one of its syllables on, is typed with keys that begin like those of the word: its last
// syllable may be half typed, and the next one's consonant may still hang on it.
func (v *vocabulary) keysSo(word string, add func(term uint32, q quality)) {
	runes := []rune(word)
	last := len(runes) - 1
	for last > 0 && isJamo(runes[last]) {
		last--
	}
	whole, half := string(runes[:last]), keystrokes(string(runes[last:]))
	from := runes[:last]
	if last == 0 {
		from = []rune{initial(runes[0])}
	}
	for _, n := range v.holding(from) {
		if q := fitKeys(v.terms[n].text, whole, half); q > 0 && !synonyms().trapped(v.terms[n].text, word) {
			add(n, q)
		}
	}
}

func fitKeys(text, whole, half string) quality {
	for at := range text {
		rest, ok := strings.CutPrefix(text[at:], whole)
		if !ok || !strings.HasPrefix(keystrokes(rest), half) {
			continue
		}
		if at == 0 {
			return unended
		}
		return inside / 2
	}
	return 0
}
