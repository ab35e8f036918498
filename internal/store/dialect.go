package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/url"
	"runtime"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"myclothes/internal/catalog"
	"myclothes/internal/order"
	"myclothes/internal/seal"
)

// dialect is all that differs between the engines.
type dialect struct {
	name          string
	readerIsFresh bool             // the reading side sees every commit
	forUpdate     string           // locks the rows of a SELECT until the transaction ends
	skipLocked    string           // the same, passing over rows that others hold
	again         func(error) bool // the transaction lost a race and may be tried again
	taken         func(error) bool // what must be unique is there already
	gone          func(error) bool // the database cannot be reached, or does not take writes now
	unfit         func(error) bool // a text that was asked for cannot be in the database at all; SQLite keeps every text
}

// forUpdateOf is forUpdate for one table of a join.
func (d dialect) forUpdateOf(table string) string {
	if d.forUpdate == "" {
		return ""
	}
	return d.forUpdate + " OF " + table
}

// Options say how to open a database.
type Options struct {
	Address  string   // "sqlite:PATH" or "postgres://…"
	Replicas []string // addresses of PostgreSQL's read replicas
	Lag      Lag      // nil tells nobody
	// Vault seals who bought and where it goes. nil keeps that open, and cannot read what is sealed: for tools that do not look at orders.
	Vault   *seal.Vault
	Now     func() time.Time // nil is time.Now
	Observe Observer         // nil observes nothing
	// Moved is told of every status that an order came to, after the commit. nil tells nobody.
	Moved func(order.Status)
	// Told is told of changes of the catalogue, after their commit: sooner than Changes shows them, but not surely. It must not block. nil tells nobody.
	Told func([]catalog.Change)
}

// Open opens the database at the address. PostgreSQL is not asked anything yet; SQLite's file is made if it is missing.
func Open(o Options) (*DB, error) {
	db := &DB{observe: o.Observe, moved: o.Moved, told: o.Told, now: o.Now, vault: o.Vault}
	if db.observe == nil {
		db.observe = func(string, string, time.Duration) {}
	}
	if db.moved == nil {
		db.moved = func(order.Status) {}
	}
	if db.told == nil {
		db.told = func([]catalog.Change) {}
	}
	if db.now == nil {
		db.now = time.Now
	}
	if path, ok := strings.CutPrefix(o.Address, "sqlite:"); ok {
		if len(o.Replicas) > 0 {
			return nil, errors.New("store: SQLite has no replicas")
		}
		return db, errors.Join(db.openSQLite(path), db.openReplicas(nil, nil))
	}
	if strings.HasPrefix(o.Address, "postgres://") || strings.HasPrefix(o.Address, "postgresql://") {
		if err := db.openPostgres(o.Address); err != nil {
			return nil, err
		}
		return db, db.openReplicas(o.Replicas, o.Lag)
	}
	return nil, errors.New("store: a database's address begins with sqlite: or postgres://")
}

// openSQLite makes one connection that writes and some that only read. Writers queue for the one in Go, where waiting is cheap
// and in order, instead of meeting as SQLITE_BUSY. NORMAL syncs at checkpoints: a killed process loses nothing, a power cut may lose the last moments.
func (db *DB) openSQLite(path string) (err error) {
	const common = "_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)&_pragma=synchronous(NORMAL)&_pragma=cache_size(-16000)"
	file := "file:" + (&url.URL{Path: path}).EscapedPath()
	if db.write, err = sql.Open("sqlite", file+"?"+common+"&_pragma=journal_mode(WAL)&_txlock=immediate"); err != nil {
		return err
	}
	db.write.SetMaxOpenConns(1)
	if err := db.write.Ping(); err != nil {
		return fmt.Errorf("store: opening %s: %w", path, err)
	}
	if db.read, err = sql.Open("sqlite", file+"?"+common+"&_pragma=query_only(1)"); err != nil {
		return err
	}
	readers := max(4, runtime.NumCPU())
	db.read.SetMaxOpenConns(readers)
	db.read.SetMaxIdleConns(readers)
	db.dialect = dialect{name: "sqlite", readerIsFresh: true, again: sqliteIs(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED),
		taken: sqliteIs(sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY),
		gone:  sqliteIs(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY),
		unfit: func(error) bool { return false }}
	return nil
}

func sqliteIs(codes ...int) func(error) bool {
	return func(err error) bool {
		var e *sqlite.Error
		if !errors.As(err, &e) {
			return false
		}
		for _, c := range codes {
			if e.Code() == c || e.Code()&0xff == c {
				return true
			}
		}
		return false
	}
}

// Connections per instance. Four instances, as in a rolling deploy of three, and a migration stay under PostgreSQL's default of 100.
const (
	pgWriters = 12
	pgReaders = 8
)

// pgSession bounds what a session may wait for or leave behind. A machine that vanishes in the middle of a transaction leaves its locks to a server
// that by default notices after two hours; until then nobody could buy what it had locked. Times are milliseconds or carry their unit.
var pgSession = map[string]string{
	"application_name": "myclothes", "idle_in_transaction_session_timeout": "15s", "lock_timeout": "15s",
	"tcp_keepalives_idle": "30", "tcp_keepalives_interval": "10", "tcp_keepalives_count": "3", "tcp_user_timeout": "30000",
}

// openPostgres makes a pool for the primary and one whose sessions cannot write.
func (db *DB) openPostgres(address string) error {
	cfg, err := pgConfig(address)
	if err != nil {
		return err
	}
	deciding := cfg.Copy()
	deciding.RuntimeParams["plan_cache_mode"] = "force_generic_plan" // acts go by key: one plan fits every order, and planning costs more than most of them
	db.write = pgPool(deciding, pgWriters)
	// Its sessions are made read-only once they are there: a connection that is so from the beginning fits no target_session_attrs.
	db.read = pgPool(cfg, pgReaders, stdlib.OptionAfterConnect(func(ctx context.Context, c *pgx.Conn) error {
		_, err := c.Exec(ctx, `SET default_transaction_read_only = on`)
		return err
	}))
	db.dialect = dialect{name: "postgres", forUpdate: " FOR UPDATE", skipLocked: " FOR UPDATE SKIP LOCKED",
		again: pgIs("40001", "40P01"), taken: pgIs("23505"), gone: pgGone, unfit: pgIs("22021")} // 22021: a NUL, or not UTF-8
	return nil
}

func pgPool(cfg *pgx.ConnConfig, conns int, options ...stdlib.OptionOpenDB) *sql.DB {
	pool := stdlib.OpenDB(*cfg, options...)
	pool.SetMaxOpenConns(conns)
	pool.SetMaxIdleConns(conns)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	pool.SetConnMaxLifetime(30 * time.Minute)
	return pool
}

func pgIs(codes ...string) func(error) bool {
	return func(err error) bool {
		var e *pgconn.PgError
		if !errors.As(err, &e) {
			return false
		}
		for _, c := range codes {
			if e.Code == c {
				return true
			}
		}
		return false
	}
}

// pgGone: no connection, or a server that is starting, stopping, read-only or out of connections (classes 08, 53, 57P and 25006), or one where a lock was not to be had (55P03).
func pgGone(err error) bool {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return strings.HasPrefix(e.Code, "08") || strings.HasPrefix(e.Code, "53") || strings.HasPrefix(e.Code, "57P") || e.Code == "25006" || e.Code == "55P03"
	}
	var c *pgconn.ConnectError
	var n net.Error
	return errors.As(err, &c) || errors.As(err, &n) || pgconn.SafeToRetry(err) ||
		(!errors.Is(err, context.Canceled) && strings.Contains(err.Error(), "unexpected EOF"))
}
