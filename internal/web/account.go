package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"myclothes/internal/account"
	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/httpx"
	"myclothes/internal/order"
	"myclothes/internal/ui"
)

// accountRoutes are the pages of accounts. Those for members only send a guest to sign in first.
func (s *Web) accountRoutes() []httpx.Route {
	return []httpx.Route{
		{Pattern: "GET /account/sign-up", Handle: s.signUpForm},
		{Pattern: "POST /account/sign-up", Fresh: true, Handle: s.signUp},
		{Pattern: "GET /account/confirm/{link}", Handle: s.confirmForm},
		{Pattern: "POST /account/confirm/{link}", Fresh: true, Handle: s.confirm},
		{Pattern: "GET /account/sign-in", Handle: s.signInForm},
		{Pattern: "POST /account/sign-in", Fresh: true, Handle: s.signIn},
		{Pattern: "POST /account/sign-out", Fresh: true, Handle: s.signOut},
		{Pattern: "GET /account/forgot", Handle: s.forgotForm},
		{Pattern: "POST /account/forgot", Fresh: true, Handle: s.forgot},
		{Pattern: "GET /account/reset/{link}", Handle: s.resetForm},
		{Pattern: "POST /account/reset/{link}", Fresh: true, Handle: s.reset},
		{Pattern: "GET /account/mail/{link}", Handle: s.moveForm},
		{Pattern: "POST /account/mail/{link}", Fresh: true, Handle: s.move},

		{Pattern: "GET /account", Fresh: true, Access: httpx.Member, Handle: s.accountHome},
		{Pattern: "GET /account/orders", Fresh: true, Access: httpx.Member, Handle: s.accountOrders},
		{Pattern: "GET /account/prove", Fresh: true, Access: httpx.Member, Handle: s.proveForm},
		{Pattern: "POST /account/prove", Fresh: true, Access: httpx.Member, Handle: s.prove},
		{Pattern: "GET /account/profile", Fresh: true, Access: httpx.Member, Handle: s.profileForm},
		{Pattern: "POST /account/profile", Fresh: true, Access: httpx.Member, Handle: s.profile},
		{Pattern: "GET /account/password", Fresh: true, Access: httpx.Proved, Handle: s.passwordForm},
		{Pattern: "POST /account/password", Fresh: true, Access: httpx.Proved, Handle: s.password},
		{Pattern: "GET /account/email", Fresh: true, Access: httpx.Proved, Handle: s.emailForm},
		{Pattern: "POST /account/email", Fresh: true, Access: httpx.Proved, Handle: s.email},
		{Pattern: "GET /account/leave", Fresh: true, Access: httpx.Proved, Handle: s.leaveForm},
		{Pattern: "POST /account/leave", Fresh: true, Access: httpx.Proved, Handle: s.leave},
		{Pattern: "GET /account/data", Fresh: true, Access: httpx.Proved, Handle: s.accountData},
		{Pattern: "GET /account/addresses", Fresh: true, Access: httpx.Member, Handle: s.addresses},
		{Pattern: "GET /account/addresses/{id}", Fresh: true, Access: httpx.Member, Handle: s.addressForm},
		{Pattern: "POST /account/addresses/{id}", Fresh: true, Access: httpx.Member, Handle: s.address},
		{Pattern: "POST /account/addresses/{id}/delete", Fresh: true, Access: httpx.Member, Handle: s.dropAddress},
		{Pattern: "GET /account/devices", Fresh: true, Access: httpx.Member, Handle: s.devices},
		{Pattern: "POST /account/devices/end", Fresh: true, Access: httpx.Member, Handle: s.endOthers},
		{Pattern: "POST /account/devices/{id}/end", Fresh: true, Access: httpx.Member, Handle: s.endDevice},
		{Pattern: "GET /account/consents", Fresh: true, Access: httpx.Member, Handle: s.consents},
		{Pattern: "POST /account/consents", Fresh: true, Access: httpx.Member, Handle: s.consent},
	}
}

// browser is who sends a request, as accounts see it.
func (s *Web) browser(r *http.Request) account.Browser {
	return account.Browser{Client: httpx.Client(r), Device: httpx.Device(r), Known: s.Visitors.Mark(r), Carried: httpx.Carried(r)}
}

func memberID(r *http.Request) customer.ID { return customer.ID(httpx.Session(r).Member) }

// asks shows a page that asks for a few things.
func (s *Web) asks(w http.ResponseWriter, r *http.Request, status int, path string, v ui.FormView) error {
	v.Words = words(r)
	m, _, err := s.frame(r.Context(), v.Words, path, v.Heading, v.Heading)
	if err != nil {
		return err
	}
	return own(s, w, r, status, ui.Form, m, v)
}

// refused fills what is wrong into a form. A fault that blames no input is said above it; what is no fault of the visitor goes on.
func refused(r *http.Request, v *ui.FormView, err error) (status int, rest error) {
	f, t := fault.Of(err), words(r)
	if f == nil || f.Kind == fault.Internal || f.Kind == fault.Unavailable {
		return http.StatusOK, err
	}
	for _, field := range f.Fields {
		for i := range v.Inputs {
			if v.Inputs[i].Name == field.Name {
				v.Inputs[i].Error = t.T(field.Words)
			}
		}
		for i := range v.Ticks {
			if v.Ticks[i].Name+"."+v.Ticks[i].Value == field.Name {
				v.Ticks[i].Error = t.T(field.Words)
			}
		}
	}
	v.Error = t.T(f.Words)
	return httpx.Status(f), nil
}

// again shows a form anew with what is wrong with it.
func (s *Web) again(w http.ResponseWriter, r *http.Request, path string, v ui.FormView, err error) error {
	status, rest := refused(r, &v, err)
	if rest != nil {
		return rest
	}
	if f := fault.Of(err); f.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(f.RetryAfter.Seconds())))
	}
	return s.asks(w, r, status, path, v)
}

func input(name, value, label, kind, auto string, most int) ui.Input {
	return ui.Input{Field: ui.Field{Name: name, Value: value}, Label: label, Type: kind, Auto: auto, Max: most}
}

func (s *Web) signUpView(r *http.Request, get func(string) string, ticked []string) ui.FormView {
	t := words(r)
	phone := input("phone", get("phone"), t.Say("휴대폰 번호", "Mobile number"), "tel", "tel", 20)
	phone.Optional, phone.Phone, phone.Mode, phone.Example = true, true, "tel", "010-1234-5678"
	password := input("password", "", t.Say("비밀번호", "Password"), "password", "new-password", customer.MaxPassword)
	password.Hint = t.Say("8자 이상. 특수문자를 섞지 않아도 괜찮아요. 남들이 흔히 쓰는 것만 피해 주세요.", "At least 8 characters. It needs no special ones; only avoid what everybody uses.")
	mail := input("email", get("email"), t.Say("메일 주소", "Mail address"), "email", "email", 254)
	mail.Mode, mail.Example, mail.Hint = "email", "name@example.com", t.Say("로그인할 때 써요. 확인 메일을 보내드려요.", "You will sign in with it. We send a mail to confirm it.")
	v := ui.FormView{
		Heading: t.Say("회원가입", "Create an account"), Lead: t.Say("가입하면 어느 기기에서나 장바구니와 주문이 그대로 보여요.", "With an account your cart and orders are the same on every device."),
		Action: t.To("/account/sign-up"), Submit: t.Say("가입하기", "Join"),
		Inputs: []ui.Input{mail, password, input("name", get("name"), t.Say("이름", "Name"), "text", "name", 50), phone},
		Links:  []ui.Link{{Address: t.To("/account/sign-in"), Text: t.Say("이미 회원이에요", "I have an account")}},
	}
	for _, d := range slices.Concat(customer.Required, customer.Optional) {
		required := slices.Contains(customer.Required, d)
		v.Ticks = append(v.Ticks, ui.Tick{Name: "consents", Value: string(d), Text: consentText(t, d), Address: documentAddress(t, d), Required: required, Ticked: slices.Contains(ticked, string(d))})
	}
	return v
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
	for _, d := range f["consents"] {
		up.Consents = append(up.Consents, customer.Document(d))
	}
	up.Consents = slices.DeleteFunc(up.Consents, func(d customer.Document) bool {
		return !slices.Contains(customer.Required, d) && !slices.Contains(customer.Optional, d)
	})
	if err := s.Accounts.SignUp(r.Context(), s.browser(r), up, httpx.Lang(r)); err != nil {
		return s.again(w, r, "/account/sign-up", s.signUpView(r, f.Get, f["consents"]), err)
	}
	t := words(r)
	return s.asks(w, r, http.StatusOK, "/account/sign-up", ui.FormView{Heading: t.Say("메일함을 확인해 주세요", "Please check your mail"),
		Lead:  t.Say("보내드린 메일의 링크를 24시간 안에 열면 가입이 끝나요. 메일이 보이지 않으면 스팸함도 살펴봐 주세요.", "Open the link in our mail within 24 hours to finish. If you do not see it, look into your spam folder."),
		Links: []ui.Link{{Address: t.To("/"), Text: t.Say("쇼핑 계속하기", "Go on shopping")}}})
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

// over shows that a link can no longer be used, and the way to a new one.
func (s *Web) over(w http.ResponseWriter, r *http.Request, err error, path, text string) error {
	t := words(r)
	v := ui.FormView{Heading: t.Say("쓸 수 없는 링크예요", "This link cannot be used"), Links: []ui.Link{{Address: t.To(path), Text: text}}}
	return s.again(w, r, "", v, err)
}

func (s *Web) signInView(r *http.Request, email, next string) ui.FormView {
	t := words(r)
	mail := input("email", email, t.Say("메일 주소", "Mail address"), "email", "username", 254)
	mail.Mode = "email"
	v := ui.FormView{Heading: t.Say("로그인", "Sign in"), Action: t.To("/account/sign-in"), Submit: t.Say("로그인", "Sign in"),
		Inputs: []ui.Input{mail, input("password", "", t.Say("비밀번호", "Password"), "password", "current-password", customer.MaxPassword)},
		Links: []ui.Link{
			{Address: t.To("/account/sign-up"), Text: t.Say("회원가입", "Create an account")},
			{Address: t.To("/account/forgot"), Text: t.Say("비밀번호를 잊었어요", "I forgot my password")},
			{Address: t.To("/orders/lookup"), Text: t.Say("비회원 주문 조회", "Look up an order without an account")},
		}}
	if next != "" {
		v.Hidden = []ui.Hidden{{Name: "next", Value: next}}
	}
	return v
}

func (s *Web) signInForm(w http.ResponseWriter, r *http.Request) error {
	next := httpx.LocalPath(r.URL.Query().Get("next"))
	if memberID(r) != "" {
		return goTo(w, r, or(next, "/account"))
	}
	return s.asks(w, r, http.StatusOK, "/account/sign-in", s.signInView(r, "", next))
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (s *Web) signIn(w http.ResponseWriter, r *http.Request) error {
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	f, b := r.PostForm, s.browser(r)
	back := httpx.LocalPath(f.Get("next"))
	next, mark, joined, err := s.Accounts.SignIn(r.Context(), b, f.Get("email"), f.Get("password"))
	if err != nil {
		return s.again(w, r, "/account/sign-in", s.signInView(r, f.Get("email"), back), err)
	}
	s.Visitors.Carry(w, b.Carried, next)
	s.Visitors.SetMark(w, mark)
	if len(joined.Left)+len(joined.Reduced) > 0 {
		return goTo(w, r, "/cart?joined="+strconv.Itoa(len(joined.Left))+"-"+strconv.Itoa(len(joined.Reduced)))
	}
	return goTo(w, r, or(back, "/account"))
}

func (s *Web) signOut(w http.ResponseWriter, r *http.Request) error {
	was := httpx.Carried(r)
	next, err := s.Accounts.SignOut(r.Context(), was, httpx.Session(r))
	if err != nil {
		return err
	}
	s.Visitors.Carry(w, was, next)
	return goTo(w, r, "/")
}

func (s *Web) forgotView(r *http.Request, email string) ui.FormView {
	t := words(r)
	mail := input("email", email, t.Say("메일 주소", "Mail address"), "email", "email", 254)
	mail.Mode = "email"
	return ui.FormView{Heading: t.Say("비밀번호 찾기", "Forgot your password?"), Lead: t.Say("가입할 때 쓴 메일 주소를 알려 주시면 새로 정하는 링크를 보내드려요.", "Tell us the mail address of your account and we send you a link to choose a new one."),
		Action: t.To("/account/forgot"), Submit: t.Say("링크 받기", "Send me the link"), Inputs: []ui.Input{mail}}
}

func (s *Web) forgotForm(w http.ResponseWriter, r *http.Request) error {
	return s.asks(w, r, http.StatusOK, "/account/forgot", s.forgotView(r, ""))
}

func (s *Web) forgot(w http.ResponseWriter, r *http.Request) error {
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	email := r.PostForm.Get("email")
	if err := s.Accounts.Forgot(r.Context(), s.browser(r), email); err != nil {
		return s.again(w, r, "/account/forgot", s.forgotView(r, email), err)
	}
	t := words(r)
	return s.asks(w, r, http.StatusOK, "/account/forgot", ui.FormView{Heading: t.Say("메일함을 확인해 주세요", "Please check your mail"),
		Lead: t.Say("이 메일 주소로 가입하셨다면 링크를 보내드렸어요. 30분 동안 쓸 수 있어요.", "If there is an account with this address we have sent it a link, good for 30 minutes.")})
}

func (s *Web) newPasswordView(r *http.Request, action string) ui.FormView {
	t := words(r)
	in := input("password", "", t.Say("새 비밀번호", "New password"), "password", "new-password", customer.MaxPassword)
	in.Hint = t.Say("8자 이상. 바꾸면 다른 기기에서는 로그아웃돼요.", "At least 8 characters. Other devices will be signed out.")
	return ui.FormView{Heading: t.Say("새 비밀번호 정하기", "Choose a new password"), Action: action, Submit: t.Say("바꾸기", "Change it"), Inputs: []ui.Input{in}}
}

func (s *Web) resetForm(w http.ResponseWriter, r *http.Request) error {
	return s.asks(w, r, http.StatusOK, "", s.newPasswordView(r, words(r).To("/account/reset/"+r.PathValue("link"))))
}

func (s *Web) reset(w http.ResponseWriter, r *http.Request) error {
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	t := words(r)
	err := s.Accounts.Reset(r.Context(), r.PathValue("link"), r.PostForm.Get("password"))
	switch {
	case errors.Is(err, customer.LinkOver):
		return s.over(w, r, err, "/account/forgot", t.Say("링크 다시 받기", "Ask for a new link"))
	case err != nil:
		return s.again(w, r, "", s.newPasswordView(r, t.To("/account/reset/"+r.PathValue("link"))), err)
	}
	v := s.signInView(r, "", "")
	v.Said = t.Say("비밀번호를 바꿨어요. 새 비밀번호로 로그인해 주세요.", "Your password is changed. Please sign in with it.")
	return s.asks(w, r, http.StatusOK, "/account/sign-in", v)
}

func (s *Web) moveForm(w http.ResponseWriter, r *http.Request) error {
	t := words(r)
	return s.asks(w, r, http.StatusOK, "", ui.FormView{Heading: t.Say("이 메일 주소로 바꿀까요?", "Use this mail address?"), Action: t.To("/account/mail/" + r.PathValue("link")), Submit: t.Say("바꾸기", "Change it")})
}

func (s *Web) move(w http.ResponseWriter, r *http.Request) error {
	t := words(r)
	if err := s.Accounts.Move(r.Context(), r.PathValue("link")); err != nil {
		return s.over(w, r, err, "/account/email", t.Say("다시 요청하기", "Ask again"))
	}
	return s.asks(w, r, http.StatusOK, "", ui.FormView{Heading: t.Say("메일 주소를 바꿨어요", "Your mail address is changed"), Links: []ui.Link{{Address: t.To("/account"), Text: t.Say("내 계정", "Your account")}}})
}

// ways are the pages of an account; here is the one that is shown.
func ways(t ui.Words, here string) []ui.Link {
	var out []ui.Link
	for _, w := range []struct{ path, ko, en string }{
		{"/account", "내 계정", "Your account"}, {"/account/orders", "주문 내역", "Orders"}, {"/account/addresses", "주소록", "Addresses"}, {"/account/profile", "내 정보", "Profile"},
		{"/account/devices", "로그인된 기기", "Devices"}, {"/account/consents", "동의 내역", "Consents"},
	} {
		out = append(out, ui.Link{Address: t.To(w.path), Text: t.Say(w.ko, w.en), Here: w.path == here})
	}
	return out
}

func (s *Web) accountPage(w http.ResponseWriter, r *http.Request, path, part string, v ui.AccountView) error {
	v.Words, v.Part = words(r), part
	v.Ways = ways(v.Words, path)
	for _, l := range v.Ways {
		if l.Here {
			v.Heading = l.Text
		}
	}
	m, _, err := s.frame(r.Context(), v.Words, path, v.Heading, v.Heading)
	if err != nil {
		return err
	}
	return own(s, w, r, http.StatusOK, ui.Account, m, v)
}

func (s *Web) accountHome(w http.ResponseWriter, r *http.Request) error {
	who, _, err := s.Accounts.Store.Customer(r.Context(), memberID(r))
	if err != nil {
		return err
	}
	rows, err := s.orderRows(r, 3)
	if err != nil {
		return err
	}
	return s.accountPage(w, r, "/account", "home", ui.AccountView{Who: &who, Orders: rows})
}

func (s *Web) accountOrders(w http.ResponseWriter, r *http.Request) error {
	rows, err := s.orderRows(r, 100)
	if err != nil {
		return err
	}
	return s.accountPage(w, r, "/account/orders", "orders", ui.AccountView{Orders: rows})
}

func (s *Web) orderRows(r *http.Request, most int) ([]ui.OrderRow, error) {
	all, err := s.Desk.Orders.OrdersOf(r.Context(), httpx.Carried(r).Owner(), most)
	if err != nil {
		return nil, err
	}
	t := words(r)
	out := make([]ui.OrderRow, len(all))
	for i, o := range all {
		out[i] = ui.OrderRow{Number: o.Number, Address: t.To("/orders/" + o.Number), Image: o.Image, Title: title(t, o), Status: o.Status, Total: o.Total, At: o.PlacedAt}
	}
	return out, nil
}

func title(t ui.Words, o order.Brief) string {
	name := t.T(o.First)
	if o.Lines > 1 {
		more := strconv.Itoa(o.Lines - 1)
		return t.Say(name+" 외 "+more+"건", name+" and "+more+" more")
	}
	return name
}

func (s *Web) proveView(r *http.Request, next string) ui.FormView {
	t := words(r)
	return ui.FormView{Heading: t.Say("비밀번호를 한 번 더 확인할게요", "Please confirm your password"), Lead: t.Say("소중한 정보를 바꾸기 전에 본인인지 확인해요.", "Before something important changes we make sure that it is you."),
		Action: t.To("/account/prove"), Submit: t.Say("확인", "Confirm"), Hidden: []ui.Hidden{{Name: "next", Value: next}},
		Inputs: []ui.Input{input("password", "", t.Say("비밀번호", "Password"), "password", "current-password", customer.MaxPassword)}}
}

func (s *Web) proveForm(w http.ResponseWriter, r *http.Request) error {
	return s.asks(w, r, http.StatusOK, "/account/prove", s.proveView(r, httpx.LocalPath(r.URL.Query().Get("next"))))
}

func (s *Web) prove(w http.ResponseWriter, r *http.Request) error {
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	b, back := s.browser(r), httpx.LocalPath(r.PostForm.Get("next"))
	next, err := s.Accounts.Prove(r.Context(), b, httpx.Session(r), r.PostForm.Get("password"))
	if err != nil {
		return s.again(w, r, "/account/prove", s.proveView(r, back), err)
	}
	s.Visitors.Carry(w, b.Carried, next)
	return goTo(w, r, or(back, "/account"))
}

func (s *Web) profileView(r *http.Request, name, phone string) ui.FormView {
	t := words(r)
	in := input("phone", phone, t.Say("휴대폰 번호", "Mobile number"), "tel", "tel", 20)
	in.Optional, in.Phone, in.Mode = true, true, "tel"
	return ui.FormView{Heading: t.Say("내 정보", "Profile"), Action: t.To("/account/profile"), Submit: t.Say("저장", "Save"),
		Inputs: []ui.Input{input("name", name, t.Say("이름", "Name"), "text", "name", 50), in},
		Links: []ui.Link{{Address: t.To("/account/email"), Text: t.Say("메일 주소 바꾸기", "Change the mail address")}, {Address: t.To("/account/password"), Text: t.Say("비밀번호 바꾸기", "Change the password")},
			{Address: t.To("/account"), Text: t.Say("내 계정으로", "Back to your account")}}}
}

func (s *Web) profileForm(w http.ResponseWriter, r *http.Request) error {
	who, _, err := s.Accounts.Store.Customer(r.Context(), memberID(r))
	if err != nil {
		return err
	}
	return s.asks(w, r, http.StatusOK, "/account/profile", s.profileView(r, who.Name, words(r).Phone(who.Phone)))
}

// profile changes name and phone; the phone only for who has just proved who they are.
func (s *Web) profile(w http.ResponseWriter, r *http.Request) error {
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	name, phone := r.PostForm.Get("name"), r.PostForm.Get("phone")
	if !s.Accounts.Proved(httpx.Session(r)) {
		return goTo(w, r, "/account/prove?next=/account/profile")
	}
	if err := s.Accounts.SetProfile(r.Context(), memberID(r), name, phone); err != nil {
		return s.again(w, r, "/account/profile", s.profileView(r, name, phone), err)
	}
	v := s.profileView(r, name, phone)
	v.Said = words(r).Say("저장했어요.", "Saved.")
	return s.asks(w, r, http.StatusOK, "/account/profile", v)
}

func (s *Web) passwordForm(w http.ResponseWriter, r *http.Request) error {
	return s.asks(w, r, http.StatusOK, "/account/password", s.newPasswordView(r, words(r).To("/account/password")))
}

func (s *Web) password(w http.ResponseWriter, r *http.Request) error {
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	v := s.newPasswordView(r, words(r).To("/account/password"))
	if err := s.Accounts.SetPassword(r.Context(), httpx.Session(r), r.PostForm.Get("password")); err != nil {
		return s.again(w, r, "/account/password", v, err)
	}
	return goTo(w, r, "/account")
}

func (s *Web) emailView(r *http.Request, email string) ui.FormView {
	t := words(r)
	in := input("email", email, t.Say("새 메일 주소", "New mail address"), "email", "email", 254)
	in.Mode = "email"
	return ui.FormView{Heading: t.Say("메일 주소 바꾸기", "Change the mail address"), Lead: t.Say("새 주소로 확인 메일을 보내드려요. 링크를 열면 바뀌어요.", "We send a link to the new address. It changes when you open it."),
		Action: t.To("/account/email"), Submit: t.Say("확인 메일 받기", "Send the link"), Inputs: []ui.Input{in}}
}

func (s *Web) emailForm(w http.ResponseWriter, r *http.Request) error {
	return s.asks(w, r, http.StatusOK, "/account/email", s.emailView(r, ""))
}

func (s *Web) email(w http.ResponseWriter, r *http.Request) error {
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	email := r.PostForm.Get("email")
	if err := s.Accounts.AskToMove(r.Context(), s.browser(r), memberID(r), email); err != nil {
		return s.again(w, r, "/account/email", s.emailView(r, email), err)
	}
	t := words(r)
	return s.asks(w, r, http.StatusOK, "/account/email", ui.FormView{Heading: t.Say("메일함을 확인해 주세요", "Please check your mail"), Lead: t.Say("새 주소로 링크를 보내드렸어요. 24시간 동안 쓸 수 있어요.", "We have sent a link to the new address, good for 24 hours.")})
}

func (s *Web) leaveForm(w http.ResponseWriter, r *http.Request) error {
	t := words(r)
	return s.asks(w, r, http.StatusOK, "/account/leave", ui.FormView{Heading: t.Say("탈퇴하기", "Leave"),
		Lead:   t.Say("이름, 메일, 휴대폰 번호, 주소록, 로그인 기록이 바로 지워져요. 주문 기록은 법에 따라 5년 동안 따로 보관한 뒤 지워요(전자상거래법 시행령 §6).", "Your name, mail, phone, addresses and devices are erased at once. Orders are kept apart for five years, as the law wants, and then erased."),
		Action: t.To("/account/leave"), Submit: t.Say("탈퇴하기", "Leave"), Links: []ui.Link{{Address: t.To("/account"), Text: t.Say("돌아가기", "Back")}}})
}

func (s *Web) leave(w http.ResponseWriter, r *http.Request) error {
	was := httpx.Carried(r)
	next, err := s.Accounts.Leave(r.Context(), was, httpx.Session(r))
	if err != nil {
		return err
	}
	s.Visitors.Carry(w, was, next)
	s.Visitors.SetMark(w, "")
	t := words(r)
	return s.asks(w, r, http.StatusOK, "", ui.FormView{Heading: t.Say("탈퇴했어요", "You have left"), Lead: t.Say("그동안 고마웠어요.", "Thank you for having been with us."), Links: []ui.Link{{Address: t.To("/"), Text: t.Say("홈으로", "Home")}}})
}

// accountData is everything that is kept about somebody, for them to take away (PIPA §35).
func (s *Web) accountData(w http.ResponseWriter, r *http.Request) error {
	ctx, id := r.Context(), memberID(r)
	who, _, err := s.Accounts.Store.Customer(ctx, id)
	if err != nil {
		return err
	}
	addresses, err := s.Accounts.Store.Addresses(ctx, id)
	if err != nil {
		return err
	}
	consents, err := s.Accounts.Store.Consents(ctx, id)
	if err != nil {
		return err
	}
	devices, err := s.Accounts.Store.SignIns(ctx, id)
	if err != nil {
		return err
	}
	orders, err := s.Desk.Orders.OrdersOf(ctx, httpx.Carried(r).Owner(), 10_000)
	if err != nil {
		return err
	}
	body, err := json.MarshalIndent(map[string]any{"customer": who, "addresses": addresses, "consents": consents, "devices": devices, "orders": orders}, "", "  ")
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="myclothes.json"`)
	w.Write(body)
	return nil
}

func (s *Web) addresses(w http.ResponseWriter, r *http.Request) error {
	all, err := s.Accounts.Store.Addresses(r.Context(), memberID(r))
	if err != nil {
		return err
	}
	return s.accountPage(w, r, "/account/addresses", "addresses", ui.AccountView{Addresses: all})
}

func (s *Web) addressView(r *http.Request, id string, get func(string) string, isDefault bool) ui.FormView {
	t := words(r)
	phone := input("delivery.phone", get("delivery.phone"), t.Say("연락처", "Phone"), "tel", "tel", 20)
	phone.Phone, phone.Mode, phone.Example = true, "tel", "010-1234-5678"
	postcode := input("delivery.postcode", get("delivery.postcode"), t.Say("우편번호", "Postcode"), "text", "postal-code", 5)
	postcode.Mode, postcode.Example = "numeric", "04524"
	road := input("delivery.road_address", get("delivery.road_address"), t.Say("도로명주소", "Road address"), "text", "address-line1", 200)
	road.Example = "서울특별시 중구 세종대로 110"
	detail := input("delivery.detail_address", get("delivery.detail_address"), t.Say("상세주소", "Flat, floor, building"), "text", "address-line2", 200)
	detail.Optional = true
	memo := input("delivery.memo", get("delivery.memo"), t.Say("배송 메모", "Note to the courier"), "text", "off", 100)
	memo.Optional = true
	return ui.FormView{Heading: t.Say("주소", "Address"), Action: t.To("/account/addresses/" + id), Submit: t.Say("저장", "Save"),
		Inputs: []ui.Input{input("delivery.recipient", get("delivery.recipient"), t.Say("받는 분", "Recipient"), "text", "name", 50), phone, postcode, road, detail, memo},
		Ticks:  []ui.Tick{{Name: "default", Value: "yes", Text: t.Say("기본 배송지로 쓸게요", "Make it the default"), Ticked: isDefault}},
		Links:  []ui.Link{{Address: t.To("/account/addresses"), Text: t.Say("주소록으로", "Back to the addresses")}}}
}

func (s *Web) addressForm(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	if id == "new" {
		return s.asks(w, r, http.StatusOK, "/account/addresses/new", s.addressView(r, id, nothing, false))
	}
	all, err := s.Accounts.Store.Addresses(r.Context(), memberID(r))
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(a customer.Address) bool { return a.ID == id })
	if i < 0 {
		return fault.NoSuchPage
	}
	a := all[i]
	has := map[string]string{"delivery.recipient": a.Recipient, "delivery.phone": words(r).Phone(a.Phone), "delivery.postcode": a.Postcode,
		"delivery.road_address": a.Road, "delivery.detail_address": a.Detail, "delivery.memo": a.Memo}
	return s.asks(w, r, http.StatusOK, "/account/addresses", s.addressView(r, id, func(name string) string { return has[name] }, a.Default))
}

func (s *Web) address(w http.ResponseWriter, r *http.Request) error {
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	f, id := form{r.PostForm}, r.PathValue("id")
	isDefault := f.Get("default") == "yes"
	d, err := f.request().CheckDelivery()
	if err == nil {
		a := customer.Address{Recipient: d.Recipient, Phone: d.Phone, Postcode: d.Postcode, Road: d.RoadAddress, Detail: d.DetailAddress, Memo: d.Memo, Default: isDefault}
		if id != "new" {
			a.ID = id
		}
		err = s.Accounts.Store.PutAddress(r.Context(), memberID(r), a)
	}
	if errors.Is(err, fault.NoSuchPage) {
		return err
	}
	if err != nil {
		return s.again(w, r, "/account/addresses", s.addressView(r, id, f.Get, isDefault), err)
	}
	return goTo(w, r, "/account/addresses")
}

func (s *Web) dropAddress(w http.ResponseWriter, r *http.Request) error {
	if err := s.Accounts.Store.DropAddress(r.Context(), memberID(r), r.PathValue("id")); err != nil {
		return err
	}
	return goTo(w, r, "/account/addresses")
}

func (s *Web) devices(w http.ResponseWriter, r *http.Request) error {
	all, err := s.Accounts.Store.SignIns(r.Context(), memberID(r))
	if err != nil {
		return err
	}
	var v ui.AccountView
	for _, one := range all {
		v.Devices = append(v.Devices, ui.Device{SignIn: one, Here: one.ID == httpx.Session(r).SignIn})
	}
	return s.accountPage(w, r, "/account/devices", "devices", v)
}

func (s *Web) endDevice(w http.ResponseWriter, r *http.Request) error {
	if err := s.Accounts.Store.End(r.Context(), memberID(r), r.PathValue("id"), ""); err != nil {
		return err
	}
	return goTo(w, r, "/account/devices")
}

func (s *Web) endOthers(w http.ResponseWriter, r *http.Request) error {
	if err := s.Accounts.Store.End(r.Context(), memberID(r), "", httpx.Session(r).SignIn); err != nil {
		return err
	}
	return goTo(w, r, "/account/devices")
}

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
