package valkey

import (
	"context"
	"sync"
	"testing"
	"time"

	"myclothes/internal/cache"
	"myclothes/internal/catalog"
	"myclothes/internal/fresh"
)

var _ cache.Tier = (*Tier)(nil)

func tier(t *testing.T, o Options) *Tier {
	t.Helper()
	x, err := OpenTier(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(x.Close)
	return x
}

func loaded(t *testing.T, x *Tier, id int64) string {
	t.Helper()
	got, err := x.Load(ctx, "k", []int64{id})
	if err != nil {
		t.Fatal(err)
	}
	return string(got[0])
}

func leased(t *testing.T, x *Tier, id int64, token string, want bool) fresh.Position {
	t.Helper()
	had, after, err := x.Lease(ctx, "k", []int64{id}, token)
	if err != nil || had[0] != want {
		t.Fatalf("%s: %v, %v; want %t", token, had, err, want)
	}
	return after[0]
}

func filled(t *testing.T, x *Tier, id int64, token string, at fresh.Position, text string) {
	t.Helper()
	if err := x.Fill(ctx, "k", id, token, at, []byte(text), time.Minute); err != nil {
		t.Fatal(err)
	}
}

func dropped(t *testing.T, x *Tier, number, id int64, at fresh.Position) {
	t.Helper()
	if err := x.Drop(ctx, []catalog.Change{{Number: number, Product: id}}, at); err != nil {
		t.Fatal(err)
	}
}

// TestLeases: who has none fills nothing; a drop takes a lease back, so that who was slow cannot put back what it had read before.
func TestLeases(t *testing.T) {
	x := tier(t, Options{Addresses: []string{shared(t).Address()}, Budget: time.Second})
	const id = 101
	if loaded(t, x, id) != "" {
		t.Fatal("it is not empty")
	}
	filled(t, x, id, "nobody", 1, "without a lease")
	leased(t, x, id, "a", true)
	leased(t, x, id, "b", false)
	filled(t, x, id, "b", 1, "b's")
	if got := loaded(t, x, id); got != "" {
		t.Errorf("who has no lease has filled: %q", got)
	}
	filled(t, x, id, "a", 1, "a's")
	if got := loaded(t, x, id); got != "a's" {
		t.Errorf("%q", got)
	}
	leased(t, x, id, "slow", true) // it begins to read the old row
	dropped(t, x, 1, id, 7)
	if after := leased(t, x, id, "quick", true); after != 7 {
		t.Errorf("a fill must have seen %d", after)
	}
	filled(t, x, id, "slow", 9, "old")
	filled(t, x, id, "quick", 7, "new")
	filled(t, x, id, "slow", 9, "old")
	if got := loaded(t, x, id); got != "new" {
		t.Errorf("%q", got)
	}
}

// TestAFillFromBeforeTheDrop is refused though its lease stands: it read where the change was not yet.
func TestAFillFromBeforeTheDrop(t *testing.T) {
	x := tier(t, Options{Addresses: []string{shared(t).Address()}, Budget: time.Second})
	const id, large = 102, fresh.Position(1<<63 - 10) // the digits that Lua's numbers lose count
	dropped(t, x, 1, id, large)
	leased(t, x, id, "a", true)
	filled(t, x, id, "a", large-1, "old")
	if got := loaded(t, x, id); got != "" {
		t.Errorf("%q", got)
	}
	filled(t, x, id, "a", large, "new")
	dropped(t, x, 1, id, large) // the same change, told by another instance
	if got := loaded(t, x, id); got != "new" {
		t.Errorf("one change was dropped twice: %q", got)
	}
	dropped(t, x, 2, id, 5) // another one, told by who saw an earlier position
	if after := leased(t, x, id, "b", true); after != large {
		t.Errorf("positions went back to %d", after)
	}
}

func TestDropsAreHeardByTheOthers(t *testing.T) {
	r := shared(t)
	x := tier(t, Options{Addresses: []string{r.Address()}, Budget: time.Second})
	heard := make(chan int64, 1000)
	other, end := context.WithCancel(ctx)
	var hearing sync.WaitGroup
	hearing.Go(func() {
		tier(t, Options{Addresses: []string{r.Address()}, Budget: time.Second}).Hear(other, func(id int64) { heard <- id })
	})
	defer hearing.Wait()
	defer end()
	listening := time.Now().Add(5 * time.Second)
	for n := int64(1); ; n++ { // until it listens
		dropped(t, x, n, 103, 1)
		select {
		case id := <-heard:
			if id != 103 {
				t.Errorf("heard of %d", id)
			}
			return
		case <-time.After(20 * time.Millisecond):
			if time.Now().After(listening) {
				t.Fatal("nothing was heard in 5 s")
			}
		}
	}
}

// TestManyInOneTrip: 24 products take about as long as one.
func TestManyInOneTrip(t *testing.T) {
	x := tier(t, Options{Addresses: []string{shared(t).Address()}, Budget: time.Second})
	var ids []int64
	for id := range int64(24) {
		ids = append(ids, 200+id)
	}
	had, _, err := x.Lease(ctx, "k", ids, "a")
	if err != nil {
		t.Fatal(err)
	}
	for i, id := range ids {
		if !had[i] {
			t.Errorf("no lease of %d", id)
		}
		filled(t, x, id, "a", 1, "text")
	}
	got, err := x.Load(ctx, "k", append(ids, 999_999))
	for i := range ids {
		if string(got[i]) != "text" {
			t.Errorf("%d: %q", ids[i], got[i])
		}
	}
	if err != nil || got[24] != nil {
		t.Errorf("%v, %q", err, got[24])
	}
}

// TestATierThatIsAway costs its budget a few times, and then nothing.
func TestATierThatIsAway(t *testing.T) {
	r := own(t)
	x := tier(t, Options{Addresses: []string{r.Address()}})
	loaded(t, x, 1)
	r.Stop()
	begin := time.Now()
	for range 1000 {
		if _, err := x.Load(ctx, "k", []int64{1}); err == nil {
			t.Fatal("it answers")
		}
	}
	if took := time.Since(begin); took > 2*time.Second {
		t.Errorf("1,000 calls took %s", took)
	}
}
