package account_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"myclothes/internal/account"
	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/outbox"
	"myclothes/internal/passkey"
	"myclothes/internal/passkey/passkeytest"
	"myclothes/internal/session"
)

const origin, domain = "https://shop.example", "shop.example"

// device is a browser with an authenticator, signed in.
type device struct {
	*house
	account.Browser
	id  customer.ID
	key *passkeytest.Key
}

func (h *house) device(email string) *device {
	h.t.Helper()
	if h.Keys == nil {
		c, err := passkey.New(origin)
		h.must(err)
		h.Keys = c
	}
	h.join(email)
	b := account.Browser{Client: email, Device: "Chrome, Mac"}
	next, _, _, err := h.SignIn(ctx, b, email, password)
	h.must(err)
	b.Carried = next
	return &device{h, b, customer.ID(next.Member), passkeytest.New(origin, domain)}
}

// add registers the device's key.
func (d *device) add() {
	d.t.Helper()
	asked, err := d.OfferPasskey(ctx, d.Browser, d.id)
	d.must(err)
	d.must(d.AddPasskey(ctx, d.Browser, d.id, asked.Challenge, string(d.key.Create(asked.Options))))
}

// guest is a browser that has been asked.
func (h *house) guest(name string) (account.Browser, account.Asked) {
	h.t.Helper()
	b := account.Browser{Client: name}
	asked, next, err := h.AskPasskey(ctx, b)
	h.must(err)
	b.Carried = next
	return b, asked
}

func TestSigningInByPasskey(t *testing.T) {
	eachHouse(t, func(h *house) {
		d := h.device("haru@example.com")
		d.add()
		all, err := h.Store.Passkeys(ctx, d.id)
		if err != nil || len(all) != 1 || all[0].Name != "Chrome, Mac" || all[0].Synced != customer.MayBeSynced {
			h.t.Fatalf("%+v, %v", all, err)
		}
		b, asked := h.guest("elsewhere")
		next, mark, _, err := h.SignInByPasskey(ctx, b, asked.Challenge, string(d.key.Get(asked.Options)))
		if err != nil || next.Member != string(d.id) || !next.Visitor.SignedIn() || next.Visitor == b.Visitor || mark == "" {
			h.t.Fatalf("%+v, %v", next, err)
		}
		r, _, err := h.Sessions.Open(ctx, session.Carried{Visitor: next.Visitor})
		if err != nil || r.Member != string(d.id) {
			h.t.Errorf("%+v, %v", r, err)
		}
		h.now = h.now.Add(account.ProvedLately + time.Second)
		if h.Proved(r) {
			h.t.Fatal("a proof is good for ever")
		}
		b.Carried = next
		asked, _, err = h.AskPasskey(ctx, b)
		h.must(err)
		again, err := h.ProveByPasskey(ctx, b, r, asked.Challenge, string(d.key.Get(asked.Options)))
		h.must(err)
		if r, _, _ = h.Sessions.Open(ctx, session.Carried{Visitor: again.Visitor}); !h.Proved(r) {
			h.t.Error("the passkey proved nothing")
		}
	})
}

// TestAttacksOnPasskeys: each is refused, and nobody is signed in.
func TestAttacksOnPasskeys(t *testing.T) {
	eachHouse(t, func(h *house) {
		d, other := h.device("haru@example.com"), h.device("onda@example.com")
		d.add()
		other.add()
		try := func(what string, want error, attack func(b *account.Browser, asked *account.Asked) string) {
			h.t.Helper()
			h.now = h.now.Add(time.Minute) // the rates are another test's
			b, asked := h.guest(what)
			answer := attack(&b, &asked)
			if next, _, _, err := h.SignInByPasskey(ctx, b, asked.Challenge, answer); !says(err, want) || next.Member != "" {
				h.t.Errorf("%s: signed in as %q, %v; want %v", what, next.Member, err, want)
			}
		}
		good := func(a *account.Asked) string { return string(d.key.Get(a.Options)) }
		altered := func(change func(k *passkeytest.Key)) func(*account.Browser, *account.Asked) string {
			return func(_ *account.Browser, a *account.Asked) string {
				k := *d.key
				change(&k)
				return string(k.Get(a.Options))
			}
		}
		try("a stranger's challenge", customer.ChallengeOver, func(b *account.Browser, a *account.Asked) string {
			_, theirs := h.guest("a stranger")
			answer := good(&theirs)
			a.Challenge = theirs.Challenge
			return answer
		})
		try("the answer to another challenge", customer.WrongPasskey, func(_ *account.Browser, a *account.Asked) string {
			_, theirs := h.guest("a stranger")
			return good(&theirs)
		})
		try("none", customer.ChallengeOver, func(_ *account.Browser, a *account.Asked) string { a.Challenge = ""; return "{}" })
		try("too late", customer.ChallengeOver, func(_ *account.Browser, a *account.Asked) string {
			h.now = h.now.Add(customer.ChallengeGood + time.Second)
			return good(a)
		})
		try("one to add a passkey", customer.ChallengeOver, func(b *account.Browser, a *account.Asked) string {
			b.Carried = d.Carried
			offered, err := h.OfferPasskey(ctx, d.Browser, d.id)
			h.must(err)
			a.Challenge = offered.Challenge
			b.Member = ""
			return string(d.key.Get(offered.Options))
		})
		try("another origin", customer.WrongPasskey, altered(func(k *passkeytest.Key) { k.Origin = "https://shop.example.evil.example" }))
		try("the same host without TLS", customer.WrongPasskey, altered(func(k *passkeytest.Key) { k.Origin = "http://shop.example" }))
		try("another domain", customer.WrongPasskey, altered(func(k *passkeytest.Key) { k.RP = "evil.example" }))
		try("nobody verified", customer.WrongPasskey, altered(func(k *passkeytest.Key) { k.Flags &^= passkeytest.Verified }))
		try("nobody present", customer.WrongPasskey, altered(func(k *passkeytest.Key) { k.Flags &^= passkeytest.Present }))
		try("another user", customer.WrongPasskey, altered(func(k *passkeytest.Key) { k.User = other.key.User }))
		try("another's key under this name", customer.WrongPasskey, func(_ *account.Browser, a *account.Asked) string {
			k := *other.key
			k.ID, k.User = d.key.ID, d.key.User
			return string(k.Get(a.Options))
		})
		try("a key that is not here", customer.WrongPasskey, func(_ *account.Browser, a *account.Asked) string {
			return string(passkeytest.New(origin, domain).Get(a.Options))
		})
		try("an altered signature", customer.WrongPasskey, func(_ *account.Browser, a *account.Asked) string {
			var answer map[string]any
			h.must(json.Unmarshal([]byte(good(a)), &answer))
			response := answer["response"].(map[string]any)
			response["authenticatorData"] = strings.Replace(response["authenticatorData"].(string), "A", "B", 1)
			out, _ := json.Marshal(answer)
			return string(out)
		})
		try("nonsense", customer.WrongPasskey, func(*account.Browser, *account.Asked) string { return `{"id":"x","type":"public-key"}` })
		try("too much", customer.WrongPasskey, func(*account.Browser, *account.Asked) string { return strings.Repeat("[", 10_000) })
	})
}

// TestAChallengeIsAnsweredOnce: of ten who send the same answer at once, one gets in.
func TestAChallengeIsAnsweredOnce(t *testing.T) {
	eachHouse(t, func(h *house) {
		d := h.device("haru@example.com")
		d.add()
		b, asked := h.guest("elsewhere")
		answer := string(d.key.Get(asked.Options))
		var in atomic.Int64
		var all sync.WaitGroup
		for range 10 {
			all.Go(func() {
				if _, _, _, err := h.SignInByPasskey(ctx, b, asked.Challenge, answer); err == nil {
					in.Add(1)
				} else if !says(err, customer.ChallengeOver) {
					h.t.Error(err)
				}
			})
		}
		all.Wait()
		if in.Load() != 1 {
			h.t.Errorf("%d of ten got in", in.Load())
		}
	})
}

// TestACopiedPasskeyIsSeen: one that counts must count on; if it does not it is refused, and its owner is told.
func TestACopiedPasskeyIsSeen(t *testing.T) {
	eachHouse(t, func(h *house) {
		d := h.device("haru@example.com")
		d.key.Count = 5
		d.add()
		for _, c := range []struct {
			count uint32
			want  error
		}{{6, nil}, {6, customer.WrongPasskey}, {4, customer.WrongPasskey}, {0, customer.WrongPasskey}, {7, nil}} {
			h.now = h.now.Add(time.Minute)
			b, asked := h.guest(fmt.Sprint("count ", c.count))
			d.key.Count = c.count
			if _, _, _, err := h.SignInByPasskey(ctx, b, asked.Challenge, string(d.key.Get(asked.Options))); !says(err, c.want) {
				h.t.Errorf("count %d: %v, want %v", c.count, err, c.want)
			}
		}
		m, ok, err := h.Message(ctx, outbox.Event{Topic: customer.Suspected, Subject: string(d.id), At: h.now}, "https://shop.example")
		if err != nil || !ok || m.To != "haru@example.com" || !strings.Contains(m.Body, "/account/keys") {
			h.t.Errorf("%+v, %v, %v", m, ok, err)
		}
		told := false
		events, err := h.db.Outbox().Claim(ctx, h.now.Add(time.Hour), time.Hour, 1000)
		h.must(err)
		for _, e := range events {
			told = told || e.Topic == customer.Suspected
		}
		if !told {
			h.t.Error("its owner was not told")
		}
	})
}

// TestPasskeysBelongToTheirOwner: what is another's cannot be added, named, removed or used as a proof.
func TestPasskeysBelongToTheirOwner(t *testing.T) {
	eachHouse(t, func(h *house) {
		d, other := h.device("haru@example.com"), h.device("onda@example.com")
		d.add()
		other.add()
		mine, err := h.Store.Passkeys(ctx, d.id)
		h.must(err)
		if err := h.Accounts.NamePasskey(ctx, other.id, mine[0].ID, "mine now"); err == nil {
			h.t.Error("another's passkey was named")
		}
		if err := h.Store.DropPasskey(ctx, other.id, mine[0].ID); err == nil {
			h.t.Error("another's passkey was removed")
		}
		asked, err := h.OfferPasskey(ctx, other.Browser, other.id)
		h.must(err)
		if err := h.AddPasskey(ctx, other.Browser, other.id, asked.Challenge, string(d.key.Create(asked.Options))); !says(err, customer.PasskeyKnown) {
			h.t.Errorf("the same key twice: %v", err)
		}
		asked, err = h.OfferPasskey(ctx, other.Browser, other.id)
		h.must(err)
		if err := h.AddPasskey(ctx, d.Browser, d.id, asked.Challenge, string(passkeytest.New(origin, domain).Create(asked.Options))); !says(err, customer.ChallengeOver) {
			h.t.Errorf("another's challenge: %v", err)
		}
		r, _, err := h.Sessions.Open(ctx, session.Carried{Visitor: d.Visitor})
		h.must(err)
		question, _, err := h.AskPasskey(ctx, d.Browser)
		h.must(err)
		if _, err := h.ProveByPasskey(ctx, d.Browser, r, question.Challenge, string(other.key.Get(question.Options))); !says(err, customer.WrongPasskey) {
			h.t.Errorf("another's passkey as a proof: %v", err)
		}
		h.must(h.Accounts.NamePasskey(ctx, d.id, mine[0].ID, " 하루의  폰 "))
		if mine, _ = h.Store.Passkeys(ctx, d.id); mine[0].Name != "하루의 폰" {
			h.t.Errorf("called %q", mine[0].Name)
		}
		h.must(h.Store.DropPasskey(ctx, d.id, mine[0].ID))
		b, question := h.guest("with a removed one")
		if _, _, _, err := h.SignInByPasskey(ctx, b, question.Challenge, string(d.key.Get(question.Options))); !says(err, customer.WrongPasskey) {
			h.t.Errorf("a removed passkey: %v", err)
		}
	})
}

// says reports whether err is that fault, and no other of the same code: its words tell.
func says(err, want error) bool {
	if err == nil || want == nil {
		return err == want
	}
	return fault.Of(err).Words == fault.Of(want).Words
}
