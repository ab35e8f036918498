package tosssim

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"html/template"
	"net/http"
	"net/url"
	"strconv"

	"myclothes/internal/lang"
)

//go:embed checkout.html
var checkoutHTML string

//go:embed checkout.css
var checkoutCSS []byte

var page = template.Must(template.New("checkout").Parse(checkoutHTML))

// view is what the page shows. Without a Payment it is only Notice.
type view struct {
	Lang    lang.Tag
	Notice  string // in place of the form: why there is nothing to choose
	Error   string // above the form
	Name    string
	Amount  string
	Method  string
	OrderID string
	Back    string // where the browser went; empty while nothing is settled
	Choices []choiceGroup
}

// Say chooses the words of the page's language.
func (v view) Say(ko, en string) string { return lang.Text{KO: ko, EN: en}.In(v.Lang) }

func language(r *http.Request) lang.Tag {
	if l := r.URL.Query().Get("lang"); l != "" {
		return lang.Parse(l)
	}
	return lang.Accepted(r.Header.Get("Accept-Language"))
}

// look finds a payment as it is now, or nil.
func (s *Server) look(key string) *entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.current(s.book.byKey[key])
}

func (s *Server) showCheckout(w http.ResponseWriter, r *http.Request) {
	s.render(w, http.StatusOK, language(r), s.look(r.PathValue("key")), "")
}

// render writes the page of e: the form while the buyer may choose, else how it stands. A nil e is a 404.
func (s *Server) render(w http.ResponseWriter, status int, t lang.Tag, e *entry, wrong string) {
	v := view{Lang: t, Error: wrong}
	if e == nil {
		status, v.Notice = http.StatusNotFound, codeNotFoundPayment.words().In(t)
	} else {
		v.Name, v.Amount, v.OrderID = e.OrderName, e.Amount.In(t), e.OrderID
		v.Method, v.Back = methodNames[e.Method].In(t), e.Went
		if v.Notice = standing[e.Status].In(t); v.Notice == "" {
			v.Choices = choices
		}
	}
	var b bytes.Buffer
	if err := page.Execute(&b, v); err != nil {
		s.o.Log.Error("checkout page", "error", err)
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Vary", "Accept-Language")
	// No form-action: browsers apply it to the redirect that takes the buyer back to the shop.
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	w.Write(b.Bytes())
}

// standing says how a payment stands once there is nothing left to choose.
var standing = map[string]lang.Text{
	inProgress: {KO: "결제 인증이 끝났습니다. 상점의 승인을 기다립니다.", EN: "You agreed to pay. Waiting for the shop to confirm."},
	done:       {KO: "결제가 완료되었습니다.", EN: "The payment is complete."},
	partial:    {KO: "결제가 일부 취소되었습니다.", EN: "Part of the payment was refunded."},
	canceled:   {KO: "결제가 취소되었습니다.", EN: "The payment was refunded."},
	aborted:    {KO: "결제가 이루어지지 않았습니다.", EN: "The payment did not go through."},
	expired:    {KO: "결제 시간이 만료되었습니다.", EN: "The payment has expired."},
}

// decideCheckout is the buyer's choice. A payment that is settled stays as it is, and the browser goes where it went before.
func (s *Server) decideCheckout(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxRequest)
	t, result := language(r), r.PostFormValue("result")
	if !offered(result) {
		s.render(w, http.StatusBadRequest, t, s.look(r.PathValue("key")),
			lang.Text{KO: "결제 결과를 선택해 주세요.", EN: "Please choose a result."}.In(t))
		return
	}
	e, err := s.decide(r.PathValue("key"), result, t)
	switch {
	case err != nil:
		http.Error(w, codeFailedInternal.words().In(t), http.StatusInternalServerError)
	case e == nil:
		s.render(w, http.StatusNotFound, t, nil, "")
	default:
		w.Header().Set("Cache-Control", "no-store")
		http.Redirect(w, r, whereTo(e, t), http.StatusSeeOther)
	}
}

func (s *Server) decide(key, result string, t lang.Tag) (*entry, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.current(s.book.byKey[key])
	if e == nil || e.Status != ready {
		return e, nil
	}
	switch result {
	case decline:
		e = e.leave(result, failTo(e, codeRejectCompany, t), string(codeRejectCompany))
	case leave:
		e = e.leave(result, failTo(e, codeCanceledByBuyer, t), string(codeCanceledByBuyer))
	default:
		e = e.agree(result, successTo(e), s.o.Now())
	}
	if err := s.commit(record{Payment: e}); err != nil {
		return nil, err
	}
	s.tell(e)
	return e, nil
}

// whereTo is where the buyer was sent, or, when the window closed before they chose, the fail URL.
func whereTo(e *entry, t lang.Tag) string {
	if e.Went != "" {
		return e.Went
	}
	return failTo(e, codeAborted, t)
}

func successTo(e *entry) string {
	return withQuery(e.SuccessURL, url.Values{"paymentType": {"NORMAL"}, "orderId": {e.OrderID}, "paymentKey": {e.Key},
		"amount": {strconv.FormatInt(int64(e.Amount), 10)}})
}

func failTo(e *entry, code errorCode, t lang.Tag) string {
	return withQuery(e.FailURL, url.Values{"code": {string(code)}, "message": {code.words().In(t)}, "orderId": {e.OrderID}})
}

// withQuery adds to the query that an address may already have, before its fragment.
func withQuery(address string, q url.Values) string {
	u, err := url.Parse(address)
	if err != nil {
		return address // checked when the payment was made
	}
	if u.RawQuery != "" {
		u.RawQuery += "&"
	}
	u.RawQuery += q.Encode()
	return u.String()
}

func (s *Server) style(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	w.Write(checkoutCSS)
}

// ledger answers GET /ledger. It asks for no key: it is for tests, on a machine without money.
func (s *Server) ledger(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	lines := s.book.lines()
	s.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	json.NewEncoder(w).Encode(map[string]any{"orders": lines})
}
