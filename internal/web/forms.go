package web

import (
	"net/http"
	"strconv"

	"myclothes/internal/fault"
	"myclothes/internal/httpx"
	"myclothes/internal/ui"
)

// asks shows a page that asks for a few things.
func (s *Web) asks(w http.ResponseWriter, r *http.Request, status int, path string, v ui.FormView) error {
	v.Words = words(r)
	m, _, err := s.frame(r.Context(), v.Words, path, v.Heading, v.Heading)
	if err != nil {
		return err
	}
	return own(s, w, r, status, ui.Form, m, v)
}

// refused fills what is wrong into a form. A fault that blames no input is said above it; what is no fault of the visitor goes on.
func refused(r *http.Request, v *ui.FormView, err error) (status int, rest error) {
	f, t := fault.Of(err), words(r)
	if f == nil || f.Kind == fault.Internal || f.Kind == fault.Unavailable {
		return http.StatusOK, err
	}
	for _, field := range f.Fields {
		for i := range v.Inputs {
			if v.Inputs[i].Name == field.Name {
				v.Inputs[i].Error = t.T(field.Words)
			}
		}
		for i := range v.Ticks {
			if v.Ticks[i].Name+"."+v.Ticks[i].Value == field.Name {
				v.Ticks[i].Error = t.T(field.Words)
			}
		}
	}
	v.Error = t.T(f.Words)
	return httpx.Status(f), nil
}

// again shows a form anew with what is wrong with it.
func (s *Web) again(w http.ResponseWriter, r *http.Request, path string, v ui.FormView, err error) error {
	status, rest := refused(r, &v, err)
	if rest != nil {
		return rest
	}
	if f := fault.Of(err); f.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(f.RetryAfter.Seconds())))
	}
	return s.asks(w, r, status, path, v)
}

// mailInput asks for a mail address.
func mailInput(value, label, auto string) ui.Input {
	in := input("email", value, label, "email", auto, 254)
	in.Mode = "email"
	return in
}

// phoneInput asks for a mobile number.
func phoneInput(name, value, label string) ui.Input {
	in := input(name, value, label, "tel", "tel", 20)
	in.Phone, in.Mode, in.Example = true, "tel", "010-1234-5678"
	return in
}

// mailed says that a mail is on its way.
func (s *Web) mailed(w http.ResponseWriter, r *http.Request, path, ko, en string) error {
	t := words(r)
	return s.asks(w, r, http.StatusOK, path, ui.FormView{Heading: t.Say("메일함을 확인해 주세요", "Please check your mail"), Lead: t.Say(ko, en),
		Links: []ui.Link{{Address: t.To("/"), Text: t.Say("쇼핑 계속하기", "Go on shopping")}}})
}

func input(name, value, label, kind, auto string, most int) ui.Input {
	return ui.Input{Field: ui.Field{Name: name, Value: value}, Label: label, Type: kind, Auto: auto, Max: most}
}

// over shows that a link can no longer be used, and the way to a new one.
func (s *Web) over(w http.ResponseWriter, r *http.Request, err error, path, text string) error {
	t := words(r)
	v := ui.FormView{Heading: t.Say("쓸 수 없는 링크예요", "This link cannot be used"), Links: []ui.Link{{Address: t.To(path), Text: text}}}
	return s.again(w, r, "", v, err)
}
