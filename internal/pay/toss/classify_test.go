package toss

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"myclothes/internal/lang"
	"myclothes/internal/payment"
)

const testSecret = "test_sk_very_secret"

// against makes a Provider whose every request is answered by h.
func against(t *testing.T, h http.HandlerFunc) *Provider {
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return New(Options{BaseURL: srv.URL, SecretKey: testSecret, ClientKey: "test_ck_public", Timeout: 5 * time.Second,
		HTTP: srv.Client()})
}

// answering always gives status and body.
func answering(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}
}

func failing(status int, code string) http.HandlerFunc {
	return answering(status, `{"code":"`+code+`","message":"이유","data":null}`)
}

var (
	aStart = payment.Start{OrderID: "order-1", OrderName: "셔츠", Amount: 15000, Method: payment.Card,
		SuccessURL: "https://s.example/ok", FailURL: "https://s.example/no", Lang: lang.English}
	aConfirm = payment.Confirm{Key: "key1", OrderID: "order-1", Amount: 15000}
	aRefund  = payment.Refund{Key: "key1", Amount: 1000, Reason: "변심", Token: "r1"}
)

// operations calls each of them once.
var operations = map[string]func(context.Context, *Provider) error{
	"start":   func(ctx context.Context, p *Provider) error { _, err := p.Start(ctx, aStart); return err },
	"confirm": func(ctx context.Context, p *Provider) error { _, err := p.Confirm(ctx, aConfirm); return err },
	"query":   func(ctx context.Context, p *Provider) error { _, err := p.Query(ctx, "order-1"); return err },
	"refund":  func(ctx context.Context, p *Provider) error { _, err := p.Refund(ctx, aRefund); return err },
}

// documented is every code of TOSS.md per operation: "status: code…". Those of refused must be a definite no, those of
// unknown must not.
var documented = map[string]struct{ refused, unknown string }{
	"start": {
		refused: `400: INVALID_REQUEST BELOW_MINIMUM_AMOUNT EXCEED_MAX_PAYMENT_AMOUNT EXCEED_MAX_AMOUNT
			EXCEEDS_TRANSFER_AMOUNT_MAXIMUM NOT_AVAILABLE_PAYMENT`,
		unknown: `400: DUPLICATED_ORDER_ID INVALID_API_KEY INVALID_IDEMPOTENCY_KEY PROVIDER_ERROR 401: UNAUTHORIZED_KEY
			403: INCORRECT_BASIC_AUTH_FORMAT FORBIDDEN_REQUEST 409: IDEMPOTENT_REQUEST_PROCESSING 429: TOO_MANY_REQUESTS
			500: FAILED_INTERNAL_SYSTEM_PROCESSING`,
	},
	"confirm": {
		refused: `400: EXCEED_MAX_CARD_INSTALLMENT_PLAN INVALID_REQUEST NOT_ALLOWED_POINT_USE INVALID_REJECT_CARD
			BELOW_MINIMUM_AMOUNT INVALID_CARD_EXPIRATION INVALID_STOPPED_CARD EXCEED_MAX_DAILY_PAYMENT_COUNT
			NOT_SUPPORTED_INSTALLMENT_PLAN_CARD_OR_MERCHANT INVALID_CARD_INSTALLMENT_PLAN EXCEED_MAX_PAYMENT_AMOUNT
			INVALID_AUTHORIZE_AUTH INVALID_CARD_LOST_OR_STOLEN RESTRICTED_TRANSFER_ACCOUNT INVALID_CARD_NUMBER
			EXCEED_MAX_ONE_DAY_WITHDRAW_AMOUNT EXCEED_MAX_ONE_TIME_WITHDRAW_AMOUNT EXCEED_MAX_AMOUNT
			INVALID_ACCOUNT_INFO_RE_REGISTER NOT_AVAILABLE_PAYMENT EXCEEDS_TRANSFER_AMOUNT_MAXIMUM
			403: REJECT_ACCOUNT_PAYMENT REJECT_CARD_PAYMENT REJECT_CARD_COMPANY REJECT_TOSSPAY_INVALID_ACCOUNT
			EXCEED_MAX_AUTH_COUNT EXCEED_MAX_ONE_DAY_AMOUNT NOT_AVAILABLE_BANK INVALID_PASSWORD FDS_ERROR
			404: NOT_FOUND_PAYMENT_SESSION`,
		unknown: `400: ALREADY_PROCESSED_PAYMENT PROVIDER_ERROR INVALID_API_KEY NOT_FOUND_TERMINAL_ID
			INVALID_UNREGISTERED_SUBMALL NOT_REGISTERED_BUSINESS CARD_PROCESSING_ERROR UNAPPROVED_ORDER_ID NEVER_HEARD_OF
			401: UNAUTHORIZED_KEY 403: FORBIDDEN_REQUEST INCORRECT_BASIC_AUTH_FORMAT 404: NOT_FOUND_PAYMENT
			409: IDEMPOTENT_REQUEST_PROCESSING 429: TOO_MANY_REQUESTS 500: FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING
			FAILED_INTERNAL_SYSTEM_PROCESSING UNKNOWN_PAYMENT_ERROR REJECT_CARD_PAYMENT 200: REJECT_CARD_PAYMENT
			400: REJECT_CARD_PAYMENT 403: INVALID_REQUEST`,
	},
	"refund": {
		refused: `400: INVALID_REFUND_ACCOUNT_INFO EXCEED_CANCEL_AMOUNT_DISCOUNT_AMOUNT INVALID_REQUEST
			INVALID_REFUND_ACCOUNT_NUMBER INVALID_BANK NOT_MATCHES_REFUNDABLE_AMOUNT REFUND_REJECTED
			FORBIDDEN_BANK_REFUND_REQUEST 403: NOT_CANCELABLE_AMOUNT NOT_CANCELABLE_PAYMENT EXCEED_MAX_REFUND_DUE
			NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT NOT_ALLOWED_PARTIAL_REFUND NOT_AVAILABLE_BANK
			NOT_CANCELABLE_PAYMENT_FOR_DORMANT_USER`,
		unknown: `400: ALREADY_CANCELED_PAYMENT ALREADY_REFUND_PAYMENT PROVIDER_ERROR 401: UNAUTHORIZED_KEY
			403: FORBIDDEN_CONSECUTIVE_REQUEST FORBIDDEN_REQUEST INCORRECT_BASIC_AUTH_FORMAT 404: NOT_FOUND_PAYMENT
			409: IDEMPOTENT_REQUEST_PROCESSING 500: FAILED_INTERNAL_SYSTEM_PROCESSING FAILED_REFUND_PROCESS
			FAILED_METHOD_HANDLING_CANCEL FAILED_PARTIAL_REFUND COMMON_ERROR`,
	},
	"query": {
		unknown: `401: UNAUTHORIZED_KEY 403: FORBIDDEN_REQUEST 404: NOT_FOUND 429: TOO_MANY_REQUESTS
			400: NOT_FOUND_PAYMENT 500: FAILED_INTERNAL_SYSTEM_PROCESSING`,
	},
}

// each calls f for every pair of "status: code…".
func each(t *testing.T, list string, f func(status int, code string)) {
	status := 0
	for word := range strings.FieldsSeq(list) {
		if s, ok := strings.CutSuffix(word, ":"); ok {
			if _, err := fmt.Sscan(s, &status); err != nil {
				t.Fatal(err)
			}
			continue
		}
		f(status, word)
	}
}

func TestDocumentedCodes(t *testing.T) {
	for op, codes := range documented {
		each(t, codes.refused, func(status int, code string) {
			err := operations[op](t.Context(), against(t, failing(status, code)))
			r, ok := errors.AsType[*payment.RefusedError](err)
			if !ok || r.Code != code || r.Message != "이유" {
				t.Errorf("%s: %d %s gives %v, want it refused", op, status, code, err)
			}
		})
		each(t, codes.unknown, func(status int, code string) {
			err := operations[op](t.Context(), against(t, failing(status, code)))
			u, ok := errors.AsType[*payment.UnknownError](err)
			if !ok || status != 200 && u.Code != code {
				t.Errorf("%s: %d %s gives %v, want it unknown with its code", op, status, code, err)
			}
		})
	}
}

// TestListsAreComplete: a code added to a table must be added to this test's list, with a thought.
func TestListsAreComplete(t *testing.T) {
	for op, table := range map[string]refusals{"start": startRefusals, "confirm": confirmRefusals, "refund": refundRefusals} {
		n := 0
		each(t, documented[op].refused, func(int, string) { n++ })
		if n != len(table) {
			t.Errorf("%s: %d codes are tested, the table has %d", op, n, len(table))
		}
	}
}

func TestQueryNotFound(t *testing.T) {
	_, err := against(t, failing(404, "NOT_FOUND_PAYMENT")).Query(t.Context(), "order-1")
	if !errors.Is(err, payment.ErrNoPayment) {
		t.Errorf("got %v, want ErrNoPayment", err)
	}
}
