package web

import (
	"strings"
	"testing"

	"myclothes/internal/api"
	"myclothes/internal/httpx"
	"myclothes/internal/ui"
)

// personal are the pages that show what belongs to one visitor.
var personal = []string{"/account", "/cart", "/checkout", "/orders", "/seen", "/business"}

func TestTheRouteTables(t *testing.T) {
	shown := new(Web)
	shown.Mails = func() ([]ui.Mail, error) { return nil, nil }
	for _, surface := range []httpx.Surface{shown.Surface(), new(api.API).Surface()} {
		for _, r := range surface.Routes {
			method, path, ok := strings.Cut(r.Pattern, " ")
			if !ok {
				t.Errorf("%s has no method", r.Pattern)
			}
			if method != "GET" && (!r.Fresh || r.Cache != httpx.NoStore) {
				t.Errorf("%s changes something: it must read fresh and be kept by nobody", r.Pattern)
			}
			for _, p := range personal {
				if strings.HasPrefix(strings.TrimPrefix(path, "/api/v1"), p) && r.Cache != httpx.NoStore {
					t.Errorf("%s shows what is the visitor's own and may be kept", r.Pattern)
				}
			}
		}
	}
}
