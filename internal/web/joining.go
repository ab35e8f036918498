package web

import (
	"net/http"
	"slices"

	"myclothes/internal/account"
	"myclothes/internal/customer"
	"myclothes/internal/httpx"
	"myclothes/internal/ui"
)

func (s *Web) signUpView(r *http.Request, get func(string) string, ticked []string) ui.FormView {
	t := words(r)
	phone := phoneInput("phone", get("phone"), t.Say("휴대폰 번호", "Mobile number"))
	phone.Optional = true
	password := input("password", "", t.Say("비밀번호", "Password"), "password", "new-password", customer.MaxPassword)
	password.Hint = t.Say("8자 이상. 특수문자를 섞지 않아도 괜찮아요. 남들이 흔히 쓰는 것만 피해 주세요.", "At least 8 characters. It needs no special ones; only avoid what everybody uses.")
	mail := mailInput(get("email"), t.Say("메일 주소", "Mail address"), "email")
	mail.Example, mail.Hint = "name@example.com", t.Say("로그인할 때 써요. 확인 메일을 보내드려요.", "You will sign in with it. We send a mail to confirm it.")
	v := ui.FormView{
		Heading: t.Say("회원가입", "Create an account"), Lead: t.Say("가입하면 어느 기기에서나 장바구니와 주문이 그대로 보여요.", "With an account your cart and orders are the same on every device."),
		Action: t.To("/account/sign-up"), Submit: t.Say("가입하기", "Join"),
		Inputs: []ui.Input{mail, password, input("name", get("name"), t.Say("이름", "Name"), "text", "name", 50), phone},
		Links:  []ui.Link{{Address: t.To("/account/sign-in"), Text: t.Say("이미 회원이에요", "I have an account")}},
	}
	v.Doors = s.doors(t, "", "", func(name string) string { return t.Say(name+"로 시작하기", "Continue with "+name) })
	for _, d := range slices.Concat(customer.Required, customer.Optional) {
		required := slices.Contains(customer.Required, d)
		v.Ticks = append(v.Ticks, ui.Tick{Name: "consents", Value: string(d), Text: consentText(t, d), Address: documentAddress(t, d), Required: required, Ticked: slices.Contains(ticked, string(d))})
	}
	return v
}

func nothing(string) string { return "" }

func (s *Web) signUpForm(w http.ResponseWriter, r *http.Request) error {
	if memberID(r) != "" {
		return goTo(w, r, "/account")
	}
	return s.asks(w, r, http.StatusOK, "/account/sign-up", s.signUpView(r, nothing, nil))
}

func (s *Web) signUp(w http.ResponseWriter, r *http.Request) error {
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	f := r.PostForm
	up := account.SignUp{Email: f.Get("email"), Name: f.Get("name"), Phone: f.Get("phone"), Password: f.Get("password")}
	up.Consents = agreed(f["consents"])
	if err := s.Accounts.SignUp(r.Context(), s.browser(r), up, httpx.Lang(r)); err != nil {
		return s.again(w, r, "/account/sign-up", s.signUpView(r, f.Get, f["consents"]), err)
	}
	return s.mailed(w, r, "/account/sign-up", "보내드린 메일의 링크를 24시간 안에 열면 가입이 끝나요. 메일이 보이지 않으면 스팸함도 살펴봐 주세요.",
		"Open the link in our mail within 24 hours to finish. If you do not see it, look into your spam folder.")
}

// agreed are the documents that were ticked.
func agreed(ticked []string) []customer.Document {
	var out []customer.Document
	for _, d := range slices.Concat(customer.Required, customer.Optional) {
		if slices.Contains(ticked, string(d)) {
			out = append(out, d)
		}
	}
	return out
}

// confirmForm asks for a click: programs that look at mails open links, but press no buttons.
func (s *Web) confirmForm(w http.ResponseWriter, r *http.Request) error {
	t := words(r)
	return s.asks(w, r, http.StatusOK, "", ui.FormView{Heading: t.Say("가입을 마칠까요?", "Finish joining?"), Lead: t.Say("버튼을 누르면 이 메일 주소로 가입돼요.", "Press the button to join with this mail address."),
		Action: t.To("/account/confirm/" + r.PathValue("link")), Submit: t.Say("가입 마치기", "Finish")})
}

func (s *Web) confirm(w http.ResponseWriter, r *http.Request) error {
	t := words(r)
	if err := s.Accounts.Confirm(r.Context(), r.PathValue("link")); err != nil {
		return s.over(w, r, err, "/account/sign-up", t.Say("다시 가입하기", "Join again"))
	}
	v := s.signInView(r, "", "")
	v.Said = t.Say("가입이 끝났어요. 로그인해 주세요.", "You have joined. Please sign in.")
	return s.asks(w, r, http.StatusOK, "/account/sign-in", v)
}
