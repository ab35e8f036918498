package search

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"myclothes/internal/catalog"
)

// source is a catalogue in memory that can fail, and that counts what it was asked.
type source struct {
	catalog.Shelves // nil: whatever is not below is not asked for
	mu              sync.Mutex
	products        map[int64]catalog.Entry
	changes         []catalog.Change
	fail            error
	slow            time.Duration // of Entries
	loads           int
	asked           []int // how many ids each EntriesOf was asked for
	hidden          map[int64]bool
}

func (s *source) Tree(context.Context) (catalog.Tree, error) { return madeTree(), nil }

func (s *source) Brands(context.Context) ([]catalog.Brand, error) { return nil, nil }

func (s *source) Cards(_ context.Context, ids []int64) ([]catalog.Card, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []catalog.Card
	for _, id := range ids {
		if _, ok := s.products[id]; ok && !s.hidden[id] {
			out = append(out, catalog.Card{ID: id})
		}
	}
	return out, s.fail
}

func (s *source) Entries(ctx context.Context, yield func(catalog.Entry) error) error {
	time.Sleep(s.slow)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.loads++
	for i, id := range slices.Sorted(maps.Keys(s.products)) {
		if s.fail != nil && i > 0 {
			return s.fail
		}
		if err := yield(s.products[id]); err != nil {
			return err
		}
	}
	return s.fail
}

func (s *source) EntriesOf(_ context.Context, ids []int64) ([]catalog.Entry, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, len(ids))
	var out []catalog.Entry
	for _, id := range ids {
		if e, ok := s.products[id]; ok {
			out = append(out, e)
		}
	}
	return out, s.fail
}

func (s *source) Changes(_ context.Context, since time.Time) ([]catalog.Change, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []catalog.Change
	for _, c := range s.changes {
		if !c.At.Before(since) {
			out = append(out, c)
		}
	}
	return out, nil
}

// write puts a product or, without an entry, takes it out, and says so as number at that time.
func (s *source) write(number, product int64, at time.Time, e *catalog.Entry) {
	if e != nil {
		s.products[product] = *e
	} else {
		delete(s.products, product)
	}
	s.changes = append(s.changes, catalog.Change{Number: number, Product: product, At: at})
	slices.SortFunc(s.changes, func(a, b catalog.Change) int { return int(a.Number - b.Number) })
}

func opened(t *testing.T, n int64) (*Catalog, *source) {
	t.Helper()
	s := &source{products: map[int64]catalog.Entry{}}
	for id := range n {
		s.products[id+1] = made(id + 1)
	}
	return Open(s, time.Now), s
}

func total(t *testing.T, c *Catalog) int {
	t.Helper()
	p, err := c.List(t.Context(), catalog.Query{})
	if err != nil {
		t.Fatal(err)
	}
	return p.Total
}

func step(t *testing.T, c *Catalog, want int) {
	t.Helper()
	if n, err := c.Follow(t.Context()); n != want || err != nil {
		t.Errorf("followed %d, %v; want %d", n, err, want)
	}
}

func TestFollow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, s := opened(t, 5)
		if total(t, c) != 5 || s.loads != 1 {
			t.Fatalf("the first list loads: %d, %d loads", total(t, c), s.loads)
		}
		step(t, c, 0)
		time.Sleep(time.Hour)
		six := made(6)
		s.write(10, 6, time.Now(), &six)
		s.write(11, 1, time.Now(), nil)
		step(t, c, 2)
		step(t, c, 0)
		if total(t, c) != 5 {
			t.Errorf("one came and one went: %d", total(t, c))
		}
		time.Sleep(20 * time.Second)
		s.write(12, 2, time.Now(), nil)
		step(t, c, 1)
		s.write(9, 3, time.Now().Add(-25*time.Second), nil) // written before, seen after: its number and time are lower
		step(t, c, 1)
		s.write(13, 4, time.Now(), nil)
		s.write(14, 4, time.Now(), nil)
		step(t, c, 1)
		if total(t, c) != 2 {
			t.Errorf("%d are left, want 2", total(t, c))
		}
		time.Sleep(time.Minute)
		s.write(15, 5, time.Now(), s.the(5))
		step(t, c, 1)
	})
}

func (s *source) the(id int64) *catalog.Entry { e := s.products[id]; return &e }

func TestEverythingChanged(t *testing.T) {
	c, s := opened(t, 3)
	step(t, c, 3) // the first step loads
	s.products[9] = made(9)
	s.write(1, 0, time.Now(), nil)
	step(t, c, 4)
	step(t, c, 0)
	if total(t, c) != 4 || s.loads != 2 {
		t.Errorf("product 0 stands for all: %d, %d loads", total(t, c), s.loads)
	}
}

func TestAFailingSourceKeepsTheOldIndex(t *testing.T) {
	c, s := opened(t, 3)
	if err := c.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	s.fail = broken
	if err := c.Load(t.Context()); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
	s.write(1, 2, time.Now(), nil)
	if _, err := c.Follow(t.Context()); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
	s.fail = nil
	if total(t, c) != 3 {
		t.Errorf("the old index must stay: %d", total(t, c))
	}
	step(t, c, 1) // again, because it failed
	if total(t, c) != 2 {
		t.Errorf("%d are left", total(t, c))
	}
}

func TestManyChangesComeInChunks(t *testing.T) {
	c, s := opened(t, 0)
	step(t, c, 0)
	for id := int64(1); id <= 1200; id++ {
		e := made(id)
		s.write(id, id, time.Now(), &e)
	}
	step(t, c, 1200)
	if !slices.Equal(s.asked, []int{500, 500, 200}) || total(t, c) != 1200 {
		t.Errorf("asked for %v, %d found", s.asked, total(t, c))
	}
}

func TestTheFirstListsWaitForOneLoad(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, s := opened(t, 4)
		s.slow = time.Second
		impatient, stop := context.WithTimeout(t.Context(), time.Millisecond)
		defer stop()
		var all sync.WaitGroup
		for i := range 10 {
			all.Go(func() {
				if i == 0 {
					if _, err := c.List(impatient, catalog.Query{}); !errors.Is(err, context.DeadlineExceeded) {
						t.Errorf("it must not wait longer than it may: %v", err)
					}
				} else if n := total(t, c); n != 4 {
					t.Errorf("a shop of %d before it was loaded", n)
				}
			})
		}
		all.Wait()
		if s.loads != 1 {
			t.Errorf("%d loads", s.loads)
		}
	})
}

func TestAFailedFirstLoadIsTriedAgain(t *testing.T) {
	c, s := opened(t, 2)
	s.fail = errors.New("broken")
	if _, err := c.List(t.Context(), catalog.Query{}); !errors.Is(err, s.fail) {
		t.Errorf("an empty shop instead of an error: %v", err)
	}
	if _, err := c.Suggest(t.Context(), "셔츠", 5); !errors.Is(err, s.fail) {
		t.Errorf("%v", err)
	}
	s.fail = nil
	if total(t, c) != 2 {
		t.Error("it must load the next time")
	}
}

func TestWhatIsGoneIsLeftOutOfThePage(t *testing.T) {
	c, s := opened(t, 3)
	s.hidden = map[int64]bool{2: true}
	p, err := c.List(t.Context(), catalog.Query{})
	if err != nil || len(p.Cards) != 2 || p.Total != 3 {
		t.Errorf("%d cards of %d, %v", len(p.Cards), p.Total, err)
	}
}
