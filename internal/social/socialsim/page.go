package socialsim

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"

	"myclothes/internal/lang"
)

//go:embed page.html
var pageHTML string

//go:embed social.css
var css []byte

var consent = template.Must(template.New("page").Parse(pageHTML))

type view struct {
	Lang        lang.Tag
	Title       string
	Action      string
	ID, Email   string
	AskVerified bool
}

// Say chooses the words of the page's language.
func (v view) Say(ko, en string) string { return lang.Text{KO: ko, EN: en}.In(v.Lang) }

// page asks who somebody is.
func (s *Server) page(provider string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := view{Lang: lang.Accepted(r.Header.Get("Accept-Language")), Action: "?" + r.URL.RawQuery, ID: "1001", Email: "haru@kakao.example", AskVerified: true}
		v.Title = v.Say("카카오 로그인 (연습용)", "Kakao sign-in (rehearsal)")
		if provider == "naver" {
			v.Title, v.ID, v.Email, v.AskVerified = v.Say("네이버 로그인 (연습용)", "Naver sign-in (rehearsal)"), "naver-1001", "haru@naver.example", false
		}
		var b bytes.Buffer
		if err := consent.Execute(&b, v); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		h := w.Header()
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Cache-Control", "no-store")
		// No form-action: browsers apply it to the redirect that takes people back to the shop.
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("Referrer-Policy", "same-origin")
		w.Write(b.Bytes())
	}
}

func style(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	w.Write(css)
}
