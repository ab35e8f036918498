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

// thesaurus says which words stand for a word: the same thing otherwise called, and kinds of it. Words are in their ground form.
type thesaurus struct{ same, kinds map[string][]string }

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
	t := thesaurus{map[string][]string{}, map[string][]string{}}
	var kinds [][]string
	for line := range strings.Lines(file) {
		line, _, _ = strings.Cut(line, "#")
		of, list, isKinds := strings.Cut(catalog.Fold(line), ">")
		if isKinds {
			kinds = append(kinds, grounded(of+" "+list))
			continue
		}
		group := grounded(of)
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
	return t
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
	for w := range synonyms().same {
		v.number(w)
	}
	for w := range synonyms().kinds {
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
