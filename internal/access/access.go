// Package access is the log of who of the staff saw whose personal data, and why (개인정보의 안전성 확보조치 기준 §8: kept for a year at least, two where there are many people's, and
// looked through every month).
//
// Each entry is bound to the one before by its hash, so that none can be changed, left out or put in later without every hash after it being another. Whoever may write
// to the database could still make all of them anew: the latest hash, noted elsewhere from time to time, shows that too.
package access

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"myclothes/internal/fault"
)

// Act is what somebody did with personal data.
type Act string

// The acts that there are. Another gets another name; none is ever renamed.
const (
	ShowCustomer Act = "customer.show" // all that is kept of one customer
)

// Nobody is the subject where somebody looked for a customer who is not there.
const Nobody = "none"

// Entry is a line of the log. Nothing in it is personal data of a customer: they are named by their ID.
type Entry struct {
	Number         int64 // from 1, without a gap
	At             time.Time
	Staff          string
	Act            Act
	Subject        string
	Reason         string
	Previous, Hash string // SHA-256, hexadecimal; the first one's Previous is empty
}

// Check refuses an entry that does not say who or why.
func (e Entry) Check() error {
	f := fault.BadRequest
	if strings.TrimSpace(e.Staff) == "" || len(e.Staff) > 200 {
		f = f.At("staff", "누가 보는지 적어 주세요.", "Say who looks.")
	}
	if n := utf8.RuneCountInString(strings.TrimSpace(e.Reason)); n < 5 || n > 500 {
		f = f.At("reason", "보는 이유를 5자 이상 적어 주세요.", "Say why, in at least 5 characters.")
	}
	if len(f.Fields) > 0 {
		return f
	}
	return nil
}

// Sum is the hash that the entry must have: of all its other fields, each with its length before it, so that no two entries read the same.
func (e Entry) Sum() string {
	h := sha256.New()
	for _, field := range []string{strconv.FormatInt(e.Number, 10), strconv.FormatInt(e.At.UnixMicro(), 10), e.Staff, string(e.Act), e.Subject, e.Reason, e.Previous} {
		fmt.Fprintf(h, "%d:%s,", len(field), field)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Broken is the first entry that is not as it was written.
type Broken struct {
	Number int64
	Why    string
}

func (b *Broken) Error() string { return fmt.Sprintf("entry %d: %s", b.Number, b.Why) }

// Log keeps the entries. Safe for concurrent use, over all instances.
type Log interface {
	// Append writes an entry at the end, and returns it with number, time and hashes. What is looked at afterwards is looked at with the entry committed.
	Append(ctx context.Context, e Entry) (Entry, error)
	// Entries gives every entry to yield, the first one first.
	Entries(ctx context.Context, yield func(Entry) error) error
	// Verify goes through the whole chain and returns its last entry; *Broken where it is not whole.
	Verify(ctx context.Context) (Entry, error)
}
