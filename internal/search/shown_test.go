package search

import (
	"slices"
	"testing"

	"myclothes/internal/catalog"
)

func TestProductsAreShownInTheColourThatIsMeant(t *testing.T) {
	known := newStore().index.knows
	for text, want := range map[string][]string{
		"네이비 니트": {"navy"}, "검정셔츠": {"black"}, "흰 운동화": {"white"}, "흰여울": nil, "흰셔츠": {"white"}, "남색코트": {"navy"}, "남색 코트": {"navy"}, "navy knit": {"navy"}, "Black or grey": {"black", "grey"}, "셔츠": nil, "": nil,
	} {
		got := shownIn(catalog.Query{Text: text}, known)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	if got := shownIn(catalog.Query{Text: "네이비", Colors: []string{"red"}}, nil); !slices.Equal(got, []string{"red"}) {
		t.Errorf("a choice counts before a word: %v", got)
	}
}
