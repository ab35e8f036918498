package business

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzList: whatever is pasted, every line is ordered, told as wrong or empty; no SKU is there twice, and what is told can be shown.
func FuzzList(f *testing.F) {
	for _, s := range []string{"A 1\nB,2\r\nC;3", "sku,quantity\n\"A\",\"1\"", "\ufeffA\t1\rA 2", "\xff 1\n\n,,,\n-1 -1", strings.Repeat("가", 100) + " 1", "\" 10"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		items, wrong := readList(s)
		seen, at := map[string]bool{}, 0
		for _, i := range items {
			if seen[i.SKU] || i.SKU == "" || i.Quantity < 1 || i.Quantity > 99 || i.line <= at {
				t.Fatalf("line %d: %+v", i.line, i)
			}
			seen[i.SKU], at = true, i.line
		}
		for _, w := range wrong {
			if w.Why.KO == "" || w.Why.EN == "" || !utf8.ValidString(w.Text) || utf8.RuneCountInString(w.Text) > 61 {
				t.Fatalf("%+v", w)
			}
		}
		if n := len(items) + len(wrong); n > strings.Count(s, "\n")+strings.Count(s, "\r")+1 {
			t.Fatalf("%d lines of %q", n, s)
		}
	})
}
