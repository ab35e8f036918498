package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"

	"myclothes/internal/checkout"
	"myclothes/internal/fault"
	"myclothes/internal/httpx"
	"myclothes/internal/lang"
	"myclothes/internal/money"
	"myclothes/internal/order"
	"myclothes/internal/payment"
	"myclothes/internal/ui"
)

// mine returns the order in the address if the visitor may see it.
func (s *Web) mine(r *http.Request) (checkout.Receipt, error) {
	return s.Desk.Orders.OrderFor(r.Context(), r.PathValue("number"), httpx.Carried(r).Owner())
}

func (s *Web) order(w http.ResponseWriter, r *http.Request) error {
	got, err := s.mine(r)
	if errors.Is(err, fault.NoSuchPage) {
		return goTo(w, r, "/orders/lookup?number="+url.QueryEscape(r.PathValue("number")))
	}
	if err != nil {
		return err
	}
	return s.showOrder(w, r, http.StatusOK, got, "")
}

func (s *Web) showOrder(w http.ResponseWriter, r *http.Request, status int, got checkout.Receipt, problem string) error {
	t := words(r)
	o, p := got.Order, got.Payment()
	m, _, err := s.frame(r.Context(), t, "/orders/"+o.Number, "주문 "+o.Number, "Order "+o.Number)
	if err != nil {
		return err
	}
	wait := checkout.Wait(got)
	m.Refresh = int(wait.Seconds())
	if news := paymentNews[r.URL.Query().Get("payment")]; problem == "" && slices.Contains(news.while, o.Status) {
		problem = t.T(news.text)
	}
	v := ui.OrderView{Words: t, Order: o, Payment: p, Complete: o.Status == order.Paid && r.URL.Query().Has("complete"), Waiting: wait > 0,
		CanPay: o.Status.Payable() && wait == 0, CanEnd: o.Status.Cancellable() && wait == 0, Methods: methods(t, p.Method), Error: problem, Due: due(t, o.DueAt, p.State), Refund: t.T(refunds[p.State])}
	return own(s, w, r, status, ui.Order, m, v)
}

// paymentNews are the words for how a buyer came back from paying. Texts in the address are not shown: anybody could have written them.
// They are true only while the order is in certain states.
var paymentNews = map[string]struct {
	while []order.Status
	text  lang.Text
}{
	"refused": {[]order.Status{order.AwaitingPayment},
		lang.Text{KO: "결제가 승인되지 않았어요. 다른 카드나 결제 수단으로 다시 시도해 주세요.", EN: "The payment was refused. Please try another card or another way to pay."}},
	"cancelled": {[]order.Status{order.AwaitingPayment},
		lang.Text{KO: "결제를 취소하셨어요. 주문은 그대로 있으니 다시 결제할 수 있어요.", EN: "You cancelled the payment. The order is still here and can be paid."}},
	"late": {[]order.Status{order.Expired, order.Cancelled},
		lang.Text{KO: "이미 끝난 주문이라 결제하지 않았어요. 청구된 금액은 없어요.", EN: "This order had already ended, so nothing was charged."}},
}

var refunds = map[payment.State]lang.Text{
	payment.Refunding: {KO: "환불을 진행하고 있어요. 카드사에 따라 영업일 기준 3~5일 걸릴 수 있어요.", EN: "Your refund is on its way. Depending on your bank it may take three to five working days."},
	payment.Refunded:  {KO: "결제하신 금액을 모두 환불했어요.", EN: "Everything you paid has been refunded."},
}

// paymentSuccess is where the provider sends the browser after the buyer agreed. It is the one GET that changes something: the provider's protocol has it
// so. What it does is bound to the paymentKey, which only the buyer's browser was given, and happens once however often it is loaded.
func (s *Web) paymentSuccess(w http.ResponseWriter, r *http.Request) error {
	q, number := r.URL.Query(), r.PathValue("number")
	amount, err := money.Parse(q.Get("amount"))
	if err != nil {
		return fault.BadRequest.Because("%w", err)
	}
	_, err = s.Desk.Confirm(r.Context(), number, q.Get("orderId"), q.Get("paymentKey"), amount, httpx.Lang(r))
	switch {
	case errors.Is(err, fault.PaymentUnknown):
		return goTo(w, r, "/orders/"+number)
	case errors.Is(err, fault.PaymentRefused):
		return goTo(w, r, "/orders/"+number+"?payment=refused")
	case errors.Is(err, fault.WrongState):
		return goTo(w, r, "/orders/"+number+"?payment=late")
	case err != nil:
		return err
	}
	return goTo(w, r, "/orders/"+number+"?complete")
}

// paymentFail is where the provider sends the browser when the buyer did not agree or was refused. Nothing changes: nothing was asked.
func (s *Web) paymentFail(w http.ResponseWriter, r *http.Request) error {
	how := "refused"
	if c := r.URL.Query().Get("code"); c == "PAY_PROCESS_CANCELED" || c == "USER_CANCEL" {
		how = "cancelled"
	}
	return goTo(w, r, "/orders/"+url.PathEscape(r.PathValue("number"))+"?payment="+how)
}

// pay sends the buyer to pay an order that awaits it.
func (s *Web) pay(w http.ResponseWriter, r *http.Request) error {
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	got, err := s.mine(r)
	if err != nil {
		return err
	}
	m := payment.Method(r.PostForm.Get("payment_method"))
	if !slices.Contains(payment.Methods, m) {
		return fault.BadRequest
	}
	paid, err := s.Desk.Pay(r.Context(), got, m)
	if err != nil {
		f := fault.Of(err)
		if f.Kind == fault.Internal {
			return err
		}
		return s.showOrder(w, r, httpx.Status(f), got, text(words(r), err))
	}
	return toPayment(w, r, paid)
}

func (s *Web) cancel(w http.ResponseWriter, r *http.Request) error {
	got, err := s.mine(r)
	if err != nil {
		return err
	}
	if _, err := s.Desk.Cancel(r.Context(), got.Order.Number); err != nil {
		if errors.Is(err, fault.NotCancellable) {
			return s.showOrder(w, r, http.StatusConflict, got, text(words(r), err))
		}
		return err
	}
	return goTo(w, r, "/orders/"+got.Order.Number)
}

func (s *Web) lookUpForm(w http.ResponseWriter, r *http.Request) error {
	return s.showLookUp(w, r, http.StatusOK, ui.LookUpView{Number: ui.Field{Name: "number", Value: r.URL.Query().Get("number")}, Phone: ui.Field{Name: "phone"}})
}

func (s *Web) showLookUp(w http.ResponseWriter, r *http.Request, status int, v ui.LookUpView) error {
	v.Words = words(r)
	m, _, err := s.frame(r.Context(), v.Words, "/orders/lookup", "비회원 주문 조회", "Find your order")
	if err != nil {
		return err
	}
	return own(s, w, r, status, ui.LookUp, m, v)
}

// lookUp lets a guest see an order whose number and phone they know. Whichever of the two is wrong, the answer is the same.
func (s *Web) lookUp(w http.ResponseWriter, r *http.Request) error {
	if err := httpx.ParseForm(w, r); err != nil {
		return err
	}
	if err := s.LookUps.Allow(r); err != nil {
		return err
	}
	number, typed := r.PostForm.Get("number"), r.PostForm.Get("phone")
	was := httpx.Carried(r)
	next := was.Named()
	phone, _ := checkout.Phone(typed)
	err := s.Desk.Orders.LookUp(r.Context(), order.ParseNumber(number), phone, next.Owner())
	if errors.Is(err, fault.NoSuchPage) {
		return s.showLookUp(w, r, http.StatusNotFound, ui.LookUpView{Number: ui.Field{Name: "number", Value: number}, Phone: ui.Field{Name: "phone", Value: typed},
			Error: words(r).Say("주문번호와 주문하신 분의 휴대폰 번호가 맞는 주문이 없어요. 다시 확인해 주세요.", "No order has this number and phone. Please check both.")})
	}
	if err != nil {
		return err
	}
	s.Visitors.Carry(w, was, next)
	return goTo(w, r, "/orders/"+order.ParseNumber(number))
}
