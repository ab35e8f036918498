package search

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"myclothes/internal/catalog"
)

func TestKeystrokes(t *testing.T) {
	for text, keys := range map[string]string{
		"셔츠": "tucm", "티셔ㅊ": "xltuc", "티셫": "xltuc", "자켓": "wkzpt", "과": "rhk", "닭": "ekfr", "없다": "djqtek", "빨간": "qkfrks", "노ㅑㄳ": "shirt", "ㅀ": "fg", "ㅄ": "qt", "a1": "a1",
	} {
		if got := keystrokes(catalog.Fold(text)); got != keys {
			t.Errorf("keys of %s: %s, want %s", text, got, keys)
		}
	}
	for keys, text := range map[string]string{
		"tucm": "셔츠", "tutcm": "셧츠", "QkfRks": "빨깐", "rhk": "과", "ekfrrhrl": "닭고기", "djqtek": "없다", "ekfr": "닭", "dkswdk": "앉아", "dkswk": "안자", "TUCM": "쎠츠",
	} {
		if got, ok := fromKeys(keys); !ok || got != text {
			t.Errorf("%s types %s, want %s", keys, got, text)
		}
	}
	if _, ok := fromKeys("tu1cm"); ok {
		t.Error("a digit is on no key of Hangul")
	}
}

// TestKeysTypeWhatTheyAreTheKeysOf holds for every syllable: typing its keys composes it again, alone and in a row.
func TestKeysTypeWhatTheyAreTheKeysOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := string(rapid.SliceOfN(rapid.Int32Range(firstSyllable, lastSyllable), 1, 8).Draw(t, "text"))
		var b strings.Builder
		for _, r := range text {
			typeRune(&b, r)
		}
		if got, ok := fromKeys(b.String()); !ok || got != text {
			t.Fatalf("%s is typed %s, which gives %s", text, b.String(), got)
		}
	})
}

func TestGround(t *testing.T) {
	for word, want := range map[string]string{
		"shirts": "shirt", "dresses": "dress", "dress": "dress", "accessories": "accessory", "shoes": "shoe", "boxes": "box", "watches": "watch", "bus": "bus", "is": "is", "tees": "tee",
		"셔츠s": "셔츠s", "jeans": "jean", "canvas": "canva",
	} {
		if got := ground(word); got != want {
			t.Errorf("%s: %s, want %s", word, got, want)
		}
	}
}

// TestSlipped compares with what the words say: all words that one slip makes of a word, and some that need two.
func TestSlipped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-d]{4,8}`).Draw(t, "word")
		i := rapid.IntRange(0, len(word)-1).Draw(t, "at")
		key := rapid.StringMatching(`[a-d]`).Draw(t, "key")
		made := []string{word, word[:i] + word[i+1:], word[:i] + key + word[i:], word[:i] + key + word[i+1:]}
		if i > 0 {
			made = append(made, word[:i-1]+word[i:i+1]+word[i-1:i]+word[i+1:])
		}
		var n neighbours
		n.add(word, 7)
		n.settle()
		for _, m := range made {
			if !slipped(word, m) || !slipped(m, word) {
				t.Fatalf("%s and %s are one slip apart", word, m)
			}
			if len(m) >= 4 && len(n.candidates(m)) != 1 {
				t.Fatalf("%s does not lead to %s", m, word)
			}
		}
	})
	for _, far := range [][2]string{{"abcd", "badc"}, {"abcd", "abef"}, {"abcd", "ab"}, {"abcd", "dabc"}} {
		if slipped(far[0], far[1]) {
			t.Errorf("%s and %s are two slips apart", far[0], far[1])
		}
	}
}

func TestFoldIsThatOfTheCatalogue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`[A-Za-z가-힣ㄱ-ㅎ0-9 .·-]*`)).Draw(t, "text")
		if fold(s) != catalog.Fold(s) {
			t.Fatalf("%q folds to %q, not %q", s, fold(s), catalog.Fold(s))
		}
	})
}
