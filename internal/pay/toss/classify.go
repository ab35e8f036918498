package toss

import (
	"encoding/json"
	"fmt"
	"regexp"

	"myclothes/internal/payment"
)

// refusals lists the codes of an operation that are a definite no, each with the HTTP status it comes with. The same code
// with another status is not an answer that Toss documents and so is Unknown.
//
// Source: the error tables of docs.tosspayments.com/reference/error-codes, API version 2022-11-16. Left out on purpose, and
// so Unknown: what may come after money moved (ALREADY_PROCESSED_PAYMENT, ALREADY_CANCELED_PAYMENT, ALREADY_REFUND_PAYMENT,
// DUPLICATED_ORDER_ID), what says that somebody behind Toss failed (PROVIDER_ERROR, CARD_PROCESSING_ERROR, every 500), what
// asks to come again (409 IDEMPOTENT_REQUEST_PROCESSING, 429, FORBIDDEN_CONSECUTIVE_REQUEST), and what is the operator's to
// mend (401 UNAUTHORIZED_KEY, INVALID_API_KEY, INCORRECT_BASIC_AUTH_FORMAT, FORBIDDEN_REQUEST, terminal and business codes).
type refusals map[string]int

// startRefusals: the window never opened, so no money can have moved.
var startRefusals = refusals{
	"INVALID_REQUEST":                 400,
	"BELOW_MINIMUM_AMOUNT":            400, // card 100 won, account 200 won
	"EXCEED_MAX_PAYMENT_AMOUNT":       400,
	"EXCEED_MAX_AMOUNT":               400,
	"EXCEEDS_TRANSFER_AMOUNT_MAXIMUM": 400, // 10 million won per transfer
	"NOT_AVAILABLE_PAYMENT":           400,
}

// confirmRefusals: the card's or bank's no, a wrong amount (INVALID_REQUEST), and a session that is not there, which needs
// a new payment.
var confirmRefusals = refusals{
	"INVALID_REQUEST":                                 400,
	"EXCEED_MAX_CARD_INSTALLMENT_PLAN":                400,
	"NOT_ALLOWED_POINT_USE":                           400,
	"INVALID_REJECT_CARD":                             400,
	"BELOW_MINIMUM_AMOUNT":                            400,
	"INVALID_CARD_EXPIRATION":                         400,
	"INVALID_STOPPED_CARD":                            400,
	"EXCEED_MAX_DAILY_PAYMENT_COUNT":                  400,
	"NOT_SUPPORTED_INSTALLMENT_PLAN_CARD_OR_MERCHANT": 400,
	"INVALID_CARD_INSTALLMENT_PLAN":                   400,
	"EXCEED_MAX_PAYMENT_AMOUNT":                       400,
	"INVALID_AUTHORIZE_AUTH":                          400,
	"INVALID_CARD_LOST_OR_STOLEN":                     400,
	"RESTRICTED_TRANSFER_ACCOUNT":                     400,
	"INVALID_CARD_NUMBER":                             400,
	"EXCEED_MAX_ONE_DAY_WITHDRAW_AMOUNT":              400,
	"EXCEED_MAX_ONE_TIME_WITHDRAW_AMOUNT":             400,
	"EXCEED_MAX_AMOUNT":                               400,
	"INVALID_ACCOUNT_INFO_RE_REGISTER":                400,
	"NOT_AVAILABLE_PAYMENT":                           400, // the bank is closed at this hour
	"EXCEEDS_TRANSFER_AMOUNT_MAXIMUM":                 400,
	"REJECT_ACCOUNT_PAYMENT":                          403,
	"REJECT_CARD_PAYMENT":                             403,
	"REJECT_CARD_COMPANY":                             403,
	"REJECT_TOSSPAY_INVALID_ACCOUNT":                  403,
	"EXCEED_MAX_AUTH_COUNT":                           403,
	"EXCEED_MAX_ONE_DAY_AMOUNT":                       403,
	"NOT_AVAILABLE_BANK":                              403,
	"INVALID_PASSWORD":                                403,
	"FDS_ERROR":                                       403, // held back as suspicious
	"NOT_FOUND_PAYMENT_SESSION":                       404, // not agreed to, or ten minutes have passed
}

// refundRefusals: this call gave nothing back.
var refundRefusals = refusals{
	"INVALID_REQUEST":                            400,
	"INVALID_REFUND_ACCOUNT_INFO":                400,
	"EXCEED_CANCEL_AMOUNT_DISCOUNT_AMOUNT":       400,
	"INVALID_REFUND_ACCOUNT_NUMBER":              400,
	"INVALID_BANK":                               400,
	"NOT_MATCHES_REFUNDABLE_AMOUNT":              400,
	"REFUND_REJECTED":                            400,
	"FORBIDDEN_BANK_REFUND_REQUEST":              400,
	"NOT_CANCELABLE_AMOUNT":                      403, // more than is left
	"NOT_CANCELABLE_PAYMENT":                     403,
	"EXCEED_MAX_REFUND_DUE":                      403,
	"NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT": 403,
	"NOT_ALLOWED_PARTIAL_REFUND":                 403,
	"NOT_AVAILABLE_BANK":                         403,
	"NOT_CANCELABLE_PAYMENT_FOR_DORMANT_USER":    403,
}

// maxMessage bounds the provider's words, in characters, before they reach a page.
const maxMessage = 300

var wellFormedCode = regexp.MustCompile(`^[A-Z][A-Z0-9_]{0,99}$`)

// classify turns an answer other than 200 into an error. What is not {"code","message"} keeps no code.
func (r refusals) classify(status int, body []byte) error {
	var e struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	}
	if err := json.Unmarshal(body, &e); err != nil || !wellFormedCode.MatchString(e.Code) {
		return unknownf("HTTP %d without a code", status)
	}
	if want, listed := r[e.Code]; listed && want == status {
		return &payment.RefusedError{Code: e.Code, Message: cut(e.Message, maxMessage)}
	}
	return unknown(e.Code, fmt.Errorf("HTTP %d", status))
}

// cut keeps the first n characters.
func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}
