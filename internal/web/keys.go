package web

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"myclothes/internal/account"
	"myclothes/internal/cart"
	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/httpx"
	"myclothes/internal/session"
	"myclothes/internal/ui"
)

// passkeyRoutes are those of passkeys. Questions are JSON for the script; answers are ordinary forms, so that what is wrong is said on the page where it happened.
func (s *Web) passkeyRoutes() []httpx.Route {
	return []httpx.Route{
		{Pattern: "POST /account/passkeys/ask", Fresh: true, Handle: s.askPasskey},
		{Pattern: "POST /account/sign-in/passkey", Fresh: true, Handle: s.signInByPasskey},
		{Pattern: "POST /account/prove/passkey", Fresh: true, Access: httpx.Member, Handle: s.proveByPasskey},
		{Pattern: "GET /account/keys", Fresh: true, Access: httpx.Proved, Handle: s.keys},
		{Pattern: "POST /account/passkeys/offer", Fresh: true, Access: httpx.Proved, Handle: s.offerPasskey},
		{Pattern: "POST /account/passkeys", Fresh: true, Access: httpx.Proved, Handle: s.addPasskey},
		{Pattern: "POST /account/passkeys/{id}/name", Fresh: true, Access: httpx.Proved, Handle: s.namePasskey},
		{Pattern: "POST /account/passkeys/{id}/delete", Fresh: true, Access: httpx.Proved, Handle: s.dropPasskey},
	}
}

// answerQuestion answers the script with a question.
func answerQuestion(w http.ResponseWriter, a account.Asked) error {
	body, err := json.Marshal(map[string]any{"challenge": a.Challenge, "options": json.RawMessage(a.Options)})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Write(body)
	return nil
}

func (s *Web) askPasskey(w http.ResponseWriter, r *http.Request) error {
	b := s.browser(r)
	asked, next, err := s.Accounts.AskPasskey(r.Context(), b)
	if err != nil {
		return err
	}
	if next != b.Carried {
		s.Visitors.Carry(w, b.Carried, next)
	}
	return answerQuestion(w, asked)
}

func (s *Web) offerPasskey(w http.ResponseWriter, r *http.Request) error {
	asked, err := s.Accounts.OfferPasskey(r.Context(), s.browser(r), memberID(r))
	if err != nil {
		return err
	}
	return answerQuestion(w, asked)
}

func (s *Web) signInByPasskey(w http.ResponseWriter, r *http.Request) error {
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	f, b := r.PostForm, s.browser(r)
	back := httpx.LocalPath(f.Get("next"))
	next, mark, joined, err := s.Accounts.SignInByPasskey(r.Context(), b, f.Get("challenge"), f.Get("answer"))
	if err != nil {
		return s.again(w, r, "/account/sign-in", s.signInView(r, "", back), err)
	}
	return s.signedIn(w, r, b.Carried, next, mark, joined, back)
}

// signedIn lets the browser of who has just signed in carry what it must, and sends it on.
func (s *Web) signedIn(w http.ResponseWriter, r *http.Request, was, next session.Carried, mark string, joined cart.Joined, back string) error {
	s.Visitors.Carry(w, was, next)
	s.Visitors.SetMark(w, mark)
	back = s.fulfil(r.Context(), customer.ID(next.Member), back)
	if len(joined.Left)+len(joined.Reduced) > 0 {
		return goTo(w, r, "/cart?joined="+strconv.Itoa(len(joined.Left))+"-"+strconv.Itoa(len(joined.Reduced)))
	}
	return goTo(w, r, cmp.Or(back, "/account"))
}

func (s *Web) proveByPasskey(w http.ResponseWriter, r *http.Request) error {
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	f, b := r.PostForm, s.browser(r)
	back := httpx.LocalPath(f.Get("next"))
	next, err := s.Accounts.ProveByPasskey(r.Context(), b, httpx.Session(r), f.Get("challenge"), f.Get("answer"))
	if err != nil {
		return s.provesAgain(w, r, back, err)
	}
	s.Visitors.Carry(w, b.Carried, next)
	return goTo(w, r, cmp.Or(back, "/account"))
}

// keys shows the ways in which somebody signs in.
func (s *Web) keys(w http.ResponseWriter, r *http.Request) error {
	return s.showKeys(w, r, http.StatusOK, "", said(words(r), r.URL.Query().Get("done")))
}

// said is what has just been done about ways to sign in.
func said(t ui.Words, done string) string {
	switch done {
	case "added":
		return t.Say("패스키를 등록했어요. 다음부터는 비밀번호 없이 로그인할 수 있어요.", "Your passkey is added. From now on you can sign in without a password.")
	case "named":
		return t.Say("이름을 바꿨어요.", "Renamed.")
	case "linked":
		return t.Say("연결했어요.", "Connected.")
	case "unlinked":
		return t.Say("연결을 끊었어요.", "Disconnected.")
	case "removed":
		return t.Say("지웠어요. 이 기기에 남은 패스키는 기기의 설정에서 지워 주세요.", "Removed. What is left of it on the device can be deleted in the device’s settings.")
	}
	return ""
}

func (s *Web) showKeys(w http.ResponseWriter, r *http.Request, status int, problem, done string) error {
	_, hash, err := s.Accounts.Store.Customer(r.Context(), memberID(r))
	if err != nil {
		return err
	}
	all, err := s.Accounts.Store.Passkeys(r.Context(), memberID(r))
	if err != nil {
		return err
	}
	elsewhere, err := s.Accounts.Store.Identities(r.Context(), memberID(r))
	if err != nil {
		return err
	}
	v := ui.AccountView{Said: done, Elsewhere: s.elsewhere(words(r), elsewhere), Error: problem, HasPassword: hash != "", Passkeys: all, MayAddPasskey: s.Accounts.Keys != nil}
	return s.accountAnswer(w, r, status, "/account/keys", "keys", v)
}

// elsewhere are the providers that the shop knows, with what the customer has of each.
func (s *Web) elsewhere(t ui.Words, has []customer.Identity) []ui.Elsewhere {
	var out []ui.Elsewhere
	for _, p := range s.Accounts.Providers {
		e := ui.Elsewhere{Name: providerName(t, p.Name()), Action: t.To("/account/social/" + p.Name())}
		for _, x := range has {
			if x.Provider == p.Name() {
				e.Since = t.When(x.Since)
			}
		}
		out = append(out, e)
	}
	return out
}

// keysAfter goes back to the ways to sign in after something was done about them, or says there what is wrong.
func (s *Web) keysAfter(w http.ResponseWriter, r *http.Request, done string, err error) error {
	f := fault.Of(err)
	switch {
	case err == nil:
		return goTo(w, r, "/account/keys?done="+done)
	case f.Kind == fault.Internal || f.Kind == fault.Unavailable || errors.Is(err, fault.NoSuchPage):
		return err
	}
	words := text(words(r), err)
	if len(f.Fields) > 0 {
		words = f.Fields[0].Words.In(httpx.Lang(r))
	}
	return s.showKeys(w, r, httpx.Status(f), words, "")
}

func (s *Web) addPasskey(w http.ResponseWriter, r *http.Request) error {
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	return s.keysAfter(w, r, "added", s.Accounts.AddPasskey(r.Context(), s.browser(r), memberID(r), r.PostForm.Get("challenge"), r.PostForm.Get("answer")))
}

func (s *Web) namePasskey(w http.ResponseWriter, r *http.Request) error {
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	return s.keysAfter(w, r, "named", s.Accounts.NamePasskey(r.Context(), memberID(r), r.PathValue("id"), r.PostForm.Get("name")))
}

func (s *Web) dropPasskey(w http.ResponseWriter, r *http.Request) error {
	return s.keysAfter(w, r, "removed", s.Accounts.Store.DropPasskey(r.Context(), memberID(r), r.PathValue("id")))
}
