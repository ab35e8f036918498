package ui

import (
	"strconv"
	"strings"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/lang"
	"myclothes/internal/money"
	"myclothes/internal/order"
	"myclothes/internal/payment"
)

// Words is what every view can say. Views embed it.
type Words struct{ Lang lang.Tag }

// Say chooses between the two languages.
func (w Words) Say(ko, en string) string { return lang.Text{KO: ko, EN: en}.In(w.Lang) }

// T says a text of the catalogue.
func (w Words) T(x lang.Text) string { return x.In(w.Lang) }

// To returns the address of a page of the shop in the view's language.
func (w Words) To(path string) string {
	if w.Lang != lang.English {
		return path
	}
	if path == "/" {
		return "/en"
	}
	return "/en" + path
}

// Item returns the address of a product's page.
func (w Words) Item(id int64, slug string) string { return w.To(catalog.Path(id, slug)) }

// Won writes an amount.
func (w Words) Won(a money.Amount) string { return a.In(w.Lang) }

// Off writes a reduction: "30%"; "" where there is none.
func (w Words) Off(price, list money.Amount) string {
	if n := money.Percent(price, list); n > 0 {
		return strconv.Itoa(n) + "%"
	}
	return ""
}

// Picture returns the address of a picture.
func (w Words) Picture(path string) string {
	if path == "" {
		return Asset("none.svg")
	}
	return "/media/" + catalog.PictureFile(path, 800)
}

// Thumb returns the address of a picture for a place of 400 pixels at the most.
func (w Words) Thumb(path string) string {
	if path == "" {
		return Asset("none.svg")
	}
	return "/media/" + catalog.PictureFile(path, 400)
}

// When writes a moment as the clock in Seoul shows it.
func (w Words) When(t time.Time) string {
	t = t.In(order.Seoul)
	return w.Say(t.Format("2006. 1. 2. 15:04"), t.Format("2 Jan 2006, 15:04")+" KST")
}

// Day writes the day of a moment as the calendar in Seoul has it.
func (w Words) Day(t time.Time) string {
	t = t.In(order.Seoul)
	return w.Say(t.Format("2006. 1. 2."), t.Format("2 Jan 2006"))
}

// Phone writes a phone number with its hyphens: 010-1234-5678.
func (w Words) Phone(digits string) string {
	switch {
	case strings.HasPrefix(digits, "02") && len(digits) >= 9:
		return digits[:2] + "-" + digits[2:len(digits)-4] + "-" + digits[len(digits)-4:]
	case len(digits) >= 10:
		mid := len(digits) - 8 // where the middle group begins: of three digits in a number of ten
		if len(digits) == 10 {
			mid = 3
		}
		return digits[:mid] + "-" + digits[mid:len(digits)-4] + "-" + digits[len(digits)-4:]
	}
	return digits
}

// Status says where an order stands.
func (w Words) Status(s order.Status) string { return w.T(statuses[s]) }

var statuses = map[order.Status]lang.Text{
	order.AwaitingPayment: {KO: "결제 대기", EN: "Awaiting payment"},
	order.PaymentUnknown:  {KO: "결제 확인 중", EN: "Checking payment"},
	order.AwaitingDeposit: {KO: "입금 대기", EN: "Awaiting deposit"},
	order.Paid:            {KO: "결제 완료", EN: "Paid"},
	order.Preparing:       {KO: "상품 준비 중", EN: "Preparing"},
	order.Shipped:         {KO: "배송 중", EN: "Shipped"},
	order.Delivered:       {KO: "배송 완료", EN: "Delivered"},
	order.Completed:       {KO: "구매 확정", EN: "Completed"},
	order.Cancelled:       {KO: "주문 취소", EN: "Cancelled"},
	order.Expired:         {KO: "결제 시간 만료", EN: "Expired unpaid"},
}

// Because says why an order moved; "" where the status says it all.
func (w Words) Because(r order.Reason) string { return w.T(reasons[r]) }

var reasons = map[order.Reason]lang.Text{
	order.ByAccount:      {KO: "계산서 후불로 주문했어요", EN: "Bought on account"},
	order.ByRefusal:      {KO: "결제가 승인되지 않았어요", EN: "The payment was refused"},
	order.ByNoAnswer:     {KO: "결제사의 응답을 기다리고 있어요", EN: "Waiting for the payment provider"},
	order.ByTime:         {KO: "결제 시간이 지나 자동으로 끝났어요", EN: "Not paid in time"},
	order.ByProvider:     {KO: "결제가 취소되어 주문도 취소됐어요", EN: "The payment was taken back"},
	order.ByWrongCapture: {KO: "결제 금액이 달라 환불돼요", EN: "The amount was wrong and is refunded"},
}

// Attempt says how an attempt to pay was made and where it stands: "신용·체크카드 · 결제 완료"; "" for none.
func (w Words) Attempt(p payment.Payment) string {
	if p.Method == "" {
		return ""
	}
	return w.Method(p.Method) + " · " + w.T(states[p.State])
}

// Method names a way to pay.
func (w Words) Method(m payment.Method) string { return w.T(methodNames[m]) }

var methodNames = map[payment.Method]lang.Text{
	payment.Card:     {KO: "신용·체크카드", EN: "Card"},
	payment.Transfer: {KO: "계좌이체", EN: "Bank transfer"},
	payment.Invoice:  {KO: "계산서 후불", EN: "On account"},
}

var states = map[payment.State]lang.Text{
	payment.Ready:      {KO: "결제 전", EN: "not paid yet"},
	payment.Confirming: {KO: "확인 중", EN: "being checked"},
	payment.Unknown:    {KO: "확인 중", EN: "being checked"},
	payment.Owed:       {KO: "입금 전", EN: "to be paid"},
	payment.Captured:   {KO: "결제 완료", EN: "paid"},
	payment.Refused:    {KO: "승인되지 않음", EN: "refused"},
	payment.Abandoned:  {KO: "결제하지 않음", EN: "not paid"},
	payment.Refunding:  {KO: "환불 중", EN: "being refunded"},
	payment.Refunded:   {KO: "환불 완료", EN: "refunded"},
}
