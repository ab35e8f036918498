package social

import (
	"testing"
	"time"
)

// FuzzRead: whatever a provider answers, it is read or refused; a mail is only vouched for where there is one.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		``, `{}`, `null`, `[]`, `{"id":1}`, `{"id":"1"}`, `{"id":1,"kakao_account":null}`, `{"id":1,"kakao_account":{"is_email_valid":true,"is_email_verified":true}}`,
		`{"id":9223372036854775807,"kakao_account":{"email":"a@b.kr","is_email_valid":true,"is_email_verified":true,"age_range":"1~9"}}`,
		`{"resultcode":"00","response":{"id":"x","birthyear":"2020"}}`, `{"response":{"id":"x","birthyear":"-1"}}`, `{"response":null}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if p, err := readKakao(body, time.Now()); err == nil && (p.Verified && p.Email == "" || p.Subject == "0") {
			t.Errorf("%s: %+v", body, p)
		}
		if p, err := readNaver(body, time.Now()); err == nil && p.Verified {
			t.Errorf("Naver vouches for a mail: %s", body)
		}
	})
}
