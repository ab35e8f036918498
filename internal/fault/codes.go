package fault

import "time"

// Every fault the shop can answer with. The codes are part of the API (openapi.yaml lists them).
var (
	Broken         = define(Internal, "internal", "일시적인 문제가 생겼어요. 잠시 후 다시 시도해 주세요.", "Something went wrong on our side. Please try again in a moment.")
	BadRequest     = define(Invalid, "invalid_request", "입력한 내용을 확인해 주세요.", "Please check what you entered.")
	NoSuchPage     = define(NotFound, "not_found", "찾으시는 페이지가 없어요.", "We could not find that page.")
	UnknownSKU     = define(NotFound, "unknown_sku", "판매하지 않는 상품이에요.", "We do not sell this item.")
	OutOfStock     = define(Conflict, "out_of_stock", "재고가 부족해요.", "There is not enough in stock.")
	QuantityLimit  = define(Invalid, "quantity_limit", "한 번에 담을 수 있는 수량을 넘었어요.", "That is more than one order may hold of this item.")
	CartFull       = define(Conflict, "cart_full", "장바구니가 가득 찼어요. 상품을 정리한 뒤 다시 담아 주세요.", "Your cart is full. Remove something and try again.")
	CartEmpty      = define(Conflict, "cart_empty", "장바구니가 비어 있어요.", "Your cart is empty.")
	PriceChanged   = define(Conflict, "price_changed", "보시는 동안 주문 내용이나 금액이 바뀌었어요. 다시 확인해 주세요.", "The order or a price changed while you were looking. Please check it again.")
	KeyReused      = define(Conflict, "idempotency_conflict", "이미 다른 내용으로 접수된 주문이에요.", "This order was already placed with different details.")
	PaymentRefused = define(Conflict, "payment_refused", "결제가 승인되지 않았어요. 다른 결제 수단으로 다시 시도해 주세요.", "The payment was refused. Please try another way to pay.")
	PaymentUnknown = define(Unavailable, "payment_unknown", "결제 결과를 확인하고 있어요. 다시 결제하지 말고 잠시만 기다려 주세요.", "We are checking the result of your payment. Please wait and do not pay again.").After(5 * time.Second)
	WrongState     = define(Conflict, "wrong_state", "지금은 할 수 없는 요청이에요.", "This cannot be done now.")
	Unauthorized   = define(Unauthenticated, "unauthorized", "먼저 본인 확인이 필요해요.", "Please tell us who you are first.")
	Unproved       = define(Forbidden, "proof_needed", "비밀번호를 한 번 더 확인해 주세요.", "Please confirm your password first.")
	Denied         = define(Forbidden, "forbidden", "허용되지 않는 요청이에요.", "This request is not allowed.")
	TooManyTries   = define(TooMany, "too_many_requests", "요청이 너무 많아요. 잠시 후 다시 시도해 주세요.", "Too many requests. Please try again in a moment.").After(time.Minute)
	OutOfOrder     = define(Unavailable, "unavailable", "지금은 처리할 수 없어요. 잠시 후 다시 시도해 주세요.", "We cannot do this right now. Please try again in a moment.").After(5 * time.Second)

	TooLarge       = define(Invalid, "body_too_large", "보낸 내용이 너무 커요.", "The request is too large.")
	WrongType      = define(Invalid, "unsupported_media_type", "지원하지 않는 형식이에요.", "This content type is not supported.")
	WrongMethod    = define(Invalid, "method_not_allowed", "지원하지 않는 요청 방식이에요.", "This method is not allowed here.")
	TooFew         = define(Conflict, "minimum_quantity", "최소 주문 수량보다 적은 상품이 있어요.", "An item is below its minimum quantity.")
	CreditLimit    = define(Conflict, "credit_limit", "후불 한도를 넘는 주문이에요. 다른 결제 수단을 골라 주세요.", "This order goes beyond your company's credit limit. Please pay another way.")
	NeedsApproval  = define(Forbidden, "approval_needed", "승인 권한이 있는 분에게 주문을 요청해 주세요.", "Please ask somebody of your company to approve this order.")
	NotCancellable = define(Conflict, "not_cancellable", "이 주문은 지금 취소할 수 없어요.", "This order cannot be cancelled now.")
)

// All lists every fault above.
var All = []*Error{
	Broken, BadRequest, NoSuchPage, UnknownSKU, OutOfStock, QuantityLimit, CartFull, CartEmpty, PriceChanged, KeyReused,
	PaymentRefused, PaymentUnknown, WrongState, Unauthorized, Unproved, Denied, TooManyTries, OutOfOrder, TooLarge, WrongType, WrongMethod, TooFew, CreditLimit, NeedsApproval, NotCancellable,
}
