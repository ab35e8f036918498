// Package toss is the Toss Payments adapter: payment.Provider over API version 2022-11-16 (docs.tosspayments.com).
//
// The adapter believes only what it can prove. A listed refusal with its listed HTTP status is a no; a 200 that parses and
// names the payment asked for is an answer; everything else, from a lost connection to a strange body, is Unknown, and only
// Query tells. It never repeats a call by itself: each POST carries an idempotency key made of the operation and our own
// name for it, so the caller may repeat it as often as it likes.
package toss

import (
	"encoding/base64"
	"net/http"
	"strings"
	"time"

	"myclothes/internal/payment"
)

// DefaultBaseURL is the real API, for test and live keys alike: the key decides which of the two it is.
const DefaultBaseURL = "https://api.tosspayments.com"

// DefaultTimeout bounds one call. A card approval takes up to some tens of seconds at the acquirer's.
const DefaultTimeout = 30 * time.Second

// Options of New. Printing them shows no secret.
type Options struct {
	BaseURL   string // without a trailing slash; empty means DefaultBaseURL
	SecretKey string // test_sk_… or live_sk_…
	ClientKey string // test_ck_… or live_ck_…, public
	Timeout   time.Duration
	HTTP      *http.Client // its transport is used; redirects and cookies are not. nil means one of the adapter's own
}

// String hides the secret key.
func (o Options) String() string { return "toss " + o.BaseURL + " " + o.ClientKey }

// GoString hides the secret key.
func (o Options) GoString() string { return o.String() }

// Provider speaks to Toss Payments. It is safe for concurrent use.
type Provider struct {
	base      string
	clientKey string
	timeout   time.Duration
	http      *http.Client
	authorize func(*http.Request) // a closure, so that printing a Provider cannot show the secret key
}

var _ payment.Provider = (*Provider)(nil)

// New makes a Provider. It sends nothing: wrong keys or a wrong address show at the first call, as an UnknownError.
func New(o Options) *Provider {
	p := &Provider{base: strings.TrimSuffix(o.BaseURL, "/"), clientKey: o.ClientKey, timeout: o.Timeout}
	if p.base == "" {
		p.base = DefaultBaseURL
	}
	if p.timeout <= 0 {
		p.timeout = DefaultTimeout
	}
	p.http = client(o.HTTP)
	// The password is empty, the colon is not optional (403 INCORRECT_BASIC_AUTH_FORMAT). A byte order mark, which
	// editors put before a pasted key, would make another key of it.
	key := strings.TrimPrefix(strings.TrimSpace(o.SecretKey), "\ufeff")
	header := "Basic " + base64.StdEncoding.EncodeToString([]byte(key+":"))
	p.authorize = func(r *http.Request) { r.Header.Set("Authorization", header) }
	return p
}

// client takes only the transport from c. A redirect of a payment call is an answer that makes no sense, and following it
// would carry the secret key elsewhere.
func client(c *http.Client) *http.Client {
	own := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	if c != nil {
		own.Transport = c.Transport
		return own
	}
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConnsPerHost = 32
	t.MaxResponseHeaderBytes = 64 << 10
	own.Transport = t
	return own
}

// Name is "toss".
func (p *Provider) Name() string { return "toss" }

// ClientKey is the public key that Toss's browser script needs.
func (p *Provider) ClientKey() string { return p.clientKey }
