package web

import (
	"encoding/json"
	"net/http"

	"myclothes/internal/httpx"
	"myclothes/internal/ui"
)

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

func (s *Web) profileView(r *http.Request, name, phone string) ui.FormView {
	t := words(r)
	in := phoneInput("phone", phone, t.Say("휴대폰 번호", "Mobile number"))
	in.Optional = true
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
	in := mailInput(email, t.Say("새 메일 주소", "New mail address"), "email")
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
	return s.mailed(w, r, "/account/email", "새 주소로 링크를 보내드렸어요. 24시간 동안 쓸 수 있어요.", "We have sent a link to the new address, good for 24 hours.")
}

func (s *Web) leaveForm(w http.ResponseWriter, r *http.Request) error {
	t := words(r)
	return s.asks(w, r, http.StatusOK, "/account/leave", ui.FormView{Heading: t.Say("탈퇴하기", "Leave"),
		Lead: t.Say("이름, 메일, 휴대폰 번호, 주소록, 찜, 로그인 방법이 바로 지워져요. 법에 따라 주문과 필수 동의 기록은 5년, 광고 수신 동의 기록은 6개월, 로그인한 때의 기록은 3개월 동안 따로 보관한 뒤 지워요(전자상거래법 시행령 §6, 통신비밀보호법 시행령 §41).",
			"Your name, mail, phone, addresses, wish list and ways to sign in are erased at once. As the law wants, orders and required consents are kept apart for five years, consents to advertising for six months and when you signed in for three, and then erased."),
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
	s.Visitors.Forget(w)
	t := words(r)
	return s.asks(w, r, http.StatusOK, "", ui.FormView{Heading: t.Say("탈퇴했어요", "You have left"), Lead: t.Say("그동안 고마웠어요.", "Thank you for having been with us."), Links: []ui.Link{{Address: t.To("/"), Text: t.Say("홈으로", "Home")}}})
}

// accountData is everything that is kept about somebody, for them to take away (PIPA §35).
func (s *Web) accountData(w http.ResponseWriter, r *http.Request) error {
	ctx, id, customers := r.Context(), memberID(r), s.Accounts.Store
	all := map[string]any{}
	for name, read := range map[string]func() (any, error){
		"customer":  func() (any, error) { who, _, err := customers.Customer(ctx, id); return who, err },
		"company":   func() (any, error) { return s.Desk.Buyer(ctx, httpx.Carried(r)) },
		"addresses": func() (any, error) { return customers.Addresses(ctx, id) },
		"consents":  func() (any, error) { return customers.Consents(ctx, id) },
		"devices":   func() (any, error) { return customers.SignIns(ctx, id) },
		"wishes":    func() (any, error) { return customers.Wishes(ctx, id) },
		"passkeys":  func() (any, error) { return customers.Passkeys(ctx, id) },
		"elsewhere": func() (any, error) { return customers.Identities(ctx, id) },
		"orders":    func() (any, error) { return s.Desk.Orders.OrdersOf(ctx, httpx.Carried(r).Owner(), 10_000) },
	} {
		var err error
		if all[name], err = read(); err != nil {
			return err
		}
	}
	body, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="myclothes.json"`)
	w.Write(body)
	return nil
}
