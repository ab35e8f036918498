package store

import (
	"context"
	"database/sql"
	"time"

	"github.com/google/uuid"

	"myclothes/internal/outbox"
)

// emit writes an event in the transaction of its cause: it is delivered if, and only if, its cause is committed.
func emit(ctx context.Context, t tx, topic outbox.Topic, subject string, at time.Time) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, "emit event",
		`INSERT INTO outbox (id, topic, subject, created_at, next_at, attempts, done_at, failure) VALUES ($1, $2, $3, $4, $4, 0, NULL, '')`,
		id.String(), string(topic), subject, micros(at))
	return err
}

// Outbox is the outbox in this database.
type Outbox struct{ db *DB }

var _ outbox.Box = (*Outbox)(nil)

// Outbox returns the outbox of this database.
func (db *DB) Outbox() *Outbox { return &Outbox{db} }

func (o *Outbox) Claim(ctx context.Context, at time.Time, hold time.Duration, limit int) (events []outbox.Event, err error) {
	err = o.db.act(ctx, "claim events", func(t tx) error {
		events = nil
		if err := t.each(ctx, "due events",
			`SELECT id, topic, subject, created_at, attempts FROM outbox WHERE done_at IS NULL AND next_at <= $1 ORDER BY next_at, id LIMIT $2`+t.db.dialect.skipLocked,
			[]any{micros(at), limit}, func(s scanner) error {
				var e outbox.Event
				var created int64
				err := s.Scan(&e.ID, &e.Topic, &e.Subject, &created, &e.Attempts)
				e.At = fromMicros(created)
				events = append(events, e)
				return err
			}); err != nil {
			return err
		}
		if len(events) == 0 {
			return nil
		}
		ids := make([]string, len(events))
		for i, e := range events {
			ids[i] = e.ID
		}
		in, args := list([]any{micros(at.Add(hold))}, ids)
		_, err := t.exec(ctx, "hold events", `UPDATE outbox SET next_at = $1, attempts = attempts + 1 WHERE id IN (`+in+`)`, args...)
		return err
	})
	return events, err
}

func (o *Outbox) Finish(ctx context.Context, id string, at time.Time) error {
	_, err := o.db.exec(ctx, "finish event", `UPDATE outbox SET done_at = $1, failure = '' WHERE id = $2`, micros(at), id)
	return err
}

func (o *Outbox) Fail(ctx context.Context, id, why string, next time.Time) error {
	_, err := o.db.exec(ctx, "fail event", `UPDATE outbox SET next_at = $1, failure = $2 WHERE id = $3`, micros(next), why, id)
	return err
}

// Oldest returns when the oldest event that is not delivered yet happened; the zero time where all are.
func (o *Outbox) Oldest(ctx context.Context) (time.Time, error) {
	var us sql.NullInt64
	err := o.db.reader().one(ctx, now, "oldest event", `SELECT MIN(created_at) FROM outbox WHERE done_at IS NULL`, nil, &us)
	if !us.Valid {
		return time.Time{}, err
	}
	return fromMicros(us.Int64), err
}

// Sweep deletes up to 500 events that were delivered before the time and returns how many.
func (o *Outbox) Sweep(ctx context.Context, before time.Time) (int, error) {
	n, err := o.db.exec(ctx, "sweep events", `DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE done_at < $1 LIMIT 500)`, micros(before))
	return int(n), err
}
