package web

import (
	"cmp"
	"errors"
	"net/http"
	"slices"

	"myclothes/internal/account"
	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/httpx"
	"myclothes/internal/ui"
)

// socialRoutes are those of accounts elsewhere. Where browsers come back is the second GET that changes something: the providers' protocol has it so, and what it does is bound to a
// state that is good once, in the browser that was sent.
func (s *Web) socialRoutes() []httpx.Route {
	return []httpx.Route{
		{Pattern: "POST /account/social/{provider}", Fresh: true, Handle: s.goTo(account.ToSignIn)},
		{Pattern: "POST /account/social/{provider}/prove", Fresh: true, Access: httpx.Member, Handle: s.goTo(account.ToProve)},
		{Pattern: "POST /account/social/{provider}/link", Fresh: true, Access: httpx.Proved, Handle: s.goTo(account.ToLink)},
		{Pattern: "POST /account/social/{provider}/unlink", Fresh: true, Access: httpx.Proved, Handle: s.unlink},
		{Pattern: "GET /account/social/{provider}/callback", Fresh: true, Handle: s.comeBack},
		{Pattern: "POST /account/social-join", Fresh: true, Handle: s.joinBy},
		{Pattern: "POST /account/social-link", Fresh: true, Handle: s.linkBy},
	}
}

// providerName is how people call a provider.
func providerName(t ui.Words, name string) string {
	switch name {
	case "kakao":
		return t.Say("카카오", "Kakao")
	case "naver":
		return t.Say("네이버", "Naver")
	}
	return name
}

// doors are the buttons that lead to the providers.
func (s *Web) doors(t ui.Words, after, next string, text func(name string) string) []ui.Door {
	var out []ui.Door
	for _, p := range s.Accounts.Providers {
		out = append(out, ui.Door{Provider: p.Name(), Action: t.To("/account/social/" + p.Name() + after), Text: text(providerName(t, p.Name())), Next: next})
	}
	return out
}

// goTo sends the browser to a provider.
func (s *Web) goTo(intent account.Intent) httpx.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := httpx.ParseForm(w, r); err != nil {
			return err
		}
		b, provider := s.browser(r), r.PathValue("provider")
		back := s.Site.BaseURL + words(r).To("/account/social/"+provider+"/callback")
		address, next, err := s.Accounts.GoTo(r.Context(), b, provider, intent, back, httpx.LocalPath(r.PostForm.Get("next")))
		if err != nil {
			return err
		}
		if next != b.Carried {
			s.Visitors.Carry(w, b.Carried, next)
		}
		http.Redirect(w, r, address, http.StatusSeeOther)
		return nil
	}
}

// comeBack is where a provider sends the browser.
func (s *Web) comeBack(w http.ResponseWriter, r *http.Request) error {
	b, q := s.browser(r), r.URL.Query()
	out, err := s.Accounts.ComeBack(r.Context(), b, httpx.Session(r), r.PathValue("provider"), q.Get("state"), q.Get("code"))
	switch {
	case err != nil:
		return s.notArrived(w, r, out, err)
	case out.First:
		return s.firstTime(w, r, out)
	case out.Intent == account.ToLink:
		return goTo(w, r, "/account/keys?done=linked")
	case out.Intent == account.ToProve:
		s.Visitors.Carry(w, b.Carried, out.Carried)
		return goTo(w, r, cmp.Or(out.Next, "/account"))
	}
	return s.signedIn(w, r, b.Carried, out.Carried, out.Mark, out.Joined, out.Next)
}

// notArrived says what went wrong where the journey began.
func (s *Web) notArrived(w http.ResponseWriter, r *http.Request, out account.Arrival, err error) error {
	switch {
	case errors.Is(err, fault.Unproved):
		return goTo(w, r, "/account/prove?next=/account/keys")
	case errors.Is(err, fault.NoSuchPage):
		return err
	case memberID(r) == "":
		return s.again(w, r, "/account/sign-in", s.signInView(r, "", out.Next), err)
	case out.Intent == account.ToLink:
		return s.keysAfter(w, r, "", err)
	case out.Intent == account.ToProve:
		return s.provesAgain(w, r, out.Next, err)
	}
	return s.again(w, r, "/account/sign-in", s.signInView(r, "", out.Next), err)
}

// firstTime asks somebody to agree whom nobody here knows, or to show first that they are the customer whose mail they have.
func (s *Web) firstTime(w http.ResponseWriter, r *http.Request, out account.Arrival) error {
	if out.Taken {
		return s.asks(w, r, http.StatusOK, "", s.takenView(r, out.Person, out.Pending, out.Next))
	}
	get := func(name string) string {
		return map[string]string{"email": out.Person.Email, "name": out.Person.Name, "phone": out.Person.Phone}[name]
	}
	return s.asks(w, r, http.StatusOK, "", s.joinView(r, out.Person, out.Pending, out.Next, get, nil))
}

// joinView is the page of joining without a password. A mail that the provider knows to be theirs is not asked for.
func (s *Web) joinView(r *http.Request, p customer.Person, pending, next string, get func(string) string, ticked []string) ui.FormView {
	t := words(r)
	v := s.signUpView(r, get, ticked)
	name := providerName(t, p.Provider)
	v.Heading, v.Lead = t.Say(name+"로 가입하기", "Join with "+name), t.Say("처음 오셨네요. 아래 내용에 동의하시면 가입돼요. 동의하기 전에는 아무것도 저장하지 않아요.", "Welcome. Agree to the following to join; until you do, nothing is kept.")
	v.Action, v.Doors, v.Hidden = t.To("/account/social-join"), nil, []ui.Hidden{{Name: "pending", Value: pending}, {Name: "next", Value: next}}
	v.Inputs = slices.DeleteFunc(v.Inputs, func(in ui.Input) bool { return in.Name == "password" || in.Name == "email" && p.Verified })
	if p.Verified {
		v.Lead = t.Say(p.Email+" 주소로 가입해요. 동의하기 전에는 아무것도 저장하지 않아요.", "You are joining as "+p.Email+". Until you agree, nothing is kept.")
	}
	return v
}

func (s *Web) takenView(r *http.Request, p customer.Person, pending, next string) ui.FormView {
	t := words(r)
	name := providerName(t, p.Provider)
	return ui.FormView{Heading: t.Say("이미 마이클로즈 회원이에요", "You are already with us"),
		Lead:   t.Say(p.Email+" 주소로 가입한 계정이 있어요. 그 계정의 비밀번호를 입력하시면 "+name+" 로그인이 연결돼요.", "There is an account with "+p.Email+". Enter its password to connect it with "+name+"."),
		Action: t.To("/account/social-link"), Submit: t.Say("연결하고 로그인", "Connect and sign in"), Hidden: []ui.Hidden{{Name: "pending", Value: pending}, {Name: "next", Value: next}},
		Inputs: []ui.Input{input("password", "", t.Say("비밀번호", "Password"), "password", "current-password", customer.MaxPassword)},
		Links:  []ui.Link{{Address: t.To("/account/forgot"), Text: t.Say("비밀번호를 잊었어요", "I forgot my password")}, {Address: t.To("/account/sign-in"), Text: t.Say("다른 방법으로 로그인", "Sign in another way")}}}
}

// joinBy makes an account of who agreed.
func (s *Web) joinBy(w http.ResponseWriter, r *http.Request) error {
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	f, b := r.PostForm, s.browser(r)
	pending, next := f.Get("pending"), httpx.LocalPath(f.Get("next"))
	p, err := s.Accounts.Pending(b, pending)
	if err != nil {
		return s.again(w, r, "/account/sign-in", s.signInView(r, "", next), err)
	}
	up := account.SignUp{Email: f.Get("email"), Name: f.Get("name"), Phone: f.Get("phone"), Consents: agreed(f["consents"])}
	out, mailed, err := s.Accounts.JoinBy(r.Context(), b, pending, up, httpx.Lang(r))
	switch {
	case errors.Is(err, customer.MailTaken) || errors.Is(err, customer.IdentityTaken):
		return s.again(w, r, "/account/sign-in", s.signInView(r, "", next), err)
	case err != nil:
		return s.again(w, r, "", s.joinView(r, p, pending, next, f.Get, f["consents"]), err)
	case mailed:
		return s.mailed(w, r, "/account/sign-up", "보내드린 메일의 링크를 24시간 안에 열면 가입이 끝나요. 메일이 보이지 않으면 스팸함도 살펴봐 주세요.",
			"Open the link in our mail within 24 hours to finish. If you do not see it, look into your spam folder.")
	}
	return s.signedIn(w, r, b.Carried, out.Carried, out.Mark, out.Joined, next)
}

// linkBy lets a customer in who knows the password of the account whose mail they have.
func (s *Web) linkBy(w http.ResponseWriter, r *http.Request) error {
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	f, b := r.PostForm, s.browser(r)
	pending, next := f.Get("pending"), httpx.LocalPath(f.Get("next"))
	p, err := s.Accounts.Pending(b, pending)
	if err != nil {
		return s.again(w, r, "/account/sign-in", s.signInView(r, "", next), err)
	}
	out, err := s.Accounts.LinkBy(r.Context(), b, pending, f.Get("password"))
	if err != nil {
		return s.again(w, r, "", s.takenView(r, p, pending, next), err)
	}
	return s.signedIn(w, r, b.Carried, out.Carried, out.Mark, out.Joined, next)
}

func (s *Web) unlink(w http.ResponseWriter, r *http.Request) error {
	return s.keysAfter(w, r, "unlinked", s.Accounts.Store.Unlink(r.Context(), memberID(r), r.PathValue("provider")))
}
