package web

import (
	"context"
	"crypto/rand"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"myclothes/internal/checkout"
	"myclothes/internal/company"
	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/httpx"
	"myclothes/internal/lang"
	"myclothes/internal/money"
	"myclothes/internal/order"
	"myclothes/internal/payment"
	"myclothes/internal/ui"
)

// form are the values of the checkout's fields, as typed.
type form struct{ url.Values }

// fields of the address page, in their order.
var fields = []string{"contact.name", "contact.phone", "contact.email", "delivery.recipient", "delivery.phone", "delivery.postcode",
	"delivery.road_address", "delivery.detail_address", "delivery.memo"}

func (f form) request() checkout.Request {
	r := checkout.Request{
		Contact: order.Contact{Name: f.Get("contact.name"), Phone: f.Get("contact.phone"), Email: f.Get("contact.email")},
		Delivery: order.Delivery{Recipient: f.Get("delivery.recipient"), Phone: f.Get("delivery.phone"), Postcode: f.Get("delivery.postcode"),
			RoadAddress: f.Get("delivery.road_address"), DetailAddress: f.Get("delivery.detail_address"), Memo: f.Get("delivery.memo")},
		Method: payment.Method(f.Get("payment_method")),
	}
	for _, a := range f.Values["agreements"] {
		r.Agreements = append(r.Agreements, checkout.Agreement(a))
	}
	return r
}

// seen reads back the fields of seenFields, and the digest of what the buyer agreed to. What is not of their form is not compared.
func (f form) seen() checkout.Seen {
	out := checkout.Seen{Prices: map[string]money.Amount{}, Digest: f.Get("agreed")}
	for _, v := range f.Values["seen"] {
		if i := strings.LastIndexByte(v, ':'); i > 0 {
			if price, err := money.Parse(v[i+1:]); err == nil {
				out.Prices[v[:i]] = price
			}
		}
	}
	return out
}

func (s *Web) checkout(w http.ResponseWriter, r *http.Request) error {
	f := form{r.URL.Query()}
	if id := memberID(r); id != "" {
		if err := s.remember(r.Context(), id, f); err != nil {
			return err
		}
	}
	return s.askAddress(w, r, http.StatusOK, f, nil)
}

// remember fills in what a member's account knows: who they are, and their default address.
func (s *Web) remember(ctx context.Context, id customer.ID, f form) error {
	who, _, err := s.Accounts.Store.Customer(ctx, id)
	if err != nil {
		return err
	}
	known := map[string]string{"contact.name": who.Name, "contact.phone": who.Phone, "contact.email": who.Email}
	all, err := s.Accounts.Store.Addresses(ctx, id)
	if err != nil {
		return err
	}
	if len(all) > 0 {
		a := all[0] // the default comes first
		maps.Copy(known, map[string]string{"delivery.recipient": a.Recipient, "delivery.phone": a.Phone, "delivery.postcode": a.Postcode,
			"delivery.road_address": a.Road, "delivery.detail_address": a.Detail, "delivery.memo": a.Memo})
	}
	for name, value := range known {
		if f.Get(name) == "" {
			f.Set(name, value)
		}
	}
	return nil
}

// editCheckout comes back from the review with all that was typed.
func (s *Web) editCheckout(w http.ResponseWriter, r *http.Request) error {
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	return s.askAddress(w, r, http.StatusOK, form{r.PostForm}, nil)
}

// askAddress shows the address page. A cart that cannot be ordered as it is leads back to the cart, which says why.
func (s *Web) askAddress(w http.ResponseWriter, r *http.Request, status int, f form, wrong *fault.Error) error {
	t := words(r)
	q, err := s.Desk.Quote(r.Context(), httpx.Carried(r), "", checkout.Seen{})
	if err != nil {
		return s.backToCart(w, r, err)
	}
	m, _, err := s.frame(r.Context(), t, "/checkout", "주문서 작성", "Checkout")
	if err != nil {
		return err
	}
	v := ui.CheckoutView{Words: t, Form: map[string]ui.Field{}, Lines: q.Lines, Totals: q.Totals, Payment: f.Get("payment_method")}
	for _, name := range fields {
		v.Form[name] = ui.Field{Name: name, Value: f.Get(name)}
	}
	if wrong != nil {
		v.Error = t.T(wrong.Words)
		for _, x := range wrong.Fields {
			if field, ok := v.Form[x.Name]; ok {
				field.Error = t.T(x.Words)
				v.Form[x.Name] = field
			}
		}
	}
	for _, price := range f.Values["seen"] {
		v.Hidden = append(v.Hidden, ui.Hidden{Name: "seen", Value: price})
	}
	if len(v.Hidden) == 0 {
		v.Hidden = seenFields(q.Lines)
	}
	return own(s, w, r, status, ui.Checkout, m, v)
}

// backToCart shows the cart with what is wrong with it. A visitor whose cart is empty because they have just ordered, and who came here by the back
// button, is led to that order.
func (s *Web) backToCart(w http.ResponseWriter, r *http.Request, err error) error {
	if errors.Is(err, fault.CartEmpty) {
		if number, err := s.Desk.Orders.Unpaid(r.Context(), httpx.Carried(r).Owner()); err == nil {
			return goTo(w, r, "/orders/"+number)
		}
	}
	if f := fault.Of(err); f.Kind != fault.Internal && f.Kind != fault.Unavailable {
		return s.showCart(w, r, httpx.Status(f), text(words(r), err))
	}
	return err
}

func (s *Web) review(w http.ResponseWriter, r *http.Request) error {
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	return s.showReview(w, r, http.StatusOK, form{r.PostForm}, nil)
}

// showReview shows everything once more. key is made here, so that sending the page twice places one order.
func (s *Web) showReview(w http.ResponseWriter, r *http.Request, status int, f form, wrong *fault.Error) error {
	t := words(r)
	req, err := f.request().CheckAddress()
	if err != nil {
		bad := fault.Of(err)
		return s.askAddress(w, r, httpx.Status(bad), f, bad)
	}
	q, err := s.Desk.Quote(r.Context(), httpx.Carried(r), req.Delivery.RoadAddress, f.seen())
	if err != nil {
		return s.backToCart(w, r, err)
	}
	m, _, err := s.frame(r.Context(), t, "/checkout", "주문 확인", "Review your order")
	if err != nil {
		return err
	}
	buyer, err := s.Desk.Buyer(r.Context(), httpx.Carried(r))
	if err != nil {
		return err
	}
	terms, err := s.terms(r, buyer)
	if err != nil {
		return err
	}
	v := ui.ReviewView{Words: t, Ask: !buyer.MayOrder(), Terms: terms, Lines: q.Lines, Totals: q.Totals, Changed: q.Changed, Contact: req.Contact, Delivery: req.Delivery,
		Methods: waysToPay(t, req.Method, buyer), Agreements: agreements(t, f, wrong), Hidden: f.hidden(q)}
	if wrong != nil {
		v.Error = t.T(wrong.Words)
	}
	return own(s, w, r, status, ui.Review, m, v)
}

// hidden carries everything that was typed, what the page shows, and the key of the order to be.
func (f form) hidden(q checkout.Quote) []ui.Hidden {
	var out []ui.Hidden
	for _, name := range fields {
		out = append(out, ui.Hidden{Name: name, Value: f.Get(name)})
	}
	key := f.Get("key")
	if key == "" {
		key = rand.Text()
	}
	out = append(out, ui.Hidden{Name: "key", Value: key}, ui.Hidden{Name: "agreed", Value: q.Digest()})
	return append(out, seenFields(q.Lines)...)
}

// methods lists the ways to pay; the first is chosen where none was, which costs nothing and commits to nothing.
func methods(t ui.Words, chosen payment.Method) []ui.MethodChoice {
	var out []ui.MethodChoice
	for i, m := range payment.Methods {
		known := slices.Contains(payment.Methods, chosen)
		out = append(out, ui.MethodChoice{Method: m, Text: t.Method(m), Chosen: m == chosen || (!known && i == 0)})
	}
	return out
}

// waysToPay are methods, and for a company with credit on account too.
func waysToPay(t ui.Words, chosen payment.Method, b company.Buyer) []ui.MethodChoice {
	out := methods(t, chosen)
	if !b.OnAccount() {
		return out
	}
	if chosen == payment.Invoice {
		out[0].Chosen = false
	}
	return append(out, ui.MethodChoice{Method: payment.Invoice, Text: t.Method(payment.Invoice), Chosen: chosen == payment.Invoice})
}

// terms says what is left of a company's credit.
func (s *Web) terms(r *http.Request, b company.Buyer) (string, error) {
	if !b.OnAccount() {
		return "", nil
	}
	owed, err := s.Business.Store.Owed(r.Context(), b.Company)
	left, days, t := max(0, b.Terms.CreditLimit-owed), strconv.Itoa(b.Terms.DaysToPay), words(r)
	return t.Say("후불은 "+t.Won(left)+"까지 쓸 수 있고, 주문 후 "+days+"일 안에 계좌로 보내 주시면 돼요.", "Up to "+t.Won(left)+" on account, to be transferred within "+days+" days of ordering."), err
}

var agreementTexts = map[checkout.Agreement]struct {
	text    lang.Text
	address string
}{
	checkout.AgreeTerms:    {lang.Text{KO: "(필수) 이용약관에 동의해요", EN: "(Required) I agree to the terms of use"}, "/legal/terms"},
	checkout.AgreePrivacy:  {lang.Text{KO: "(필수) 주문 처리를 위한 개인정보 수집·이용에 동의해요", EN: "(Required) I agree that my personal data is used to process this order"}, "/legal/privacy"},
	checkout.AgreePurchase: {lang.Text{KO: "(필수) 주문 내용과 결제 금액을 확인했고 구매에 동의해요", EN: "(Required) I have checked the order and the amount, and agree to buy"}, ""},
}

// agreements lists the consents. Ticks of the buyer stay while only something else was wrong; after a change of price they are asked for anew.
func agreements(t ui.Words, f form, wrong *fault.Error) []ui.AgreementChoice {
	var out []ui.AgreementChoice
	for _, a := range checkout.Agreements {
		x := agreementTexts[a]
		c := ui.AgreementChoice{Name: string(a), Text: t.T(x.text)}
		if x.address != "" {
			c.Address = t.To(x.address)
		}
		if wrong != nil {
			c.Ticked = slices.Contains(f.Values["agreements"], string(a)) && !errors.Is(wrong, fault.PriceChanged)
			for _, field := range wrong.Fields {
				if field.Name == "agreements."+string(a) {
					c.Error = t.T(field.Words)
				}
			}
		}
		out = append(out, c)
	}
	return out
}

// place orders and sends the browser to pay.
func (s *Web) place(w http.ResponseWriter, r *http.Request) error {
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	f := form{r.PostForm}
	was := httpx.Carried(r)
	got, next, err := s.Desk.Place(r.Context(), was, f.Get("key"), f.request(), f.seen(), httpx.Lang(r))
	if bad := fault.Of(err); bad != nil {
		if bad.Code == fault.BadRequest.Code || bad.Code == fault.PriceChanged.Code || bad.Code == fault.CreditLimit.Code || bad.Code == fault.NeedsApproval.Code {
			return s.showReview(w, r, httpx.Status(bad), f, bad)
		}
		if errors.Is(bad, fault.KeyReused) { // the page was sent before, then changed: that order is theirs
			detail, _ := bad.Detail.(map[string]any)
			number, _ := detail["number"].(string)
			return goTo(w, r, "/orders/"+number)
		}
		if errors.Is(bad, fault.OutOfStock) || errors.Is(bad, fault.UnknownSKU) || errors.Is(bad, fault.TooFew) || errors.Is(bad, fault.CartEmpty) {
			return s.backToCart(w, r, bad)
		}
		return err
	}
	s.Visitors.Carry(w, was, next)
	return toPayment(w, r, got)
}

// toPayment sends the browser to where the order is paid, or to the order where there is nothing to pay or no place to.
func toPayment(w http.ResponseWriter, r *http.Request, got checkout.Receipt) error {
	p := got.Payments[len(got.Payments)-1]
	if got.Order.Status.Payable() && p.State == payment.Ready && p.CheckoutURL != "" {
		http.Redirect(w, r, p.CheckoutURL, http.StatusSeeOther)
		return nil
	}
	if p.State == payment.Owed {
		return goTo(w, r, "/orders/"+got.Order.Number+"?complete")
	}
	return goTo(w, r, "/orders/"+got.Order.Number)
}
