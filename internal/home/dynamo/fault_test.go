package dynamo

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"myclothes/internal/cart"
	"myclothes/internal/fault"
	"myclothes/internal/testenv"
)

// standIn stands in front of a server and behaves like DynamoDB where that does not: a failed condition comes with the item, and days are bad.
type standIn struct {
	*httptest.Server
	behind   string
	requests atomic.Int64
	oneIn    atomic.Pointer[badDay]
}

type badDay struct {
	trouble trouble
	oneIn   int
}

// trouble deals with a request in its own way.
type trouble func(w http.ResponseWriter, forward func() *http.Response)

func (f trouble) ptr(oneIn int) *badDay { return &badDay{f, oneIn} }

func fail(w http.ResponseWriter, status int, kind, message string) {
	w.Header().Set("Content-Type", "application/x-amz-json-1.0")
	w.WriteHeader(status)
	fmt.Fprintf(w, `{"__type":"com.amazonaws.dynamodb.v20120810#%s","message":"%s"}`, kind, message)
}

func throttled(w http.ResponseWriter, _ func() *http.Response) {
	fail(w, 400, "ProvisionedThroughputExceededException", "slow down")
}

func failed(w http.ResponseWriter, _ func() *http.Response) {
	http.Error(w, "<h1>503</h1>", http.StatusServiceUnavailable)
}

func failedAfter(w http.ResponseWriter, forward func() *http.Response) {
	forward()
	fail(w, 500, "InternalServerError", "done, and failed")
}

func denied(w http.ResponseWriter, _ func() *http.Response) {
	fail(w, 400, "AccessDeniedException", "not you")
}

func cut(http.ResponseWriter, func() *http.Response) { panic(http.ErrAbortHandler) }

func cutAfter(_ http.ResponseWriter, forward func() *http.Response) {
	forward()
	panic(http.ErrAbortHandler)
}

// anything is one of those that pass.
func anything(w http.ResponseWriter, forward func() *http.Response) {
	[]trouble{throttled, failed, failedAfter, cut, cutAfter}[rand.IntN(5)](w, forward)
}

func stand(t testing.TB, behind string) *standIn {
	s := &standIn{behind: behind}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *standIn) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.requests.Add(1)
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	forward := func() *http.Response { return s.send(r.Header, body) }
	if bad := s.oneIn.Load(); bad != nil && rand.IntN(bad.oneIn) == 0 {
		bad.trouble(w, forward)
		return
	}
	answer := forward()
	w.Header().Set("Content-Type", "application/x-amz-json-1.0")
	w.WriteHeader(answer.StatusCode)
	io.Copy(w, answer.Body)
}

// send asks the server behind. Its answer to a failed condition gets the item, if the request asked for it.
func (s *standIn) send(header http.Header, body []byte) *http.Response {
	post := func(header http.Header, body []byte) (*http.Response, []byte) {
		r, err := http.NewRequest("POST", s.behind, bytes.NewReader(body))
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		r.Header = header.Clone()
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		defer answer.Body.Close()
		all, _ := io.ReadAll(answer.Body)
		answer.Body = io.NopCloser(bytes.NewReader(all))
		return answer, all
	}
	answer, said := post(header, body)
	if !bytes.Contains(said, []byte("ConditionalCheckFailed")) || !bytes.Contains(body, []byte("ALL_OLD")) {
		return answer
	}
	var asked struct {
		TableName string
		Key, Item map[string]json.RawMessage
	}
	if err := json.Unmarshal(body, &asked); err != nil {
		panic(http.ErrAbortHandler)
	}
	key := asked.Key
	if key == nil {
		key = map[string]json.RawMessage{"id": asked.Item["id"]}
	}
	get, _ := json.Marshal(map[string]any{"TableName": asked.TableName, "Key": key, "ConsistentRead": true})
	ask := header.Clone()
	ask.Set("X-Amz-Target", "DynamoDB_20120810.GetItem")
	_, found := post(ask, get)
	var got struct{ Item json.RawMessage }
	if json.Unmarshal(found, &got); got.Item != nil {
		said = append(bytes.TrimSuffix(bytes.TrimSpace(said), []byte("}")), []byte(`,"Item":`+string(got.Item)+"}")...)
		answer.Body = io.NopCloser(bytes.NewReader(said))
	}
	return answer
}

const slack = 500 * time.Millisecond // for a busy machine under the race detector

func short(o *Options) { o.Budget, o.Attempt = 200*time.Millisecond, 80*time.Millisecond }

// failing wants fault.OutOfOrder that says when to try again, within the budget.
func failing(t *testing.T, h *Home, call func() error) time.Duration {
	t.Helper()
	began := time.Now()
	err := call()
	took := time.Since(began)
	if f := fault.Of(err); !errors.Is(err, fault.OutOfOrder) || f.RetryAfter == 0 {
		t.Errorf("got %v, want %s", err, fault.OutOfOrder.Code)
	}
	if took > h.o.Budget+slack {
		t.Errorf("failed after %v, the budget is %v", took, h.o.Budget)
	}
	return took
}

func each(h *Home, c cart.Carried) map[string]func() error {
	return map[string]func() error{
		"Open":   func() error { _, err := h.Open(ctx, c); return err },
		"Add":    func() error { _, _, err := h.Add(ctx, c, "A", 1); return err },
		"Set":    func() error { _, _, err := h.Set(ctx, c, "A", 1); return err },
		"remove": func() error { _, _, err := h.Set(ctx, c, "Z", 0); return err },
		"Raise":  func() error { _, _, err := h.Raise(ctx, c, "A", 9); return err },
		"Take":   func() error { _, err := h.Take(ctx, c, []cart.Line{{SKU: "A", Quantity: 1}}); return err },
		"Ping":   func() error { return h.Ping(ctx) },
	}
}

func TestTroubles(t *testing.T) {
	s := stand(t, shared(t).URL())
	h := home(t, s.URL, short)
	c := begin(t, h, cart.Line{SKU: "A", Quantity: 50})
	for name, f := range map[string]trouble{"throttled": throttled, "failed": failed, "cut": cut} {
		for op, call := range each(h, c) {
			s.oneIn.Store(f.ptr(1))
			before := s.requests.Load()
			failing(t, h, call)
			if n := s.requests.Load() - before; n < 2 || n > 60 {
				t.Errorf("%s: %s was tried %d times in %v", name, op, n, h.o.Budget)
			}
			s.oneIn.Store(nil)
			if err := call(); err != nil {
				t.Errorf("%s: %s afterwards: %v", name, op, err)
			}
		}
	}
	s.oneIn.Store(trouble(denied).ptr(1))
	for op, call := range each(h, c) {
		before := s.requests.Load()
		if failing(t, h, call); s.requests.Load()-before != 1 {
			t.Errorf("%s: what is not allowed was tried again", op)
		}
	}
}

// TestWaitsAreRandom: clients that were refused in the same moment come back spread out.
func TestWaitsAreRandom(t *testing.T) {
	var most time.Duration
	for range 20 {
		began := time.Now()
		if err := wait(ctx, 0); err != nil {
			t.Fatal(err)
		}
		most = max(most, time.Since(began))
	}
	if most < firstWait/4 {
		t.Errorf("20 waits of at most %v: the longest took %v", firstWait, most)
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if wait(gone, 30) == nil {
		t.Error("waited for a caller who had left")
	}
}

func TestAServerThatStallsOrDies(t *testing.T) {
	d, err := testenv.StartDynalite()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { d.Stop() }()
	h := home(t, d.URL(), short)
	c := begin(t, h, cart.Line{SKU: "A", Quantity: 50})
	d.Pause()
	for op, call := range each(h, c) {
		if took := failing(t, h, call); took < h.o.Budget/2 {
			t.Errorf("%s gave up after %v: something else than the stall", op, took)
		}
	}
	var calls sync.WaitGroup
	for range 50 {
		calls.Go(func() { failing(t, h, each(h, c)["Open"]) })
	}
	calls.Wait()
	gone, leave := context.WithCancel(ctx)
	time.AfterFunc(10*time.Millisecond, leave)
	if _, err := h.Open(gone, c); err != context.Canceled {
		t.Errorf("a caller who left: %v", err)
	}
	d.Resume()
	await(t, "it works again", func() bool { _, err := h.Open(ctx, c); return err == nil })

	d.Stop()
	for op, call := range each(h, c) {
		if failing(t, h, call) == 0 {
			t.Error(op)
		}
	}
	if err := d.Start(); err != nil {
		t.Fatal(err)
	}
	o := h.o
	o.Create, o.Budget = true, 5*time.Second
	again, err := Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	await(t, "the first home works again", func() bool { _, _, err := h.Add(ctx, c, "A", 1); return err == nil })
}

func await(t testing.TB, what string, ready func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !ready(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited 20 s until %s", what)
		}
	}
}

// TestMakingTheTable: instances that start together make one table.
func TestMakingTheTable(t *testing.T) {
	o, err := Parse("dynamodb://us-east-1/together?create=true&budget=5s&endpoint=" + shared(t).URL())
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			h, err := Open(ctx, o)
			if err != nil {
				t.Error(err)
				return
			}
			defer h.Close()
			if err := h.Ping(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	o.Table, o.Create = "nowhere", false
	h, err := Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	if err := h.Ping(ctx); !errors.Is(err, fault.OutOfOrder) || !strings.Contains(err.Error(), "ResourceNotFound") {
		t.Errorf("a table that is not there: %v", err)
	}
	o.Create, o.Endpoint, o.Attempt = true, "http://127.0.0.1:1", 50*time.Millisecond
	short, cancel := context.WithTimeout(ctx, 200*time.Millisecond)
	defer cancel()
	if _, err := Open(short, o); err == nil {
		t.Error("made a table where no server is")
	}
}
