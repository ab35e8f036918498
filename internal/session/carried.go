package session

// Carried is what the browser carries of a visitor's state between two requests, the values of its cookies, and what is known of who carries it.
// The zero Carried is a browser that comes for the first time.
type Carried struct {
	Visitor Token  // the visitor cookie; already parsed, so it is well formed or empty
	Sealed  string // the sealed-cart cookie, as it came: only homes that keep the cart in the browser read it
	Session string // the sealed-session cookie, as it came: only stores that keep the record in the browser read it

	// Member is who has signed in, empty for a guest. The browser does not carry it: a Store's record says it.
	Member string
}

// Owner returns under which key the shop files what is the visitor's own: a member's is the same on every device. Where the browser carries nothing it is the zero Key.
func (c Carried) Owner() Key {
	if c.Member != "" {
		return MemberKey(c.Member)
	}
	return c.Visitor.Key()
}

// Named returns what to carry when something is about to be filed for the visitor: a browser without a token gets one.
func (c Carried) Named() Carried {
	if c.Visitor == "" {
		c.Visitor = New()
	}
	return c
}

// Guest returns what a browser carries after its session has ended: neither token nor record. Its sealed cart is the browser's own and stays.
func (c Carried) Guest() Carried { return Carried{Sealed: c.Sealed} }
