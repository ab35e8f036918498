// Package seal closes what leaves the shop and comes back (cookies, links), so that nobody else can read it or change it unseen.
//
// A sealed text is XChaCha20-Poly1305 under one key of a ring. Its purpose is part of what is authenticated: what was sealed for one place cannot be opened in
// another. Keys are rotated by putting a new one first: the first seals, all open.
package seal

import (
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/crypto/chacha20poly1305"
)

// KeySize is the length of a key in bytes.
const KeySize = chacha20poly1305.KeySize

// version is that of the form below. Another form gets another, and old texts stay readable for as long as somebody knows how.
const version = 1

// Ring seals with its first key and opens with any. It does not change once made and is safe for concurrent use.
type Ring struct {
	first string
	keys  map[string]cipher.AEAD
}

// Key is a key with the name by which a sealed text says which one closed it.
type Key struct {
	ID     string // 1 to 16 letters, digits and hyphens
	Secret [KeySize]byte
}

// Why a text could not be opened.
var (
	ErrMalformed = errors.New("seal: not a sealed text")
	ErrUnknown   = errors.New("seal: closed with a key that is not in the ring")
	ErrAltered   = errors.New("seal: altered, or sealed for something else")
)

var keyID = regexp.MustCompile(`^[A-Za-z0-9-]{1,16}$`)

// NewRing makes a ring. It fails without keys, with two of the same name and with a name that cannot be one.
func NewRing(keys ...Key) (*Ring, error) {
	if len(keys) == 0 {
		return nil, errors.New("seal: no key")
	}
	r := &Ring{first: keys[0].ID, keys: map[string]cipher.AEAD{}}
	for _, k := range keys {
		if !keyID.MatchString(k.ID) {
			return nil, fmt.Errorf("seal: %q cannot be a key's name", k.ID)
		}
		if r.keys[k.ID] != nil {
			return nil, fmt.Errorf("seal: two keys are called %q", k.ID)
		}
		a, err := chacha20poly1305.NewX(k.Secret[:])
		if err != nil {
			return nil, err
		}
		r.keys[k.ID] = a
	}
	return r, nil
}

// ParseKey reads "ID:BASE64", standard base64 of 32 bytes.
func ParseKey(s string) (Key, error) {
	id, text, ok := strings.Cut(s, ":")
	raw, err := base64.StdEncoding.DecodeString(text)
	if !ok || !keyID.MatchString(id) || err != nil || len(raw) != KeySize {
		return Key{}, errors.New("each must be ID:BASE64 of 32 bytes, the ID of letters, digits and hyphens, at most 16")
	}
	return Key{id, [KeySize]byte(raw)}, nil
}

// NewKey makes a key of that name.
func NewKey(id string) Key {
	k := Key{ID: id}
	rand.Read(k.Secret[:])
	return k
}

// String is how settings write the key. It is a secret.
func (k Key) String() string { return k.ID + ":" + base64.StdEncoding.EncodeToString(k.Secret[:]) }

// Seal closes plain for that purpose. The result is unpadded base64url of: version, length and bytes of the key's name, nonce, sealed bytes and tag.
func (r *Ring) Seal(purpose string, plain []byte) string {
	head := append([]byte{version, byte(len(r.first))}, r.first...)
	a := r.keys[r.first]
	out := make([]byte, len(head), r.size(len(plain)))
	copy(out, head)
	nonce := out[len(head) : len(head)+a.NonceSize()]
	rand.Read(nonce)
	out = a.Seal(out[:len(head)+len(nonce)], nonce, plain, bound(purpose, head))
	return base64.RawURLEncoding.EncodeToString(out)
}

// Len returns how long the sealed form of so many bytes is.
func (r *Ring) Len(plain int) int { return base64.RawURLEncoding.EncodedLen(r.size(plain)) }

func (r *Ring) size(plain int) int {
	return 2 + len(r.first) + chacha20poly1305.NonceSizeX + plain + chacha20poly1305.Overhead
}

// Open returns what was sealed for that purpose, or why it cannot: ErrMalformed, ErrUnknown, ErrAltered.
func (r *Ring) Open(purpose, sealed string) ([]byte, error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(sealed)
	if err != nil || strings.ContainsAny(sealed, "\r\n") || len(raw) < 2 || raw[0] != version || len(raw) < 2+int(raw[1])+chacha20poly1305.NonceSizeX+chacha20poly1305.Overhead {
		return nil, ErrMalformed
	}
	head := raw[:2+int(raw[1])]
	a := r.keys[string(head[2:])]
	if a == nil {
		return nil, ErrUnknown
	}
	nonce, body := raw[len(head):len(head)+a.NonceSize()], raw[len(head)+a.NonceSize():]
	plain, err := a.Open(nil, nonce, body, bound(purpose, head))
	if err != nil {
		return nil, ErrAltered
	}
	return plain, nil
}

// bound is what is authenticated besides the sealed bytes: whose it is, what it is for, and everything that stands before it.
func bound(purpose string, head []byte) []byte {
	return append([]byte("myclothes\x00"+purpose+"\x00"), head...)
}
