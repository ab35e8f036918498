package seal

import (
	"bytes"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
)

func ring(t *testing.T, keys ...Key) *Ring {
	t.Helper()
	r, err := NewRing(keys...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestWhatIsSealedIsOpened(t *testing.T) {
	r := ring(t, NewKey("a"))
	for _, plain := range [][]byte{nil, []byte("x"), bytes.Repeat([]byte("가"), 1000)} {
		sealed := r.Seal("cart", plain)
		if len(sealed) != r.Len(len(plain)) {
			t.Errorf("%d bytes long, Len says %d", len(sealed), r.Len(len(plain)))
		}
		got, err := r.Open("cart", sealed)
		if err != nil || !bytes.Equal(got, plain) {
			t.Errorf("%q, %v", got, err)
		}
		if again := r.Seal("cart", plain); again == sealed {
			t.Error("sealing twice gives the same")
		}
	}
}

func TestKeysAreRotated(t *testing.T) {
	old, young := NewKey("2026-10"), NewKey("2026-11")
	before := ring(t, old).Seal("cart", []byte("x"))
	both := ring(t, young, old)
	if got, err := both.Open("cart", before); err != nil || string(got) != "x" {
		t.Errorf("the old key does not open: %v", err)
	}
	if _, err := ring(t, young).Open("cart", before); !errors.Is(err, ErrUnknown) {
		t.Errorf("a key that is gone: %v", err)
	}
	if _, err := ring(t, old).Open("cart", both.Seal("cart", []byte("x"))); !errors.Is(err, ErrUnknown) {
		t.Errorf("the first key does not seal: %v", err)
	}
	if _, err := ring(t, NewKey("2026-10")).Open("cart", before); !errors.Is(err, ErrAltered) {
		t.Errorf("another key of the same name: %v", err)
	}
}

// TestNothingIsOpenedThatWasChanged changes every byte, cuts at every length and takes it elsewhere.
func TestNothingIsOpenedThatWasChanged(t *testing.T) {
	r := ring(t, NewKey("a"))
	sealed := r.Seal("cart", []byte("SHIRT 2"))
	if _, err := r.Open("link", sealed); !errors.Is(err, ErrAltered) {
		t.Errorf("for another purpose: %v", err)
	}
	raw, _ := base64.RawURLEncoding.DecodeString(sealed)
	for i := range raw {
		bad := bytes.Clone(raw)
		bad[i] ^= 1
		if _, err := r.Open("cart", base64.RawURLEncoding.EncodeToString(bad)); err == nil {
			t.Errorf("byte %d changed, and it opened", i)
		}
	}
	for i := range sealed {
		if _, err := r.Open("cart", sealed[:i]); err == nil {
			t.Errorf("cut to %d characters, and it opened", i)
		}
	}
	for _, s := range []string{sealed + "A", sealed + "=", sealed[:10] + "\n" + sealed[10:], strings.Repeat("A", 10_000), "가나다"} {
		if _, err := r.Open("cart", s); err == nil {
			t.Errorf("%.20q opened", s)
		}
	}
}

func TestKeysAreReadAndRefused(t *testing.T) {
	k := NewKey("k1")
	if got, err := ParseKey(k.String()); err != nil || got != k {
		t.Errorf("%v, %v", got, err)
	}
	for _, s := range []string{"", "k1", "k1:", ":" + strings.Split(k.String(), ":")[1], "k 1:" + strings.Split(k.String(), ":")[1], "k1:AAAA", "toolongatoolongab:" + strings.Split(k.String(), ":")[1]} {
		if _, err := ParseKey(s); err == nil {
			t.Errorf("%q was read", s)
		}
	}
	if _, err := NewRing(); err == nil {
		t.Error("a ring without keys")
	}
	if _, err := NewRing(k, k); err == nil {
		t.Error("two keys of one name")
	}
}

func FuzzOpen(f *testing.F) {
	r, err := NewRing(NewKey("a"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(r.Seal("cart", []byte("x")))
	f.Add("")
	f.Add("AQFh")
	f.Fuzz(func(t *testing.T, s string) {
		plain, err := r.Open("cart", s)
		if err == nil && len(s) != r.Len(len(plain)) {
			t.Errorf("%q opened to %q", s, plain)
		}
	})
}
