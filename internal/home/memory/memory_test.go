package memory

import (
	"sync/atomic"
	"testing"
	"time"

	"myclothes/internal/cart/carttest"
	"myclothes/internal/session/sessiontest"
)

func TestHome(t *testing.T) { carttest.Run(t, New()) }

func TestSessions(t *testing.T) {
	var passed atomic.Int64
	sessiontest.Run(t, NewSessions(func() time.Time { return time.Now().Add(time.Duration(passed.Load())) }),
		func(d time.Duration) { passed.Add(int64(d)) })
}
