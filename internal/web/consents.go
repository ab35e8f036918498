package web

import (
	"net/http"
	"slices"
	"strings"

	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/httpx"
	"myclothes/internal/ui"
)

func (s *Web) consents(w http.ResponseWriter, r *http.Request) error {
	ledger, err := s.Accounts.Store.Consents(r.Context(), memberID(r))
	if err != nil {
		return err
	}
	t := words(r)
	var v ui.AccountView
	for _, d := range slices.Concat(customer.Required, customer.Optional) {
		row := ui.ConsentRow{Document: d, Text: strings.TrimSpace(consentText(t, d)), Stands: customer.Stands(ledger, d), Optional: slices.Contains(customer.Optional, d)}
		if i := slices.IndexFunc(ledger, func(c customer.Consent) bool { return c.Document == d }); i >= 0 {
			at := ledger[i].Given
			if !row.Stands {
				at = ledger[i].Withdrawn
			}
			row.Since = t.When(at)
		}
		v.Consents = append(v.Consents, row)
	}
	return s.accountPage(w, r, "/account/consents", "consents", v)
}

func (s *Web) consent(w http.ResponseWriter, r *http.Request) error {
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	d := customer.Document(r.PostForm.Get("document"))
	if !slices.Contains(customer.Optional, d) {
		return fault.BadRequest
	}
	if err := s.Accounts.Store.Agree(r.Context(), memberID(r), d, r.PostForm.Get("given") == "yes"); err != nil {
		return err
	}
	return goTo(w, r, "/account/consents")
}

func consentText(t ui.Words, d customer.Document) string {
	switch d {
	case customer.Over14:
		return t.Say("(필수) 만 14세 이상이에요", "(required) I am 14 or older")
	case customer.Terms:
		return t.Say("(필수) 이용약관에 동의해요", "(required) I agree to the terms of use")
	case customer.Privacy:
		return t.Say("(필수) 개인정보 수집·이용에 동의해요", "(required) I agree to the use of my personal data")
	case customer.MarketingMail:
		return t.Say("(선택) 할인과 새 상품 소식을 메일로 받을게요", "(optional) Send me offers and news by mail")
	}
	return t.Say("(선택) 할인과 새 상품 소식을 문자로 받을게요", "(optional) Send me offers and news by text message")
}

func documentAddress(t ui.Words, d customer.Document) string {
	switch d {
	case customer.Terms:
		return t.To("/legal/terms")
	case customer.Privacy:
		return t.To("/legal/privacy")
	}
	return ""
}
