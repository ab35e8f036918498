// Package api is the shop as JSON, under /api/v1. openapi.yaml describes it and a test holds it against this code.
package api

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"maps"
	"net/http"
	"strconv"
	"time"

	"myclothes/internal/account"
	"myclothes/internal/business"
	"myclothes/internal/cart"
	"myclothes/internal/catalog"
	"myclothes/internal/checkout"
	"myclothes/internal/fault"
	"myclothes/internal/httpx"
)

//go:embed openapi.yaml
var openAPI []byte

// API answers the JSON calls.
type API struct {
	Catalog  catalog.Catalog
	Products Products
	Carts    *cart.Carts
	Desk     *checkout.Desk
	Accounts *account.Accounts
	Business *business.Business
	Visitors httpx.Visitors
	Now      func() time.Time
}

// Surface returns the whole API on one screen.
func (a *API) Surface() httpx.Surface {
	return httpx.Surface{Fail: Fail, Visitors: a.Visitors, Routes: []httpx.Route{
		{Pattern: "GET /api/v1/products", Cache: httpx.Revisit, Handle: a.products},
		{Pattern: "GET /api/v1/products/{id}", Cache: httpx.Revisit, Handle: a.product},
		{Pattern: "GET /api/v1/categories", Cache: httpx.Revisit, Handle: a.categories},
		{Pattern: "GET /api/v1/brands", Cache: httpx.Revisit, Handle: a.brands},

		{Pattern: "GET /api/v1/cart", Fresh: true, Handle: a.cart},
		{Pattern: "POST /api/v1/cart/lines", Fresh: true, Handle: a.addLine},
		{Pattern: "PATCH /api/v1/cart/lines/{sku}", Fresh: true, Handle: a.setLine},
		{Pattern: "DELETE /api/v1/cart/lines/{sku}", Fresh: true, Handle: a.removeLine},

		{Pattern: "POST /api/v1/orders", Fresh: true, Handle: a.place},
		{Pattern: "GET /api/v1/orders/{number}", Fresh: true, Handle: a.order},
		{Pattern: "POST /api/v1/orders/{number}/payment/confirm", Fresh: true, Handle: a.confirm},
		{Pattern: "POST /api/v1/orders/{number}/cancel", Fresh: true, Handle: a.cancel},

		{Pattern: "POST /api/v1/account", Fresh: true, Handle: a.signUp},
		{Pattern: "GET /api/v1/account", Fresh: true, Access: httpx.Member, Handle: a.account},
		{Pattern: "GET /api/v1/account/orders", Fresh: true, Access: httpx.Member, Handle: a.accountOrders},
		{Pattern: "GET /api/v1/account/wishlist", Fresh: true, Access: httpx.Member, Handle: a.wishes},
		{Pattern: "PUT /api/v1/account/wishlist/{id}", Fresh: true, Access: httpx.Member, Handle: a.wish},
		{Pattern: "DELETE /api/v1/account/wishlist/{id}", Fresh: true, Access: httpx.Member, Handle: a.unwish},
		{Pattern: "POST /api/v1/session", Fresh: true, Handle: a.signIn},
		{Pattern: "DELETE /api/v1/session", Fresh: true, Handle: a.signOut},

		{Pattern: "GET /api/v1/business", Fresh: true, Access: httpx.Member, Handle: a.business},
		{Pattern: "POST /api/v1/business/quick-order", Fresh: true, Access: httpx.Member, Handle: a.quickOrder},

		{Pattern: "GET /api/v1/openapi.yaml", Cache: httpx.Hour, Handle: describe},
		{Pattern: "POST /webhooks/toss", Fresh: true, Handle: a.webhook},
	}}
}

func describe(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "application/yaml")
	_, err := w.Write(openAPI)
	return err
}

// reply writes v with the status. Encoding comes first, so that a failure can still be answered.
func reply(w http.ResponseWriter, status int, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Vary", "Accept-Language")
	w.WriteHeader(status)
	w.Write(b.Bytes())
	return nil
}

// Fail writes a problem document (RFC 9457).
func Fail(w http.ResponseWriter, r *http.Request, f *fault.Error) {
	tag, status := httpx.Lang(r), httpx.Status(f)
	doc := map[string]any{}
	if extra, ok := f.Detail.(map[string]any); ok {
		maps.Copy(doc, extra)
	}
	maps.Copy(doc, map[string]any{
		"type": "about:blank", "title": http.StatusText(status), "status": status,
		"code": f.Code, "detail": f.Words.In(tag), "request_id": httpx.RequestID(r),
	})
	if len(f.Fields) > 0 {
		errs := make([]map[string]string, len(f.Fields))
		for i, x := range f.Fields {
			errs[i] = map[string]string{"field": x.Name, "detail": x.Words.In(tag)}
		}
		doc["errors"] = errs
	}
	if f.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(f.RetryAfter.Seconds())))
	}
	w.Header().Set("Content-Type", "application/problem+json; charset=utf-8")
	w.Header().Set("Content-Language", string(tag))
	w.WriteHeader(status)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.Encode(doc)
}
