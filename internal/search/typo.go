package search

import (
	"hash/maphash"
	"slices"
	"strings"
	"unicode/utf8"
)

// neighbours finds the words that are one slip of the finger away: it keeps every word under what is left of it when one key
// is taken away, for two words one slip apart always share such a rest or are such a rest.
type neighbours struct {
	sorted []uint64 // hash of a rest and number of a term, by hash
	fresh  []uint64 // the same, not sorted yet
}

var seed = maphash.MakeSeed()

// slipForm returns the keys by which slips of a word are counted: those of the two-set keyboard for Hangul, after a mark that sets
// them apart, and the letters for Latin. Words in which one slip could make anything of anything have none.
func slipForm(word string) string {
	switch n := utf8.RuneCountInString(word); {
	case isHangul(word) && n >= 2 && n <= 16:
		return "가" + keystrokes(word)
	case isLatin(word) && n >= 4 && n <= 24:
		return word
	}
	return ""
}

// rests calls yield for the hash of s and of s without each one of its keys.
func rests(s string, yield func(uint32)) {
	from := 0
	if strings.HasPrefix(s, "가") {
		from = len("가")
	}
	buf := make([]byte, 0, len(s))
	for i := from; i <= len(s); i++ {
		buf = append(buf[:0], s[:i]...)
		if i < len(s) {
			buf = append(buf, s[i+1:]...)
		}
		yield(uint32(maphash.Bytes(seed, buf)))
	}
}

func (n *neighbours) add(word string, term uint32) {
	if s := slipForm(word); s != "" {
		rests(s, func(h uint32) { n.fresh = append(n.fresh, uint64(h)<<32|uint64(term)) })
	}
}

// settle sorts in what was added since. Nothing added is found before.
func (n *neighbours) settle() {
	if len(n.fresh) == 0 {
		return
	}
	n.sorted = append(n.sorted, n.fresh...)
	slices.Sort(n.sorted)
	n.sorted, n.fresh = slices.Compact(n.sorted), nil
}

// candidates returns the terms that may be one slip away from the word, each once.
func (n *neighbours) candidates(word string) []uint32 {
	s := slipForm(word)
	if s == "" {
		return nil
	}
	var out []uint32
	rests(s, func(h uint32) {
		i, _ := slices.BinarySearch(n.sorted, uint64(h)<<32)
		for ; i < len(n.sorted) && uint32(n.sorted[i]>>32) == h; i++ {
			out = append(out, uint32(n.sorted[i]))
		}
	})
	slices.Sort(out)
	return slices.Compact(out)
}

// slipped reports whether a and b are at most one slip apart: a key missing, too many, wrong, or two neighbours exchanged
// (Damerau–Levenshtein distance 1).
func slipped(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch len(b) - len(a) {
	case 0:
		return i == len(a) || a[i+1:] == b[i+1:] ||
			i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
	case 1:
		return a[i:] == b[i+1:]
	}
	return false
}
