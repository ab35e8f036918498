package company

import "context"

// Standing is how a business stands with the tax office.
type Standing string

const (
	Unasked      Standing = ""             // nobody answered yet: staff look by hand
	Trading      Standing = "trading"      // 계속사업자
	Resting      Standing = "resting"      // 휴업자
	Closed       Standing = "closed"       // 폐업자
	Unregistered Standing = "unregistered" // no business has the number
)

// Registrar says how businesses stand with the tax office. An error means that nobody answered, not that something is wrong with the business.
// Safe for concurrent use; gives up when ctx ends.
type Registrar interface {
	Standing(ctx context.Context, r Registration) (Standing, error)
}
