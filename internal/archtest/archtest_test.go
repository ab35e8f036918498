// Package archtest holds the rules of the house as tests: who may know whom, and why.
package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// ranks orders the domain: a package may import those of lower rank only.
var ranks = map[string]int{
	"lang": 0, "fresh": 0, "outbox": 0,
	"money": 1, "fault": 1, "seal": 1,
	"access":  2,
	"catalog": 2, "delivery": 2,
	"catalog/exchange": 3, "search": 3,
	"customer": 2, "company": 3, "session": 3, "cart": 4,
	"order": 5, "payment": 5,
	"checkout": 6,
	"account":  7, "business": 7,
}

var (
	adapters = []string{"store", "home/memory", "home/cookie", "home/valkey", "home/dynamo", "cache", "pay/toss", "pay/tosssim", "nts", "nts/ntssim", "media", "mail", "passkey", "social", "social/socialsim"}
	surfaces = []string{"web", "api", "feed", "httpx", "ui", "worker", "obs", "observer"}
	content  = []string{"demo", "draw"} // what the demo shows; no part of the shop knows it but app
	tests    = []string{"archtest", "testenv", "cart/carttest", "session/sessiontest", "payment/paymenttest", "store/storetest", "passkey/passkeytest"}
)

// drivers are imported by one package each, so that changing one changes one room.
var drivers = map[string]string{
	"modernc.org/sqlite":                   "store",
	"github.com/jackc/pgx/v5":              "store",
	"github.com/pressly/goose/v3":          "store",
	"database/sql":                         "store",
	"github.com/wneessen/go-mail":          "mail",
	"github.com/prometheus/":               "obs",
	"go.opentelemetry.io/":                 "obs",
	"github.com/alecthomas/kong":           "", // only the commands
	"html/template":                        "ui",
	"github.com/RoaringBitmap/":            "search",
	"github.com/valkey-io/":                "home/valkey",
	"github.com/aws/":                      "home/dynamo",
	"golang.org/x/image/":                  "media",
	"golang.org/x/crypto/chacha20poly1305": "seal",
	"golang.org/x/crypto/argon2":           "customer",
	"github.com/go-webauthn/":              "passkey",
	"golang.org/x/oauth2":                  "social",
}

// alsoAllowed are the exceptions, each with its reason.
var alsoAllowed = map[string]string{
	"pay/tosssim html/template":      "the simulator stands for somebody else's site and has a page of its own",
	"social/socialsim html/template": "the same",
}

type pkg struct {
	name    string // below internal/
	imports []string
}

func packages(t *testing.T) []pkg {
	t.Helper()
	byName := map[string]*pkg{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		name, _ := filepath.Rel("..", filepath.Dir(path))
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		p := byName[name]
		if p == nil {
			p = &pkg{name: filepath.ToSlash(name)}
			byName[name] = p
		}
		for _, i := range f.Imports {
			to, _ := strconv.Unquote(i.Path.Value)
			p.imports = append(p.imports, to)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var all []pkg
	for _, p := range byName {
		all = append(all, *p)
	}
	return all
}

func own(path string) (string, bool) { return strings.CutPrefix(path, "myclothes/internal/") }

func TestEveryRoomHasAPlace(t *testing.T) {
	for _, p := range packages(t) {
		_, domain := ranks[p.name]
		if strings.HasPrefix(p.name, "lab/") {
			continue // a program of its own, which drives the shop from outside
		}
		if !domain && !slices.Contains(slices.Concat(adapters, surfaces, content, tests, []string{"app", "config", "child"}), p.name) {
			t.Errorf("internal/%s is in no list of archtest: say whether it is domain, adapter or surface, and tell docs/architecture.md", p.name)
		}
	}
}

func TestTheDomainKnowsOnlyWhatRanksBelowIt(t *testing.T) {
	for _, p := range packages(t) {
		rank, domain := ranks[p.name]
		if !domain {
			continue
		}
		for _, to := range p.imports {
			if n, ok := own(to); ok {
				if r, known := ranks[n]; !known || r >= rank {
					t.Errorf("%s imports %s: the domain depends only on what ranks below it, or a change in a detail would reach the rules", p.name, n)
				}
			}
			if to == "net/http" || to == "database/sql" || to == "html/template" {
				t.Errorf("%s imports %s: the rules of the trade must not know how they are reached or kept", p.name, to)
			}
		}
	}
}

func TestAdaptersAndSurfacesDoNotKnowEachOther(t *testing.T) {
	for _, p := range packages(t) {
		for _, to := range p.imports {
			n, ok := own(to)
			switch {
			case !ok:
			case slices.Contains(surfaces, p.name) && slices.Contains(adapters, n):
				t.Errorf("%s imports %s: a page must work over any adapter; take an interface and let app wire it", p.name, n)
			case slices.Contains(adapters, p.name) && slices.Contains(surfaces, n):
				t.Errorf("%s imports %s: what keeps things must not know who looks at them", p.name, n)
			case slices.Contains(adapters, p.name) && slices.Contains(adapters, n):
				t.Errorf("%s imports %s: adapters stand apart, or one could not be exchanged alone", p.name, n)
			case p.name == "api" && (n == "ui" || n == "web"), p.name == "web" && n == "api":
				t.Errorf("%s imports %s: HTML and JSON are different surfaces", p.name, n)
			case n == "app" || (n == "config" && p.name != "app"):
				t.Errorf("%s imports %s: settings and wiring are app's alone; take what you need as a parameter", p.name, n)
			case slices.Contains(content, n) && p.name != "app" && !slices.Contains(content, p.name):
				t.Errorf("%s imports %s: the shop must not depend on what the demo sells", p.name, n)
			case slices.Contains(tests, n) && !slices.Contains(tests, p.name):
				t.Errorf("%s imports %s outside its tests", p.name, n)
			}
		}
	}
}

// TestTheLabKnowsNothingOfTheShop: it drives the shop from outside, as an operator and shoppers do.
func TestTheLabKnowsNothingOfTheShop(t *testing.T) {
	for _, p := range packages(t) {
		for _, to := range p.imports {
			if n, ok := own(to); ok && strings.HasPrefix(p.name, "lab/") && !strings.HasPrefix(n, "lab/") && n != "child" {
				t.Errorf("%s imports %s: what the lab shows would be shown of itself", p.name, n)
			}
		}
	}
}

func TestEachDriverHasOneHome(t *testing.T) {
	for _, p := range packages(t) {
		if strings.HasPrefix(p.name, "lab/") {
			continue
		}
		for _, to := range p.imports {
			for driver, home := range drivers {
				if strings.HasPrefix(to, driver) && p.name != home && alsoAllowed[p.name+" "+driver] == "" {
					t.Errorf("%s imports %s, which belongs to %q alone", p.name, to, home)
				}
			}
		}
	}
}

// forbiddenNames say nothing about what is in a room.
var forbiddenNames = []string{"util", "utils", "common", "helpers", "helper", "manager", "misc", "base", "types", "models"}

func TestPackagesAreNamedAndDescribed(t *testing.T) {
	for _, p := range packages(t) {
		if last := filepath.Base(p.name); slices.Contains(forbiddenNames, last) {
			t.Errorf("internal/%s: a room is named for what is in it", p.name)
		}
		if n := described(t, filepath.Join("..", p.name)); n != 1 {
			t.Errorf("internal/%s has %d package comments, want 1", p.name, n)
		}
	}
}

func described(t *testing.T, dir string) int {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, e.Name()), nil, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if f.Doc != nil {
			n++
		}
	}
	return n
}

// TestExportedThingsAreDescribed covers the packages that others build on.
func TestExportedThingsAreDescribed(t *testing.T) {
	for name := range ranks {
		dir := filepath.Join("..", name)
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if !strings.HasSuffix(file, "_test.go") {
				undescribed(t, file)
			}
		}
	}
}

func undescribed(t *testing.T, file string) {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, file, nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			selfEvident := slices.Contains([]string{"Error", "Unwrap", "UnmarshalJSON", "String", "Read"}, d.Name.Name)
			if d.Name.IsExported() && d.Doc == nil && !selfEvident {
				t.Errorf("%s: %s has no comment", fset.Position(d.Pos()), d.Name.Name)
			}
		case *ast.GenDecl:
			for _, s := range d.Specs {
				if x, ok := s.(*ast.TypeSpec); ok && x.Name.IsExported() && d.Doc == nil && x.Doc == nil {
					t.Errorf("%s: %s has no comment", fset.Position(x.Pos()), x.Name.Name)
				}
			}
		}
	}
}
