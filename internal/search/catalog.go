package search

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/fresh"
)

const loadBatch = 1000

// Catalog answers lists and suggestions from an index of its source, and everything else from the source itself. It implements
// catalog.Catalog. Lists do not wait for a load or for the source's changes once there is an index.
type Catalog struct {
	catalog.Source
	now     func() time.Time
	index   atomic.Pointer[Index]   // nil until the first load
	shelves atomic.Pointer[shelved] // read with it

	turn chan struct{} // holds one: who has taken it may load or follow
	feed *catalog.Feed // guarded by turn

	mu      sync.Mutex
	loading *loading // the first load that lists wait for
}

// shelved are the shelves as they were when the index was filled. A change of theirs is a change of the whole catalogue, so they are as recent as it.
type shelved struct {
	tree   catalog.Tree
	brands []catalog.Brand
}

// Tree implements catalog.Catalog. It is one and the same until the catalogue changes.
func (c *Catalog) Tree(ctx context.Context) (catalog.Tree, error) {
	if s := c.shelves.Load(); s != nil && !fresh.Required(ctx) {
		return s.tree, nil
	}
	return c.Source.Tree(ctx)
}

// Brands implements catalog.Catalog. Callers must not change them.
func (c *Catalog) Brands(ctx context.Context) ([]catalog.Brand, error) {
	if s := c.shelves.Load(); s != nil && !fresh.Required(ctx) {
		return s.brands, nil
	}
	return c.Source.Brands(ctx)
}

// loading is a load that somebody waits for. err is there once done is closed.
type loading struct {
	done chan struct{}
	err  error
}

// Open makes a catalogue over that source. Nothing is read before Load, Follow or the first List or Suggest. now is the shop's clock.
func Open(src catalog.Source, now func() time.Time) *Catalog {
	c := &Catalog{Source: src, now: now, turn: make(chan struct{}, 1), feed: catalog.NewFeed(src.Changes, now)}
	c.turn <- struct{}{}
	return c
}

// List implements catalog.Catalog. A product that has gone since the index learned of it is missing from the page, not from Total.
func (c *Catalog) List(ctx context.Context, q catalog.Query) (catalog.Page, error) {
	x, err := c.loaded(ctx)
	if err != nil {
		return catalog.Page{}, err
	}
	found, err := x.Find(q)
	if err != nil {
		return catalog.Page{}, err
	}
	page := catalog.Page{Next: found.Next, Total: found.Total, Facets: found.Facets, Reading: found.Reading, Version: found.Version}
	if len(found.IDs) == 0 {
		return page, nil
	}
	wanted := shownIn(q, x.knows)
	if page.Cards, err = c.Cards(ctx, found.IDs); err != nil || len(wanted) == 0 {
		return page, err
	}
	faces, err := c.Faces(ctx, found.IDs)
	for i := range page.Cards {
		page.Cards[i].Show(faces[page.Cards[i].ID], wanted)
	}
	return page, err
}

// Suggest implements catalog.Catalog.
func (c *Catalog) Suggest(ctx context.Context, text string, limit int) ([]catalog.Suggestion, error) {
	x, err := c.loaded(ctx)
	if err != nil {
		return nil, err
	}
	return x.Suggest(text, limit), nil
}

// loaded returns the index; before the first load it loads, once for all who ask meanwhile. One who stops waiting does not stop
// the load.
func (c *Catalog) loaded(ctx context.Context) (*Index, error) {
	if x := c.index.Load(); x != nil {
		return x, nil
	}
	l := c.firstLoad(ctx)
	select {
	case <-l.done:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if l.err != nil {
		return nil, l.err
	}
	return c.index.Load(), nil
}

func (c *Catalog) firstLoad(ctx context.Context) *loading {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.loading != nil {
		return c.loading
	}
	l := &loading{done: make(chan struct{})}
	c.loading = l
	go func() {
		l.err = c.loadUnlessLoaded(context.WithoutCancel(ctx))
		c.mu.Lock()
		c.loading = nil
		c.mu.Unlock()
		close(l.done)
	}()
	return l
}

func (c *Catalog) loadUnlessLoaded(ctx context.Context) error {
	if err := c.take(ctx); err != nil {
		return err
	}
	defer c.give()
	if c.index.Load() != nil {
		return nil
	}
	return c.load(ctx)
}

func (c *Catalog) take(ctx context.Context) error {
	select {
	case <-c.turn:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c *Catalog) give() { c.turn <- struct{}{} }

// Load reads the whole catalogue into a new index, which then takes the place of the old one. If it fails, the old one stays.
func (c *Catalog) Load(ctx context.Context) error {
	if err := c.take(ctx); err != nil {
		return err
	}
	defer c.give()
	return c.load(ctx)
}

func (c *Catalog) load(ctx context.Context) error {
	began := c.now()
	tree, err := c.Source.Tree(ctx)
	if err != nil {
		return err
	}
	brands, err := c.Source.Brands(ctx)
	if err != nil {
		return err
	}
	x := New(tree)
	batch := make([]catalog.Entry, 0, loadBatch)
	err = c.Entries(ctx, func(e catalog.Entry) error {
		if batch = append(batch, e); len(batch) == loadBatch {
			x.fill(batch)
			batch = batch[:0]
		}
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	x.fill(batch)
	x.arrange()
	c.index.Store(x)
	c.shelves.Store(&shelved{tree.Stamped(catalog.VersionOf(tree.All(), brands)), brands})
	c.feed.Start(began)
	return nil
}

var _ catalog.Catalog = (*Catalog)(nil)
