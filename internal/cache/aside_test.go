package cache

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/fault"
	"myclothes/internal/fresh"
)

// books is a database of texts by number, with a log, a replica that may be behind, and reads that can be held up.
type books struct {
	mu      sync.Mutex
	log     []row
	replica int // how much of the log it has replayed
	unseen  int // how many of the last commits the primary does not show yet: it awaits its standby
	away    bool
	dead    bool           // the primary is; its replica is not
	asked   map[string]int // reads by where they went: "primary", "replica"
	held    func(id int64, read func() (string, bool)) (string, bool)
}

// row is a commit: a product's text ("" is none) and the change that tells of it.
type row struct {
	id     int64
	text   string
	change catalog.Change
}

func (b *books) write(id int64, text string) catalog.Change {
	b.mu.Lock()
	defer b.mu.Unlock()
	c := catalog.Change{Number: int64(len(b.log) + 1), Product: id, At: time.Now()}
	b.log = append(b.log, row{id, text, c})
	return c
}

// catchUp has the replica replay everything.
func (b *books) catchUp() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.replica = len(b.log)
}

func (b *books) leave(away bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.away = away
}

// shows returns how much of the log who asks is shown, and by whom.
func (b *books) shows(ctx context.Context) (upTo int, where string) {
	if !fresh.Required(ctx) && fresh.Since(ctx) <= fresh.Position(b.replica) {
		return b.replica, "replica"
	}
	return len(b.log) - b.unseen, "primary"
}

func (b *books) Changes(ctx context.Context, since time.Time) ([]catalog.Change, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var out []catalog.Change
	upTo, where := b.shows(ctx)
	for _, r := range b.log[:upTo] {
		if !r.change.At.Before(since) {
			out = append(out, r.change)
		}
	}
	return out, b.reachable(where)
}

func (b *books) reachable(where string) error {
	if b.away || b.dead && where == "primary" {
		return fault.OutOfOrder
	}
	return nil
}

func (b *books) Mark(context.Context) (fresh.Position, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return fresh.Position(len(b.log)), b.reachable("primary")
}

// read answers from the replica if it is recent enough, and else from the primary.
func (b *books) read(ctx context.Context, ids []int64) (map[int64]string, error) {
	b.mu.Lock()
	upTo, where := b.shows(ctx)
	if same := fresh.Reader(ctx); same != nil && where == "replica" {
		same.Store(where)
	}
	err, held := b.reachable(where), b.held
	if err == nil {
		b.asked[where]++
	}
	b.mu.Unlock()
	if err != nil {
		return nil, err
	}
	out := map[int64]string{}
	for _, id := range ids {
		text, ok := held(id, func() (string, bool) { return b.at(id, upTo) })
		if ok {
			out[id] = text
		}
	}
	return out, nil
}

func (b *books) at(id int64, upTo int) (text string, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, r := range b.log[:upTo] {
		if r.id == id {
			text, ok = r.text, r.text != ""
		}
	}
	return text, ok
}

// shelf is one instance: a cache over the books, with what it was told.
type shelf struct {
	*Aside[string]
	news *News
	saw  map[string]*atomic.Int64
}

func newBooks() *books {
	return &books{asked: map[string]int{}, held: func(_ int64, read func() (string, bool)) (string, bool) { return read() }}
}

func newShelf(t *testing.T, b *books, tier Tier, refill bool) *shelf {
	s := &shelf{news: NewNews(b, tier, time.Now), saw: map[string]*atomic.Int64{}}
	for _, r := range Results {
		s.saw[r] = new(atomic.Int64)
	}
	s.Aside = NewAside(s.news, AsideOptions[string]{Name: "text", MaxBytes: 1 << 20, FillIn: 2 * time.Second, Read: b.read, Refill: refill, Now: time.Now,
		Stamp: func(s string, v catalog.Version) string { return s }, Observe: func(_, r string) { s.saw[r].Add(1) }})
	t.Cleanup(s.Close)
	s.look(t)
	return s
}

func (s *shelf) look(t *testing.T) {
	t.Helper()
	if _, err := s.news.Look(t.Context()); err != nil {
		t.Error(err)
	}
}

func (s *shelf) want(t *testing.T, id int64, text string) {
	t.Helper()
	got, err := s.Get(t.Context(), []int64{id})
	if got[id] != text || err != nil {
		t.Errorf("%q, %v; want %q", got[id], err, text)
	}
}

func (s *shelf) count(t *testing.T, result string, want int64) {
	t.Helper()
	if got := s.saw[result].Load(); got != want {
		t.Errorf("%s: %d, want %d", result, got, want)
	}
}

// bubble runs a test on a clock of its own, and looks four times a second while it sleeps.
func bubble(t *testing.T, run func(t *testing.T)) { synctest.Test(t, run) }

func TestAThingIsReadOnceUntilItChanges(t *testing.T) {
	bubble(t, func(t *testing.T) {
		b := newBooks()
		s := newShelf(t, b, nil, false)
		b.write(1, "old")
		b.catchUp()
		s.look(t)
		for range 5 {
			s.want(t, 1, "old")
		}
		s.count(t, "hit", 4)
		b.write(1, "new")
		s.want(t, 1, "old") // nobody has heard of it
		s.look(t)
		s.want(t, 1, "new")
		s.count(t, "miss", 2)
		b.write(1, "")
		s.look(t)
		s.want(t, 1, "")
		s.want(t, 1, "")
		s.count(t, "hit", 6)
	})
}

// TestAFillThatBeganBeforeAChange: it read the old row, the writer committed and dropped, another fill of the same process began; the first one must not put back
// what it read, however late it ends.
func TestAFillThatBeganBeforeAChange(t *testing.T) {
	bubble(t, func(t *testing.T) {
		b := newBooks()
		b.write(1, "old")
		b.catchUp()
		s := newShelf(t, b, nil, false)
		first, go1 := true, make(chan struct{})
		b.held = func(_ int64, read func() (string, bool)) (string, bool) {
			text, ok := read()
			if first {
				first = false
				<-go1
			}
			return text, ok
		}
		a := make(chan string)
		go func() { got, _ := s.Get(t.Context(), []int64{1}); a <- got[1] }()
		synctest.Wait() // A has read the old row
		b.write(1, "new")
		s.look(t)
		s.want(t, 1, "new") // B does not wait for A
		close(go1)
		if got := <-a; got != "old" {
			t.Errorf("A asked before: %q", got)
		}
		synctest.Wait()
		s.want(t, 1, "new")
	})
}

// TestAReplicaThatIsBehindCannotPutTheOldBack.
func TestAReplicaThatIsBehindCannotPutTheOldBack(t *testing.T) {
	bubble(t, func(t *testing.T) {
		b := newBooks()
		b.write(1, "old")
		b.catchUp()
		s := newShelf(t, b, nil, false)
		time.Sleep(lately) // the first change is no news
		s.look(t)
		s.want(t, 1, "old")
		b.write(1, "new") // the replica has not got it
		s.look(t)
		s.want(t, 1, "new")
		if b.asked["primary"] != 1 || b.asked["replica"] != 1 {
			t.Errorf("read from %v", b.asked)
		}
		s.want(t, 2, "")
		if b.asked["replica"] != 2 {
			t.Errorf("what did not change is read from the replica: %v", b.asked)
		}
		time.Sleep(keepFor)
		s.look(t)
		s.want(t, 1, "new")
		if b.asked["primary"] != 2 {
			t.Errorf("it has been behind for a minute: %v", b.asked)
		}
		b.catchUp()
		time.Sleep(keepFor)
		s.look(t)
		s.want(t, 1, "new")
		if b.asked["replica"] != 3 {
			t.Errorf("it has caught up: %v", b.asked)
		}
	})
}

// TestOnesOwnCommitIsHeardOfAtOnce, before its place in the log is known, and its first reader does not ask a replica.
func TestOnesOwnCommitIsHeardOfAtOnce(t *testing.T) {
	bubble(t, func(t *testing.T) {
		b := newBooks()
		b.write(1, "old")
		b.catchUp()
		s := newShelf(t, b, nil, false)
		s.want(t, 1, "old")
		s.news.Told([]catalog.Change{b.write(1, "new")})
		s.want(t, 1, "new")
		b.catchUp()
		ctx, end := context.WithCancel(t.Context())
		var running sync.WaitGroup
		running.Go(func() { s.news.Run(ctx) })
		synctest.Wait()
		s.want(t, 1, "new")
		if m := s.news.of(1); m.pending != 0 || m.after != 2 {
			t.Errorf("%+v", m)
		}
		end()
		running.Wait()
	})
}

// TestWhatIsShownWasHeardOf: a fill may read what was changed after the last look. Who is shown it must be known to be so far.
func TestWhatIsShownWasHeardOf(t *testing.T) {
	bubble(t, func(t *testing.T) {
		b := newBooks()
		b.write(1, "old")
		b.catchUp()
		s, other := newShelf(t, b, nil, false), newShelf(t, b, nil, false)
		other.want(t, 1, "old")
		time.Sleep(lately)
		s.look(t)
		other.look(t)
		if _, lately := s.news.Latest(); lately {
			t.Error("nothing has happened lately")
		}
		b.write(1, "new")
		b.catchUp()
		s.want(t, 1, "new")
		other.want(t, 1, "old") // it has not heard of it
		p, lately := s.news.Latest()
		if !lately || p != 2 || other.news.Knows(p, time.Now()) {
			t.Errorf("who saw the new text is at %d, %t; the other instance would show the old one: %t", p, lately, !other.news.Knows(p, time.Now()))
		}
		at := time.Now()
		other.look(t)
		if other.news.Knows(p, at) {
			t.Error("a look at the same moment may have missed it")
		}
		time.Sleep(2 * settled)
		other.look(t)
		if !other.news.Knows(p, at) {
			t.Error("now it has heard of it")
		}
	})
}

// TestAReplicaThatIsAheadIsNotShown: it has a commit for which the primary still awaits its standby. Whoever was shown it would not find it anywhere else.
func TestAReplicaThatIsAheadIsNotShown(t *testing.T) {
	bubble(t, func(t *testing.T) {
		b := newBooks()
		b.write(1, "old")
		b.catchUp()
		s := newShelf(t, b, nil, false)
		time.Sleep(lately)
		s.look(t)
		b.write(1, "new")
		b.catchUp()
		b.unseen = 1
		s.want(t, 1, "old")
		if b.asked["replica"] != 1 || b.asked["primary"] != 1 {
			t.Errorf("read from %v", b.asked)
		}
		b.unseen = 0
		s.look(t)
		s.want(t, 1, "new")
	})
}

func TestWhoJustWroteIsShownNothingThatWasKept(t *testing.T) {
	b := newBooks()
	b.write(1, "old")
	s := newShelf(t, b, nil, false)
	s.want(t, 1, "old")
	b.write(1, "mine")
	if got, err := s.Get(fresh.Require(t.Context()), []int64{1}); got[1] != "mine" || err != nil {
		t.Errorf("%q, %v", got[1], err)
	}
}

func TestAVisitorWhoLeavesTakesNothingAlong(t *testing.T) {
	bubble(t, func(t *testing.T) {
		b := newBooks()
		b.write(1, "text")
		s := newShelf(t, b, nil, false)
		go1 := make(chan struct{})
		b.held = func(_ int64, read func() (string, bool)) (string, bool) { <-go1; return read() }
		left, leave := context.WithCancel(t.Context())
		gone := make(chan error)
		go func() { _, err := s.Get(left, []int64{1}); gone <- err }()
		synctest.Wait()
		leave()
		if err := <-gone; !errors.Is(err, context.Canceled) {
			t.Errorf("who left got %v", err)
		}
		close(go1)
		s.want(t, 1, "text")
		if n := b.asked["primary"] + b.asked["replica"]; n != 1 {
			t.Errorf("%d reads", n)
		}
	})
}

func TestOneFillForAMultitude(t *testing.T) {
	bubble(t, func(t *testing.T) {
		b := newBooks()
		for id := range int64(24) {
			b.write(id+1, fmt.Sprint(id+1))
		}
		s := newShelf(t, b, nil, false)
		b.held = func(_ int64, read func() (string, bool)) (string, bool) { time.Sleep(time.Millisecond); return read() }
		var all sync.WaitGroup
		for range 10_000 {
			all.Go(func() { s.want(t, 7, "7") })
		}
		all.Wait()
		if n := b.asked["primary"] + b.asked["replica"]; n != 1 {
			t.Errorf("%d reads for one thing", n)
		}
		var ids []int64
		for id := range int64(24) {
			ids = append(ids, id+1)
		}
		got, err := s.Get(t.Context(), ids)
		if len(got) != 24 || err != nil || b.asked["primary"]+b.asked["replica"] != 2 {
			t.Errorf("a page of 24, of which one is kept, is one read more: %d, %v, %v", len(got), err, b.asked)
		}
	})
}

func TestWhatIsAskedForIsRenewedBeforeItEnds(t *testing.T) {
	bubble(t, func(t *testing.T) {
		b := newBooks()
		b.write(1, "hot")
		s := newShelf(t, b, nil, false)
		for range 3 * 60 * 4 { // three minutes
			s.look(t)
			s.want(t, 1, "hot")
			time.Sleep(lookEvery)
		}
		s.count(t, "miss", 1)
		if n := b.asked["primary"] + b.asked["replica"]; n < 3 || n > 5 {
			t.Errorf("read %d times in three minutes", n)
		}
	})
}

func TestThingsThatWereReadTogetherDoNotEndTogether(t *testing.T) {
	now := time.Now()
	var early, late int
	for range 1000 {
		switch d := end(now, true).Sub(now); {
		case d > keepFor || d < keepFor*9/10:
			t.Fatalf("kept for %s", d)
		case d < keepFor*95/100:
			early++
		default:
			late++
		}
	}
	if early < 400 || late < 400 || end(now, false).Sub(now) != absentFor {
		t.Errorf("%d early, %d late", early, late)
	}
}

// TestNothingIsTrustedThatNobodyLookedAfter: an instance whose looks stall does not go on showing what it has.
func TestNothingIsTrustedThatNobodyLookedAfter(t *testing.T) {
	bubble(t, func(t *testing.T) {
		b := newBooks()
		b.write(1, "old")
		s := newShelf(t, b, nil, false)
		s.want(t, 1, "old")
		b.write(1, "new")
		time.Sleep(trust)
		s.want(t, 1, "old")
		time.Sleep(time.Millisecond)
		s.want(t, 1, "new")
	})
}

// TestWhileTheDatabaseIsAway what is kept is shown, and nothing else can be; then it is as before.
func TestWhileTheDatabaseIsAway(t *testing.T) {
	bubble(t, func(t *testing.T) {
		b := newBooks()
		b.write(1, "old")
		b.write(2, "not kept")
		s := newShelf(t, b, nil, false)
		s.want(t, 1, "old")
		b.leave(true)
		if _, err := s.news.Look(t.Context()); err == nil {
			t.Error("it saw something")
		}
		time.Sleep(9 * time.Minute)
		s.want(t, 1, "old")
		s.count(t, "kept", 1)
		if _, err := s.Get(t.Context(), []int64{2}); !errors.Is(err, fault.OutOfOrder) {
			t.Errorf("%v", err)
		}
		time.Sleep(2 * time.Minute)
		if _, err := s.Get(t.Context(), []int64{1}); !errors.Is(err, fault.OutOfOrder) {
			t.Errorf("after ten minutes: %v", err)
		}
		b.leave(false)
		b.write(1, "new")
		s.look(t)
		s.want(t, 1, "new")
		s.want(t, 2, "not kept")
	})
}

func TestEverythingChangesAtOnce(t *testing.T) {
	bubble(t, func(t *testing.T) {
		b := newBooks()
		b.write(1, "one")
		b.write(2, "two")
		b.catchUp()
		s := newShelf(t, b, nil, false)
		time.Sleep(lately)
		s.look(t)
		s.want(t, 1, "one")
		s.want(t, 2, "two")
		b.write(1, "eins")
		b.log[len(b.log)-1].change.Product = 0 // told as a change of everything
		s.look(t)
		s.want(t, 1, "eins")
		s.want(t, 2, "two")
		s.count(t, "miss", 4)
		if b.asked["replica"] != 2 {
			t.Errorf("a replica that is behind answered: %v", b.asked)
		}
	})
}

func TestWriteThrough(t *testing.T) {
	bubble(t, func(t *testing.T) {
		b := newBooks()
		b.write(1, "old")
		b.write(2, "nobody asked for it")
		s := newShelf(t, b, nil, true)
		s.want(t, 1, "old")
		b.write(1, "new")
		b.write(2, "still not")
		s.look(t)
		synctest.Wait()
		s.want(t, 1, "new")
		s.count(t, "miss", 1) // the first
		if n := b.asked["primary"] + b.asked["replica"]; n != 2 {
			t.Errorf("%d reads", n)
		}
	})
}

func TestAPanicIsAnError(t *testing.T) {
	b := newBooks()
	s := newShelf(t, b, nil, false)
	b.held = func(int64, func() (string, bool)) (string, bool) { panic("a bug") }
	if _, err := s.Get(t.Context(), []int64{1}); err == nil {
		t.Error("no error")
	}
	b.held = func(_ int64, read func() (string, bool)) (string, bool) { return read() }
	s.want(t, 1, "")
}

// TestMarksAreForgotten when nothing that is kept can be older.
func TestMarksAreForgotten(t *testing.T) {
	bubble(t, func(t *testing.T) {
		b := newBooks()
		for id := range int64(2000) {
			b.write(id+1, "x")
		}
		s := newShelf(t, b, nil, false)
		if len(s.news.marks) != 2000 {
			t.Fatalf("%d", len(s.news.marks))
		}
		time.Sleep(marked + time.Second)
		s.look(t)
		if len(s.news.marks) != 0 {
			t.Errorf("%d are left", len(s.news.marks))
		}
	})
}

// TestWithoutAPrimary a replica that has seen the changes answers, also for what changed lately.
func TestWithoutAPrimary(t *testing.T) {
	bubble(t, func(t *testing.T) {
		b := newBooks()
		b.write(1, "old")
		s := newShelf(t, b, nil, false)
		b.write(1, "new")
		b.write(2, "two")
		b.catchUp()
		s.look(t)
		b.dead = true
		s.want(t, 1, "new")
		b.write(2, "unheard of")
		b.catchUp()
		time.Sleep(lately)
		s.want(t, 2, "unheard of")
		if b.asked["replica"] != 2 {
			t.Errorf("read from %v", b.asked)
		}
	})
}

// drawer is a tier that answers whatever lies in it.
type drawer map[int64][]byte

func (d drawer) Load(_ context.Context, _ string, ids []int64) (out [][]byte, err error) {
	for _, id := range ids {
		out = append(out, d[id])
	}
	return out, nil
}

func (d drawer) Lease(_ context.Context, _ string, ids []int64, _ string) ([]bool, []fresh.Position, error) {
	had := make([]bool, len(ids))
	for i := range had {
		had[i] = true
	}
	return had, make([]fresh.Position, len(ids)), nil
}

func (d drawer) Fill(_ context.Context, _ string, id int64, _ string, _ fresh.Position, value []byte, _ time.Duration) error {
	d[id] = value
	return nil
}

func (drawer) Drop(context.Context, []catalog.Change, fresh.Position) error { return nil }

func (drawer) Hear(context.Context, func(int64)) {}

// TestTheTierIsNotTrusted: nothing that it says is shown if it is of before a change that was heard of, of something else, damaged or too old.
func TestTheTierIsNotTrusted(t *testing.T) {
	bubble(t, func(t *testing.T) {
		b, d := newBooks(), drawer{}
		b.write(1, "old")
		b.catchUp()
		s := newShelf(t, b, d, false)
		time.Sleep(lately)
		s.look(t)
		s.want(t, 1, "old")
		old := d[1]
		if len(old) == 0 {
			t.Fatal("nothing was offered to the tier")
		}
		newShelf(t, b, d, false).want(t, 1, "old") // another instance takes it from there
		if n := b.asked["replica"] + b.asked["primary"]; n != 1 {
			t.Errorf("%d reads", n)
		}
		b.write(1, "new")
		s.look(t)
		for name, lie := range map[string][]byte{
			"the old one": old, "of another": d[2], "damaged": append([]byte("00000000 "), old[9:]...), "nothing": nil, "half": old[:len(old)/2],
			"too old": envelope{s.key(1), 99, time.Now().Add(-2 * keepFor), []byte(`"old"`)}.seal(), "of the future": envelope{s.key(1), 99, time.Now().Add(time.Hour), []byte(`"old"`)}.seal(),
			"no text": envelope{s.key(1), 99, time.Now(), []byte(`{"`)}.seal(), "another's": envelope{s.key(2), 99, time.Now(), []byte(`"two"`)}.seal(),
		} {
			d[1] = lie
			s.forget(nil)
			if got, err := s.Get(t.Context(), []int64{1}); got[1] != "new" || err != nil {
				t.Errorf("%s: %q, %v", name, got[1], err)
			}
		}
	})
}
