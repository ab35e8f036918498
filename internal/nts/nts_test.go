package nts_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"myclothes/internal/company"
	"myclothes/internal/nts"
	"myclothes/internal/nts/ntssim"
)

func TestStandings(t *testing.T) {
	sim := &ntssim.Server{}
	front := httptest.NewServer(sim)
	defer front.Close()
	r := nts.New(nts.Options{BaseURL: front.URL, Key: ntssim.Key, Timeout: time.Second})
	for n, want := range map[company.Registration]company.Standing{
		"2208162517": company.Trading, ntssim.Resting: company.Resting, ntssim.Closed: company.Closed, ntssim.Unregistered: company.Unregistered,
	} {
		if _, ok := company.ParseRegistration(string(n)); !ok {
			t.Errorf("%s is no registration number", n)
		}
		if got, err := r.Standing(context.Background(), n); got != want || err != nil {
			t.Errorf("%s: %q, %v; want %q", n, got, err, want)
		}
	}
}

// TestNobodyAnswers: whatever goes wrong is an error, never a standing, and tells neither the key nor the number.
func TestNobodyAnswers(t *testing.T) {
	sim := &ntssim.Server{}
	front := httptest.NewServer(sim)
	defer front.Close()
	ask := func(o nts.Options) {
		t.Helper()
		o.Timeout = 200 * time.Millisecond
		got, err := nts.New(o).Standing(context.Background(), "2208162517")
		if err == nil || got != company.Unasked {
			t.Errorf("%q, %v", got, err)
		}
		for _, secret := range []string{"2208162517", "simulator", "serviceKey"} {
			if err != nil && strings.Contains(err.Error(), secret) {
				t.Errorf("the error tells %s: %v", secret, err)
			}
		}
	}
	for _, m := range []ntssim.Mode{ntssim.Down, ntssim.Slow, ntssim.Broken} {
		sim.Behave(m)
		ask(nts.Options{BaseURL: front.URL, Key: ntssim.Key})
	}
	sim.Behave(ntssim.Well)
	ask(nts.Options{BaseURL: front.URL, Key: "another"})
	ask(nts.Options{BaseURL: "http://127.0.0.1:1", Key: ntssim.Key})
	ask(nts.Options{BaseURL: "::", Key: ntssim.Key})
}

// TestStrangeAnswers: what the service does not say is not read into it.
func TestStrangeAnswers(t *testing.T) {
	for _, body := range []string{
		`{"status_code":"OK","data":[]}`, `{"status_code":"OK","data":[{"b_no":"1248100998","b_stt_cd":"01"}]}`, `{"status_code":"OK","data":[{"b_no":"2208162517"}]}`,
		`{"status_code":"OK","data":[{"b_no":"2208162517","b_stt_cd":"09"}]}`, `{"status_code":"HTTP_ERROR","data":[{"b_no":"2208162517","b_stt_cd":"01"}]}`, `[]`, ``,
	} {
		front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(body)) }))
		got, err := nts.New(nts.Options{BaseURL: front.URL, Timeout: time.Second}).Standing(context.Background(), "2208162517")
		if err == nil || got != company.Unasked {
			t.Errorf("%s: %q, %v", body, got, err)
		}
		front.Close()
	}
}
