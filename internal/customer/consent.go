package customer

import (
	"slices"
	"time"
)

// Document is something that one agrees to (PIPA §22: required and optional ones apart, none ticked beforehand).
type Document string

const (
	Terms         Document = "terms"          // 이용약관
	Privacy       Document = "privacy"        // 개인정보 수집·이용
	Over14        Document = "over14"         // 만 14세 이상 (PIPA §22-2)
	MarketingMail Document = "marketing_mail" // 광고성 정보 수신, 메일 (정보통신망법 §50)
	MarketingSMS  Document = "marketing_sms"  // 광고성 정보 수신, 문자
)

// Required lists what an account needs, Optional what it does not: refusing these never blocks anything.
var (
	Required = []Document{Over14, Terms, Privacy}
	Optional = []Document{MarketingMail, MarketingSMS}
)

// Version is that of each document's text that is asked for now. The ledger keeps it.
const Version = "2026-11-01"

// Consent is a row of the ledger.
type Consent struct {
	Document  Document
	Version   string
	Given     time.Time
	Withdrawn time.Time // zero: it stands
}

// Stands reports whether the ledger says that a document is agreed to now.
func Stands(ledger []Consent, d Document) bool {
	return slices.ContainsFunc(ledger, func(c Consent) bool { return c.Document == d && c.Withdrawn.IsZero() })
}
