package httpx

import (
	"net/http/httptest"
	"testing"
)

func TestAcceptsGzip(t *testing.T) {
	for header, want := range map[string]bool{
		"": false, "gzip": true, "gzip, deflate, br, zstd": true, "br": false, "*": true, "gzip;q=0": false, "gzip; q=0.0, *": false,
		"*;q=0": false, "br;q=1.0, GZIP;q=0.5": true, "identity": false, "x-gzip-not": false,
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Accept-Encoding", header)
		if got := AcceptsGzip(r); got != want {
			t.Errorf("%q: %v, want %v", header, got, want)
		}
	}
}

func TestHas(t *testing.T) {
	for header, want := range map[string]bool{
		"": false, `W/"a-1"`: true, `"a-1"`: true, `"b", W/"a-1"`: true, "*": true, `"a"`: false, `W/"a-10"`: false,
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("If-None-Match", header)
		if got := Has(r, `W/"a-1"`); got != want {
			t.Errorf("%q: %v, want %v", header, got, want)
		}
	}
}
