package shoppers

// span is how many units of an SKU a cart may hold: what was acknowledged is certain, a change without an answer has happened, has not, or will yet.
type span struct {
	least, most int
	late        int  // units that unanswered additions may still bring
	vague       bool // an unanswered setting or ordering may still take all away
}

// added is after an addition of n.
func (s span) added(n int, o Outcome) span {
	switch o {
	case OK:
		s.most += n
		if !s.vague {
			s.least += n
		}
	case Unknown:
		s.most, s.late = s.most+n, s.late+n
	}
	return s
}

// set is after the line was to hold exactly n.
func (s span) set(n int, o Outcome) span {
	switch o {
	case OK:
		s.most = n + s.late
		if s.least = n; s.vague {
			s.least = 0
		}
	case Unknown:
		s.late += n
		s.most, s.least, s.vague = max(s.most, n+s.late), 0, true
	}
	return s
}

// ordered is after an order of what the cart held. That the lines leave the cart is not certain, only that nothing else does.
func (s span) ordered(o Outcome) span {
	if o != Refused {
		s.least = 0
	}
	s.vague = s.vague || o == Unknown
	return s
}

// seen is after the shop has shown n, which it may: what is shown is certain from now on.
func (s span) seen(n int) span {
	s.most = n + s.late
	if s.least = n; s.vague {
		s.least = 0
	}
	return s
}

func (s span) allows(n int) bool { return s.least <= n && n <= s.most }
