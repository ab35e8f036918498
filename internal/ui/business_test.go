package ui

import (
	"testing"

	"myclothes/internal/business"
	"myclothes/internal/catalog"
	"myclothes/internal/company"
	"myclothes/internal/lang"
	"myclothes/internal/money"
	"myclothes/internal/order"
	"myclothes/internal/payment"
)

// companySamples are the pages of companies, and what companies see of others.
func companySamples(w Words) []*sample {
	firm := company.Company{ID: "A", Status: company.Approved, Terms: company.Terms{PriceList: "a", CreditLimit: 1_000_000, DaysToPay: 30},
		Application: company.Application{Registration: "2208162517", Name: w.Say("하루상사", "Haru Trading"), Representative: "Kim", Trade: "Retail", Item: "Clothes", Mail: "tax@example.com"}}
	view := func(part string) BusinessView {
		return BusinessView{Words: w, Heading: w.Say("회사", "Company"), Ways: []Link{{Address: w.To("/business"), Text: w.Say("회사", "Company"), Here: true}}, Part: part, Company: firm, Roles: company.All, Owed: 78_000, Left: 922_000}
	}
	applied, refused, suspended := view("home"), view("home"), view("home")
	applied.Company.Status, refused.Company.Status, suspended.Company.Status = company.Applied, company.Refused, company.Suspended
	buyers, orders, requests, quotes := view("buyers"), view("orders"), view("requests"), view("quotes")
	buyers.Buyers = []BuyerRow{{ID: "B", Name: "Kim", Mail: "kim@example.com", Roles: company.All, You: true}, {ID: "C", Name: "Lee", Mail: "lee@example.com", Roles: company.Roles{Buys: true}}}
	buyers.Invited = []InvitedRow{{ID: "I", Mail: "new@example.com", Until: "2026. 12. 1.", Roles: company.Roles{Pays: true}}}
	buyers.Mail, buyers.NoRoles, buyers.Error = Field{Name: "email", Value: "x", Error: w.Say("메일 주소를 확인해 주세요.", "Check the mail address.")}, w.Say("역할을 골라 주세요.", "Choose a role."), w.Say("입력한 내용을 확인해 주세요.", "Please check.")
	orders.Orders = []BoughtRow{{OrderRow: OrderRow{Number: "20261122-7K2M9QXR", Address: w.To("/orders/20261122-7K2M9QXR"), Title: "Shirt", Status: order.Paid, Total: 78_000, At: placed}, State: w.Standing(order.Paid, payment.Owed), Due: "2026. 12. 22.", MayAsk: true}}
	requests.Requests = []RequestRow{{Address: w.To("/business/requests/R"), Who: "Lee", State: w.RequestState(business.Open), At: w.When(placed), Title: "2"}}
	quotes.Quotes = []QuoteRow{{Number: "Q20261122-7K2M9QXR", Address: w.To("/business/quotes/Q20261122-7K2M9QXR"), At: w.Day(placed), Until: w.Day(placed), Total: 78_000}}
	wrong := QuickOrderView{Words: w, List: "A x", Error: w.Say("입력한 내용을 확인해 주세요.", "Please check."), Wrong: []business.Wrong{{Line: 1, Text: "A x", Why: lang.Text{KO: "수량은 1 이상의 숫자여야 해요.", EN: "The quantity must be a number."}}}}
	ls := lines()
	request := RequestView{Words: w, ID: "R", State: w.RequestState(business.Open), Open: true, Who: "Lee", At: w.When(placed), Lines: ls, Totals: order.Sum(orderLines(ls), 0, 0), Delivery: address, Method: payment.Invoice, MayApprove: true,
		Agreements: []AgreementChoice{{Name: "terms", Text: "terms", Address: w.To("/legal/terms")}}, Hidden: []Hidden{{"agreed", "x"}}}
	done := request
	done.Open, done.MayApprove, done.Own, done.Order, done.Why, done.Lines = false, false, true, w.To("/orders/1"), w.Say("품절이에요.", "Sold out."), nil
	quote := QuoteView{Words: w, Seller: seller, Company: firm, Quote: business.Quote{Number: "Q20261122-7K2M9QXR", MadeAt: placed, ValidUntil: placed.AddDate(0, 0, 14), Totals: order.Totals{Subtotal: 36_270, Delivery: 3000, Total: 39_270, Supply: 35_700, VAT: 3570},
		Lines: []business.QuoteLine{{SKU: "A", Name: ls[0].Name, Color: ls[0].Color, Size: "M", Quantity: 1, Unit: 36_270, Supply: 32_973, VAT: 3297}}}}
	dealt := productView(w)
	dealt.Deals = []DealRow{{Options: w.Say("네이비 / M", "Navy / M"), Least: 3, Prices: []DealPrice{{3, 35_000, 31_818}, {10, 30_000, 27_273}}}, {Least: 1, Prices: []DealPrice{{1, 35_000, 31_818}}}}
	cart := CartView{Words: w, Priced: priced(ls), MayQuote: true}
	cart.Company = "A"
	for i := range cart.Lines {
		cart.Lines[i].Deal = catalog.Deal{Company: "A", Least: 2}
	}
	owed := orderView(w, order.Paid)
	owed.Payment.Method, owed.Payment.State, owed.Due, owed.Complete = payment.Invoice, payment.Owed, "2026. 12. 22.", true
	return []*sample{
		of("business-home", "/business", w.Say("회사", "Company"), w, Business, view("home")),
		of("business-applied", "/business", w.Say("회사", "Company"), w, Business, applied),
		of("business-refused", "/business", w.Say("회사", "Company"), w, Business, refused),
		of("business-suspended", "/business", w.Say("회사", "Company"), w, Business, suspended),
		of("business-buyers", "/business/buyers", w.Say("구매자", "Buyers"), w, Business, buyers),
		of("business-orders", "/business/orders", w.Say("주문", "Orders"), w, Business, orders),
		of("business-requests", "/business/requests", w.Say("요청", "Requests"), w, Business, requests),
		of("business-quotes", "/business/quotes", w.Say("견적서", "Quotes"), w, Business, quotes),
		of("quickorder", "/business/order", w.Say("빠른 주문", "Quick order"), w, QuickOrder, QuickOrderView{Words: w}),
		of("quickorder-wrong", "/business/order", w.Say("빠른 주문", "Quick order"), w, QuickOrder, wrong),
		of("request", "/business/requests/R", w.Say("요청", "Request"), w, Request, request),
		of("request-done", "/business/requests/R", w.Say("요청", "Request"), w, Request, done),
		of("quote", "/business/quotes/Q", w.Say("견적서", "Quote"), w, Quote, quote),
		of("product-dealt", "/products/3", w.T(dealt.Product.Name), w, Product, dealt),
		of("cart-business", "/cart", w.Say("장바구니", "Cart"), w, Cart, cart),
		of("review-ask", "/checkout", w.Say("확인", "Review"), w, Review, ReviewView{Words: w, Ask: true, Terms: "x", Lines: ls, Totals: order.Sum(orderLines(ls), 0, 0), Contact: contact, Delivery: address, Methods: methods(w)}),
		of("order-owed", "/orders/1", w.Say("주문", "Order"), w, Order, owed),
	}
}

func TestTheTradeOfCompaniesHasWords(t *testing.T) {
	for _, tag := range tags {
		w := Words{tag}
		said := []string{w.Attempt(payment.Payment{Method: payment.Invoice, State: payment.Owed}), w.Standing(order.Paid, payment.Owed), w.Moved(order.Event{To: order.Paid, Reason: order.ByAccount}), w.Because(order.ByAccount), w.RoleWords(company.All)}
		for _, s := range []company.Status{company.Applied, company.Approved, company.Refused, company.Suspended} {
			said = append(said, w.CompanyStatus(s))
		}
		for _, s := range []business.RequestState{business.Open, business.Ordered, business.Declined, business.Withdrawn} {
			said = append(said, w.RequestState(s))
		}
		for _, s := range []business.TaxState{business.TaxRequested, business.TaxExported, business.TaxWithdrawn, business.TaxToCorrect} {
			said = append(said, w.TaxState(s))
		}
		for i, s := range said {
			if len(s) < 4 {
				t.Errorf("%s: number %d is %q", tag, i, s)
			}
		}
	}
	if got := (Words{lang.Korean}).RoleWords(company.Roles{Buys: true, Pays: true}); got != "구매 · 결제" {
		t.Error(got)
	}
	var q QuoteView
	q.Totals.Supply, q.Totals.Delivery = 2727, 3000
	if q.DeliverySupply() != 2727 || q.DeliveryVAT() != money.Amount(273) {
		t.Error(q.DeliverySupply(), q.DeliveryVAT())
	}
}
