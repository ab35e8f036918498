package customer

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"myclothes/internal/fault"
)

// Hash is a password as it is kept: argon2id in the PHC string format, with its parameters and salt.
type Hash string

// Parameters that OWASP's Password Storage Cheat Sheet names for argon2id.
const (
	memory  = 19 << 10 // KiB
	passes  = 2
	threads = 1
	salt    = 16
	size    = 32
)

// Lengths of a password, in characters. NIST SP 800-63B, 3.1.1.2 wants at least 64 allowed and nothing composed.
const (
	MinPassword = 8
	MaxPassword = 128
)

//go:embed common.txt
var commonest string

var common = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for word := range strings.Lines(commonest) {
		all[strings.TrimSpace(word)] = true
	}
	return all
})

// CheckPassword refuses a password that is too short, too long, among the commonest, or what the customer is called by; own are such texts.
func CheckPassword(password string, own ...string) error {
	n := utf8.RuneCountInString(password)
	switch {
	case !utf8.ValidString(password) || strings.ContainsFunc(password, unicode.IsControl):
		return bad("쓸 수 없는 글자가 있어요.", "It contains characters that cannot be used.")
	case n < MinPassword:
		return bad("비밀번호는 8자 이상이어야 해요.", "At least 8 characters.")
	case n > MaxPassword:
		return bad("비밀번호는 128자까지 쓸 수 있어요.", "At most 128 characters.")
	}
	low := strings.ToLower(normal(password))
	if common()[low] || strings.Trim(low, low[:1]) == "" {
		return bad("너무 흔해서 쉽게 뚫리는 비밀번호예요. 다른 걸로 정해 주세요.", "Too many people use this password. Choose another.")
	}
	for _, word := range own {
		local, _, _ := strings.Cut(strings.ToLower(word), "@")
		if len(local) >= 4 && strings.Contains(low, local) && len(low) < len(local)+5 {
			return bad("이름이나 메일 주소와 너무 비슷해요.", "Too much like your name or mail address.")
		}
	}
	return nil
}

func bad(ko, en string) error { return fault.BadRequest.At("password", ko, en) }

// normal brings a password to one form, so that it is the same from every keyboard (RFC 8265, 4.2 asks for as much).
func normal(password string) string { return norm.NFKC.String(password) }

// Passwords hashes and compares. Each takes 19 MiB and some 20 ms of a core, so only as many run at once as there are cores; more wait.
type Passwords struct{ turn chan struct{} }

// NewPasswords makes one.
func NewPasswords() *Passwords { return &Passwords{make(chan struct{}, runtime.GOMAXPROCS(0))} }

// Hash hashes a password with a new salt.
func (p *Passwords) Hash(ctx context.Context, password string) (Hash, error) {
	s := make([]byte, salt)
	rand.Read(s)
	key, err := p.key(ctx, password, s, memory, passes, threads)
	return format(s, key), err
}

func format(salt, key []byte) Hash {
	e := base64.RawStdEncoding
	return Hash(fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, memory, passes, threads, e.EncodeToString(salt), e.EncodeToString(key)))
}

// nobody is compared with where there is no account, so that this takes as long.
var nobody = format(make([]byte, salt), make([]byte, size))

// Match reports whether a hash is of that password, and whether it should be made anew with today's parameters. An empty hash is nobody's: that takes as long, and never matches.
func (p *Passwords) Match(ctx context.Context, h Hash, password string) (ok, old bool, err error) {
	real := h != ""
	if !real {
		h = nobody
	}
	var version, m, t, threadsOf int
	var rest string
	if _, err := fmt.Sscanf(string(h), "$argon2id$v=%d$m=%d,t=%d,p=%d$%s", &version, &m, &t, &threadsOf, &rest); err != nil || version != argon2.Version || m < 8 || m > 1<<20 || t < 1 || t > 20 || threadsOf < 1 || threadsOf > 16 {
		return false, false, fmt.Errorf("customer: a hash of a form that is not known")
	}
	saltText, keyText, _ := strings.Cut(rest, "$")
	s, err1 := base64.RawStdEncoding.DecodeString(saltText)
	want, err2 := base64.RawStdEncoding.DecodeString(keyText)
	if err1 != nil || err2 != nil || len(want) != size {
		return false, false, fmt.Errorf("customer: a hash of a form that is not known")
	}
	got, err := p.key(ctx, password, s, uint32(m), uint32(t), uint8(threadsOf))
	if err != nil {
		return false, false, err
	}
	return real && subtle.ConstantTimeCompare(got, want) == 1, m != memory || t != passes || threadsOf != threads, nil
}

func (p *Passwords) key(ctx context.Context, password string, salt []byte, m, t uint32, threads uint8) ([]byte, error) {
	select {
	case p.turn <- struct{}{}:
		defer func() { <-p.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey([]byte(normal(password)), salt, t, m, threads, size), nil
}
