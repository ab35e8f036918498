package ui

import (
	"slices"

	"myclothes/internal/lang"
	"myclothes/internal/order"
	"myclothes/internal/payment"
)

// Step is one stage on the way from buying to wearing.
type Step struct {
	Text string
	Done bool
	Here bool
}

type stage struct {
	name     lang.Text
	statuses []order.Status
}

var way = []stage{
	{lang.Text{KO: "주문", EN: "Ordered"}, []order.Status{order.AwaitingPayment, order.PaymentUnknown, order.AwaitingDeposit}},
	{lang.Text{KO: "결제 완료", EN: "Paid"}, []order.Status{order.Paid}},
	{lang.Text{KO: "상품 준비", EN: "Packing"}, []order.Status{order.Preparing}},
	{lang.Text{KO: "배송 중", EN: "On its way"}, []order.Status{order.Shipped}},
	{lang.Text{KO: "배송 완료", EN: "Delivered"}, []order.Status{order.Delivered, order.Completed}},
}

// Steps returns how far the order has come; none where it ended early.
func (v OrderView) Steps() []Step {
	here := slices.IndexFunc(way, func(s stage) bool { return slices.Contains(s.statuses, v.Order.Status) })
	if here < 0 {
		return nil
	}
	steps := make([]Step, len(way))
	for i, s := range way {
		steps[i] = Step{v.T(s.name), i < here, i == here}
		if i == 1 && v.Payment.Method == payment.Invoice {
			steps[i].Text = v.Say("주문 확정", "Confirmed") // it is paid later
		}
	}
	return steps
}
