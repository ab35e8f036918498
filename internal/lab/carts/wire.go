package carts

import (
	"net/http"
	"strings"
)

// wire counts what a browser's cookies weigh in requests and answers. It serves one browser, which does one thing after another.
type wire struct {
	via       http.RoundTripper
	sent, got weight
}

// weight is of one header in bytes. Messages without it count as nothing.
type weight struct{ sum, most, messages int }

func (w *weight) add(n int) {
	w.sum, w.most = w.sum+n, max(w.most, n)
	w.messages++
}

func (w *weight) join(v weight) {
	w.sum, w.most, w.messages = w.sum+v.sum, max(w.most, v.most), w.messages+v.messages
}

func (w weight) mean() int {
	if w.messages == 0 {
		return 0
	}
	return w.sum / w.messages
}

// RoundTrip implements http.RoundTripper. The balancer's own cookie is not the shop's weight.
func (w *wire) RoundTrip(req *http.Request) (*http.Response, error) {
	n := 0
	for _, c := range req.Cookies() {
		if ours(c) {
			n += len(c.Name) + len("=; ") + len(c.Value)
		}
	}
	w.sent.add(n)
	resp, err := w.via.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	n = 0
	for _, c := range resp.Cookies() {
		if ours(c) {
			n += len("Set-Cookie: \r\n") + len(c.Raw)
		}
	}
	w.got.add(n)
	return resp, nil
}

func ours(c *http.Cookie) bool { return !strings.HasSuffix(c.Name, "mc-at") }
