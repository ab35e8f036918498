package ui

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"myclothes/internal/catalog"
	"myclothes/internal/lang"
	"myclothes/internal/money"
	"myclothes/internal/payment"
)

var tags = []lang.Tag{lang.Korean, lang.English}

func written(t *testing.T, site *Site, s *sample, count int) []byte {
	t.Helper()
	d, err := s.render(site)
	if err != nil {
		t.Fatalf("%s: %v", s.name, err)
	}
	var b bytes.Buffer
	if err := d.WriteTo(&b, count); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// each renders every sample in both languages.
func each(t *testing.T, check func(t *testing.T, s *sample, tag lang.Tag, page []byte)) {
	site := newSite(t)
	for _, tag := range tags {
		for _, s := range samples(tag) {
			t.Run(string(tag)+"/"+s.name, func(t *testing.T) { check(t, s, tag, written(t, site, s, 3)) })
		}
	}
}

func TestPagesAreSound(t *testing.T) {
	each(t, func(t *testing.T, s *sample, tag lang.Tag, page []byte) {
		root, err := html.Parse(bytes.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		checkElements(t, root)
		checkLabels(t, root)
		if s.alone {
			return
		}
		if got := attr(first(root, "html"), "lang"); got != string(tag) {
			t.Errorf("lang is %q", got)
		}
		if n := len(find(root, "h1")); n != 1 {
			t.Errorf("%d h1", n)
		}
		if n := bytes.Count(page, []byte(`class="badge"`)); n != 1 || bytes.Contains(page, []byte(hole)) {
			t.Errorf("the visitor's place is filled %d times", n)
		}
		if bytes.Contains(page, []byte("ZgotmplZ")) || bytes.Contains(page, []byte("<no value>")) {
			t.Error("a value did not fit its place")
		}
	})
}

func checkElements(t *testing.T, root *html.Node) {
	t.Helper()
	ids := map[string]bool{}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if id := attr(n, "id"); id != "" {
			if ids[id] {
				t.Errorf("id %q twice", id)
			}
			ids[id] = true
		}
		if n.Data == "style" || (n.Data == "script" && attr(n, "src") == "" && attr(n, "type") != "application/ld+json") {
			t.Errorf("inline <%s>", n.Data)
		}
		if n.Data == "img" && !has(n, "alt") {
			t.Errorf("img without alt: %s", attr(n, "src"))
		}
		if n.Data == "button" && strings.TrimSpace(text(n)) == "" {
			t.Error("button without words")
		}
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("<%s %s>", n.Data, a.Key)
			}
			if strings.Contains(a.Val, "://") && !mayLeave(n, a) {
				t.Errorf("<%s %s=%q> leaves the shop", n.Data, a.Key, a.Val)
			}
		}
	}
	for n := range root.Descendants() {
		for _, id := range strings.Fields(attr(n, "aria-describedby") + " " + attr(n, "aria-labelledby") + " " + attr(n, "for")) {
			if !ids[id] {
				t.Errorf("<%s> refers to id %q, which is not there", n.Data, id)
			}
		}
	}
}

func mayLeave(n *html.Node, a html.Attribute) bool {
	return ((n.Data == "link" || n.Data == "meta") && strings.HasPrefix(a.Val, "https://shop.example")) ||
		(n.Data == "a" && a.Val == "https://www.ftc.go.kr/bizCommPop.do?wrkr_no=2208162517")
}

func checkLabels(t *testing.T, root *html.Node) {
	t.Helper()
	var labelled []string
	for _, l := range find(root, "label") {
		labelled = append(labelled, attr(l, "for"))
	}
	for _, in := range find(root, "input") {
		if attr(in, "type") == "hidden" || slices.Contains(labelled, attr(in, "id")) && has(in, "id") || within(in, "label") {
			continue
		}
		t.Errorf("input %q without a label", attr(in, "name"))
	}
}

// Nothing is chosen for the buyer: agreements are ticked only where they did it.
func TestNothingIsTickedBeforehand(t *testing.T) {
	each(t, func(t *testing.T, s *sample, _ lang.Tag, page []byte) {
		root, err := html.Parse(bytes.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		for _, in := range find(root, "input") {
			if within(in, "aside") {
				continue // a filter shows what the visitor chose before
			}
			if attr(in, "name") == "roles" {
				continue // what somebody may do, as it was decided before
			}
			if attr(in, "type") == "checkbox" && has(in, "checked") && attr(in, "value") != "privacy" {
				t.Errorf("%s is ticked", attr(in, "value"))
			}
			if attr(in, "name") == "payment_method" && has(in, "checked") {
				t.Error("a method is chosen")
			}
		}
	})
}

const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)>'`

func TestHostileTextStaysText(t *testing.T) {
	site := newSite(t)
	for _, tag := range tags {
		for _, s := range samples(tag) {
			t.Run(string(tag)+"/"+s.name, func(t *testing.T) {
				poisoned := false
				poison(reflect.ValueOf(s.view).Elem(), &poisoned)
				poison(reflect.ValueOf(&s.meta).Elem(), &poisoned)
				if !poisoned {
					t.Fatal("nothing to poison")
				}
				page := written(t, site, s, 1)
				if bytes.Contains(page, []byte("<script>alert")) || bytes.Contains(page, []byte("<img src=x")) {
					t.Error("hostile text became markup")
				}
				root, err := html.Parse(bytes.NewReader(page))
				if err != nil {
					t.Fatal(err)
				}
				for n := range root.Descendants() {
					if has(n, "onerror") {
						t.Error("hostile text became an attribute")
					}
				}
			})
		}
	}
}

// poison puts hostile text behind every string in v but language tags.
func poison(v reflect.Value, did *bool) {
	switch v.Kind() {
	case reflect.String:
		if v.CanSet() && v.Type() != reflect.TypeFor[lang.Tag]() {
			v.SetString(v.String() + hostile)
			*did = true
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				poison(v.Field(i), did)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			poison(v.Index(i), did)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			e := reflect.New(v.Type().Elem()).Elem()
			e.Set(v.MapIndex(k))
			poison(e, did)
			v.SetMapIndex(k, e)
		}
	}
}

// The shop's own words are all translated. Pages that show an address or a seller, which are Korean as they were typed, are left out.
func TestEnglishPagesSpeakEnglish(t *testing.T) {
	own := []string{"home", "list", "list-brand", "list-empty", "list-filtered-out", "product", "product-added", "product-stopped", "cart", "cart-bad", "cart-empty", "checkout", "lookup", "mails", "problem-404", "problem-500", "business-home", "business-buyers", "business-orders", "business-requests", "business-quotes", "quickorder", "quickorder-wrong", "product-dealt", "cart-business"}
	each(t, func(t *testing.T, s *sample, tag lang.Tag, page []byte) {
		if tag != lang.English || !slices.Contains(own, s.name) {
			return
		}
		root, err := html.Parse(bytes.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range strings.Fields(text(first(root, "main"))) {
			if strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Hangul, r) }) {
				t.Errorf("%q", word)
			}
		}
	})
}

func TestFooterNamesTheSeller(t *testing.T) {
	each(t, func(t *testing.T, s *sample, _ lang.Tag, page []byte) {
		if s.alone {
			return
		}
		root, err := html.Parse(bytes.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		foot := text(first(root, "footer"))
		v := reflect.ValueOf(seller)
		for i := range v.NumField() {
			if !strings.Contains(foot, v.Field(i).String()) {
				t.Errorf("the footer lacks %s", v.Type().Field(i).Name)
			}
		}
	})
}

func TestPrivatePagesAreNotForSearchEngines(t *testing.T) {
	site := newSite(t)
	s := samples(lang.Korean)[0]
	s.meta.Private, s.meta.Refresh = true, 4
	page := string(written(t, site, s, 0))
	for want, in := range map[string]bool{`content="noindex"`: true, `rel="canonical"`: false, `http-equiv="refresh" content="4"`: true, `class="badge"`: false} {
		if strings.Contains(page, want) != in {
			t.Errorf("%s: want %v", want, in)
		}
	}
}

func TestSteps(t *testing.T) {
	v := orderView(Words{lang.Korean}, "shipped")
	got := v.Steps()
	want := []Step{{"주문", true, false}, {"결제 완료", true, false}, {"상품 준비", true, false}, {"배송 중", false, true}, {"배송 완료", false, false}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	v.Order.Status = "cancelled"
	if got := v.Steps(); got != nil {
		t.Errorf("a cancelled order is on its way: %v", got)
	}
}

// Everything that a catalogue may say of clothes has its words in both languages.
func TestTheTradeHasWords(t *testing.T) {
	for name, named := range map[string]func(lang.Tag) []string{
		"points": func(t lang.Tag) (out []string) {
			for _, p := range catalog.Points {
				out = append(out, pointNames[p].In(t))
			}
			return out
		},
		"facts": func(t lang.Tag) (out []string) {
			for _, f := range catalog.Facts {
				out = append(out, factNames[f].In(t))
			}
			return out
		},
		"seasons": func(t lang.Tag) (out []string) {
			for _, s := range catalog.Seasons {
				out = append(out, seasonNames[s].In(t))
			}
			return out
		},
		"families": func(t lang.Tag) (out []string) {
			for _, f := range catalog.Families {
				out = append(out, families[f].name.In(t))
			}
			return out
		},
	} {
		ko, en := named(lang.Korean), named(lang.English)
		for i := range ko {
			if ko[i] == "" || en[i] == "" || ko[i] == en[i] {
				t.Errorf("%s %d: %q and %q", name, i, ko[i], en[i])
			}
		}
	}
	for _, s := range catalog.Schemes {
		if systemNames[s.Name].KO == "" {
			t.Errorf("the size scheme %s has no name", s.Name)
		}
	}
}

// TestEveryPlanIsDrawn: each point that a plan measures has its line on the drawing.
func TestEveryPlanIsDrawn(t *testing.T) {
	for _, plan := range []catalog.Plan{catalog.PlanTop, catalog.PlanDress, catalog.PlanBottom, catalog.PlanSkirt, catalog.PlanShoes, catalog.PlanBag, catalog.PlanHat, catalog.PlanBelt, catalog.PlanFlat, catalog.PlanSocks} {
		for _, p := range plan.Points() {
			if _, ok := tapes[plan].lines[p]; !ok {
				t.Errorf("%s: %s is not on the drawing", plan, p)
			}
		}
		v := ProductView{Plan: plan, Product: catalog.Product{Measures: catalog.SizeTable{Points: plan.Points(), Rows: []catalog.SizeRow{{Size: "M", MM: make([]int, len(plan.Points()))}}}}}
		if got := len(v.Tape().Marks); got != len(plan.Points()) {
			t.Errorf("%s: %d marks for %d points", plan, got, len(plan.Points()))
		}
	}
}

func TestBandsOfPrices(t *testing.T) {
	w := Words{lang.Korean}
	for want, b := range map[string][2]money.Amount{"": {}, "30,000원 이하": {0, 30_000}, "30,000원 ~ 50,000원": {30_001, 50_000}, "200,000원 이상": {200_001, 0}} {
		if got := w.Band(b[0], b[1]); got != want {
			t.Errorf("%v: %q, want %q", b, got, want)
		}
	}
}

// Every state that an order or a payment can be in has its words in both languages.
func TestStatesHaveWords(t *testing.T) {
	for _, tag := range tags {
		w := Words{tag}
		for _, m := range payment.Methods {
			for _, s := range []payment.State{payment.Ready, payment.Confirming, payment.Unknown, payment.Captured, payment.Refused, payment.Abandoned, payment.Refunding, payment.Refunded} {
				if got := w.Attempt(payment.Payment{Method: m, State: s}); strings.HasPrefix(got, " ") || strings.HasSuffix(got, " ") {
					t.Errorf("%s %s: %q", m, s, got)
				}
			}
		}
	}
	if got := (Words{lang.Korean}).Attempt(payment.Payment{}); got != "" {
		t.Errorf("no attempt is %q", got)
	}
}

func find(root *html.Node, name string) []*html.Node {
	var out []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == name {
			out = append(out, n)
		}
	}
	return out
}

func first(root *html.Node, name string) *html.Node { return find(root, name)[0] }

func has(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func within(n *html.Node, name string) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.Data == name {
			return true
		}
	}
	return false
}

func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data + " ")
		}
	}
	return b.String()
}
