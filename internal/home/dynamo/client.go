package dynamo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go"

	"myclothes/internal/fault"
)

// found looks for credentials where AWS's own tools do: the environment, the shared files, the role of the container or instance. Nothing is asked before
// the first request. A compatible server wants some and believes any.
func found(ctx context.Context, o Options) (aws.CredentialsProvider, error) {
	if o.Endpoint != "" && os.Getenv("AWS_ACCESS_KEY_ID") == "" {
		return credentials.NewStaticCredentialsProvider("local", "local", ""), nil
	}
	c, err := config.LoadDefaultConfig(ctx, config.WithRegion(o.Region))
	if err != nil {
		return nil, fmt.Errorf("dynamodb: credentials: %w", err)
	}
	return c.Credentials, nil
}

// newClient makes a client that neither retries nor waits: that is decided here.
func newClient(o Options) (*dynamodb.Client, *http.Transport) {
	dialer := &net.Dialer{Timeout: o.Attempt, KeepAlive: 30 * time.Second}
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment, DialContext: dialer.DialContext, TLSHandshakeTimeout: o.Attempt,
		MaxIdleConns: 256, MaxIdleConnsPerHost: 256, IdleConnTimeout: time.Minute}
	options := dynamodb.Options{Region: o.Region, Credentials: o.Credentials, Retryer: aws.NopRetryer{}, HTTPClient: &http.Client{Transport: inOne{transport}}}
	if o.Endpoint != "" {
		options.BaseEndpoint = aws.String(o.Endpoint)
	}
	return dynamodb.New(options), transport
}

// inOne sends a request's head and body in one write. The SDK's own body is of a kind that net/http sends apart, and that the SDK closes when the answer
// comes: from a server nearby that can be while net/http still looks for the body's end, and ends the connection in the middle of the answer.
type inOne struct{ *http.Transport }

func (t inOne) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body == nil {
		return t.Transport.RoundTrip(r)
	}
	body, err := io.ReadAll(r.Body)
	r.Body.Close()
	if err != nil {
		return nil, err
	}
	r = r.WithContext(r.Context()) // a copy
	r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	r.Body, _ = r.GetBody()
	return t.Transport.RoundTrip(r)
}

// Waits between attempts are anything up to a limit that doubles: clients that were refused together do not come back together.
const (
	firstWait = 20 * time.Millisecond
	mostWait  = 200 * time.Millisecond
)

func wait(ctx context.Context, attempt int) error {
	t := time.NewTimer(rand.N(min(mostWait, firstWait<<min(attempt, 10))))
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// again sends a request until it is answered with something that another attempt would not change, or the budget in ctx is spent. The error is the last
// attempt's. A request that changes something must bear being sent twice.
func again[T any](ctx context.Context, h *Home, send func(context.Context) (T, error)) (T, error) {
	for attempt := 0; ; attempt++ {
		one, cancel := context.WithTimeout(ctx, h.o.Attempt)
		out, err := send(one)
		cancel()
		if err == nil || !passing(err) || wait(ctx, attempt) != nil {
			return out, err
		}
	}
}

// passing reports whether an error may be gone at the next attempt: nothing was answered, the server failed, or it was asked too much.
func passing(err error) bool {
	var answer smithy.APIError
	if !errors.As(err, &answer) {
		return true
	}
	var status interface{ HTTPStatusCode() int }
	if errors.As(err, &status) && status.HTTPStatusCode() >= 500 {
		return true
	}
	_, throttled := retry.DefaultThrottleErrorCodes[answer.ErrorCode()]
	return throttled
}

// refused returns the item as it was when a condition did not hold. Where there was none, or the server does not tell, it is nil.
func refused(err error) (old item, ok bool) {
	var c *types.ConditionalCheckFailedException
	if !errors.As(err, &c) {
		return nil, false
	}
	return c.Item, true
}

// judge makes of a call's error what its caller is told: what concerns one cart is broken, all else is out of order.
func judge(caller context.Context, err error) error {
	var known *fault.Error
	var answer smithy.APIError
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case caller.Err() != nil:
		return caller.Err()
	case errors.As(err, &answer) && answer.ErrorCode() == "ValidationException", errors.As(err, &answer) && answer.ErrorCode() == "ItemCollectionSizeLimitExceededException":
		return fmt.Errorf("dynamodb: %s: %s", answer.ErrorCode(), answer.ErrorMessage())
	case errors.As(err, &answer):
		return fault.OutOfOrder.Because("dynamodb: %s: %s", answer.ErrorCode(), answer.ErrorMessage())
	}
	return fault.OutOfOrder.Because("dynamodb: %w", err)
}
