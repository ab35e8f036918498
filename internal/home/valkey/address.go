package valkey

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Layout is how the servers are arranged.
type Layout string

const (
	Single   Layout = "single"
	Sentinel Layout = "sentinel" // a master and its replicas, watched by Sentinels
	Cluster  Layout = "cluster"  // several masters that share the keys
)

// Options are what a Home is made of. Parse reads them from an address; what the address does not say can be set after it.
type Options struct {
	Layout    Layout
	Addresses []string // host:port: of the server, of the Sentinels, or of some of the cluster's nodes
	Master    string   // the name by which the Sentinels know the master
	Username  string   // empty is the server's default user
	Password  string
	TLS       *tls.Config // nil is plain TCP

	Keep     time.Duration // how long a cart is kept after it was last looked at or changed; 0 is 90 days
	Budget   time.Duration // how long one call may take; 0 is 250 ms
	Replicas int           // how many replicas must have a change before it is acknowledged; 0 waits for none
	WaitFor  time.Duration // how long to wait for them; 0 is half the budget

	Failures int              // so many failures in a row end the asking; 0 is 5
	Rest     time.Duration    // so long nobody asks, then one call tries; 0 is 1 s
	Resting  func(bool)       // is told when the asking ends and when it begins again; nil tells nobody
	Now      func() time.Time // the clock of Rest; nil is time.Now
}

// String describes the servers without the password.
func (o Options) String() string {
	return fmt.Sprintf("valkey %s %s %s tls=%t", o.Layout, strings.Join(o.Addresses, ","), o.Master, o.TLS != nil)
}

// GoString is String, so that no way of printing shows the password.
func (o Options) GoString() string { return o.String() }

var layouts = map[string]Layout{"": Single, "sentinel": Sentinel, "cluster": Cluster}

// Parse reads an address:
//
//	valkey://[USER:PASSWORD@]host[:6379]
//	valkey+sentinel://[USER:PASSWORD@]host[:26379],host[:26379]/NAME
//	valkey+cluster://[USER:PASSWORD@]host[:6379],host[:6379]
//
// The scheme valkeys, valkeys+sentinel or valkeys+cluster speaks TLS. User and password are percent-encoded and those of the Sentinels too. After ?, wait=N asks
// for N replicas to have each change, wait-for=DURATION says how long that may take, budget=DURATION how long a call, and keep=DURATION how long carts are kept.
// Errors never quote the user and password.
func Parse(address string) (Options, error) {
	scheme, rest, ok := strings.Cut(address, "://")
	base, how, _ := strings.Cut(scheme, "+")
	o := Options{Layout: layouts[how]}
	if !ok || base != "valkey" && base != "valkeys" || o.Layout == "" {
		return Options{}, errors.New("valkey: an address begins with valkey://, valkey+sentinel:// or valkey+cluster://, with valkeys for TLS")
	}
	if base == "valkeys" {
		o.TLS = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	if at := strings.LastIndexByte(rest, '@'); at >= 0 {
		if err := o.user(rest[:at]); err != nil {
			return Options{}, err
		}
		rest = rest[at+1:]
	}
	rest, query, _ := strings.Cut(rest, "?")
	hosts, path, _ := strings.Cut(rest, "/")
	if err := errors.Join(o.hosts(hosts), o.path(path), o.query(query)); err != nil {
		return Options{}, err
	}
	return o, nil
}

func (o *Options) user(info string) error {
	name, password, ok := strings.Cut(info, ":")
	if !ok {
		return errors.New("valkey: before @ comes USER:PASSWORD or :PASSWORD")
	}
	var err1, err2 error
	o.Username, err1 = url.PathUnescape(name)
	o.Password, err2 = url.PathUnescape(password)
	if err1 != nil || err2 != nil {
		return errors.New("valkey: the user or password is not percent-encoded: write % as %25")
	}
	return nil
}

func (o *Options) hosts(list string) error {
	port := "6379"
	if o.Layout == Sentinel {
		port = "26379"
	}
	for i, one := range strings.Split(list, ",") {
		a, ok := hostPort(one, port)
		if !ok { // unquoted: it may be a password whose @ is missing
			return fmt.Errorf("valkey: host %d is not host or host:port", i+1)
		}
		o.Addresses = append(o.Addresses, a)
	}
	if o.Layout == Single && len(o.Addresses) > 1 {
		return errors.New("valkey: several hosts need valkey+sentinel:// or valkey+cluster://")
	}
	return nil
}

// hostPort completes one host and checks its form.
func hostPort(s, port string) (string, bool) {
	if strings.HasSuffix(s, "]") || !strings.Contains(s, ":") {
		s += ":" + port
	}
	host, p, err := net.SplitHostPort(s)
	if n, bad := strconv.ParseUint(p, 10, 16); err != nil || bad != nil || n == 0 || host == "" || strings.ContainsAny(host, " %\t\r\n") {
		return "", false
	}
	return net.JoinHostPort(host, p), true
}

func (o *Options) path(path string) error {
	switch {
	case o.Layout == Sentinel && path == "":
		return errors.New("valkey: after the Sentinels comes /NAME, by which they know the master")
	case o.Layout == Sentinel && strings.Contains(path, "/"), o.Layout != Sentinel && path != "":
		return errors.New("valkey: nothing comes after the hosts' / but the name of the Sentinels' master: carts live in database 0")
	}
	o.Master = path
	return nil
}

func (o *Options) query(query string) error {
	all, err := url.ParseQuery(query)
	if err != nil {
		return errors.New("valkey: what follows ? is no query")
	}
	for name, values := range all {
		value := values[len(values)-1]
		switch name {
		case "wait":
			if o.Replicas, err = strconv.Atoi(value); err != nil || o.Replicas < 0 || o.Replicas > 100 {
				return fmt.Errorf("valkey: wait=%q is not a number of replicas", value)
			}
		case "wait-for":
			o.WaitFor, err = duration(name, value)
		case "budget":
			o.Budget, err = duration(name, value)
		case "keep":
			o.Keep, err = duration(name, value)
		default:
			return fmt.Errorf("valkey: there is no setting %q, only wait, wait-for, budget and keep", name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func duration(name, value string) (time.Duration, error) {
	d, err := time.ParseDuration(value)
	if err != nil || d < time.Millisecond {
		return 0, fmt.Errorf("valkey: %s=%q is not a time such as 100ms or 720h", name, value)
	}
	return d, nil
}

// complete fills in what was left open and refuses what cannot be.
func (o *Options) complete() error {
	if len(o.Addresses) == 0 || o.Layout == Sentinel && o.Master == "" {
		return errors.New("valkey: options without an address")
	}
	def(&o.Layout, Single)
	def(&o.Keep, 90*24*time.Hour)
	def(&o.Budget, 250*time.Millisecond)
	def(&o.WaitFor, o.Budget/2)
	def(&o.Failures, 5)
	def(&o.Rest, time.Second)
	if o.Replicas > 0 && (o.WaitFor < time.Millisecond || o.WaitFor >= o.Budget) {
		return fmt.Errorf("valkey: waiting %s for replicas does not fit into calls of at most %s", o.WaitFor, o.Budget)
	}
	if o.Resting == nil {
		o.Resting = func(bool) {}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return nil
}

// def sets what is zero.
func def[T comparable](v *T, to T) {
	var zero T
	if *v == zero {
		*v = to
	}
}
