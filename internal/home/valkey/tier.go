package valkey

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"time"

	"github.com/valkey-io/valkey-go"

	"myclothes/internal/catalog"
	"myclothes/internal/fresh"
)

// Tier is a cache that instances share, on the servers of a Home: cache.Tier. A product is a hash that goes with all its kinds at once:
//
//	v:KIND  the value
//	l:KIND  a lease and the millisecond at which it runs out
//	p       the position of the last drop, as 20 digits: Lua's numbers lose the last ones of a position
//	n       the number of the change that was dropped last
//
// Changes are published on one channel. (The server's own tracking of keys would tell of every fill as well.)
type Tier struct{ h *Home }

const (
	tierPrefix  = "cache:"
	tierChannel = "cache:changed"
	// tierBudget is how long a call may take, unless the address says otherwise: a page that waits longer is better read from the database.
	tierBudget = 30 * time.Millisecond
	// leaseFor is how long who has a lease may take to fill.
	leaseFor = 3 * time.Second
	// tierKeeps is how long a hash is kept after it was last written: longer than any value is believed.
	tierKeeps = 3 * time.Minute
)

// OpenTier makes a tier. It fails only on options that cannot work: servers that are away are waited for.
func OpenTier(ctx context.Context, o Options) (*Tier, error) {
	o.Replicas = 0 // what is lost is read again
	def(&o.Budget, tierBudget)
	h, err := Open(ctx, o)
	if err != nil {
		return nil, err
	}
	return &Tier{h}, nil
}

// Close ends the connections.
func (t *Tier) Close() { t.h.Close() }

// Ping asks a server whether it lives, also while calls fail at once.
func (t *Tier) Ping(ctx context.Context) error { return t.h.Ping(ctx) }

// Hear tells of each product that any instance drops, 0 for all of them, until ctx ends. What it misses while its connection is away, each instance reads in the
// database.
func (t *Tier) Hear(ctx context.Context, heard func(product int64)) {
	for ctx.Err() == nil {
		client, err := t.h.link.get(ctx)
		if err == nil {
			err = client.Receive(ctx, client.B().Subscribe().Channel(tierChannel).Build(), func(m valkey.PubSubMessage) {
				if id, err := strconv.ParseInt(m.Message, 10, 64); err == nil {
					heard(id)
				}
			})
		}
		if ctx.Err() != nil || errors.Is(err, errClosed) {
			return
		}
		slog.DebugContext(ctx, "the shared cache is not heard", "err", err)
		select {
		case <-ctx.Done():
		case <-time.After(t.h.o.Rest):
		}
	}
}

func tierHash(id int64) string { return tierPrefix + strconv.FormatInt(id, 10) }

// Load returns what is kept of each; nil where that is nothing.
func (t *Tier) Load(ctx context.Context, kind string, ids []int64) ([][]byte, error) {
	out := make([][]byte, len(ids))
	_, err := t.h.ask(ctx, func(ctx context.Context, client valkey.Client) (none valkey.ValkeyMessage, err error) {
		gets := make([]valkey.Completed, len(ids))
		for i, id := range ids {
			gets[i] = client.B().Hget().Key(tierHash(id)).Field("v:" + kind).Build()
		}
		for i, r := range client.DoMulti(ctx, gets...) {
			if out[i], err = r.AsBytes(); err != nil && !valkey.IsValkeyNil(err) {
				return none, err
			}
		}
		return none, nil
	})
	return out, err
}

// lease: KEYS hash; ARGV kind, lease, how long it holds and how long to keep the hash (ms).
var lease = writing(`
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local after = redis.call('HGET', KEYS[1], 'p') or ''
local held = redis.call('HGET', KEYS[1], 'l:' .. ARGV[1])
local until_ = held and tonumber(string.match(held, ' (%d+)$'))
if until_ and until_ > now then return {0, after} end
redis.call('HSET', KEYS[1], 'l:' .. ARGV[1], ARGV[2] .. ' ' .. string.format('%d', now + ARGV[3]))
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return {1, after}`)

// Lease asks for the right to fill these.
func (t *Tier) Lease(ctx context.Context, kind string, ids []int64, token string) (had []bool, after []fresh.Position, err error) {
	had, after = make([]bool, len(ids)), make([]fresh.Position, len(ids))
	err = t.each(ctx, lease, ids, func(int) []string { return []string{kind, token, milliseconds(leaseFor), milliseconds(tierKeeps)} }, func(i int, m valkey.ValkeyMessage) error {
		pair, err := m.ToArray()
		if err != nil || len(pair) != 2 {
			return fmt.Errorf("valkey: a lease that is none: %w", err)
		}
		given, err1 := pair[0].AsInt64()
		text, err2 := pair[1].ToString()
		had[i] = given == 1
		if text != "" {
			var p uint64
			p, err = strconv.ParseUint(text, 10, 64)
			after[i] = fresh.Position(p)
		}
		return errors.Join(err, err1, err2)
	})
	return had, after, err
}

// fill: KEYS hash; ARGV kind, lease, position, value, how long to keep the hash (ms).
var fill = writing(`
local held = redis.call('HGET', KEYS[1], 'l:' .. ARGV[1])
if not held or string.match(held, '^(%S+) ') ~= ARGV[2] then return 0 end
if ARGV[3] < (redis.call('HGET', KEYS[1], 'p') or '') then return 0 end
redis.call('HSET', KEYS[1], 'v:' .. ARGV[1], ARGV[4])
redis.call('HDEL', KEYS[1], 'l:' .. ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return 1`)

// Fill keeps what was read at a position, if the lease still stands and the last drop is not after it. The hash outlives keep; how old the value is, it says itself.
func (t *Tier) Fill(ctx context.Context, kind string, id int64, token string, at fresh.Position, value []byte, keep time.Duration) error {
	return t.each(ctx, fill, []int64{id}, func(int) []string {
		return []string{kind, token, digits(at), valkey.BinaryString(value), milliseconds(max(keep, tierKeeps))}
	}, func(int, valkey.ValkeyMessage) error { return nil })
}

// drop: KEYS hash; ARGV number, position, how long to keep the hash (ms), channel, product.
var drop = writing(`
if redis.call('HGET', KEYS[1], 'n') == ARGV[1] then return 0 end
local at = redis.call('HGET', KEYS[1], 'p') or ''
if at < ARGV[2] then at = ARGV[2] end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'n', ARGV[1], 'p', at)
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PUBLISH', ARGV[4], ARGV[5])
return 1`)

// Drop forgets what changed and has the other instances hear of it.
func (t *Tier) Drop(ctx context.Context, changes []catalog.Change, at fresh.Position) error {
	ids := make([]int64, len(changes))
	for i, c := range changes {
		ids[i] = c.Product
	}
	return t.each(ctx, drop, ids, func(i int) []string {
		return []string{strconv.FormatInt(changes[i].Number, 10), digits(at), milliseconds(tierKeeps), tierChannel, strconv.FormatInt(ids[i], 10)}
	}, func(int, valkey.ValkeyMessage) error { return nil })
}

// digits writes a position so that the order of texts is that of positions.
func digits(p fresh.Position) string { return fmt.Sprintf("%020d", uint64(p)) }

// each runs a script on every product in one round trip, and takes its answers.
func (t *Tier) each(ctx context.Context, s script, ids []int64, args func(i int) []string, take func(i int, m valkey.ValkeyMessage) error) error {
	_, err := t.h.ask(ctx, func(ctx context.Context, client valkey.Client) (none valkey.ValkeyMessage, err error) {
		runs := make([]valkey.Completed, len(ids))
		for i, id := range ids {
			runs[i] = client.B().Evalsha().Sha1(s.sha1).Numkeys(1).Key(tierHash(id)).Arg(args(i)...).Build()
		}
		for i, r := range client.DoMulti(ctx, runs...) {
			m, err := r.ToMessage()
			if refused, ok := valkey.IsValkeyErr(err); ok && refused.IsNoScript() {
				again := client.Do(ctx, client.B().Eval().Script(s.text).Numkeys(1).Key(tierHash(ids[i])).Arg(args(i)...).Build())
				m, err = again.ToMessage()
			}
			if err == nil {
				err = take(i, m)
			}
			if err != nil {
				return none, err
			}
		}
		return none, nil
	})
	return err
}
