package httpx

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
)

// looked returns what a browser remembers after it has looked at these, and how long the value is.
func looked(t *testing.T, ids ...int64) ([]int64, int) {
	t.Helper()
	c, r := Cookies{}, httptest.NewRequest("GET", "/", nil)
	for _, id := range ids {
		w := httptest.NewRecorder()
		c.See(w, r, id)
		for _, k := range w.Result().Cookies() {
			r = httptest.NewRequest("GET", "/", nil)
			r.AddCookie(k)
		}
	}
	k, _ := r.Cookie("mc-seen")
	return c.Seen(r), len(k.Value)
}

func TestSeen(t *testing.T) {
	if got, _ := looked(t, 1, 2, 3, 2); !slices.Equal(got, []int64{2, 3, 1}) {
		t.Errorf("the latest first, each once: %v", got)
	}
	var many []int64
	for id := range int64(100) {
		many = append(many, 1<<62+id)
	}
	got, length := looked(t, many...)
	if len(got) != maxSeen || got[0] != many[99] || length > 400 {
		t.Errorf("%d are kept in %d bytes, the latest %v", len(got), length, got[0])
	}
}

func TestLookingAgainSetsNothing(t *testing.T) {
	r := httptest.NewRequest("GET", "/", nil)
	r.AddCookie(&http.Cookie{Name: "mc-seen", Value: "7.3"})
	w := httptest.NewRecorder()
	Cookies{}.See(w, r, 7)
	if got := w.Header().Get("Set-Cookie"); got != "" {
		t.Errorf("the same page again: %s", got)
	}
}

// FuzzSeen: whatever a browser carries, it is read as a few positive numbers.
func FuzzSeen(f *testing.F) {
	for _, s := range []string{"", ".", "1.2.3", "-1.0", "zzzzzzzzzzzzzzzzzzzz", "1.1.1", "<script>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, value string) {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Cookie", "mc-seen="+value)
		got := Cookies{}.Seen(r)
		if len(got) > maxSeen {
			t.Errorf("%d numbers", len(got))
		}
		for i, id := range got {
			if id <= 0 || slices.Contains(got[:i], id) {
				t.Errorf("%q: %v", value, got)
			}
		}
	})
}
