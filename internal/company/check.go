package company

import (
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"myclothes/internal/fault"
)

// Faults of companies.
var (
	AlreadyBuys   = fault.WrongState.Saying("이미 사업자 구매자로 등록되어 있어요.", "You already buy for a company.")
	TooManyBuyers = fault.WrongState.Saying("구매자는 초대를 포함해 50명까지 둘 수 있어요.", "A company has at most 50 buyers, those invited included.")
	LastManager   = fault.WrongState.Saying("세 역할을 모두 가진 분이 한 명은 있어야 해요.", "One person must keep all three roles.")
	NotInvited    = fault.WrongState.Saying("이 초대는 기한이 지났거나 다른 메일 주소로 보낸 거예요.", "This invitation has expired, or was sent to another mail address.")
	NotYours      = fault.Denied.Saying("회사에서 맡은 역할로는 할 수 없는 일이에요.", "Your role in the company does not allow this.")
)

// Check returns the application with its texts trimmed, or a fault.BadRequest that names every input that is not acceptable. registration is as it was typed.
func (a Application) Check(registration string) (Application, error) {
	f := fault.BadRequest
	var ok bool
	if a.Registration, ok = ParseRegistration(registration); !ok {
		f = f.At("registration", "사업자등록번호 10자리를 확인해 주세요. 예: 220-81-62517", "Check the ten digits of the registration number. Example: 220-81-62517")
	}
	f = short(f, "company", &a.Name, 1, "상호를 입력해 주세요.", "Enter the company's name.")
	f = short(f, "representative", &a.Representative, 1, "대표자 이름을 입력해 주세요.", "Enter the representative's name.")
	f = short(f, "trade", &a.Trade, 0, "50자까지 쓸 수 있어요.", "At most 50 characters.")
	f = short(f, "item", &a.Item, 0, "50자까지 쓸 수 있어요.", "At most 50 characters.")
	if a.Mail, ok = Mail(a.Mail); !ok {
		f = f.At("email", "메일 주소를 확인해 주세요. 예: tax@example.com", "Check the mail address. Example: tax@example.com")
	}
	if len(f.Fields) > 0 {
		return a, f
	}
	return a, nil
}

func short(f *fault.Error, name string, s *string, least int, ko, en string) *fault.Error {
	bad := !utf8.ValidString(*s) || strings.ContainsFunc(*s, func(r rune) bool { return unicode.IsControl(r) && !unicode.IsSpace(r) })
	*s = strings.Join(strings.Fields(*s), " ")
	if n := utf8.RuneCountInString(*s); bad || n < least || n > 50 {
		return f.At(name, ko, en)
	}
	return f
}

// Mail returns a mail address without white space around it, if it is one.
func Mail(s string) (string, bool) {
	s = strings.TrimSpace(s)
	a, err := mail.ParseAddress(s)
	_, domain, _ := strings.Cut(s, "@")
	return s, err == nil && a.Address == s && a.Name == "" && len(s) <= 254 && strings.Contains(domain, ".")
}
