package store

import (
	"context"
	"time"

	"myclothes/internal/fault"
)

// Rates bounds how often something is tried, over all instances (the generic cell rate algorithm, ITU-T I.371, annex A): burst tries at once, then one per interval. It
// counts in one statement, so that it holds under concurrency.
type Rates struct{ db *DB }

// Rates returns the rates of this database.
func (db *DB) Rates() Rates { return Rates{db} }

// Allow counts a try under that name, and refuses it with fault.TooManyTries where there were too many; a refused one does not count.
func (r Rates) Allow(ctx context.Context, name string, every time.Duration, burst int) error {
	at := r.db.now()
	n, err := r.db.exec(ctx, "count try",
		`INSERT INTO rate (name, due_at) VALUES ($1, $3)
		 ON CONFLICT (name) DO UPDATE SET due_at = CASE WHEN rate.due_at > $2 THEN rate.due_at + CAST($4 AS BIGINT) ELSE $3 END WHERE rate.due_at <= $5`,
		name, micros(at), micros(at.Add(every)), every.Microseconds(), micros(at.Add(time.Duration(burst-1)*every)))
	if err != nil || n > 0 {
		return err
	}
	return fault.TooManyTries.After(max(time.Second, every.Round(time.Second)))
}
