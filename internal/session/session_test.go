package session

import (
	"strings"
	"testing"
)

func TestTokensAreReadBackAndDiffer(t *testing.T) {
	a, b := New(), New()
	if a == b {
		t.Fatal("two tokens are the same")
	}
	got, ok := Parse(string(a))
	if !ok || got != a {
		t.Fatalf("Parse(%q) = %q, %v", a, got, ok)
	}
	if a.Key() == b.Key() || a.Key() == "" || string(a.Key()) == string(a) {
		t.Fatal("keys must differ from each other and from their token")
	}
	in := newSignedIn()
	if back, ok := Parse(string(in)); !ok || back != in || !in.SignedIn() || a.SignedIn() {
		t.Fatalf("a signed-in token: Parse(%q) = %q, %v", in, back, ok)
	}
	if in.Key() == in[1:].Key() || MemberKey("kim") == MemberKey("lee") || MemberKey(string(a)) == a.Key() {
		t.Fatal("keys of different kinds must differ")
	}
	if Token("").Key() != "" {
		t.Fatal("no token has no key")
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "x", strings.Repeat("A", 43), strings.Repeat("A", 42) + "B", "s" + strings.Repeat("A", 43), "x" + strings.Repeat("A", 43), strings.Repeat("=", 43), strings.Repeat("가", 15)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if tok, ok := Parse(s); ok && (string(tok) != s || len(tok.Key()) != 43) {
			t.Fatalf("Parse(%q) = %q", s, tok)
		}
	})
}
