package carts

import (
	"encoding/json"
	"net/http"
	"net/url"
)

// forge alters each cookie of a shopper who has a cart, in several ways, and counts how many were tried and how many of them showed a cart.
func forge(s *shopper) (tried, believed int) {
	u, err := url.Parse(s.url + "/api/v1/cart")
	if err != nil {
		return 0, 0
	}
	cookies := s.client.Jar.Cookies(u)
	for i := range cookies {
		if !ours(cookies[i]) {
			continue
		}
		for _, alter := range alterations {
			forged := alter(cookies[i].Value)
			if forged == cookies[i].Value {
				continue
			}
			tried++
			if s.shows(cookies[i].Name, forged) {
				believed++
			}
		}
	}
	return tried, believed
}

// alterations are what somebody would try first. Only the one cookie is sent.
var alterations = []func(string) string{
	func(v string) string { return v[:len(v)-1] },
	func(v string) string { return flip(v, len(v)/2) },
	func(v string) string { return flip(v, len(v)-2) },
	func(v string) string { return v + v },
}

func flip(v string, i int) string {
	b := []byte(v)
	if b[i]++; b[i] > 'z' || b[i] == ';' {
		b[i] = 'A'
	}
	return string(b)
}

// shows reports whether a cookie of that value opens a cart that holds something.
func (s *shopper) shows(name, value string) bool {
	req, err := http.NewRequest(http.MethodGet, s.url+"/api/v1/cart", nil)
	if err != nil {
		return false
	}
	req.AddCookie(&http.Cookie{Name: name, Value: value})
	resp, err := s.wire.via.RoundTrip(req)
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	var cart struct{ Lines []any }
	return json.NewDecoder(resp.Body).Decode(&cart) == nil && len(cart.Lines) > 0
}
