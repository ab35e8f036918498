package valkey

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"

	"github.com/valkey-io/valkey-go"
)

// refresh is how often the Sentinels are asked for the master, in case their message was missed.
const refresh = 2 * time.Second

// connections is how many calls may be under way; more wait for one of them, within their budget.
const connections = 128

// buffer is of each connection and direction: a full cart has some 10 kB.
const buffer = 32 << 10

// link holds the client. It makes it in the background, for valkey-go must reach a server to make one: a home thereby opens while its servers are away.
type link struct {
	option valkey.ClientOption

	mu     sync.Mutex
	client valkey.Client
	making chan struct{} // closed at the end of the attempt that is under way; nil when none is
	err    error         // of the last attempt
	closed bool
}

func newLink(o Options) *link {
	dialer := net.Dialer{Timeout: o.Budget, KeepAlive: time.Second}
	option := valkey.ClientOption{
		InitAddress: o.Addresses, Username: o.Username, Password: o.Password, TLSConfig: o.TLS, ClientName: "myclothes",
		Dialer: dialer, ConnWriteTimeout: max(time.Second, 2*o.Budget), // a connection on which nothing comes back so long is given up
		ReadBufferEachConn: buffer, WriteBufferEachConn: buffer, BlockingPoolSize: connections, BlockingPoolCleanup: time.Minute,
		AlwaysRESP2:  true,                              // its answers to HGETALL are lists, which are cheaper to read than maps
		DisableCache: true, DisableAutoPipelining: true, // a connection per call: sharing one costs each call two turns of the scheduler
		ForceSingleClient: o.Layout == Single,
	}
	if o.Layout == Sentinel {
		option.Sentinel = valkey.SentinelOption{MasterSet: o.Master, Username: o.Username, Password: o.Password, TLSConfig: o.TLS, Dialer: dialer,
			TopologyRefreshInterval: refresh}
	}
	return &link{option: option}
}

var errClosed = errors.New("the home is closed")

// get returns the client, if need be after the attempt to make it that is under way or begins now.
func (l *link) get(ctx context.Context) (valkey.Client, error) {
	l.mu.Lock()
	if l.client != nil || l.closed {
		defer l.mu.Unlock()
		return l.client, l.err
	}
	if l.making == nil {
		l.making = make(chan struct{})
		go l.make(l.making)
	}
	made := l.making
	l.mu.Unlock()
	select {
	case <-made:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.client, l.err
}

func (l *link) make(made chan struct{}) {
	defer close(made)
	client, err := valkey.NewClient(l.option)
	if err != nil && client != nil {
		client.Close()
		client = nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.making = nil; !l.closed {
		l.client, l.err = client, err
	} else if client != nil {
		go client.Close()
	}
}

// close ends the client. It waits at most d for calls that are under way.
func (l *link) close(d time.Duration) {
	l.mu.Lock()
	client := l.client
	l.client, l.err, l.closed = nil, errClosed, true
	l.mu.Unlock()
	if client == nil {
		return
	}
	ended := make(chan struct{})
	go func() { client.Close(); close(ended) }()
	select {
	case <-ended:
	case <-time.After(d):
	}
}
