// Package social asks Kakao and Naver who somebody is, by OAuth 2.0 (RFC 6749, authorization code, with RFC 7636 for whoever checks it). What a provider says of a person is all it
// keeps: tokens are used once and forgotten.
package social

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"golang.org/x/oauth2"

	"myclothes/internal/customer"
)

// Options say where a provider is and who the shop is to it.
type Options struct {
	Auth, User   string // its addresses, without a slash at the end
	ClientID     string
	ClientSecret string
	Timeout      time.Duration // of all it is asked about one person
	Now          func() time.Time
}

// Provider is one of them. Safe for concurrent use.
type Provider struct {
	name    string
	config  oauth2.Config
	person  string // where it says who it is
	again   oauth2.AuthCodeOption
	read    func(body []byte, now time.Time) (customer.Person, error)
	timeout time.Duration
	client  *http.Client
	now     func() time.Time
}

func provider(o Options, name, authorize, token, person string) *Provider {
	return &Provider{
		name: name, person: person, timeout: o.Timeout, client: &http.Client{CheckRedirect: stay}, now: o.Now,
		config: oauth2.Config{ClientID: o.ClientID, ClientSecret: o.ClientSecret, Endpoint: oauth2.Endpoint{AuthURL: o.Auth + authorize, TokenURL: o.Auth + token, AuthStyle: oauth2.AuthStyleInParams}},
	}
}

// stay keeps secrets from wherever a provider might redirect.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// Name is how the shop's addresses call it.
func (p *Provider) Name() string { return p.name }

// NewVerifier makes a secret that proves that who redeems a code is who asked for it (RFC 7636). A provider that does not know of it passes it over (RFC 6749, 3.1).
func NewVerifier() string { return oauth2.GenerateVerifier() }

// Address is where a browser is sent, to come back to back with that state. Again has the person say their password even if the provider knows them.
func (p *Provider) Address(state, verifier, back string, again bool) string {
	c := p.config
	c.RedirectURL = back
	options := []oauth2.AuthCodeOption{oauth2.S256ChallengeOption(verifier)}
	if again {
		options = append(options, p.again)
	}
	return c.AuthCodeURL(state, options...)
}

// Person redeems the code with which a browser came back and asks who it is. customer.NotConfirmed where the provider does not say so, customer.ProviderSilent where it does not
// answer, or not so that it can be understood.
func (p *Provider) Person(ctx context.Context, code, state, verifier, back string) (customer.Person, error) {
	ctx, cancel := context.WithTimeout(context.WithValue(ctx, oauth2.HTTPClient, p.client), p.timeout)
	defer cancel()
	c := p.config
	c.RedirectURL = back
	token, err := c.Exchange(ctx, code, oauth2.VerifierOption(verifier), oauth2.SetAuthURLParam("state", state)) // Naver wants the state again
	if err != nil {
		return customer.Person{}, p.failed(err)
	}
	body, err := p.ask(ctx, token.AccessToken)
	if err != nil {
		return customer.Person{}, err
	}
	who, err := p.read(body, p.now())
	if err != nil || who.Subject == "" {
		return customer.Person{}, customer.ProviderSilent.Because("%s: who it is cannot be read: %v", p.name, err)
	}
	who.Provider = p.name
	return who, nil
}

// failed says whether the provider refused or could not answer. What it answered may hold what is nobody's business, so only its code is kept.
func (p *Provider) failed(err error) error {
	var refused *oauth2.RetrieveError
	if !errors.As(err, &refused) {
		return customer.ProviderSilent.Because("%s: %w", p.name, plain(err))
	}
	if refused.Response != nil && refused.Response.StatusCode >= 500 {
		return customer.ProviderSilent.Because("%s: %s", p.name, refused.Response.Status)
	}
	return customer.NotConfirmed.Because("%s: %s", p.name, refused.ErrorCode)
}

// plain is an error without the address that was asked, which holds secrets.
func plain(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return context.DeadlineExceeded
	}
	_, last, found := strings.Cut(err.Error(), "\": ")
	if !found {
		return errors.New("no answer that can be read")
	}
	return errors.New(last)
}

const maxPerson = 64 << 10 // bytes

func (p *Provider) ask(ctx context.Context, token string) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, p.person, nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer "+token)
	resp, err := p.client.Do(r)
	if err != nil {
		return nil, customer.ProviderSilent.Because("%s: %w", p.name, plain(err))
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxPerson))
	if err != nil {
		return nil, customer.ProviderSilent.Because("%s: %w", p.name, plain(err))
	}
	switch {
	case resp.StatusCode == http.StatusUnauthorized || resp.StatusCode == http.StatusForbidden:
		return nil, customer.NotConfirmed.Because("%s: %s", p.name, resp.Status)
	case resp.StatusCode != http.StatusOK:
		return nil, customer.ProviderSilent.Because("%s: %s", p.name, resp.Status)
	}
	return body, nil
}

// decode reads JSON of which the rest is of no interest.
func decode(body []byte, v any) error {
	if err := json.Unmarshal(body, v); err != nil {
		return fmt.Errorf("not JSON: %d bytes", len(body)) // and not what they say
	}
	return nil
}
