package store

import (
	"context"

	"myclothes/internal/session"
)

// Sessions is the store "database" of sessions.
type Sessions struct{ db *DB }

// Sessions returns the store of sessions in this database.
func (db *DB) Sessions() *Sessions { return &Sessions{db} }

var _ session.Store = (*Sessions)(nil)

func (s *Sessions) Name() string { return "database" }

func (s *Sessions) Open(ctx context.Context, c session.Carried) (session.Record, session.Carried, error) {
	var r session.Record
	if !c.Visitor.SignedIn() {
		return r, c, nil
	}
	at := s.db.now()
	var signedIn, proved, seen int64
	err := s.db.reader().each(ctx, now, "session", `SELECT member, sign_in, at, proved_at, seen_at FROM session WHERE key = $1 AND seen_at > $2`,
		[]any{string(c.Visitor.Key()), micros(at.Add(-session.Idle))}, func(row scanner) error {
			return row.Scan(&r.Member, &r.SignIn, &signedIn, &proved, &seen)
		})
	r.At, r.Proved = fromMicros(signedIn), fromMicros(proved)
	if err != nil || r.IsZero() || r.Over(at) {
		return session.Record{}, c, err
	}
	if at.Sub(fromMicros(seen)) >= session.Renew {
		_, err = s.db.exec(ctx, "see session", `UPDATE session SET seen_at = $2 WHERE key = $1 AND seen_at < $2`, string(c.Visitor.Key()), micros(at))
	}
	return r, c, err
}

func (s *Sessions) File(ctx context.Context, c session.Carried, r session.Record) (session.Carried, error) {
	_, err := s.db.exec(ctx, "file session",
		`INSERT INTO session (key, member, sign_in, at, proved_at, seen_at) VALUES ($1, $2, $3, $4, $5, $6)
		 ON CONFLICT (key) DO UPDATE SET member = excluded.member, sign_in = excluded.sign_in, at = excluded.at, proved_at = excluded.proved_at, seen_at = excluded.seen_at`,
		string(c.Visitor.Key()), r.Member, r.SignIn, micros(r.At), micros(r.Proved), micros(s.db.now()))
	return c, err
}

func (s *Sessions) End(ctx context.Context, c session.Carried) (session.Carried, error) {
	if _, err := s.db.exec(ctx, "end session", `DELETE FROM session WHERE key = $1`, string(c.Visitor.Key())); err != nil {
		return c, err
	}
	return c.Guest(), nil
}

// Sweep deletes up to 500 sessions that are over and returns how many.
func (s *Sessions) Sweep(ctx context.Context) (int, error) {
	at := s.db.now()
	n, err := s.db.exec(ctx, "sweep sessions",
		`DELETE FROM session WHERE key IN (SELECT key FROM session WHERE seen_at < $1 OR at < $2 LIMIT 500) AND (seen_at < $1 OR at < $2)`,
		micros(at.Add(-session.Idle)), micros(at.Add(-session.Longest)))
	return int(n), err
}
