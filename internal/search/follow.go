package search

import (
	"context"
	"maps"
	"slices"

	"myclothes/internal/catalog"
	"myclothes/internal/fresh"
)

const (
	// reloadChunk is how many products are read at a time, and putChunk how many are entered while readers wait: about 3 ms.
	reloadChunk = 500
	putChunk    = 50
	// manyChanges in one step are followed by loading everything, which is quicker than product by product.
	manyChanges = 50_000
)

// Follow takes over what has changed since the last step, and returns how many products that were: all of them, if it loaded. A
// step that fails is done again by the next one.
func (c *Catalog) Follow(ctx context.Context) (int, error) {
	if err := c.take(ctx); err != nil {
		return 0, err
	}
	defer c.give()
	x := c.index.Load()
	if x == nil {
		if err := c.load(ctx); err != nil {
			return 0, err
		}
		return c.index.Load().Len(), nil
	}
	ctx = fresh.Require(ctx) // one reader may have the change and another, asked for the product, not yet
	changes, err := c.feed.Next(ctx)
	if err != nil {
		return 0, err
	}
	n, err := c.follow(ctx, x, changes)
	if err == nil {
		c.feed.Done(changes)
	}
	return n, err
}

func (c *Catalog) follow(ctx context.Context, x *Index, changes []catalog.Change) (int, error) {
	ids := catalog.ProductsIn(changes)
	if slices.Contains(ids, 0) || len(ids) > manyChanges {
		if err := c.load(ctx); err != nil {
			return 0, err
		}
		return c.index.Load().Len(), nil
	}
	done := 0
	for len(ids) > 0 {
		chunk := ids[:min(len(ids), reloadChunk)]
		if err := c.reload(ctx, x, chunk); err != nil {
			return done, err
		}
		done, ids = done+len(chunk), ids[len(chunk):]
	}
	return done, nil
}

// reload takes over these products as they are now.
func (c *Catalog) reload(ctx context.Context, x *Index, ids []int64) error {
	entries, err := c.EntriesOf(ctx, ids)
	if err != nil {
		return err
	}
	gone := make(map[int64]bool, len(ids))
	for _, id := range ids {
		gone[id] = true
	}
	for _, e := range entries {
		delete(gone, e.ID)
	}
	for some := range slices.Chunk(entries, putChunk) {
		x.Put(some...)
	}
	x.Drop(slices.Collect(maps.Keys(gone))...)
	return nil
}
