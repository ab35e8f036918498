package parts

import (
	"context"
	"fmt"
	"net"
	"path/filepath"
	"strings"
	"syscall"

	"myclothes/internal/lab/host"
)

const dnsPort = 53

// DNS is a name server that knows one name.
type DNS struct {
	*host.Process
	host *host.Host
	name string
}

// StartDNS starts the server, which at first has no address for the name.
func StartDNS(ctx context.Context, h *host.Host, name string) (*DNS, error) {
	d := &DNS{host: h, name: name}
	hosts, err := d.write(nil)
	if err != nil {
		return nil, err
	}
	args := []string{"dnsmasq", "--conf-file=" + filepath.Join(h.Dir, "dnsmasq.conf"), "--no-daemon", "--pid-file=",
		"--listen-address=" + h.IP, "--bind-interfaces", "--no-resolv", "--no-hosts", "--addn-hosts=" + hosts, "--local-ttl=1", "--local=/" + name + "/"}
	if _, err := h.Write("dnsmasq.conf", ""); err != nil {
		return nil, err
	}
	if d.Process, err = h.Start(host.Command{Name: "dnsmasq", Args: args}); err != nil {
		return nil, err
	}
	return d, d.Await(ctx, slow, func() error { return listens(ctx, h, dnsPort) })
}

func (d *DNS) write(addresses []string) (string, error) {
	var text strings.Builder
	for _, a := range addresses {
		fmt.Fprintln(&text, a, d.name)
	}
	return d.host.Write("hosts", text.String())
}

// Answer has the server answer with these addresses from now on.
func (d *DNS) Answer(addresses []string) error {
	_, err := d.write(addresses)
	d.Signal(syscall.SIGHUP)
	return err
}

// Resolver looks names up at this server, from another machine.
func (d *DNS) Resolver(from *host.Host) *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return from.Dial(ctx, "udp", d.host.At(dnsPort))
	}}
}
