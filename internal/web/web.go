// Package web is the storefront: pages for people, which work without JavaScript.
package web

import (
	"context"
	"net/http"

	"myclothes/internal/account"
	"myclothes/internal/business"
	"myclothes/internal/cart"
	"myclothes/internal/catalog"
	"myclothes/internal/checkout"
	"myclothes/internal/httpx"
	"myclothes/internal/ui"
)

// Keeper keeps rendered public pages until what they say changes. Its promises are those of cache.Pages.
type Keeper interface {
	Get(ctx context.Context, key string, look func(context.Context) (catalog.Version, func() (ui.Doc, int, error), error)) (ui.Doc, error)
}

// Pictures serves the shop's pictures.
type Pictures interface {
	Serve(w http.ResponseWriter, r *http.Request, path string) error
}

// Web answers the storefront's requests.
type Web struct {
	Site    *ui.Site
	Catalog catalog.Catalog
	// Editorial chooses what the front page shows first.
	Editorial interface {
		Banners(ctx context.Context) ([]catalog.Banner, error)
	}
	Carts    *cart.Carts
	Desk     *checkout.Desk
	Accounts *account.Accounts
	Business *business.Business
	Visitors httpx.Visitors
	Pages    Keeper
	Pictures Pictures
	Mails    func() ([]ui.Mail, error) // what the demo would have sent; nil in production
	LookUps  *httpx.Limiter            // of guests' order look-ups, per address
	Facts    ui.DeliveryFacts
}

// Surface returns the whole storefront on one screen. Every page is also there in English, under /en.
func (s *Web) Surface() httpx.Surface {
	routes := []httpx.Route{
		{Pattern: "GET /{$}", Cache: httpx.Revisit, Handle: s.home},
		{Pattern: "GET /c/{category}", Cache: httpx.Revisit, Handle: s.category},
		{Pattern: "GET /b/{brand}", Cache: httpx.Revisit, Handle: s.brand},
		{Pattern: "GET /search", Cache: httpx.Revisit, Handle: s.search},
		{Pattern: "GET /suggest", Cache: httpx.Revisit, Handle: s.suggest},
		{Pattern: "GET /products/{id}", Cache: httpx.Revisit, Handle: s.product},
		{Pattern: "POST /products/{id}/cart", Fresh: true, Handle: s.addToCart},
		{Pattern: "GET /products/{id}/wish", Handle: s.wished},
		{Pattern: "POST /products/{id}/wish", Fresh: true, Handle: s.wish},
		{Pattern: "GET /seen", Handle: s.seen},
		{Pattern: "POST /seen/forget", Fresh: true, Handle: s.forgetSeen},

		{Pattern: "GET /cart", Fresh: true, Handle: s.cart},
		{Pattern: "POST /cart/lines/{sku}", Fresh: true, Handle: s.setLine},

		{Pattern: "GET /checkout", Fresh: true, Handle: s.checkout},
		{Pattern: "POST /checkout", Fresh: true, Handle: s.editCheckout},
		{Pattern: "POST /checkout/review", Fresh: true, Handle: s.review},
		{Pattern: "POST /orders", Fresh: true, Handle: s.place},

		{Pattern: "GET /orders/{number}", Fresh: true, Handle: s.order},
		{Pattern: "GET /orders/{number}/payment/success", Fresh: true, Handle: s.paymentSuccess},
		{Pattern: "GET /orders/{number}/payment/fail", Fresh: true, Handle: s.paymentFail},
		{Pattern: "POST /orders/{number}/payment", Fresh: true, Handle: s.pay},
		{Pattern: "POST /orders/{number}/cancel", Fresh: true, Handle: s.cancel},
		{Pattern: "GET /orders/lookup", Handle: s.lookUpForm},
		{Pattern: "POST /orders/lookup", Fresh: true, Handle: s.lookUp},

		{Pattern: "GET /legal/{which}", Cache: httpx.Revisit, Handle: s.legal},
		{Pattern: "GET /media/{path...}", Cache: httpx.Hour, Handle: s.picture},
		{Pattern: "GET /static/{name}", Cache: httpx.Immutable, Handle: asset},
	}
	routes = append(routes, s.accountRoutes()...)
	routes = append(routes, s.passkeyRoutes()...)
	routes = append(routes, s.socialRoutes()...)
	routes = append(routes, s.businessRoutes()...)
	if s.Mails != nil {
		routes = append(routes, httpx.Route{Pattern: "GET /demo/mail", Handle: s.mails})
	}
	return httpx.Surface{Routes: routes, Visitors: s.Visitors, Stop: s.stop, Fail: s.Fail}
}

func asset(w http.ResponseWriter, r *http.Request) error {
	return ui.ServeAsset(w, r.PathValue("name"), httpx.AcceptsGzip(r))
}

func (s *Web) picture(w http.ResponseWriter, r *http.Request) error {
	return s.Pictures.Serve(w, r, r.PathValue("path"))
}
