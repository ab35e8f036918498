package checkout

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/mail"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"myclothes/internal/delivery"
	"myclothes/internal/fault"
	"myclothes/internal/order"
	"myclothes/internal/payment"
)

// Agreement is a consent that buying needs. Each is asked apart and none is ticked beforehand.
type Agreement string

const (
	AgreeTerms    Agreement = "terms"    // 이용약관
	AgreePrivacy  Agreement = "privacy"  // 개인정보 수집·이용 (PIPA §15, §22)
	AgreePurchase Agreement = "purchase" // 주문 내용 확인 및 결제 (전자상거래법 §14)
)

// Agreements lists those that an order needs, in the order in which they are asked.
var Agreements = []Agreement{AgreeTerms, AgreePrivacy, AgreePurchase}

// Request is what the buyer says. Check makes it fit for an order.
type Request struct {
	Contact    order.Contact
	Delivery   order.Delivery
	Method     payment.Method
	Agreements []Agreement
}

// Longest texts, in characters.
const (
	maxName    = 50
	maxAddress = 200
	maxMemo    = 100
	maxEmail   = 254 // RFC 5321, 4.5.3.1.3, less the brackets
	maxKey     = 255
)

// Check returns the request with its texts trimmed and its numbers in the one form in which the shop keeps them, or a
// fault.BadRequest that names every input that is not acceptable.
func (r Request) Check() (Request, error) {
	f := r.checkAddress(fault.BadRequest)
	if !slices.Contains(payment.Methods, r.Method) && r.Method != payment.Invoice {
		f = f.At("payment_method", "결제 수단을 골라 주세요.", "Choose how to pay.")
	}
	for _, a := range Agreements {
		if !slices.Contains(r.Agreements, a) {
			f = f.At("agreements."+string(a), "동의가 필요해요.", "Your consent is needed.")
		}
	}
	if len(f.Fields) > 0 {
		return r, f
	}
	r.Agreements = Agreements // in one order, so that a repeated request is the same one
	return r, nil
}

// CheckAddress is Check for the page before the last, where nothing has been agreed to yet.
func (r Request) CheckAddress() (Request, error) {
	if f := r.checkAddress(fault.BadRequest); len(f.Fields) > 0 {
		return r, f
	}
	return r, nil
}

// CheckDelivery is Check for the address alone, as an address book keeps it.
func (r Request) CheckDelivery() (order.Delivery, error) {
	if f := r.checkDelivery(fault.BadRequest); len(f.Fields) > 0 {
		return r.Delivery, f
	}
	return r.Delivery, nil
}

func (r *Request) checkAddress(f *fault.Error) *fault.Error {
	c := &r.Contact
	f = text(f, "contact.name", &c.Name, 1, maxName, "이름을 입력해 주세요.", "Enter your name.")
	f = phone(f, "contact.phone", &c.Phone)
	f = email(f, "contact.email", &c.Email)
	return r.checkDelivery(f)
}

func (r *Request) checkDelivery(f *fault.Error) *fault.Error {
	d := &r.Delivery
	f = text(f, "delivery.recipient", &d.Recipient, 1, maxName, "받는 분 이름을 입력해 주세요.", "Enter the recipient's name.")
	f = phone(f, "delivery.phone", &d.Phone)
	f = postcode(f, "delivery.postcode", &d.Postcode)
	f = text(f, "delivery.road_address", &d.RoadAddress, 5, maxAddress, "도로명주소를 입력해 주세요.", "Enter the road address.")
	if strings.HasPrefix(d.Postcode, "63") && !delivery.IsIsland(d.RoadAddress) {
		f = f.At("delivery.road_address", "제주 우편번호예요. '제주특별자치도'로 시작하는 도로명주소를 입력해 주세요.", "This postcode is in Jeju. Enter the road address beginning with its province.")
	}
	f = text(f, "delivery.detail_address", &d.DetailAddress, 0, maxAddress, "상세주소는 200자까지 쓸 수 있어요.", "At most 200 characters.")
	return text(f, "delivery.memo", &d.Memo, 0, maxMemo, "배송 메모는 100자까지 쓸 수 있어요.", "At most 100 characters.")
}

// text trims *s and folds inner white space, and refuses what is too short, too long, not UTF-8 or holds control characters.
func text(f *fault.Error, name string, s *string, least, most int, ko, en string) *fault.Error {
	bad := !utf8.ValidString(*s) || strings.ContainsFunc(*s, func(r rune) bool { return unicode.IsControl(r) && !unicode.IsSpace(r) })
	*s = strings.Join(strings.Fields(*s), " ")
	if n := utf8.RuneCountInString(*s); bad || n < least || n > most {
		return f.At(name, ko, en)
	}
	return f
}

// mobile and landline prefixes of the Korean numbering plan; 050 numbers are forwarding ones that marketplaces hand out.
var prefixes = []string{"010", "011", "016", "017", "018", "019", "02", "031", "032", "033", "041", "042", "043", "044",
	"051", "052", "053", "054", "055", "061", "062", "063", "064", "070", "050"}

func phone(f *fault.Error, name string, s *string) *fault.Error {
	digits, ok := Phone(*s)
	if !ok {
		return f.At(name, "전화번호를 확인해 주세요. 예: 010-1234-5678", "Check the phone number. Example: 010-1234-5678")
	}
	*s = digits
	return f
}

// Phone brings a Korean phone number to its digits, "01012345678": hyphens, dots, spaces and +82 are understood.
func Phone(s string) (string, bool) {
	s = strings.NewReplacer("-", "", " ", "", ".", "", "(", "", ")", "").Replace(strings.TrimSpace(s))
	if rest, ok := strings.CutPrefix(s, "+82"); ok {
		s = "0" + strings.TrimPrefix(rest, "0")
	}
	if len(s) < 9 || len(s) > 12 || strings.Trim(s, "0123456789") != "" {
		return "", false
	}
	if strings.HasPrefix(s, "01") && (len(s) < 10 || len(s) > 11 || (strings.HasPrefix(s, "010") && len(s) != 11)) {
		return "", false
	}
	if len(s) == 12 && !strings.HasPrefix(s, "050") {
		return "", false
	}
	return s, slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(s, p) })
}

func email(f *fault.Error, name string, s *string) *fault.Error {
	*s = strings.TrimSpace(*s)
	a, err := mail.ParseAddress(*s)
	_, domain, _ := strings.Cut(*s, "@")
	if err != nil || a.Address != *s || len(*s) > maxEmail || !strings.Contains(domain, ".") || strings.ContainsAny(*s, "\r\n\"") {
		return f.At(name, "이메일 주소를 확인해 주세요. 예: name@example.com", "Check the mail address. Example: name@example.com")
	}
	return f
}

// postcode refuses what is not one of the 5-digit codes in use since 2015-08-01, which run from 01000 (서울) to 63644 (제주).
func postcode(f *fault.Error, name string, s *string) *fault.Error {
	*s = strings.TrimSpace(*s)
	if len(*s) != 5 || strings.Trim(*s, "0123456789") != "" || *s < "01000" || *s > "63999" {
		return f.At(name, "우편번호 5자리를 입력해 주세요.", "Enter the 5-digit postcode.")
	}
	return f
}

// digest is the same for requests that mean the same.
func (r Request) digest() string {
	b, err := json.Marshal(r)
	if err != nil {
		panic(err) // strings only
	}
	sum := sha256.Sum256(b)
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// checkKey refuses an idempotency key that is missing, too long or not printable ASCII.
func checkKey(key string) error {
	bad := func(r rune) bool { return r < '!' || r > '~' }
	if key == "" || len(key) > maxKey || strings.ContainsFunc(key, bad) {
		return fault.BadRequest.At("Idempotency-Key", "Idempotency-Key 헤더에 1~255자의 값을 넣어 주세요.", "Send an Idempotency-Key header of 1 to 255 printable characters.")
	}
	return nil
}
