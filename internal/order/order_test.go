package order

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"myclothes/internal/lang"
	"myclothes/internal/money"
	"myclothes/internal/outbox"
)

func TestNumbers(t *testing.T) {
	at := time.Date(2026, 11, 22, 15, 30, 0, 0, time.UTC) // already the 23rd in Seoul
	seen := map[string]bool{}
	for range 1000 {
		n := NewNumber(at)
		if !regexp.MustCompile(`^20261123-[0-9A-HJKMNP-TV-Z]{8}$`).MatchString(n) || seen[n] {
			t.Fatalf("number %q", n)
		}
		seen[n] = true
		if ParseNumber(" "+strings.ToLower(n)+" ") != n {
			t.Fatalf("%q is not read back", n)
		}
	}
	if got := ParseNumber("2O261123-ab lo 1234"); got != "20261123-AB101234" {
		t.Errorf("look-alikes: %s", got)
	}
}

func TestTotalsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var lines []Line
		var want money.Amount
		for range rapid.IntRange(0, 50).Draw(t, "lines") {
			l := Line{Quantity: rapid.IntRange(1, 99).Draw(t, "quantity"), UnitPrice: money.Amount(rapid.Int64Range(1, 10_000_000).Draw(t, "price"))}
			lines, want = append(lines, l), want+l.Total()
		}
		fee, island := money.Amount(rapid.Int64Range(0, 10_000).Draw(t, "fee")), money.Amount(rapid.Int64Range(0, 10_000).Draw(t, "island"))
		got := Sum(lines, fee, island)
		if got.Subtotal != want || got.Total != want+fee+island || got.Supply+got.VAT != got.Total {
			t.Fatalf("%+v", got)
		}
	})
}

// TestGraph: every status can be reached, final ones have no way out, and nothing skips payment.
func TestGraph(t *testing.T) {
	reached := map[Status]bool{}
	var walk func(Status)
	walk = func(s Status) {
		for _, to := range next[s] {
			if !reached[to] {
				reached[to] = true
				walk(to)
			}
		}
	}
	walk("")
	for _, s := range []Status{AwaitingPayment, PaymentUnknown, AwaitingDeposit, Paid, Preparing, Shipped, Delivered, Completed, Cancelled, Expired} {
		if !reached[s] {
			t.Errorf("%s cannot be reached", s)
		}
		if May(s, s) {
			t.Errorf("%s may move to itself", s)
		}
	}
	for _, final := range []Status{Completed, Cancelled, Expired} {
		if len(next[final]) != 0 {
			t.Errorf("%s is final and may move to %v", final, next[final])
		}
	}
	for _, unpaid := range []Status{AwaitingPayment, PaymentUnknown, AwaitingDeposit} {
		for _, sent := range []Status{Preparing, Shipped, Delivered, Completed} {
			if May(unpaid, sent) {
				t.Errorf("unpaid goods may go from %s to %s", unpaid, sent)
			}
		}
	}
}

func TestMessages(t *testing.T) {
	o := Order{Number: "20261122-7K2M9QXR", Lang: lang.Korean, Totals: Totals{Total: 42_000, Delivery: 3000},
		Contact: Contact{Name: "김하루", Phone: "01012345678"}, Delivery: Delivery{RoadAddress: "서울특별시 중구 세종대로 110"},
		Lines: []Line{{Name: lang.Text{KO: "코튼 셔츠", EN: "Cotton shirt"}, Color: lang.Text{KO: "네이비", EN: "Navy"}, Size: "M", Quantity: 1, UnitPrice: 39_000}, {}, {}}}
	for _, topic := range []string{"order.paid", "order.on_account", "order.cancelled", "order.expired"} {
		for _, tag := range []lang.Tag{lang.Korean, lang.English} {
			o.Lang = tag
			subject, body, ok := o.Message(outbox.Topic(topic), "https://shop.example")
			if !ok || !strings.Contains(body, o.Number) || !strings.Contains(body, "42,000") || strings.Contains(subject, "\n") {
				t.Errorf("%s in %s: %q\n%s", topic, tag, subject, body)
			}
			for _, private := range []string{"01012345678", "세종대로", "김하루"} {
				if strings.Contains(subject+body, private) {
					t.Errorf("%s tells %s to whoever reads the mail", topic, private)
				}
			}
		}
	}
	if _, _, ok := o.Message("something.else", ""); ok {
		t.Error("wrote about something that needs no words")
	}
	if o.Lang = lang.Korean; o.Name(lang.Korean) != "코튼 셔츠 외 2건" || o.Name(lang.English) != "Cotton shirt and 2 more" {
		t.Errorf("names %q %q", o.Name(lang.Korean), o.Name(lang.English))
	}
}
