package search

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"myclothes/internal/catalog"
)

//go:embed synonyms.txt
var synonymsFile string

// thesaurus says which words stand for a word: the same thing otherwise called, and kinds of it; and which words do not, though they begin
// or end like it. Words are in their ground form.
type thesaurus struct {
	same, kinds, traps map[string][]string
	words              []string // those of same and kinds as the file has them first
}

var synonyms = sync.OnceValue(func() thesaurus {
	file := synonymsFile
	for _, words := range familyWords {
		file += "\n" + words
	}
	return readSynonyms(file)
})

// readSynonyms reads the format that synonyms.txt explains. Groups that share a word stay apart: what a word finds is what
// stands beside it on some line.
func readSynonyms(file string) thesaurus {
	t := thesaurus{same: map[string][]string{}, kinds: map[string][]string{}, traps: map[string][]string{}}
	var kinds, traps [][]string
	for line := range strings.Lines(file) {
		line, _, _ = strings.Cut(line, "#")
		of, list, isKinds := strings.Cut(catalog.Fold(line), ">")
		if isKinds {
			kinds = append(kinds, grounded(of+" "+list))
			t.words = append(t.words, kinds[len(kinds)-1]...)
			continue
		}
		if of, list, isTrap := strings.Cut(of, "!"); isTrap {
			traps = append(traps, grounded(of+" "+list))
			continue
		}
		group := grounded(of)
		t.words = append(t.words, group...)
		for _, w := range group {
			for _, other := range group {
				t.add(t.same, w, other)
			}
		}
	}
	for _, k := range kinds {
		for _, w := range append([]string{k[0]}, t.same[k[0]]...) {
			for _, kind := range k[1:] {
				t.add(t.kinds, w, kind)
				for _, other := range t.same[kind] {
					t.add(t.kinds, w, other)
				}
			}
		}
	}
	for _, k := range traps {
		for _, w := range append([]string{k[0]}, t.same[k[0]]...) {
			t.traps[w] = append(t.traps[w], k[1:]...)
		}
	}
	return t
}

// trapped reports whether a term has the word at one of its ends and does not mean it: 티셔츠 of 셔츠.
func (t thesaurus) trapped(term, word string) bool {
	return slices.ContainsFunc(t.traps[word], func(trap string) bool { return strings.HasPrefix(term, trap) || strings.HasSuffix(term, trap) })
}

func (t thesaurus) add(to map[string][]string, w, other string) {
	if w != other && !slices.Contains(t.same[w], other) && !slices.Contains(to[w], other) {
		to[w] = append(to[w], other)
	}
}

func grounded(words string) []string {
	list := strings.Fields(words)
	for i, w := range list {
		list[i] = ground(w)
	}
	return list
}

// enterSynonyms puts every word of the thesaurus into the vocabulary, so that it is understood half typed or mistyped even where no
// product is called so.
func (v *vocabulary) enterSynonyms() {
	for _, w := range synonyms().words {
		v.number(w)
	}
}

// familyWords are what people call the colour families, folded. Names of single shades are no more than kinds of them, in synonyms.txt.
var familyWords = map[catalog.Family]string{
	catalog.Black:  "검정 검정색 검은 검은색 까만 까만색 까망 블랙 흑색 black",
	catalog.Grey:   "회색 그레이 쥐색 grey gray",
	catalog.White:  "흰 흰색 하얀 하얀색 하양 화이트 백색 white",
	catalog.Ivory:  "아이보리 아이보리색 ivory",
	catalog.Beige:  "베이지 베이지색 beige",
	catalog.Brown:  "갈색 브라운 밤색 고동색 brown",
	catalog.Red:    "빨강 빨간 빨간색 빨강색 레드 적색 red",
	catalog.Pink:   "분홍 분홍색 핑크 핑크색 pink",
	catalog.Orange: "주황 주황색 오렌지 오렌지색 orange",
	catalog.Yellow: "노랑 노란 노란색 노랑색 옐로 옐로우 yellow",
	catalog.Green:  "초록 초록색 녹색 그린 green",
	catalog.Khaki:  "카키 카키색 국방색 khaki",
	catalog.Sky:    "하늘색 스카이 스카이블루 소라색 skyblue",
	catalog.Blue:   "파랑 파란 파란색 파랑색 블루 청색 blue",
	catalog.Navy:   "남색 네이비 곤색 군청색 navy",
	catalog.Purple: "보라 보라색 퍼플 자주색 purple",
}

func enterFamilies(words *vocabulary) {
	for i, f := range catalog.Families {
		for _, w := range strings.Fields(familyWords[f]) {
			words.link(w, link{toFamily, uint32(i + 1)})
		}
	}
}
