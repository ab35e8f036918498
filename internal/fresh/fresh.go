// Package fresh carries, with a request, how recent its reads must be.
//
// Browsing may be answered by a reader that is a moment behind. A request that changes something, or shows
// what the visitor has just changed, may not: the route decides, the store obeys. And whoever has just changed something reads,
// wherever they go next, from a reader that has seen their change.
package fresh

import (
	"context"
	"sync/atomic"
)

type (
	requiredKey struct{}
	afterKey    struct{}
	wroteKey    struct{}
	sameKey     struct{}
	anewKey     struct{}
)

// Position is a place in the database's log of changes; a greater one is later. 0 is before everything.
type Position uint64

// Nowhere is a position that no replica reaches: only the primary is recent enough.
const Nowhere = Position(1<<63 - 1)

// Require returns a context whose reads go to the primary.
func Require(ctx context.Context) context.Context { return context.WithValue(ctx, requiredKey{}, true) }

// Required reports whether reads under ctx must go to the primary.
func Required(ctx context.Context) bool { return ctx.Value(requiredKey{}) != nil }

// After returns a context whose reads see everything up to that position.
func After(ctx context.Context, p Position) context.Context {
	return context.WithValue(ctx, afterKey{}, p)
}

// Anew returns a context under which nothing that was kept may answer, and browsing reads the primary, but for while there is none.
func Anew(ctx context.Context) context.Context {
	return context.WithValue(After(ctx, Nowhere), anewKey{}, true)
}

// ReadAnew reports whether nothing that was kept may answer.
func ReadAnew(ctx context.Context) bool { return Required(ctx) || ctx.Value(anewKey{}) != nil }

// Same returns a context whose reads all go to one and the same replica, if the first of them goes to one: what a later one sees is no older.
func Same(ctx context.Context) context.Context {
	return context.WithValue(ctx, sameKey{}, new(atomic.Value))
}

// Reader is where reads under a context of Same note which replica they use, and nothing for the primary; nil under any other context.
func Reader(ctx context.Context) *atomic.Value {
	v, _ := ctx.Value(sameKey{}).(*atomic.Value)
	return v
}

// Since returns up to which position reads under ctx must see everything.
func Since(ctx context.Context) Position {
	p, _ := ctx.Value(afterKey{}).(Position)
	return p
}

// Watch returns a context that notes whether something was written under it, and how to ask.
func Watch(ctx context.Context) (context.Context, func() bool) {
	wrote := new(atomic.Bool)
	return context.WithValue(ctx, wroteKey{}, wrote), wrote.Load
}

// Wrote notes that something was written under ctx.
func Wrote(ctx context.Context) {
	if wrote, ok := ctx.Value(wroteKey{}).(*atomic.Bool); ok {
		wrote.Store(true)
	}
}
