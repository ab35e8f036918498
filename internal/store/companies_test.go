package store_test

import (
	"strings"
	"testing"
	"time"

	"myclothes/internal/business"
	"myclothes/internal/cart"
	"myclothes/internal/checkout"
	"myclothes/internal/company"
	"myclothes/internal/customer"
	"myclothes/internal/lang"
	"myclothes/internal/order"
	"myclothes/internal/payment"
	"myclothes/internal/seal"
	"myclothes/internal/store"
)

// firm is a company with an invitation and a request, whose personal parts a test looks for.
func (p *people) firm() (*store.Companies, company.ID, string) {
	p.t.Helper()
	c := p.companies()
	who := p.join("founder@example.com")
	id, err := c.Apply(ctx, who, company.Application{Registration: "2208162517", Name: "하루상사", Representative: "대표이름", Mail: "tax-secret@example.com"}, company.Trading)
	p.must(err)
	p.must(c.Invite(ctx, who, company.Invitation{Company: id, Mail: "invited-secret@example.com", Roles: company.Roles{Buys: true}, Lang: lang.Korean}))
	ask, err := c.Ask(ctx, business.Request{Company: id, Customer: who, Owner: "k", Lines: []cart.Line{{SKU: "A", Quantity: 1}}, Wanted: checkout.Request{Method: payment.Card,
		Contact: order.Contact{Name: "연락이름", Phone: "01087654321", Email: "contact-secret@example.com"}, Delivery: order.Delivery{Recipient: "받는이름", RoadAddress: "비밀로 1"}}})
	p.must(err)
	return c, id, ask
}

// companies are those of the database, sealed by these keys; by the test's where there are none.
func (p *people) companies(keys ...seal.Key) *store.Companies {
	p.t.Helper()
	if len(keys) == 0 {
		keys = p.keys
	}
	v, err := seal.NewVault(keys...)
	p.must(err)
	return p.db.Companies(v)
}

func TestNothingPersonalOfCompaniesIsKeptOpen(t *testing.T) {
	eachPeople(t, func(p *people) {
		p.firm()
		all, err := p.db.Everything(ctx, "company", "company_buyer", "company_invitation", "order_request", "company_quote", "tax_invoice", "outbox")
		p.must(err)
		if !strings.Contains(all, "2208162517") {
			p.t.Fatal("the tables were not read")
		}
		for _, secret := range []string{"대표이름", "tax-secret", "invited-secret", "연락이름", "01087654321", "contact-secret", "받는이름", "비밀로"} {
			if strings.Contains(all, secret) {
				p.t.Errorf("%s is kept open", secret)
			}
		}
	})
}

func TestCompaniesAfterARotation(t *testing.T) {
	eachPeople(t, func(p *people) {
		_, id, ask := p.firm()
		was := p.keys[0]
		next := seal.NewKey("b")
		p.seal(next, was)
		c := p.companies(next, was)
		if n, err := c.Rewrap(ctx); n != 2 || err != nil {
			p.t.Errorf("rewrapped %d, %v; want 2", n, err)
		}
		if n, err := c.Rewrap(ctx); n != 0 || err != nil {
			p.t.Errorf("rewrapped %d again, %v", n, err)
		}
		c = p.companies(next) // the old key is gone
		if got, err := c.Company(ctx, id); err != nil || got.Representative != "대표이름" {
			p.t.Errorf("%+v, %v", got, err)
		}
		if got, err := c.Request(ctx, id, ask); err != nil || got.Wanted.Contact.Name != "연락이름" || got.Wanted.Delivery.RoadAddress != "비밀로 1" {
			p.t.Errorf("%+v, %v", got, err)
		}
	})
}

// TestOldRequestsGo: a request for an order stays 90 days after it was decided, an open one longer; an invitation seven days.
func TestOldRequestsGo(t *testing.T) {
	eachPeople(t, func(p *people) {
		c, id, ask := p.firm()
		p.must(c.CloseRequest(ctx, id, ask, business.Declined))
		open, err := c.Ask(ctx, business.Request{Company: id, Customer: customer.ID("x"), Owner: "k", Wanted: checkout.Request{Method: payment.Card}})
		p.must(err)
		p.now = p.now.Add(89 * 24 * time.Hour)
		_, err = p.Sweep(ctx)
		p.must(err)
		if all, err := c.Requests(ctx, id, ""); err != nil || len(all) != 2 {
			p.t.Errorf("%d requests after 89 days, %v", len(all), err)
		}
		p.now = p.now.Add(2 * 24 * time.Hour)
		_, err = p.Sweep(ctx)
		p.must(err)
		all, err := c.Requests(ctx, id, "")
		if err != nil || len(all) != 1 || all[0].ID != open {
			p.t.Errorf("%+v after 91 days, %v", all, err)
		}
		left, err := p.db.Everything(ctx, "company_invitation")
		p.must(err)
		if strings.Contains(left, string(id)) {
			p.t.Error("an invitation is still there")
		}
	})
}
