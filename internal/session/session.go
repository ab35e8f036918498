// Package session says who the visitor is: a token that the browser carries and a key that the shop keeps.
//
// A token is 256 random bits. The shop never stores it: rows are filed under its SHA-256, so a stolen
// backup opens no cart and no order. Guests need no record of their own; whoever carries a token is its visitor.
package session

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
)

// Token is what the visitor's cookie holds: 43 characters of unpadded base64url.
type Token string

// Key is what the shop files the visitor's rows under: the token's hash, 43 characters of unpadded base64url.
// The zero Key belongs to nobody.
type Key string

const tokenBytes = 32

// New makes a token. It cannot fail: crypto/rand ends the program where the system has no randomness.
func New() Token {
	var b [tokenBytes]byte
	rand.Read(b[:])
	return Token(base64.RawURLEncoding.EncodeToString(b[:]))
}

// Parse returns the token that a cookie's value holds. Anything that New could not have made is no token:
// the visitor is then simply new.
func Parse(cookie string) (Token, bool) {
	if len(cookie) != base64.RawURLEncoding.EncodedLen(tokenBytes) {
		return "", false
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(cookie)
	if err != nil || len(b) != tokenBytes { // shorter where it held line breaks, which decoding passes over
		return "", false
	}
	return Token(cookie), true
}

// Key returns the name under which the shop files what belongs to this token; for the empty token, the zero Key.
func (t Token) Key() Key {
	if t == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(t))
	return Key(base64.RawURLEncoding.EncodeToString(sum[:]))
}
