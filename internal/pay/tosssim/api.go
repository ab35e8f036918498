package tosssim

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"unicode/utf8"

	"myclothes/internal/lang"
)

const (
	maxRequest = 64 << 10
	maxKey     = 300 // characters of an Idempotency-Key
)

// call is one API request, its body read.
type call struct {
	ctx   context.Context // ends when the client leaves
	req   *http.Request
	body  []byte
	scope string // of its idempotency key; empty without one
	bound bool   // an answer was committed for scope
}

// decode reads the body's JSON object; members it does not know are ignored, as at Toss.
func (c *call) decode(to any) bool { return json.Unmarshal(c.body, to) == nil }

// reply is an answer: a Payment, or else a failure's code, whose words are chosen when it is written.
type reply struct {
	status int
	body   json.RawMessage
	code   errorCode
}

func failure(c errorCode) reply { return reply{status: c.status(), code: c} }

// render fixes the words of a failure.
func (p reply) render(t lang.Tag) reply {
	if p.body == nil {
		p.body = mustJSON(struct {
			Code    errorCode `json:"code"`
			Message string    `json:"message"`
		}{p.code, p.code.words().In(t)})
	}
	return p
}

func (p reply) write(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(p.status)
	w.Write(p.body)
}

// mustJSON encodes the package's own structs, which cannot fail.
func mustJSON(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

// api wraps an operation: who asks, the forced error of a test, and the idempotency key, in this order.
func (s *Server) api(op func(*call) reply) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t := lang.Accepted(r.Header.Get("Accept-Language"))
		if code := s.unauthorized(r.Header.Get("Authorization")); code != "" {
			failure(code).render(t).write(w)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
		if err != nil {
			failure(codeInvalidRequest).render(t).write(w)
			return
		}
		c, act := &call{ctx: r.Context(), req: r, body: body}, op
		if forced := errorCode(r.Header.Get("TossPayments-Test-Code")); forced != "" && strings.HasPrefix(s.o.SecretKey, "test_") {
			act = func(*call) reply { return failure(forced.orInvalid()) }
		}
		if r.Method != http.MethodPost {
			act(c).render(t).write(w)
			return
		}
		s.once(c, t, act).write(w)
	})
}

// unauthorized returns why the Authorization header does not do, or "".
func (s *Server) unauthorized(header string) errorCode {
	encoded, basic := strings.CutPrefix(header, "Basic ")
	if !basic {
		return codeUnauthorized
	}
	pair, err := base64.StdEncoding.DecodeString(encoded)
	user, _, colon := strings.Cut(string(pair), ":")
	if err != nil || !colon {
		return codeBasicFormat
	}
	sum := sha256.Sum256([]byte(user))
	switch {
	case subtle.ConstantTimeCompare(sum[:], s.key[:]) == 1:
		return ""
	case user == s.o.ClientKey && user != "":
		return codeInvalidAPIKey
	}
	return codeUnauthorized
}

// once runs op unless the request's idempotency key is bound to an answer already or being worked on. Answers below 500 are
// bound, refusals too; a 500 is not, so that the same key may be tried again. The body is no part of the scope.
func (s *Server) once(c *call, t lang.Tag, op func(*call) reply) reply {
	key := c.req.Header.Get("Idempotency-Key")
	if utf8.RuneCountInString(key) > maxKey {
		return failure(codeIdempotencyKey).render(t)
	}
	if key == "" {
		return op(c).render(t)
	}
	c.scope = s.scope(c.req, key)
	if earlier, ok := s.enter(c.scope); !ok {
		return earlier.render(t)
	}
	defer s.leave(c.scope)
	p := op(c).render(t)
	if p.status >= 500 || c.bound {
		return p
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.commit(record{Answer: s.answerTo(c, p)}) != nil {
		return failure(codeFailedInternal).render(t)
	}
	return p
}

// enter claims the scope. Not ok: p is what to answer instead.
func (s *Server) enter(scope string) (p reply, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.inFlight[scope] {
		return failure(codeIdempotentProcessing), false
	}
	if a := s.book.answered(scope, s.o.Now()); a != nil {
		return reply{status: a.Status, body: a.Body}, false
	}
	s.inFlight[scope] = true
	return reply{}, true
}

func (s *Server) leave(scope string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.inFlight, scope)
}

// scope is hashed, so that the journal holds neither API key nor anything a caller made up at length.
func (s *Server) scope(r *http.Request, key string) string {
	h := sha256.New()
	h.Write(s.key[:])
	io.WriteString(h, r.Method+"\x00"+r.URL.EscapedPath()+"\x00"+key)
	return hex.EncodeToString(h.Sum(nil))
}

// answerTo is the record that binds p to c's key, or nil without a key.
func (s *Server) answerTo(c *call, p reply) *answer {
	if c.scope == "" {
		return nil
	}
	return &answer{Scope: c.scope, At: s.o.Now(), Status: p.status, Body: p.body}
}

// conclude commits a move of a payment together with the answer to it. The caller holds s.mu.
func (s *Server) conclude(c *call, e *entry, p reply) reply {
	p = p.render(lang.Accepted(c.req.Header.Get("Accept-Language")))
	if s.commit(record{Payment: e, Answer: s.answerTo(c, p)}) != nil {
		return failure(codeFailedInternal)
	}
	c.bound = true
	if e.Status != ready {
		s.tell(e)
	}
	return p
}
