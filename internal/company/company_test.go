package company

import (
	"strings"
	"testing"

	"myclothes/internal/catalog"
	"myclothes/internal/fault"
)

func TestRegistrations(t *testing.T) {
	for in, want := range map[string]string{
		"220-81-62517": "2208162517", "120-88-00767": "1208800767", "124-81-00998": "1248100998", "211-88-79575": "2118879575", " 2208162517 ": "2208162517",
		"123-45-67890": "", "000-00-00000": "", "0000000000": "", "220-81-6251": "", "22O-81-62517": "", "": "", "2208-162517": "", "220-816-2517": "", "２２０-81-62517": "", "220-81-62518": "",
	} {
		got, ok := ParseRegistration(in)
		if ok != (want != "") || ok && string(got) != want {
			t.Errorf("%q: %q, %v; want %q", in, got, ok, want)
		}
	}
	if got := Registration("2208162517").String(); got != "220-81-62517" {
		t.Errorf("shown as %s", got)
	}
}

// TestOneWrongDigitIsFound: the check digit finds every single wrong digit but those that change the ninth by an amount of which the tens make up; at least nine of ten.
func TestOneWrongDigitIsFound(t *testing.T) {
	good, missed := "2208162517", 0
	for i := range good {
		for d := byte('0'); d <= '9'; d++ {
			if d == good[i] {
				continue
			}
			if _, ok := ParseRegistration(good[:i] + string(d) + good[i+1:]); ok {
				missed++
			}
		}
	}
	if missed > 9 {
		t.Errorf("%d of 90 wrong digits pass", missed)
	}
}

func FuzzRegistration(f *testing.F) {
	for _, s := range []string{"220-81-62517", "0000000000", "", "220-81-6251\x00", "-----"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, ok := ParseRegistration(s)
		if !ok {
			return
		}
		again, ok := ParseRegistration(r.String())
		if !ok || again != r || len(r) != 10 || strings.Trim(string(r), "0123456789") != "" || r == "0000000000" {
			t.Errorf("%q is read as %q, and that as %q", s, r, again)
		}
	})
}

func TestRoles(t *testing.T) {
	for _, x := range []struct {
		r                               Roles
		asks, orders, seesAll, approves bool
		manages                         bool
	}{
		{Roles{}, false, false, false, false, false},
		{Roles{Buys: true}, true, false, false, false, false},
		{Roles{Pays: true}, false, false, true, false, false},
		{Roles{Approves: true}, false, true, true, true, false},
		{Roles{Buys: true, Pays: true}, true, true, true, false, false},
		{Roles{Buys: true, Approves: true}, true, true, true, true, false},
		{Roles{Approves: true, Pays: true}, false, true, true, true, false},
		{All, true, true, true, true, true},
	} {
		if x.r.MayAsk() != x.asks || x.r.MayOrder() != x.orders || x.r.SeesAll() != x.seesAll || x.r.Approves != x.approves || x.r.Manages() != x.manages {
			t.Errorf("%q: asks %v, orders %v, sees all %v, manages %v", x.r, x.r.MayAsk(), x.r.MayOrder(), x.r.SeesAll(), x.r.Manages())
		}
	}
	for _, s := range []Status{Applied, Refused, Suspended} {
		if b := (Buyer{Status: s, Roles: Roles{Buys: true}, Terms: Terms{CreditLimit: 1}}); b.Business() || !b.MayOrder() || b.OnAccount() {
			t.Errorf("who buys for a company that is %s does not buy as anybody does", s)
		}
	}
}

func TestStatusGraph(t *testing.T) {
	all := []Status{"", Applied, Approved, Refused, Suspended}
	want := map[[2]Status]bool{{"", Applied}: true, {Applied, Approved}: true, {Applied, Refused}: true, {Approved, Suspended}: true, {Suspended, Approved}: true}
	for _, from := range all {
		for _, to := range all {
			if May(from, to) != want[[2]Status{from, to}] {
				t.Errorf("from %q to %q: %v", from, to, May(from, to))
			}
		}
	}
}

func TestApplicationsAreChecked(t *testing.T) {
	good := Application{Name: " 주식회사  하루 ", Representative: "김하루", Trade: "도소매", Item: "의류", Mail: " tax@haru.example "}
	got, err := good.Check("220-81-62517")
	if err != nil || got.Name != "주식회사 하루" || got.Registration != "2208162517" || got.Mail != "tax@haru.example" {
		t.Errorf("%+v, %v", got, err)
	}
	_, err = Application{Name: "\x00", Mail: "x", Trade: strings.Repeat("가", 51)}.Check("123-45-67890")
	var names []string
	for _, f := range fault.Of(err).Fields {
		names = append(names, f.Name)
	}
	if got := strings.Join(names, " "); got != "registration company representative trade email" {
		t.Errorf("named: %s", got)
	}
}

func TestPriceFiles(t *testing.T) {
	l, err := ReadPrices(strings.NewReader("\ufeffSKU,from,price,minimum\nA,,\"30,000\",\nA,10,25000,\nB,,,6\n"))
	if err != nil || len(l.Entries) != 2 || l.Entries[1] != (Entry{"A", catalog.Tier{From: 10, Price: 25_000}}) || l.Leasts["B"] != 6 {
		t.Errorf("%+v, %v", l, err)
	}
	_, err = ReadPrices(strings.NewReader("sku,from,price,minimum\n,1,1000,\nA,x,1000,\nA,1,free,\nA,1,0,\nB,1,900,\nB,1,800,\nC,1,900,200\nD,100,5,\nE,,,2\nE,,,3\n\"F"))
	for _, want := range []string{"line 2: the sku is empty", `line 3: from "x"`, `line 4: price "free"`, `line 5: price "0"`, "line 7: B has a price from 1", `line 8: minimum "200"`, `line 9: from "100"`, "line 11: E has the minimum 2", "line 12"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("not told: %s\n%v", want, err)
		}
	}
	if _, err := ReadPrices(strings.NewReader("a,b\n")); err == nil || !strings.Contains(err.Error(), `"sku"`) {
		t.Errorf("%v", err)
	}
	for _, bad := range []PriceList{{Name: "A"}, {Name: ""}, {Name: "a", Percent: 91}, {Name: "a", Percent: -1}} {
		if bad.Check() == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
}
