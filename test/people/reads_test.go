package people

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
)

// looks reads everything of theirs.
func (c *one) looks() {
	c.profile()
	c.lives()
	c.wished()
	c.cart()
	c.bought()
	c.ask("GET", "/account/data", "", "", http.StatusOK)
	c.ask("GET", "/account/devices", "", "", http.StatusOK)
	c.ask("GET", "/account/consents", "", "", http.StatusOK)
}

func (c *one) asked(path string, into any) bool {
	a, ok := c.ask("GET", path, "", "", http.StatusOK)
	if !ok {
		return false
	}
	if err := json.Unmarshal([]byte(a.Body), into); err != nil {
		return c.note(c, err)
	}
	return true
}

func (c *one) profile() {
	var got struct{ Name, Email string }
	if c.asked("/api/v1/account", &got) {
		c.is("the name", got.Name, c.name)
		c.is("the mail", got.Email, c.says().Email)
	}
	if a, ok := c.ask("GET", "/account", "", "", http.StatusOK); ok {
		c.is("the name on the page", regexp.MustCompile(c.mark()+` \d+`).FindString(a.Body), c.name)
	}
}

func (c *one) lives() {
	a, ok := c.ask("GET", "/account/addresses", "", "", http.StatusOK)
	if !ok {
		return
	}
	found := regexp.MustCompile(c.mark()+` \d+ at home`).FindAllString(a.Body, -1)
	slices.Sort(found)
	c.is("the address book", found, sorted(c.places))
}

func (c *one) wished() {
	var got struct{ Products []struct{ ID json.Number } }
	if c.asked("/api/v1/account/wishlist", &got) {
		c.is("what is wished for", len(got.Products) == 1, c.wishes[c.product])
	}
}

func (c *one) cart() {
	var got struct {
		Lines []struct {
			SKU      string
			Quantity int
		}
	}
	if !c.asked("/api/v1/cart", &got) {
		return
	}
	has := 0
	for _, l := range got.Lines {
		if l.SKU != c.sku() {
			c.is("a line of the cart", l.SKU, c.sku())
		}
		has += l.Quantity
	}
	c.is("the cart", has, c.quantity)
}

func (c *one) bought() {
	var got struct{ Orders []struct{ Number string } }
	if !c.asked("/api/v1/account/orders", &got) {
		return
	}
	var numbers []string
	for _, o := range got.Orders {
		numbers = append(numbers, o.Number)
	}
	slices.Sort(numbers)
	want := slices.Sorted(slices.Values(c.orders))
	c.is("the orders", numbers, want)
	if n := len(c.orders); n > 0 {
		var order struct{ Contact struct{ Email string } }
		if c.asked("/api/v1/orders/"+c.orders[n-1], &order) {
			c.is("the latest order's mail", order.Contact.Email, c.says().Email)
		}
	}
}

func sorted(set map[string]bool) []string {
	var out []string
	for s, in := range set {
		if in {
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return out
}
