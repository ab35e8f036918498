package search

import (
	"fmt"
	"sync"

	"myclothes/internal/catalog"
)

// mostMemo is how many answers are kept, about 2 kB each.
const mostMemo = 4000

// memo keeps what lists without words found until the next change of the index: counting the facets of half a million products is the same each time, and
// shoppers ask for the same few hundred shelves.
type memo struct {
	mu      sync.Mutex
	version uint64 // of the index that found it
	found   map[string]catalog.Found
}

// memorable returns under which name a query's answer is kept, if it is. Words are too many.
func memorable(q catalog.Query) (name string, ok bool) {
	if q.Text != "" {
		return "", false
	}
	return fmt.Sprintf("%q %q %q %q %d %d %t %t %q %q %d", q.Category, q.Brands, q.Colors, q.Sizes, q.MinPrice, q.MaxPrice, q.OnSale, q.InStock, q.Sort, q.Cursor, q.Limit), true
}

// Forget drops the answers that are kept. Nobody needs to: it is for measuring what finding costs.
func (x *Index) Forget() {
	x.memo.mu.Lock()
	defer x.memo.mu.Unlock()
	x.memo.found = nil
}

func (m *memo) get(version uint64, name string) (catalog.Found, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.version != version {
		return catalog.Found{}, false
	}
	f, ok := m.found[name]
	return f, ok
}

func (m *memo) keep(version uint64, name string, f catalog.Found) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.version != version || len(m.found) >= mostMemo {
		m.version, m.found = version, map[string]catalog.Found{}
	}
	if m.found == nil {
		m.found = map[string]catalog.Found{}
	}
	m.found[name] = f
}
