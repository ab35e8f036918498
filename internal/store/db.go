// Package store holds all of the shop's SQL: one text for SQLite and PostgreSQL, one method per business act.
//
// Reads that decide something go to the primary; browsing reads may go to a reader that is a moment behind, unless the request
// requires fresh ones. A write is one method, one transaction, named for the act; nothing outside this package holds
// a transaction. What differs between the engines is in dialect.go and nowhere else.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/fault"
	"myclothes/internal/fresh"
	"myclothes/internal/order"
	"myclothes/internal/seal"
)

// Observer is told of every statement: its name in the code, where it ran ("primary"; replicas have names of their own) and how long it took.
type Observer func(query, target string, took time.Duration)

// DB is an open database. Both engines have the same shape: one side that writes and one that only reads.
type DB struct {
	write    *sql.DB
	read     *sql.DB
	replicas *replicas
	vault    *seal.Vault
	dialect  dialect
	observe  Observer
	moved    func(order.Status)
	told     func([]catalog.Change)
	now      func() time.Time
}

// Close closes every connection.
func (db *DB) Close() error {
	return errors.Join(db.replicas.close(), db.write.Close(), db.read.Close())
}

// Ping reports whether the primary answers.
func (db *DB) Ping(ctx context.Context) error { return db.write.PingContext(ctx) }

// reader is the part of a DB that cannot write. Types that only read hold one and nothing more.
type reader struct{ db *DB }

func (db *DB) reader() reader { return reader{db} }

// need says how recent a read must be.
type need bool

const (
	stale need = false // a moment behind is fine, unless the context says otherwise
	now   need = true  // everything committed so far
)

// query runs a named read.
func (r reader) query(ctx context.Context, n need, name, text string, args ...any) (*answer, error) {
	decides := n == now || fresh.Required(ctx)
	if !decides && len(r.db.replicas.all) > 0 {
		return r.browse(ctx, name, text, args)
	}
	pool := r.db.read
	if decides && !r.db.dialect.readerIsFresh {
		pool = r.db.write
	}
	start := time.Now()
	got, err := pool.QueryContext(ctx, text, args...)
	r.db.observe(name, "primary", time.Since(start))
	if err != nil {
		return nil, r.db.fail(name, err)
	}
	return &answer{Rows: got}, nil
}

// each runs a named read and hands over every row. It returns the first error, of scan or of the database.
func (r reader) each(ctx context.Context, n need, name, text string, args []any, scan func(scanner) error) error {
	rows, err := r.query(ctx, n, name, text, args...)
	if err != nil {
		return err
	}
	return r.db.fail(name, drain(rows, scan))
}

// one is each for a single row; sql.ErrNoRows without one.
func (r reader) one(ctx context.Context, n need, name, text string, args []any, dest ...any) error {
	found := false
	err := r.each(ctx, n, name, text, args, func(s scanner) error {
		found = true
		return s.Scan(dest...)
	})
	if err == nil && !found {
		return sql.ErrNoRows
	}
	return err
}

type scanner interface{ Scan(dest ...any) error }

// cursor is rows that are read one after another.
type cursor interface {
	scanner
	Next() bool
	Err() error
	Close() error
}

func drain(rows cursor, scan func(scanner) error) error {
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// tx is a transaction under way. It never leaves this package.
type tx struct {
	sql   *sql.Tx
	db    *DB
	after *aftermath
}

// aftermath is what is told of once a transaction is committed.
type aftermath struct {
	moves   []order.Status   // what orders came to
	changes []catalog.Change // of the catalogue
}

// exec runs a named statement and returns how many rows it changed.
func (t tx) exec(ctx context.Context, name, text string, args ...any) (int64, error) {
	start := time.Now()
	res, err := t.sql.ExecContext(ctx, text, args...)
	t.db.observe(name, "primary", time.Since(start))
	if err != nil {
		return 0, fmt.Errorf("%s: %w", name, err)
	}
	return res.RowsAffected()
}

// each runs a named query and hands over every row.
func (t tx) each(ctx context.Context, name, text string, args []any, scan func(scanner) error) error {
	start := time.Now()
	rows, err := t.sql.QueryContext(ctx, text, args...)
	t.db.observe(name, "primary", time.Since(start))
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return drain(rows, scan)
}

// one is each for a single row; sql.ErrNoRows without one.
func (t tx) one(ctx context.Context, name, text string, args []any, dest ...any) error {
	start := time.Now()
	err := t.sql.QueryRowContext(ctx, text, args...).Scan(dest...)
	t.db.observe(name, "primary", time.Since(start))
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

const tries = 4

// exec runs an act that is a single statement, which is a transaction by itself, and returns how many rows it changed.
func (db *DB) exec(ctx context.Context, name, text string, args ...any) (int64, error) {
	for try := 1; ; try++ {
		start := time.Now()
		res, err := db.write.ExecContext(ctx, text, args...)
		db.observe(name, "primary", time.Since(start))
		if err == nil {
			fresh.Wrote(ctx)
			return res.RowsAffected()
		}
		if try == tries || !db.dialect.again(err) {
			return 0, db.fail(name, err)
		}
		if err := pause(ctx, try); err != nil {
			return 0, err
		}
	}
}

// act runs do in one transaction: all of it is committed, or nothing is. do may run several times, since a transaction that lost a
// race against another one is tried again here and nowhere else; it must not touch anything but the transaction and
// what it has made itself.
func (db *DB) act(ctx context.Context, name string, do func(tx) error) error {
	for try := 1; ; try++ {
		err := db.once(ctx, do)
		if err == nil || try == tries || !db.dialect.again(err) {
			return db.fail(name, err)
		}
		if err := pause(ctx, try); err != nil {
			return err
		}
	}
}

func (db *DB) once(ctx context.Context, do func(tx) error) error {
	t, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer t.Rollback()
	var after aftermath
	if err := do(tx{t, db, &after}); err != nil {
		return err
	}
	if err := t.Commit(); err != nil {
		return err
	}
	fresh.Wrote(ctx)
	for _, s := range after.moves {
		db.moved(s)
	}
	if len(after.changes) > 0 {
		db.told(after.changes)
	}
	return nil
}

// pause waits a random moment that grows with every try, so that two which met do not meet again.
func pause(ctx context.Context, try int) error {
	t := time.NewTimer(rand.N(time.Duration(try) * 10 * time.Millisecond))
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// fail names the act that failed, and turns what visitors can do something about into the fault that they may read.
func (db *DB) fail(name string, err error) error {
	var f *fault.Error
	switch {
	case err == nil, errors.As(err, &f), errors.Is(err, sql.ErrNoRows):
		return err
	case db.dialect.gone(err):
		return fault.OutOfOrder.Because("%s: %w", name, err)
	case db.dialect.unfit(err):
		return fault.BadRequest.Because("%s: %w", name, err)
	}
	return fmt.Errorf("%s: %w", name, err)
}

func micros(t time.Time) int64 { return t.UnixMicro() }

func fromMicros(us int64) time.Time { return time.UnixMicro(us).UTC() }
