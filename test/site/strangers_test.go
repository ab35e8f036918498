package site

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"myclothes/internal/api"
	"myclothes/internal/feed"
	"myclothes/internal/testenv"
	"myclothes/internal/ui"
	"myclothes/internal/web"
	"myclothes/test/shoptest"
)

// row says what strangers get of one route: a guest, another customer, another company's buyer with all roles, and a colleague who may only ask.
//
// Of what is somebody else's they get "in" (sign in first), "lookup" (the page that asks for number and phone), or the status of what does not exist. "own" is what is their own, or
// everybody's, or refused for itself: whatever it is, it shows nothing of the owners' and changes nothing of theirs. Where path names a thing of the owners', one that nobody has must be
// answered in the same way.
type row struct{ route, path, text, want string }

const (
	public = "own own own own"
	self   = "in own own own" // about who asks, and nobody else
	hidden = "in 404 404 404" // a thing that is not theirs
	house  = "in 404 own own" // of the company that one buys for
	manage = "in 404 404 403" // of another company; a colleague without the role is told so
	bought = "lookup lookup lookup lookup"
	gone   = "404 404 404 404"
)

// rows are all routes of the storefront and the API.
var rows = slices.Concat(everybodys, accounts, keys, businesses, calls, farewells)

// everybodys is what anybody may see or do, for themselves.
var everybodys = []row{
	{"GET /{$}", "/", "", public},
	{"GET /c/{category}", "/c/clothing", "", public},
	{"GET /b/{brand}", "/b/damgyeol", "", public},
	{"GET /search", "/search?q=은밀", "", public},
	{"GET /suggest", "/suggest?q=은밀", "", public},
	{"GET /products/{id}", "/products/$PRODUCT-test-shirt", "", public},
	{"POST /products/{id}/cart", "/products/$PRODUCT/cart", "color=navy&size=M&quantity=1", public},
	{"GET /products/{id}/wish", "/products/$PRODUCT/wish", "", public},
	{"POST /products/{id}/wish", "/products/$PRODUCT/wish", "on=no", public},
	{"GET /seen", "/seen", "", public},
	{"POST /seen/forget", "/seen/forget", "x=y", public},
	{"GET /cart", "/cart", "", public},
	{"POST /cart/lines/{sku}", "/cart/lines/$SKU", "quantity=1", public},
	{"GET /checkout", "/checkout", "", public},
	{"POST /checkout", "/checkout", "x=y", public},
	{"POST /checkout/review", "/checkout/review", "x=y", public},
	{"POST /orders", "/orders", "key=haru", public},
	{"GET /orders/{number}", "/orders/$ORDER", "", bought},
	{"GET /orders/{number}", "/orders/$BOUGHT", "", bought},
	{"GET /orders/{number}/payment/success", "/orders/$ORDER/payment/success?orderId=forged&paymentKey=forged&amount=39000", "", public},
	{"GET /orders/{number}/payment/fail", "/orders/$ORDER/payment/fail?code=PAY_PROCESS_CANCELED", "", "own own own own"},
	{"POST /orders/{number}/payment", "/orders/$ORDER/payment", "payment_method=card", gone},
	{"POST /orders/{number}/cancel", "/orders/$ORDER/cancel", "x=y", gone},
	{"POST /orders/{number}/cancel", "/orders/$BOUGHT/cancel", "x=y", gone},
	{"GET /orders/lookup", "/orders/lookup?number=$ORDER", "", public},
	{"POST /orders/lookup", "/orders/lookup", "number=$ORDER&phone=010-9999-9999", gone},
	{"GET /legal/{which}", "/legal/terms", "", public},
	{"GET /media/{path...}", "/media/x.jpg", "", public},
	{"GET /static/{name}", "/static/style.css", "", public},
	{"GET /robots.txt", "/robots.txt", "", public},
	{"GET /sitemap.xml", "/sitemap.xml", "", public},
	{"GET /sitemaps/{name}", "/sitemaps/products-1.xml", "", public},
	{"GET /feeds/naver.tsv", "/feeds/naver.tsv", "", public},
	{"GET /feeds/naver-summary.tsv", "/feeds/naver-summary.tsv", "", public},
	{"GET /feeds/google.xml", "/feeds/google.xml", "", public},
	// The mails that a demo would send are there for everybody who tries it; production has no such route.
	{"GET /demo/mail", "", "", ""},
}

var accounts = []row{
	{"GET /account/sign-up", "/account/sign-up", "", public},
	{"POST /account/sign-up", "/account/sign-up", "email=haru-secret2%40example.com&password=short", public},
	{"GET /account/confirm/{link}", "/account/confirm/$LINK", "", public},
	{"POST /account/confirm/{link}", "/account/confirm/$LINK", "x=y", "409 409 409 409"},
	{"GET /account/sign-in", "/account/sign-in", "", public},
	{"POST /account/sign-in", "/account/sign-in", "email=haru%2Dsecret%40example.com&password=wrong-anvil-7", "401 401 401 401"},
	{"GET /account/forgot", "/account/forgot", "", public},
	{"POST /account/forgot", "/account/forgot", "email=nobody%40example.com", public},
	{"GET /account/reset/{link}", "/account/reset/$LINK", "", public},
	{"POST /account/reset/{link}", "/account/reset/$LINK", "password=stolen-anvil-9", "409 409 409 409"},
	{"GET /account/mail/{link}", "/account/mail/$LINK", "", public},
	{"POST /account/mail/{link}", "/account/mail/$LINK", "x=y", "409 409 409 409"},
	{"GET /account", "/account", "", self},
	{"GET /account/orders", "/account/orders", "", self},
	{"GET /account/prove", "/account/prove", "", self},
	{"POST /account/prove", "/account/prove", "password=wrong-anvil-7", self},
	{"GET /account/profile", "/account/profile", "", self},
	{"POST /account/profile", "/account/profile", "name=", self},
	{"GET /account/password", "/account/password", "", self},
	{"POST /account/password", "/account/password", "password=short", self},
	{"GET /account/email", "/account/email", "", self},
	{"POST /account/email", "/account/email", "email=x", self},
	{"GET /account/leave", "/account/leave", "", self},
	{"GET /account/data", "/account/data", "", self},
	{"GET /account/addresses", "/account/addresses", "", self},
	{"GET /account/addresses/{id}", "/account/addresses/$ADDRESS", "", hidden},
	{"POST /account/addresses/{id}", "/account/addresses/$ADDRESS", "delivery.recipient=x&delivery.phone=010-9999-9999&delivery.postcode=04524&delivery.road_address=서울특별시 중구 세종대로 110", hidden},
	{"POST /account/addresses/{id}/delete", "/account/addresses/$ADDRESS/delete", "x=y", self},
	{"GET /account/devices", "/account/devices", "", self},
	{"POST /account/devices/{id}/end", "/account/devices/$DEVICE/end", "x=y", self},
	{"POST /account/devices/end", "/account/devices/end", "x=y", self},
	{"GET /account/wishlist", "/account/wishlist", "", self},
	{"POST /account/wishlist/{id}/delete", "/account/wishlist/$PRODUCT/delete", "x=y", self},
	{"GET /account/consents", "/account/consents", "", self},
	{"POST /account/consents", "/account/consents", "document=marketing_mail&given=no", self},
}

var keys = []row{
	{"POST /account/passkeys/ask", "/account/passkeys/ask", "x=y", public},
	{"POST /account/sign-in/passkey", "/account/sign-in/passkey", "challenge=forged&answer={}", public},
	{"POST /account/prove/passkey", "/account/prove/passkey", "challenge=forged&answer={}", self},
	{"GET /account/keys", "/account/keys", "", self},
	{"POST /account/passkeys/offer", "/account/passkeys/offer", "x=y", self},
	{"POST /account/passkeys", "/account/passkeys", "challenge=forged&answer={}", self},
	{"POST /account/passkeys/{id}/name", "/account/passkeys/$PASSKEY/name", "name=stolen", hidden},
	{"POST /account/passkeys/{id}/delete", "/account/passkeys/$PASSKEY/delete", "x=y", hidden},
	{"POST /account/social/{provider}", "/account/social/kakao", "x=y", public},
	{"POST /account/social/{provider}/prove", "/account/social/kakao/prove", "x=y", self},
	{"POST /account/social/{provider}/link", "/account/social/kakao/link", "x=y", self},
	{"POST /account/social/{provider}/unlink", "/account/social/kakao/unlink", "x=y", self},
	{"GET /account/social/{provider}/callback", "/account/social/kakao/callback?state=forged&code=forged", "", public},
	{"POST /account/social-join", "/account/social-join", "pending=forged", public},
	{"POST /account/social-link", "/account/social-link", "pending=forged&password=" + password, public},
}

var businesses = []row{
	{"GET /business", "/business", "", self},
	{"GET /business/apply", "/business/apply", "", self},
	{"POST /business/apply", "/business/apply", "registration=220-81-62517", self},
	{"GET /business/join/{link}", "/business/join/$JOIN", "", "in 409 409 409"}, // sent to another mail
	{"POST /business/join/{link}", "/business/join/$JOIN", "x=y", "in 409 409 409"},
	{"GET /business/buyers", "/business/buyers", "", house},
	{"POST /business/buyers", "/business/buyers", "email=x%40example.com&roles=buys", "in 404 own 403"},
	{"POST /business/buyers/{id}", "/business/buyers/$CLERK", "roles=approves", manage},
	{"POST /business/buyers/{id}/remove", "/business/buyers/$CLERK/remove", "x=y", manage},
	{"POST /business/invitations/{id}/withdraw", "/business/invitations/$INVITATION/withdraw", "x=y", manage},
	{"GET /business/order", "/business/order", "", house},
	{"POST /business/order", "/business/order", "list=nothing", house},
	{"GET /business/orders", "/business/orders", "", house},
	{"POST /business/orders/{number}/tax-invoice", "/business/orders/$BOUGHT/tax-invoice", "x=y", manage},
	{"GET /business/requests", "/business/requests", "", house},
	{"POST /business/requests", "/business/requests", "x=y", house},
	{"GET /business/requests/{id}", "/business/requests/$REQUEST", "", hidden},
	{"POST /business/requests/{id}/approve", "/business/requests/$REQUEST/approve", "agreements=terms&agreements=privacy&agreements=purchase", manage},
	{"POST /business/requests/{id}/close", "/business/requests/$REQUEST/close", "x=y", hidden},
	{"GET /business/quotes", "/business/quotes", "", house},
	{"POST /business/quotes", "/business/quotes", "x=y", house},
	{"GET /business/quotes/{number}", "/business/quotes/$QUOTE", "", hidden},
}

var calls = []row{
	{"GET /api/v1/products", "/api/v1/products?q=은밀", "", public},
	{"GET /api/v1/products/{id}", "/api/v1/products/$PRODUCT", "", public},
	{"GET /api/v1/categories", "/api/v1/categories", "", public},
	{"GET /api/v1/brands", "/api/v1/brands", "", public},
	{"GET /api/v1/cart", "/api/v1/cart", "", public},
	{"POST /api/v1/cart/lines", "/api/v1/cart/lines", `{"sku":"x","quantity":1}`, public},
	{"PATCH /api/v1/cart/lines/{sku}", "/api/v1/cart/lines/$SKU", `{"quantity":0}`, public},
	{"DELETE /api/v1/cart/lines/{sku}", "/api/v1/cart/lines/$SKU", "", public},
	// With the owner's own key for the order.
	{"POST /api/v1/orders", "/api/v1/orders", orderOf("남", "010-9999-9999", "x@example.com", "x", "card"), public},
	{"GET /api/v1/orders/{number}", "/api/v1/orders/$ORDER", "", gone},
	{"GET /api/v1/orders/{number}", "/api/v1/orders/$BOUGHT", "", gone},
	{"POST /api/v1/orders/{number}/payment/confirm", "/api/v1/orders/$ORDER/payment/confirm", `{"paymentKey":"forged","orderId":"$PAYMENT","amount":42000}`, gone},
	{"POST /api/v1/orders/{number}/cancel", "/api/v1/orders/$ORDER/cancel", "{}", gone},
	{"POST /api/v1/orders/{number}/cancel", "/api/v1/orders/$BOUGHT/cancel", "{}", gone},
	{"POST /api/v1/account", "/api/v1/account", `{"email":"x"}`, public},
	{"GET /api/v1/account", "/api/v1/account", "", self},
	{"GET /api/v1/account/orders", "/api/v1/account/orders", "", self},
	{"GET /api/v1/account/wishlist", "/api/v1/account/wishlist", "", self},
	{"PUT /api/v1/account/wishlist/{id}", "/api/v1/account/wishlist/$PRODUCT", "{}", self},
	{"DELETE /api/v1/account/wishlist/{id}", "/api/v1/account/wishlist/$PRODUCT", "", self},
	{"POST /api/v1/session", "/api/v1/session", `{"email":"haru-secret@example.com","password":"wrong-anvil-7"}`, "401 401 401 401"},
	{"GET /api/v1/business", "/api/v1/business", "", house},
	{"POST /api/v1/business/quick-order", "/api/v1/business/quick-order", `{"lines":[{"sku":"x","quantity":1}]}`, house},
	{"GET /api/v1/openapi.yaml", "/api/v1/openapi.yaml", "", public},
	{"POST /webhooks/toss", "/webhooks/toss", `{"data":{"orderId":"$PAYMENT"}}`, public},
}

// farewells end what a stranger is, and come last.
var farewells = []row{
	{"POST /account/sign-out", "/account/sign-out", "x=y", public},
	{"POST /account/leave", "/account/leave", "x=y", "in in in in"},
	{"DELETE /api/v1/session", "/api/v1/session", "", public},
}

// TestNobodyReachesWhatIsSomebodyElses tries every route as those who have no business there. A route without a row fails.
func TestNobodyReachesWhatIsSomebodyElses(t *testing.T) {
	every(t)
	testenv.Engines(t, func(t *testing.T, database string) {
		o := settle(t, database)
		before := o.has()
		tried := 0
		for _, r := range rows {
			if r.want == "" {
				continue
			}
			for i, want := range strings.Fields(r.want) {
				o.try(intruders[i], r, want)
				tried++
			}
			if !strings.HasPrefix(r.route, "GET ") || strings.Contains(r.route, "payment") || strings.Contains(r.route, "callback") {
				before = o.unchanged(r.route, before)
			}
		}
		o.unchanged("everything", before)
		t.Logf("%d routes, %d tries", len(rows), tried)
	})
}

// every fails for routes that no row tells of, and for rows of which there is no route.
func every(t *testing.T) {
	told := map[string]bool{}
	for _, r := range rows {
		told[r.route] = false
	}
	shown := new(web.Web)
	shown.Mails = func() ([]ui.Mail, error) { return nil, nil }
	for _, route := range slices.Concat(shown.Surface().Routes, new(api.API).Surface().Routes, new(feed.Feeds).Surface(nil).Routes) {
		if _, ok := told[route.Pattern]; !ok {
			t.Errorf("%s: say in rows what strangers get of it", route.Pattern)
		}
		told[route.Pattern] = true
	}
	for pattern, there := range told {
		if !there {
			t.Errorf("%s is no route", pattern)
		}
	}
}

// try asks as a stranger, and once more for a thing that nobody has.
func (o *owners) try(who string, r row, want string) {
	o.t.Helper()
	method, _, _ := strings.Cut(r.route, " ")
	ask := func(path string) shoptest.Answer {
		header := []string{}
		if r.route == "POST /api/v1/orders" {
			header = append(header, "Idempotency-Key: haru")
		}
		return o.send(who, method+" "+path, r.textFor(o), header...)
	}
	got := ask(o.expand(r.path))
	name := fmt.Sprintf("%s: %s %s", who, method, r.path)
	if wrong := judge(got, want); wrong != "" {
		o.t.Errorf("%s: %s: %s", name, wrong, glimpse(got.Body))
	}
	o.shows(name, who, r, got)
	if !strings.Contains(r.path, "$") || strings.Contains(r.path, "$PRODUCT") || strings.Contains(r.path, "$SKU") {
		return // what is sold is everybody's
	}
	forged := ask(forge(r.path))
	if forged.Status != got.Status {
		o.t.Errorf("%s: answers %d, but %d for what nobody has", name, got.Status, forged.Status)
	}
}

func (r row) textFor(o *owners) string {
	if strings.HasPrefix(r.text, "{") {
		return strings.ReplaceAll(r.text, "$PAYMENT", o.things["PAYMENT"])
	}
	return o.expand(r.text)
}

// forge names a thing that nobody has in place of the owners'.
func forge(path string) string {
	begin := strings.Index(path, "$")
	end := begin + 1
	for end < len(path) && path[end] >= 'A' && path[end] <= 'Z' {
		end++
	}
	made := map[string]string{"$ORDER": "20200101-00000000", "$BOUGHT": "20200101-00000000", "$QUOTE": "Q20200101-00000000"}[path[begin:end]]
	if made == "" {
		made = "AAAAAAAAAAAAAAAAAAAAAAAAAA"
	}
	return path[:begin] + made + path[end:]
}

// judge says what is wrong with an answer.
func judge(got shoptest.Answer, want string) string {
	ok := false
	switch want {
	case "own":
		ok = got.Status < 500
	case "in":
		ok = got.Status == 401 || got.Status == 303 && strings.Contains(got.Location, "/account/sign-in")
	case "lookup":
		ok = got.Status == 303 && strings.HasPrefix(got.Location, "/orders/lookup?number=")
	default:
		ok = fmt.Sprint(got.Status) == want
	}
	if ok {
		return ""
	}
	return fmt.Sprintf("%d to %q, want %s", got.Status, got.Location, want)
}

// shows fails where an answer shows what is the owners'.
func (o *owners) shows(name, who string, r row, got shoptest.Answer) {
	o.t.Helper()
	all := slices.Concat(secrets, ofDeals)
	if who != "junior" {
		all = slices.Concat(all, ofCompany)
	}
	text := got.Body + "\n" + got.Location + "\n" + strings.Join(got.Header.Values("Set-Cookie"), "\n")
	for _, s := range all {
		typed := strings.Contains(o.expand(r.text)+r.path, s) || strings.Contains(r.text, "haru%2Dsecret")
		if !typed && strings.Contains(text, s) {
			o.t.Errorf("%s: shows %q", name, s)
		}
	}
	for _, thing := range []string{"ORDER", "BOUGHT", "QUOTE", "REQUEST", "ADDRESS", "DEVICE", "PASSKEY", "INVITATION", "PAYMENT", "HARU"} {
		if id := o.things[thing]; !strings.Contains(o.expand(r.path+r.text), id) && strings.Contains(text, id) && !(who == "junior" && thing == "INVITATION") {
			o.t.Errorf("%s: shows $%s", name, thing)
		}
	}
}

// unchanged fails where the owners' things are not as before.
func (o *owners) unchanged(after string, before map[string]string) map[string]string {
	o.t.Helper()
	now := o.has()
	for _, page := range slices.Sorted(maps.Keys(now)) {
		if now[page] != before[page] {
			o.t.Errorf("after %s, %s is another: %s", after, page, difference(before[page], now[page]))
		}
	}
	return now
}

func difference(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	return fmt.Sprintf("%q, was %q", b[max(0, i-80):min(len(b), i+120)], a[max(0, i-80):min(len(a), i+120)])
}
