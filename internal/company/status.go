package company

import "slices"

// Status is where a company stands with the shop.
type Status string

const (
	Applied   Status = "applied"   // by whoever applied. Staff decide: Approved, Refused
	Approved  Status = "approved"  // by staff: its people buy on its terms. Next: Suspended
	Refused   Status = "refused"   // by staff. Final; who applied may apply anew
	Suspended Status = "suspended" // by staff: its people buy as anybody, what is owed stays owed. Next: Approved
)

var next = map[Status][]Status{
	"":        {Applied},
	Applied:   {Approved, Refused},
	Approved:  {Suspended},
	Suspended: {Approved},
}

// May reports whether a company may move from one status to another.
func May(from, to Status) bool { return slices.Contains(next[from], to) }
