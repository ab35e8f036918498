package shoppers

import "time"

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
