package valkey

import (
	"context"
	"time"
)

// within runs f and returns when it does, or when the budget is spent or ctx ends: valkey-go waits for a connection that another call is making, or for room
// in a full queue, without an eye on ctx. What is then left of f ends with the connection.
func within[T any](ctx context.Context, budget time.Duration, f func(context.Context) (T, error)) (T, error) {
	ctx, cancel := context.WithTimeout(ctx, budget)
	defer cancel()
	type end struct {
		value T
		err   error
	}
	ended := make(chan end, 1)
	go func() {
		v, err := f(ctx)
		ended <- end{v, err}
	}()
	select {
	case e := <-ended:
		return e.value, e.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}
