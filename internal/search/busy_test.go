package search

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"myclothes/internal/catalog"
	"myclothes/internal/fault"
)

func blames(err error, field string) bool {
	var f *fault.Error
	return errors.As(err, &f) && errors.Is(err, fault.BadRequest) && len(f.Fields) == 1 && f.Fields[0].Name == field
}

// TestReadersAndWritersAtOnce is for the race detector. Meanwhile readers see whole batches: a pair of products is there or not, never one alone.
func TestReadersAndWritersAtOnce(t *testing.T) {
	x := filled(300)
	pair := []catalog.Entry{made(1001), made(1002)}
	for i := range pair {
		pair[i].Brand = catalog.Brand{Slug: "pair", Name: text("짝꿍", "Pair")}
	}
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 3 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				f, err := x.Find(catalog.Query{Brands: []string{"pair"}, Text: "짝꿍"})
				if err != nil || f.Total == 1 {
					t.Errorf("%d of a pair, %v", f.Total, err)
					return
				}
				x.Suggest("ㅅㅊ", 10)
				x.Len()
				x.Bytes()
			}
		})
	}
	var writers sync.WaitGroup
	for w := range 2 {
		writers.Go(func() {
			for i := range 30 {
				x.Put(pair...)
				x.Put(made(int64(w*100 + i)))
				x.Drop(1001, 1002, int64(i+1))
			}
		})
	}
	writers.Wait()
	close(done)
	readers.Wait()
}

// FuzzFind looks for text that breaks reading or ranking; whatever is typed, a page comes and it holds what Total says.
func FuzzFind(f *testing.F) {
	for _, s := range []string{"셔츠", "", " ", "\x00", "\U0001F455\U0001F469\u200d\U0001F469", "\u202e셔츠\u202c", "ㅅ", "ㅏ", "ㄳ", "\u11a8\u1161", "ᄀᄀᄀ", strings.Repeat("ㅅ", 100), strings.Repeat("가", 300), strings.Repeat("a", 5000),
		"\u200b\u200d", "\xff\xfe", "\xfb\x00 dL\x00\t\x04\xe1z", "tutcm", "노ㅑㄳ", "a-b-c-d", "--", "ﷺ", "t", "v neck", "검정셔츠코튼자켓", strings.Repeat("셔츠 ", 50), strings.Repeat("셔", 100), "셔ㅊ셔ㅊ셔ㅊ셔ㅊ"} {
		f.Add(s)
	}
	f.Add(strings.Repeat(" ", 150) + "셔츠")
	x := filled(500)
	f.Fuzz(func(t *testing.T, s string) {
		for _, sort := range []catalog.Sort{catalog.Best, catalog.Newest} {
			found, err := x.Find(catalog.Query{Text: s, Sort: sort})
			if err != nil {
				t.Fatal(err)
			}
			if want := min(found.Total, catalog.PageLimit); len(found.IDs) != want || (found.Next != "") != (found.Total > want) {
				t.Fatalf("%q: %d of %d, next %q", s, len(found.IDs), found.Total, found.Next)
			}
			if !utf8.ValidString(found.Instead) {
				t.Fatalf("%q is read as %q", s, found.Instead)
			}
		}
		if n := len(x.Suggest(s, 8)); n > 8 {
			t.Fatalf("%q: %d suggestions", s, n)
		}
	})
}
