package cache

import (
	"context"
	"log/slog"
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

	look sync.Mutex // held while looking
	feed *catalog.Feed

	mu     sync.Mutex
	turn   uint64 // grows with every change; 0 is before all
	marks  map[int64]mark
	all    mark
	forget []func(ids []int64) // nil ids: everything
}

// standing is how the last look ended. It does not change.
type standing struct {
	known time.Time // everything committed before is known
	blind bool      // the database does not answer, so nobody can say what has changed
}

// mark is what is known of the last change of a product.
type mark struct {
	turn    uint64
	after   fresh.Position // a read must see everything up to there, or it may be of before the change
	pending int            // commits whose position is not known yet
	at      time.Time      // when it was learned
}

// needs returns what a read must see, so as not to be of before the change.
func (m mark) needs() fresh.Position {
	if m.pending > 0 {
		return fresh.Nowhere
	}
	return m.after
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
	began := n.now()
	ctx, cancel := context.WithTimeout(fresh.Require(ctx), lookFor)
	defer cancel()
	changes, err := n.feed.Next(ctx)
	var at fresh.Position
	if err == nil && len(changes) > 0 {
		at, err = n.ledger.Mark(ctx)
	}
	if err != nil {
		n.state.Store(&standing{n.state.Load().known, true})
		return 0, err
	}
	ids := catalog.ProductsIn(changes)
	n.changed(ids, func(m *mark) { m.after = max(m.after, at) })
	n.feed.Done(changes)
	n.tellTier(ctx, changes, at)
	n.state.Store(&standing{began, false})
	n.tidy()
	return len(ids), nil
}

// Told takes over changes that this instance has just committed. It does not block.
func (n *News) Told(changes []catalog.Change) {
	select {
	case n.told <- changes:
		n.changed(catalog.ProductsIn(changes), func(m *mark) { m.pending++ })
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
func (n *News) Heard(id int64) { n.changed([]int64{id}, func(*mark) {}) }

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

func (n *News) changed(ids []int64, note func(*mark)) {
	if len(ids) == 0 {
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.turn++
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
}

// last returns what is known of the last change of a product, its own or one of everything.
func (n *News) last(id int64) mark {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.lastOf(id)
}

func (n *News) lastOf(id int64) mark {
	m := n.marks[id]
	m.turn, m.after, m.pending = max(m.turn, n.all.turn), max(m.after, n.all.after), m.pending+n.all.pending
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
