//go:build linux

package faults

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"syscall"
	"time"
)

func killCache(ctx context.Context, w *World, _ *rand.Rand) (string, func(context.Context) error, error) {
	i, err := w.Stack.CacheMaster(ctx)
	if err != nil {
		return "", nil, err
	}
	w.Stack.Caches[i].Kill()
	return w.Stack.CacheHost(i).Name, func(context.Context) error {
		if w.Stack.Caches[i].Over() {
			return w.Stack.Caches[i].Again()
		}
		return nil
	}, nil
}

func pauseCache(ctx context.Context, w *World, _ *rand.Rand) (string, func(context.Context) error, error) {
	i, err := w.Stack.CacheMaster(ctx)
	if err != nil {
		return "", nil, err
	}
	w.Stack.Caches[i].Signal(syscall.SIGSTOP)
	return w.Stack.CacheHost(i).Name, func(context.Context) error { w.Stack.Caches[i].Signal(syscall.SIGCONT); return nil }, nil
}

func flushCache(ctx context.Context, w *World, _ *rand.Rand) (string, func(context.Context) error, error) {
	i, err := w.Stack.CacheMaster(ctx)
	if err != nil {
		return "", nil, err
	}
	_, err = w.Stack.Caches[i].Ask(ctx, "FLUSHALL")
	return w.Stack.CacheHost(i).Name, nil, err
}

const (
	cachePort = 6379
	slowPort  = 6380
)

// slowCache leads every connection to the master through a proxy on its machine, which keeps each piece of an answer back for a while.
func slowCache(by time.Duration) func(context.Context, *World, *rand.Rand) (string, func(context.Context) error, error) {
	return func(ctx context.Context, w *World, _ *rand.Rand) (string, func(context.Context) error, error) {
		i, err := w.Stack.CacheMaster(ctx)
		if err != nil {
			return "", nil, err
		}
		h := w.Stack.CacheHost(i)
		var l net.Listener
		err = w.Stack.Network.Within(h.Name, func() (err error) {
			l, err = net.Listen("tcp4", h.At(slowPort))
			return err
		})
		if err != nil {
			return "", nil, err
		}
		go forward(l, func() (net.Conn, error) { return h.Dial(context.WithoutCancel(ctx), "tcp", h.At(cachePort)) }, by)
		err = w.Stack.Network.Redirect(ctx, w.Stack.Node(h), cachePort, slowPort)
		w.Stack.Caches[i].Ask(ctx, "CLIENT KILL TYPE normal") // those that are open would not be led
		return h.Name, func(ctx context.Context) error {
			err := w.Stack.Network.Straight(ctx, w.Stack.Node(h))
			w.Stack.Caches[i].Ask(ctx, "CLIENT KILL TYPE normal")
			return errors.Join(err, l.Close())
		}, err
	}
}

// forward joins whoever comes with a connection of its own, and delays the answers, until the listener is closed.
func forward(l net.Listener, dial func() (net.Conn, error), by time.Duration) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			defer c.Close()
			to, err := dial()
			if err != nil {
				return
			}
			defer to.Close()
			go func() {
				io.Copy(to, c)
				to.Close()
			}()
			delay(c, to, by)
		}()
	}
}

// delay passes on each piece as long after it came as is said.
func delay(to io.Writer, from io.Reader, by time.Duration) {
	buffer := make([]byte, 64<<10)
	for {
		n, err := from.Read(buffer)
		time.Sleep(by)
		if _, failed := to.Write(buffer[:n]); err != nil || failed != nil {
			return
		}
	}
}
