package customer

import "time"

// Term is how long the law has something kept, apart from all else, and after which it is erased (PIPA §21).
type Term struct {
	Years, Months int
	Law           string
}

// The terms that the shop keeps to.
var (
	// ContractTerm is that of contracts, their withdrawal, payment and supply: who bought what, and what a customer had to agree to.
	ContractTerm = Term{Years: 5, Law: "전자상거래법 시행령 §6①2, 3"}
	// AdvertisingTerm is that of advertising: who agreed to be sent it, and when they took that back.
	AdvertisingTerm = Term{Months: 6, Law: "전자상거래법 시행령 §6①1"}
	// AccessTerm is that of who signed in when.
	AccessTerm = Term{Months: 3, Law: "통신비밀보호법 시행령 §41②"}
)

// Over returns the moment before which something must have happened for its term to be over now.
func (t Term) Over(now time.Time) time.Time { return now.AddDate(-t.Years, -t.Months, 0) }
