package shoppers

// act is something that shoppers do. Groups are told apart by what an outage of it means.
type act struct {
	name  string
	group Group
	do    func(*visit)
}

// Group is what a call is for.
type Group string

const (
	Browsing Group = "browsing"
	Carting  Group = "cart"
	Buying   Group = "buying"
)

// acts are TPC-W's interactions on our pages. What its administrators do is the operators' here.
var acts = []act{
	{"home", Browsing, (*visit).home}, {"newest", Browsing, (*visit).newest}, {"best", Browsing, (*visit).best}, {"product", Browsing, (*visit).product},
	{"search", Browsing, (*visit).search}, {"results", Browsing, (*visit).results}, {"cart", Carting, (*visit).basket}, {"form", Buying, (*visit).form},
	{"review", Buying, (*visit).form}, {"buy", Buying, (*visit).buy}, {"inquiry", Buying, (*visit).inquire},
}

// Mix says how often each act happens, in percent, in their order.
type Mix struct {
	Name    string
	Weights [11]float64
}

// TPC-W's three mixes.
var (
	Browsers = Mix{"browsing", [11]float64{29.00, 11.00, 11.00, 21.00, 12.00, 11.00, 2.00, 0.82, 0.75, 0.69, 0.55}}
	Shopping = Mix{"shopping", [11]float64{16.00, 5.00, 5.00, 17.00, 20.00, 17.00, 11.60, 3.00, 2.60, 1.20, 1.41}}
	Ordering = Mix{"ordering", [11]float64{9.12, 0.46, 0.46, 12.35, 14.53, 13.08, 13.53, 12.86, 12.73, 10.18, 0.47}}
)

// pick chooses an act, for a number from 0 to 1.
func (m Mix) pick(x float64) act {
	sum := 0.0
	for _, w := range m.Weights {
		sum += w
	}
	x *= sum
	for i, w := range m.Weights {
		if x -= w; x < 0 {
			return acts[i]
		}
	}
	return acts[0]
}

// Group is what the call counts as; empty is neither.
func (c Call) Group() Group { return groupOf(c.Act) }

// groupOf is what a call counts as: what shoppers do on the way is called otherwise than the acts themselves.
func groupOf(name string) Group {
	switch name {
	case "add", "look", "change":
		return Carting
	case "stroll", "provider", "join", "member":
		return ""
	}
	for _, a := range acts {
		if a.name == name {
			return a.group
		}
	}
	return Buying
}
