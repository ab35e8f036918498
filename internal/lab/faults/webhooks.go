//go:build linux

package faults

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"time"

	"myclothes/internal/lab/host"
	"myclothes/internal/lab/stack"
)

// hook is one webhook: what it says, and how long after the provider knew of the payment.
type hook struct {
	says  string
	after time.Duration
}

// What is sent for each payment that the provider comes to know.
var (
	twice   = []hook{{"DONE", 0}, {"DONE", 100 * time.Millisecond}, {"DONE", 6 * time.Second}}
	early   = []hook{{"DONE", 0}}
	against = []hook{{"DONE", time.Second}, {"ABORTED", time.Second + 46*time.Millisecond}}
)

// webhooks has the provider's machine tell of every payment, beside what the simulator says itself, as somebody does whose messages are late, wrong or repeated.
func webhooks(all []hook) func(context.Context, *World, *rand.Rand) (string, func(context.Context) error, error) {
	return func(ctx context.Context, w *World, _ *rand.Rand) (string, func(context.Context) error, error) {
		ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
		t := &teller{stack: w.Stack, hooks: all}
		var running sync.WaitGroup
		running.Go(func() { t.tell(ctx) })
		return "payments", func(context.Context) error {
			cancel()
			running.Wait()
			if t.sent > 0 && t.taken == 0 {
				return fmt.Errorf("none of %d webhooks was answered with 200: %w", t.sent, t.err)
			}
			return nil
		}, nil
	}
}

type teller struct {
	stack *stack.Stack
	hooks []hook

	mu          sync.Mutex
	sent, taken int
	err         error
}

// tell looks at the ledger again and again, and sends for each payment that is new there; it returns when the last has been sent.
func (t *teller) tell(ctx context.Context) {
	payer, ledger := t.stack.Payer()
	known, first := map[string]bool{}, true
	var sending sync.WaitGroup
	defer sending.Wait()
	for ctx.Err() == nil {
		for _, id := range payments(ctx, payer, ledger) {
			if known[id] || first {
				known[id] = true
				continue
			}
			known[id] = true
			for _, h := range t.hooks {
				sending.Go(func() {
					wait(ctx, h.after)
					t.send(payer, id, h.says)
				})
			}
		}
		first = false
		wait(ctx, 100*time.Millisecond)
	}
}

func payments(ctx context.Context, from *host.Host, ledger string) (all []string) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, ledger, nil)
	if err != nil {
		return nil
	}
	resp, err := from.Client(time.Second).Do(req)
	if err != nil {
		return nil
	}
	defer resp.Body.Close()
	var doc struct {
		Orders []struct {
			ID string `json:"order_id"`
		}
	}
	if json.NewDecoder(resp.Body).Decode(&doc) != nil {
		return nil
	}
	for _, o := range doc.Orders {
		all = append(all, o.ID)
	}
	return all
}

func (t *teller) send(payer *host.Host, id, says string) {
	doors := t.stack.Door.Healthy()
	if len(doors) == 0 {
		return
	}
	text := fmt.Sprintf(`{"eventType":"PAYMENT_STATUS_CHANGED","createdAt":%q,"data":{"orderId":%q,"status":%q}}`, time.Now().Format("2006-01-02T15:04:05.000000"), id, says)
	req, err := http.NewRequest(http.MethodPost, "http://"+doors[0]+"/webhooks/toss", strings.NewReader(text))
	if err != nil {
		return
	}
	req.Host = stack.Name
	req.Header.Set("Content-Type", "application/json")
	resp, err := payer.Client(5 * time.Second).Do(req)
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.sent++; err != nil {
		t.err = err
		return
	}
	resp.Body.Close()
	if resp.StatusCode == http.StatusOK {
		t.taken++
	} else {
		t.err = fmt.Errorf("%s", resp.Status)
	}
}

func wait(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
