package site

import (
	"compress/gzip"
	"io"
	"net/http"
	"regexp"
	"testing"

	"myclothes/internal/testenv"
	"myclothes/test/shoptest"
)

// TestFirstViewIsLight: all that a first visit to a category loads, without its pictures, travels in 60 KB.
func TestFirstViewIsLight(t *testing.T) {
	shop := shoptest.Start(t, testenv.SQLite(t))
	defer shop.Stop()
	total := 0
	load := func(path string) string {
		req, err := http.NewRequest("GET", shop.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Accept-Encoding", "gzip")
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		if resp.StatusCode != 200 || resp.Header.Get("Content-Encoding") != "gzip" {
			t.Errorf("%s: %s, encoded as %q", path, resp.Status, resp.Header.Get("Content-Encoding"))
			return ""
		}
		n := &counter{r: resp.Body}
		z, err := gzip.NewReader(n)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		total += n.n
		return string(text)
	}
	page := load("/c/clothing")
	for _, a := range regexp.MustCompile(`(?:href|src)="(/static/[^"]+\.(?:css|js|svg))"`).FindAllStringSubmatch(page, -1) {
		load(a[1])
	}
	if total < 5_000 || total > 60_000 {
		t.Errorf("%d bytes, want at most 60,000", total)
	}
	t.Logf("%d bytes", total)
}

// counter counts what is read.
type counter struct {
	r io.Reader
	n int
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += n
	return n, err
}
