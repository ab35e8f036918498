// Package shoptest runs the shop as people do: the real program, in processes of its own, on free ports and with a database and a
// data folder of its own.
//
// A process ends with its test, and with the test's process in whatever way that ends. Its log is shown where the test failed.
package shoptest

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"myclothes/internal/seal"
	"myclothes/internal/store"
)

// Shop is a running shop. Its addresses and its data outlive Kill and Stop, so that it can be started again.
type Shop struct {
	URL      string // of the shop, without a slash at the end
	Ops      string // of the operators' port
	Pay      string // of the payment simulator
	Database string
	Data     string // its data folder
	Secrets  *Secrets

	t       testing.TB
	args    []string
	process *process
}

// Start starts the demo with the payment simulator inside, and further flags. It returns when the shop is open.
func Start(t testing.TB, database string, flags ...string) *Shop {
	t.Helper()
	simulator := freeAddress(t)
	s := prepare(t, database, "http://"+simulator)
	s.args = append(s.args, "--simulator-listen="+simulator)
	s.args = append(s.args, flags...)
	s.Restart()
	t.Cleanup(s.keepMetrics)
	return s
}

// StartApart starts the payment simulator in a process of its own, which lives as long as the test, and the demo with it. It is for tests
// that kill the shop: a real provider does not die with its customers.
func StartApart(t testing.TB, database string, flags ...string) *Shop {
	t.Helper()
	simulator := freeAddress(t)
	s := prepare(t, database, "http://"+simulator)
	run(t, "simulator", io.Discard, "simulator", "--simulator-listen="+simulator, "--data="+t.TempDir(), "--base-url="+s.URL)
	s.args = append(s.args, "--payments=toss", "--toss-base-url="+s.Pay, "--toss-secret-key=test_sk_myclothes_simulator", "--toss-client-key=test_ck_myclothes_simulator")
	s.args = append(s.args, flags...)
	s.Restart()
	t.Cleanup(s.keepMetrics)
	return s
}

func prepare(t testing.TB, database, pay string) *Shop {
	public, ops := freeAddress(t), freeAddress(t)
	s := &Shop{URL: "http://" + public, Ops: "http://" + ops, Pay: pay, Database: database, Data: t.TempDir(), Secrets: newSecrets(t), t: t}
	s.args = []string{"demo", "--listen=" + public, "--ops-listen=" + ops, "--base-url=" + s.URL, "--database=" + database, "--data=" + s.Data}
	return s
}

// Restart starts the shop again after Kill or Stop, on the same ports and the same data, with further flags this time, and returns when it is open.
func (s *Shop) Restart(flags ...string) {
	s.t.Helper()
	s.process = run(s.t, "shop", s.Secrets, append(slices.Clone(s.args), flags...)...)
	Await(s.t, time.Minute, "the shop opens", func() error {
		if s.process.over() {
			s.t.Fatalf("the shop ended before it opened: %v", s.process.err)
		}
		return healthy(s.URL)
	})
}

func healthy(url string) error {
	resp, err := http.Get(url + "/healthz")
	if err != nil {
		return err
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("healthz answers %s", resp.Status)
	}
	return nil
}

// Terminate asks the shop to end, as a system does before it switches a machine off, and does not wait. Its metrics are kept before.
func (s *Shop) Terminate() {
	s.keepMetrics()
	s.process.signal(s.t, terminate)
}

// keepMetrics keeps the metrics of a shop that runs among what operators are told.
func (s *Shop) keepMetrics() {
	if s.process.over() {
		return
	}
	if resp, err := http.Get(s.Ops + "/metrics"); err == nil { // it may be ending
		io.Copy(s.Secrets, resp.Body)
		resp.Body.Close()
	}
}

// Ended waits for the shop to end after Terminate and fails the test unless it ends well.
func (s *Shop) Ended() {
	s.t.Helper()
	if err := s.process.wait(time.Minute); err != nil {
		s.t.Fatalf("the shop did not end well: %v", err)
	}
}

// Stop is Terminate and Ended.
func (s *Shop) Stop() {
	s.t.Helper()
	s.Terminate()
	s.Ended()
}

// Kill ends the shop at once, wherever it is (kill −9).
func (s *Shop) Kill() {
	s.process.signal(s.t, kill)
	<-s.process.done
}

// Open opens the shop's database beside the shop, for what no visitor can do. It closes with the test.
func (s *Shop) Open() *store.DB {
	s.t.Helper()
	db, err := store.Open(store.Options{Address: s.Database, Vault: s.Vault()})
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { db.Close() })
	return db
}

// Vault opens what the shop seals, with the key that it keeps in its data folder; nil before it has made one.
func (s *Shop) Vault() *seal.Vault {
	s.t.Helper()
	text, err := os.ReadFile(filepath.Join(s.Data, "secret-key"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		s.t.Fatal(err)
	}
	key, err := seal.ParseKey(strings.TrimSpace(string(text)))
	if err != nil {
		s.t.Fatal(err)
	}
	v, err := seal.NewVault(key)
	if err != nil {
		s.t.Fatal(err)
	}
	return v
}

// Await tries until try has no error, and fails the test with the last one when the time is over.
func Await(t testing.TB, within time.Duration, what string, try func() error) {
	t.Helper()
	var err error
	for deadline := time.Now().Add(within); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if err = try(); err == nil {
			return
		}
	}
	t.Fatalf("%s: not within %s: %v", what, within, err)
}
