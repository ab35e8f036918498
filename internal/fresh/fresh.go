// Package fresh carries, with a request, whether its reads must see everything committed so far.
//
// Browsing may be answered by a reader that is a moment behind. A request that changes something, or shows
// what the visitor has just changed, may not. The route decides; the store obeys.
package fresh

import "context"

type key struct{}

// Require returns a context whose reads go to the primary.
func Require(ctx context.Context) context.Context { return context.WithValue(ctx, key{}, true) }

// Required reports whether reads under ctx must go to the primary.
func Required(ctx context.Context) bool { return ctx.Value(key{}) != nil }
