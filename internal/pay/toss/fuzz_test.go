package toss

import (
	"testing"

	"myclothes/internal/money"
	"myclothes/internal/payment"
)

// FuzzDecode: no answer breaks the adapter, and none that it believes lacks a name or has an impossible amount.
func FuzzDecode(f *testing.F) {
	for _, s := range []string{good, "", "null", "[]", `{"paymentKey":"k","orderId":"o","status":"NEW","currency":"KRW","totalAmount":1,"balanceAmount":1}`,
		`{"approvedAt":1}`, `{"totalAmount":1e400}`, `{"status":"ABORTED","failure":{"code":"X"}}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		w, err := decode(body)
		if err != nil {
			return
		}
		r := w.result()
		if r.Key == "" || r.OrderID == "" || r.Status == "" || r.Balance < 0 || r.Balance > r.Total || r.Total > money.Max {
			t.Fatalf("believed %+v", r)
		}
		if r.Status == payment.AtUnheard && statuses[w.Status] != "" {
			t.Fatalf("%s was heard before", w.Status)
		}
		w.checkoutURL()
	})
}

// FuzzClassify: only a code of the table, with its status, refuses.
func FuzzClassify(f *testing.F) {
	f.Add(403, []byte(`{"code":"REJECT_CARD_PAYMENT","message":"no"}`))
	f.Add(500, []byte(`{"code":"REJECT_CARD_PAYMENT"}`))
	f.Add(400, []byte(`{"code":1}`))
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		err := confirmRefusals.classify(status, body)
		if r, ok := err.(*payment.RefusedError); ok && (confirmRefusals[r.Code] != status || len([]rune(r.Message)) > maxMessage) {
			t.Fatalf("HTTP %d refused with %+v", status, r)
		}
	})
}
