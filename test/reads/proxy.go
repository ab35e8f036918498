package reads

import (
	"io"
	"net"
	"sync/atomic"
	"testing"
	"time"
)

// proxy stands between the shop and a server, and answers as slowly as it is told.
type proxy struct {
	address string
	delay   atomic.Int64 // of every answer
}

func startProxy(t *testing.T, to string) *proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	p := &proxy{address: l.Addr().String()}
	go func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			go p.serve(in, to)
		}
	}()
	return p
}

func (p *proxy) slow(d time.Duration) { p.delay.Store(int64(d)) }

func (p *proxy) serve(in net.Conn, to string) {
	defer in.Close()
	out, err := net.DialTimeout("tcp", to, time.Second)
	if err != nil {
		return
	}
	defer out.Close()
	go func() {
		defer out.Close()
		io.Copy(out, in)
	}()
	b := make([]byte, 64<<10)
	for {
		n, err := out.Read(b)
		if d := time.Duration(p.delay.Load()); d > 0 {
			time.Sleep(d)
		}
		if n > 0 {
			if _, err := in.Write(b[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}
