package app

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"myclothes/internal/fault"
)

// An instance that starts while the database fails over waits for it: ended, it would only be started again, and again.
const (
	patience = 2 * time.Minute
	between  = time.Second
)

// patiently does what needs the database until that is there, for as long as patience lasts. Anything else that is wrong is returned at once.
func patiently(ctx context.Context, do func(context.Context) error) error {
	until := time.Now().Add(patience)
	for told := false; ; {
		err := do(ctx)
		if !errors.Is(err, fault.OutOfOrder) || time.Now().After(until) {
			return err
		}
		if !told {
			slog.Warn("waiting for the database", "err", err, "at most", patience.String())
			told = true
		}
		select {
		case <-ctx.Done():
			return errors.Join(err, ctx.Err())
		case <-time.After(between):
		}
	}
}
