package account_test

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"myclothes/internal/account"
	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/lang"
	"myclothes/internal/session"
)

// provider is one that says of a code who it is: "1001 haru@example.com verified".
type provider struct{ name string }

func (p provider) Name() string { return p.name }

func (p provider) Address(state, verifier, back string, again bool) string {
	return "https://" + p.name + ".example/?state=" + state
}

func (p provider) Person(_ context.Context, code, _, verifier, _ string) (customer.Person, error) {
	words := strings.Fields(code)
	if len(words) < 2 || verifier != "verifier" {
		return customer.Person{}, customer.NotConfirmed
	}
	return customer.Person{Provider: p.name, Subject: words[0], Email: words[1], Name: "김하루", Verified: strings.Contains(code, " verified"), Under14: strings.Contains(code, " child")}, nil
}

func eachSocial(t *testing.T, test func(h *house)) {
	eachHouse(t, func(h *house) {
		h.Providers, h.Verifier = []account.Provider{provider{"kakao"}, provider{"naver"}}, func() string { return "verifier" }
		test(h)
	})
}

// goes sends a browser to a provider, and returns it with the state with which it comes back.
func (h *house) goes(b account.Browser, name string, intent account.Intent) (account.Browser, string) {
	h.t.Helper()
	address, next, err := h.GoTo(ctx, b, name, intent, "https://shop.example/back", "/cart")
	h.must(err)
	_, state, _ := strings.Cut(address, "state=")
	b.Carried = next
	return b, state
}

const somebody = "1001 haru@example.com verified"

// enters joins and signs in by a provider.
func (h *house) enters(code string) (account.Browser, session.Record) {
	h.t.Helper()
	b, state := h.goes(account.Browser{Client: code}, "kakao", account.ToSignIn)
	out, err := h.ComeBack(ctx, b, session.Record{}, "kakao", state, code)
	h.must(err)
	if out.First {
		out, _, err = h.JoinBy(ctx, b, out.Pending, account.SignUp{Name: "김하루", Consents: customer.Required}, lang.Korean)
		h.must(err)
	}
	b.Carried = out.Carried
	r, _, err := h.Sessions.Open(ctx, session.Carried{Visitor: out.Carried.Visitor})
	h.must(err)
	return b, r
}

// TestComingBack: a state is good once, in time, in the browser that went, for the provider that was asked.
func TestComingBack(t *testing.T) {
	eachSocial(t, func(h *house) {
		h.enters(somebody)
		b, state := h.goes(account.Browser{Client: "a"}, "kakao", account.ToSignIn)
		other, _ := h.goes(account.Browser{Client: "b"}, "kakao", account.ToSignIn)
		for what, c := range map[string]struct {
			b                     account.Browser
			provider, state, code string
			want                  error
		}{
			"another browser":       {other, "kakao", state, somebody, customer.ChallengeOver},
			"a browser with none":   {account.Browser{}, "kakao", state, somebody, customer.ChallengeOver},
			"a state that is none":  {b, "kakao", "x", somebody, customer.ChallengeOver},
			"no state":              {b, "kakao", "", somebody, customer.ChallengeOver},
			"another provider":      {b, "naver", "again", somebody, customer.NotConfirmed},
			"no code":               {b, "kakao", "again", "", customer.NotConfirmed},
			"a code that is no one": {b, "kakao", "again", "x", customer.NotConfirmed},
		} {
			if c.state == "again" {
				c.b, c.state = h.goes(account.Browser{Client: what}, "kakao", account.ToSignIn)
			}
			if out, err := h.ComeBack(ctx, c.b, session.Record{}, c.provider, c.state, c.code); !says(err, c.want) || out.Carried.Member != "" {
				h.t.Errorf("%s: %+v, %v", what, out.Carried, err)
			}
		}
		var in atomic.Int64
		var all sync.WaitGroup
		for range 10 {
			all.Go(func() {
				if out, err := h.ComeBack(ctx, b, session.Record{}, "kakao", state, somebody); err == nil && out.Carried.Member != "" && out.Next == "/cart" {
					in.Add(1)
				} else if !says(err, customer.ChallengeOver) {
					h.t.Error(err)
				}
			})
		}
		all.Wait()
		if in.Load() != 1 {
			h.t.Errorf("%d of ten with one state got in", in.Load())
		}
		b, state = h.goes(account.Browser{Client: "late"}, "kakao", account.ToSignIn)
		h.now = h.now.Add(customer.ChallengeGood + time.Second)
		if _, err := h.ComeBack(ctx, b, session.Record{}, "kakao", state, somebody); !says(err, customer.ChallengeOver) {
			h.t.Errorf("too late: %v", err)
		}
	})
}

// TestNothingIsKeptBeforeTheyAgree: of who comes the first time nothing is in the database, and of a child nothing goes on.
func TestNothingIsKeptBeforeTheyAgree(t *testing.T) {
	eachSocial(t, func(h *house) {
		b, state := h.goes(account.Browser{Client: "a"}, "kakao", account.ToSignIn)
		out, err := h.ComeBack(ctx, b, session.Record{}, "kakao", state, "77 child@example.com verified child")
		if !says(err, customer.TooYoung) || out.Pending != "" || out.Person != (customer.Person{}) {
			h.t.Errorf("a child: %+v, %v", out, err)
		}
		b, state = h.goes(b, "kakao", account.ToSignIn)
		out, err = h.ComeBack(ctx, b, session.Record{}, "kakao", state, somebody)
		if err != nil || !out.First || out.Taken || out.Carried.Member != "" {
			h.t.Fatalf("%+v, %v", out, err)
		}
		up := account.SignUp{Name: "김하루", Email: "another@example.com", Consents: []customer.Document{customer.Terms, customer.Privacy}}
		_, _, err = h.JoinBy(ctx, b, out.Pending, up, lang.Korean)
		if f := fault.Of(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Name != "consents.over14" {
			h.t.Errorf("without being 14: %v", err)
		}
		if id, _, err := h.Store.ByEmail(ctx, "haru@example.com"); id != "" || err != nil {
			h.t.Errorf("kept before they agreed: %q, %v", id, err)
		}
		up.Consents = customer.Required
		stranger, _ := h.goes(account.Browser{Client: "x"}, "kakao", account.ToSignIn)
		for what, c := range map[string]struct {
			b       account.Browser
			pending string
		}{"another browser": {stranger, out.Pending}, "altered": {b, out.Pending[:len(out.Pending)-2] + "xx"}, "none": {b, ""}} {
			if _, _, err := h.JoinBy(ctx, c.b, c.pending, up, lang.Korean); !says(err, customer.ChallengeOver) {
				h.t.Errorf("%s: %v", what, err)
			}
		}
		joined, mailed, err := h.JoinBy(ctx, b, out.Pending, up, lang.Korean)
		if err != nil || mailed || joined.Carried.Member == "" {
			h.t.Fatalf("%+v, %v, %v", joined, mailed, err)
		}
		who, hash, err := h.Store.Customer(ctx, customer.ID(joined.Carried.Member))
		if err != nil || who.Email != "haru@example.com" || hash != "" {
			h.t.Errorf("the mail is the provider's: %+v, %v", who, err)
		}
		if _, _, _, err := h.SignIn(ctx, browser("p"), "haru@example.com", ""); !says(err, customer.WrongPassword) {
			h.t.Errorf("an account without a password takes an empty one: %v", err)
		}
		if _, _, err := h.JoinBy(ctx, b, out.Pending, up, lang.Korean); err == nil {
			h.t.Error("joined twice")
		}
	})
}

// TestAMailIsNeverJoinedUnseen: who has a provider's account with a customer's mail shows first that they are the customer.
func TestAMailIsNeverJoinedUnseen(t *testing.T) {
	eachSocial(t, func(h *house) {
		h.join("haru@example.com")
		b, state := h.goes(account.Browser{Client: "a"}, "kakao", account.ToSignIn)
		out, err := h.ComeBack(ctx, b, session.Record{}, "kakao", state, somebody)
		if err != nil || !out.First || !out.Taken {
			h.t.Fatalf("%+v, %v", out, err)
		}
		if _, _, err := h.JoinBy(ctx, b, out.Pending, account.SignUp{Name: "x", Consents: customer.Required}, lang.Korean); !says(err, customer.MailTaken) {
			h.t.Errorf("a second account of one mail: %v", err)
		}
		if _, err := h.LinkBy(ctx, b, out.Pending, "wrong anvil 7"); !says(err, customer.WrongPassword) {
			h.t.Errorf("with a wrong password: %v", err)
		}
		linked, err := h.LinkBy(ctx, b, out.Pending, password)
		if err != nil || linked.Carried.Member == "" {
			h.t.Errorf("%+v, %v", linked, err)
		}
		// A mail that the provider does not vouch for tells nothing, and joins nothing by itself.
		b, state = h.goes(account.Browser{Client: "n"}, "naver", account.ToSignIn)
		out, err = h.ComeBack(ctx, b, session.Record{}, "naver", state, "n1 haru@example.com")
		if err != nil || !out.First || out.Taken {
			h.t.Errorf("%+v, %v", out, err)
		}
		if _, err := h.LinkBy(ctx, b, out.Pending, password); !says(err, customer.NotConfirmed) {
			h.t.Errorf("linked by a mail that anybody could have typed: %v", err)
		}
		_, mailed, err := h.JoinBy(ctx, b, out.Pending, account.SignUp{Name: "x", Email: "haru@example.com", Consents: customer.Required}, lang.Korean)
		if err != nil || !mailed {
			h.t.Errorf("the answer must be that to any mail: %v, %v", mailed, err)
		}
	})
}

// TestLinkingAndProving: an account elsewhere proves who has it, is linked only to who has proved themselves lately, and to one customer.
func TestLinkingAndProving(t *testing.T) {
	eachSocial(t, func(h *house) {
		one, r := h.enters(somebody)
		other, r2 := h.enters("2002 onda@example.com verified")
		back := func(b account.Browser, r session.Record, name string, intent account.Intent, code string) (account.Arrival, error) {
			h.t.Helper()
			b, state := h.goes(b, name, intent)
			return h.ComeBack(ctx, b, r, name, state, code)
		}
		if _, err := back(one, r, "kakao", account.ToLink, "2002 x@example.com"); !says(err, customer.IdentityTaken) {
			h.t.Errorf("another's account: %v", err)
		}
		_, err := back(one, r, "naver", account.ToLink, "n7 x@example.com")
		h.must(err)
		if _, err := back(other, r2, "naver", account.ToLink, "n7 x@example.com"); !says(err, customer.IdentityTaken) {
			h.t.Errorf("one for two: %v", err)
		}
		if _, err := back(other, r2, "naver", account.ToProve, "n7 x@example.com"); !says(err, customer.NotConfirmed) {
			h.t.Errorf("another's as a proof: %v", err)
		}
		h.now = h.now.Add(account.ProvedLately + time.Minute)
		if _, err := back(other, r2, "naver", account.ToLink, "n8 x@example.com"); !says(err, fault.Unproved) {
			h.t.Errorf("linked without a fresh proof: %v", err)
		}
		out, err := back(one, r, "naver", account.ToProve, "n7 x@example.com")
		h.must(err)
		if r, _, err = h.Sessions.Open(ctx, session.Carried{Visitor: out.Carried.Visitor}); err != nil || !h.Proved(r) {
			h.t.Errorf("the proof proved nothing: %+v, %v", r, err)
		}
	})
}
