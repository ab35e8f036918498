package shoppers

import "testing"

func TestWhatACartMayHold(t *testing.T) {
	var none span
	for _, c := range []struct {
		name        string
		s           span
		least, most int
	}{
		{"two were added", none.added(2, OK), 2, 2},
		{"and one without an answer", none.added(2, OK).added(1, Unknown), 2, 3},
		{"which may still come after the shop has shown two", none.added(2, OK).added(1, Unknown).seen(2), 2, 3},
		{"and after the line was set to five", none.added(1, Unknown).set(5, OK), 5, 6},
		{"one was refused", none.added(2, OK).added(1, Refused), 2, 2},
		{"a setting without an answer takes all away, or not", none.added(2, OK).set(0, Unknown), 0, 2},
		{"and may do so later", none.added(2, OK).set(0, Unknown).added(1, OK).seen(3), 0, 3},
		{"an order takes the line, unless the shop dies in between", none.added(2, OK).ordered(OK), 0, 2},
		{"a refused order takes nothing", none.added(2, OK).ordered(Refused), 2, 2},
		{"what is shown after an order is certain", none.added(2, OK).ordered(OK).seen(0), 0, 0},
	} {
		if c.s.least != c.least || c.s.most != c.most {
			t.Errorf("%s: %d to %d, want %d to %d", c.name, c.s.least, c.s.most, c.least, c.most)
		}
	}
}
