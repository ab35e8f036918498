package parts

import (
	"bufio"
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"myclothes/internal/lab/host"
)

// Redis is a server, or a Sentinel, that keeps nothing on disk.
type Redis struct {
	*host.Process
	host *host.Host
	port int
}

// StartRedis starts a server with further options: "--replicaof", "10.1.2.11 6379".
func StartRedis(ctx context.Context, h *host.Host, port int, options ...string) (*Redis, error) {
	options = append([]string{"--save", "", "--appendonly", "no", "--repl-diskless-sync-delay", "0", "--protected-mode", "no"}, options...)
	return startRedis(ctx, h, "redis", "", port, options)
}

// StartSentinel starts a Sentinel that watches the master at ip:master under the name shop, and replaces it when two Sentinels miss it.
func StartSentinel(ctx context.Context, h *host.Host, port int, ip string, master int) (*Redis, error) {
	return startRedis(ctx, h, "sentinel", fmt.Sprintf(sentinelSettings, ip, master), port, []string{"--sentinel", "--protected-mode", "no"})
}

const sentinelSettings = `sentinel monitor shop %s %d 2
sentinel down-after-milliseconds shop 1000
sentinel failover-timeout shop 5000
sentinel parallel-syncs shop 2
`

// startRedis gives the server a file for its settings, into which a Sentinel writes what it learns.
func startRedis(ctx context.Context, h *host.Host, name, settings string, port int, options []string) (*Redis, error) {
	file, err := h.Write(name+".conf", settings)
	if err != nil {
		return nil, err
	}
	r := &Redis{host: h, port: port}
	args := append([]string{"redis-server", file}, options...)
	args = append(args, "--port", strconv.Itoa(port), "--bind", h.IP, "--dir", h.Dir)
	if r.Process, err = h.Start(host.Command{Name: name, Args: args}); err != nil {
		return nil, err
	}
	return r, r.Await(ctx, slow, func() error { return r.Says(ctx, "PONG", "PING") })
}

// Says fails unless the answer to a command holds a text.
func (r *Redis) Says(ctx context.Context, text, command string) error {
	out, err := r.Ask(ctx, command)
	if err == nil && !strings.Contains(out, text) {
		err = fmt.Errorf("%s: %q is not in %q", command, text, out)
	}
	return err
}

// Ask sends one command, from the server's own host, and returns the answer as it came.
func (r *Redis) Ask(ctx context.Context, command string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	c, err := r.host.Dial(ctx, "tcp", r.host.At(r.port))
	if err != nil {
		return "", err
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(2 * time.Second))
	if _, err := fmt.Fprintf(c, "%s\r\n", command); err != nil {
		return "", err
	}
	in := bufio.NewReader(c)
	head, err := in.ReadString('\n')
	n, bulk := strings.CutPrefix(strings.TrimSpace(head), "$")
	if err != nil || !bulk {
		return strings.TrimSpace(head), err
	}
	size, err := strconv.Atoi(n)
	if err != nil || size < 0 {
		return "", err
	}
	body := make([]byte, size)
	for read := 0; read < size && err == nil; {
		var n int
		n, err = in.Read(body[read:])
		read += n
	}
	return string(body), err
}
