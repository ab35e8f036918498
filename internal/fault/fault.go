// Package fault names the ways in which the shop says no, apart from why.
//
// A fault has a code that programs may rely on, a kind that decides the HTTP status, words that a visitor may read, and a
// cause that only the log sees. Any other error is internal: the visitor learns that something broke and nothing more.
package fault

import (
	"errors"
	"fmt"
	"time"

	"myclothes/internal/lang"
)

// Kind is what a caller can do about a fault. The zero Kind is an internal error.
type Kind uint8

const (
	Internal        Kind = iota
	NotFound             // nothing there, or nothing that this visitor may see
	Conflict             // the world moved on: look again, then decide
	Invalid              // the request can never succeed as it is
	Unauthenticated      // say who you are first
	Forbidden            // known, and not allowed
	TooMany              // slow down; RetryAfter says how long
	Unavailable          // a part is out of order; RetryAfter says when to try again
)

// Code is the stable name of a fault in the API.
type Code string

// Error is a fault. It is immutable; the With methods return changed copies.
type Error struct {
	Kind       Kind
	Code       Code
	Words      lang.Text
	Fields     []Field       // what is wrong where, in the order of the form
	RetryAfter time.Duration // for TooMany and Unavailable
	Detail     any           // extra members of the API's answer; encodes as a JSON object, or nil
	cause      error
}

// Field is one input that was refused.
type Field struct {
	Name  string // as the form and the JSON body spell it: "delivery.postcode"
	Words lang.Text
}

func (e *Error) Error() string {
	s := string(e.Code)
	for _, f := range e.Fields {
		s += " " + f.Name
	}
	if e.cause != nil {
		s += ": " + e.cause.Error()
	}
	return s
}

// Unwrap returns the cause, which no visitor sees.
func (e *Error) Unwrap() error { return e.cause }

// Is reports whether target is a fault of the same code, so that errors.Is(err, fault.OutOfStock) works for every copy.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// Because returns a copy with a cause for the log.
func (e *Error) Because(format string, args ...any) *Error {
	c := *e
	c.cause = fmt.Errorf(format, args...)
	return &c
}

// Saying returns a copy with other words for the visitor.
func (e *Error) Saying(ko, en string) *Error {
	c := *e
	c.Words = lang.Text{KO: ko, EN: en}
	return &c
}

// At returns a copy that also blames the named input.
func (e *Error) At(name, ko, en string) *Error {
	c := *e
	c.Fields = append(e.Fields[:len(e.Fields):len(e.Fields)], Field{name, lang.Text{KO: ko, EN: en}})
	return &c
}

// With returns a copy whose API answer carries detail's members too.
func (e *Error) With(detail any) *Error {
	c := *e
	c.Detail = detail
	return &c
}

// After returns a copy that asks the caller to wait for d.
func (e *Error) After(d time.Duration) *Error {
	c := *e
	c.RetryAfter = d
	return &c
}

// Of returns the fault in err's chain. An error without one is reported as Broken with err as its cause; nil stays nil.
func Of(err error) *Error {
	if err == nil {
		return nil
	}
	var f *Error
	if errors.As(err, &f) {
		return f
	}
	return Broken.Because("%w", err)
}

func define(k Kind, c Code, ko, en string) *Error {
	return &Error{Kind: k, Code: c, Words: lang.Text{KO: ko, EN: en}}
}
