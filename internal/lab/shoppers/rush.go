package shoppers

import (
	"cmp"
	"strings"
	"sync"
	"time"
)

// Ending is how a buyer's day in a flash sale ended.
type Ending string

const (
	Bought  Ending = "bought"
	SoldOut Ending = "sold out" // and told so
	Unsure  Ending = "unsure"   // neither, however often they asked
)

// Rush has buyers, each with a browser of their own, want one unit of the same SKU: into the cart, order, pay, confirm. So many at a time, each asking again where there
// was no answer. Together, everybody has it in the cart before the first one orders. It returns how each ended.
func (c *Crowd) Rush(sku string, buyers, atOnce int, together bool) []Ending {
	all, ends := make([]*visit, buyers), make([]Ending, buyers)
	for i := range all {
		all[i] = &visit{Shopper: newShopper(c, i)}
	}
	step := func(do func(*visit) Ending) {
		turn := make(chan struct{}, atOnce)
		var running sync.WaitGroup
		for i, v := range all {
			turn <- struct{}{}
			running.Go(func() {
				if ends[i] == "" {
					ends[i] = do(v)
				}
				<-turn
			})
		}
		running.Wait()
	}
	want := func(v *visit) Ending { return v.want(sku) }
	if together {
		step(want)
		step((*visit).snatch)
	} else {
		step(func(v *visit) Ending { return cmp.Or(want(v), v.snatch()) })
	}
	return ends
}

// tries is how often a buyer asks where there was no answer.
const tries = 10

func (v *visit) want(sku string) Ending {
	in := map[string]any{"sku": sku, "quantity": 1}
	return v.insist("add", func() (Outcome, string) { return v.ask("POST", "/api/v1/cart/lines", "", in, nil) })
}

// snatch is one buyer's way from the cart to the end.
func (v *visit) snatch() Ending {
	var got placed
	if end := v.insist("place", func() (Outcome, string) { return v.ask("POST", "/api/v1/orders", "rush", v.details(), &got) }); end != "" {
		return end
	}
	key := v.approve(got.Payment.Checkout)
	paid := map[string]any{"paymentKey": key, "orderId": got.Payment.OrderID, "amount": got.Total}
	if end := v.insist("confirm", func() (Outcome, string) {
		return v.ask("POST", "/api/v1/orders/"+got.Number+"/payment/confirm", "", paid, nil)
	}); end != "" {
		return Unsure
	}
	return Bought
}

// insist does something until there is an answer; the buyer's day goes on where that is yes.
func (v *visit) insist(act string, do func() (Outcome, string)) Ending {
	v.act = act
	for range tries {
		v.due = time.Now()
		switch o, code := do(); {
		case o == OK:
			return ""
		case o == Refused && code == "out_of_stock":
			return SoldOut
		case o == Refused:
			return Unsure
		}
	}
	return Unsure
}

// approve pays at the provider and returns its key.
func (v *visit) approve(checkout string) string {
	resp, err := v.crowd.window().Post(checkout, "application/x-www-form-urlencoded", strings.NewReader("result=approve"))
	if err != nil {
		return ""
	}
	resp.Body.Close()
	to, err := resp.Location()
	if err != nil {
		return ""
	}
	return to.Query().Get("paymentKey")
}
