package cache

import (
	"bytes"
	"context"
	"fmt"
	"hash/crc32"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/fresh"
)

// Tier is a cache that instances share. What it holds is never taken on trust: an instance that knows of a later change passes it over, and what cannot be read
// counts as nothing. Kinds are the names of the caches; ids are of products. Calls end soon, whatever its servers do. Safe for concurrent use by any number of
// instances.
type Tier interface {
	// Load returns what is kept of each; nil where that is nothing.
	Load(ctx context.Context, kind string, ids []int64) ([][]byte, error)
	// Lease asks for the right to fill these. had says for which it was given: nobody else may fill such a one before the lease runs out or is used, and the next Drop
	// takes it back. after is up to where a fill must read, for it to be no older than the last Drop.
	Lease(ctx context.Context, kind string, ids []int64, lease string) (had []bool, after []fresh.Position, err error)
	// Fill keeps what was read at a position, for a time, if the lease still stands and the last Drop is not after it.
	Fill(ctx context.Context, kind string, id int64, lease string, at fresh.Position, value []byte, keep time.Duration) error
	// Drop forgets what changed, of every kind, takes back its leases, and has the other instances hear of it. One and the same change is dropped once. Product 0 is
	// only heard of: what is kept of others is passed over by whoever heard.
	Drop(ctx context.Context, changes []catalog.Change, at fresh.Position) error
	// Hear tells of each product that any instance drops, 0 for all of them, until ctx ends. It may miss some.
	Hear(ctx context.Context, heard func(product int64))
}

// envelope is how a value travels: with what it is, where in the log it was read and when that began, and a checksum over all of it.
type envelope struct {
	key   string // kind and number
	at    fresh.Position
	since time.Time
	text  []byte // empty: there is no such thing
}

func (e envelope) seal() []byte {
	head := fmt.Appendf(nil, "%s %d %d\n", e.key, e.at, e.since.UnixMicro())
	body := append(head, e.text...)
	return append(fmt.Appendf(nil, "%08x ", crc32.ChecksumIEEE(body)), body...)
}

// unseal reads an envelope. ok is false for whatever is not one of that key.
func unseal(key string, b []byte) (e envelope, ok bool) {
	sum, body, found := bytes.Cut(b, []byte(" "))
	if !found || string(sum) != fmt.Sprintf("%08x", crc32.ChecksumIEEE(body)) {
		return envelope{}, false
	}
	head, text, _ := bytes.Cut(body, []byte("\n"))
	var at uint64
	var us int64
	if n, err := fmt.Sscanf(string(head), "%s %d %d", &e.key, &at, &us); n != 3 || err != nil || e.key != key {
		return envelope{}, false
	}
	return envelope{key, fresh.Position(at), time.UnixMicro(us), text}, true
}
