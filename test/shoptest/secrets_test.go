package shoptest

import (
	"bytes"
	"net/http"
	"os"
	"strings"
	"testing"
)

// TestSecretsAreFound: whatever was sent or answered is found in what operators are told, however it is spelled, and nothing else is.
func TestSecretsAreFound(t *testing.T) {
	for told, want := range map[string]bool{
		"msg=hello route=/account": false, "sum 0.0170101234567800004": false,
		"to haru@example.com": true, "/account?email=haru%40example.com": true, "phone 01012345678": true, "김하루님": true,
		"cookie 3q2-7wAAAA": true, "GET /account/reset/AbCdEfGhIjKlMnOpQrStUvWxYz": true, "pk_0123456": true, "세종대로 110": true,
	} {
		f, err := os.CreateTemp(t.TempDir(), "")
		if err != nil {
			t.Fatal(err)
		}
		s := &Secrets{all: map[string]string{}, told: f}
		form := "email=haru%40example.com&contact.phone=010-1234-5678&choice=hello&x=y"
		req, err := http.NewRequest("POST", "http://shop/account", strings.NewReader(form))
		if err != nil {
			t.Fatal(err)
		}
		s.Saw(req, &http.Response{Request: req, Header: http.Header{"Set-Cookie": {"mc=3q2-7wAAAA; Path=/"}, "Location": {"/orders/1/payment/success?paymentKey=pk_0123456"}}}, []byte(`<a href="/account/reset/AbCdEfGhIjKlMnOpQrStUvWxYz">`))
		document := `{"name":"김하루","delivery":{"road_address":"세종대로 110"},"agreements":["hello"]}`
		if req, err = http.NewRequest("POST", "http://shop/api", bytes.NewReader([]byte(document))); err != nil {
			t.Fatal(err)
		}
		s.Saw(req, &http.Response{Request: req, Header: http.Header{}}, nil)
		if _, err := s.Write([]byte("level=INFO " + told + "\n")); err != nil {
			t.Fatal(err)
		}
		if got := s.found(t); (len(got) > 0) != want {
			t.Errorf("%s: found %v", told, got)
		}
		f.Close()
	}
}
