package tosssim

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestMoneyAddsUp plays random buyers, shops, refunds, waits and crashes: one capture at most, never more back than was
// taken, and the ledger, the Payment object and the replayed journal always agree.
func TestMoneyAddsUp(t *testing.T) {
	dir, run := t.TempDir(), 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		journal := journalAt(filepath.Join(dir, fmt.Sprint(run)))
		hasty := func(o *Options) { o.HangFor = time.Nanosecond }
		w := newWorld(t, journal, hasty)
		defer func() { w.Close() }()
		key := w.made()
		results := []string{approve, decline, leave, declineAtConfirm, slow, timeoutBefore, timeoutAfter, errorBefore, errorAfter}
		rt.Repeat(map[string]func(*rapid.T){
			"choose": func(rt *rapid.T) { w.choose(key, rapid.SampledFrom(results).Draw(rt, "result")) },
			"confirm": func(rt *rapid.T) {
				w.api("POST", "/v1/payments/confirm", confirmBody(key), idem, rapid.SampledFrom([]string{"a", "b", "c"}).Draw(rt, "key"))
			},
			"cancel": func(rt *rapid.T) {
				w.api("POST", "/v1/payments/"+key+"/cancel", fmt.Sprintf(`{"cancelReason":"x","cancelAmount":%d}`,
					rapid.IntRange(1, 16000).Draw(rt, "amount")), idem, fmt.Sprint(rapid.IntRange(0, 5).Draw(rt, "key")))
			},
			"wait": func(rt *rapid.T) {
				w.now = w.now.Add(time.Duration(rapid.IntRange(1, 20).Draw(rt, "minutes")) * time.Minute)
			},
			"again": func(*rapid.T) { key = w.api("GET", "/v1/payments/orders/order-1", "").PaymentKey },
			"crash": func(*rapid.T) { w.journal.Close(); w.open(journal, hasty) },
			"": func(rt *rapid.T) {
				l, a := w.orders()[0], w.api("GET", "/v1/payments/orders/order-1", "")
				if l.Captures > 1 || l.Captured-l.Refunded < 0 || l.Captured != a.TotalAmount.Times(l.Captures) {
					rt.Fatalf("%+v", l)
				}
				if l.Captures == 1 && l.Captured-l.Refunded != a.BalanceAmount {
					rt.Fatalf("the ledger has %d, the payment %d", l.Captured-l.Refunded, a.BalanceAmount)
				}
				if a.SuppliedAmount+a.VAT != a.BalanceAmount {
					rt.Fatalf("%s", a.raw)
				}
			},
		})
	})
}
