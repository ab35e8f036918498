package search

import (
	"context"
	"maps"
	"slices"
	"time"

	"myclothes/internal/catalog"
)

const (
	// reloadChunk is how many products are read at a time, and putChunk how many are entered while readers wait: about 3 ms.
	reloadChunk = 500
	putChunk    = 50
	// manyChanges in one step are followed by loading everything, which is quicker than product by product.
	manyChanges = 50_000
)

// Follow takes over what has changed since the last step, and returns how many products that were: all of them, if it loaded. A
// change that becomes visible late is found too, for each step looks back over catalog.ChangeWithin. A step that fails is done
// again by the next one.
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
	changes, err := c.Changes(ctx, c.since())
	if err != nil {
		return 0, err
	}
	n, err := c.follow(ctx, x, changes)
	if err == nil {
		c.remember(changes)
	}
	return n, err
}

func (c *Catalog) follow(ctx context.Context, x *Index, changes []catalog.Change) (int, error) {
	var ids []int64
	fresh := map[int64]bool{}
	for _, change := range changes {
		if _, seen := c.seen[change.Number]; !seen && !fresh[change.Product] {
			fresh[change.Product] = true
			ids = append(ids, change.Product)
		}
	}
	if fresh[0] || len(ids) > manyChanges {
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

// mostSkew is how far this instance's clock may be wrong. Within it, what is older than the latest change by catalog.ChangeWithin has been seen; before it, so has
// everything: otherwise the many changes at the end of a long fill would be read again until something newer is written.
const mostSkew = 5 * time.Minute

// since is how far a step looks back.
func (c *Catalog) since() time.Time {
	from := c.latest
	if old := c.now().Add(-mostSkew); from.Before(old) {
		from = old
	}
	return from.Add(-catalog.ChangeWithin)
}

// remember marks changes as followed, and forgets those that no later step will be shown again. A time ahead of the shop's clock
// does not count: one wrong clock must not make it look past what others write.
func (c *Catalog) remember(changes []catalog.Change) {
	now := c.now()
	for _, change := range changes {
		c.seen[change.Number] = change.At
		if change.At.After(c.latest) && !change.At.After(now) {
			c.latest = change.At
		}
	}
	for number, at := range c.seen {
		if at.Before(c.latest.Add(-catalog.ChangeWithin)) {
			delete(c.seen, number)
		}
	}
}
