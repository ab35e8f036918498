package toss

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"myclothes/internal/lang"
	"myclothes/internal/payment"
)

// maxBody is far above any Payment object; a larger answer makes no sense.
const maxBody = 1 << 20

// maxKey is the longest Idempotency-Key that Toss takes, in characters (400 INVALID_IDEMPOTENCY_KEY above it).
const maxKey = 300

// call is one request. Operations differ in what they send and in which codes are a definite no.
type call struct {
	method  string
	path    string // escaped, below the base URL
	key     string // Idempotency-Key; Toss ignores it on GET
	lang    lang.Tag
	body    any // nil for GET
	refused refusals
}

// do sends c once and returns the body of a 200, the refusal that c.refused lists, or an UnknownError. The Go transport may
// itself resend on a connection that the server had closed before reading anything; the idempotency key covers that.
func (p *Provider) do(ctx context.Context, c call) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, p.timeout)
	defer cancel()
	req, err := p.request(ctx, c)
	if err != nil {
		return nil, unknown("", err)
	}
	resp, err := p.http.Do(req)
	if err != nil {
		return nil, unknown("", withoutAddress(err))
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxBody+1))
	if err != nil {
		return nil, unknown("", err)
	}
	if len(body) > maxBody {
		return nil, unknown("", errors.New("the answer is too long"))
	}
	if resp.StatusCode != http.StatusOK {
		return nil, c.refused.classify(resp.StatusCode, body)
	}
	return body, nil
}

func (p *Provider) request(ctx context.Context, c call) (*http.Request, error) {
	var body io.Reader
	if c.body != nil {
		b, err := json.Marshal(c.body)
		if err != nil {
			return nil, err
		}
		body = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(ctx, c.method, p.base+c.path, body)
	if err != nil {
		return nil, err
	}
	p.authorize(req)
	req.Header.Set("Accept", "application/json")
	if c.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if c.key != "" {
		req.Header.Set("Idempotency-Key", c.key)
	}
	switch c.lang {
	case lang.English:
		req.Header.Set("Accept-Language", "en-US")
	case lang.Korean:
		req.Header.Set("Accept-Language", "ko-KR")
	}
	return req, nil
}

// idempotencyKey names one act for ever: the operation and our own name for it. The body is not part of Toss's scope, so a
// name must never be used for two acts. Names that a header cannot carry, or that are too long, are replaced by their hash.
func idempotencyKey(operation, name string) string {
	key := operation + "-" + name
	plain := strings.IndexFunc(key, func(r rune) bool { return r <= ' ' || r > '~' }) < 0
	if plain && len(key) <= maxKey {
		return key
	}
	sum := sha256.Sum256([]byte(name))
	return operation + "-sha256-" + hex.EncodeToString(sum[:])
}

// withoutAddress drops the address from an error of the HTTP client: it holds the paymentKey.
func withoutAddress(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

func unknown(code string, cause error) error {
	return &payment.UnknownError{Code: code, Cause: cause}
}

func unknownf(format string, args ...any) error { return unknown("", fmt.Errorf(format, args...)) }
