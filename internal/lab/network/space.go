//go:build linux

package network

import (
	"context"
	"net"
	"os"
	"runtime"

	"golang.org/x/sys/unix"
)

// space is a network namespace that this process can look out of.
type space struct{ file *os.File }

func open(name string) (space, error) {
	f, err := os.Open("/run/netns/" + name)
	return space{f}, err
}

// Within runs do on a thread that is on that machine: sockets made there stay there.
func (n *Network) Within(machine string, do func() error) error {
	s, err := open(machine)
	if err != nil {
		return err
	}
	defer s.file.Close()
	return s.within(do)
}

// within changes the thread's namespace and back. A thread that does not get back ends with its goroutine.
func (s space) within(do func() error) error {
	done := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		home, err := os.Open("/proc/thread-self/ns/net")
		if err != nil {
			done <- err
			return
		}
		defer home.Close()
		if err := unix.Setns(int(s.file.Fd()), unix.CLONE_NEWNET); err != nil {
			done <- err
			return
		}
		err = do()
		if unix.Setns(int(home.Fd()), unix.CLONE_NEWNET) == nil {
			runtime.UnlockOSThread()
		}
		done <- err
	}()
	return <-done
}

// dial makes a connection from there. The address must be a number: names would be looked up on another thread.
func (s space) dial(ctx context.Context, network, address string) (c net.Conn, err error) {
	err = s.within(func() (err error) {
		c, err = (&net.Dialer{}).DialContext(ctx, network, address)
		return err
	})
	return c, err
}
