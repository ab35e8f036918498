package search

import (
	"slices"
	"strings"
	"unicode"

	"myclothes/internal/catalog"
)

// fold is catalog.Fold. Most text is of whole syllables and ASCII, of which folding changes nothing but capitals; that way it takes a
// fiftieth of the time.
func fold(s string) string {
	for _, r := range s {
		if r > unicode.MaxASCII && !isSyllable(r) {
			return catalog.Fold(s)
		}
	}
	return strings.ToLower(s)
}

// pieces splits folded text into words of letters and digits. Characters that are not seen (joiners, marks of direction) are
// taken out; everything else separates.
func pieces(folded string) []string {
	folded = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) {
			return -1
		}
		return r
	}, folded)
	return strings.FieldsFunc(folded, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}

// spelled returns the forms under which a text is found, and the form of its last word: each word in its ground form, and
// words with a hyphen, dot or apostrophe also without it (high-top: high, top, hightop). What stands in brackets is never last.
func spelled(text string) (words []string, head string) {
	for _, field := range hung(strings.Fields(text)) {
		folded := fold(field)
		parts := pieces(folded)
		if len(parts) == 0 {
			continue
		}
		forms := grounds(parts)
		if len(parts) > 1 && strings.ContainsAny(folded, "-'’.‐ ") {
			forms = compounded(forms)
		}
		words = append(words, forms...)
		if !strings.ContainsAny(field, "()[]{}") {
			head = words[len(words)-1]
		}
	}
	return words, head
}

// compounded returns the forms of a word that is written in parts: the parts, and all of them in one. A part that means something else on its
// own is none of them: a T-shirt is no shirt, and a dress shirt no dress.
func compounded(parts []string) []string {
	whole := ground(strings.Join(parts, ""))
	if isLetter(parts[0]) {
		return []string{whole}
	}
	means := func(part string) bool { return !slices.Contains(synonyms().traps[part], whole) }
	var forms []string
	for _, p := range parts {
		if means(p) {
			forms = append(forms, p)
		}
	}
	if last := len(forms) - 1; last >= 0 && means(parts[len(parts)-1]) && len(forms) < len(parts) {
		return slices.Insert(forms, last, whole)
	}
	return append(forms, whole)
}

// hung puts fields together that are one word, with the space between them: a single letter and the word behind it (t shirt, v neck), unless it is a
// size, and two words that are a trap when written in one (드레스 셔츠).
func hung(fields []string) []string {
	out := fields[:0:0]
	for i := 0; i < len(fields); i++ {
		if i+1 < len(fields) && hangs(fold(fields[i]), fold(fields[i+1])) {
			out = append(out, fields[i]+" "+fields[i+1])
			i++
			continue
		}
		out = append(out, fields[i])
	}
	return out
}

func hangs(first, second string) bool {
	if isLetter(first) {
		return isLatin(second) && !strings.Contains("sml", first)
	}
	first, second = ground(first), ground(second)
	is := func(word string) bool { return slices.Contains(synonyms().traps[word], first+second) }
	return is(first) || is(second)
}

func isLetter(s string) bool { return len(s) == 1 && isLatin(s) }

func isNumber(s string) bool { return strings.Trim(s, "0123456789") == "" }

func grounds(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = ground(w)
	}
	return out
}

// called is spelled for the name of a category or brand: also all of its words in one.
func called(text string) []string {
	words, _ := spelled(text)
	if parts := pieces(fold(text)); len(parts) > 1 {
		words = append(words, ground(strings.Join(parts, "")))
	}
	return words
}

// ground returns an English word without the ending of its plural, by the spelling alone: shirts, dresses, accessories. Other
// words stay as they are.
func ground(word string) string {
	n := len(word)
	if word == "shorts" || word == "tops" { // short and top are other words
		return word
	}
	if n < 4 || word[n-1] != 's' || !isLatin(word) {
		return word
	}
	switch {
	case strings.HasSuffix(word, "ss"), strings.HasSuffix(word, "us"), strings.HasSuffix(word, "is"):
		return word
	case strings.HasSuffix(word, "ies") && n > 5:
		return word[:n-3] + "y"
	case strings.HasSuffix(word, "sses"), strings.HasSuffix(word, "ches"), strings.HasSuffix(word, "shes"), strings.HasSuffix(word, "xes"):
		return word[:n-2]
	}
	return word[:n-1]
}

// typed is one word of a search as somebody typed it, and what it is made of once folded.
type typed struct {
	raw   string
	parts []string // in their ground form; never empty
}

// trimmed returns what counts of a search text: valid UTF-8 without space around it, of at most catalog.MaxQueryRune characters. It is
// empty if nothing was typed.
func trimmed(text string) string {
	r := []rune(strings.TrimSpace(strings.ToValidUTF8(text, "")))
	return strings.TrimSpace(string(r[:min(len(r), catalog.MaxQueryRune)]))
}

// read splits a trimmed text into at most 8 words. Words without a letter or digit are left out.
func read(text string) (words []typed) {
	for _, raw := range hung(strings.Fields(text)) {
		if parts := grounds(pieces(fold(raw))); len(parts) > 0 && len(words) < 8 {
			words = append(words, typed{raw, parts})
		}
	}
	return words
}
