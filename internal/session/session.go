// Package session says who the visitor is: a token that the browser carries, a key that the shop keeps and, for whoever has signed in, a record.
//
// A token is 256 random bits. The shop never stores it: what belongs to it is filed under its SHA-256, so a stolen
// backup opens no cart and no order. Guests need no record of their own; whoever carries a token is its visitor.
package session

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strings"
)

// Token is what the visitor's cookie holds: 43 characters of unpadded base64url, after an "s" where its visitor has signed in. The "s" opens
// nothing; it says that it is worth asking for a session, so that guests never cost that.
type Token string

// Key is what the shop files the visitor's rows under: the token's hash, 43 characters of unpadded base64url.
// The zero Key belongs to nobody.
type Key string

const (
	tokenBytes = 32
	signedIn   = "s"
)

// New makes a guest's token. It cannot fail: crypto/rand ends the program where the system has no randomness.
func New() Token {
	var b [tokenBytes]byte
	rand.Read(b[:])
	return Token(base64.RawURLEncoding.EncodeToString(b[:]))
}

// newSignedIn makes a token for a record.
func newSignedIn() Token { return signedIn + New() }

// Parse returns the token that a cookie's value holds. Anything that the shop could not have made is no token:
// the visitor is then simply new.
func Parse(cookie string) (Token, bool) {
	random := cookie
	if len(cookie) == len(signedIn)+base64.RawURLEncoding.EncodedLen(tokenBytes) {
		random = strings.TrimPrefix(cookie, signedIn)
	}
	if len(random) != base64.RawURLEncoding.EncodedLen(tokenBytes) {
		return "", false
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(random)
	if err != nil || len(b) != tokenBytes { // shorter where it held line breaks, which decoding passes over
		return "", false
	}
	return Token(cookie), true
}

// SignedIn reports whether there may be a record of this token's visitor. Whether there is, a Store says.
func (t Token) SignedIn() bool {
	return len(t) == len(signedIn)+base64.RawURLEncoding.EncodedLen(tokenBytes)
}

// Key returns the name under which the shop files what belongs to this token; for the empty token, the zero Key.
func (t Token) Key() Key {
	if t == "" {
		return ""
	}
	return hash(string(t))
}

// MemberKey returns the name under which the shop files what belongs to a member whichever device they use. It is never the key of a token.
func MemberKey(member string) Key { return hash("member\x00" + member) }

func hash(s string) Key {
	sum := sha256.Sum256([]byte(s))
	return Key(base64.RawURLEncoding.EncodeToString(sum[:]))
}
