package toss

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"myclothes/internal/lang"
	"myclothes/internal/payment"
)

// good is a Payment that fits every operation's request.
const good = `{"version":"2022-11-16","paymentKey":"key1","orderId":"order-1","status":"DONE","currency":"KRW","totalAmount":15000,
	"balanceAmount":14000,"approvedAt":"2026-11-22T10:00:00+09:00","failure":null,"checkout":{"url":"https://pay.example/c"},
	"aNewField":{"x":[1]}}`

func TestGoodAnswers(t *testing.T) {
	for op, call := range operations {
		if err := call(t.Context(), against(t, answering(200, good))); err != nil {
			t.Errorf("%s: %v", op, err)
		}
	}
	got, err := against(t, answering(200, good)).Query(t.Context(), "order-1")
	want := payment.Result{Key: "key1", OrderID: "order-1", Status: payment.AtCaptured, Total: 15000, Balance: 14000,
		Approved: time.Date(2026, 11, 22, 1, 0, 0, 0, time.UTC)}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
}

// TestNonsense: what is not a clear answer is an unknown to every operation.
func TestNonsense(t *testing.T) {
	edit := func(old, new string) http.HandlerFunc {
		changed := strings.Replace(good, old, new, 1)
		if changed == good {
			t.Fatalf("%q is not in the answer", old)
		}
		return answering(200, changed)
	}
	for name, h := range map[string]http.HandlerFunc{
		"empty":               answering(200, ""),
		"not JSON":            answering(200, "<html>점검 중</html>"),
		"cut short":           answering(200, good[:len(good)-40]),
		"two objects":         answering(200, good+good),
		"another shape":       answering(200, `{"paymentKey":{}}`),
		"null":                answering(200, "null"),
		"no key":              edit(`"key1"`, `""`),
		"no status":           edit(`"DONE"`, `""`),
		"dollars":             edit(`"KRW"`, `"USD"`),
		"no total":            edit(`"totalAmount":15000`, `"totalAmount":null`),
		"no balance":          edit(`"balanceAmount":14000,`, ``),
		"a negative balance":  edit(`14000`, `-1`),
		"more than the total": edit(`14000`, `15001`),
		"half a won":          edit(`15000`, `15000.5`),
		"a gigantic total":    edit(`15000`, `99999999999999999`),
		"too long":            answering(200, `{"x":"`+strings.Repeat("x", maxBody)+`"}`),
		"created":             answering(201, good),
		"no content":          answering(204, ""),
		"500 without JSON":    answering(500, "oops"),
		"403 without a code":  answering(403, `{"message":"no"}`),
		"a code with markup":  answering(403, `{"code":"<b>","message":"no"}`),
		"502":                 answering(502, good),
		"redirect": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
		},
		"reset": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"reset in the body": func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, good)
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		},
	} {
		for op, call := range operations {
			err := call(t.Context(), against(t, h))
			if _, ok := errors.AsType[*payment.UnknownError](err); !ok {
				t.Errorf("%s, %s: got %v, want an UnknownError", op, name, err)
			}
		}
	}
}

// TestForeignAnswer: each operation compares the names that it knows; Refund is not told the order's.
func TestForeignAnswer(t *testing.T) {
	for change, ops := range map[[2]string][]string{
		{"key1", "key2"}:       {"confirm", "refund"},
		{"order-1", "order-2"}: {"start", "confirm", "query"},
	} {
		p := against(t, answering(200, strings.Replace(good, change[0], change[1], 1)))
		for _, op := range ops {
			err := operations[op](t.Context(), p)
			if _, ok := errors.AsType[*payment.UnknownError](err); !ok {
				t.Errorf("%s with %s: got %v, want an UnknownError", op, change[1], err)
			}
		}
	}
}

func TestStartIsCareful(t *testing.T) {
	for _, change := range [][2]string{
		{"15000", "15001"}, {`"https://pay.example/c"`, `"javascript:alert(1)"`}, {`"https://pay.example/c"`, `"/c"`},
		{`{"url":"https://pay.example/c"}`, `null`}, {`"key1"`, `".."`},
	} {
		_, err := against(t, answering(200, strings.Replace(good, change[0], change[1], 1))).Start(t.Context(), aStart)
		if _, ok := errors.AsType[*payment.UnknownError](err); !ok {
			t.Errorf("%s: got %v, want an UnknownError", change[1], err)
		}
	}
}

// TestAnotherAmountIsReported: the caller, not the adapter, decides what to do with a capture of another amount.
func TestAnotherAmountIsReported(t *testing.T) {
	r, err := against(t, answering(200, strings.Replace(good, "15000", "16000", 1))).Confirm(t.Context(), aConfirm)
	if err != nil || r.Total != 16000 || r.Status != payment.AtCaptured {
		t.Errorf("got %+v, %v", r, err)
	}
}

func TestHang(t *testing.T) {
	for op, call := range operations {
		release := make(chan struct{})
		p := against(t, func(_ http.ResponseWriter, r *http.Request) {
			io.Copy(io.Discard, r.Body)
			select {
			case <-r.Context().Done():
			case <-release:
			}
		})
		p.timeout = 50 * time.Millisecond
		err := call(t.Context(), p)
		close(release)
		if _, ok := errors.AsType[*payment.UnknownError](err); !ok {
			t.Errorf("%s: got %v, want an UnknownError", op, err)
		}
	}
}

func TestNobodyListens(t *testing.T) {
	for _, base := range []string{"http://127.0.0.1:1", "::not a URL"} {
		for op, call := range operations {
			err := call(t.Context(), New(Options{BaseURL: base, SecretKey: testSecret, Timeout: time.Second}))
			if _, ok := errors.AsType[*payment.UnknownError](err); !ok {
				t.Errorf("%s at %s: got %v, want an UnknownError", op, base, err)
			}
			if strings.Contains(fmt.Sprintf("%v %+v %#v", err, err, err), testSecret) {
				t.Errorf("%s: the error shows the secret key", op)
			}
		}
	}
}

func TestSecretIsNotPrinted(t *testing.T) {
	o := Options{BaseURL: "http://h.example", SecretKey: testSecret}
	p := New(o)
	if s := fmt.Sprintf("%v %+v %#v %s %v %+v %#v", o, o, o, o, p, p, p); strings.Contains(s, testSecret) {
		t.Errorf("printed: %s", s)
	}
}

// TestWhatIsSent: authentication, keys that stay the same, the language.
func TestWhatIsSent(t *testing.T) {
	type sent struct{ Method, Path, Auth, Key, Lang, Body string }
	var got sent
	p := against(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = sent{r.Method, r.URL.Path, r.Header.Get("Authorization"), r.Header.Get("Idempotency-Key"),
			r.Header.Get("Accept-Language"), string(body)}
		fmt.Fprint(w, good)
	})
	const auth = "Basic dGVzdF9za192ZXJ5X3NlY3JldDo=" // test_sk_very_secret:
	english := aConfirm
	english.Lang = lang.English
	for _, c := range []struct {
		call func() error
		want sent
	}{
		{func() error { return operations["start"](t.Context(), p) }, sent{"POST", "/v1/payments", auth, "start-order-1", "en-US",
			`{"method":"CARD","amount":15000,"orderId":"order-1","orderName":"셔츠","successUrl":"https://s.example/ok","failUrl":"https://s.example/no"}`}},
		{func() error { return operations["confirm"](t.Context(), p) }, sent{"POST", "/v1/payments/confirm", auth, "confirm-order-1", "",
			`{"paymentKey":"key1","orderId":"order-1","amount":15000}`}},
		{func() error { _, err := p.Confirm(t.Context(), english); return err }, sent{"POST", "/v1/payments/confirm", auth,
			"confirm-order-1", "en-US", `{"paymentKey":"key1","orderId":"order-1","amount":15000}`}},
		{func() error { return operations["query"](t.Context(), p) }, sent{"GET", "/v1/payments/orders/order-1", auth, "", "", ""}},
		{func() error { return operations["refund"](t.Context(), p) }, sent{"POST", "/v1/payments/key1/cancel", auth, "refund-r1", "",
			`{"cancelReason":"변심","cancelAmount":1000}`}},
	} {
		if err := c.call(); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestByteOrderMark(t *testing.T) {
	p := New(Options{SecretKey: "\ufeff" + testSecret + "\n"})
	r, _ := http.NewRequest(http.MethodGet, "http://h.example", nil)
	p.authorize(r)
	if user, password, _ := r.BasicAuth(); user != testSecret || password != "" {
		t.Errorf("user %q, password %q", user, password)
	}
}
