package store_test

import (
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/seal"
)

// byKakao is an applicant who signs in by Kakao.
func byKakao(email, subject string) customer.Applicant {
	a := applicant(email)
	a.Password, a.Provider, a.Subject = "", "kakao", subject
	return a
}

func (p *people) signsIn(provider, subject string, want customer.ID) {
	p.t.Helper()
	if got, err := p.ByIdentity(ctx, provider, subject); err != nil || got != want {
		p.t.Errorf("%s %s is %q, %v; want %q", provider, subject, got, err, want)
	}
}

func TestAccountsElsewhere(t *testing.T) {
	eachPeople(t, func(p *people) {
		id, err := p.Enrol(ctx, byKakao("haru@example.com", "1001"))
		p.must(err)
		p.signsIn("kakao", "1001", id)
		p.signsIn("naver", "1001", "")
		ledger, err := p.Consents(ctx, id)
		if err != nil || len(ledger) != 3 {
			p.t.Errorf("ledger %+v, %v", ledger, err)
		}
		for what, c := range map[string]struct {
			a    customer.Applicant
			want error
		}{
			"a mail that is a customer's":             {byKakao("HARU@example.com", "2"), customer.MailTaken},
			"an account elsewhere that is somebody's": {byKakao("new@example.com", "1001"), customer.IdentityTaken},
		} {
			if _, err := p.Enrol(ctx, c.a); !says(err, c.want) {
				p.t.Errorf("%s: %v", what, err)
			}
		}
		if found, _, _ := p.ByEmail(ctx, "new@example.com"); found != "" {
			p.t.Error("a refused enrolment left half an account")
		}
		if err := p.Unlink(ctx, id, "kakao"); !says(err, customer.LastWay) {
			p.t.Errorf("the last way in: %v", err)
		}
		p.signsIn("kakao", "1001", id)
		p.must(p.Link(ctx, id, "naver", "n1"))
		other := p.join("onda@example.com")
		if err := p.Link(ctx, other, "naver", "n1"); !says(err, customer.IdentityTaken) {
			p.t.Errorf("another's: %v", err)
		}
		if err := p.Link(ctx, id, "naver", "n2"); !says(err, customer.IdentityTaken) {
			p.t.Errorf("a second one of one provider: %v", err)
		}
		p.must(p.Unlink(ctx, id, "kakao"))
		p.signsIn("kakao", "1001", "")
		if err := p.Unlink(ctx, other, "naver"); !errors.Is(err, fault.NoSuchPage) {
			p.t.Errorf("none to take away: %v", err)
		}
		p.must(p.Leave(ctx, id))
		p.signsIn("naver", "n1", "")
	})
}

// TestTwoLastWays: of a passkey and an account elsewhere, taken away at once, one stays.
func TestTwoLastWays(t *testing.T) {
	eachPeople(t, func(p *people) {
		id, err := p.Enrol(ctx, byKakao("haru@example.com", "1001"))
		p.must(err)
		p.must(p.AddPasskey(ctx, customer.Passkey{ID: "AAAA", Owner: id, Name: "x"}))
		var gone atomic.Int64
		var all sync.WaitGroup
		for _, drop := range []func() error{func() error { return p.Unlink(ctx, id, "kakao") }, func() error { return p.DropPasskey(ctx, id, "AAAA") }} {
			all.Go(func() {
				if err := drop(); err == nil {
					gone.Add(1)
				} else if !says(err, customer.LastWay) {
					p.t.Error(err)
				}
			})
		}
		all.Wait()
		if gone.Load() != 1 {
			p.t.Errorf("%d of two last ways were taken away", gone.Load())
		}
	})
}

// TestAnApplicationByKakao: the mail is confirmed by its owner first, and the account elsewhere is linked then and kept nowhere else.
func TestAnApplicationByKakao(t *testing.T) {
	eachPeople(t, func(p *people) {
		p.must(p.Apply(ctx, byKakao("haru@example.com", "424242")))
		p.signsIn("kakao", "424242", "")
		first := p.event(customer.Applied)
		p.must(p.Apply(ctx, byKakao("second@example.com", "424242")))
		second := p.event(customer.Applied)
		id, err := p.Admit(ctx, first)
		p.must(err)
		p.signsIn("kakao", "424242", id)
		if _, err := p.Admit(ctx, second); !says(err, customer.LinkOver) {
			p.t.Errorf("one account elsewhere for two: %v", err)
		}
		all, err := p.db.EverythingOfCustomers(ctx)
		p.must(err)
		if strings.Contains(all, "424242") {
			p.t.Error("who they are elsewhere is readable in the database")
		}
		who, _, err := p.Customer(ctx, id)
		if err != nil || who.Email != "haru@example.com" {
			p.t.Errorf("%+v, %v", who, err)
		}
		young := seal.NewKey("b")
		p.seal(young, p.keys[0])
		p.signsIn("kakao", "424242", id)
		_, err = p.Rewrap(ctx)
		p.must(err)
		p.seal(young)
		p.signsIn("kakao", "424242", id)
	})
}

// says reports whether err is that fault, and no other of the same code: its words tell.
func says(err, want error) bool {
	if err == nil || want == nil {
		return err == want
	}
	return fault.Of(err).Words == fault.Of(want).Words
}
