package social_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"myclothes/internal/customer"
	"myclothes/internal/social"
	"myclothes/internal/social/socialsim"
)

const back = "https://shop.example/account/social/x/callback"

// world is both providers beside a server that speaks their protocols.
type world struct {
	t     *testing.T
	kakao *social.Provider
	naver *social.Provider
}

func newWorld(t *testing.T, secret string) world {
	t.Helper()
	sim := httptest.NewServer(socialsim.New(socialsim.Options{ClientID: "id", ClientSecret: "secret", Now: time.Now, HangFor: 5 * time.Second}))
	t.Cleanup(sim.Close)
	o := social.Options{ClientID: "id", ClientSecret: secret, Timeout: time.Second, Now: time.Now}
	at := func(name string) social.Options { o.Auth, o.User = sim.URL+"/"+name, sim.URL+"/"+name; return o }
	return world{t, social.Kakao(at("kakao")), social.Naver(at("naver"))}
}

// allow says on the provider's page who somebody is, and returns the code with which they come back.
func (w world) allow(p *social.Provider, verifier string, who url.Values) string {
	w.t.Helper()
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.PostForm(p.Address("state-1", verifier, back, false), who)
	if err != nil {
		w.t.Fatal(err)
	}
	resp.Body.Close()
	to, err := resp.Location()
	if err != nil || !strings.HasPrefix(to.String(), back) || to.Query().Get("state") != "state-1" {
		w.t.Fatalf("%s leads to %v, %v", resp.Status, to, err)
	}
	return to.Query().Get("code")
}

func (w world) person(p *social.Provider, code, verifier, back string) (customer.Person, error) {
	return p.Person(context.Background(), code, "state-1", verifier, back)
}

func TestWhoSomebodyIs(t *testing.T) {
	w := newWorld(t, "secret")
	for _, c := range []struct {
		p    *social.Provider
		says url.Values
		want customer.Person
	}{
		{w.kakao, url.Values{"id": {"1001"}, "email": {"a@kakao.example"}, "verified": {"yes"}, "name": {"김하루"}, "age": {"29"}}, customer.Person{Provider: "kakao", Subject: "1001", Email: "a@kakao.example", Verified: true, Name: "김하루"}},
		{w.kakao, url.Values{"id": {"1002"}, "email": {"a@kakao.example"}, "name": {"x"}}, customer.Person{Provider: "kakao", Subject: "1002", Email: "a@kakao.example", Name: "x"}},
		{w.kakao, url.Values{"id": {"1003"}, "verified": {"yes"}, "age": {"9"}}, customer.Person{Provider: "kakao", Subject: "1003", Under14: true}},
		{w.naver, url.Values{"id": {"n1"}, "email": {"a@naver.example"}, "verified": {"yes"}, "name": {"박온다"}, "phone": {"010-1234-5678"}, "age": {"14"}},
			customer.Person{Provider: "naver", Subject: "n1", Email: "a@naver.example", Name: "박온다", Phone: "010-1234-5678"}},
		{w.naver, url.Values{"id": {"n2"}, "age": {"13"}}, customer.Person{Provider: "naver", Subject: "n2", Under14: true}},
	} {
		v := social.NewVerifier()
		got, err := w.person(c.p, w.allow(c.p, v, c.says), v, back)
		if err != nil || got != c.want {
			t.Errorf("%v: %+v, %v; want %+v", c.says, got, err, c.want)
		}
	}
}

// TestCodesAreNobodyElses: a code is good once, with its own verifier and address, at its own provider.
func TestCodesAreNobodyElses(t *testing.T) {
	w := newWorld(t, "secret")
	v, who := social.NewVerifier(), url.Values{"id": {"1001"}}
	used := w.allow(w.kakao, v, who)
	if _, err := w.person(w.kakao, used, v, back); err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		p                    *social.Provider
		code, verifier, back string
	}{
		"used before":           {w.kakao, used, v, back},
		"made up":               {w.kakao, "x", v, back},
		"another verifier":      {w.kakao, w.allow(w.kakao, v, who), social.NewVerifier(), back},
		"another address":       {w.kakao, w.allow(w.kakao, v, who), v, back + "2"},
		"the other provider's":  {w.naver, w.allow(w.kakao, v, who), v, back},
		"Naver, used or forged": {w.naver, "x", v, back},
	} {
		if got, err := w.person(c.p, c.code, c.verifier, c.back); !errors.Is(err, customer.NotConfirmed) || got != (customer.Person{}) {
			t.Errorf("%s: %+v, %v", what, got, err)
		}
	}
	wrong := newWorld(t, "another secret")
	if _, err := wrong.person(wrong.kakao, wrong.allow(wrong.kakao, v, who), v, back); !errors.Is(err, customer.NotConfirmed) {
		t.Errorf("another's secret: %v", err)
	}
}

// TestProvidersThatDoNotAnswer: nobody waits for long, and no secret is in what is logged.
func TestProvidersThatDoNotAnswer(t *testing.T) {
	w := newWorld(t, "secret")
	for _, p := range []*social.Provider{w.kakao, w.naver} {
		for _, result := range []string{"silent", "error", "nonsense"} {
			v := social.NewVerifier()
			code := w.allow(p, v, url.Values{"id": {"1"}, "result": {result}})
			began := time.Now()
			_, err := w.person(p, code, v, back)
			if !errors.Is(err, customer.ProviderSilent) || time.Since(began) > 3*time.Second {
				t.Errorf("%s %s: %v after %v", p.Name(), result, err, time.Since(began))
			}
			for _, secret := range []string{code, v, "secret"} {
				if err != nil && strings.Contains(err.Error(), secret) {
					t.Errorf("%s %s: %v holds a secret", p.Name(), result, err)
				}
			}
		}
	}
	gone := social.Kakao(social.Options{Auth: "http://127.0.0.1:1", User: "http://127.0.0.1:1", ClientID: "id", Timeout: time.Second, Now: time.Now})
	if _, err := w.person(gone, "code", "verifier", back); !errors.Is(err, customer.ProviderSilent) {
		t.Errorf("nobody there: %v", err)
	}
}

// TestWhoProvesThemselvesSaysTheirPasswordThere: each provider has its own word for it.
func TestWhoProvesThemselvesSaysTheirPasswordThere(t *testing.T) {
	w := newWorld(t, "secret")
	for p, word := range map[*social.Provider]string{w.kakao: "prompt=login", w.naver: "auth_type=reauthenticate"} {
		if a := p.Address("s", "v", back, true); !strings.Contains(a, word) {
			t.Errorf("%s: %s", p.Name(), a)
		}
		if a := p.Address("s", "v", back, false); strings.Contains(a, word) {
			t.Errorf("%s: %s", p.Name(), a)
		}
	}
}
