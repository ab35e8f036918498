package memory

import (
	"context"
	"time"

	"github.com/maypok86/otter/v2"

	"myclothes/internal/session"
)

const maxSessions = 200_000 // then the least used go

// Sessions keeps sessions in memory: whoever signed in is a guest again when the process ends, and to every other instance. Make one with NewSessions.
type Sessions struct {
	records *otter.Cache[session.Key, session.Record]
	now     func() time.Time
}

var _ session.Store = (*Sessions)(nil)

// NewSessions makes an empty store that goes by that clock.
func NewSessions(now func() time.Time) *Sessions {
	return &Sessions{now: now, records: otter.Must(&otter.Options[session.Key, session.Record]{
		MaximumSize:      maxSessions,
		ExpiryCalculator: otter.ExpiryAccessing[session.Key, session.Record](session.Idle),
		Clock:            clock{now},
	})}
}

func (s *Sessions) Name() string { return "memory" }

func (s *Sessions) Open(_ context.Context, c session.Carried) (session.Record, session.Carried, error) {
	r, ok := s.records.GetIfPresent(c.Visitor.Key())
	if !ok || r.Over(s.now()) {
		return session.Record{}, c, nil
	}
	return r, c, nil
}

func (s *Sessions) File(_ context.Context, c session.Carried, r session.Record) (session.Carried, error) {
	s.records.Set(c.Visitor.Key(), r)
	return c, nil
}

func (s *Sessions) End(_ context.Context, c session.Carried) (session.Carried, error) {
	s.records.Invalidate(c.Visitor.Key())
	return c.Guest(), nil
}

// clock lets the cache go by ours.
type clock struct{ now func() time.Time }

func (c clock) NowNano() int64                        { return c.now().UnixNano() }
func (c clock) Tick(d time.Duration) <-chan time.Time { return time.Tick(d) }
