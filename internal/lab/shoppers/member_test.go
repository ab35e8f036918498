package shoppers

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"
)

func TestJoiningKeepsTheLargerOfEachLine(t *testing.T) {
	m := &Member{Shopper: &Shopper{cart: map[string]span{"COAT": {least: 3, most: 3}, "HAT": {least: 1, most: 1}}}, guest: map[string]span{"COAT": {least: 2, most: 2}, "SCARF": {least: 4, most: 4}}}
	m.merge()
	for sku, want := range map[string]int{"COAT": 3, "HAT": 1, "SCARF": 4} {
		if s := m.cart[sku]; s.least != want || s.most != want {
			t.Errorf("%s: %+v, want %d", sku, s, want)
		}
	}
	if len(m.guest) > 0 {
		t.Errorf("the guest's cart still has %v", m.guest)
	}
}

// TestAShopThatAddsWhatItShouldJoin pours the guest's cart in once more at every sign-in.
func TestAShopThatAddsWhatItShouldJoin(t *testing.T) {
	for _, c := range []struct {
		name string
		join func(member, guest int) (int, int)
		want []string
	}{
		{"as it should", func(member, guest int) (int, int) { return max(member, guest), 0 }, nil},
		{"it adds", func(member, guest int) (int, int) { return member + guest, 0 }, []string{"C2"}},
		{"it joins again", func(member, guest int) (int, int) { return member + 1, guest }, []string{"C2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			member, guest, in := 0, 0, false
			crowd := crowd(t, signing(t, &member, &guest, &in, c.join), 1)
			if err := crowd.Join(t.Context(), 1, func(string) string { return "/account/confirm/x" }); err != nil {
				t.Fatal(err)
			}
			m := crowd.Members[0]
			for range 3 {
				m.round(t.Context())
			}
			if got := rules(crowd.History); !slices.Equal(got, c.want) || m.Rounds != 3 {
				t.Errorf("%d rounds, broken: %v, want %v: %v", m.Rounds, got, c.want, crowd.History.Violations())
			}
		})
	}
}

// signing is a shop with one thing, one guest and one member.
func signing(t *testing.T, member, guest *int, in *bool, join func(int, int) (int, int)) string {
	cart := func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			var line struct{ Quantity int }
			json.NewDecoder(r.Body).Decode(&line)
			*guest += line.Quantity
		}
		n := *guest
		if *in {
			n = *member
		}
		fmt.Fprintf(w, `{"lines":[{"sku":"COAT","quantity":%d}]}`, n)
	}
	front := shopWith(t, cart, func(m *http.ServeMux) {
		m.HandleFunc("POST /api/v1/account", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusAccepted) })
		m.HandleFunc("POST /account/confirm/x", func(http.ResponseWriter, *http.Request) {})
		m.HandleFunc("POST /api/v1/session", func(w http.ResponseWriter, _ *http.Request) {
			*member, *guest = join(*member, *guest)
			*in = true
			w.WriteHeader(http.StatusNoContent)
		})
		m.HandleFunc("DELETE /api/v1/session", func(w http.ResponseWriter, _ *http.Request) {
			*in, *guest = false, 0
			w.WriteHeader(http.StatusNoContent)
		})
	})
	return front
}

func TestWhoIsUnclearLooksFirst(t *testing.T) {
	member, guest, in := 5, 0, false
	c := crowd(t, signing(t, &member, &guest, &in, func(member, guest int) (int, int) { return max(member, guest), 0 }), 1)
	m := &Member{Shopper: newShopper(c, memberID), unclear: true}
	if !m.learn(t.Context(), &visit{Shopper: m.Shopper, act: "member", due: time.Now()}) || m.cart["COAT"] != (span{least: 5, most: 5}) || in {
		t.Errorf("the cart is %v, signed in %t", m.cart, in)
	}
}
