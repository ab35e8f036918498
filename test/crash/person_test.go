package crash

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"myclothes/internal/order"
	"myclothes/test/shoptest"
)

// person is a buyer who remembers what the shop has acknowledged.
type person struct {
	shop   *shoptest.Shop
	chance *rand.Rand
	client *http.Client
	cart   map[string]span
	orders []*bought
	told   map[string]int // answers by what they were to
	wrong  []string       // answers that contradicted what was acknowledged before
}

// span is how many units of an SKU a cart may hold: what was acknowledged is certain, a change without an answer happened or not.
type span struct{ least, most int }

// bought is an order whose placing was acknowledged.
type bought struct {
	number, orderID, checkout string
	total                     int64
	key                       string // the provider's paymentKey, once the buyer agreed
	paid, refused, cancelled  bool   // acknowledged
	asked                     bool   // to cancel; perhaps without an answer
}

func newPerson(shop *shoptest.Shop, chance *rand.Rand) *person {
	jar, _ := cookiejar.New(nil) // fails never without options
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &person{shop: shop, chance: chance, cart: map[string]span{}, told: map[string]int{},
		client: &http.Client{Jar: jar, Timeout: 30 * time.Second, CheckRedirect: stay}}
}

// errUnknown: no answer came, or one that says nothing about what has happened.
var errUnknown = errors.New("no answer")

// call sends JSON and returns the status and what came back; errUnknown after waiting until the shop is there again.
func (p *person) call(what, method, path, key string, in, out any) (int, error) {
	body, err := json.Marshal(in)
	if err != nil {
		panic(err) // maps of strings and numbers
	}
	req, err := http.NewRequest(method, p.shop.URL+path, bytes.NewReader(body))
	if err != nil {
		panic(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if key != "" {
		req.Header.Set("Idempotency-Key", key)
	}
	status, err := p.do(req, out)
	if err != nil || status >= 500 && status != http.StatusServiceUnavailable {
		if status >= 500 {
			p.wrong = append(p.wrong, fmt.Sprintf("%s %s was answered with %d", method, path, status))
		}
		p.told[what+" unknown"]++
		p.waitForShop()
		return 0, errUnknown
	}
	p.told[fmt.Sprint(what, " ", status)]++
	return status, nil
}

func (p *person) do(req *http.Request, out any) (int, error) {
	resp, err := p.client.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode < 300 && out != nil {
		err = json.Unmarshal(b, out)
	}
	return resp.StatusCode, err
}

func (p *person) waitForShop() {
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if resp, err := http.Get(p.shop.URL + "/healthz"); err == nil {
			resp.Body.Close()
			return
		}
	}
}

// buy fills the cart, orders it, pays, and now and then thinks better of it.
func (p *person) buy(stop <-chan struct{}) {
	for range 1 + p.chance.IntN(4) {
		if open(stop) {
			p.add()
		}
	}
	if !open(stop) || p.chance.IntN(5) == 0 {
		return // just looking
	}
	b := p.order()
	if b == nil {
		return
	}
	p.orders = append(p.orders, b)
	if p.agree(b) {
		p.confirm(b)
	}
	if b.paid && p.chance.IntN(5) == 0 {
		p.cancel(b)
	}
}

type cartDoc struct {
	Lines []struct {
		SKU      string
		Quantity int
	}
}

func (p *person) add() {
	sku, n := skus[p.chance.IntN(len(skus))], 1+p.chance.IntN(2)
	var got cartDoc
	was := p.cart[sku]
	switch status, err := p.call("add", "POST", "/api/v1/cart/lines", "", map[string]any{"sku": sku, "quantity": n}, &got); {
	case err != nil || status == http.StatusServiceUnavailable:
		p.cart[sku] = span{was.least, was.most + n}
	case status == http.StatusOK:
		p.cart[sku] = span{was.least + n, was.most + n}
		p.compare(got, "after an addition")
	}
}

// compare holds the cart that the shop shows against what was acknowledged.
func (p *person) compare(got cartDoc, when string) {
	has := map[string]int{}
	for _, l := range got.Lines {
		has[l.SKU] = l.Quantity
	}
	for _, sku := range skus {
		if s := p.cart[sku]; has[sku] < s.least || has[sku] > s.most {
			p.wrong = append(p.wrong, fmt.Sprintf("C1: %s the cart holds %d of %s, must be %d to %d", when, has[sku], sku, s.least, s.most))
		}
	}
}

var details = map[string]any{
	"contact": map[string]any{"name": "김하루", "phone": "010-1234-5678", "email": "haru@example.com"},
	"delivery": map[string]any{"recipient": "김하루", "phone": "010-1234-5678", "postcode": "04524", "road_address": "서울특별시 중구 세종대로 110",
		"detail_address": "", "memo": ""},
	"payment_method": "card", "agreements": []string{"terms", "privacy", "purchase"},
}

// order places what the cart holds, under one key until an answer comes; nil if there was none or it was no.
func (p *person) order() *bought {
	key := fmt.Sprintf("%d-%x", len(p.orders), p.chance.Uint64())
	for try := range 4 {
		var got struct {
			Number  string
			Total   int64
			Payment struct {
				OrderID  string `json:"order_id"`
				Checkout string `json:"checkout_url"`
			}
		}
		status, err := p.call("order", "POST", "/api/v1/orders", key, details, &got)
		switch {
		case err != nil || status == http.StatusServiceUnavailable:
			p.mayHaveLeft() // the order may stand, and then its lines have left the cart or are about to
		case status == http.StatusCreated:
			p.left(try == 0)
			return &bought{number: got.Number, orderID: got.Payment.OrderID, checkout: got.Payment.Checkout, total: got.Total}
		case status == http.StatusConflict:
			p.empty()
			return nil
		default:
			p.wrong = append(p.wrong, fmt.Sprintf("an order was answered with %d", status))
			return nil
		}
	}
	return nil
}

func (p *person) mayHaveLeft() {
	for sku, s := range p.cart {
		p.cart[sku] = span{0, s.most}
	}
}

// left is after an order: its lines are gone from the cart. That is certain only where the first call was answered: a shop that dies between the
// order and the cart leaves them, since the order is what counts.
func (p *person) left(certain bool) {
	if !certain {
		p.mayHaveLeft()
		return
	}
	clear(p.cart)
}

// empty clears the cart of what cannot be had any more.
func (p *person) empty() {
	for sku, s := range p.cart {
		status, err := p.call("remove", "DELETE", "/api/v1/cart/lines/"+sku, "", nil, nil)
		if err == nil && status == http.StatusOK {
			p.cart[sku] = span{}
		} else {
			p.cart[sku] = span{0, s.most}
		}
	}
}

// results of the payment page, as often as they are to happen.
var results = strings.Fields("approve approve approve approve approve approve approve timeout_after timeout_after timeout_before slow error error_after decline_at_confirm decline cancel")

// agree plays the payment page and reports whether there is something to confirm.
func (p *person) agree(b *bought) bool {
	if b.checkout == "" || p.chance.IntN(12) == 0 {
		return false // wandered off
	}
	resp, err := p.client.PostForm(b.checkout, url.Values{"result": {results[p.chance.IntN(len(results))]}})
	if err != nil {
		p.wrong = append(p.wrong, "the simulator: "+err.Error())
		return false
	}
	resp.Body.Close()
	to, err := resp.Location()
	if err != nil {
		p.wrong = append(p.wrong, "the simulator: "+resp.Status)
		return false
	}
	b.key = to.Query().Get("paymentKey")
	return b.key != ""
}

// confirm comes back from paying, sometimes with the patience to try again.
func (p *person) confirm(b *bought) {
	in := map[string]any{"paymentKey": b.key, "orderId": b.orderID, "amount": b.total}
	for range 1 + p.chance.IntN(3) {
		status, err := p.call("confirm", "POST", "/api/v1/orders/"+b.number+"/payment/confirm", "", in, nil)
		switch {
		case err != nil || status == http.StatusServiceUnavailable:
			continue
		case status == http.StatusOK:
			b.paid = true
		case status == http.StatusConflict:
			b.refused = true
		default:
			p.wrong = append(p.wrong, fmt.Sprintf("confirming %s was answered with %d", b.number, status))
		}
		return
	}
}

func (p *person) cancel(b *bought) {
	b.asked = true
	status, err := p.call("cancel", "POST", "/api/v1/orders/"+b.number+"/cancel", "", nil, nil)
	b.cancelled = err == nil && status == http.StatusOK
}

// check asks the shop, at rest, for everything that this person was told.
func (p *person) check(t *testing.T) {
	t.Helper()
	var got cartDoc
	if status, err := p.call("cart", "GET", "/api/v1/cart", "", nil, &got); err != nil || status != http.StatusOK {
		t.Errorf("the cart: %d %v", status, err)
	}
	p.compare(got, "at the end")
	for _, w := range p.wrong {
		t.Error(w)
	}
	for _, b := range p.orders {
		p.checkOrder(t, b)
	}
}

func (p *person) checkOrder(t *testing.T, b *bought) {
	var got struct {
		Status order.Status
		Totals struct{ Total int64 }
	}
	if status, err := p.call("look", "GET", "/api/v1/orders/"+b.number, "", nil, &got); err != nil || status != http.StatusOK {
		t.Errorf("O1: order %s was acknowledged and is gone: %d %v", b.number, status, err)
		return
	}
	if got.Totals.Total != b.total {
		t.Errorf("M3: order %s cost %d when it was placed and %d now", b.number, b.total, got.Totals.Total)
	}
	switch {
	case b.cancelled && got.Status != order.Cancelled:
		t.Errorf("O1: order %s was acknowledged as cancelled and is %s", b.number, got.Status)
	case b.paid && !b.asked && got.Status != order.Paid:
		t.Errorf("O1: order %s was acknowledged as paid and is %s", b.number, got.Status)
	case b.refused && got.Status == order.Paid:
		t.Errorf("M2: order %s was paid after the buyer was told that it was refused", b.number)
	}
}

// told sums what all were told.
func told(all []*person) map[string]int {
	sum := map[string]int{}
	for _, p := range all {
		for what, n := range p.told {
			sum[what] += n
		}
	}
	return sum
}
