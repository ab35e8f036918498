package order

import (
	"fmt"
	"strings"

	"myclothes/internal/lang"
	"myclothes/internal/outbox"
)

// Message is what the shop writes to a buyer when something happened to their order. ok is false for what needs no words. base is the
// shop's public address. It names what was bought and for how much, but no address and no phone: mail is read by many eyes.
func (o *Order) Message(topic outbox.Topic, base string) (subject, body string, ok bool) {
	say, ok := messages[topic]
	if !ok {
		return "", "", false
	}
	t := o.Lang
	path := "/orders/lookup?number=" + o.Number
	if t == lang.English {
		path = "/en" + path
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", say.lead.In(t))
	row := func(ko, en, value string) { fmt.Fprintf(&b, "%s: %s\n", lang.Text{KO: ko, EN: en}.In(t), value) }
	row("주문번호", "Order", o.Number)
	for _, l := range o.Lines {
		fmt.Fprintf(&b, "- %s (%s / %s) × %d  %s\n", l.Name.In(t), l.Color.In(t), l.Size, l.Quantity, l.Total().In(t))
	}
	row("배송비", "Delivery", (o.Totals.Delivery + o.Totals.Surcharge).In(t))
	row("합계", "Total", o.Totals.Total.In(t))
	fmt.Fprintf(&b, "\n%s\n%s%s\n", lang.Text{KO: "주문번호와 휴대폰 번호로 주문을 확인할 수 있어요.", EN: "See your order with its number and your phone number:"}.In(t), base, path)
	return fmt.Sprintf("%s %s", say.subject.In(t), o.Name(t)), b.String(), true
}

var messages = map[outbox.Topic]struct{ subject, lead lang.Text }{
	TopicPaid: {
		lang.Text{KO: "[마이클로즈] 주문이 완료됐어요:", EN: "[MyClothes] Your order is confirmed:"},
		lang.Text{KO: "주문해 주셔서 고맙습니다. 결제가 완료됐고, 영업일 기준 3일 안에 보내 드릴게요.", EN: "Thank you for your order. It is paid, and we will send it within three working days."},
	},
	TopicOnAccount: {
		lang.Text{KO: "[마이클로즈] 후불 주문이 접수됐어요:", EN: "[MyClothes] Your order on account is confirmed:"},
		lang.Text{KO: "주문해 주셔서 고맙습니다. 계산서 후불로 접수했고, 영업일 기준 3일 안에 보내 드릴게요. 결제 기한은 주문 화면에서 볼 수 있어요.", EN: "Thank you for your order. It is on your company's account, and we will send it within three working days. The order's page says until when it is to be paid."},
	},
	TopicCancelled: {
		lang.Text{KO: "[마이클로즈] 주문이 취소됐어요:", EN: "[MyClothes] Your order is cancelled:"},
		lang.Text{KO: "주문이 취소됐어요. 결제하신 금액이 있다면 영업일 기준 3일 안에 환불해 드려요.", EN: "Your order is cancelled. Anything you paid is refunded within three working days."},
	},
	TopicExpired: {
		lang.Text{KO: "[마이클로즈] 결제 시간이 지나 주문이 끝났어요:", EN: "[MyClothes] Your order was not paid in time:"},
		lang.Text{KO: "결제가 확인되지 않아 주문이 자동으로 끝났어요. 담아 두셨던 상품은 다시 주문하실 수 있어요.", EN: "The order ended because it was not paid in time. You are welcome to order again."},
	},
}
