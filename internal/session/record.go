package session

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"
)

// How long a session lasts.
const (
	Idle    = 30 * 24 * time.Hour // after it was last used: then it is gone
	Longest = 90 * 24 * time.Hour // after signing in, however much it was used
	// Renew is how much of Idle may have passed before a look has it kept for all of it again: most looks write nothing.
	Renew = 24 * time.Hour
)

// Record is what a token stands for after its visitor has signed in. It never changes: signing in, proving oneself again and signing out
// each make a new token, so two requests at once cannot undo each other, and a token that somebody saw before has become worthless.
// The zero Record is a guest's.
type Record struct {
	Member string    // who, 1 to 64 bytes without line breaks
	SignIn string    // names this signing in, so that it can be ended from elsewhere; 1 to 64 bytes without line breaks
	At     time.Time // of signing in, in whole seconds
	Proved time.Time // when they last proved who they are, in whole seconds
}

// IsZero reports whether nobody has signed in.
func (r Record) IsZero() bool { return r.Member == "" }

// Over reports whether the record is older than a session can be.
func (r Record) Over(now time.Time) bool { return now.Sub(r.At) >= Longest }

// Store keeps the records of visitors who have signed in.
//
// What every store promises:
//
//   - Unknown, ended, expired and forged are one thing: the zero Record, not an error.
//   - A record that was filed is found, by whoever carries its token, until it ends, is idle for Idle or older than Longest. (A store in memory forgets with its
//     process, and a cache at a fail-over may: its visitor signs in again.)
//   - No token opens another token's record.
//   - What ended stays ended. (A store in the browser cannot promise this of a cookie that somebody kept: who must know asks whether the SignIn is over.)
//
// Methods are safe for concurrent use and give up when ctx ends.
type Store interface {
	// Name is the setting's value that chooses this store: "database".
	Name() string
	// Open returns the visitor's record, and what the browser must carry next.
	Open(ctx context.Context, c Carried) (Record, Carried, error)
	// File files the record under the token that c carries. Filing the same again changes nothing.
	File(ctx context.Context, c Carried, r Record) (Carried, error)
	// End forgets the record of the token that c carries, and returns a browser that carries no session.
	End(ctx context.Context, c Carried) (Carried, error)
}

// Begin files the record under a new token, which c then carries, and ends what the token before stood for: nobody who knew the old one is let in.
// After an error c carries on as before.
func Begin(ctx context.Context, s Store, c Carried, r Record) (Carried, error) {
	next := c
	next.Visitor, next.Member = newSignedIn(), r.Member
	next, err := s.File(ctx, next, r)
	if err != nil {
		return c, err
	}
	if c.Visitor.SignedIn() {
		if _, err := s.End(ctx, c); err != nil {
			return c, errors.Join(err, ended(ctx, s, next))
		}
	}
	return next, nil
}

func ended(ctx context.Context, s Store, c Carried) error {
	_, err := s.End(ctx, c)
	return err
}

// Text is how stores keep a record that has no columns of its own.
func (r Record) Text() string {
	return strings.Join([]string{r.Member, r.SignIn, strconv.FormatInt(r.At.Unix(), 10), strconv.FormatInt(r.Proved.Unix(), 10)}, "\n")
}

// ParseRecord reads what Text wrote. What it could not have written is the zero Record.
func ParseRecord(text string) Record {
	parts := strings.Split(text, "\n")
	if len(parts) != 4 || parts[0] == "" || parts[1] == "" {
		return Record{}
	}
	at, err1 := strconv.ParseInt(parts[2], 10, 64)
	proved, err2 := strconv.ParseInt(parts[3], 10, 64)
	if err1 != nil || err2 != nil {
		return Record{}
	}
	return Record{Member: parts[0], SignIn: parts[1], At: time.Unix(at, 0), Proved: time.Unix(proved, 0)}
}
