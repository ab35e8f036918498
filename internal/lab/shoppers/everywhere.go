package shoppers

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"
)

// Everywhere has shoppers who have ordered something look at it again and again, and tells which instances answered, how often that was, and how often it was the order.
func (c *Crowd) Everywhere(times int) (instances map[string]int, asked, found int) {
	instances = map[string]int{}
	for range len(c.Shoppers) {
		s := <-c.idle
		if len(s.Orders) > 0 && asked < times {
			v := &visit{Shopper: s, act: "inquire"}
			for range 2 * looks {
				v.due = time.Now()
				_, o := v.findOrder(s.Orders[len(s.Orders)-1])
				if asked++; o == OK {
					found++
				}
				instances[c.History.last(s.ID).Instance]++
			}
		}
		c.idle <- s
	}
	return instances, asked, found
}

// last is the latest call of a shopper.
func (h *History) last(shopper int) Call {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i := len(h.calls) - 1; i >= 0; i-- {
		if h.calls[i].Shopper == shopper {
			return h.calls[i]
		}
	}
	return Call{}
}

// Page is what a visitor whom nobody knows is shown.
func (c *Crowd) Page(ctx context.Context, path string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.plan.URL+path, nil)
	if err != nil {
		return nil, err
	}
	resp, err := (&http.Client{Timeout: c.plan.Timeout, Transport: c.via}).Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", path, resp.Status)
	}
	return io.ReadAll(resp.Body)
}

// Own has visitors put something into their carts, and look at once, elsewhere as the balancers have it. It returns how many looked, and how many saw it (R1).
func (c *Crowd) Own(times int) (looked, saw int) {
	for i := range times {
		v := &visit{Shopper: newShopper(c, i), act: "basket", due: time.Now()}
		if v.add() != OK {
			continue
		}
		for range looks {
			var got cartDoc
			if o, _ := v.ask("GET", "/api/v1/cart", "", nil, &got); o != OK {
				continue
			}
			if looked++; len(got.Lines) > 0 {
				saw++
			}
		}
	}
	return looked, saw
}
