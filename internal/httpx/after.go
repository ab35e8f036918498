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
// carries a position in the database's log, sealed so that nobody can make one up and send all reads to the primary with it. Whoever comes with a position that an
// instance has not heard of is answered by the primary, and takes its position along.
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
	// Knows reports whether all changes up to a position, which was taken at that time, were heard of.
	Knows(p fresh.Position, at time.Time) bool
}

const (
	afterCookie  = "mc-after"
	afterPurpose = "after 1"
	// afterFor is how long a position counts: a replica that is so far behind is not read at all.
	afterFor = time.Minute
	// keptFor is longer than any instance may not have heard of a change.
	keptFor = 2 * time.Second
)

// place is where in time a browser has been.
type place struct {
	position fresh.Position
	at       time.Time
}

// begin reads what the browser carries, and returns how to end: before the answer's head is written.
func (a *After) begin(ctx context.Context, r *http.Request) (context.Context, func(http.ResponseWriter)) {
	was := a.carried(r)
	ctx = fresh.After(ctx, was.position)
	ahead := a.Heard != nil && a.Now().Sub(was.at) < keptFor && !a.Heard.Knows(was.position, was.at)
	if ahead {
		ctx = fresh.Anew(ctx)
	}
	ctx, wrote := fresh.Watch(ctx)
	return ctx, func(w http.ResponseWriter) {
		switch {
		case wrote() || ahead && shows(w.Header()):
			p, err := a.Position(ctx)
			if err != nil {
				p = fresh.Nowhere // it cannot say where it is
			}
			a.tell(w, p)
		case a.Heard != nil && shows(w.Header()):
			if p, lately := a.Heard.Latest(); lately && (p > was.position || was.position == fresh.Nowhere) {
				a.tell(w, p)
			}
		}
	}
}

// shows reports whether an answer can show what is in the catalogue.
func shows(h http.Header) bool {
	kind := h.Get("Content-Type")
	return strings.HasPrefix(kind, "text/html") || strings.HasPrefix(kind, "application/json")
}

func (a *After) tell(w http.ResponseWriter, p fresh.Position) {
	k := a.Cookies.cookie(afterCookie, a.Ring.Seal(afterPurpose, fmt.Appendf(nil, "%d %d", p, a.Now().UnixMilli())))
	k.MaxAge = int(afterFor.Seconds())
	http.SetCookie(w, k)
}

// carried returns where the browser has been; the zero place if it says nothing that counts.
func (a *After) carried(r *http.Request) place {
	k, err := r.Cookie(a.Cookies.name(afterCookie))
	if err != nil {
		return place{}
	}
	plain, err := a.Ring.Open(afterPurpose, k.Value)
	if err != nil {
		return place{}
	}
	var pos, ms int64
	if _, err := fmt.Sscanf(string(plain), "%d %d", &pos, &ms); err != nil || pos < 0 {
		return place{}
	}
	at := time.UnixMilli(ms)
	if age := a.Now().Sub(at); age <= -afterFor || age >= afterFor {
		return place{}
	}
	return place{fresh.Position(pos), at}
}
