package httpx

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"myclothes/internal/fresh"
	"myclothes/internal/seal"
)

// After keeps whoever goes from instance to instance from going back in time. An answer to a change, and one that shows what others may not have heard of yet,
// carries a position in the database's log, sealed so that nobody can make one up and send all reads to the primary with it.
type After struct {
	Cookies  Cookies
	Ring     *seal.Ring
	Position func(context.Context) (fresh.Position, error) // of the log, now
	Heard    Heard                                         // nil: nothing is kept
	Now      func() time.Time
}

// Heard is what this instance has heard of changes that others made.
type Heard interface {
	// Latest returns up to where in the log they go, and whether other instances may not have heard of them yet.
	Latest() (p fresh.Position, lately bool)
	// Knows reports whether all changes up to there were heard of.
	Knows(p fresh.Position) bool
}

const (
	afterCookie  = "mc-after"
	afterPurpose = "after 1"
	// afterFor is how long a position counts: a replica that is so far behind is not read at all.
	afterFor = time.Minute
	// keptFor is longer than any instance may not have heard of a change: until then who made one is answered by the primary.
	keptFor = 2 * time.Second
)

// place is where in time a browser has been.
type place struct {
	position fresh.Position
	at       time.Time
	saw      bool // somebody else's change; false: their own
}

func (p place) recent(now time.Time) bool { return now.Sub(p.at) < keptFor }

// begin reads what the browser carries, and returns how to end: before the answer's head is written.
func (a *After) begin(ctx context.Context, r *http.Request) (context.Context, func(http.ResponseWriter)) {
	var was place
	if k, err := r.Cookie(a.Cookies.name(afterCookie)); err == nil {
		was, _ = a.open(k.Value)
		ctx = fresh.After(ctx, was.position)
	}
	if was.recent(a.Now()) && !(was.saw && a.Heard != nil && a.Heard.Knows(was.position)) {
		ctx = fresh.Require(ctx)
	}
	ctx, wrote := fresh.Watch(ctx)
	return ctx, func(w http.ResponseWriter) {
		if wrote() {
			p, err := a.Position(ctx)
			if err != nil {
				p = fresh.Nowhere // it cannot say where it is
			}
			a.tell(w, place{p, a.Now(), false})
		} else if own := !was.saw && was.recent(a.Now()); !own && a.Heard != nil && shows(w.Header()) {
			if p, lately := a.Heard.Latest(); lately && (p > was.position || was.position == fresh.Nowhere) {
				a.tell(w, place{p, a.Now(), true})
			}
		}
	}
}

// shows reports whether an answer can show what is in the catalogue.
func shows(h http.Header) bool {
	kind := h.Get("Content-Type")
	return strings.HasPrefix(kind, "text/html") || strings.HasPrefix(kind, "application/json")
}

func (a *After) tell(w http.ResponseWriter, p place) {
	how := "wrote"
	if p.saw {
		how = "saw"
	}
	k := a.Cookies.cookie(afterCookie, a.Ring.Seal(afterPurpose, fmt.Appendf(nil, "%d %d %s", p.position, p.at.UnixMilli(), how)))
	k.MaxAge = int(afterFor.Seconds())
	http.SetCookie(w, k)
}

func (a *After) open(value string) (p place, ok bool) {
	plain, err := a.Ring.Open(afterPurpose, value)
	if err != nil {
		return place{}, false
	}
	var pos, ms int64
	var how string
	if n, _ := fmt.Sscanf(string(plain), "%d %d %s", &pos, &ms, &how); n < 2 || pos < 0 { // an older version says no third
		return place{}, false
	}
	p = place{fresh.Position(pos), time.UnixMilli(ms), how == "saw"}
	if age := a.Now().Sub(p.at); age <= -afterFor || age >= afterFor {
		return place{}, false
	}
	return p, true
}
