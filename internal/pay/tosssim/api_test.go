package tosssim

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestAuthentication(t *testing.T) {
	w := newWorld(t)
	for header, want := range map[string]struct {
		status int
		code   string
	}{
		"":                             {401, "UNAUTHORIZED_KEY"},
		"Bearer x":                     {401, "UNAUTHORIZED_KEY"},
		"Basic !!!":                    {403, "INCORRECT_BASIC_AUTH_FORMAT"},
		"Basic dGVzdF9za191bml0":       {403, "INCORRECT_BASIC_AUTH_FORMAT"}, // no colon
		"Basic dGVzdF9za19vdGhlcjo=":   {401, "UNAUTHORIZED_KEY"},            // test_sk_other:
		"Basic dGVzdF9ja191bml0Og==":   {400, "INVALID_API_KEY"},             // test_ck_unit:
		"Basic dGVzdF9za191bml0Og==":   {404, "NOT_FOUND_PAYMENT"},           // test_sk_unit:
		"Basic 77u/dGVzdF9za191bml0Og": {403, "INCORRECT_BASIC_AUTH_FORMAT"}, // bad padding
	} {
		r := httptest.NewRequest("GET", "/v1/payments/nothing", nil)
		r.Header.Set("Authorization", header)
		rec := httptest.NewRecorder()
		w.ServeHTTP(rec, r)
		if rec.Code != want.status || !strings.Contains(rec.Body.String(), `"`+want.code+`"`) {
			t.Errorf("%q: %d %s, want %v", header, rec.Code, rec.Body, want)
		}
	}
}

func TestCreateIsChecked(t *testing.T) {
	for change, want := range map[[2]string]errorCode{
		{`"CARD"`, `"GOLD"`}:      codeInvalidRequest,
		{`15000`, `99`}:           codeBelowMinimum,
		{`15000`, `-1`}:           codeBelowMinimum,
		{`15000`, `1.5`}:          codeInvalidRequest,
		{`15000`, `2e18`}:         codeInvalidRequest,
		{`order-1`, `short`}:      codeInvalidRequest,
		{`order-1`, `order/1`}:    codeInvalidRequest,
		{`코튼 셔츠 외 2건`, ``}:        codeInvalidRequest,
		{`https://shop`, `shop`}:  codeInvalidRequest,
		{`https:`, `javascript:`}: codeInvalidRequest,
		{`{`, ``}:                 codeInvalidRequest,
		{`"CARD","amount":15000`, `"TRANSFER","amount":10000001`}: codeTransferMaximum,
		{`"CARD","amount":15000`, `"TRANSFER","amount":199`}:      codeBelowMinimum,
		{`15000`, `1000000000001`}:                                codeExceedMax,
	} {
		w := newWorld(t)
		w.mustBe(w.api("POST", "/v1/payments", strings.Replace(newOrder, change[0], change[1], 1)), 400, want)
		if n := len(w.orders()); n != 0 {
			t.Errorf("%v made %d payments", change, n)
		}
	}
}

func TestSameOrderAgain(t *testing.T) {
	w := newWorld(t)
	key := w.made()
	if a := w.api("POST", "/v1/payments", newOrder); a.PaymentKey != key {
		t.Error("an open payment was replaced")
	}
	w.mustBe(w.api("POST", "/v1/payments", strings.Replace(newOrder, "15000", "16000", 1)), 400, codeDuplicatedOrder)
	w.choose(key, leave)
	second := w.made()
	if second == key {
		t.Error("an aborted payment was given out again")
	}
	w.choose(second, approve)
	w.mustBe(w.api("POST", "/v1/payments", newOrder), 400, codeDuplicatedOrder)
	if a := w.api("GET", "/v1/payments/orders/order-1", ""); a.PaymentKey != second {
		t.Errorf("the order's payment is %s, want the newest, %s", a.PaymentKey, second)
	}
}

func TestPaymentObject(t *testing.T) {
	w := newWorld(t)
	key := w.confirmed()
	a := w.api("GET", "/v1/payments/"+key, "")
	if a.SuppliedAmount != 13636 || a.VAT != 1364 || a.Card == nil || a.Receipt == nil || *a.ApprovedAt != "2026-11-22T09:00:00+09:00" ||
		*a.Method != "카드" || a.Checkout.URL != "http://pay.example/checkout/"+key || a.Currency != "KRW" || a.Version != "2022-11-16" {
		t.Errorf("%s", a.raw)
	}
	for _, null := range []string{"virtualAccount", "easyPay", "failure", "cancels", "transfer"} {
		if !strings.Contains(a.raw, `"`+null+`":null`) {
			t.Errorf("%s is not null in %s", null, a.raw)
		}
	}
}

func TestConfirmIsChecked(t *testing.T) {
	w := newWorld(t)
	key := w.made()
	try := func(body string) answered { return w.api("POST", "/v1/payments/confirm", body) }
	w.mustBe(try(confirmBody("nothing")), 404, codeNotFoundPayment)
	w.mustBe(try(confirmBody(key)), 404, codeNotFoundSession)
	w.choose(key, approve)
	w.mustBe(try(strings.Replace(confirmBody(key), "15000", "1500", 1)), 400, codeInvalidRequest)
	w.mustBe(try(strings.Replace(confirmBody(key), "order-1", "order-2", 1)), 400, codeInvalidRequest)
	w.mustBe(try("{"), 400, codeInvalidRequest)
	w.mustBe(try(confirmBody(key)), 200, "")
	w.mustBe(try(confirmBody(key)), 400, codeAlreadyProcessed)
}

func TestCancelIsChecked(t *testing.T) {
	w := newWorld(t)
	key := w.agreed()
	try := func(body string) answered { return w.api("POST", "/v1/payments/"+key+"/cancel", body) }
	w.mustBe(w.api("POST", "/v1/payments/nothing/cancel", `{"cancelReason":"x"}`), 404, codeNotFoundPayment)
	w.mustBe(try(`{"cancelReason":"x"}`), 403, codeNotCancelable)
	w.api("POST", "/v1/payments/confirm", confirmBody(key))
	w.mustBe(try(`{}`), 400, codeInvalidRequest)
	w.mustBe(try(`{"cancelReason":"`+strings.Repeat("가", 201)+`"}`), 400, codeInvalidRequest)
	w.mustBe(try(`{"cancelReason":"x","cancelAmount":0}`), 400, codeInvalidRequest)
	w.mustBe(try(`{"cancelReason":"x","cancelAmount":15001}`), 403, codeNotCancelableAmount)
	w.mustBe(try(`{"cancelReason":"x","refundableAmount":1}`), 400, codeRefundable)
	a := try(`{"cancelReason":"x","cancelAmount":4000}`)
	if a.Status != partial || a.BalanceAmount != 11000 || len(a.Cancels) != 1 || a.Cancels[0].RefundableAmount != 11000 {
		t.Errorf("%s", a.raw)
	}
	if a = try(`{"cancelReason":"x"}`); a.Status != canceled || a.BalanceAmount != 0 || a.Cancels[1].CancelAmount != 11000 {
		t.Errorf("%s", a.raw)
	}
	w.mustBe(try(`{"cancelReason":"x"}`), 400, codeAlreadyCanceled)
}

func TestWindows(t *testing.T) {
	w := newWorld(t)
	key := w.made()
	w.now = w.now.Add(buyerWindow - time.Second)
	if status, _ := w.choose(key, approve); status != 303 {
		t.Fatal("the buyer came in time")
	}
	w.now = w.now.Add(shopWindow - time.Second)
	if a := w.api("GET", "/v1/payments/"+key, ""); a.Status != inProgress {
		t.Fatalf("%s a second before the end", a.Status)
	}
	w.now = w.now.Add(time.Second)
	w.mustBe(w.api("POST", "/v1/payments/confirm", confirmBody(key)), 404, codeNotFoundSession)
	w.now = w.now.Add(-time.Hour) // a clock that jumps back revives nothing
	a := w.api("GET", "/v1/payments/"+key, "")
	if a.Status != expired || a.Failure == nil || a.Failure.Code != "EXPIRED_PAYMENT" {
		t.Errorf("%s", a.raw)
	}
	late := w.made()
	w.now = w.now.Add(buyerWindow)
	if status, to := w.choose(late, approve); status != 303 || to.Path != "/no" || to.Query().Get("code") != "PAY_PROCESS_ABORTED" {
		t.Errorf("a late buyer went to %d %s", status, to)
	}
}

func TestForcedError(t *testing.T) {
	const header = "TossPayments-Test-Code"
	w := newWorld(t)
	key := w.agreed()
	w.mustBe(w.api("POST", "/v1/payments/confirm", confirmBody(key), header, "REJECT_CARD_COMPANY"), 403, codeRejectCompany)
	w.mustBe(w.api("POST", "/v1/payments/nothing/cancel", "", header, "FAILED_REFUND_PROCESS"), 500, "FAILED_REFUND_PROCESS")
	w.mustBe(w.api("GET", "/v1/payments/"+key, "", header, "NO_SUCH_CODE"), 400, codeInvalidRequest)
	if a := w.api("GET", "/v1/payments/"+key, ""); a.Status != inProgress {
		t.Errorf("a forced error left %s", a.Status)
	}
}

func TestLanguages(t *testing.T) {
	w := newWorld(t)
	ko := w.api("GET", "/v1/payments/nothing", "")
	en := w.api("GET", "/v1/payments/nothing", "", "Accept-Language", "en-US")
	if ko.Message != "존재하지 않는 결제입니다." || en.Message != "No such payment." {
		t.Errorf("%q, %q", ko.Message, en.Message)
	}
}
