package dynamo

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/google/go-cmp/cmp"

	"myclothes/internal/cart"
	"myclothes/internal/cart/carttest"
	"myclothes/internal/fault"
	"myclothes/internal/session"
	"myclothes/internal/session/sessiontest"
	"myclothes/internal/testenv"
)

var ctx = context.Background()

var (
	running  *testenv.Dynalite
	dynalite = sync.OnceValues(func() (*testenv.Dynalite, error) {
		d, err := testenv.StartDynalite()
		if err == nil {
			running = d
		}
		return d, err
	})
	tableCount atomic.Int64
)

func TestMain(m *testing.M) {
	code := m.Run()
	if running != nil {
		running.Stop()
	}
	os.Exit(code)
}

func shared(t testing.TB) *testenv.Dynalite {
	t.Helper()
	d, err := dynalite()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// home opens a home on a new table of the server at url.
func home(t testing.TB, url string, change ...func(*Options)) *Home {
	t.Helper()
	o, err := Parse(fmt.Sprintf("dynamodb://ap-northeast-2/carts-%d?create=true&budget=20s&endpoint=%s", tableCount.Add(1), url))
	if err != nil {
		t.Fatal(err)
	}
	made, err := Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	made.Close()
	o.Create = false
	for _, f := range change {
		f(&o)
	}
	h, err := Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.Close)
	return h
}

func begin(t testing.TB, h *Home, lines ...cart.Line) cart.Carried {
	t.Helper()
	c := cart.Carried{}
	for _, l := range lines {
		_, next, err := h.Add(ctx, c, l.SKU, l.Quantity)
		if err != nil {
			t.Fatal(err)
		}
		c = next
	}
	return c
}

func look(t testing.TB, h *Home, c cart.Carried) []cart.Line {
	t.Helper()
	got, err := h.Open(ctx, c)
	if err != nil {
		t.Fatal(err)
	}
	return got.Lines
}

func wantLines(t testing.TB, h *Home, c cart.Carried, want ...cart.Line) {
	t.Helper()
	if d := cmp.Diff(want, look(t, h, c)); d != "" {
		t.Errorf("cart (-want +got):\n%s", d)
	}
}

func TestHome(t *testing.T) {
	h := home(t, shared(t).URL())
	carttest.Run(t, h)
	if h.Name() != "dynamodb" || h.Ping(ctx) != nil {
		t.Errorf("name %q, ping %v", h.Name(), h.Ping(ctx))
	}
}

func TestSessions(t *testing.T) {
	var passed atomic.Int64
	h := home(t, shared(t).URL(), func(o *Options) { o.Now = func() time.Time { return time.Now().Add(time.Duration(passed.Load())) } })
	sessiontest.Run(t, h.Sessions(), func(d time.Duration) { passed.Add(int64(d)) })
}

// TestHomeOnAServerThatTells runs the suite as on DynamoDB itself, which tells the item when a condition fails.
func TestHomeOnAServerThatTells(t *testing.T) {
	s := stand(t, shared(t).URL())
	carttest.Run(t, home(t, s.URL))
}

// TestHomeOnABadDay runs the suite while answers are lost, servers fail and throttle: still every change counts once.
func TestHomeOnABadDay(t *testing.T) {
	s := stand(t, shared(t).URL())
	h := home(t, s.URL)
	s.oneIn.Store(trouble(anything).ptr(12))
	carttest.Run(t, h)
}

// TestRequests says how many requests each operation takes where the server tells the item when a condition fails.
func TestRequests(t *testing.T) {
	s := stand(t, shared(t).URL())
	h := home(t, s.URL)
	c := begin(t, h, cart.Line{SKU: "A", Quantity: 5}, cart.Line{SKU: "B", Quantity: 5})
	for _, step := range []struct {
		name string
		want int64
		do   func() error
	}{
		{"Open", 1, func() error { _, err := h.Open(ctx, c); return err }},
		{"the first Add of a new visitor", 1, func() error { _, _, err := h.Add(ctx, cart.Carried{}, "A", 1); return err }},
		{"the first Add of a known visitor", 2, func() error { _, _, err := h.Add(ctx, cart.Carried{Visitor: session.New()}, "A", 1); return err }},
		{"Add to a line", 1, func() error { _, _, err := h.Add(ctx, c, "A", 1); return err }},
		{"Add of a line", 1, func() error { _, _, err := h.Add(ctx, c, "C", 1); return err }},
		{"Add of too much", 1, func() error {
			if _, _, err := h.Add(ctx, c, "A", 95); !errors.Is(err, fault.QuantityLimit) {
				return fmt.Errorf("got %v", err)
			}
			return nil
		}},
		{"Set", 1, func() error { _, _, err := h.Set(ctx, c, "A", 3); return err }},
		{"Raise", 1, func() error { _, _, err := h.Raise(ctx, c, "A", 4); return err }},
		{"Raise of what is enough", 1, func() error { _, _, err := h.Raise(ctx, c, "A", 4); return err }},
		{"removing", 1, func() error { _, _, err := h.Set(ctx, c, "C", 0); return err }},
		{"Take of a part", 2, func() error {
			_, err := h.Take(ctx, c, []cart.Line{{SKU: "A", Quantity: 1}, {SKU: "B", Quantity: 5}})
			return err
		}},
		{"Take of all", 1, func() error { _, err := h.Take(ctx, c, []cart.Line{{SKU: "A", Quantity: 3}}); return err }},
	} {
		before := s.requests.Load()
		if err := step.do(); err != nil {
			t.Errorf("%s: %v", step.name, err)
		}
		if n := s.requests.Load() - before; n != step.want {
			t.Errorf("%s took %d requests, want %d", step.name, n, step.want)
		}
	}
	wantLines(t, h, c)
}

// clock is one that tests set.
type clock struct{ at atomic.Int64 }

func (c *clock) now() time.Time           { return time.Unix(c.at.Load(), 0) }
func (c *clock) pass(d time.Duration)     { c.at.Add(int64(d / time.Second)) }
func withClock(c *clock) func(o *Options) { return func(o *Options) { o.Now = c.now } }
func startClock(at time.Time) (c *clock)  { c = new(clock); c.at.Store(at.Unix()); return c }
func raw(t testing.TB, h *Home, c cart.Carried) item {
	t.Helper()
	i, err := h.get(ctx, c.Visitor.Key())
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// TestExpiry: a cart whose time is up counts as gone for every operation, though the server still has it.
func TestExpiry(t *testing.T) {
	for name, url := range map[string]string{"server that does not tell": shared(t).URL(), "server that tells": stand(t, shared(t).URL()).URL} {
		t.Run(name, func(t *testing.T) {
			clock := startClock(time.Now())
			h := home(t, url, withClock(clock))
			aged := func() cart.Carried {
				c := begin(t, h, cart.Line{SKU: "OLD", Quantity: 7}, cart.Line{SKU: "OLDER", Quantity: 1})
				clock.pass(90*24*time.Hour + time.Second)
				if raw(t, h, c) == nil {
					t.Fatal("the server has swept the item, and this test tests nothing")
				}
				return c
			}
			wantLines(t, h, aged())
			c := aged()
			if _, _, err := h.Add(ctx, c, "OLD", 2); err != nil {
				t.Error(err)
			}
			wantLines(t, h, c, cart.Line{SKU: "OLD", Quantity: 2})
			c = aged()
			if _, _, err := h.Raise(ctx, c, "OLD", 2); err != nil {
				t.Error(err)
			}
			wantLines(t, h, c, cart.Line{SKU: "OLD", Quantity: 2})
			c = aged()
			if _, _, err := h.Set(ctx, c, "OLD", 0); err != nil {
				t.Error(err)
			}
			if _, err := h.Take(ctx, c, []cart.Line{{SKU: "OLD", Quantity: 1}}); err != nil {
				t.Error(err)
			}
			wantLines(t, h, c)
		})
	}
}

func TestLookingKeeps(t *testing.T) {
	s, clock := stand(t, shared(t).URL()), startClock(time.Now())
	h := home(t, s.URL, withClock(clock))
	c := begin(t, h, cart.Line{SKU: "A", Quantity: 1})
	requests := func() int64 {
		before := s.requests.Load()
		wantLines(t, h, c, cart.Line{SKU: "A", Quantity: 1})
		return s.requests.Load() - before
	}
	clock.pass(12 * time.Hour)
	if n := requests(); n != 1 {
		t.Errorf("a look soon after took %d requests", n)
	}
	for range 3 {
		clock.pass(60 * 24 * time.Hour)
		if n := requests(); n != 2 {
			t.Errorf("a look much later took %d requests", n)
		}
		if n := requests(); n != 1 {
			t.Errorf("the next took %d", n)
		}
	}
}

// TestMarksGo: the marks that changes leave do not pile up.
func TestMarksGo(t *testing.T) {
	clock := startClock(time.Now())
	h := home(t, shared(t).URL(), withClock(clock))
	c := begin(t, h, cart.Line{SKU: "A", Quantity: 1})
	for range 100 {
		clock.pass(time.Minute)
		if _, _, err := h.Raise(ctx, c, "A", 1); err != nil {
			t.Fatal(err)
		}
		if _, _, err := h.Set(ctx, c, "A", 1); err != nil {
			t.Fatal(err)
		}
		if marks, _ := inside(raw(t, h, c)["marks"]); len(marks) > 3*heap {
			t.Fatalf("%d marks", len(marks))
		}
	}
	many := item{}
	for n := range mostMark + 1 {
		many[fmt.Sprint(n)] = number(clock.now().Unix() + int64(n))
	}
	if gone := stale(item{"marks": hash(many)}, clock.now()); len(gone) != mostHeap || !slices.Contains(gone, "0") || slices.Contains(gone, "100") {
		t.Errorf("of too many young marks %d go: %v", len(gone), gone)
	}
}

// TestGarbage: items and lines that this home could not have written count as none, and a change writes over them.
func TestGarbage(t *testing.T) {
	h := home(t, shared(t).URL())
	later := number(time.Now().Add(time.Hour).Unix())
	maps := func(quantity, position item) item {
		return item{"quantity": hash(quantity), "position": hash(position), "marks": hash(item{}), "last": number(1), "expires": later}
	}
	float := &types.AttributeValueMemberN{Value: "1.5"}
	for name, c := range map[string]struct {
		item item
		want []cart.Line
	}{
		"nothing":       {item{}, nil},
		"other shapes":  {item{"quantity": text("?"), "position": number(1), "expires": text("never")}, nil},
		"no maps":       {item{"expires": later, "quantity": &types.AttributeValueMemberL{}}, nil},
		"no quantities": {maps(item{":A": text("1"), ":B": number(0), ":C": number(100), ":D": float, "E": number(1), ":F": hash(nil)}, item{}), nil},
		"no positions":  {maps(item{":A": number(2), ":B": number(3)}, item{":A": text("first"), ":B": float}), []cart.Line{{SKU: "A", Quantity: 2}, {SKU: "B", Quantity: 3}}},
	} {
		t.Run(name, func(t *testing.T) {
			v := cart.Carried{Visitor: session.New()}
			c.item["id"] = text(string(v.Visitor.Key()))
			if _, err := h.db.PutItem(ctx, &dynamodb.PutItemInput{TableName: &h.o.Table, Item: c.item}); err != nil {
				t.Fatal(err)
			}
			wantLines(t, h, v, c.want...)
			if _, err := h.Take(ctx, v, []cart.Line{{SKU: "A", Quantity: 1}, {SKU: "C", Quantity: 1}}); err != nil {
				t.Error(err)
			}
			for sku, change := range map[string]func() (cart.Cart, cart.Carried, error){
				"A": func() (cart.Cart, cart.Carried, error) { return h.Raise(ctx, v, "A", 3) },
				"C": func() (cart.Cart, cart.Carried, error) { return h.Add(ctx, v, "C", 3) },
				"G": func() (cart.Cart, cart.Carried, error) { return h.Set(ctx, v, "G", 3) },
			} {
				if got, _, err := change(); err != nil || got.Quantity(sku) != 3 {
					t.Errorf("%s: %v, %v", sku, got, err)
				}
			}
		})
	}
}

func TestTakingManyLines(t *testing.T) {
	h := home(t, shared(t).URL())
	c := cart.Carried{}
	var lines []cart.Line
	for i := range 50 {
		_, next, err := h.Set(ctx, c, fmt.Sprint("S", i), 2)
		if err != nil {
			t.Fatal(err)
		}
		c, lines = next, append(lines, cart.Line{SKU: fmt.Sprint("S", i), Quantity: 1}, cart.Line{SKU: fmt.Sprint("S", i), Quantity: i % 2})
	}
	if _, err := h.Take(ctx, c, append(lines, cart.Line{SKU: "S49", Quantity: -5})); err != nil {
		t.Fatal(err)
	}
	got := look(t, h, c)
	if len(got) != 25 || got[0] != (cart.Line{SKU: "S0", Quantity: 1}) || got[24] != (cart.Line{SKU: "S48", Quantity: 1}) {
		t.Errorf("left: %v", got)
	}
	next, err := h.Take(ctx, cart.Carried{}, lines)
	if _, ok := session.Parse(string(next.Visitor)); !ok || err != nil {
		t.Errorf("Take is a change and mints a token: %q, %v", next.Visitor, err)
	}
}

// TestLongest: the biggest cart that the rules allow, of SKUs far longer than shops have, and of a text that expressions would trip over.
func TestLongest(t *testing.T) {
	h := home(t, shared(t).URL())
	c := cart.Carried{}
	for i := range cart.MaxLines {
		_, next, err := h.Add(ctx, c, fmt.Sprintf("%03d.#q[0]:x%s", i, strings.Repeat("길", 30)), cart.MaxQuantity)
		if err != nil {
			t.Fatal(err)
		}
		c = next
	}
	if got := look(t, h, c); len(got) != cart.MaxLines || !strings.HasPrefix(got[7].SKU, "007.#q[0]:x길") {
		t.Errorf("%d lines", len(got))
	}
	if _, err := h.Take(ctx, c, look(t, h, c)); err != nil {
		t.Error(err)
	}
	wantLines(t, h, c)
}

// TestRoundTrips says what a call costs beside the bare request, on this machine, with this server and in this run.
func TestRoundTrips(t *testing.T) {
	h := home(t, shared(t).URL())
	for _, n := range []int{1, 10, 50, 100} {
		c := cart.Carried{}
		for i := range n {
			_, next, err := h.Set(ctx, c, fmt.Sprint("SKU-OXFORD-NAVY-", i), 1)
			if err != nil {
				t.Fatal(err)
			}
			c = next
		}
		median := func(f func() error) time.Duration {
			var all []time.Duration
			for range 60 {
				began := time.Now()
				if err := f(); err != nil {
					t.Fatal(err)
				}
				all = append(all, time.Since(began))
			}
			slices.Sort(all)
			return all[len(all)/2].Round(10 * time.Microsecond)
		}
		key := item{"id": text(string(c.Visitor.Key()))}
		open := median(func() error { _, err := h.Open(ctx, c); return err })
		get := median(func() error {
			_, err := h.db.GetItem(ctx, &dynamodb.GetItemInput{TableName: &h.o.Table, Key: key, ConsistentRead: aws.Bool(true)})
			return err
		})
		add := median(func() error { _, _, err := h.Set(ctx, c, "SKU-OXFORD-NAVY-0", 1); return err }) // what Add does, without an end at 99
		update := median(func() error {
			_, err := h.db.UpdateItem(ctx, &dynamodb.UpdateItemInput{TableName: &h.o.Table, Key: key, UpdateExpression: aws.String("SET quantity.#s = :n"),
				ReturnValues: types.ReturnValueAllNew, ExpressionAttributeNames: map[string]string{"#s": ":SKU-OXFORD-NAVY-0"}, ExpressionAttributeValues: item{":n": number(1)}})
			return err
		})
		t.Logf("%3d lines: Open %v (GetItem %v), Add %v (UpdateItem %v)", n, open, get, add, update)
	}
}
