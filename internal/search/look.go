package search

import (
	"maps"
	"strings"
	"unicode/utf8"
)

// direct resolves a word by the terms that it is, begins, ends or stands in, and by its synonyms.
func (r reader) direct(word string) sense {
	m := meaning{}
	r.x.words.spelledSo(word, func(t uint32, q quality) {
		if r.how == typing {
			q = whileTyping(q, word)
		}
		r.expand(m, t, q)
	})
	for _, other := range synonyms().same[word] {
		r.x.words.spelledSo(other, func(t uint32, q quality) {
			if q >= ends && (q == exact || utf8.RuneCountInString(other) > 1) {
				m.add(t, q*synonym/exact)
			}
		})
	}
	for _, kind := range synonyms().kinds[word] {
		r.x.words.spelledSo(kind, func(t uint32, q quality) {
			if q >= ends {
				m.add(t, q*narrower/exact)
			}
		})
	}
	if r.how == typing && isHangul(word) {
		r.x.words.keysSo(word, func(t uint32, q quality) { r.expand(m, t, q) })
	}
	s := sense{text: word, terms: r.living(word, m)}
	if n, ok := r.x.words.numbers[word]; ok && r.how != typing && r.x.isThing(n) {
		maps.DeleteFunc(s.terms, func(t uint32, q quality) bool { return q < synonym && r.x.isMaker(t) }) // 모자 is no more than hats
	}
	if utf8.RuneCountInString(word) == 1 && r.how != typing && r.known(word) {
		maps.DeleteFunc(s.terms, func(_ uint32, q quality) bool { return q < ends })
	}
	s.parts = r.joint(word)
	return s
}

// initials resolves a word with single consonants: 셔츠 for ㅅㅊ.
func (r reader) initials(word string) sense {
	m := meaning{}
	if strings.ContainsFunc(word, isLead) {
		r.x.words.initialsSo(word, func(t uint32, q quality) { r.expand(m, t, q) })
	}
	return sense{text: word, terms: r.living(word, m)}
}

// halfTyped resolves a word whose last syllable is not finished: 자켓 for 자케.
func (r reader) halfTyped(word string) sense {
	m := meaning{}
	if isHangul(word) {
		r.x.words.keysSo(word, func(t uint32, q quality) { r.expand(m, t, q) })
	}
	return sense{text: word, terms: r.living(word, m)}
}

// expand adds a term and the other words for it.
func (r reader) expand(m meaning, t uint32, q quality) {
	m.add(t, q)
	if q < unended {
		return
	}
	v := &r.x.words
	for _, other := range synonyms().same[v.terms[t].text] {
		m.add(v.numbers[other], q*synonym/exact)
	}
}

// living takes out what no product has, and of the many meanings of a single character all but the best.
func (r reader) living(word string, m meaning) meaning {
	maps.DeleteFunc(m, func(t uint32, _ quality) bool { return !r.x.alive(t) })
	if utf8.RuneCountInString(word) > 1 || len(m) <= suggestTerms {
		return m
	}
	few := meaning{}
	for _, t := range m.best(suggestTerms) {
		few[t] = m[t]
	}
	return few
}
