package cookie_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"myclothes/internal/cart"
	"myclothes/internal/cart/carttest"
	"myclothes/internal/demo"
	"myclothes/internal/fault"
	"myclothes/internal/home/cookie"
	"myclothes/internal/seal"
	"myclothes/internal/session"
	"myclothes/internal/session/sessiontest"
)

var ctx = context.Background()

func ring(t testing.TB, keys ...seal.Key) *seal.Ring {
	t.Helper()
	r, err := seal.NewRing(keys...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestCookieIsAHome(t *testing.T) {
	carttest.RunInBrowser(t, cookie.New(cookie.Options{Keys: ring(t, seal.NewKey("a"))}))
}

func TestSessions(t *testing.T) {
	var passed time.Duration
	refused := map[string]int{}
	var mu sync.Mutex
	o := cookie.Options{Keys: ring(t, seal.NewKey("a")), Now: func() time.Time { return time.Now().Add(passed) }, Refused: func(why string) {
		mu.Lock()
		defer mu.Unlock()
		refused[why]++
	}}
	sessiontest.Run(t, cookie.NewSessions(o), func(d time.Duration) { passed += d })
	for _, why := range []string{"malformed", "unreadable", "expired"} {
		if refused[why] == 0 {
			t.Errorf("nobody was told of %s cookies: %v", why, refused)
		}
	}
	stranger := o
	stranger.Keys = ring(t, seal.NewKey("b"))
	c, err := session.Begin(ctx, cookie.NewSessions(o), session.Carried{}, session.Record{Member: "kim", SignIn: "1", At: time.Now(), Proved: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	if r, _, err := cookie.NewSessions(stranger).Open(ctx, c); err != nil || !r.IsZero() || refused["unknown_key"] != 1 {
		t.Errorf("a session of another key: %+v, %v, %v", r, err, refused)
	}
	c.Session, c.Sealed = "", c.Session
	if got, err := cookie.New(o).Open(ctx, c); err != nil || len(got.Lines) > 0 {
		t.Errorf("a session was opened as a cart: %+v, %v", got, err)
	}
}

// fill puts lines in until the cart is full or there are that many, and returns how many fit.
func fill(t *testing.T, h *cookie.Home, n int, sku func(i int) string) (int, cart.Carried) {
	t.Helper()
	c := cart.Carried{}
	for i := range n {
		before, _ := h.Open(ctx, c)
		_, next, err := h.Add(ctx, c, sku(i), 1+i%cart.MaxQuantity)
		if errors.Is(err, fault.CartFull) {
			after, _ := h.Open(ctx, next)
			if fmt.Sprint(after) != fmt.Sprint(before) {
				t.Fatal("a full cart is no longer as it was")
			}
			return i, next
		}
		if err != nil {
			t.Fatal(err)
		}
		if len("__Host-mc-cart")+len(next.Sealed) > 4096 {
			t.Fatalf("%d lines make a cookie of %d bytes", i+1, len("__Host-mc-cart")+len(next.Sealed))
		}
		c = next
	}
	return n, c
}

// TestLinesFit: 150 lines of the shop's own SKUs and of any 20 characters fit, and what does not fit is refused with the cart as it was.
func TestLinesFit(t *testing.T) {
	h := cookie.New(cookie.Options{Keys: ring(t, seal.NewKey("2026-11-key-name"))})
	var skus []string
	for item := range demo.Items(0) {
		for _, v := range item.Product.Variants {
			skus = append(skus, v.SKU)
		}
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	rnd.Shuffle(len(skus), func(i, j int) { skus[i], skus[j] = skus[j], skus[i] })
	if n, c := fill(t, h, 500, func(i int) string { return skus[i] }); n < 150 {
		t.Errorf("only %d lines of the demo's SKUs fit", n)
	} else {
		t.Logf("%d lines of the demo's SKUs take %d bytes", n, len(c.Sealed))
	}
	letters := func(long int) func(i int) string {
		return func(i int) string {
			const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"
			r := rand.New(rand.NewPCG(uint64(i), 7))
			var b strings.Builder
			for range long {
				b.WriteByte(letters[r.IntN(len(letters))])
			}
			return b.String()
		}
	}
	if n, _ := fill(t, h, 500, letters(20)); n < 150 {
		t.Errorf("only %d lines of random SKUs of 20 characters fit", n)
	}
	if n, _ := fill(t, h, 500, letters(60)); n < 50 || n >= 150 {
		t.Errorf("%d lines of random SKUs of 60 characters fit", n)
	}
}

// TestWhatIsNoCartIsNone: altered, cut, foreign, expired cookies and those of an unknown key are no cart, counted, and never an error.
func TestWhatIsNoCartIsNone(t *testing.T) {
	at := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	refused := map[string]int{}
	keys := ring(t, seal.NewKey("a"))
	h := cookie.New(cookie.Options{Keys: keys, Now: func() time.Time { return at }, Refused: func(why string) { refused[why]++ }})
	_, c, err := h.Add(ctx, cart.Carried{}, "SHIRT", 2)
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := base64.RawURLEncoding.DecodeString(c.Sealed)
	raw[len(raw)-1] ^= 1
	_, foreign, _ := cookie.New(cookie.Options{Keys: ring(t, seal.NewKey("b"))}).Add(ctx, cart.Carried{}, "SHIRT", 99)
	for _, s := range []string{base64.RawURLEncoding.EncodeToString(raw), c.Sealed[:20], foreign.Sealed, "{}", keys.Seal("link", []byte("x")), keys.Seal("cart 1", []byte("x")), keys.Seal("cart 1", nil)} {
		got, err := h.Open(ctx, cart.Carried{Visitor: c.Visitor, Sealed: s})
		if err != nil || len(got.Lines) != 0 {
			t.Errorf("%.30q: %v, %v", s, got, err)
		}
	}
	at = at.Add(cookie.Keep - time.Hour)
	if got, _ := h.Open(ctx, c); got.Count() != 2 {
		t.Error("gone before its time")
	}
	at = at.Add(2 * time.Hour)
	if got, _ := h.Open(ctx, c); got.Count() != 0 {
		t.Error("kept beyond its time")
	}
	if want := map[string]int{"altered": 2, "malformed": 2, "unknown_key": 1, "unreadable": 2, "expired": 1}; !maps.Equal(refused, want) {
		t.Errorf("counted %v, want %v", refused, want)
	}
}

// TestKeysRotateUnderCarts: a new key seals, the old one still opens, and with the first change the cart moves to the new one.
func TestKeysRotateUnderCarts(t *testing.T) {
	old, young := seal.NewKey("old"), seal.NewKey("new")
	_, c, _ := cookie.New(cookie.Options{Keys: ring(t, old)}).Add(ctx, cart.Carried{}, "A", 1)
	_, c, err := cookie.New(cookie.Options{Keys: ring(t, young, old)}).Add(ctx, c, "B", 1)
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := cookie.New(cookie.Options{Keys: ring(t, young)}).Open(ctx, c); got.Count() != 2 {
		t.Errorf("after the old key is gone: %v", got)
	}
}

// TestAnOldCookieBringsOldLinesBack says what replaying can do: the lines and quantities of that day, and nothing else. The last writer wins.
func TestAnOldCookieBringsOldLinesBack(t *testing.T) {
	h := cookie.New(cookie.Options{Keys: ring(t, seal.NewKey("a"))})
	_, before, _ := h.Add(ctx, cart.Carried{}, "A", 3)
	after, err := h.Take(ctx, before, []cart.Line{{SKU: "A", Quantity: 3}})
	if err != nil || after.Sealed != "" {
		t.Fatalf("an empty cart is no cookie: %q, %v", after.Sealed, err)
	}
	if got, _ := h.Open(ctx, before); got.Quantity("A") != 3 {
		t.Errorf("the old cookie: %v", got)
	}
	_, one, _ := h.Add(ctx, before, "B", 1)
	_, other, _ := h.Add(ctx, before, "C", 1)
	if got, _ := h.Open(ctx, other); got.Quantity("B") != 0 || got.Quantity("C") != 1 || one == other {
		t.Errorf("two tabs: %v", got)
	}
}

func FuzzOpen(f *testing.F) {
	keys := ring(f, seal.NewKey("a"))
	h := cookie.New(cookie.Options{Keys: keys})
	_, c, _ := h.Add(ctx, cart.Carried{}, "SHIRT", 2)
	f.Add(c.Sealed, []byte(nil))
	f.Add("", []byte{1, 0, 1, 2, 3})
	f.Fuzz(func(t *testing.T, cookie string, plain []byte) {
		for _, s := range []string{cookie, keys.Seal("cart 1", plain)} {
			got, err := h.Open(ctx, cart.Carried{Sealed: s})
			if err != nil {
				t.Errorf("%q: %v", s, err)
			}
			for _, l := range got.Lines {
				if l.Quantity < 1 || l.Quantity > cart.MaxQuantity {
					t.Errorf("%q: %v", s, l)
				}
			}
		}
	})
}
