package httpx

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"myclothes/internal/fresh"
	"myclothes/internal/seal"
)

// After has whoever has just changed something read, on whichever instance, from a reader that has seen their change: the answer to the change
// carries the position of the database's log, sealed so that nobody can make one up and send all reads to the primary with it.
type After struct {
	Cookies  Cookies
	Ring     *seal.Ring
	Position func(context.Context) (fresh.Position, error)
	Now      func() time.Time
}

const (
	afterCookie  = "mc-after"
	afterPurpose = "after 1"
	// afterFor is how long a position counts: a replica that is so far behind is not read at all.
	afterFor = time.Minute
	// keptFor is longer than any instance may not have heard of a change: until then who made one is shown nothing that was kept.
	keptFor = 2 * time.Second
)

// begin reads what the browser carries, and returns how to end: before the answer's head is written.
func (a *After) begin(ctx context.Context, r *http.Request) (context.Context, func(http.ResponseWriter)) {
	if k, err := r.Cookie(a.Cookies.name(afterCookie)); err == nil {
		if p, at, ok := a.open(k.Value); ok {
			ctx = fresh.After(ctx, p)
			if a.Now().Sub(at) < keptFor {
				ctx = fresh.Anew(ctx)
			}
		}
	}
	ctx, wrote := fresh.Watch(ctx)
	return ctx, func(w http.ResponseWriter) {
		if wrote() {
			a.tell(ctx, w)
		}
	}
}

func (a *After) tell(ctx context.Context, w http.ResponseWriter) {
	p, err := a.Position(ctx)
	if err != nil {
		p = fresh.Nowhere // it cannot say where it is
	}
	k := a.Cookies.cookie(afterCookie, a.Ring.Seal(afterPurpose, fmt.Appendf(nil, "%d %d", p, a.Now().UnixMilli())))
	k.MaxAge = int(afterFor.Seconds())
	http.SetCookie(w, k)
}

func (a *After) open(value string) (p fresh.Position, at time.Time, ok bool) {
	plain, err := a.Ring.Open(afterPurpose, value)
	if err != nil {
		return 0, at, false
	}
	var pos, ms int64
	if _, err := fmt.Sscanf(string(plain), "%d %d", &pos, &ms); err != nil || pos < 0 {
		return 0, at, false
	}
	at = time.UnixMilli(ms)
	age := a.Now().Sub(at)
	return fresh.Position(pos), at, age > -afterFor && age < afterFor
}
