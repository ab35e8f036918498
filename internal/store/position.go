package store

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"
	"time"

	"myclothes/internal/fresh"
)

func position(ctx context.Context, pool *sql.DB, text string) (fresh.Position, error) {
	var s string
	if err := pool.QueryRowContext(ctx, text).Scan(&s); err != nil {
		return 0, err
	}
	return parsePosition(s)
}

// parsePosition reads PostgreSQL's form of a log position: two hexadecimal numbers of 32 bits, "16/B374D848".
func parsePosition(s string) (fresh.Position, error) {
	high, low, _ := strings.Cut(s, "/")
	h, err1 := strconv.ParseUint(high, 16, 32)
	l, err2 := strconv.ParseUint(low, 16, 32)
	return fresh.Position(h<<32 | l), errors.Join(err1, err2)
}

// Position returns where the primary's log is now: whoever reads from there on sees everything that is committed. It is 0 where every reader does.
func (db *DB) Position(ctx context.Context) (fresh.Position, error) {
	if db.dialect.readerIsFresh || len(db.replicas.all) == 0 {
		return 0, nil
	}
	p, err := position(ctx, db.write, `SELECT pg_current_wal_lsn()`)
	return p, db.fail("position", err)
}

// Mark returns a position up to which every read sees everything that was committed before this call; on SQLite that is the clock of the one machine.
func (db *DB) Mark(ctx context.Context) (fresh.Position, error) {
	if db.dialect.readerIsFresh {
		return fresh.Position(time.Now().UnixMicro()), nil
	}
	p, err := position(ctx, db.write, `SELECT pg_current_wal_lsn()`)
	return p, db.fail("mark", err)
}
