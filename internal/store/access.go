package store

import (
	"context"
	"fmt"
	"strings"

	"myclothes/internal/access"
)

// AccessLog is the log of access in this database, which refuses to change or delete its rows.
type AccessLog struct{ db *DB }

// AccessLog returns the log of access of this database.
func (db *DB) AccessLog() *AccessLog { return &AccessLog{db} }

var _ access.Log = (*AccessLog)(nil)

// Append implements access.Log. The row of the chain's end is the lock: entries are written one after another.
func (l *AccessLog) Append(ctx context.Context, e access.Entry) (access.Entry, error) {
	e.Staff, e.Reason = strings.TrimSpace(e.Staff), strings.TrimSpace(e.Reason)
	if err := e.Check(); err != nil {
		return e, err
	}
	err := l.db.act(ctx, "append to the access log", func(t tx) error {
		if err := t.one(ctx, "end of the access log", `SELECT number, hash FROM access_head WHERE one = 1`+l.db.dialect.forUpdate, nil, &e.Number, &e.Previous); err != nil {
			return err
		}
		e.Number++
		e.At = fromMicros(micros(l.db.now()))
		e.Hash = e.Sum()
		if _, err := t.exec(ctx, "append to the access log", `INSERT INTO access_log (number, at, staff, act, subject, reason, previous, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			e.Number, micros(e.At), e.Staff, string(e.Act), e.Subject, e.Reason, e.Previous, e.Hash); err != nil {
			return err
		}
		_, err := t.exec(ctx, "move the end of the access log", `UPDATE access_head SET number = $1, hash = $2 WHERE one = 1`, e.Number, e.Hash)
		return err
	})
	return e, err
}

// Entries implements access.Log.
func (l *AccessLog) Entries(ctx context.Context, yield func(access.Entry) error) error {
	return l.db.reader().each(ctx, now, "access log", `SELECT number, at, staff, act, subject, reason, previous, hash FROM access_log ORDER BY number`, nil, func(s scanner) error {
		var e access.Entry
		var at int64
		if err := s.Scan(&e.Number, &at, &e.Staff, &e.Act, &e.Subject, &e.Reason, &e.Previous, &e.Hash); err != nil {
			return err
		}
		e.At = fromMicros(at)
		return yield(e)
	})
}

// Verify implements access.Log. Entries that are added meanwhile are not looked at.
func (l *AccessLog) Verify(ctx context.Context) (access.Entry, error) {
	var end, last access.Entry
	if err := l.db.reader().one(ctx, now, "end of the access log", `SELECT number, hash FROM access_head WHERE one = 1`, nil, &end.Number, &end.Hash); err != nil {
		return last, err
	}
	err := l.Entries(ctx, func(e access.Entry) error {
		if e.Number > end.Number {
			return nil
		}
		if why := follows(e, last); why != "" {
			return &access.Broken{Number: last.Number + 1, Why: why}
		}
		last = e
		return nil
	})
	if err == nil && (last.Number != end.Number || last.Hash != end.Hash) {
		err = &access.Broken{Number: last.Number + 1, Why: fmt.Sprintf("the log ends here, and entry %d was its end", end.Number)}
	}
	return last, err
}

// follows says why an entry cannot be the one after last; "" if it can.
func follows(e, last access.Entry) string {
	switch {
	case e.Number != last.Number+1:
		return "it is missing"
	case e.Previous != last.Hash:
		return "it was not written after the entry before it"
	case e.Hash != e.Sum():
		return "it was changed"
	}
	return ""
}
