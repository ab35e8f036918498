//go:build linux

package stack

import (
	"context"
	"io"
	"net"
)

// Pass lets people outside the lab in: whoever connects to the listener is connected with the shop, like a visitor in the lab's internet. It ends with ctx.
func (s *Stack) Pass(ctx context.Context, l net.Listener) {
	context.AfterFunc(ctx, func() { l.Close() })
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go s.join(ctx, c)
	}
}

func (s *Stack) join(ctx context.Context, c net.Conn) {
	defer c.Close()
	shop, err := s.Dial(ctx, "tcp", net.JoinHostPort(Name, "80"))
	if err != nil {
		return
	}
	defer shop.Close()
	go func() {
		io.Copy(shop, c)
		shop.(*net.TCPConn).CloseWrite()
	}()
	io.Copy(c, shop)
}
