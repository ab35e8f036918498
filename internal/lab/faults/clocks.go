//go:build linux

package faults

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"strconv"
	"time"

	"myclothes/internal/lab/host"
	"myclothes/internal/lab/parts"
)

// jump moves the clock of one instance, whose program must be one of host.BuildMovable.
func jump(by time.Duration) func(context.Context, *World, *rand.Rand) (string, func(context.Context) error, error) {
	return func(ctx context.Context, w *World, chance *rand.Rand) (string, func(context.Context) error, error) {
		s, err := someInstance(w, chance)
		if err != nil {
			return "", nil, err
		}
		err = move(ctx, s, by)
		return s.Host.Name, func(ctx context.Context) error { return move(ctx, s, 0) }, err
	}
}

// move writes how far the clock is to be ahead, and waits until the instance's answers are dated so.
func move(ctx context.Context, s *parts.Shop, ahead time.Duration) error {
	if err := os.WriteFile(s.Clock(), []byte(strconv.Itoa(int(ahead.Seconds()))), 0o644); err != nil || !s.Runs() {
		return err
	}
	return host.Until(ctx, 10*time.Second, func() error {
		is, err := dated(ctx, s)
		if off := time.Until(is) - ahead; err == nil && off.Abs() > 5*time.Second {
			err = fmt.Errorf("the clock of %s is off by %s: is its program one whose clock can be moved (--clocks)?", s.Host.Name, off.Round(time.Second))
		}
		return err
	})
}

// dated is when an instance says that it answers.
func dated(ctx context.Context, s *parts.Shop) (time.Time, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.Address()+"/healthz", nil)
	if err != nil {
		return time.Time{}, err
	}
	resp, err := s.Host.Client(2 * time.Second).Do(req)
	if err != nil {
		return time.Time{}, err
	}
	resp.Body.Close()
	return http.ParseTime(resp.Header.Get("Date"))
}
