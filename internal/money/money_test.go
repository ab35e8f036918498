package money

import (
	"testing"

	"pgregory.net/rapid"

	"myclothes/internal/lang"
)

func TestIn(t *testing.T) {
	for _, c := range []struct {
		a      Amount
		ko, en string
	}{
		{0, "0원", "₩0"}, {999, "999원", "₩999"}, {1000, "1,000원", "₩1,000"},
		{12900, "12,900원", "₩12,900"}, {1234567, "1,234,567원", "₩1,234,567"}, {-12900, "-12,900원", "₩-12,900"},
	} {
		if got := c.a.In(lang.Korean); got != c.ko {
			t.Errorf("%d in Korean: %q, want %q", c.a, got, c.ko)
		}
		if got := c.a.In(lang.English); got != c.en {
			t.Errorf("%d in English: %q, want %q", c.a, got, c.en)
		}
	}
}

func TestSplitVATAddsUp(t *testing.T) {
	if s, v := SplitVAT(15000); s != 13636 || v != 1364 {
		t.Errorf("15000 splits into %d + %d, want 13636 + 1364", s, v)
	}
	rapid.Check(t, func(t *rapid.T) {
		total := Amount(rapid.Int64Range(-int64(Max), int64(Max)).Draw(t, "total"))
		s, v := SplitVAT(total)
		if s+v != total {
			t.Fatalf("%d + %d != %d", s, v, total)
		}
		if d := s*11 - total*10; d > 11 || d < -11 {
			t.Fatalf("supply %d is not ten elevenths of %d", s, total)
		}
	})
}

func TestParse(t *testing.T) {
	for _, s := range []string{"", "-1", "1.5", "만원", "1e3", "+5", " 5", "1000000000001", "99999999999999999999999999"} {
		if a, err := Parse(s); err == nil {
			t.Errorf("Parse(%q) = %d, want an error", s, a)
		}
	}
	if a, err := Parse("12900"); err != nil || a != 12900 {
		t.Errorf("Parse(12900) = %d, %v", a, err)
	}
}

func TestPercent(t *testing.T) {
	for _, c := range []struct {
		price, list Amount
		want        int
	}{{70, 100, 30}, {100, 100, 0}, {120, 100, 0}, {667, 1000, 33}, {1, 0, 0}} {
		if got := Percent(c.price, c.list); got != c.want {
			t.Errorf("Percent(%d, %d) = %d, want %d", c.price, c.list, got, c.want)
		}
	}
}

// TestPartsAddUp: M3 over lines and over every partial sum of them.
func TestPartsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := make([]Amount, rapid.IntRange(0, 200).Draw(t, "lines"))
		for i := range parts {
			parts[i] = Amount(rapid.Int64Range(0, 100_000_000).Draw(t, "amount"))
		}
		supply, vat := SplitVATs(parts)
		var sum, supplies, vats Amount
		for i, p := range parts {
			sum, supplies, vats = sum+p, supplies+supply[i], vats+vat[i]
			s, v := SplitVAT(sum)
			own, _ := SplitVAT(p)
			if supply[i]+vat[i] != p || supplies != s || vats != v || supply[i]-own > 1 || own-supply[i] > 1 {
				t.Fatalf("line %d: %d + %d of %d; so far %d + %d of %d", i, supply[i], vat[i], p, supplies, vats, sum)
			}
		}
	})
}
