package social

import (
	"strconv"
	"time"

	"golang.org/x/oauth2"

	"myclothes/internal/customer"
)

// Naver is 네이버 로그인 (developers.naver.com). Its mail is one to write to, which people may change: it is not known to be theirs.
func Naver(o Options) *Provider {
	p := provider(o, "naver", "/oauth2.0/authorize", "/oauth2.0/token", o.User+"/v1/nid/me")
	p.again, p.read = oauth2.SetAuthURLParam("auth_type", "reauthenticate"), readNaver
	return p
}

// readNaver reads the answer of /v1/nid/me.
func readNaver(body []byte, now time.Time) (customer.Person, error) {
	var in struct {
		Response struct {
			ID     string `json:"id"`
			Email  string `json:"email"`
			Name   string `json:"name"`
			Mobile string `json:"mobile"`
			Year   string `json:"birthyear"`
		} `json:"response"`
	}
	if err := decode(body, &in); err != nil {
		return customer.Person{}, err
	}
	r := in.Response
	year, err := strconv.Atoi(r.Year)
	return customer.Person{Subject: r.ID, Email: r.Email, Name: r.Name, Phone: r.Mobile, Under14: err == nil && now.Year()-year < 14}, nil
}
