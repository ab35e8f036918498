package shoppers

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"myclothes/internal/lab/host"
)

// Member is somebody with an account, who fills a cart as a guest and signs in, again and again (C2). Nobody else uses the account.
type Member struct {
	*Shopper // its cart is the member's; the browser is always the same
	guest    map[string]span
	password string
	unclear  bool // what either cart holds
	Rounds   int  // that could be judged
}

// memberID is where members' numbers begin, above those of guests.
const memberID = 10_000

// Join has so many people sign up, and follow the link in the mail that find finds by address.
func (c *Crowd) Join(ctx context.Context, many int, find func(address string) (link string)) error {
	for i := range many {
		m := &Member{Shopper: newShopper(c, memberID+i), password: fmt.Sprintf("lorry-anvil-%d", 7000+i)}
		v := &visit{Shopper: m.Shopper, act: "join", due: time.Now()}
		o, code := v.ask("POST", "/api/v1/account", "", map[string]any{"email": m.mail(), "password": m.password, "name": "김하루", "consents": []string{"over14", "terms", "privacy"}}, nil)
		if o != OK {
			return fmt.Errorf("nobody can sign up: %s %s", o, code)
		}
		err := host.Until(ctx, time.Minute, func() error {
			link := find(m.mail())
			if link == "" {
				time.Sleep(200 * time.Millisecond)
				return errors.New("no mail has come")
			}
			if v.follow(link) != OK {
				return errors.New("the link does not lead in")
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("%s does not become a member: %w", m.mail(), err)
		}
		c.Members = append(c.Members, m)
	}
	return nil
}

// SignIn has members come round, one so often, until ctx ends.
func (c *Crowd) SignIn(ctx context.Context, every time.Duration) {
	for i := 0; len(c.Members) > 0; i++ {
		select {
		case <-ctx.Done():
			return
		case <-time.After(every):
			c.Members[i%len(c.Members)].round(ctx)
		}
	}
}

// round begins as a guest and ends as one. One in which something was not answered with yes says nothing of carts, and the next begins with a look at what is there.
func (m *Member) round(ctx context.Context) {
	v := &visit{Shopper: m.Shopper, act: "member", due: time.Now()}
	if m.unclear && !m.learn(ctx, v) {
		return
	}
	m.guest, m.unclear = map[string]span{}, true
	if !v.fill(m.guest) || v.signIn(ctx, m.password) != OK {
		return
	}
	m.merge()
	for range 2 { // the second time there is nothing to join
		for range looks {
			v.meets("after signing in")
		}
		if v.signIn(ctx, m.password) != OK {
			return
		}
	}
	m.Rounds++
	m.unclear = !v.leave()
}

// learn signs in and takes what the cart holds for the truth.
func (m *Member) learn(ctx context.Context, v *visit) bool {
	var got cartDoc
	if v.signIn(ctx, m.password) != OK {
		return false
	}
	if o, _ := v.ask("GET", "/api/v1/cart", "", nil, &got); o != OK {
		return false
	}
	clear(m.cart)
	for _, l := range got.Lines {
		m.cart[l.SKU] = span{least: l.Quantity, most: l.Quantity}
	}
	return v.leave()
}

func (v *visit) leave() bool {
	return v.insist("member", func() (Outcome, string) { return v.ask("DELETE", "/api/v1/session", "", nil, nil) }) == ""
}

// fill puts one or two things into the guest's cart. It is false where something was not answered with yes.
func (v *visit) fill(guest map[string]span) bool {
	var p struct {
		Variants []struct {
			SKU       string
			Available int
		}
	}
	if o, _ := v.ask("GET", "/api/v1/products/"+v.crowd.goods.products[v.crowd.intN(min(3, len(v.crowd.goods.products)))], "", nil, &p); o != OK {
		return false
	}
	for _, choice := range p.Variants[:min(2, len(p.Variants))] {
		if choice.Available < 1000 {
			continue
		}
		n := 1 + v.crowd.intN(4)
		o, _ := v.ask("POST", "/api/v1/cart/lines", "", map[string]any{"sku": choice.SKU, "quantity": n}, nil)
		if guest[choice.SKU] = guest[choice.SKU].added(n, o); o != OK {
			return false
		}
	}
	return true
}

// signIn asks until there is an answer: nobody knows of the times before whether they have joined the carts.
func (v *visit) signIn(ctx context.Context, password string) (o Outcome) {
	for range tries {
		if o, _ = v.ask("POST", "/api/v1/session", "", map[string]any{"email": v.mail(), "password": password}, nil); o != Unknown || ctx.Err() != nil {
			return o
		}
		time.Sleep(500 * time.Millisecond)
	}
	return o
}

// merge is what joining does: of a line that both have, the larger quantity stays, and nothing is left of the guest's cart.
func (m *Member) merge() {
	for sku, g := range m.guest {
		s := m.cart[sku]
		m.cart[sku] = span{least: max(s.least, g.least), most: max(s.most, g.most)}
	}
	m.guest = map[string]span{}
}

// meets holds the member's cart against what it must be, to the unit.
func (v *visit) meets(when string) {
	var got cartDoc
	if o, _ := v.ask("GET", "/api/v1/cart", "", nil, &got); o != OK {
		return
	}
	has := map[string]int{}
	for _, l := range got.Lines {
		has[l.SKU] = l.Quantity
	}
	for sku, n := range has {
		if _, asked := v.cart[sku]; !asked {
			v.crowd.History.Broke("C2", v.ID, "%s the cart holds %d of %s, which this member never asked for", when, n, sku)
		}
	}
	for sku, s := range v.cart {
		if n := has[sku]; !s.allows(n) {
			v.crowd.History.Broke("C2", v.ID, "%s the cart holds %d of %s, must be %d to %d", when, n, sku, s.least, s.most)
		}
		v.cart[sku] = span{least: has[sku], most: has[sku]} // told once
	}
}

// follow opens a link from a mail as its reader does, with the button on its page.
func (v *visit) follow(link string) Outcome {
	req, err := http.NewRequest(http.MethodPost, v.crowd.plan.URL+link, strings.NewReader("x=y"))
	if err != nil {
		return Refused
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	o, _ := v.send(req, "POST the link of the mail", nil)
	return o
}
