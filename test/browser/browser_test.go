// Package browser drives the shop as people do, in the system's Chromium: with and without JavaScript, in Korean and in English, on a phone, a
// tablet and a desk, with a pointer and with the keyboard alone. The steps are in the .mjs files, for Node's own test runner; this starts the shop
// for them.
package browser

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"myclothes/internal/catalog"
	"myclothes/internal/company"
	"myclothes/internal/money"
	"myclothes/internal/testenv"
	"myclothes/test/shoptest"
)

func TestShopping(t *testing.T) {
	testenv.Engines(t, func(t *testing.T, database string) {
		t.Parallel() // much of it is waiting for payments to become known
		steps(t, database, "buying.test.mjs", "trouble.test.mjs", "links.test.mjs")
	})
}

// TestPictures visits every page and every state of it in both languages and on three widths of screen, holds each against what must be true of all, axe and the
// Nu HTML checker among it, and leaves their pictures in out/screenshots.
func TestPictures(t *testing.T) {
	steps(t, testenv.SQLite(t), "pages.test.mjs", "business.test.mjs")
}

// TestKeyboard does everything without a pointer, and holds the tests' own eyes against pages with known faults.
func TestKeyboard(t *testing.T) {
	steps(t, testenv.SQLite(t), "eyes.test.mjs", "keyboard.test.mjs")
}

// TestLighthouse asks Lighthouse for its marks of the main pages, and leaves its reports in out/lighthouse.
func TestLighthouse(t *testing.T) {
	steps(t, testenv.SQLite(t), "lighthouse.test.mjs")
}

// TestSigningIn signs in by passkey, which belongs to a domain, so that the shop is visited by its name; and by accounts elsewhere.
func TestSigningIn(t *testing.T) {
	shop := shoptest.Start(t, testenv.SQLite(t), "--payment-timeout=1s")
	shop.Stop()
	shop.URL = strings.Replace(shop.URL, "127.0.0.1", "localhost", 1)
	shop.Restart("--base-url=" + shop.URL)
	t.Cleanup(shop.Stop)
	stepsIn(t, shop, "signing.test.mjs")
}

// TestAccounts leads people and companies through everything that is theirs.
func TestAccounts(t *testing.T) {
	steps(t, testenv.Postgres(t), "accounts.test.mjs")
}

func steps(t *testing.T, database string, files ...string) {
	shop := shoptest.Start(t, database, "--payment-timeout=1s")
	t.Cleanup(shop.Stop)
	stepsIn(t, shop, files...)
}

func stepsIn(t *testing.T, shop *shoptest.Shop, files ...string) {
	merchant := httptest.NewServer(merchant(t, shop))
	t.Cleanup(merchant.Close)
	for _, file := range files {
		t.Run(file, func(t *testing.T) {
			env := []string{"SHOP=" + shop.URL, "SIMULATOR=" + shop.Pay, "MERCHANT=" + merchant.URL, "OUT=" + outputs(t), "TMPDIR=" + t.TempDir()}
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

// outputs returns the folder for what is left to look at.
func outputs(t *testing.T) string {
	root, err := shoptest.Root()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(root, "out")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// merchant does what the shop's owner may do while people are looking: POST /price?sku=…&won=…, POST /status?id=…&status=…, POST /company?id=…&sku=… and POST /approve?registration=…&sku=…&won=…: a company, with
// a price and a credit of its own.
func merchant(t *testing.T, shop *shoptest.Shop) http.Handler {
	db := shop.Open()
	mux := http.NewServeMux()
	act := func(pattern string, do func(context.Context, url.Values) error) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			if err := do(r.Context(), r.URL.Query()); err != nil {
				http.Error(w, err.Error(), http.StatusBadRequest)
			}
		})
	}
	act("POST /price", func(ctx context.Context, q url.Values) error {
		won, err := money.Parse(q.Get("won"))
		if err != nil {
			return err
		}
		return db.Merchant().SetPrice(ctx, q.Get("sku"), won, won)
	})
	act("POST /status", func(ctx context.Context, q url.Values) error {
		id, err := strconv.ParseInt(q.Get("id"), 10, 64)
		if err != nil {
			return err
		}
		return db.Merchant().SetStatus(ctx, id, catalog.Status(q.Get("status")))
	})
	act("POST /company", func(ctx context.Context, q url.Values) error {
		id, list, companies := company.ID(q.Get("id")), strings.ToLower(q.Get("id")), db.Companies(nil) // nothing sealed is looked at
		tiers := []company.Entry{{SKU: q.Get("sku"), Tier: catalog.Tier{From: 1, Price: 9000}}, {SKU: q.Get("sku"), Tier: catalog.Tier{From: 10, Price: 8000}}}
		return errors.Join(companies.PutPriceList(ctx, company.PriceList{Name: list, Percent: 10, Entries: tiers, Leasts: map[string]int{q.Get("sku"): 3}}),
			companies.SetTerms(ctx, id, company.Terms{PriceList: list, CreditLimit: 1_000_000, DaysToPay: 30}), companies.Decide(ctx, id, company.Approved, ""))
	})
	act("POST /approve", func(_ context.Context, q url.Values) error {
		registration := q.Get("registration")
		list := filepath.Join(t.TempDir(), "prices.csv")
		if err := os.WriteFile(list, []byte("sku,from,price,minimum\n"+q.Get("sku")+",,"+q.Get("won")+",\n"), 0o600); err != nil {
			return err
		}
		for _, args := range [][]string{{"prices", "list-" + registration, list}, {"approve", registration}, {"terms", registration, "--prices=list-" + registration, "--credit=1000000"}} {
			if out, err := shop.Run(t, ".", append([]string{"company"}, args...)...); err != nil {
				return fmt.Errorf("%v: %w: %s", args, err, out)
			}
		}
		return nil
	})
	return mux
}
