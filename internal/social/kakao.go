package social

import (
	"strconv"
	"strings"
	"time"

	"golang.org/x/oauth2"

	"myclothes/internal/customer"
)

// Kakao is 카카오 로그인 (developers.kakao.com, REST API).
func Kakao(o Options) *Provider {
	p := provider(o, "kakao", "/oauth/authorize", "/oauth/token", o.User+"/v2/user/me")
	p.again, p.read = oauth2.SetAuthURLParam("prompt", "login"), readKakao
	return p
}

// readKakao reads the answer of /v2/user/me. What the person did not agree to give is absent.
func readKakao(body []byte, _ time.Time) (customer.Person, error) {
	var in struct {
		ID      int64 `json:"id"`
		Account struct {
			Email    string `json:"email"`
			Valid    bool   `json:"is_email_valid"` // still theirs: another account may have taken it over
			Verified bool   `json:"is_email_verified"`
			Name     string `json:"name"`
			Ages     string `json:"age_range"` // "20~29"
			Phone    string `json:"phone_number"`
			Profile  struct {
				Nickname string `json:"nickname"`
			} `json:"profile"`
		} `json:"kakao_account"`
	}
	if err := decode(body, &in); err != nil || in.ID == 0 {
		return customer.Person{}, err
	}
	a := in.Account
	p := customer.Person{Subject: strconv.FormatInt(in.ID, 10), Email: a.Email, Verified: a.Email != "" && a.Valid && a.Verified, Name: a.Name, Phone: a.Phone, Under14: a.Ages == "1~9"}
	if p.Name == "" {
		p.Name = strings.TrimSpace(a.Profile.Nickname)
	}
	return p, nil
}
