// Package socialsim is a local server that stands for Kakao's and Naver's sign-in: it speaks both protocols, and its page lets a person or a script say who they are and how it ends,
// faults included. It keeps all in memory: codes and tokens are good for minutes.
package socialsim

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Options of New.
type Options struct {
	ClientID, ClientSecret string
	Now                    func() time.Time
	HangFor                time.Duration // how long a "silent" token gives no answer at most; 0 is 90 s
}

// Server is both providers, Kakao below /kakao and Naver below /naver. It is safe for concurrent use.
type Server struct {
	o   Options
	mux *http.ServeMux

	mu     sync.Mutex
	codes  map[string]grant
	tokens map[string]grant
}

// grant is what somebody allowed, until it is redeemed.
type grant struct {
	person
	provider, redirect, challenge, result string
	at                                    time.Time
}

// person is who somebody says they are on the page.
type person struct {
	ID, Email, Name, Phone string
	Verified               bool
	Age                    int
}

// How long codes and tokens are good.
const (
	codeGood  = 10 * time.Minute
	tokenGood = 10 * time.Minute
)

// New makes the server.
func New(o Options) *Server {
	if o.HangFor == 0 {
		o.HangFor = 90 * time.Second
	}
	s := &Server{o: o, mux: http.NewServeMux(), codes: map[string]grant{}, tokens: map[string]grant{}}
	s.mux.HandleFunc("GET /kakao/oauth/authorize", s.page("kakao"))
	s.mux.HandleFunc("POST /kakao/oauth/authorize", s.decide("kakao"))
	s.mux.HandleFunc("POST /kakao/oauth/token", s.token("kakao"))
	s.mux.HandleFunc("GET /kakao/v2/user/me", s.me("kakao", kakao))
	s.mux.HandleFunc("GET /naver/oauth2.0/authorize", s.page("naver"))
	s.mux.HandleFunc("POST /naver/oauth2.0/authorize", s.decide("naver"))
	s.mux.HandleFunc("POST /naver/oauth2.0/token", s.token("naver"))
	s.mux.HandleFunc("GET /naver/v1/nid/me", s.me("naver", naver))
	s.mux.HandleFunc("GET /social.css", style)
	return s
}

// ServeHTTP answers for both.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// decide is what somebody chose on the page: it sends the browser back to the shop.
func (s *Server) decide(provider string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		q, f := r.URL.Query(), r.PostFormValue
		back, err := url.Parse(q.Get("redirect_uri"))
		if err != nil || !back.IsAbs() || q.Get("client_id") != s.o.ClientID || q.Get("response_type") != "code" {
			http.Error(w, "client_id, redirect_uri, response_type=code", http.StatusBadRequest)
			return
		}
		out := url.Values{"state": {q.Get("state")}}
		if f("result") == "deny" {
			out.Set("error", "access_denied")
			out.Set("error_description", "User denied access")
		} else {
			age, _ := strconv.Atoi(f("age"))
			g := grant{person{f("id"), f("email"), f("name"), f("phone"), f("verified") == "yes", age}, provider, q.Get("redirect_uri"), q.Get("code_challenge"), f("result"), s.o.Now()}
			out.Set("code", s.keep(s.codes, g))
		}
		back.RawQuery = out.Encode()
		w.Header().Set("Cache-Control", "no-store")
		http.Redirect(w, r, back.String(), http.StatusFound)
	}
}

func (s *Server) keep(where map[string]grant, g grant) string {
	name := rand.Text()
	s.mu.Lock()
	defer s.mu.Unlock()
	for old, x := range where {
		if s.o.Now().Sub(x.at) > codeGood {
			delete(where, old)
		}
	}
	where[name] = g
	return name
}

// token redeems a code, once.
func (s *Server) token(provider string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		f := r.PostFormValue
		s.mu.Lock()
		g, ok := s.codes[f("code")]
		delete(s.codes, f("code"))
		s.mu.Unlock()
		switch {
		case subtle.ConstantTimeCompare([]byte(f("client_secret")), []byte(s.o.ClientSecret)) != 1 || f("client_id") != s.o.ClientID:
			refuse(w, provider, "invalid_client", "KOE010")
		case f("grant_type") != "authorization_code" || !ok || g.provider != provider || s.o.Now().Sub(g.at) > codeGood:
			refuse(w, provider, "invalid_grant", "KOE320")
		case provider == "kakao" && f("redirect_uri") != g.redirect:
			refuse(w, provider, "invalid_grant", "KOE303")
		case g.challenge != "" && challengeOf(f("code_verifier")) != g.challenge:
			refuse(w, provider, "invalid_grant", "KOE320")
		case g.result == "error":
			w.WriteHeader(http.StatusInternalServerError)
		case g.result == "silent":
			s.hang(r)
		case g.result == "nonsense":
			w.Header().Set("Content-Type", "text/html")
			w.Write([]byte("<html>"))
		default:
			g.at = s.o.Now()
			grantJSON(w, provider, s.keep(s.tokens, g))
		}
	}
}

// grantJSON writes a token as each provider does: Naver's numbers are texts.
func grantJSON(w http.ResponseWriter, provider, token string) {
	var expires any = 21599
	if provider == "naver" {
		expires = "3600"
	}
	write(w, http.StatusOK, map[string]any{"access_token": token, "token_type": "bearer", "refresh_token": rand.Text(), "expires_in": expires})
}

// refuse writes an error as each provider does: Naver with the status 200.
func refuse(w http.ResponseWriter, provider, code, detail string) {
	if provider == "naver" {
		write(w, http.StatusOK, map[string]any{"error": code, "error_description": "no valid data in session"})
		return
	}
	write(w, http.StatusBadRequest, map[string]any{"error": code, "error_description": "refused", "error_code": detail})
}

func challengeOf(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// me tells who allowed it, to who has a token.
func (s *Server) me(provider string, write func(http.ResponseWriter, person, time.Time)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		s.mu.Lock()
		g, ok := s.tokens[token]
		s.mu.Unlock()
		if !ok || g.provider != provider || s.o.Now().Sub(g.at) > tokenGood {
			w.WriteHeader(http.StatusUnauthorized)
			w.Write([]byte(`{"msg":"this access token does not exist","code":-401}`))
			return
		}
		write(w, g.person, s.o.Now())
	}
}

// kakao writes who it is as /v2/user/me does.
func kakao(w http.ResponseWriter, p person, _ time.Time) {
	id, _ := strconv.ParseInt(p.ID, 10, 64)
	account := map[string]any{"has_email": p.Email != "", "profile": map[string]any{"nickname": p.Name}, "phone_number": p.Phone}
	if p.Email != "" {
		account["email"], account["is_email_valid"], account["is_email_verified"] = p.Email, true, p.Verified
	}
	if p.Age > 0 {
		account["age_range"] = ages(p.Age)
	}
	write(w, http.StatusOK, map[string]any{"id": id, "connected_at": "2026-01-01T00:00:00Z", "kakao_account": account})
}

// ages is the range in which an age is, as Kakao writes it.
func ages(age int) string {
	switch {
	case age < 10:
		return "1~9"
	case age < 15:
		return "10~14"
	case age < 20:
		return "15~19"
	}
	return strconv.Itoa(age/10*10) + "~" + strconv.Itoa(age/10*10+9)
}

// naver writes who it is as /v1/nid/me does.
func naver(w http.ResponseWriter, p person, now time.Time) {
	in := map[string]any{"id": p.ID, "email": p.Email, "name": p.Name, "mobile": p.Phone}
	if p.Age > 0 {
		in["birthyear"] = strconv.Itoa(now.Year() - p.Age)
	}
	write(w, http.StatusOK, map[string]any{"resultcode": "00", "message": "success", "response": in})
}

func (s *Server) hang(r *http.Request) {
	t := time.NewTimer(s.o.HangFor)
	defer t.Stop()
	select {
	case <-t.C:
	case <-r.Context().Done():
	}
}

func write(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(v)
}
