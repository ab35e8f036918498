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
	// keptFor is longer than any page is kept: until then who changed something is shown pages made anew.
	keptFor = time.Second
)

// begin reads what the browser carries, and returns how to end: before the answer's head is written.
func (a *After) begin(ctx context.Context, r *http.Request, v *visit) (context.Context, func(http.ResponseWriter)) {
	if k, err := r.Cookie(a.Cookies.name(afterCookie)); err == nil {
		if p, at, ok := a.open(k.Value); ok {
			ctx = fresh.After(ctx, p)
			v.justWrote = a.Now().Sub(at) < keptFor
		}
	}
	ctx, wrote := fresh.Watch(ctx)
	return ctx, func(w http.ResponseWriter) {
		if wrote() {
			a.tell(ctx, w)
		}
	}
}

// nowhere is a position that no replica reaches: where the primary cannot say where it is, only it is recent enough.
const nowhere = fresh.Position(1<<63 - 1)

func (a *After) tell(ctx context.Context, w http.ResponseWriter) {
	p, err := a.Position(ctx)
	if err != nil {
		p = nowhere
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

// JustWrote reports whether the visitor changed something so lately that a page which was kept may not show it.
func JustWrote(r *http.Request) bool { return of(r).justWrote }
