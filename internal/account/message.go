package account

import (
	"context"
	"errors"

	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/lang"
	"myclothes/internal/outbox"
)

// Message is a mail to somebody.
type Message struct{ To, Subject, Body string }

// Message returns what to mail about an event, with links below base. ok is false where there is nothing to say (any more).
func (a *Accounts) Message(ctx context.Context, e outbox.Event, base string) (m Message, ok bool, err error) {
	switch e.Topic {
	case customer.Applied, customer.MovedMail:
		m, err = a.toApplicant(ctx, e, base)
	case customer.AppliedAgain, customer.ForgotIt, customer.Changed, customer.Suspected:
		m, err = a.toCustomer(ctx, e, base)
	default:
		return m, false, nil
	}
	if errors.Is(err, fault.NoSuchPage) { // closed or gone meanwhile
		return m, false, nil
	}
	return m, err == nil, err
}

func (a *Accounts) toApplicant(ctx context.Context, e outbox.Event, base string) (Message, error) {
	who, err := a.Store.Application(ctx, e.Subject)
	if err != nil {
		return Message{}, err
	}
	until := e.At.Add(customer.ApplicationKept)
	if e.Topic == customer.MovedMail {
		address := base + prefix(who.Lang) + "/account/mail/" + a.seal("move 1", link{Subject: e.Subject, Until: until})
		return write(who.Email, who.Lang,
			"메일 주소를 확인해 주세요", "이 메일 주소를 마이클로즈 계정에 쓰시려면 아래 링크를 열어 주세요. 24시간 동안 쓸 수 있어요.\n\n"+address+"\n\n요청하지 않으셨다면 그냥 두셔도 괜찮아요.",
			"Please confirm your mail address", "To use this mail address for your MyClothes account, please open this link within 24 hours:\n\n"+address+"\n\nIf you did not ask for this, there is nothing to do."), nil
	}
	if who.Provider != "" {
		return a.toApplicantBy(who, base+prefix(who.Lang)+"/account/confirm/"+a.seal("confirm 1", link{Subject: e.Subject, Until: until})), nil
	}
	address := base + prefix(who.Lang) + "/account/confirm/" + a.seal("confirm 1", link{Subject: e.Subject, Until: until})
	return write(who.Email, who.Lang,
		"마이클로즈 가입을 마쳐 주세요", who.Name+"님, 아래 링크를 열면 가입이 끝나요. 24시간 동안 쓸 수 있어요.\n\n"+address+"\n\n가입을 신청하지 않으셨다면 그냥 두셔도 괜찮아요. 하루가 지나면 적어 주신 내용은 지워져요.",
		"Finish joining MyClothes", "Hello "+who.Name+", open this link within 24 hours to finish:\n\n"+address+"\n\nIf you did not ask to join, there is nothing to do: what was entered is deleted after a day."), nil
}

// toApplicantBy is for who will sign in by an account elsewhere. It says so: whoever did not ask would let somebody else in.
func (a *Accounts) toApplicantBy(who customer.Applicant, address string) Message {
	ko, en := map[string]string{"kakao": "카카오", "naver": "네이버"}[who.Provider], map[string]string{"kakao": "Kakao", "naver": "Naver"}[who.Provider]
	return write(who.Email, who.Lang,
		"마이클로즈 가입을 마쳐 주세요", who.Name+"님, "+ko+"로 가입을 신청하셨어요. 아래 링크를 열면 가입이 끝나고, 신청할 때 쓴 "+ko+" 계정으로 로그인할 수 있어요. 24시간 동안 쓸 수 있어요.\n\n"+address+"\n\n가입을 신청하지 않으셨다면 링크를 열지 마세요. 하루가 지나면 적어 주신 내용은 지워져요.",
		"Finish joining MyClothes", "Hello "+who.Name+", you asked to join with "+en+". Open the link within 24 hours to finish; you then sign in with the "+en+" account that you used.\n\n"+address+"\n\nIf you did not ask to join, do not open it: what was entered is deleted after a day.")
}

func (a *Accounts) toCustomer(ctx context.Context, e outbox.Event, base string) (Message, error) {
	who, _, err := a.Store.Customer(ctx, customer.ID(e.Subject))
	if err != nil {
		return Message{}, err
	}
	forgot := base + prefix(who.Lang) + "/account/forgot"
	switch e.Topic {
	case customer.AppliedAgain:
		return write(who.Email, who.Lang,
			"이미 마이클로즈 회원이에요", "이 메일 주소로 가입하려는 요청이 있었지만, 이미 가입되어 있어요. 로그인해 주세요.\n비밀번호가 기억나지 않으면 새로 정할 수 있어요: "+forgot+"\n\n요청하지 않으셨다면 그냥 두셔도 괜찮아요.",
			"You are already with MyClothes", "Somebody asked to join with this mail address, which has an account already. Please sign in.\nIf you forgot your password: "+forgot+"\n\nIf this was not you, there is nothing to do."), nil
	case customer.ForgotIt:
		address := base + prefix(who.Lang) + "/account/reset/" + a.seal("reset 1", link{Subject: e.Subject, Version: who.Version, Until: e.At.Add(customer.LinkGood)})
		return write(who.Email, who.Lang,
			"비밀번호를 새로 정해 주세요", "아래 링크에서 새 비밀번호를 정할 수 있어요. 30분 동안, 한 번만 쓸 수 있어요.\n\n"+address+"\n\n요청하지 않으셨다면 그냥 두셔도 괜찮아요. 비밀번호는 그대로예요.",
			"Choose a new password", "You can choose a new password here, once and within 30 minutes:\n\n"+address+"\n\nIf you did not ask for this, there is nothing to do. Your password stays as it is."), nil
	}
	if e.Topic == customer.Suspected {
		keys := base + prefix(who.Lang) + "/account/keys"
		return write(who.Email, who.Lang,
			"패스키를 확인해 주세요", "누군가 회원님의 패스키로 로그인하려 했지만, 복제된 패스키일 수 있어 막았어요.\n모르는 일이라면 그 패스키를 지우고 새로 등록해 주세요: "+keys,
			"Please check your passkeys", "Somebody tried to sign in with one of your passkeys. It looked like a copy, so we refused it.\nIf this was not you, remove that passkey and add a new one: "+keys), nil
	}
	return write(who.Email, who.Lang,
		"계정 정보가 바뀌었어요", "마이클로즈 계정의 비밀번호, 메일 주소나 로그인 방법이 바뀌었어요.\n직접 바꾸신 게 아니라면 바로 비밀번호를 새로 정해 주세요: "+forgot,
		"Your account was changed", "The password, the mail address or a way to sign in of your MyClothes account was changed.\nIf this was not you, choose a new password at once: "+forgot), nil
}

func prefix(tag lang.Tag) string {
	if tag == lang.English {
		return "/en"
	}
	return ""
}

func write(to string, tag lang.Tag, subjectKO, bodyKO, subjectEN, bodyEN string) Message {
	if tag == lang.English {
		return Message{to, subjectEN, bodyEN}
	}
	return Message{to, subjectKO, bodyKO}
}
