package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"myclothes/internal/fresh"
)

// What is asked of a replica.
const (
	watchEvery = 100 * time.Millisecond // each is asked for its position so often
	watchFor   = time.Second            // and for so long waited for
	primaryFor = 300 * time.Millisecond // that is how long the primary has to say where it is, before it counts as away
	mostBehind = 400 * time.Millisecond // what one may be behind to be read: pages are kept half a second more, and none may be older than one
	// answerWithin is how long a replica has to begin its answer.
	answerWithin = 700 * time.Millisecond
	// Of reads that no replica can answer, so many may be on the primary at once, and each waits at most so long for its turn: the rest is
	// refused before the primary falls over, and buying with it.
	onPrimary   = 16
	waitPrimary = 500 * time.Millisecond
)

// Lag is told how each replica stands, at every look: how many bytes of the log and how long it is behind, and whether it answers at all. One that
// does not is behind by as much as when it last did.
type Lag func(replica string, bytes int64, behind time.Duration, up bool)

// replicas are the readers besides the primary, each with what is known of it. Empty is none.
type replicas struct {
	all     []*replica
	primary *sql.DB // asked for its position
	told    Lag
	turns   chan struct{}
	stop    context.CancelFunc
	done    sync.WaitGroup

	mu      sync.Mutex
	history []sample // of the primary's positions, the latest last
	away    bool     // the primary does not answer
}

// sample is where the primary was at a time.
type sample struct {
	at  time.Time
	pos fresh.Position
}

// replica is one of them.
type replica struct {
	name  string // as metrics call it: host:port
	pool  *sql.DB
	busy  atomic.Int64
	state atomic.Pointer[standing]
}

// standing is what was last learned of a replica. It does not change.
type standing struct {
	up     bool
	pos    fresh.Position
	behind time.Duration // at the look
	at     time.Time     // of the look
}

// openReplicas makes pools for the addresses and begins to watch them. Nobody is asked yet: one that is away now is waited for.
func (db *DB) openReplicas(addresses []string, told Lag) error {
	if told == nil {
		told = func(string, int64, time.Duration, bool) {}
	}
	r := &replicas{primary: db.write, told: told, turns: make(chan struct{}, onPrimary)}
	for _, address := range addresses {
		cfg, err := pgConfig(address)
		if err != nil {
			return err
		}
		cfg.RuntimeParams["default_transaction_read_only"] = "on"
		one := &replica{name: net.JoinHostPort(cfg.Host, strconv.Itoa(int(cfg.Port))), pool: pgPool(cfg, pgReaders)}
		one.state.Store(&standing{})
		r.all = append(r.all, one)
	}
	ctx, cancel := context.WithCancel(context.Background())
	r.stop = cancel
	if len(r.all) > 0 {
		r.done.Go(func() { r.watchPrimary(ctx) })
		for _, one := range r.all {
			r.done.Go(func() { r.watch(ctx, one) })
		}
	}
	db.replicas = r
	return nil
}

func (r *replicas) close() error {
	r.stop()
	r.done.Wait()
	var errs []error
	for _, one := range r.all {
		errs = append(errs, one.pool.Close())
	}
	return errors.Join(errs...)
}

// every runs look now and then again and again until ctx ends, with so long for each.
func every(ctx context.Context, limit time.Duration, look func(context.Context)) {
	t := time.NewTicker(watchEvery)
	defer t.Stop()
	for {
		one, cancel := context.WithTimeout(ctx, limit)
		look(one)
		cancel()
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
	}
}

// samples is how many positions of the primary are kept: a minute of them.
const samples = int(time.Minute / watchEvery)

func (r *replicas) watchPrimary(ctx context.Context) {
	every(ctx, primaryFor, func(ctx context.Context) {
		at := time.Now()
		pos, err := position(ctx, r.primary, `SELECT pg_current_wal_lsn()`)
		r.mu.Lock()
		defer r.mu.Unlock()
		if r.away = err != nil; r.away {
			return
		}
		if n := len(r.history); n > 0 && pos < r.history[n-1].pos {
			r.history = nil // another primary, which has not got all that the old one wrote
		}
		r.history = append(r.history, sample{at, pos})
		if len(r.history) > 2*samples {
			r.history = slices.Clone(r.history[samples:])
		}
	})
}

func (r *replicas) watch(ctx context.Context, one *replica) {
	every(ctx, watchFor, func(ctx context.Context) {
		pos, err := position(ctx, one.pool, `SELECT COALESCE(pg_last_wal_replay_lsn(), '0/0')`)
		s := standing{up: err == nil && pos > 0, pos: pos, at: time.Now()}
		if !s.up {
			s.pos = one.state.Load().pos
		}
		bytes := int64(0)
		s.behind, bytes = r.behind(s.pos, s.at)
		one.state.Store(&s)
		r.told(one.name, bytes, s.behind, s.up)
	})
}

// behind returns how old what a replica at that position shows is, and the bytes to the latest position of the primary. The age is the time since the first sample of
// the primary that it has not reached. A position that is older than all samples, or a primary that was never seen, is very old. While the primary is away,
// nobody can be told of anything later than its last sample, and ages count up to there.
func (r *replicas) behind(pos fresh.Position, now time.Time) (time.Duration, int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.history) == 0 {
		return time.Hour, 0
	}
	last := r.history[len(r.history)-1]
	i, _ := slices.BinarySearchFunc(r.history, pos, func(s sample, p fresh.Position) int {
		if s.pos <= p {
			return -1
		}
		return 1
	})
	if r.away {
		now = last.at // nothing is known of later
	}
	switch {
	case i == 0:
		return time.Hour, int64(last.pos - pos)
	case i == len(r.history) && r.away:
		return 0, 0
	case i == len(r.history): // it has all that the primary had when it was last asked
		return now.Sub(last.at), max(0, int64(last.pos)-int64(pos))
	}
	return now.Sub(r.history[i-1].at), int64(last.pos - pos)
}

// pgConfig reads an address of PostgreSQL, with what every session of the shop has.
func pgConfig(address string) (*pgx.ConnConfig, error) {
	cfg, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, errors.New("store: the database's address cannot be read") // its own error would quote the password
	}
	if !strings.Contains(address, "connect_timeout") {
		cfg.ConnectTimeout = connectWithin
	}
	for name, value := range pgSession {
		if _, set := cfg.RuntimeParams[name]; !set {
			cfg.RuntimeParams[name] = value
		}
	}
	cfg.DialFunc = dial
	return cfg, nil
}

// Replicas returns, by name, how each replica is asked whether it may be read now.
func (db *DB) Replicas() map[string]func(context.Context) error {
	out := map[string]func(context.Context) error{}
	for _, one := range db.replicas.all {
		out[one.name] = func(context.Context) error {
			if db.replicas.fit(one, 0) {
				return nil
			}
			s := one.state.Load()
			return fmt.Errorf("not read now: up %v, %v behind", s.up, s.behind.Round(time.Millisecond))
		}
	}
	return out
}
