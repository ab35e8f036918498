// Package passkeytest is an authenticator in software, for tests: ES256, CBOR and COSE by hand, and every lie that an attacker would tell.
package passkeytest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
)

// Key is a passkey on a device. Its members may be changed between uses.
type Key struct {
	ID     []byte
	User   []byte // the owner's handle, as the shop gave it
	Count  uint32 // of the latest use
	Origin string // of the page that the browser says it is on
	RP     string // the domain for which it signs
	Flags  byte   // present, verified, may be synced

	private *ecdsa.PrivateKey
}

// Flags of authenticator data (Web Authentication, 6.1).
const (
	Present  = 0x01
	Verified = 0x04
	Eligible = 0x08
	attested = 0x40
)

var b64 = base64.RawURLEncoding

// New makes a device's key for a shop on that origin and domain.
func New(origin, rp string) *Key {
	k := &Key{ID: make([]byte, 32), Origin: origin, RP: rp, Flags: Present | Verified | Eligible}
	rand.Read(k.ID)
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err) // crypto/rand ends the program first
	}
	k.private = private
	return k
}

// Options are what a shop asks, as far as an authenticator reads them.
type Options struct {
	Challenge string `json:"challenge"`
	User      struct {
		ID string `json:"id"`
	} `json:"user"`
}

// Read reads the options of either ceremony.
func Read(options []byte) Options {
	var o Options
	if err := json.Unmarshal(options, &o); err != nil {
		panic(err)
	}
	return o
}

// Create answers a request for a new passkey.
func (k *Key) Create(options []byte) []byte {
	o := Read(options)
	k.User, _ = b64.DecodeString(o.User.ID)
	data := k.data(attested)
	data = append(data, make([]byte, 16)...) // AAGUID
	data = binary.BigEndian.AppendUint16(data, uint16(len(k.ID)))
	data = append(append(data, k.ID...), k.cose()...)
	object := []byte{0xa3}
	object = append(append(object, text("fmt")...), text("none")...)
	object = append(append(object, text("attStmt")...), 0xa0)
	object = append(append(object, text("authData")...), blob(data)...)
	return k.answer(map[string]any{"clientDataJSON": b64.EncodeToString(k.client("webauthn.create", o.Challenge)), "attestationObject": b64.EncodeToString(object), "transports": []string{"internal"}})
}

// Get answers a request to show who one is.
func (k *Key) Get(options []byte) []byte {
	client := k.client("webauthn.get", Read(options).Challenge)
	data := k.data(0)
	sum := sha256.Sum256(client)
	digest := sha256.Sum256(append(data[:len(data):len(data)], sum[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, k.private, digest[:])
	if err != nil {
		panic(err)
	}
	return k.answer(map[string]any{"clientDataJSON": b64.EncodeToString(client), "authenticatorData": b64.EncodeToString(data), "signature": b64.EncodeToString(signature), "userHandle": b64.EncodeToString(k.User)})
}

func (k *Key) answer(response map[string]any) []byte {
	out, _ := json.Marshal(map[string]any{"id": b64.EncodeToString(k.ID), "rawId": b64.EncodeToString(k.ID), "type": "public-key", "clientExtensionResults": map[string]any{}, "response": response})
	return out
}

func (k *Key) client(kind, challenge string) []byte {
	out, _ := json.Marshal(map[string]any{"type": kind, "challenge": challenge, "origin": k.Origin, "crossOrigin": false})
	return out
}

func (k *Key) data(more byte) []byte {
	rp := sha256.Sum256([]byte(k.RP))
	return binary.BigEndian.AppendUint32(append(rp[:], k.Flags|more), k.Count)
}

// cose writes the public key as RFC 9053, 7.1.1 has it: EC2, ES256, P-256.
func (k *Key) cose() []byte {
	point, err := k.private.PublicKey.Bytes() // 4, x, y
	if err != nil {
		panic(err)
	}
	out := []byte{0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21}
	out = append(out, blob(point[1:33])...)
	return append(append(out, 0x22), blob(point[33:])...)
}

// text and blob write CBOR (RFC 8949, 3.1) of fewer than 24 and fewer than 65,536 bytes.
func text(s string) []byte { return append([]byte{0x60 | byte(len(s))}, s...) }

func blob(b []byte) []byte {
	if len(b) < 256 {
		return append([]byte{0x58, byte(len(b))}, b...)
	}
	return append([]byte{0x59, byte(len(b) >> 8), byte(len(b))}, b...)
}
