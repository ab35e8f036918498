package shoppers

import (
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"regexp"
	"strconv"
)

// Shopper is a guest with a browser of their own, and what they know. They do one thing after another.
//
// Members and businesses come here, too: who signs in first has the same carts and orders afterwards.
type Shopper struct {
	ID     int
	Orders []*Order

	crowd   *Crowd
	browser *http.Client
	cart    map[string]span
	pending *Order // placed without an answer: the same key is sent until one comes
	keys    int
}

// Order is what its buyer knows of it.
type Order struct {
	Number, Payment, Checkout string // the shop's number, the provider's name of it, where it is paid
	Total                     int64
	Key                       string // idempotency
	Paid, Refused, Cancelled  bool   // acknowledged
	AskedToCancel             bool   // perhaps without an answer
}

func newShopper(c *Crowd, id int) *Shopper {
	jar, _ := cookiejar.New(nil) // fails never without options
	return &Shopper{ID: id, crowd: c, cart: map[string]span{}, browser: &http.Client{Jar: jar, Timeout: c.plan.Timeout, Transport: c.via}}
}

// mail is the shopper's address, by which everybody can tell whose page it is.
func (s *Shopper) mail() string { return fmt.Sprintf("shopper-%d@lab.example", s.ID) }

var anyMail = regexp.MustCompile(`shopper-(\d+)@lab\.example`)

// notice looks whether a page shows anything of another shopper (C3).
func (s *Shopper) notice(request string, page []byte) {
	for _, m := range anyMail.FindAllSubmatch(page, -1) {
		if id, _ := strconv.Atoi(string(m[1])); id != s.ID {
			s.crowd.History.Broke("C3", s.ID, "%s shows shopper %d's address", request, id)
			return
		}
	}
}

// details are what the shopper orders with.
func (s *Shopper) details() map[string]any {
	return map[string]any{
		"contact": map[string]any{"name": "김하루", "phone": "010-1234-5678", "email": s.mail()},
		"delivery": map[string]any{"recipient": "김하루", "phone": "010-1234-5678", "postcode": "04524", "road_address": "서울특별시 중구 세종대로 110",
			"detail_address": "", "memo": ""},
		"payment_method": "card", "agreements": []string{"terms", "privacy", "purchase"},
	}
}
