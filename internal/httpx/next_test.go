package httpx

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
)

func FuzzLocalPath(f *testing.F) {
	for _, next := range []string{"/account", "/en/orders?x=1", "", "account", "//evil.example", "/\\evil.example", "https://evil.example", "https:evil.example", "javascript:alert(1)", "/\t/evil.example", "/..//evil.example", "/.//evil.example", "/%5Cevil.example", "/%2F/evil.example", "///evil.example"} {
		f.Add(next)
	}
	base, err := url.Parse("https://shop.example/account/sign-in")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, next string) {
		path := LocalPath(next)
		if path == "" {
			return
		}
		w := httptest.NewRecorder()
		http.Redirect(w, httptest.NewRequest("POST", base.String(), nil), path, http.StatusSeeOther)
		to, err := base.Parse(w.Header().Get("Location"))
		if err != nil || to.Host != base.Host || to.Scheme != "https" {
			t.Errorf("%q leads to %v, %v", next, to, err)
		}
	})
}
