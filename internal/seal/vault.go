package seal

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
)

// Wrapper closes and opens data keys: a key ring here, a key service such as KMS elsewhere. Wrapped says whether a wrapped key is closed as the wrapper would close it now; if
// not, it is to be wrapped anew.
type Wrapper interface {
	Wrap(key []byte) (string, error)
	Unwrap(wrapped string) ([]byte, error)
	Fresh(wrapped string) bool
}

// Vault seals what is kept about somebody under a data key of their own, which a Wrapper closes (envelope encryption): rotating the wrapper's keys re-wraps 32 bytes for
// each person and touches nothing else, and forgetting the data key erases everything sealed under it, in every backup too.
type Vault struct {
	wrapper Wrapper
	index   []indexKey
}

type indexKey struct {
	id  string
	key []byte
}

// NewVault makes a vault whose wrapper is the ring itself.
func NewVault(keys ...Key) (*Vault, error) {
	r, err := NewRing(keys...)
	if err != nil {
		return nil, err
	}
	v := &Vault{wrapper: ringWrapper{r}}
	for _, k := range keys {
		derived, err := hkdf.Key(sha256.New, k.Secret[:], nil, "myclothes blind index 1", sha256.Size)
		if err != nil {
			return nil, err
		}
		v.index = append(v.index, indexKey{k.ID, derived})
	}
	return v, nil
}

// Box seals and opens under one data key.
type Box struct {
	ring    *Ring
	Wrapped string // the data key, closed: to be kept beside what is sealed
}

// New makes a box with a new data key.
func (v *Vault) New() (Box, error) {
	k := NewKey("d")
	wrapped, err := v.wrapper.Wrap(k.Secret[:])
	if err != nil {
		return Box{}, err
	}
	r, err := NewRing(k)
	return Box{r, wrapped}, err
}

// Open makes a box of a data key that New wrapped.
func (v *Vault) Open(wrapped string) (Box, error) {
	secret, err := v.wrapper.Unwrap(wrapped)
	if err != nil {
		return Box{}, err
	}
	if len(secret) != KeySize {
		return Box{}, ErrMalformed
	}
	r, err := NewRing(Key{"d", [KeySize]byte(secret)})
	return Box{r, wrapped}, err
}

// Rewrap closes a data key as the wrapper does now; changed is false where it is closed so already.
func (v *Vault) Rewrap(wrapped string) (again string, changed bool, err error) {
	if v.wrapper.Fresh(wrapped) {
		return wrapped, false, nil
	}
	secret, err := v.wrapper.Unwrap(wrapped)
	if err != nil {
		return "", false, err
	}
	again, err = v.wrapper.Wrap(secret)
	return again, true, err
}

// Seal closes plain for that purpose.
func (b Box) Seal(purpose string, plain []byte) string { return b.ring.Seal(purpose, plain) }

// Open opens what Seal closed for that purpose.
func (b Box) Open(purpose, sealed string) ([]byte, error) { return b.ring.Open(purpose, sealed) }

// Index returns the blind indexes of a text, by which it can be looked up without being kept: one under each key, that of the first, under which it should be filed,
// first. Texts for different purposes have nothing in common.
func (v *Vault) Index(purpose, text string) []string {
	out := make([]string, len(v.index))
	for i, k := range v.index {
		m := hmac.New(sha256.New, k.key)
		m.Write([]byte(purpose + "\x00" + text))
		out[i] = k.id + ":" + base64.RawURLEncoding.EncodeToString(m.Sum(nil))
	}
	return out
}

const wrapPurpose = "data key 1"

// ringWrapper wraps data keys with a ring.
type ringWrapper struct{ r *Ring }

// Wrap implements Wrapper.
func (w ringWrapper) Wrap(key []byte) (string, error) { return w.r.Seal(wrapPurpose, key), nil }

// Unwrap implements Wrapper.
func (w ringWrapper) Unwrap(wrapped string) ([]byte, error) { return w.r.Open(wrapPurpose, wrapped) }

// Fresh implements Wrapper.
func (w ringWrapper) Fresh(wrapped string) bool {
	id, err := keyOf(wrapped)
	return err == nil && id == w.r.first
}

// keyOf returns the name of the key that closed a text.
func keyOf(sealed string) (string, error) {
	raw, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil || len(raw) < 2 || len(raw) < 2+int(raw[1]) {
		return "", errors.Join(ErrMalformed, err)
	}
	return string(raw[2 : 2+int(raw[1])]), nil
}

// NewID returns a name that nobody can guess: 26 characters of base32.
func NewID() string { return rand.Text() }

// First returns the name of the key that wraps and indexes now.
func (v *Vault) First() string { return v.index[0].id }
