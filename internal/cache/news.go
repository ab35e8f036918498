package cache

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/fresh"
)

// What News may rely on, and for how long.
const (
	// lookEvery is how often the changes are looked at.
	lookEvery = 250 * time.Millisecond
	// trust is how long after a look at the changes what is kept may be taken for true.
	trust = time.Second
	// lookFor bounds one look. One that takes longer failed: the database does not answer.
	lookFor = 500 * time.Millisecond
	// marked is how long a change is remembered: longer than the shared tier keeps anything.
	marked = 2 * keepFor
	// tellFor bounds how long after a commit its position is asked for and the shared tier told.
	tellFor = 2 * time.Second
	// untold is how many commits may wait for that. What does not fit is found by the next look.
	untold = 1024
	// wholesale is from how many products on a change is one of everything.
	wholesale = 5_000
)

// Ledger is where changes are read: the database.
type Ledger interface {
	// Changes returns what was written at or after since, by time.
	Changes(ctx context.Context, since time.Time) ([]catalog.Change, error)
	// Mark returns a position up to which every read sees all that was committed before the call.
	Mark(ctx context.Context) (fresh.Position, error)
}

// News knows what has changed in the catalogue, and has every cache that listens forget it. It learns of a change twice: at once, when this very instance
// committed it, and surely, when Look reads it from the database, where it was written in one transaction with what it tells of. Safe for concurrent use.
type News struct {
	ledger Ledger
	tier   Tier // nil: there is none
	now    func() time.Time
	state  atomic.Pointer[standing]
	told   chan []catalog.Change

	look  sync.Mutex // held while looking
	feed  *catalog.Feed
	looks atomic.Int64 // how many have begun
	last  int64        // the number of the last one that ended well; guarded by look

	turns  atomic.Uint64 // is turn, to be read without mu
	mu     sync.Mutex
	turn   uint64 // grows with every change; 0 is before all
	latest heard
	marks  map[int64]mark
	all    mark
	forget []func(ids []int64) // nil ids: everything
}

// standing is how the last look ended. It does not change.
type standing struct {
	known time.Time      // everything committed before is known
	at    fresh.Position // where the log was before that
	blind bool           // the database does not answer, so nobody can say what has changed
}

// heard is the last change that was heard of.
type heard struct {
	at  time.Time
	pos fresh.Position
}

// lately is for how long another instance may not have heard of a change: until it has looked, or trusts nothing.
const lately = 2 * trust

// Latest returns up to where in the log the changes go that were heard of, and whether others may not have heard of them yet. The position of a change that was
// only just committed is Nowhere.
func (n *News) Latest() (fresh.Position, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.latest.pos, n.now().Sub(n.latest.at) < lately
}

// Knows reports whether all changes up to there were heard of; at is when the position was taken. Where the log has not moved since, a look from well after that
// time will do: a commit is in the log some moments before anybody sees it.
func (n *News) Knows(p fresh.Position, at time.Time) bool {
	s := n.state.Load()
	return s.at > p || s.at == p && s.known.After(at.Add(settled))
}

// settled is longer than a commit takes to be seen once it is in the log, and than the clocks of two instances differ.
const settled = 300 * time.Millisecond

// Turn grows with every change that is heard of.
func (n *News) Turn() uint64 { return n.turns.Load() }

// mark is what is known of the last change of a product.
type mark struct {
	turn    uint64
	after   fresh.Position // a read must see everything up to there, or it may be of before the change
	pending int            // commits whose position is not known yet
	at      time.Time      // when it was learned
}

// proof returns what a read must have seen, so as not to be of before the change; Nowhere while that is not known.
func (m mark) proof() fresh.Position {
	if m.pending > 0 {
		return fresh.Nowhere
	}
	return m.after
}

// from returns from where it is to be read. What changed lately is read from the primary: a replica may not only be behind, it may also show a commit for which the
// primary still awaits its standby, and which nobody else sees yet. That costs the primary a read for each change and instance, however many people look.
func (m mark) from(now time.Time) fresh.Position {
	if now.Sub(m.at) < lately {
		return fresh.Nowhere
	}
	return m.proof()
}

// NewNews makes one that knows nothing yet. tier may be nil.
func NewNews(l Ledger, tier Tier, now func() time.Time) *News {
	n := &News{ledger: l, tier: tier, now: now, feed: catalog.NewFeed(l.Changes, now), marks: map[int64]mark{}, told: make(chan []catalog.Change, untold)}
	n.state.Store(&standing{})
	return n
}

// Listen has forget called at every change, before Look or Told return. It must be quick.
func (n *News) Listen(forget func(ids []int64)) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.forget = append(n.forget, forget)
}

// Run looks at the changes, and spreads those that Told was told of, until ctx ends.
func (n *News) Run(ctx context.Context) {
	var spreading sync.WaitGroup
	spreading.Go(func() { n.spreadAll(ctx) })
	if n.tier != nil {
		spreading.Go(func() { n.tier.Hear(ctx, n.Heard) })
	}
	defer spreading.Wait()
	t := time.NewTicker(lookEvery)
	defer t.Stop()
	for {
		was := n.state.Load().blind
		_, err := n.Look(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil && !was:
			slog.WarnContext(ctx, "changes of the catalogue cannot be read: what is kept is shown", "err", err)
		case err == nil && was:
			slog.InfoContext(ctx, "changes of the catalogue can be read again")
		}
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
	}
}

// Look reads what has changed since the last look, and returns how many products that were.
func (n *News) Look(ctx context.Context) (int, error) {
	n.look.Lock()
	defer n.look.Unlock()
	return n.lookNow(ctx)
}

// catchUp returns when every change was heard of that was committed before the call, or nobody can say. What was just read may be of after a change that this
// instance has not heard of: whoever is shown it must not be shown something older elsewhere. Callers who come together share a look.
func (n *News) catchUp(ctx context.Context) {
	if n.state.Load().blind {
		return
	}
	begun := n.looks.Load()
	n.look.Lock()
	defer n.look.Unlock()
	if n.last <= begun {
		n.lookNow(ctx)
	}
}

// ahead is how far back a reader is asked for changes that nobody else may see yet: longer than a commit waits for its standby.
const ahead = 3 * time.Second

// heardOf reports whether all changes of these products that a reader shows were heard of, once catchUp has returned. If not, the reader is ahead of the primary: a
// replica shows a commit while the primary still awaits its standby for it.
func (n *News) heardOf(ids []int64, shown []catalog.Change) bool {
	n.look.Lock()
	defer n.look.Unlock()
	for _, c := range shown {
		if (c.Product == 0 || slices.Contains(ids, c.Product)) && !n.feed.IsDone(c) {
			return false
		}
	}
	return true
}

func (n *News) lookNow(ctx context.Context) (int, error) {
	number, began := n.looks.Add(1), n.now()
	ctx, cancel := context.WithTimeout(fresh.Require(ctx), lookFor)
	defer cancel()
	from, changes, at, err := n.read(ctx)
	if err != nil {
		was := n.state.Load()
		n.state.Store(&standing{was.known, was.at, true})
		return 0, err
	}
	ids := catalog.ProductsIn(changes)
	n.changed(ids, at, func(m *mark) { m.after = max(m.after, at) })
	n.feed.Done(changes)
	n.tellTier(ctx, changes, at)
	n.state.Store(&standing{began, from, false})
	n.last = number
	n.tidy()
	return len(ids), nil
}

// read returns what changed, with where the log was before that was read and after.
func (n *News) read(ctx context.Context) (from fresh.Position, changes []catalog.Change, at fresh.Position, err error) {
	if from, err = n.ledger.Mark(ctx); err != nil {
		return
	}
	if changes, err = n.feed.Next(ctx); err == nil && len(changes) > 0 {
		at, err = n.ledger.Mark(ctx)
	}
	return
}

// Told takes over changes that this instance has just committed. It does not block.
func (n *News) Told(changes []catalog.Change) {
	select {
	case n.told <- changes:
		n.changed(catalog.ProductsIn(changes), fresh.Nowhere, func(m *mark) { m.pending++ })
	default: // Look will find them
	}
}

// spreadAll finds out where the commits that Told was told of are in the log, and tells the other instances.
func (n *News) spreadAll(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case changes := <-n.told:
			n.spread(ctx, changes)
		}
	}
}

func (n *News) spread(ctx context.Context, changes []catalog.Change) {
	ctx, cancel := context.WithTimeout(ctx, tellFor)
	defer cancel()
	at, err := n.ledger.Mark(ctx)
	if err != nil {
		at = n.state.Load().at
	}
	n.settle(catalog.ProductsIn(changes), at)
	if err != nil {
		slog.WarnContext(ctx, "a change was not told at once", "err", err)
		return
	}
	n.tellTier(ctx, changes, at)
}

// settle notes where a commit is in the log. Nothing is forgotten by it.
func (n *News) settle(ids []int64, at fresh.Position) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.latest.pos == fresh.Nowhere && at > 0 {
		n.latest.pos = at
	}
	note := func(m mark) mark {
		m.pending, m.after = max(0, m.pending-1), max(m.after, at)
		return m
	}
	if everything(ids) {
		n.all = note(n.all)
		return
	}
	for _, id := range ids {
		if m, ok := n.marks[id]; ok {
			n.marks[id] = note(m)
		}
	}
}

// Heard takes over that another instance dropped a product from the tier, which knows where in the log the change is; product 0 stands for all.
func (n *News) Heard(id int64) { n.changed([]int64{id}, fresh.Nowhere, func(*mark) {}) }

// tellTier has the other instances' shared copy forget what changed. That it cannot be reached is no error: each instance reads the changes itself.
func (n *News) tellTier(ctx context.Context, changes []catalog.Change, at fresh.Position) {
	if n.tier == nil || len(changes) == 0 {
		return
	}
	if everything(catalog.ProductsIn(changes)) {
		changes = []catalog.Change{{Number: changes[len(changes)-1].Number}}
	}
	if err := n.tier.Drop(ctx, changes, at); err != nil {
		slog.DebugContext(ctx, "the shared cache was not told", "err", err)
	}
}

// everything reports whether a change of these is one of the whole catalogue.
func everything(ids []int64) bool {
	if len(ids) > wholesale {
		return true
	}
	for _, id := range ids {
		if id == 0 {
			return true
		}
	}
	return false
}

// changed has everybody forget products that changed; at is where that is in the log.
func (n *News) changed(ids []int64, at fresh.Position, note func(*mark)) {
	if len(ids) == 0 {
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.turn++
	n.latest = heard{n.now(), at}
	next := func(m mark) mark {
		m.turn, m.at = n.turn, n.now()
		note(&m)
		return m
	}
	if everything(ids) {
		n.all, ids = next(n.all), nil
	}
	for _, id := range ids {
		n.marks[id] = next(n.marks[id])
	}
	for _, forget := range n.forget {
		forget(ids)
	}
	n.turns.Store(n.turn) // what is read from now on is of after the change
}

// of returns what is known of the last change of a product, its own or one of everything.
func (n *News) of(id int64) mark {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.lastOf(id)
}

func (n *News) lastOf(id int64) mark {
	m := n.marks[id]
	m.turn, m.after, m.pending = max(m.turn, n.all.turn), max(m.after, n.all.after), m.pending+n.all.pending
	if n.all.at.After(m.at) {
		m.at = n.all.at
	}
	return m
}

// unless runs keep unless the product has changed since that turn. No change comes in between.
func (n *News) unless(id int64, since uint64, keep func()) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.lastOf(id).turn == since {
		keep()
	}
}

// tidy forgets marks that are older than anything that is kept.
func (n *News) tidy() {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.marks) < 1000 {
		return
	}
	for id, m := range n.marks {
		if m.pending == 0 && n.now().Sub(m.at) > marked {
			delete(n.marks, id)
		}
	}
}
