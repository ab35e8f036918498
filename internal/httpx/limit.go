package httpx

import (
	"math"
	"net/http"
	"time"

	"github.com/maypok86/otter/v2"
	"golang.org/x/time/rate"

	"myclothes/internal/fault"
)

// Limiter bounds how often one client may try something, on this instance. Safe for concurrent use.
type Limiter struct {
	every time.Duration
	burst int
	seen  *otter.Cache[string, *rate.Limiter]
}

// NewLimiter allows burst tries at once and then one per interval.
func NewLimiter(every time.Duration, burst int) *Limiter {
	return &Limiter{every, burst, otter.Must(&otter.Options[string, *rate.Limiter]{
		MaximumSize:      100_000,
		ExpiryCalculator: otter.ExpiryAccessing[string, *rate.Limiter](every * time.Duration(burst)),
	})}
}

// Allow counts a try and refuses it with fault.TooManyTries where the client has had too many.
func (l *Limiter) Allow(r *http.Request) error {
	one, _ := l.seen.ComputeIfAbsent(Client(r), func() (*rate.Limiter, bool) { return rate.NewLimiter(rate.Every(l.every), l.burst), false })
	if one.Allow() {
		return nil
	}
	wait := time.Duration(math.Ceil(l.every.Seconds())) * time.Second
	return fault.TooManyTries.After(wait)
}
