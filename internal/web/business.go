package web

import (
	"errors"
	"net/http"
	"net/url"

	"myclothes/internal/company"
	"myclothes/internal/fault"
	"myclothes/internal/httpx"
	"myclothes/internal/ui"
)

// businessRoutes are the pages of companies. What is not the visitor's company's is not there.
func (s *Web) businessRoutes() []httpx.Route {
	return []httpx.Route{
		{Pattern: "GET /business", Fresh: true, Access: httpx.Member, Handle: s.businessHome},
		{Pattern: "GET /business/apply", Fresh: true, Access: httpx.Member, Handle: s.applyForm},
		{Pattern: "POST /business/apply", Fresh: true, Access: httpx.Member, Handle: s.apply},
		{Pattern: "GET /business/join/{link}", Fresh: true, Access: httpx.Member, Handle: s.joinForm},
		{Pattern: "POST /business/join/{link}", Fresh: true, Access: httpx.Member, Handle: s.join},

		{Pattern: "GET /business/buyers", Fresh: true, Access: httpx.Member, Handle: s.buyers},
		{Pattern: "POST /business/buyers", Fresh: true, Access: httpx.Member, Handle: s.invite},
		{Pattern: "POST /business/buyers/{id}", Fresh: true, Access: httpx.Member, Handle: s.setRoles},
		{Pattern: "POST /business/buyers/{id}/remove", Fresh: true, Access: httpx.Member, Handle: s.removeBuyer},
		{Pattern: "POST /business/invitations/{id}/withdraw", Fresh: true, Access: httpx.Member, Handle: s.uninvite},

		{Pattern: "GET /business/order", Fresh: true, Access: httpx.Member, Handle: s.quickOrderForm},
		{Pattern: "POST /business/order", Fresh: true, Access: httpx.Member, Handle: s.quickOrder},
		{Pattern: "GET /business/orders", Fresh: true, Access: httpx.Member, Handle: s.businessOrders},
		{Pattern: "POST /business/orders/{number}/tax-invoice", Fresh: true, Access: httpx.Member, Handle: s.askTaxInvoice},

		{Pattern: "GET /business/requests", Fresh: true, Access: httpx.Member, Handle: s.requests},
		{Pattern: "POST /business/requests", Fresh: true, Access: httpx.Member, Handle: s.ask},
		{Pattern: "GET /business/requests/{id}", Fresh: true, Access: httpx.Member, Handle: s.request},
		{Pattern: "POST /business/requests/{id}/approve", Fresh: true, Access: httpx.Member, Handle: s.approve},
		{Pattern: "POST /business/requests/{id}/close", Fresh: true, Access: httpx.Member, Handle: s.closeRequest},

		{Pattern: "GET /business/quotes", Fresh: true, Access: httpx.Member, Handle: s.quotes},
		{Pattern: "POST /business/quotes", Fresh: true, Access: httpx.Member, Handle: s.makeQuote},
		{Pattern: "GET /business/quotes/{number}", Fresh: true, Access: httpx.Member, Handle: s.quote},
	}
}

func businessWays(t ui.Words, here string) []ui.Link {
	var out []ui.Link
	for _, w := range []struct{ path, ko, en string }{
		{"/business", "회사", "Company"}, {"/business/order", "빠른 주문", "Quick order"}, {"/business/orders", "주문·계산서", "Orders and invoices"}, {"/business/requests", "주문 요청", "Requests"},
		{"/business/quotes", "견적서", "Quotes"}, {"/business/buyers", "구매자", "Buyers"}, {"/account", "내 계정", "Your account"},
	} {
		out = append(out, ui.Link{Address: t.To(w.path), Text: t.Say(w.ko, w.en), Here: w.path == here})
	}
	return out
}

// company shows a part of the visitor's company.
func (s *Web) company(w http.ResponseWriter, r *http.Request, status int, b company.Buyer, path, part string, v ui.BusinessView) error {
	v.Words, v.Part, v.Roles = words(r), part, b.Roles
	v.Ways = businessWays(v.Words, path)
	for _, l := range v.Ways {
		if l.Here {
			v.Heading = l.Text
		}
	}
	m, _, err := s.frame(r.Context(), v.Words, path, v.Heading, v.Heading)
	if err != nil {
		return err
	}
	return own(s, w, r, status, ui.Business, m, v)
}

func (s *Web) businessHome(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	b, err := s.Business.Buyer(ctx, httpx.Carried(r))
	if errors.Is(err, fault.NoSuchPage) {
		return goTo(w, r, "/business/apply")
	}
	if err != nil {
		return err
	}
	c, err := s.Business.Store.Company(ctx, b.Company)
	if err != nil {
		return err
	}
	owed, err := s.Business.Store.Owed(ctx, b.Company)
	if err != nil {
		return err
	}
	return s.company(w, r, http.StatusOK, b, "/business", "home", ui.BusinessView{Company: c, Owed: owed, Left: max(0, c.Terms.CreditLimit-owed)})
}

func (s *Web) applyView(r *http.Request, f url.Values) ui.FormView {
	t := words(r)
	registration := input("registration", f.Get("registration"), t.Say("사업자등록번호", "Business registration number"), "text", "off", 12)
	registration.Mode, registration.Example = "numeric", "220-81-62517"
	trade := input("trade", f.Get("trade"), t.Say("업태", "Trade"), "text", "off", 50)
	item := input("item", f.Get("item"), t.Say("종목", "Item"), "text", "off", 50)
	trade.Optional, item.Optional = true, true
	return ui.FormView{Heading: t.Say("사업자 회원 신청", "Apply as a business"),
		Lead:   t.Say("승인되면 회사 가격, 여러 구매자, 견적서, 후불과 세금계산서를 쓸 수 있어요. 번호는 국세청에 확인해요.", "Once approved you get your company's prices, several buyers, quotes, buying on account and tax invoices. The number is checked with the tax office."),
		Action: t.To("/business/apply"), Submit: t.Say("신청하기", "Apply"),
		Inputs: []ui.Input{registration, input("company", f.Get("company"), t.Say("상호", "Company name"), "text", "organization", 50), input("representative", f.Get("representative"), t.Say("대표자", "Representative"), "text", "off", 50),
			trade, item, mailInput(f.Get("email"), t.Say("세금계산서 받을 메일", "Mail for tax invoices"), "email")},
		Links: []ui.Link{{Address: t.To("/account"), Text: t.Say("내 계정으로", "Back to your account")}}}
}

func (s *Web) applyForm(w http.ResponseWriter, r *http.Request) error {
	b, err := s.Desk.Buyer(r.Context(), httpx.Carried(r))
	if err != nil {
		return err
	}
	if b.Company != "" && b.Status != company.Refused {
		return goTo(w, r, "/business")
	}
	return s.asks(w, r, http.StatusOK, "/business/apply", s.applyView(r, nil))
}

func (s *Web) apply(w http.ResponseWriter, r *http.Request) error {
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	f := r.PostForm
	a := company.Application{Name: f.Get("company"), Representative: f.Get("representative"), Trade: f.Get("trade"), Item: f.Get("item"), Mail: f.Get("email")}
	if err := s.Business.Apply(r.Context(), httpx.Carried(r), f.Get("registration"), a); err != nil {
		return s.again(w, r, "/business/apply", s.applyView(r, f), err)
	}
	return goTo(w, r, "/business")
}

func (s *Web) joinForm(w http.ResponseWriter, r *http.Request) error {
	t := words(r)
	i, err := s.Business.Invitation(r.Context(), httpx.Carried(r), r.PathValue("link"))
	if err != nil {
		return s.over(w, r, err, "/business", t.Say("사업자 홈으로", "Your company"))
	}
	return s.asks(w, r, http.StatusOK, "", ui.FormView{Heading: t.Say(i.Name+"의 구매자가 될까요?", "Buy for "+i.Name+"?"),
		Lead:   t.Say("역할: "+t.RoleWords(i.Roles)+". 앞으로 이 계정의 주문은 회사의 주문이 돼요.", "Your roles: "+t.RoleWords(i.Roles)+". From now on, this account's orders are the company's."),
		Action: t.To("/business/join/" + r.PathValue("link")), Submit: t.Say("참여하기", "Join")})
}

func (s *Web) join(w http.ResponseWriter, r *http.Request) error {
	if err := s.Business.Join(r.Context(), httpx.Carried(r), r.PathValue("link")); err != nil {
		t := words(r)
		return s.over(w, r, err, "/business", t.Say("사업자 홈으로", "Your company"))
	}
	return goTo(w, r, "/business")
}
