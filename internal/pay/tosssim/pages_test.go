package tosssim

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRedirects(t *testing.T) {
	for result, want := range map[string]struct {
		to     string
		code   string
		status string
	}{
		approve:          {"/ok", "", inProgress},
		slow:             {"/ok", "", inProgress},
		timeoutBefore:    {"/ok", "", inProgress},
		timeoutAfter:     {"/ok", "", inProgress},
		errorBefore:      {"/ok", "", inProgress},
		errorAfter:       {"/ok", "", inProgress},
		declineAtConfirm: {"/ok", "", inProgress},
		decline:          {"/no", "REJECT_CARD_COMPANY", aborted},
		leave:            {"/no", "PAY_PROCESS_CANCELED", aborted},
	} {
		w := newWorld(t)
		key := w.made()
		status, to := w.choose(key, result)
		if status != http.StatusSeeOther || to.Path != want.to || to.Query().Get("code") != want.code || to.Query().Get("orderId") != "order-1" {
			t.Errorf("%s: %d %s", result, status, to)
		}
		if want.code == "" {
			q := url.Values{"from": {"toss"}, "paymentType": {"NORMAL"}, "orderId": {"order-1"}, "paymentKey": {key}, "amount": {"15000"}}
			if diff := cmp.Diff(q, to.Query()); diff != "" {
				t.Errorf("%s: %s", result, diff)
			}
		} else if to.Query().Get("message") == "" {
			t.Errorf("%s: no message", result)
		}
		if a := w.api("GET", "/v1/payments/"+key, ""); a.Status != want.status {
			t.Errorf("%s: %s, want %s", result, a.Status, want.status)
		}
		if _, again := w.choose(key, leave); again.String() != to.String() {
			t.Errorf("%s and then cancel: went to %s, then %s", result, to, again)
		}
	}
}

func TestChoosingBadly(t *testing.T) {
	w := newWorld(t)
	key := w.made()
	for _, result := range []string{"", "APPROVE", "refund"} {
		if status, _ := w.choose(key, result); status != http.StatusBadRequest {
			t.Errorf("%q: %d, want 400", result, status)
		}
	}
	if status, _ := w.choose("nothing", approve); status != http.StatusNotFound {
		t.Errorf("an unknown payment: %d", status)
	}
	if rec := w.get("/checkout/nothing"); rec.Code != http.StatusNotFound {
		t.Errorf("the page of an unknown payment: %d", rec.Code)
	}
	if a := w.api("GET", "/v1/payments/"+key, ""); a.Status != ready {
		t.Errorf("moved to %s", a.Status)
	}
}

func TestPage(t *testing.T) {
	w := newWorld(t)
	evil := strings.Replace(newOrder, "코튼 셔츠 외 2건", `<script>alert(1)</script>\" onload=x`, 1)
	key := w.api("POST", "/v1/payments", evil).PaymentKey
	ko, en := w.get("/checkout/"+key), w.get("/checkout/"+key, "Accept-Language", "en-GB,ko;q=0.5")
	html := ko.Body.String()
	for _, want := range []string{"테스트 결제창 · 실제로 결제되지 않습니다", "15,000원", `<html lang="ko">`, `&lt;script&gt;alert(1)`, `value="timeout_after"`} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Contains(html, "<script") {
		t.Error("the order's name is markup")
	}
	if n := strings.Count(html, `type="radio"`); n != 9 {
		t.Errorf("%d choices, want 9", n)
	}
	for _, rec := range []string{en.Body.String(), w.get("/checkout/" + key + "?lang=en").Body.String()} {
		if !strings.Contains(rec, "no money is taken") || !strings.Contains(rec, `<html lang="en">`) || !strings.Contains(rec, "₩15,000") {
			t.Error("the English page is not English")
		}
	}
	if ko.Header().Get("Content-Security-Policy") == "" {
		t.Error("no policy")
	}
}

func TestPageOfSettledPayment(t *testing.T) {
	w := newWorld(t)
	key := w.confirmed()
	html := w.get("/checkout/" + key).Body.String()
	if !strings.Contains(html, "결제가 완료되었습니다.") || strings.Contains(html, "<form") {
		t.Errorf("%s", html)
	}
	if !strings.Contains(html, `href="https://shop.example/ok?from=toss&amp;amount=15000`) {
		t.Error("no way back to the shop")
	}
}

func TestWithQuery(t *testing.T) {
	q := url.Values{"a": {"가&b"}}
	for in, want := range map[string]string{
		"https://s.example/p":         "https://s.example/p?a=%EA%B0%80%26b",
		"https://s.example/p?x=1":     "https://s.example/p?x=1&a=%EA%B0%80%26b",
		"https://s.example/p?x=%20#f": "https://s.example/p?x=%20&a=%EA%B0%80%26b#f",
	} {
		if got := withQuery(in, q); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

func TestLedger(t *testing.T) {
	w := newWorld(t)
	if got := strings.TrimSpace(w.get("/ledger").Body.String()); got != `{"orders":[]}` {
		t.Errorf("empty: %s", got)
	}
	w.api("POST", "/v1/payments", strings.Replace(newOrder, "order-1", "order-2", 1))
	w.api("POST", "/v1/payments", strings.Replace(newOrder, "order-1", "order-0", 1))
	first := w.made()
	w.choose(first, decline)
	key := w.confirmed() // the second attempt of the same order
	w.api("POST", "/v1/payments/"+key+"/cancel", `{"cancelReason":"x","cancelAmount":4000}`)
	w.api("POST", "/v1/payments/"+key+"/cancel", `{"cancelReason":"x","cancelAmount":1000}`)
	got := w.orders()
	if len(got) != 3 || got[0].OrderID != "order-0" || got[2].OrderID != "order-2" {
		t.Fatalf("%+v", got)
	}
	want := ledgerLine{OrderID: "order-1", OrderName: "코튼 셔츠 외 2건", PaymentKey: key, Status: partial,
		Captured: 15000, Refunded: 5000, Captures: 1, Refunds: 2}
	if diff := cmp.Diff(want, got[1]); diff != "" {
		t.Error(diff)
	}
}
