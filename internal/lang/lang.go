// Package lang names the languages the shop speaks and pairs the words of both.
package lang

import "golang.org/x/text/language"

// Tag is a language of the shop. The zero value is not a language; use Korean.
type Tag string

const (
	Korean  Tag = "ko" // the default everywhere
	English Tag = "en"
)

// Text is one thing said in both languages.
type Text struct {
	KO string `json:"ko"`
	EN string `json:"en"`
}

// In returns the words in t, or the Korean ones where the other language has none.
func (x Text) In(t Tag) string {
	if t == English && x.EN != "" {
		return x.EN
	}
	return x.KO
}

// Parse returns the language that s names; anything unknown is Korean.
func Parse(s string) Tag {
	if Tag(s) == English {
		return English
	}
	return Korean
}

var matcher = language.NewMatcher([]language.Tag{language.Korean, language.English})

// Accepted chooses from an Accept-Language header (RFC 9110, 12.5.4). Korean where it names neither language.
func Accepted(header string) Tag {
	_, i := language.MatchStrings(matcher, header)
	if i == 1 {
		return English
	}
	return Korean
}
