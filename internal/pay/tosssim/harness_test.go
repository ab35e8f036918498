package tosssim

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

const (
	secretKey = "test_sk_unit"
	clientKey = "test_ck_unit"
)

// world is a simulator with a clock that only the test moves, called without a network.
type world struct {
	*Server
	t   testing.TB
	now time.Time
}

func newWorld(t testing.TB, change ...func(*Options)) *world {
	w := &world{t: t, now: time.Date(2026, 11, 22, 9, 0, 0, 0, seoul)}
	w.open(change...)
	return w
}

// open starts the server, or starts it again on the same options' journal.
func (w *world) open(change ...func(*Options)) {
	w.t.Helper()
	o := Options{BaseURL: "http://pay.example", SecretKey: secretKey, ClientKey: clientKey,
		Now: func() time.Time { return w.now }, HangFor: time.Minute, SlowFor: time.Millisecond}
	for _, f := range change {
		f(&o)
	}
	s, err := New(o)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { s.Close() })
	w.Server = s
}

func journalAt(path string) func(*Options) { return func(o *Options) { o.Journal = path } }

// answered is what an API call gave.
type answered struct {
	status int
	raw    string
	object
	Code    string `json:"code"`
	Message string `json:"message"`
}

// api sends one call with the right key; headers are pairs.
func (w *world) api(method, path, body string, headers ...string) answered {
	w.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.SetBasicAuth(secretKey, "")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	rec := httptest.NewRecorder()
	w.ServeHTTP(rec, r)
	a := answered{status: rec.Code, raw: rec.Body.String()}
	if err := json.Unmarshal(rec.Body.Bytes(), &a); err != nil {
		w.t.Fatalf("%s %s answered %q", method, path, a.raw)
	}
	return a
}

const newOrder = `{"method":"CARD","amount":15000,"orderId":"order-1","orderName":"코튼 셔츠 외 2건",
	"successUrl":"https://shop.example/ok?from=toss","failUrl":"https://shop.example/no"}`

// made is a new payment of 15,000 won for order-1.
func (w *world) made() string {
	w.t.Helper()
	a := w.api("POST", "/v1/payments", newOrder)
	if a.status != 200 {
		w.t.Fatalf("create: %d %s", a.status, a.raw)
	}
	return a.PaymentKey
}

// choose posts the page's form and returns the status and where to.
func (w *world) choose(key, result string) (int, *url.URL) {
	w.t.Helper()
	r := httptest.NewRequest("POST", "/checkout/"+key, strings.NewReader(url.Values{"result": {result}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	rec := httptest.NewRecorder()
	w.ServeHTTP(rec, r)
	u, err := url.Parse(rec.Header().Get("Location"))
	if err != nil {
		w.t.Fatal(err)
	}
	return rec.Code, u
}

func (w *world) agreed() string {
	w.t.Helper()
	key := w.made()
	if status, _ := w.choose(key, approve); status != http.StatusSeeOther {
		w.t.Fatalf("approve: %d", status)
	}
	return key
}

func confirmBody(key string) string {
	return `{"paymentKey":"` + key + `","orderId":"order-1","amount":15000}`
}

func (w *world) confirmed() string {
	w.t.Helper()
	key := w.agreed()
	if a := w.api("POST", "/v1/payments/confirm", confirmBody(key), "Idempotency-Key", "c1"); a.status != 200 || a.Status != done {
		w.t.Fatalf("confirm: %d %s", a.status, a.raw)
	}
	return key
}

func (w *world) mustBe(a answered, status int, code errorCode) {
	w.t.Helper()
	if a.status != status || a.Code != string(code) {
		w.t.Errorf("got %d %s, want %d %s", a.status, a.raw, status, code)
	}
}

func (w *world) get(path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("GET", path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	rec := httptest.NewRecorder()
	w.ServeHTTP(rec, r)
	return rec
}

// orders is the ledger.
func (w *world) orders() []ledgerLine {
	w.t.Helper()
	var l struct{ Orders []ledgerLine }
	if err := json.Unmarshal(w.get("/ledger").Body.Bytes(), &l); err != nil {
		w.t.Fatal(err)
	}
	return l.Orders
}
