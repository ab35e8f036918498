package search

import (
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
)

// vocabulary holds every distinct word of the catalogue, numbered from 0. Words are found by what is inside them through the
// pairs of neighbouring characters that they have, then compared exactly. A word stays when its last product goes.
type vocabulary struct {
	terms   []term
	numbers map[string]uint32
	grams   map[gram]*roaring.Bitmap // terms by pair of neighbours, of the text and of its initials; {r, 0}: by single character
	near    neighbours
}

// term is a word and where in products it stands.
type term struct {
	text  string
	own   [fields]*roaring.Bitmap // products whose own text has the word; nil: none yet
	links []link                  // categories, brands and colours that are called so
}

// field says where in a product's own text a word stands.
type field uint8

const (
	inHead field = iota // the last word of a name
	inName
	inFabric
	fields
)

// link is something with a posting of its own that has the word in its name.
type link struct {
	kind linkKind
	of   uint32
}

type linkKind uint8

const (
	toCategory   linkKind = iota // by its name
	ofCategory                   // by the thing that it is: the last word of a longer name
	oneOf                        // by one of its several names: 비니·베레모
	oneOfFurther                 // the same, where something below it is called so as well
	inCategory                   // by another word of its name
	toBrand
	toShade
	toFamily
)

type gram [2]rune

func newVocabulary() vocabulary {
	return vocabulary{numbers: map[string]uint32{}, grams: map[gram]*roaring.Bitmap{}}
}

// number returns the number of a word, which it enters if it is new.
func (v *vocabulary) number(word string) uint32 {
	if n, ok := v.numbers[word]; ok {
		return n
	}
	n := uint32(len(v.terms))
	word = strings.Clone(word)
	v.terms = append(v.terms, term{text: word})
	v.numbers[word] = n
	for _, runes := range [][]rune{[]rune(word), initials(word)} {
		for i, r := range runes {
			v.gram(gram{r}).Add(n)
			if i > 0 {
				v.gram(gram{runes[i-1], r}).Add(n)
			}
		}
	}
	v.near.add(word, n)
	return n
}

func (v *vocabulary) gram(g gram) *roaring.Bitmap {
	b := v.grams[g]
	if b == nil {
		b = roaring.New()
		v.grams[g] = b
	}
	return b
}

func (v *vocabulary) link(word string, l link) {
	t := &v.terms[v.number(word)]
	if !slices.Contains(t.links, l) {
		t.links = append(t.links, l)
	}
}

func (v *vocabulary) unlink(word string, l link) {
	t := &v.terms[v.number(word)]
	t.links = slices.DeleteFunc(t.links, func(x link) bool { return x == l })
}

// holding yields the terms that may have these characters beside each other, in text or initials; at least one character.
func (v *vocabulary) holding(runes []rune) []uint32 {
	var lists []*roaring.Bitmap
	for i, r := range runes {
		g := gram{r}
		if i > 0 {
			g = gram{runes[i-1], r}
			if isLead(runes[i-1]) != isLead(r) {
				g = gram{r} // an initial beside a syllable is in no list of pairs
			}
		} else if len(runes) > 1 && isLead(r) == isLead(runes[1]) {
			continue // the pair says more
		}
		b := v.grams[g]
		if b == nil {
			return nil
		}
		lists = append(lists, b)
	}
	return roaring.FastAnd(lists...).ToArray()
}

func (v *vocabulary) add(term uint32, f field, doc uint32) {
	t := &v.terms[term]
	if t.own[f] == nil {
		t.own[f] = roaring.New()
	}
	t.own[f].Add(doc)
}

func (v *vocabulary) remove(term uint32, f field, doc uint32) { v.terms[term].own[f].Remove(doc) }
