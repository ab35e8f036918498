package ui

import (
	"myclothes/internal/business"
	"myclothes/internal/cart"
	"myclothes/internal/company"
	"myclothes/internal/customer"
	"myclothes/internal/lang"
	"myclothes/internal/money"
	"myclothes/internal/order"
	"myclothes/internal/payment"
)

// The pages of companies.
var (
	Business   = page[BusinessView]("business")
	QuickOrder = page[QuickOrderView]("quickorder")
	Request    = page[RequestView]("request")
	Quote      = page[QuoteView]("quote")
)

// BusinessView is a page of a company: one of its parts is shown.
type BusinessView struct {
	Words
	Heading     string
	Ways        []Link
	Said, Error string
	Part        string // "home", "buyers", "orders", "requests", "quotes"
	Company     company.Company
	Roles       company.Roles // the visitor's
	Owed, Left  money.Amount
	Buyers      []BuyerRow
	Invited     []InvitedRow
	Mail        Field // of whom to invite
	NoRoles     string
	Orders      []BoughtRow
	Requests    []RequestRow
	Quotes      []QuoteRow
}

// BuyerRow is somebody who buys for the company.
type BuyerRow struct {
	ID         customer.ID
	Name, Mail string
	Roles      company.Roles
	You        bool
}

// InvitedRow is somebody who was invited.
type InvitedRow struct {
	ID, Mail, Until string
	Roles           company.Roles
}

// BoughtRow is an order of the company.
type BoughtRow struct {
	OrderRow
	State  string
	Due    string // until when it is to be paid; empty: it is not owed
	Tax    string // where its tax invoice stands; empty: nobody asked
	MayAsk bool   // for the tax invoice
}

// RequestRow is a request for an order.
type RequestRow struct{ Address, Who, State, At, Title string }

// QuoteRow is a quote.
type QuoteRow struct {
	Number, Address, At, Until string
	Total                      money.Amount
}

// QuickOrderView takes a list of SKUs and quantities.
type QuickOrderView struct {
	Words
	List  string // as typed
	Error string
	Wrong []business.Wrong
}

// RequestView is one request for an order, at what it costs now.
type RequestView struct {
	Words
	ID         string
	State      string
	Open       bool
	Who, At    string
	Order      string // address of the order that it became
	Lines      []cart.PricedLine
	Totals     order.Totals
	Delivery   order.Delivery
	Method     payment.Method
	Why        string // it cannot be ordered as it is
	Error      string
	Own        bool // the visitor asked for it
	MayApprove bool
	Methods    []MethodChoice
	Agreements []AgreementChoice
	Hidden     []Hidden
}

// QuoteView is a 견적서, to print.
type QuoteView struct {
	Words
	business.Quote
	Seller  Seller
	Company company.Company
}

// DealRow is what a company pays for a variant, or for all of a product's where they cost alike.
type DealRow struct {
	Options string // "네이비 / M"; empty: all
	Least   int    // fewest units; 1 for no limit
	Prices  []DealPrice
}

// DealPrice is a step of it.
type DealPrice struct {
	From          int
	Price, Supply money.Amount
}

// RoleWords names roles: "구매 · 승인".
func (w Words) RoleWords(r company.Roles) string {
	out := ""
	for _, x := range []struct {
		has    bool
		ko, en string
	}{{r.Buys, "구매", "buys"}, {r.Approves, "승인", "approves"}, {r.Pays, "결제", "pays"}} {
		if x.has && out != "" {
			out += " · "
		}
		if x.has {
			out += w.Say(x.ko, x.en)
		}
	}
	return out
}

// CompanyStatus says where a company stands with the shop.
func (w Words) CompanyStatus(s company.Status) string { return w.T(companyStatuses[s]) }

var companyStatuses = map[company.Status]lang.Text{
	company.Applied:   {KO: "승인 대기", EN: "Awaiting approval"},
	company.Approved:  {KO: "승인됨", EN: "Approved"},
	company.Refused:   {KO: "승인되지 않음", EN: "Not accepted"},
	company.Suspended: {KO: "거래 중지", EN: "Suspended"},
}

// RequestState says where a request stands.
func (w Words) RequestState(s business.RequestState) string { return w.T(requestStates[s]) }

var requestStates = map[business.RequestState]lang.Text{
	business.Open:      {KO: "승인 대기", EN: "Awaiting approval"},
	business.Ordered:   {KO: "주문됨", EN: "Ordered"},
	business.Declined:  {KO: "반려됨", EN: "Declined"},
	business.Withdrawn: {KO: "취소됨", EN: "Withdrawn"},
}

// TaxState says where a tax invoice stands; "" where nobody asked.
func (w Words) TaxState(s business.TaxState) string { return w.T(taxStates[s]) }

var taxStates = map[business.TaxState]lang.Text{
	business.TaxRequested: {KO: "세금계산서 요청됨", EN: "Tax invoice requested"},
	business.TaxExported:  {KO: "세금계산서 발행 진행", EN: "Tax invoice being issued"},
	business.TaxWithdrawn: {KO: "세금계산서 요청 취소", EN: "Tax invoice withdrawn"},
	business.TaxToCorrect: {KO: "세금계산서 수정 예정", EN: "Tax invoice to be corrected"},
}

// Standing says where an order stands, on account or paid.
func (w Words) Standing(s order.Status, p payment.State) string {
	if s == order.Paid && p == payment.Owed {
		return w.Say("주문 확정 · 후불", "Confirmed, on account")
	}
	return w.Status(s)
}

// Moved says to what an event brought an order.
func (w Words) Moved(e order.Event) string {
	if e.Reason == order.ByAccount {
		return w.Say("주문 확정", "Confirmed")
	}
	return w.Status(e.To)
}
