package tosssim

import "myclothes/internal/lang"

// errorCode is a code of Toss's error tables (docs.tosspayments.com/reference/error-codes).
type errorCode string

// The codes that the simulator gives by itself. The others can be forced with TossPayments-Test-Code.
const (
	codeInvalidRequest       errorCode = "INVALID_REQUEST"
	codeInvalidAPIKey        errorCode = "INVALID_API_KEY"
	codeIdempotencyKey       errorCode = "INVALID_IDEMPOTENCY_KEY"
	codeIdempotentProcessing errorCode = "IDEMPOTENT_REQUEST_PROCESSING"
	codeUnauthorized         errorCode = "UNAUTHORIZED_KEY"
	codeBasicFormat          errorCode = "INCORRECT_BASIC_AUTH_FORMAT"
	codeDuplicatedOrder      errorCode = "DUPLICATED_ORDER_ID"
	codeBelowMinimum         errorCode = "BELOW_MINIMUM_AMOUNT"
	codeExceedMax            errorCode = "EXCEED_MAX_PAYMENT_AMOUNT"
	codeTransferMaximum      errorCode = "EXCEEDS_TRANSFER_AMOUNT_MAXIMUM"
	codeAlreadyProcessed     errorCode = "ALREADY_PROCESSED_PAYMENT"
	codeAlreadyCanceled      errorCode = "ALREADY_CANCELED_PAYMENT"
	codeNotCancelable        errorCode = "NOT_CANCELABLE_PAYMENT"
	codeNotCancelableAmount  errorCode = "NOT_CANCELABLE_AMOUNT"
	codeRefundable           errorCode = "NOT_MATCHES_REFUNDABLE_AMOUNT"
	codeNotFound             errorCode = "NOT_FOUND"
	codeNotFoundPayment      errorCode = "NOT_FOUND_PAYMENT"
	codeNotFoundSession      errorCode = "NOT_FOUND_PAYMENT_SESSION"
	codeRejectCard           errorCode = "REJECT_CARD_PAYMENT"
	codeRejectCompany        errorCode = "REJECT_CARD_COMPANY"
	codeCanceledByBuyer      errorCode = "PAY_PROCESS_CANCELED"
	codeAborted              errorCode = "PAY_PROCESS_ABORTED"
	codeExpired              errorCode = "EXPIRED_PAYMENT"
	codeFailedInternal       errorCode = "FAILED_INTERNAL_SYSTEM_PROCESSING"
	codeUnknownPayment       errorCode = "UNKNOWN_PAYMENT_ERROR"
)

// codesByStatus lists every code that the documentation gives for confirm, cancel, authentication and idempotency.
var codesByStatus = map[int][]errorCode{
	400: {
		codeInvalidRequest, codeInvalidAPIKey, codeIdempotencyKey, codeDuplicatedOrder, codeBelowMinimum, codeExceedMax,
		codeTransferMaximum, codeAlreadyProcessed, codeAlreadyCanceled, codeRefundable,
		"PROVIDER_ERROR", "EXCEED_MAX_CARD_INSTALLMENT_PLAN", "NOT_ALLOWED_POINT_USE", "INVALID_REJECT_CARD",
		"INVALID_CARD_EXPIRATION", "INVALID_STOPPED_CARD", "EXCEED_MAX_DAILY_PAYMENT_COUNT",
		"NOT_SUPPORTED_INSTALLMENT_PLAN_CARD_OR_MERCHANT", "INVALID_CARD_INSTALLMENT_PLAN", "NOT_FOUND_TERMINAL_ID",
		"INVALID_AUTHORIZE_AUTH", "INVALID_CARD_LOST_OR_STOLEN", "RESTRICTED_TRANSFER_ACCOUNT", "INVALID_CARD_NUMBER",
		"INVALID_UNREGISTERED_SUBMALL", "NOT_REGISTERED_BUSINESS", "EXCEED_MAX_ONE_DAY_WITHDRAW_AMOUNT",
		"EXCEED_MAX_ONE_TIME_WITHDRAW_AMOUNT", "CARD_PROCESSING_ERROR", "EXCEED_MAX_AMOUNT",
		"INVALID_ACCOUNT_INFO_RE_REGISTER", "NOT_AVAILABLE_PAYMENT", "UNAPPROVED_ORDER_ID",
		"INVALID_REFUND_ACCOUNT_INFO", "EXCEED_CANCEL_AMOUNT_DISCOUNT_AMOUNT", "INVALID_REFUND_ACCOUNT_NUMBER", "INVALID_BANK",
		"REFUND_REJECTED", "ALREADY_REFUND_PAYMENT", "FORBIDDEN_BANK_REFUND_REQUEST",
	},
	401: {codeUnauthorized},
	403: {
		codeBasicFormat, codeNotCancelable, codeNotCancelableAmount, codeRejectCard, codeRejectCompany,
		"REJECT_ACCOUNT_PAYMENT", "FORBIDDEN_REQUEST", "REJECT_TOSSPAY_INVALID_ACCOUNT", "EXCEED_MAX_AUTH_COUNT",
		"EXCEED_MAX_ONE_DAY_AMOUNT", "NOT_AVAILABLE_BANK", "INVALID_PASSWORD", "FDS_ERROR", "FORBIDDEN_CONSECUTIVE_REQUEST",
		"EXCEED_MAX_REFUND_DUE", "NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT", "NOT_ALLOWED_PARTIAL_REFUND",
		"NOT_CANCELABLE_PAYMENT_FOR_DORMANT_USER",
	},
	404: {codeNotFound, codeNotFoundPayment, codeNotFoundSession},
	409: {codeIdempotentProcessing},
	500: {
		codeFailedInternal, codeUnknownPayment, "FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING", "FAILED_REFUND_PROCESS",
		"FAILED_METHOD_HANDLING_CANCEL", "FAILED_PARTIAL_REFUND", "COMMON_ERROR",
	},
}

var statusOf = func() map[errorCode]int {
	m := map[errorCode]int{}
	for status, codes := range codesByStatus {
		for _, c := range codes {
			m[c] = status
		}
	}
	return m
}()

// status is 400 for a code that no table lists.
func (c errorCode) status() int {
	if s, ok := statusOf[c]; ok {
		return s
	}
	return 400
}

// orInvalid is c, or INVALID_REQUEST where no table lists c.
func (c errorCode) orInvalid() errorCode {
	if _, ok := statusOf[c]; ok {
		return c
	}
	return codeInvalidRequest
}

// words are for people. Programs go by the code; the simulator has its own words for the codes that a shop's buyers meet.
func (c errorCode) words() lang.Text {
	if t, ok := said[c]; ok {
		return t
	}
	return lang.Text{KO: "요청을 처리하지 못했습니다. (" + string(c) + ")", EN: "The request could not be processed. (" + string(c) + ")"}
}

var said = map[errorCode]lang.Text{
	codeInvalidRequest:       {KO: "잘못된 요청입니다.", EN: "Bad request."},
	codeInvalidAPIKey:        {KO: "잘못된 시크릿 키 연동 정보입니다.", EN: "This is not a secret key."},
	codeIdempotencyKey:       {KO: "멱등키는 300자 이하여야 합니다.", EN: "The idempotency key must not exceed 300 characters."},
	codeIdempotentProcessing: {KO: "이전 멱등 요청이 처리 중입니다.", EN: "An earlier request with this idempotency key is being processed."},
	codeUnauthorized:         {KO: "인증되지 않은 시크릿 키 혹은 클라이언트 키입니다.", EN: "Unauthorized secret key or client key."},
	codeBasicFormat:          {KO: "잘못된 요청입니다. ':'를 포함해 인코딩해 주세요.", EN: "Invalid request. Encode the key with a ':' after it."},
	codeDuplicatedOrder:      {KO: "이미 사용된 주문번호입니다. 다른 주문번호로 진행해 주세요.", EN: "This order id has been used. Please use another."},
	codeBelowMinimum:         {KO: "신용카드는 100원, 계좌는 200원부터 결제할 수 있습니다.", EN: "Payments start at 100 won by card and 200 won by bank account."},
	codeExceedMax:            {KO: "결제 한도를 초과했습니다.", EN: "The amount exceeds the limit."},
	codeTransferMaximum:      {KO: "계좌이체는 한 번에 1,000만 원까지 가능합니다.", EN: "A transfer is limited to 10 million won."},
	codeAlreadyProcessed:     {KO: "이미 처리된 결제입니다.", EN: "This payment has already been processed."},
	codeAlreadyCanceled:      {KO: "이미 취소된 결제입니다.", EN: "This payment has already been canceled."},
	codeNotCancelable:        {KO: "취소할 수 없는 결제입니다.", EN: "This payment cannot be canceled."},
	codeNotCancelableAmount:  {KO: "취소할 수 없는 금액입니다.", EN: "This amount cannot be canceled."},
	codeRefundable:           {KO: "잔액이 일치하지 않습니다.", EN: "The refundable amount does not match."},
	codeNotFound:             {KO: "존재하지 않는 주소입니다.", EN: "No such address."},
	codeNotFoundPayment:      {KO: "존재하지 않는 결제입니다.", EN: "No such payment."},
	codeNotFoundSession:      {KO: "결제 시간이 만료되어 결제 데이터가 존재하지 않습니다.", EN: "The payment session does not exist or has expired."},
	codeRejectCard:           {KO: "한도 초과 또는 잔액 부족으로 결제에 실패했습니다.", EN: "The payment failed: limit exceeded or balance too low."},
	codeRejectCompany:        {KO: "카드사에서 결제를 거절했습니다.", EN: "The card company declined the payment."},
	codeCanceledByBuyer:      {KO: "사용자가 결제를 취소했습니다.", EN: "The payment was canceled by the user."},
	codeAborted:              {KO: "결제가 중단되었습니다.", EN: "The payment was aborted."},
	codeExpired:              {KO: "결제가 만료되었습니다. 다시 시도해 주세요.", EN: "The payment has expired. Please try again."},
	codeFailedInternal:       {KO: "내부 시스템 처리에 실패했습니다. 잠시 후 다시 시도해 주세요.", EN: "Internal processing failed. Please try again later."},
	codeUnknownPayment:       {KO: "결제에 실패했습니다. 같은 문제가 반복되면 문의해 주세요.", EN: "The payment failed for an unknown reason."},
}
