package tosssim

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRestart opens a second server on the journal of one that was not closed, as after kill -9.
func TestRestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sub", "journal")
	w := newWorld(t, journalAt(path))
	key := w.confirmed()
	back := w.api("POST", "/v1/payments/"+key+"/cancel", `{"cancelReason":"x","cancelAmount":4000}`, idem, "r1")
	before, ledger := w.api("GET", "/v1/payments/"+key, ""), w.orders()

	w.open(journalAt(path))
	if a := w.api("GET", "/v1/payments/"+key, ""); a.raw != before.raw {
		t.Errorf("after the restart %s, before %s", a.raw, before.raw)
	}
	if diff := cmp.Diff(ledger, w.orders()); diff != "" {
		t.Error(diff)
	}
	if a := w.api("POST", "/v1/payments/"+key+"/cancel", `{"cancelReason":"x","cancelAmount":4000}`, idem, "r1"); a.raw != back.raw {
		t.Errorf("the refund's key now answers %d %s", a.status, a.raw)
	}
	if a := w.api("POST", "/v1/payments/confirm", confirmBody(key), idem, "c1"); a.Status != done {
		t.Errorf("the confirm's key now answers %d %s", a.status, a.raw)
	}
	if l := w.orders()[0]; l.Captures != 1 || l.Refunds != 1 || l.Refunded != 4000 {
		t.Errorf("%+v", l)
	}
}

// TestTornJournal cuts the journal at every byte: what remains is always a state that was once true, and can be gone on with.
func TestTornJournal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal")
	w := newWorld(t, journalAt(path))
	key := w.confirmed()
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for n := 0; n <= len(whole); n += 7 {
		torn := filepath.Join(t.TempDir(), "torn")
		if err := os.WriteFile(torn, whole[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		w.open(journalAt(torn))
		switch a := w.api("GET", "/v1/payments/"+key, ""); {
		case a.status == 404:
			key2 := w.made()
			w.open(journalAt(torn))
			w.mustBe(w.api("GET", "/v1/payments/"+key2, ""), 200, "")
		case a.Status == inProgress:
			w.mustBe(w.api("POST", "/v1/payments/confirm", confirmBody(key), idem, "c1"), 200, "")
			w.open(journalAt(torn))
			w.mustBe(w.api("POST", "/v1/payments/confirm", confirmBody(key), idem, "c1"), 200, "")
			if l := w.orders()[0]; l.Captures != 1 {
				t.Fatalf("cut at %d: %+v", n, l)
			}
		case a.Status != ready && a.Status != done:
			t.Fatalf("cut at %d: %s", n, a.raw)
		}
		w.Close()
	}
}

func TestDamagedJournal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal")
	if err := os.WriteFile(path, []byte("{}\nnot JSON\n{}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := New(Options{BaseURL: "http://pay.example", SecretKey: secretKey, Journal: path}); err == nil {
		t.Error("a journal damaged in its middle was accepted")
	}
}

// TestUnwritableJournal: what cannot be written is not done.
func TestUnwritableJournal(t *testing.T) {
	w := newWorld(t, journalAt(filepath.Join(t.TempDir(), "journal")))
	key := w.agreed()
	w.Close()
	w.mustBe(w.api("POST", "/v1/payments/confirm", confirmBody(key), idem, "k"), 500, codeFailedInternal)
	if l := w.orders()[0]; l.Captures != 0 {
		t.Errorf("%+v", l)
	}
	if status, _ := w.choose(w.book.latest["order-1"], leave); status != 303 {
		t.Errorf("a settled page answered %d", status)
	}
}
