// Package app puts the shop together: the only place that knows every adapter. It reads settings, opens what they name, wires it, runs it and takes
// it down again in order.
package app

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"myclothes/internal/account"
	"myclothes/internal/api"
	"myclothes/internal/business"
	"myclothes/internal/cache"
	"myclothes/internal/cart"
	"myclothes/internal/checkout"
	"myclothes/internal/config"
	"myclothes/internal/delivery"
	"myclothes/internal/fault"
	"myclothes/internal/feed"
	"myclothes/internal/httpx"
	"myclothes/internal/mail"
	"myclothes/internal/media"
	"myclothes/internal/obs"
	"myclothes/internal/pay/toss"
	"myclothes/internal/seal"
	"myclothes/internal/search"
	"myclothes/internal/session"
	"myclothes/internal/store"
	"myclothes/internal/ui"
	"myclothes/internal/web"
	"myclothes/internal/worker"
)

// Version is set when a release is built.
var Version = "dev"

// shop is one instance, wired.
type shop struct {
	settings  *config.Settings
	metrics   *obs.Metrics
	requests  *obs.Requests
	db        *store.DB
	kept      *cache.Catalog // nil: nothing is kept
	news      *cache.News
	catalog   *search.Catalog
	opened    time.Time
	soft      []obs.Dependency // parts without which the shop goes on
	media     *media.Folder
	sender    mail.Sender
	folder    *mail.Folder // the demo's mails; nil in production
	desk      *checkout.Desk
	accounts  *account.Accounts
	customers *store.Customers
	companies *store.Companies
	business  *business.Business
	vault     *seal.Vault
	sessions  session.Store
	edge      *httpx.Edge
	public    http.Handler
	worker    *worker.Worker
	closers   []func() error // of what was opened, in that order
}

// open wires a shop from settings that have been checked. Whatever it opened before an error is closed again.
func open(s *config.Settings, demo bool) (_ *shop, err error) {
	x := &shop{settings: s, opened: time.Now(), metrics: obs.New(s.Zone, instance(s), Version)}
	defer func() {
		if err != nil {
			x.close()
		}
	}()
	if x.requests, err = x.metrics.Requests(context.Background(), s.OTLPEndpoint, s.Zone, instance(s), Version); err != nil {
		return nil, err
	}
	if x.vault, err = x.openVault(); err != nil {
		return nil, err
	}
	if x.db, err = store.Open(store.Options{Address: s.Database, Vault: x.vault, Replicas: s.Replicas, Lag: x.metrics.Replica, Observe: x.metrics.Query, Moved: x.metrics.Order, Told: x.told}); err != nil {
		return nil, err
	}
	x.closers = append(x.closers, x.db.Close)
	x.soft = append(x.soft, obs.Soft("replica ", x.db.Replicas())...)
	if err = x.openCatalog(); err != nil {
		return nil, err
	}
	if x.media, err = media.Open(strings.TrimPrefix(s.Media, "file:")); err != nil {
		return nil, err
	}
	x.closers = append(x.closers, x.media.Close)
	if err = x.openMail(demo); err != nil {
		return nil, err
	}
	if err = x.openAccounts(); err != nil {
		return nil, err
	}
	if err = x.openDesk(); err != nil {
		return nil, err
	}
	if err = x.openBusiness(); err != nil {
		return nil, err
	}
	if err = x.openSurfaces(demo); err != nil {
		return nil, err
	}
	x.worker = &worker.Worker{Jobs: x.jobs(), Grace: s.DrainTimeout / 2, Observe: x.metrics.Job}
	return x, nil
}

// close takes down what was opened, the last first.
func (x *shop) close() error {
	var errs []error
	for _, c := range slices.Backward(x.closers) {
		errs = append(errs, c())
	}
	return errors.Join(errs...)
}

func (x *shop) openMail(demo bool) (err error) {
	s := x.settings
	if demo && s.SMTP == "" {
		x.folder, err = mail.NewFolder(s.Data+"/mail", s.MailFrom)
		x.sender = x.folder
		return err
	}
	x.sender, err = mail.NewSMTP(s.SMTP, s.MailFrom)
	return err
}

func (x *shop) openDesk() error {
	s := x.settings
	home, err := x.homes()
	if err != nil {
		return err
	}
	x.sessions = home.sessions
	policy := delivery.Policy{Fee: s.DeliveryFee, FreeFrom: s.FreeDeliveryFrom, Island: s.IslandSurcharge}
	x.desk = &checkout.Desk{
		Carts:    &cart.Carts{Home: home.carts, Catalog: x.db.Catalog(), Policy: policy},
		Orders:   x.db.Orders(),
		Provider: toss.New(toss.Options{BaseURL: s.TossBaseURL, SecretKey: s.TossSecretKey, ClientKey: s.TossClientKey, Timeout: s.PaymentTimeout}),
		Policy:   policy,
		HoldFor:  s.HoldFor,
		BaseURL:  s.BaseURL,
		Now:      time.Now,
		Warn:     func(ctx context.Context, msg string, err error) { slog.WarnContext(ctx, msg, "err", err) },
	}
	x.accounts.Sessions, x.accounts.Carts, x.accounts.Orders = x.sessions, x.desk.Carts, x.db.Orders()
	return nil
}

// outside notes a soft part: the shop goes on without it, and says so.
func (x *shop) outside(name string, ping func(context.Context) error, end func()) {
	x.soft = append(x.soft, obs.Dependency{Name: name, Ping: ping})
	x.closers = append(x.closers, func() error { end(); return nil })
}

func (x *shop) openSurfaces(demo bool) error {
	s := x.settings
	site, err := ui.New(ui.Site{Seller: ui.Seller(s.Seller), BaseURL: s.BaseURL, Demo: demo})
	if err != nil {
		return err
	}
	secure := strings.HasPrefix(s.BaseURL, "https://")
	visitors := httpx.Visitors{Cookies: httpx.Cookies{Secure: secure}, Sessions: x.sessions, Over: x.accounts.Over, Proved: x.accounts.Proved}
	storefront := &web.Web{
		Site: site, Catalog: x.catalog, Editorial: x.editorial(), Carts: x.desk.Carts, Desk: x.desk, Accounts: x.accounts, Business: x.business, Visitors: visitors, Pages: x.pages(), Pictures: x.media,
		LookUps: httpx.NewLimiter(6*time.Second, 10),
		Facts:   ui.DeliveryFacts{Fee: s.DeliveryFee, FreeFrom: s.FreeDeliveryFrom, Island: s.IslandSurcharge, HoldMinutes: int(s.HoldFor.Minutes())},
	}
	if x.folder != nil {
		storefront.Mails = x.mails
	}
	ring, err := x.ring()
	if err != nil {
		return err
	}
	after := &httpx.After{Cookies: visitors.Cookies, Ring: ring, Position: x.db.Position, Now: time.Now}
	if x.news != nil {
		after.Heard, after.Position = x.news, x.db.Mark
	}
	x.edge = &httpx.Edge{After: after, Trusted: prefixes(s.TrustedProxies), Secure: secure, PayOrigins: formOrigins(s), Zone: s.Zone, Instance: instance(s),
		Debug: s.DebugHeaders, Begin: x.requests.Begin, Broken: func(w http.ResponseWriter, r *http.Request, f *fault.Error) {
			if strings.HasPrefix(r.URL.Path, "/api/") || strings.HasPrefix(r.URL.Path, "/webhooks/") {
				api.Fail(w, r, f)
				return
			}
			storefront.Fail(w, r, f)
		}}
	mux := http.NewServeMux()
	pages := storefront.Surface()
	calls := (&api.API{Catalog: x.catalog, Products: x.db.Catalog(), Carts: x.desk.Carts, Desk: x.desk, Accounts: x.accounts, Business: x.business, Visitors: visitors, Now: time.Now}).Surface()
	feeds := (&feed.Feeds{Catalog: x.db.Catalog(), BaseURL: s.BaseURL, Fee: s.DeliveryFee, FreeFrom: s.FreeDeliveryFrom, Now: time.Now}).Surface(storefront.Fail)
	calls.Routes = append(calls.Routes, httpx.Route{Pattern: "/api/", Handle: httpx.Missing(mux, "/api/")})
	pages.Routes = append(pages.Routes, httpx.Route{Pattern: "/", Handle: httpx.Missing(mux, "/")})
	pages.Mount(mux)
	calls.Mount(mux)
	feeds.Mount(mux)
	mux.HandleFunc("GET /healthz", x.edge.Health)
	x.public = x.edge.Around(mux)
	return nil
}

func (x *shop) mails() ([]ui.Mail, error) {
	all, err := x.folder.List()
	if err != nil {
		return nil, err
	}
	out := make([]ui.Mail, len(all))
	for i, m := range all {
		out[i] = ui.Mail{ID: m.ID, To: m.To, Subject: m.Subject, Body: m.Body, At: ui.Words{}.When(m.At)}
	}
	return out, nil
}

func prefixes(all []string) []netip.Prefix {
	var out []netip.Prefix
	for _, s := range all {
		if p, err := netip.ParsePrefix(s); err == nil { // Check has refused the others
			out = append(out, p)
		}
	}
	return out
}

// formOrigins are where a form of the shop may lead the browser besides the shop: to pay, and to sign in elsewhere.
func formOrigins(s *config.Settings) string {
	all := []string{payOrigins(s)}
	for _, x := range []struct{ id, address string }{{s.KakaoClientID, s.KakaoAuthURL}, {s.NaverClientID, s.NaverAuthURL}} {
		u, err := url.Parse(x.address)
		if err != nil || x.id == "" {
			continue
		}
		origin := u.Scheme + "://" + u.Host
		for _, own := range []string{".kakao.com", ".naver.com"} { // which send people on among hosts of their own
			if strings.HasSuffix(u.Host, own) {
				origin = "https://*" + own
			}
		}
		if !slices.Contains(all, origin) {
			all = append(all, origin)
		}
	}
	return strings.Join(all, " ")
}

// payOrigins are where a form of the shop may lead the browser besides the shop: to the payment page, which Toss has on several hosts and the simulator
// where its API is.
func payOrigins(s *config.Settings) string {
	u, err := url.Parse(s.TossBaseURL)
	if err != nil || strings.HasSuffix(u.Hostname(), ".tosspayments.com") {
		return "https://*.tosspayments.com"
	}
	return u.Scheme + "://" + u.Host
}

func instance(s *config.Settings) string {
	if s.Instance != "" {
		return s.Instance
	}
	host, _ := os.Hostname()
	return host
}
