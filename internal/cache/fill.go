package cache

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"strconv"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/fresh"
)

// flight is one reading of one thing, for everybody who asks meanwhile. entry, err and how are there once done is closed.
type flight[V any] struct {
	turn  uint64 // of the last change that was known when it began
	began time.Time
	done  chan struct{}
	entry *entry[V]
	err   error
	how   string
}

// mostJoined is how long after its begin a flight may still be joined: who asks then would be given something old.
const mostJoined = unlooked

// passage is a seat in a flight.
type passage[V any] struct {
	*flight[V]
	joined bool // it was under way already
}

// board returns a passage for each thing, in a flight that is under way and knows of all changes that are known now, or in a new one. New ones read together,
// apart from the caller's context, so that one visitor who leaves does not take the answer from the others.
func (a *Aside[V]) board(ctx context.Context, ids []int64) []passage[V] {
	out := make([]passage[V], len(ids))
	mine := map[int64]*flight[V]{}
	now := a.o.Now()
	a.mu.Lock()
	for i, id := range ids {
		turn := a.news.of(id).turn
		f, ok := a.flights[id]
		if ok = ok && f.turn == turn && now.Sub(f.began) <= mostJoined; !ok {
			f = &flight[V]{turn: turn, began: now, done: make(chan struct{}), how: "miss"}
			a.flights[id], mine[id] = f, f
		}
		out[i] = passage[V]{f, ok}
	}
	a.mu.Unlock()
	if len(mine) > 0 {
		go a.fly(context.WithoutCancel(ctx), mine)
	}
	return out
}

func (a *Aside[V]) fly(ctx context.Context, mine map[int64]*flight[V]) {
	ctx, cancel := context.WithTimeout(ctx, a.o.FillIn)
	defer cancel()
	err := a.fill(ctx, mine)
	a.mu.Lock()
	for id, f := range mine {
		if a.flights[id] == f {
			delete(a.flights, id)
		}
	}
	a.mu.Unlock()
	for _, f := range mine {
		if f.entry == nil {
			f.err = err
		}
		close(f.done)
	}
}

// fill brings the flights their entries: from the tier what it has, from the source the rest.
func (a *Aside[V]) fill(ctx context.Context, mine map[int64]*flight[V]) (err error) {
	defer func() {
		if p := recover(); p != nil { // nobody above could: it runs in a goroutine of its own
			err = fmt.Errorf("cache %s: filling panicked: %v\n%s", a.o.Name, p, debug.Stack())
		}
	}()
	var ids []int64
	for id := range mine {
		ids = append(ids, id)
	}
	l := leased{lease: strconv.FormatUint(rand.Uint64(), 36), after: map[int64]fresh.Position{}, had: map[int64]bool{}}
	if a.news.tier != nil {
		ids = a.load(ctx, mine, ids)
		a.lease(ctx, ids, &l)
	}
	if len(ids) == 0 {
		return nil
	}
	return a.read(ctx, mine, ids, l)
}

// leased says which of the tier's keys may be filled, and what a fill must have seen.
type leased struct {
	lease string
	after map[int64]fresh.Position
	had   map[int64]bool
}

// read reads things from a source that has seen their last change, and keeps them here and in the tier.
func (a *Aside[V]) read(ctx context.Context, mine map[int64]*flight[V], ids []int64, l leased) error {
	since := a.o.Now()
	at := map[int64]fresh.Position{}
	least, best := fresh.Since(ctx), fresh.Since(ctx)
	for _, id := range ids {
		m := a.news.of(id)
		at[id] = max(m.proof(), l.after[id])
		least, best = max(least, at[id]), max(best, at[id], m.from(since))
	}
	values, err := a.agreed(ctx, ids, best)
	if err != nil && away(err) { // a replica has just gone, or the primary has: any that has seen the changes will do
		values, err = a.o.Read(fresh.After(ctx, least), ids)
	}
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := a.keep(ctx, mine[id], id, values, since, at[id], l); err != nil {
			return err
		}
	}
	return nil
}

// agreed reads what the primary shows too: from a reader that has seen everything up to a position, and from the primary itself where that one is ahead.
func (a *Aside[V]) agreed(ctx context.Context, ids []int64, from fresh.Position) (map[int64]V, error) {
	if from == fresh.Nowhere {
		values, err := a.o.Read(fresh.After(ctx, from), ids)
		a.news.catchUp(ctx)
		return values, err
	}
	same := fresh.Same(fresh.After(ctx, from))
	values, err := a.o.Read(same, ids)
	if err != nil {
		return nil, err
	}
	var shown []catalog.Change
	if fresh.Reader(same).Load() != nil {
		if shown, err = a.news.ledger.Changes(same, a.o.Now().Add(-ahead)); err != nil { // it sees no less than the read before
			return nil, err
		}
	}
	if a.news.catchUp(ctx); a.news.state.Load().blind || a.news.heardOf(ids, shown) {
		return values, nil
	}
	if again, err := a.agreed(ctx, ids, fresh.Nowhere); err == nil || !away(err) {
		return again, err
	}
	return values, nil // the primary is gone: what the replica has is what there is
}

// keep keeps what was read of one thing.
func (a *Aside[V]) keep(ctx context.Context, f *flight[V], id int64, values map[int64]V, since time.Time, at fresh.Position, l leased) error {
	v, exists := values[id]
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if !exists {
		text = nil
	}
	a.land(id, f, a.made(v, exists, since, text))
	a.offer(ctx, id, l, envelope{a.key(id), at, since, text})
	return nil
}

// made makes an entry of a value and its text.
func (a *Aside[V]) made(v V, exists bool, since time.Time, text []byte) *entry[V] {
	e := &entry[V]{exists: exists, since: since, until: end(since, exists), bytes: uint32(2 * len(text))}
	if exists {
		e.value = a.o.Stamp(v, catalog.Digest(text))
	}
	return e
}

// land gives a flight its entry, and keeps that unless a change was heard of meanwhile.
func (a *Aside[V]) land(id int64, f *flight[V], e *entry[V]) {
	f.entry = e
	a.news.unless(id, f.turn, func() { a.entries.Set(id, e) })
}

// key is a thing's name in the tier.
func (a *Aside[V]) key(id int64) string { return a.kind + ":" + strconv.FormatInt(id, 10) }

// load takes from the tier what it has that is no older than what is known here, and returns the rest.
func (a *Aside[V]) load(ctx context.Context, mine map[int64]*flight[V], ids []int64) (rest []int64) {
	found, err := a.news.tier.Load(ctx, a.kind, ids)
	if err != nil {
		return ids
	}
	for i, id := range ids {
		e, ok := a.unpack(id, found[i])
		if !ok {
			rest = append(rest, id)
			continue
		}
		mine[id].how = "tier"
		a.land(id, mine[id], e)
	}
	return rest
}

func (a *Aside[V]) unpack(id int64, b []byte) (*entry[V], bool) {
	e, ok := unseal(a.key(id), b)
	age := a.o.Now().Sub(e.since)
	if !ok || e.at < a.news.of(id).proof() || age > keepFor || age < -trust {
		return nil, false
	}
	var v V
	if len(e.text) == 0 {
		return a.made(v, false, e.since, nil), age < absentFor
	}
	if err := json.Unmarshal(e.text, &v); err != nil {
		return nil, false
	}
	return a.made(v, true, e.since, e.text), true
}

// lease asks the tier for the right to fill. Where it is not given, somebody else is filling: this instance reads for itself and leaves the tier alone.
func (a *Aside[V]) lease(ctx context.Context, ids []int64, l *leased) {
	if len(ids) == 0 {
		return
	}
	had, after, err := a.news.tier.Lease(ctx, a.kind, ids, l.lease)
	if err != nil {
		return
	}
	for i, id := range ids {
		l.had[id], l.after[id] = had[i], after[i]
	}
}

// offer has the tier keep what was read, if the lease for it was given. That it does not is no error.
func (a *Aside[V]) offer(ctx context.Context, id int64, l leased, e envelope) {
	if !l.had[id] || e.at == fresh.Nowhere {
		return
	}
	keep := keepFor
	if len(e.text) == 0 {
		keep = absentFor
	}
	a.news.tier.Fill(ctx, a.kind, id, l.lease, e.at, e.seal(), keep)
}
