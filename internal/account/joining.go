package account

import (
	"context"
	"net/mail"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"myclothes/internal/checkout"
	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/lang"
)

// SignUp is what somebody says who wants an account.
type SignUp struct {
	Email, Name, Phone, Password string
	Consents                     []customer.Document
}

// Check brings texts to the form in which they are kept, or names every input that is not acceptable.
func (s SignUp) Check() (SignUp, error) {
	return s.check(customer.CheckPassword)
}

// checkWithoutPassword is Check for who signs in otherwise.
func (s SignUp) checkWithoutPassword() (SignUp, error) {
	return s.check(func(string, ...string) error { return nil })
}

func (s SignUp) check(password func(password string, own ...string) error) (SignUp, error) {
	f := fault.BadRequest
	var ok bool
	if s.Email, ok = Email(s.Email); !ok {
		f = f.At("email", "메일 주소를 확인해 주세요. 예: name@example.com", "Check the mail address. Example: name@example.com")
	}
	f = Name(f, &s.Name)
	f = Phone(f, &s.Phone)
	if err := password(s.Password, s.Email, s.Name); err != nil {
		f = join(f, err)
	}
	for _, d := range customer.Required {
		if !slices.Contains(s.Consents, d) {
			ko, en := "동의가 필요해요.", "Your consent is needed."
			if d == customer.Over14 {
				ko, en = "만 14세 이상만 가입할 수 있어요.", "You must be 14 or older to join."
			}
			f = f.At("consents."+string(d), ko, en)
		}
	}
	if len(f.Fields) > 0 {
		return s, f
	}
	return s, nil
}

// join adds what another fault blames.
func join(f *fault.Error, err error) *fault.Error {
	for _, field := range fault.Of(err).Fields {
		f = f.At(field.Name, field.Words.KO, field.Words.EN)
	}
	return f
}

// Email returns a mail address without white space around it, if it is one.
func Email(s string) (string, bool) {
	s = strings.TrimSpace(s)
	a, err := mail.ParseAddress(s)
	_, domain, _ := strings.Cut(s, "@")
	return s, err == nil && a.Address == s && a.Name == "" && len(s) <= 254 && strings.Contains(domain, ".")
}

// Name trims a name, or blames the input of that name.
func Name(f *fault.Error, name *string) *fault.Error {
	*name = strings.Join(strings.Fields(*name), " ")
	if n := utf8.RuneCountInString(*name); n < 1 || n > 50 || !utf8.ValidString(*name) || strings.ContainsFunc(*name, unicode.IsControl) {
		return f.At("name", "이름을 입력해 주세요.", "Enter your name.")
	}
	return f
}

// Phone brings a phone number that may be empty to its digits, or blames the input "phone".
func Phone(f *fault.Error, phone *string) *fault.Error {
	if strings.TrimSpace(*phone) == "" {
		*phone = ""
		return f
	}
	digits, ok := checkout.Phone(*phone)
	if !ok {
		return f.At("phone", "휴대폰 번호를 확인해 주세요. 예: 010-1234-5678", "Check the mobile number. Example: 010-1234-5678")
	}
	*phone = digits
	return f
}

// SignUp files an application. Nothing is kept of who is under 14 or does not agree. Whether the mail has an account already, only its owner learns.
func (a *Accounts) SignUp(ctx context.Context, b Browser, s SignUp, tag lang.Tag) error {
	s, err := s.Check()
	if err != nil {
		return err
	}
	if err := a.mayMail(ctx, b, s.Email); err != nil {
		return err
	}
	h, err := a.Passwords.Hash(ctx, s.Password)
	if err != nil {
		return err
	}
	return a.Store.Apply(ctx, customer.Applicant{Email: s.Email, Name: s.Name, Phone: s.Phone, Lang: tag, Password: h, Consents: s.Consents})
}

// mayMail bounds how often one client, and how often anybody, has mails sent to an address.
func (a *Accounts) mayMail(ctx context.Context, b Browser, email string) error {
	if err := a.Rates.Allow(ctx, "mail by "+a.Blind("client", b.Client), perClientEvery, perClient); err != nil {
		return err
	}
	return a.Rates.Allow(ctx, "mail to "+a.Blind("mail", strings.ToLower(email)), perMailEvery, perMail)
}

// Confirm makes a customer of an application whose link was followed.
func (a *Accounts) Confirm(ctx context.Context, link string) error {
	l, err := a.open("confirm 1", link)
	if err != nil {
		return err
	}
	_, err = a.Store.Admit(ctx, l.Subject)
	return err
}
