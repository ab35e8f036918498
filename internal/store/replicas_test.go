package store_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"myclothes/internal/fresh"
	"myclothes/internal/store"
	"myclothes/internal/store/storetest"
	"myclothes/internal/testenv"
)

// herd is a primary with replicas, and a shop on them.
type herd struct {
	t        *testing.T
	replicas []*testenv.Replica
	address  string
	db       *store.DB

	mu    sync.Mutex
	asked map[string]int // reads by target
}

// run starts a primary and so many replicas.
func run(t *testing.T, n int) *herd {
	t.Helper()
	h := &herd{t: t, asked: map[string]int{}}
	server, err := testenv.StartPostgres("-c", "fsync=off", "-c", "wal_level=replica", "-c", "max_wal_senders=12", "-c", "hot_standby=on")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Stop)
	if h.address, err = server.NewDatabase(); err != nil {
		t.Fatal(err)
	}
	storetest.Open(t, store.Options{Address: h.address})
	var addresses []string
	for range n {
		r, err := server.StartReplica()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(r.Stop)
		h.replicas, addresses = append(h.replicas, r), append(addresses, r.Address(h.address))
	}
	h.db, err = store.Open(store.Options{Address: h.address, Replicas: addresses, Observe: h.note})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.db.Close() })
	h.await("every replica is read", func() bool {
		h.look(ctx)
		return len(h.targets()) > n || len(h.targets()) == n && h.targets()["primary"] == 0
	})
	return h
}

func (h *herd) note(query, target string, _ time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if query == "brands" {
		h.asked[target]++
	}
}

func (h *herd) targets() map[string]int {
	h.mu.Lock()
	defer h.mu.Unlock()
	out := map[string]int{}
	for k, v := range h.asked {
		out[k] = v
	}
	return out
}

func (h *herd) forget() { h.mu.Lock(); defer h.mu.Unlock(); h.asked = map[string]int{} }

func (h *herd) await(what string, ok func() bool) {
	h.t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if ok() {
			return
		}
	}
	h.t.Fatalf("%s: not within 20 s; reads went to %v", what, h.targets())
}

// look browses, and returns the story of the one brand that tests change.
func (h *herd) look(ctx context.Context) (string, error) {
	all, err := h.db.Catalog().Brands(ctx)
	if err != nil {
		return "", err
	}
	for _, b := range all {
		if b.Slug == "haru" {
			return b.Story.KO, nil
		}
	}
	return "", fmt.Errorf("the brand is not there")
}

// write changes it and returns the position that its writer reads from on.
func (h *herd) write(story string) (fresh.Position, error) {
	all, err := h.db.Catalog().Brands(fresh.Require(ctx))
	if err != nil {
		return 0, err
	}
	for i := range all {
		if all[i].Slug == "haru" {
			all[i].Story.KO = story
			if err := h.db.Merchant().PutBrands(ctx, all[i:i+1]); err != nil {
				return 0, err
			}
		}
	}
	return h.db.Position(ctx)
}

func TestBrowsingIsOnReplicas(t *testing.T) {
	h := run(t, 2)
	h.forget()
	for range 200 {
		if _, err := h.look(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if got := h.targets(); len(got) != 2 || got["primary"] > 0 {
		t.Errorf("browsing went to %v", got)
	}
	h.forget()
	if _, err := h.look(fresh.Require(ctx)); err != nil || h.targets()["primary"] != 1 {
		t.Errorf("what must be fresh went to %v, %v", h.targets(), err)
	}
}

// TestEverybodySeesTheirOwnWrites: whoever carries the position of their change sees it wherever they read, while one replica is held back (R1).
func TestEverybodySeesTheirOwnWrites(t *testing.T) {
	h := run(t, 2)
	if err := h.replicas[0].Hold(h.address, true); err != nil {
		t.Fatal(err)
	}
	for i := range 500 {
		story := fmt.Sprint("story ", i)
		at, err := h.write(story)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := h.look(fresh.After(ctx, at)); err != nil || got != story {
			t.Fatalf("write %d: its writer saw %q, %v", i, got, err)
		}
	}
	if got := h.targets(); len(got) < 2 {
		t.Errorf("all reads went to %v", got)
	}
	// Nothing is ever at a position that no log has: the primary answers.
	h.forget()
	if _, err := h.look(fresh.After(ctx, 1<<62)); err != nil || h.targets()["primary"] != 1 {
		t.Errorf("a position ahead of all went to %v, %v", h.targets(), err)
	}
}

// TestNobodySeesWhatIsOld: a read that begins a second after a change never shows what was before, whatever a replica does (K1), and none fails.
func TestNobodySeesWhatIsOld(t *testing.T) {
	h := run(t, 2)
	for name, hurt := range map[string]func() (heal func()){
		"held back": func() func() {
			if err := h.replicas[0].Hold(h.address, true); err != nil {
				t.Fatal(err)
			}
			return func() { h.replicas[0].Hold(h.address, false) }
		},
		"stalled": func() func() { h.replicas[0].Pause(); return h.replicas[0].Resume },
		"nothing": func() func() { return func() {} },
	} {
		t.Run(name, func(t *testing.T) {
			heal := hurt()
			defer heal()
			for i := range 3 {
				story := fmt.Sprint(name, " ", i)
				if _, err := h.write(story); err != nil {
					t.Fatal(err)
				}
				wrote := time.Now()
				h.await("a second", func() bool { return time.Since(wrote) > time.Second })
				var wg sync.WaitGroup
				for range 8 {
					wg.Go(func() {
						for range 50 {
							if got, err := h.look(ctx); err != nil || got != story {
								t.Errorf("%d: %q, %v", i, got, err)
								return
							}
						}
					})
				}
				wg.Wait()
			}
		})
	}
}

// TestADeadReplicaCostsNoError: replicas die under load, one and then all; browsing goes on.
func TestADeadReplicaCostsNoError(t *testing.T) {
	h := run(t, 2)
	stop := make(chan struct{})
	var reads, errs atomic.Int64
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if _, err := h.look(ctx); err != nil {
					t.Errorf("read %d: %v", reads.Load(), err)
					errs.Add(1)
				}
				reads.Add(1)
			}
		})
	}
	more := func() {
		n := reads.Load()
		h.await("reads go on", func() bool { return reads.Load() > n+500 })
	}
	more()
	for _, r := range h.replicas {
		r.Stop()
		more()
	}
	h.forget()
	more()
	close(stop)
	wg.Wait()
	if got := h.targets(); got["primary"] == 0 || len(got) > 1 {
		t.Errorf("with all replicas gone reads went to %v", got)
	}
	t.Logf("%d reads, %d errors", reads.Load(), errs.Load())
}

func TestPositionsAreRead(t *testing.T) {
	for text, want := range map[string]fresh.Position{"0/0": 0, "16/B374D848": 0x16B374D848, "FFFFFFFF/FFFFFFFF": 1<<64 - 1} {
		if got, err := store.ParsePosition(text); err != nil || got != want {
			t.Errorf("%s: %x, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "1", "x/y", "1/2/3", "100000000/0"} {
		if _, err := store.ParsePosition(text); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}
