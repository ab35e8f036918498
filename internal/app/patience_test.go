package app

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"myclothes/internal/fault"
)

func TestStartingWaitsForTheDatabaseAlone(t *testing.T) {
	broken := errors.New("the schema is too old")
	for name, c := range map[string]struct {
		answer func(waited time.Duration) error
		want   error
		waits  time.Duration
	}{
		"at once":        {func(time.Duration) error { return nil }, nil, 0},
		"something else": {func(time.Duration) error { return broken }, broken, 0},
		"after a while":  {func(d time.Duration) error { return unless(d >= 20*time.Second) }, nil, 20 * time.Second},
		"then broken": {func(d time.Duration) error {
			return errors.Join(unless(d >= time.Second), when(d >= time.Second, broken))
		}, broken, time.Second},
		"it does not come": {func(time.Duration) error { return fault.OutOfOrder }, fault.OutOfOrder, patience + between},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				err := patiently(context.Background(), func(context.Context) error { return c.answer(time.Since(began)) })
				if !errors.Is(err, c.want) || (err == nil) != (c.want == nil) || time.Since(began) != c.waits {
					t.Errorf("%v after %v; want %v after %v", err, time.Since(began), c.want, c.waits)
				}
			})
		})
	}
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
		defer cancel()
		began := time.Now()
		err := patiently(ctx, func(context.Context) error { return fault.OutOfOrder })
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != 3*time.Second {
			t.Errorf("stopped: %v after %v", err, time.Since(began))
		}
	})
}

func unless(ok bool) error { return when(!ok, fault.OutOfOrder) }

func when(is bool, err error) error {
	if is {
		return err
	}
	return nil
}
