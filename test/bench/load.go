package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// conn is one client of a server: a kept connection and no more, so that the load costs as little as can be beside what it measures.
type conn struct {
	host string
	net  net.Conn
	in   *bufio.Reader
}

func dial(host string) (*conn, error) {
	c, err := net.Dial("tcp", host)
	if err != nil {
		return nil, err
	}
	return &conn{host, c, bufio.NewReaderSize(c, 64<<10)}, nil
}

// answer is what a server said. Body is empty unless it was asked for.
type answer struct {
	status   int
	cookie   string // of a Set-Cookie, name and value
	location string
	body     []byte
}

// do sends one request and reads the answer.
func (c *conn) do(method, path, headers, body string, keep bool) (answer, error) {
	if body != "" {
		headers += "Content-Length: " + strconv.Itoa(len(body)) + "\r\n"
	}
	if _, err := io.WriteString(c.net, method+" "+path+" HTTP/1.1\r\nHost: "+c.host+"\r\n"+headers+"\r\n"+body); err != nil {
		return answer{}, err
	}
	var a answer
	line, err := c.in.ReadString('\n')
	if err != nil || len(line) < 12 {
		return a, fmt.Errorf("status line %q: %v", line, err)
	}
	a.status, _ = strconv.Atoi(line[9:12])
	length, chunked := 0, false
	for {
		line, err := c.in.ReadString('\n')
		if err != nil {
			return a, err
		}
		if line == "\r\n" {
			break
		}
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch strings.ToLower(name) {
		case "content-length":
			length, _ = strconv.Atoi(value)
		case "transfer-encoding":
			chunked = true
		case "set-cookie":
			a.cookie, _, _ = strings.Cut(value, ";")
		case "location":
			a.location = value
		}
	}
	a.body, err = c.read(length, chunked, keep)
	return a, err
}

func (c *conn) read(length int, chunked, keep bool) ([]byte, error) {
	if !chunked {
		return c.take(length, keep)
	}
	var all []byte
	for {
		line, err := c.in.ReadString('\n')
		if err != nil {
			return nil, err
		}
		n, err := strconv.ParseInt(strings.TrimSpace(line), 16, 64)
		if err != nil {
			return nil, err
		}
		part, err := c.take(int(n), keep)
		if err != nil {
			return nil, err
		}
		if _, err := c.in.Discard(2); err != nil {
			return nil, err
		}
		all = append(all, part...)
		if n == 0 {
			return all, nil
		}
	}
}

func (c *conn) take(n int, keep bool) ([]byte, error) {
	if !keep {
		_, err := c.in.Discard(n)
		return nil, err
	}
	b := make([]byte, n)
	_, err := io.ReadFull(c.in, b)
	return b, err
}

// figures are one measurement.
type figures struct {
	rate     float64       // per second
	p50, p99 time.Duration // of one operation
	cpu      time.Duration // of the servers, per operation
}

// measure runs op in as many clients as told, each after its own last answer, for that long after a warm-up of a quarter of it, and after
// what warm then still has to do. pids are the servers whose processor time counts.
func measure(clients int, took time.Duration, pids []int, warm func() error, op func(client, n int) error) (figures, error) {
	var mu sync.Mutex
	var all []time.Duration
	var failed error
	phase := func(length time.Duration, record bool) {
		var wg sync.WaitGroup
		until := time.Now().Add(length)
		for client := range clients {
			wg.Go(func() {
				var mine []time.Duration
				for n := 0; time.Now().Before(until); n++ {
					begin := time.Now()
					if err := op(client, n); err != nil {
						mu.Lock()
						failed = err
						mu.Unlock()
						return
					}
					mine = append(mine, time.Since(begin))
				}
				if record {
					mu.Lock()
					all = append(all, mine...)
					mu.Unlock()
				}
			})
		}
		wg.Wait()
	}
	phase(took/4, false)
	if err := warm(); err != nil {
		return figures{}, err
	}
	before, begin := used(pids), time.Now()
	phase(took, true)
	elapsed, spent := time.Since(begin), used(pids)-before
	if failed != nil || len(all) == 0 {
		return figures{}, fmt.Errorf("%d operations: %w", len(all), failed)
	}
	slices.Sort(all)
	return figures{float64(len(all)) / elapsed.Seconds(), all[len(all)/2], all[len(all)*99/100], spent / time.Duration(len(all))}, nil
}

func used(pids []int) time.Duration {
	var sum time.Duration
	for _, p := range pids {
		if p != 0 {
			sum += cpu(p)
		}
	}
	return sum
}
