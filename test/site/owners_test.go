package site

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"myclothes/internal/customer"
	"myclothes/test/shoptest"
)

// owners have everything that somebody can own here: a customer on two devices, and a company of which one asks and one decides. Strangers will try to reach it.
type owners struct {
	t      *testing.T
	shop   *shoptest.Shop
	goods  map[string]string
	things map[string]string // by the names that the rows write: $ORDER, $ADDRESS
	people map[string]*shoptest.Browser
}

const password = "lorry-anvil-7"

// secrets are texts of theirs that no stranger may be shown. Colleagues see each other's names and mails, and their company.
var (
	secrets   = []string{"은밀하루", "haru-secret@example.com", "4242-1111", "42421111", "은밀로 1", "은밀한 문 앞", "은밀한 열쇠", "은밀한 선물"}
	ofCompany = []string{"은밀상사", "은밀대표", "boss-secret@example.com", "은밀사원", "clerk-secret@example.com", "asked-secret@example.com", "tax-secret@example.com"}
	ofDeals   = []string{"은밀창고", "은밀로 2", "4242-2222", "42422222"} // in orders, requests and quotes: only for who sees all
)

var intruders = []string{"guest", "other", "rival", "junior"}

func settle(t *testing.T, database string) *owners {
	shop := shoptest.Start(t, database, flags...)
	shop.Stop()
	shop.URL = strings.Replace(shop.URL, "127.0.0.1", "localhost", 1) // passkeys belong to domains
	shop.Restart("--base-url=" + shop.URL)
	t.Cleanup(shop.Stop)
	n := scripts.Add(1)
	o := &owners{t: t, shop: shop, goods: names(n), things: map[string]string{}, people: map[string]*shoptest.Browser{}}
	db := shop.Open()
	o.must(db.Merchant().PutProducts(context.Background(), goods(n)))
	for i, name := range []string{"guest", "haru", "phone", "boss", "clerk", "other", "rival", "junior"} {
		o.people[name] = shoptest.NewBrowser(fmt.Sprintf("10.2.%d.%d", n, i+1))
		o.people[name].Secrets = []*shoptest.Secrets{shop.Secrets}
	}
	o.join(map[string]string{"haru": "은밀하루", "boss": "은밀대표", "clerk": "은밀사원", "other": "남", "rival": "경쟁자", "junior": "후배"})
	o.must(o.people["phone"].SignIn(shop.URL, o.who("haru", "")))
	o.belongings()
	o.must(db.Customers(shop.Vault()).AddPasskey(context.Background(), customer.Passkey{ID: "SECRETKEY", Owner: customer.ID(o.things["HARU"]), Name: "은밀한 열쇠", Public: []byte{1}}))
	o.things["PASSKEY"] = "SECRETKEY"
	o.companies()
	o.deals()
	return o
}

func (o *owners) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *owners) who(login, name string) shoptest.Person {
	mail := login + "-secret@example.com"
	if login != "haru" && login != "boss" && login != "clerk" {
		mail = login + "@example.com"
	}
	return shoptest.Person{Name: name, Email: mail, Phone: map[string]string{"haru": "010-4242-1111"}[login], Password: password}
}

// join makes accounts and signs them in.
func (o *owners) join(all map[string]string) {
	for login, name := range all {
		o.must(o.people[login].Join(o.shop.URL, o.who(login, name)))
	}
	for login, name := range all {
		b := o.people[login]
		link := o.mailed(o.who(login, name).Email, "/account/confirm/")
		if login == "haru" {
			o.things["LINK"] = strings.TrimPrefix(link, "/account/confirm/")
		}
		o.do(login, "POST "+link, "x=y", 200)
		o.must(b.SignIn(o.shop.URL, o.who(login, name)))
	}
}

func (o *owners) mailed(to, path string) (link string) {
	o.t.Helper()
	shoptest.Await(o.t, 30*time.Second, "a mail to "+to, func() (err error) {
		link, err = o.people["guest"].Mailed(o.shop.URL, to, path)
		return err
	})
	return link
}

// do sends a form, or JSON where the text begins with a brace, and wants that status.
func (o *owners) do(who, what, text string, status int, header ...string) shoptest.Answer {
	o.t.Helper()
	a := o.send(who, what, text, header...)
	if a.Status != status {
		o.t.Fatalf("%s: %s answers %d, want %d: %s", who, what, a.Status, status, glimpse(a.Body))
	}
	return a
}

func (o *owners) send(who, what, text string, header ...string) shoptest.Answer {
	o.t.Helper()
	method, path, _ := strings.Cut(what, " ")
	kind := "application/x-www-form-urlencoded"
	switch {
	case strings.HasPrefix(text, "{"):
		kind = "application/json"
	case text == "":
		kind = ""
	}
	a, err := o.people[who].Send(method, o.shop.URL+path, kind, text, header...)
	o.must(err)
	return a
}

// glimpse is what a long page says first in its main part.
func glimpse(body string) string {
	if i := strings.Index(body, "<main"); i > 0 {
		body = body[i:]
	}
	return body[:min(len(body), 1000)]
}

// keep finds what a thing is called.
func (o *owners) keep(name, in, pattern string) {
	o.t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(in)
	if m == nil {
		o.t.Fatalf("no %s in %s", pattern, in)
	}
	o.things[name] = m[1]
}

func delivery(recipient, phone, road string) string {
	return url.Values{"delivery.recipient": {recipient}, "delivery.phone": {phone}, "delivery.postcode": {"04524"}, "delivery.road_address": {road}, "delivery.memo": {"은밀한 문 앞"}}.Encode()
}

func orderOf(name, phone, mail, road, method string) string {
	return fmt.Sprintf(`{"contact":{"name":%q,"phone":%q,"email":%q},"delivery":{"recipient":%q,"phone":%q,"postcode":"04524","road_address":%q,"detail_address":"","memo":"은밀한 문 앞"},"payment_method":%q,"agreements":["terms","privacy","purchase"]}`,
		name, phone, mail, name, phone, road, method)
}

// belongings are the customer's.
func (o *owners) belongings() {
	o.things["PRODUCT"], o.things["SKU"] = o.goods["SHIRT_ID"], o.goods["SHIRT"]
	o.keep("HARU", o.do("haru", "GET /account/data", "", 200).Body, `"ID": "([A-Z2-7]+)"`)
	o.do("haru", "POST /account/addresses/new", delivery("은밀하루", "010-4242-1111", "서울특별시 은밀로 1"), 303)
	o.keep("ADDRESS", o.do("haru", "GET /account/addresses", "", 200).Body, `/account/addresses/([A-Z2-7]+)/delete`)
	o.keep("DEVICE", o.do("haru", "GET /account/devices", "", 200).Body, `/account/devices/([A-Z2-7]+)/end`)
	o.do("haru", "PUT /api/v1/account/wishlist/"+o.things["PRODUCT"], "{}", 204)
	o.do("haru", "POST /api/v1/cart/lines", `{"sku":"`+o.things["SKU"]+`","quantity":1}`, 200)
	placed := o.do("haru", "POST /api/v1/orders", orderOf("은밀하루", "010-4242-1111", "haru-secret@example.com", "서울특별시 은밀로 1", "card"), 201, "Idempotency-Key: haru")
	o.keep("ORDER", placed.Body, `"number":"([^"]+)"`)
	o.keep("PAYMENT", placed.Body, `"order_id":"([^"]+)"`)
	o.do("haru", "POST /api/v1/cart/lines", `{"sku":"`+o.goods["SOCKS"]+`","quantity":3}`, 200)
}

// companies apply and are approved; one of them has buyers.
func (o *owners) companies() {
	apply := func(who, registration, company, representative, mail string) {
		o.do(who, "POST /business/apply", url.Values{"registration": {registration}, "company": {company}, "representative": {representative}, "email": {mail}}.Encode(), 303)
		o.run("company", "approve", registration)
	}
	apply("boss", "220-81-62517", "은밀상사", "은밀대표", "tax-secret@example.com")
	apply("rival", "314-81-57323", "경쟁상사", "경쟁자", "rival@example.com")
	list := o.t.TempDir() + "/prices.csv"
	o.must(os.WriteFile(list, []byte("sku,from,price,minimum\n"+o.things["SKU"]+",,33300,\n"), 0o600))
	o.run("company", "prices", "secret-list", list)
	o.run("company", "terms", "220-81-62517", "--prices=secret-list", "--credit=3000000")
	for _, login := range []string{"clerk", "junior"} {
		mail := o.who(login, "").Email
		o.do("boss", "POST /business/buyers", "roles=buys&email="+url.QueryEscape(mail), 303)
		o.do(login, "POST "+o.mailed(mail, "/business/join/"), "x=y", 303)
	}
	o.do("boss", "POST /business/buyers", "roles=buys&email=asked-secret%40example.com", 303)
	o.things["JOIN"] = strings.TrimPrefix(o.mailed("asked-secret@example.com", "/business/join/"), "/business/join/")
	buyers := o.do("boss", "GET /business/buyers", "", 200).Body
	o.keep("INVITATION", buyers, `/business/invitations/([A-Z2-7]+)/withdraw`)
	o.keep("CLERK", buyers, `(?s)은밀사원.*?/business/buyers/([A-Z2-7]+)/remove`)
}

func (o *owners) run(args ...string) {
	o.t.Helper()
	if out, err := o.shop.Run(o.t, ".", args...); err != nil {
		o.t.Fatalf("%v: %v: %s", args, err, out)
	}
}

// deals are what the company asked for, was quoted and bought.
func (o *owners) deals() {
	fill := func(who string) {
		o.do(who, "POST /api/v1/cart/lines", `{"sku":"`+o.things["SKU"]+`","quantity":2}`, 200)
	}
	fill("clerk")
	wanted := delivery("은밀창고", "010-4242-2222", "서울특별시 은밀로 2") + "&contact.name=x&contact.phone=010-4242-2222&contact.email=c%40example.com&payment_method=invoice&agreements=terms&agreements=privacy&agreements=purchase"
	o.keep("REQUEST", o.do("clerk", "POST /business/requests", wanted, 303).Location, `/business/requests/([A-Z2-7]+)`)
	fill("boss")
	o.keep("QUOTE", o.do("boss", "POST /business/quotes", "x=y", 303).Location, `/business/quotes/(.+)`)
	o.keep("BOUGHT", o.do("boss", "POST /api/v1/orders", orderOf("은밀창고", "010-4242-2222", "boss-secret@example.com", "서울특별시 은밀로 2", "invoice"), 201, "Idempotency-Key: boss").Body, `"number":"([^"]+)"`)
}

// has is everything that the owners see of their own; it must stay as it is.
func (o *owners) has() map[string]string {
	o.t.Helper()
	out := map[string]string{}
	look := func(who string, paths ...string) {
		for _, p := range paths {
			a := o.do(who, "GET "+o.expand(p), "", 200)
			out[who+" "+p] = a.Body
		}
	}
	look("haru", "/account/data", "/account/addresses/$ADDRESS", "/account/keys", "/account/devices", "/account/wishlist", "/account/consents", "/api/v1/orders/$ORDER", "/api/v1/cart")
	look("boss", "/account/data", "/business", "/business/buyers", "/business/orders", "/business/requests/$REQUEST", "/business/quotes/$QUOTE", "/api/v1/orders/$BOUGHT")
	look("phone", "/api/v1/account")
	return out
}

func (o *owners) expand(s string) string {
	return os.Expand(s, func(name string) string { return o.things[name] })
}
