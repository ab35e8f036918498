//go:build linux

package live

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"time"

	"myclothes/internal/lab/faults"
	"myclothes/internal/lab/shoppers"
	"myclothes/internal/lab/stack"
)

//go:embed live.html
var text string

var page = template.Must(template.New("live").Parse(text))

// Live serves the page. It looks at the stack only while somebody watches.
type Live struct {
	world *faults.World
	crowd *shoppers.Crowd
	ctx   context.Context // of the lab: a fault outlives the click that began it
	began time.Time

	mu     sync.Mutex
	broken map[string]faults.Begun
	busy   map[string]bool
	log    []string
}

// New returns a page about a stack; crowd may be nil. Faults are broken until ctx ends.
func New(ctx context.Context, s *stack.Stack, crowd *shoppers.Crowd) *Live {
	pay := func(...string) {}
	if crowd != nil {
		pay = crowd.Pay
	}
	return &Live{world: &faults.World{Stack: s, Pay: pay}, crowd: crowd, ctx: ctx, began: time.Now(), broken: map[string]faults.Begun{}, busy: map[string]bool{}}
}

// ServeHTTP answers the page, its events, and the buttons.
func (l *Live) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m := http.NewServeMux()
	m.HandleFunc("GET /{$}", l.show)
	m.HandleFunc("GET /events", l.events)
	m.HandleFunc("POST /faults/{name}", l.toggle)
	http.NewCrossOriginProtection().Handler(m).ServeHTTP(w, r)
}

func (l *Live) show(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	page.Execute(w, map[string]any{"Zones": l.world.Stack.Network.Topology.Zones, "Nodes": l.world.Stack.Network.Topology.Nodes, "Faults": slices.DeleteFunc(slices.Clone(faults.All), func(f faults.Fault) bool { return f.Clock }), "Crowd": l.crowd != nil})
}

// events tells the state once a second, until the page is closed.
func (l *Live) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	watch := &watcher{stack: l.world.Stack, crowd: l.crowd, began: l.began}
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		s := watch.look(r.Context())
		s.Broken, s.Announced = l.now()
		line, err := json.Marshal(s)
		if err != nil {
			return
		}
		if _, err := fmt.Fprintf(w, "data: %s\n\n", line); err != nil {
			return
		}
		http.NewResponseController(w).Flush()
		select {
		case <-r.Context().Done():
			return
		case <-l.ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// now are the faults that last or are just being made, and what was said lately.
func (l *Live) now() (broken, log []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for name := range l.broken {
		broken = append(broken, name)
	}
	for name := range l.busy {
		broken = append(broken, name)
	}
	slices.Sort(broken)
	return slices.Compact(broken), slices.Clone(l.log)
}

// toggle begins a fault, or ends it if it lasts. A second click while it is being made does nothing.
func (l *Live) toggle(w http.ResponseWriter, r *http.Request) {
	f, err := faults.Find(r.PathValue("name"))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.busy[f.Name] {
		l.busy[f.Name] = true
		go l.turn(f)
	}
	w.WriteHeader(http.StatusAccepted)
}

func (l *Live) turn(f faults.Fault) {
	l.mu.Lock()
	b, lasts := l.broken[f.Name]
	l.mu.Unlock()
	var err error
	if lasts {
		err = b.End(l.ctx)
	} else {
		b, err = f.Begin(l.ctx, l.world, rand.New(rand.NewPCG(rand.Uint64(), 0)))
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.busy, f.Name)
	switch {
	case err != nil:
		l.say("%s: %v", f.Name, err)
	case lasts:
		delete(l.broken, f.Name)
		l.say("%s: ended", f.Name)
	default:
		if f.Hold > 0 {
			l.broken[f.Name] = b
		}
		l.say("%s: %s", f.Name, b.What)
	}
}

// say keeps the last lines. The caller holds l.mu.
func (l *Live) say(format string, args ...any) {
	l.log = append(l.log, fmt.Sprintf("%5.0f s  ", time.Since(l.began).Seconds())+fmt.Sprintf(format, args...))
	l.log = l.log[max(0, len(l.log)-12):]
}
