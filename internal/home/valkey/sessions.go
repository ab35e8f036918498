package valkey

import (
	"context"
	"time"

	"github.com/valkey-io/valkey-go"

	"myclothes/internal/session"
)

const sessionPrefix = "session:"

// Sessions is the store of sessions on the same servers, with the same budget and the same breaker.
type Sessions struct{ h *Home }

var _ session.Store = Sessions{}

// Sessions returns the store of sessions on the home's servers.
func (h *Home) Sessions() Sessions { return Sessions{h} }

// Name is the setting's value that chooses this store.
func (s Sessions) Name() string { return "valkey" }

func (s Sessions) Open(ctx context.Context, c session.Carried) (session.Record, session.Carried, error) {
	if !c.Visitor.SignedIn() {
		return session.Record{}, c, nil
	}
	key := sessionPrefix + string(c.Visitor.Key())
	answers, err := s.h.look(ctx, key, session.Idle, session.Renew, func(b valkey.Builder) valkey.Completed { return b.Get().Key(key).Build() })
	if err != nil {
		return session.Record{}, c, err
	}
	text, err := answers.ToString()
	if err != nil { // there is none, or it is something else
		return session.Record{}, c, nil
	}
	if r := session.ParseRecord(text); !r.Over(s.h.o.Now()) {
		return r, c, nil
	}
	return session.Record{}, c, nil
}

func (s Sessions) File(ctx context.Context, c session.Carried, r session.Record) (session.Carried, error) {
	return c, s.change(ctx, func(b valkey.Builder) valkey.Completed {
		return b.Set().Key(sessionPrefix + string(c.Visitor.Key())).Value(r.Text()).Px(session.Idle).Build()
	})
}

func (s Sessions) End(ctx context.Context, c session.Carried) (session.Carried, error) {
	if c.Visitor == "" {
		return c.Guest(), nil
	}
	err := s.change(ctx, func(b valkey.Builder) valkey.Completed {
		return b.Del().Key(sessionPrefix + string(c.Visitor.Key())).Build()
	})
	if err != nil {
		return c, err
	}
	return c.Guest(), nil
}

// change makes a change, which replicas confirm where the home waits for them.
func (s Sessions) change(ctx context.Context, build func(valkey.Builder) valkey.Completed) error {
	_, err := s.h.ask(ctx, func(ctx context.Context, client valkey.Client) (valkey.ValkeyMessage, error) {
		if s.h.o.Replicas == 0 {
			r := client.Do(ctx, build(client.B()))
			return r.ToMessage()
		}
		var answer valkey.ValkeyMessage
		err := client.Dedicated(func(one valkey.DedicatedClient) (err error) {
			answer, err = confirmed(ctx, one, s.h.o, build(one.B()))
			return err
		})
		return answer, err
	})
	return err
}

// look reads a key and how long it has left, in one round trip. Where that is less than keep by renew, it is kept for keep again; it is no loss if that does
// not succeed.
func (h *Home) look(ctx context.Context, key string, keep, renew time.Duration, read func(valkey.Builder) valkey.Completed) (valkey.ValkeyMessage, error) {
	return h.ask(ctx, func(ctx context.Context, client valkey.Client) (valkey.ValkeyMessage, error) {
		r := client.DoMulti(ctx, read(client.B()), client.B().Pttl().Key(key).Build())
		answer, err := r[0].ToMessage()
		if valkey.IsValkeyNil(err) {
			err = nil
		}
		if left, failed := r[1].AsInt64(); failed == nil && left >= 0 && left < (keep-renew).Milliseconds() {
			client.Do(ctx, client.B().Pexpire().Key(key).Milliseconds(keep.Milliseconds()).Build())
		}
		return answer, err
	})
}
