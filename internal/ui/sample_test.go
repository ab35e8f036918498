package ui

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"myclothes/internal/cart"
	"myclothes/internal/catalog"
	"myclothes/internal/checkout"
	"myclothes/internal/customer"
	"myclothes/internal/demo"
	"myclothes/internal/lang"
	"myclothes/internal/order"
	"myclothes/internal/payment"
)

var seller = Seller{
	Name: "주식회사 마이클로즈", Representative: "김하늘", Address: "서울특별시 성동구 연무장길 1, 3층", Phone: "02-1234-5678", Email: "help@myclothes.example",
	BusinessNumber: "220-81-62517", MailOrder: "제2026-서울성동-00000호", Hosting: "주식회사 마이클로즈", PrivacyOfficer: "이도윤",
}

// sample is a page as it might be seen, before the frame.
type sample struct {
	name   string
	meta   Meta
	view   any // pointer to the view
	alone  bool
	render func(*Site) (Doc, error)
}

func of[V any](name, path, title string, w Words, p Page[V], v V) *sample {
	s := &sample{name: name, view: &v}
	s.meta = Meta{Words: w, Title: title, Description: title, Path: path, Tree: catalog.NewTree(demo.Categories()), Here: "clothing", Preload: "demo/1/x.svg"}
	s.render = func(site *Site) (Doc, error) { return Render(site, p, s.meta, v) }
	return s
}

// partOf is a sample that is no page of its own.
func partOf[V any](name string, w Words, p Page[V], v V) *sample {
	return &sample{name: name, view: &v, alone: true, render: func(*Site) (Doc, error) { return Fragment(p, w, v) }}
}

func tops() []catalog.Category {
	return catalog.NewTree(demo.Categories()).Children("")
}

func cards(w Words, from, n int) []Card {
	var out []Card
	for _, p := range products()[from:] {
		c := p.Card()
		c.SoldOut = len(out) == 3
		out = append(out, Card{Words: w, Card: c, Address: w.Item(c.ID, c.Slug), Lazy: len(out) > 3})
		if len(out) == n {
			break
		}
	}
	return out
}

func topLinks(w Words) []Link {
	var out []Link
	for _, c := range tops() {
		out = append(out, Link{Address: w.To("/c/" + c.Slug), Text: w.T(c.Name)})
	}
	return out
}

func brandLinks(w Words) []Link {
	var out []Link
	for _, b := range demo.Brands() {
		out = append(out, Link{Address: w.To("/b/" + b.Slug), Text: w.T(b.Name)})
	}
	return out
}

var catalogue = sync.OnceValue(func() []catalog.Product {
	var out []catalog.Product
	for it := range demo.Items(0) {
		out = append(out, it.Product)
	}
	return out
})

// products returns the demo's catalogue; the caller may change it.
func products() []catalog.Product {
	out := slices.Clone(catalogue())
	for i := range out {
		p := &out[i]
		p.Images, p.Variants, p.Facts, p.Seasons = slices.Clone(p.Images), slices.Clone(p.Variants), maps.Clone(p.Facts), slices.Clone(p.Seasons)
		p.Measures.Points, p.Measures.Rows = slices.Clone(p.Measures.Points), slices.Clone(p.Measures.Rows)
	}
	return out
}

func offer(p catalog.Product, i int) catalog.Offer {
	v := p.Variants[i%len(p.Variants)]
	return catalog.Offer{
		SKU: v.SKU, ProductID: p.ID, ProductSlug: p.Slug, Brand: p.Brand.Name, Name: p.Name, Color: v.Color.Name, Size: v.Size.Label,
		Image: p.Images[0].Path, Price: v.Price, ListPrice: v.ListPrice, Available: 7, OnSale: true,
	}
}

func lines() []cart.PricedLine {
	all := products()
	return []cart.PricedLine{{Offer: offer(all[2], 1), Quantity: 1}, {Offer: offer(all[40], 2), Quantity: 2}, {Offer: offer(all[75], 0), Quantity: 1}}
}

func orderLines(priced []cart.PricedLine) []order.Line {
	var out []order.Line
	for _, l := range priced {
		out = append(out, order.Line{
			SKU: l.SKU, ProductID: l.ProductID, ProductSlug: l.ProductSlug, Brand: l.Brand, Name: l.Name, Color: l.Color, Size: l.Size,
			Image: l.Image, Quantity: l.Quantity, UnitPrice: l.Price, ListPrice: l.ListPrice,
		})
	}
	return out
}

func priced(ls []cart.PricedLine) cart.Priced {
	p := cart.Priced{Lines: ls, Delivery: 3000}
	for _, l := range ls {
		p.Subtotal += l.Total()
	}
	p.Total = p.Subtotal + p.Delivery
	return p
}

func productView(w Words) ProductView {
	p := products()[2]
	v := ProductView{
		Words: w, Product: p, BrandAddress: w.To("/b/" + p.Brand.Slug), Price: 39000, ListPrice: 59000, Add: w.Item(p.ID, p.Slug), Quantity: "1",
		Crumbs: []Link{{Address: w.To("/c/clothing"), Text: w.Say("의류", "Clothing")}, {Address: w.To("/c/tops"), Text: w.Say("상의", "Tops")}, {Address: w.To("/c/shirts"), Text: w.Say("셔츠", "Shirts"), Here: true}},
	}
	rules := catalog.NewTree(demo.Categories()).Rules(p.Category)
	v.Plan, v.Notice, v.SaleEnds, v.With, v.Policy = rules.Plan, rules.Notice, time.Date(2026, 11, 30, 15, 0, 0, 0, time.UTC), cards(w, 30, 4), DeliveryFacts{Fee: 3000, FreeFrom: 50000, Island: 3000}
	for i, c := range p.Colors() {
		choice := ColorChoice{Color: c, Chosen: i == 0}
		for _, img := range p.Images {
			if img.Color == c.Code {
				choice.Photos = append(choice.Photos, Photo{img.Path, w.Picture(img.Path), w.Sources(img.Path), w.T(img.Alt)})
			}
		}
		choice.Picture = choice.Photos[0].Src
		v.Choices = append(v.Choices, choice)
	}
	v.Gallery = v.Choices[0].Photos
	for i, s := range p.Sizes() {
		left := ""
		for j, c := range p.Colors() {
			if j > 0 {
				left += " "
			}
			left += c.Code + ":" + strconv.Itoa((i+j*2)%4)
		}
		v.Sizes = append(v.Sizes, SizeChoice{Label: s.Label, SoldOut: i == 1, Left: left})
	}
	return v
}

func banners(w Words) []Banner {
	var out []Banner
	for _, b := range demo.Banners() {
		out = append(out, Banner{w.T(b.Title), w.T(b.Text), w.T(b.Alt), w.To(b.Link), w.Picture(b.Path), w.Picture(b.TallPath)})
	}
	return out
}

func filtersOf(w Words) Filters {
	f := Filters{Action: w.To("/c/tops"), Clear: w.To("/c/tops"), Hidden: []Hidden{{"sort", "new"}}, Sale: Choice{Count: 4}, Stock: Choice{Count: 9, Chosen: true},
		Chosen: []Link{{w.To("/c/tops"), w.Say("블랙", "Black"), false}}}
	for i, c := range catalog.Families {
		f.Colors = append(f.Colors, Choice{Value: string(c), Text: w.Family(c), Count: i + 1, Chosen: i == 0})
	}
	var sizes []Choice
	for _, s := range catalog.Schemes {
		for _, label := range s.Scheme {
			sizes = append(sizes, Choice{Value: label, Text: label, Count: 2, Chosen: label == "M"})
		}
	}
	f.Sizes = BySystem(w, sizes)
	for _, b := range []string{"0-30000", "30001-50000", "200001-"} {
		f.Prices = append(f.Prices, Choice{Value: b, Text: b, Count: 3})
	}
	for _, b := range demo.Brands() {
		f.Brands = append(f.Brands, Choice{Value: b.Slug, Text: w.T(b.Name), Count: 5})
	}
	return f
}

func methods(w Words) []MethodChoice {
	return []MethodChoice{{Method: payment.Card, Text: w.Say("신용·체크카드", "Card")}, {Method: payment.Transfer, Text: w.Say("계좌이체", "Bank transfer")}}
}

var (
	contact = order.Contact{Name: "홍길동", Phone: "01012345678", Email: "gildong@example.com"}
	address = order.Delivery{Recipient: "홍길동", Phone: "01012345678", Postcode: "63122", RoadAddress: "제주특별자치도 제주시 문연로 6", DetailAddress: "101동 1203호", Memo: "부재 시 문 앞에 놓아 주세요"}
	placed  = time.Date(2026, 11, 22, 5, 0, 0, 0, time.UTC)
)

func form(bad bool) map[string]Field {
	values := map[string]string{
		"contact.name": contact.Name, "contact.phone": contact.Phone, "contact.email": contact.Email, "delivery.recipient": "", "delivery.phone": "",
		"delivery.postcode": "123", "delivery.road_address": "", "delivery.detail_address": "", "delivery.memo": "",
	}
	f := map[string]Field{}
	for name, value := range values {
		if !bad {
			value = ""
		}
		f[name] = Field{Name: name, Value: value}
	}
	if bad {
		f["delivery.postcode"] = Field{"delivery.postcode", "123", "우편번호 5자리를 입력해 주세요."}
		f["delivery.recipient"] = Field{"delivery.recipient", "", "받는 분 이름을 입력해 주세요."}
	}
	return f
}

func orderView(w Words, s order.Status) OrderView {
	ls := orderLines(lines())
	v := OrderView{Words: w, Order: order.Order{
		Number: "20261122-7K2M9QXR", Status: s, Lang: w.Lang, Lines: ls, Totals: order.Sum(ls, 0, 3000), Contact: contact, Delivery: address,
		PlacedAt: placed, HoldUntil: placed.Add(30 * time.Minute), History: []order.Event{{At: placed, To: order.AwaitingPayment, Reason: order.ByBuyer}},
	}}
	v.Payment = payment.Payment{Order: v.Number, Method: payment.Card, State: payment.Ready, Amount: v.Totals.Total, CheckoutURL: "https://pay.example/1"}
	if s == order.Paid {
		v.Payment.State = payment.Captured
	}
	if s != order.AwaitingPayment {
		v.History = append(v.History, order.Event{At: placed.Add(time.Minute), From: order.AwaitingPayment, To: s, Reason: order.ByPayment})
	}
	return v
}

// accountView is an account with something in each of its parts, of which one is shown.
func accountView(w Words, part string) AccountView {
	v := AccountView{Words: w, Heading: w.Say("내 계정", "Your account"), Part: part, Recent: cards(w, 3, 4),
		Who: &customer.Customer{Name: "김하루", Email: "haru@example.com", Phone: "01012345678"}}
	for i, c := range cards(w, 8, 5) {
		v.Wishes = append(v.Wishes, WishCard{c, i == 1, w.To("/account/wishlist/" + strconv.FormatInt(c.ID, 10) + "/delete")})
	}
	v.HasPassword, v.MayAddPasskey = true, true
	v.Elsewhere = []Elsewhere{{w.Say("카카오", "Kakao"), w.To("/account/social/kakao"), w.When(placed)}, {w.Say("네이버", "Naver"), w.To("/account/social/naver"), ""}}
	v.Passkeys = []customer.Passkey{{ID: "AbC-_1", Name: "Chrome, Mac", Synced: customer.IsSynced, Since: placed, Used: placed}, {ID: "x2", Name: "YubiKey", Since: placed, Used: placed}}
	return v
}

func signInForm(w Words) FormView {
	return FormView{Words: w, Heading: w.Say("로그인", "Sign in"), Action: w.To("/account/sign-in"), Submit: w.Say("로그인", "Sign in"),
		Inputs:  []Input{{Field: Field{Name: "email"}, Label: w.Say("메일 주소", "Mail address"), Type: "email"}},
		Doors:   []Door{{"kakao", w.To("/account/social/kakao"), w.Say("카카오로 로그인", "Sign in with Kakao"), "/cart"}, {"naver", w.To("/account/social/naver"), w.Say("네이버로 로그인", "Sign in with Naver"), ""}},
		Passkey: &PasskeyAsk{Words: w, Action: w.To("/account/sign-in/passkey"), Ask: w.To("/account/passkeys/ask"), Text: w.Say("패스키로 로그인", "Sign in with a passkey"), Next: "/cart"}}
}

func samples(t lang.Tag) []*sample {
	w := Words{t}
	hidden := []Hidden{{"seen.SH-003-WHITE-M", "39000"}, {"contact.name", "홍길동"}}
	crumbs := []Link{{Address: w.To("/c/clothing"), Text: w.Say("의류", "Clothing")}, {Address: w.To("/c/tops"), Text: w.Say("상의", "Tops"), Here: true}}
	var sorts []Link
	for i, s := range []string{w.Say("신상품순", "Newest"), w.Say("판매순", "Best-selling"), w.Say("낮은 가격순", "Price: low"), w.Say("높은 가격순", "Price: high"), w.Say("할인율순", "Discount")} {
		sorts = append(sorts, Link{w.To("/c/tops?sort=" + strconv.Itoa(i)), s, i == 0})
	}
	var below []Choice
	for i, c := range catalog.NewTree(demo.Categories()).Children("tops") {
		below = append(below, Choice{Value: c.Slug, Text: w.T(c.Name), Count: 7 + i, Address: w.To("/c/" + c.Slug)})
	}
	filters := filtersOf(w)
	none := filters
	none.Chosen = nil

	bad := lines()
	bad[1].Available = 1
	bad[2].Available = 0
	bad = append(bad, cart.PricedLine{Offer: catalog.Offer{SKU: "OLD-001"}, Quantity: 1})
	ok := priced(lines())
	totals := order.Sum(orderLines(lines()), 0, 0)
	added, wrong, gone := productView(w), productView(w), productView(w)
	added.Added = true
	wrong.Error = w.Say("사이즈를 골라 주세요.", "Choose a size.")
	gone.Stopped = true
	paid, waiting, payable, cancelled := orderView(w, order.Paid), orderView(w, order.PaymentUnknown), orderView(w, order.AwaitingPayment), orderView(w, order.Cancelled)
	paid.Complete, paid.CanEnd = true, true
	waiting.Waiting = true
	payable.CanPay, payable.CanEnd, payable.Methods = true, true, methods(w)
	payable.Error = w.Say("결제가 승인되지 않았어요. 다른 결제 수단으로 다시 시도해 주세요.", "The payment was refused. Please try another way to pay.")
	cancelled.Refund = w.Say("카드 결제를 취소했어요. 카드사에 따라 3~5일 안에 돌려받으세요.", "Your card payment was cancelled and will be back in 3 to 5 days.")
	review := ReviewView{
		Words: w, Lines: lines(), Totals: order.Sum(orderLines(lines()), 0, 3000), Changed: []checkout.Change{{Name: lines()[0].Offer, Was: 36000, Now: lines()[0].Price}},
		Contact: contact, Delivery: address, Methods: methods(w), Hidden: hidden,
		Agreements: []AgreementChoice{
			{Name: "terms", Text: w.Say("이용약관에 동의해요 (필수)", "I agree to the terms of use (required)"), Address: w.To("/legal/terms")},
			{Name: "privacy", Text: w.Say("주문을 위한 개인정보 수집·이용에 동의해요 (필수)", "I agree to the use of my data for this order (required)"), Address: w.To("/legal/privacy"), Ticked: true},
			{Name: "purchase", Text: w.Say("주문 내용을 확인했고 결제에 동의해요 (필수)", "I have checked the order and agree to pay (required)"), Error: w.Say("동의가 필요해요.", "Your consent is needed.")},
		},
	}
	facts := DeliveryFacts{Fee: 3000, FreeFrom: 50000, Island: 3000, HoldMinutes: 30}
	legals := []Link{{w.To("/legal/guide"), w.Say("배송·교환·반품", "Delivery & returns"), false}, {w.To("/legal/terms"), w.Say("이용약관", "Terms"), false}, {w.To("/legal/privacy"), w.Say("개인정보처리방침", "Privacy"), false}}
	story := demo.Brands()[0]

	all := []*sample{
		of("home", "/", "", w, Home, HomeView{Words: w, Banners: banners(w), New: cards(w, 20, 8), Best: cards(w, 0, 8), Sale: cards(w, 50, 4), Doors: topLinks(w), Brands: brandLinks(w)}),
		of("list", "/c/tops", w.Say("상의", "Tops"), w, List, ListView{Words: w, Kind: "category", Heading: w.Say("상의", "Tops"), Crumbs: crumbs, Below: below, Filters: filters, Cards: cards(w, 0, 14), Total: 48, Sorts: sorts, Next: w.To("/c/tops?cursor=x"), First: w.To("/c/tops")}),
		of("list-brand", "/b/damgyeol", w.T(story.Name), w, List, ListView{Words: w, Kind: "brand", Heading: w.T(story.Name), Story: w.T(story.Story), Filters: none, Cards: cards(w, 0, 3), Total: 3, Sorts: sorts}),
		of("list-search", "/search?q=x", w.Say("검색", "Search"), w, List, ListView{Words: w, Kind: "search", Query: "neavy", Instead: "navy", Dropped: []string{"zzz"}, Filters: none, Cards: cards(w, 5, 4), Total: 4, Sorts: sorts}),
		of("list-filtered-out", "/c/tops?color=red", w.Say("상의", "Tops"), w, List, ListView{Words: w, Kind: "category", Heading: w.Say("상의", "Tops"), Filters: filters, Sorts: sorts}),
		partOf("added", w, Added, AddedView{Words: w, Priced: ok, Count: 4, Line: ok.Lines[0], UntilFree: 11000}),
		partOf("added-error", w, Added, AddedView{Words: w, Error: w.Say("재고가 부족해요.", "There is not enough in stock.")}),
		partOf("suggest", w, Suggest, SuggestView{Words: w, Ways: []WayOn{{w.Say("카테고리", "Category"), w.Say("셔츠", "Shirts"), w.To("/c/shirts"), 12}, {"", "oxford", w.To("/search?q=oxford"), 0}}}),
		of("list-empty", "/search?q=x", w.Say("검색", "Search"), w, List, ListView{Words: w, Kind: "search", Query: "zzz", Ways: topLinks(w)}),
		of("product", "/products/3", w.T(added.Product.Name), w, Product, productView(w)),
		of("product-added", "/products/3", w.T(added.Product.Name), w, Product, added),
		of("product-error", "/products/3", w.T(added.Product.Name), w, Product, wrong),
		of("product-stopped", "/products/3", w.T(added.Product.Name), w, Product, gone),
		of("cart", "/cart", w.Say("장바구니", "Cart"), w, Cart, CartView{Words: w, Priced: ok, UntilFree: 11000, Buyable: true, Seen: hidden}),
		of("cart-bad", "/cart", w.Say("장바구니", "Cart"), w, Cart, CartView{Words: w, Priced: priced(bad), Error: w.Say("재고가 부족해요.", "There is not enough in stock.")}),
		of("cart-empty", "/cart", w.Say("장바구니", "Cart"), w, Cart, CartView{Words: w}),
		of("checkout", "/checkout", w.Say("주문서", "Checkout"), w, Checkout, CheckoutView{Words: w, Form: form(false), Lines: lines(), Totals: totals, Hidden: hidden}),
		of("checkout-bad", "/checkout", w.Say("주문서", "Checkout"), w, Checkout, CheckoutView{Words: w, Form: form(true), Lines: lines(), Totals: totals, Error: w.Say("입력한 내용을 확인해 주세요.", "Please check what you entered.")}),
		of("review", "/checkout", w.Say("주문 확인", "Review"), w, Review, review),
		of("order-paid", "/orders/1", w.Say("주문", "Order"), w, Order, paid),
		of("order-waiting", "/orders/1", w.Say("주문", "Order"), w, Order, waiting),
		of("order-payable", "/orders/1", w.Say("주문", "Order"), w, Order, payable),
		of("order-cancelled", "/orders/1", w.Say("주문", "Order"), w, Order, cancelled),
		of("lookup", "/orders/lookup", w.Say("주문 조회", "Orders"), w, LookUp, LookUpView{Words: w, Number: Field{"number", "2026", w.Say("주문번호를 확인해 주세요.", "Check the number.")}, Phone: Field{Name: "phone"}}),
		of("legal-terms", "/legal/terms", w.Say("이용약관", "Terms"), w, Legal, LegalView{w, seller, "terms", facts, legals}),
		of("legal-privacy", "/legal/privacy", w.Say("개인정보처리방침", "Privacy"), w, Legal, LegalView{w, seller, "privacy", facts, legals}),
		of("legal-guide", "/legal/guide", w.Say("안내", "Guide"), w, Legal, LegalView{w, seller, "guide", facts, legals}),
		of("seen", "/seen", w.Say("최근 본 상품", "Recently seen"), w, Seen, SeenView{w, cards(w, 3, 6)}),
		of("seen-empty", "/seen", w.Say("최근 본 상품", "Recently seen"), w, Seen, SeenView{Words: w}),
		of("account", "/account", w.Say("내 계정", "Your account"), w, Account, accountView(w, "home")),
		of("account-wishlist", "/account/wishlist", w.Say("찜", "Wish list"), w, Account, accountView(w, "wishlist")),
		of("account-keys", "/account/keys", w.Say("로그인 방법", "Ways to sign in"), w, Account, accountView(w, "keys")),
		of("form", "/account/sign-in", w.Say("로그인", "Sign in"), w, Form, signInForm(w)),
		of("mails", "/demo/mail", w.Say("메일", "Mail"), w, Mails, MailsView{w, []Mail{{"1", "gildong@example.com", w.Say("주문이 결제됐어요", "Your order is paid"), "20261122-7K2M9QXR\n\n62,000", "2026. 11. 22. 14:00"}}}),
		of("mails-empty", "/demo/mail", w.Say("메일", "Mail"), w, Mails, MailsView{Words: w}),
	}
	for _, status := range []int{400, 403, 404, 405, 429, 500, 503} {
		all = append(all, of("problem-"+strconv.Itoa(status), "", w.Say("문제", "Problem"), w, Problem, ProblemView{w, status, w.Say("찾으시는 페이지가 없어요.", "We could not find that page."), "req-7f3a", topLinks(w)}))
	}
	return append(all, companySamples(w)...)
}

func newSite(t *testing.T) *Site {
	t.Helper()
	s, err := New(Site{Seller: seller, BaseURL: "https://shop.example", Demo: true})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestWritePages writes every page, with its pictures, into the folder MYCLOTHES_PAGES, for looking at them.
func TestWritePages(t *testing.T) {
	dir := os.Getenv("MYCLOTHES_PAGES")
	if dir == "" {
		return
	}
	put := func(name string, data []byte) {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, a := range byHashed {
		put("static/"+name, a.data)
	}
	for it := range demo.Items(0) {
		for _, p := range it.Pictures {
			put("media/"+p.Path, p.SVG)
		}
	}
	site := newSite(t)
	for _, tag := range []lang.Tag{lang.Korean, lang.English} {
		for _, s := range samples(tag) {
			put(string(tag)+"/"+s.name+".html", written(t, site, s, 3))
		}
	}
}
