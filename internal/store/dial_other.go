//go:build !linux

package store

import (
	"syscall"
	"time"
)

// bound does nothing where the system cannot be asked for it.
func bound(time.Duration) func(network, address string, c syscall.RawConn) error { return nil }
