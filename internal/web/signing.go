package web

import (
	"cmp"
	"errors"
	"net/http"
	"slices"

	"myclothes/internal/customer"
	"myclothes/internal/httpx"
	"myclothes/internal/ui"
)

func (s *Web) signInView(r *http.Request, email, next string) ui.FormView {
	t := words(r)
	mail := mailInput(email, t.Say("메일 주소", "Mail address"), "username")
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
	v.Doors = s.doors(t, "", next, func(name string) string { return t.Say(name+"로 로그인", "Sign in with "+name) })
	v.Passkey = s.passkeyAsk(t, "/account/sign-in/passkey", t.Say("패스키로 로그인", "Sign in with a passkey"), next)
	return v
}

// passkeyAsk is the form of a passkey, which the script fills in; nil where the shop cannot have any.
func (s *Web) passkeyAsk(t ui.Words, action, words, next string) *ui.PasskeyAsk {
	if s.Accounts.Keys == nil {
		return nil
	}
	return &ui.PasskeyAsk{Words: t, Action: t.To(action), Ask: t.To("/account/passkeys/ask"), Text: words, Next: next}
}

func (s *Web) signInForm(w http.ResponseWriter, r *http.Request) error {
	next := httpx.LocalPath(r.URL.Query().Get("next"))
	if memberID(r) != "" {
		return goTo(w, r, cmp.Or(next, "/account"))
	}
	return s.asks(w, r, http.StatusOK, "/account/sign-in", s.signInView(r, "", next))
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
	return s.signedIn(w, r, b.Carried, next, mark, joined, back)
}

func (s *Web) signOut(w http.ResponseWriter, r *http.Request) error {
	was := httpx.Carried(r)
	next, err := s.Accounts.SignOut(r.Context(), was, httpx.Session(r))
	if err != nil {
		return err
	}
	s.Visitors.Carry(w, was, next)
	s.Visitors.Forget(w)
	return goTo(w, r, "/")
}

func (s *Web) forgotView(r *http.Request, email string) ui.FormView {
	t := words(r)
	mail := mailInput(email, t.Say("메일 주소", "Mail address"), "email")
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
	return s.mailed(w, r, "/account/forgot", "이 메일 주소로 가입하셨다면 링크를 보내드렸어요. 30분 동안 쓸 수 있어요.",
		"If there is an account with this address we have sent it a link, good for 30 minutes.")
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

// proveView asks who has signed in to show once more that it is them, in the ways that they have.
func (s *Web) proveView(r *http.Request, next string) (ui.FormView, error) {
	t := words(r)
	v := ui.FormView{Heading: t.Say("본인인지 한 번 더 확인할게요", "Please confirm that it is you"), Lead: t.Say("소중한 정보를 바꾸기 전에 본인인지 확인해요.", "Before something important changes we make sure that it is you."),
		Hidden: []ui.Hidden{{Name: "next", Value: next}}, Passkey: s.passkeyAsk(t, "/account/prove/passkey", t.Say("패스키로 확인", "Confirm with a passkey"), next)}
	_, hash, err := s.Accounts.Store.Customer(r.Context(), memberID(r))
	if err != nil {
		return v, err
	}
	if hash != "" {
		v.Action, v.Submit = t.To("/account/prove"), t.Say("확인", "Confirm")
		v.Inputs = []ui.Input{input("password", "", t.Say("비밀번호", "Password"), "password", "current-password", customer.MaxPassword)}
	}
	has, err := s.Accounts.Store.Identities(r.Context(), memberID(r))
	v.Doors = slices.DeleteFunc(s.doors(t, "/prove", next, func(name string) string { return t.Say(name+"로 확인", "Confirm with "+name) }), func(d ui.Door) bool {
		return !slices.ContainsFunc(has, func(x customer.Identity) bool { return x.Provider == d.Provider })
	})
	return v, err
}

func (s *Web) proveForm(w http.ResponseWriter, r *http.Request) error {
	v, err := s.proveView(r, httpx.LocalPath(r.URL.Query().Get("next")))
	if err != nil {
		return err
	}
	return s.asks(w, r, http.StatusOK, "/account/prove", v)
}

func (s *Web) prove(w http.ResponseWriter, r *http.Request) error {
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	b, back := s.browser(r), httpx.LocalPath(r.PostForm.Get("next"))
	next, err := s.Accounts.Prove(r.Context(), b, httpx.Session(r), r.PostForm.Get("password"))
	if err != nil {
		return s.provesAgain(w, r, back, err)
	}
	s.Visitors.Carry(w, b.Carried, next)
	return goTo(w, r, cmp.Or(back, "/account"))
}

// provesAgain asks anew who it is, with what was wrong the last time.
func (s *Web) provesAgain(w http.ResponseWriter, r *http.Request, back string, err error) error {
	v, failed := s.proveView(r, back)
	if failed != nil {
		return failed
	}
	return s.again(w, r, "/account/prove", v, err)
}
