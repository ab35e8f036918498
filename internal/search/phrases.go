package search

import (
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"myclothes/internal/lang"
)

// phrases holds how names end: the last two words of each, which are what people search for (옥스퍼드 셔츠), and how many products
// are called so.
type phrases struct {
	all     []phrase // 0 is that of names too short to have one
	numbers map[string]uint32
	byTerm  map[uint32]*roaring.Bitmap
}

type phrase struct {
	text     lang.Text // EN as the first product of that name has it
	folded   string    // of text.KO; empty: no phrase
	products int
}

func newPhrases() phrases {
	return phrases{all: make([]phrase, 1), numbers: map[string]uint32{}, byTerm: map[uint32]*roaring.Bitmap{}}
}

func phraseOf(name lang.Text) phrase {
	ko := ending(name.KO)
	return phrase{text: lang.Text{KO: ko, EN: ending(name.EN)}, folded: fold(ko)}
}

// ending returns the last two words, or nothing of a name that has only one.
func ending(name string) string {
	words := strings.Fields(name)
	if len(words) < 2 {
		return ""
	}
	return words[len(words)-2] + " " + words[len(words)-1]
}

func (p *phrases) number(x phrase, words *vocabulary) uint32 {
	if x.folded == "" {
		return 0
	}
	if n, ok := p.numbers[x.folded]; ok {
		return n
	}
	n := uint32(len(p.all))
	p.all, p.numbers[x.folded] = append(p.all, x), n
	for _, text := range []string{x.text.KO, x.text.EN} {
		forms, _ := spelled(text)
		for _, w := range forms {
			t := words.number(w)
			if p.byTerm[t] == nil {
				p.byTerm[t] = roaring.New()
			}
			p.byTerm[t].Add(n)
		}
	}
	return n
}

func (p *phrases) count(n uint32, by int) { p.all[n].products += by }
