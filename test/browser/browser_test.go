// Package browser drives the shop as people do, in the system's Chromium: with and without JavaScript, in Korean and in English, on a phone and
// on a desk. The steps are in the .mjs files, for Node's own test runner; this starts the shop for them.
package browser

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"myclothes/internal/money"
	"myclothes/internal/store"
	"myclothes/internal/testenv"
	"myclothes/test/shoptest"
)

func TestShopping(t *testing.T) {
	testenv.Engines(t, func(t *testing.T, database string) {
		steps(t, database, "buying.test.mjs", "trouble.test.mjs")
	})
}

// TestPictures visits every page in both languages and on both sizes of screen, holds each against what must be true of all, and leaves their pictures in
// out/screenshots.
func TestPictures(t *testing.T) {
	steps(t, testenv.SQLite(t), "pages.test.mjs")
}

func steps(t *testing.T, database string, files ...string) {
	shop := shoptest.Start(t, database, "--payment-timeout=1s")
	t.Cleanup(shop.Stop)
	merchant := httptest.NewServer(merchant(shop.Open()))
	t.Cleanup(merchant.Close)
	for _, file := range files {
		t.Run(file, func(t *testing.T) {
			env := []string{"SHOP=" + shop.URL, "SIMULATOR=" + shop.Pay, "MERCHANT=" + merchant.URL, "OUT=" + pictures(t), "TMPDIR=" + t.TempDir()}
			args := []string{"--test-reporter=spec", file}
			if step := os.Getenv("MYCLOTHES_STEP"); step != "" { // only the steps of that name
				args = append([]string{"--test-name-pattern=" + step}, args...)
			}
			out, err := shoptest.Command(t, ".", env, "node", args...)
			t.Log(out)
			if err != nil {
				t.Error(err)
			}
		})
	}
}

// pictures returns the folder for screenshots, in which a former run's stay.
func pictures(t *testing.T) string {
	root, err := shoptest.Root()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(root, "out", "screenshots")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// merchant does what the shop's owner may do while people are looking: POST /price?sku=…&won=….
func merchant(db *store.DB) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /price", func(w http.ResponseWriter, r *http.Request) {
		won, err := money.Parse(r.URL.Query().Get("won"))
		if err == nil {
			err = db.Merchant().SetPrice(r.Context(), r.URL.Query().Get("sku"), won, won)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
		}
	})
	return mux
}
