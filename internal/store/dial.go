package store

import (
	"context"
	"net"
	"time"
)

const (
	connectWithin = 2 * time.Second // to one server
	// silentFor is how long a server may not acknowledge what was sent, or not answer a probe of an idle connection, before the connection is given up.
	silentFor = 3 * time.Second
)

// dial connects to PostgreSQL so that a server which vanishes without a word is noticed within silentFor, not when the system's patience ends.
func dial(ctx context.Context, network, address string) (net.Conn, error) {
	d := net.Dialer{Control: bound(silentFor), KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: time.Second, Interval: time.Second, Count: 2}}
	return d.DialContext(ctx, network, address)
}
