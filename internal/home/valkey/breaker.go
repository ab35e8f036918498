package valkey

import (
	"sync"
	"time"
)

// breaker ends the asking after some failures in a row. It then rests, lets one call through, and begins again when that one is answered.
type breaker struct {
	limit int
	rest  time.Duration
	now   func() time.Time
	told  func(resting bool)

	mu       sync.Mutex
	failures int       // in a row, while asking
	until    time.Time // zero while asking
	trying   bool      // one call is on its way, to find out
}

// verdict is what a call says about the server.
type verdict int

const (
	nothing  verdict = iota // the caller left before an answer
	answered                // even if the answer was no
	failed
)

// enter reports whether a call may ask, and whether it is the one that tries.
func (b *breaker) enter() (ok, try bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.until.IsZero():
		return true, false
	case b.trying || b.now().Before(b.until):
		return false, false
	}
	b.trying = true
	return true, true
}

// leave takes the verdict of a call that entered. While resting, only the one that tries has a say.
func (b *breaker) leave(try bool, v verdict) {
	b.mu.Lock()
	was := !b.until.IsZero()
	if try {
		b.trying = false
	}
	switch {
	case was && !try || v == nothing:
	case v == answered:
		b.failures, b.until = 0, time.Time{}
	default:
		if b.failures++; b.failures >= b.limit {
			b.until = b.now().Add(b.rest)
		}
	}
	is := !b.until.IsZero()
	b.mu.Unlock()
	if is != was {
		b.told(is)
	}
}
