package business

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"myclothes/internal/cart"
	"myclothes/internal/company"
	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/lang"
	"myclothes/internal/outbox"
)

// Message is a mail to somebody.
type Message struct{ To, Subject, Body string }

// Message returns what to mail about an event, with links below base. ok is false where there is nothing to say (any more).
func (x *Business) Message(ctx context.Context, e outbox.Event, base string) (m Message, ok bool, err error) {
	switch e.Topic {
	case company.Decided:
		m, err = x.decided(ctx, e, base)
	case company.Invited:
		m, err = x.invited(ctx, e, base)
	case company.Asked, company.Declined:
		m, err = x.asked(ctx, e, base)
	default:
		return m, false, nil
	}
	if errors.Is(err, fault.NoSuchPage) { // withdrawn or gone meanwhile
		return m, false, nil
	}
	return m, err == nil && m.To != "", err
}

func (x *Business) decided(ctx context.Context, e outbox.Event, base string) (Message, error) {
	who, err := x.Store.Company(ctx, company.ID(e.Subject))
	if err != nil {
		return Message{}, err
	}
	say := decisions[who.Status]
	if say.KO == "" {
		return Message{}, nil
	}
	body := say.KO + "\n"
	if who.Reason != "" {
		body += "\n" + who.Reason + "\n"
	}
	return Message{who.Mail, "[마이클로즈] 사업자 회원 안내", body + "\n" + base + "/business\n\n" + say.EN + "\n" + base + "/en/business\n"}, nil
}

var decisions = map[company.Status]lang.Text{
	company.Approved:  {KO: "사업자 회원으로 승인됐어요. 이제 회사의 가격으로 주문할 수 있어요.", EN: "Your company is approved: you can now order at its prices."},
	company.Refused:   {KO: "사업자 회원 신청이 승인되지 않았어요.", EN: "Your company's application was not accepted."},
	company.Suspended: {KO: "사업자 거래가 잠시 중지됐어요. 고객센터로 연락해 주세요.", EN: "Your company's account is suspended. Please get in touch."},
}

func (x *Business) invited(ctx context.Context, e outbox.Event, base string) (Message, error) {
	i, err := x.Store.Invitation(ctx, e.Subject)
	if err != nil {
		return Message{}, err
	}
	prefix := ""
	if i.Lang == lang.English {
		prefix = "/en"
	}
	address := base + prefix + "/business/join/" + x.seal(e.Subject)
	subject := lang.Text{KO: "[마이클로즈] " + i.Name + "의 구매자로 초대받았어요", EN: "[MyClothes] You are invited to buy for " + i.Name}
	body := lang.Text{
		KO: i.Name + "에서 구매자로 초대했어요. 이 메일 주소의 계정으로 로그인한 뒤 아래 링크를 열어 주세요. 7일 동안 쓸 수 있어요.\n\n" + address + "\n\n모르는 회사라면 그냥 두셔도 괜찮아요.\n",
		EN: i.Name + " invites you to buy for them. Sign in with the account of this mail address and open this link within 7 days:\n\n" + address + "\n\nIf you do not know them, there is nothing to do.\n"}
	return Message{i.Mail, subject.In(i.Lang), body.In(i.Lang)}, nil
}

// asked writes to who may approve a request, or to who asked for what was declined. It names nobody and nothing but the page that does.
func (x *Business) asked(ctx context.Context, e outbox.Event, base string) (Message, error) {
	id, approver, _ := strings.Cut(e.Subject, " ")
	r, err := x.Store.AnyRequest(ctx, id)
	if err != nil {
		return Message{}, err
	}
	to, say := r.Customer, declined
	if e.Topic == company.Asked {
		if r.State != Open {
			return Message{}, nil
		}
		to, say = customer.ID(approver), asks
	}
	who, _, err := x.Customers.Customer(ctx, to)
	if err != nil {
		return Message{}, err
	}
	prefix := ""
	if who.Lang == lang.English {
		prefix = "/en"
	}
	return Message{who.Email, say.subject.In(who.Lang), say.body.In(who.Lang) + "\n\n" + base + prefix + "/business/requests/" + id + "\n"}, nil
}

type saying struct{ subject, body lang.Text }

var (
	asks = saying{lang.Text{KO: "[마이클로즈] 승인할 주문 요청이 있어요", EN: "[MyClothes] An order awaits your approval"},
		lang.Text{KO: "회사 동료가 주문을 요청했어요. 내용을 확인하고 승인하거나 반려해 주세요.", EN: "A colleague asks for an order. Please look at it and approve or decline it."}}
	declined = saying{lang.Text{KO: "[마이클로즈] 주문 요청이 반려됐어요", EN: "[MyClothes] Your request was declined"},
		lang.Text{KO: "요청하신 주문이 반려됐어요.", EN: "The order that you asked for was declined."}}
)

const linkPurpose = "buyer 1"

func (x *Business) seal(invitation string) string {
	plain, err := json.Marshal(invitation)
	if err != nil {
		panic(err) // a string
	}
	return x.Links.Seal(linkPurpose, plain)
}

// Invitation returns what a link of a mail invites the visitor to; company.NotInvited where it cannot be accepted, by them.
func (x *Business) Invitation(ctx context.Context, c cart.Carried, link string) (company.Invitation, error) {
	var id string
	plain, err := x.Links.Open(linkPurpose, link)
	if err != nil || json.Unmarshal(plain, &id) != nil {
		return company.Invitation{}, company.NotInvited
	}
	i, err := x.Store.Invitation(ctx, id)
	if errors.Is(err, fault.NoSuchPage) {
		return i, company.NotInvited
	}
	if err != nil {
		return i, err
	}
	who, _, err := x.Customers.Customer(ctx, customer.ID(c.Member))
	if err == nil && !strings.EqualFold(who.Email, i.Mail) {
		err = company.NotInvited
	}
	return i, err
}

// Join makes the visitor buy for the company that invited them.
func (x *Business) Join(ctx context.Context, c cart.Carried, link string) error {
	i, err := x.Invitation(ctx, c, link)
	if err != nil {
		return err
	}
	return x.Store.Join(ctx, i.ID, customer.ID(c.Member))
}
