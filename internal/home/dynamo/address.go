package dynamo

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// Options are what a Home is made of. Parse reads them from an address; what the address does not say can be set after it.
type Options struct {
	Region   string
	Table    string
	Endpoint string // of a compatible server; empty is AWS's own of the region
	Create   bool   // make the table where it is missing, billed per request: for development

	// Credentials sign the requests. nil looks for them where AWS's own tools do, and makes some up where Endpoint is set and the environment has none.
	Credentials aws.CredentialsProvider

	Keep    time.Duration    // how long a cart is kept after it was last looked at or changed; 0 is 90 days
	Budget  time.Duration    // how long one call may take with all its retries; 0 is 1 s
	Attempt time.Duration    // how long one request may take before it is sent again; 0 is two fifths of the budget
	Now     func() time.Time // the clock by which carts expire; nil is time.Now
}

var (
	regions = regexp.MustCompile(`^[a-z0-9-]{1,63}$`)
	tables  = regexp.MustCompile(`^[A-Za-z0-9_.-]{3,255}$`)
)

// Parse reads an address: dynamodb://REGION/TABLE. After ?, endpoint=URL names a compatible server, create=true makes the table where it is missing,
// budget=DURATION says how long a call may take and keep=DURATION how long carts are kept. Credentials are never part of it.
func Parse(address string) (Options, error) {
	rest, ok := strings.CutPrefix(address, "dynamodb://")
	if !ok {
		return Options{}, errors.New("dynamodb: an address is dynamodb://REGION/TABLE")
	}
	rest, query, _ := strings.Cut(rest, "?")
	var o Options
	o.Region, o.Table, _ = strings.Cut(rest, "/")
	switch { // unquoted: somebody may have put credentials there
	case !regions.MatchString(o.Region):
		return Options{}, errors.New("dynamodb: after dynamodb:// comes a region such as ap-northeast-2, and no credentials")
	case !tables.MatchString(o.Table):
		return Options{}, errors.New("dynamodb: after the region comes /TABLE: 3 to 255 letters, digits, dots, _ and -")
	}
	all, err := url.ParseQuery(query)
	if err != nil {
		return Options{}, errors.New("dynamodb: what follows ? is no query")
	}
	for name, values := range all {
		if err := o.set(name, values[len(values)-1]); err != nil {
			return Options{}, err
		}
	}
	return o, nil
}

func (o *Options) set(name, value string) (err error) {
	switch name {
	case "endpoint":
		u, bad := url.Parse(value)
		if bad != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || u.RawQuery != "" {
			return errors.New("dynamodb: endpoint is not http://host:port or https://host:port")
		}
		o.Endpoint = value
	case "create":
		if o.Create, err = strconv.ParseBool(value); err != nil {
			return fmt.Errorf("dynamodb: create=%q is neither true nor false", value)
		}
	case "budget":
		o.Budget, err = duration(name, value)
	case "keep":
		o.Keep, err = duration(name, value)
	default:
		return fmt.Errorf("dynamodb: there is no setting %q, only endpoint, create, budget and keep", name)
	}
	return err
}

func duration(name, value string) (time.Duration, error) {
	d, err := time.ParseDuration(value)
	if err != nil || d < time.Millisecond {
		return 0, fmt.Errorf("dynamodb: %s=%q is not a time such as 500ms or 720h", name, value)
	}
	return d, nil
}

// complete fills in what was left open and refuses what cannot be.
func (o *Options) complete() error {
	if o.Region == "" || o.Table == "" {
		return errors.New("dynamodb: options without a region or a table")
	}
	if o.Keep == 0 {
		o.Keep = 90 * 24 * time.Hour
	}
	if o.Budget == 0 {
		o.Budget = time.Second
	}
	if o.Attempt == 0 {
		o.Attempt = o.Budget * 2 / 5
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return nil
}
