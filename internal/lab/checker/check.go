package checker

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"myclothes/internal/lab/shoppers"
)

// Finding is what came of one rule.
type Finding struct {
	Rule    string `json:"rule"`
	Promise string `json:"promise"`
	Things  int    `json:"things"` // how many were looked at, where that can be said
	Broken  int    `json:"broken"`
}

// Verdict is what a check has found.
type Verdict struct {
	Findings   []Finding            `json:"findings"`
	Violations []shoppers.Violation `json:"violations"`
	Orders     int                  `json:"orders"` // in the database
	Paid       int                  `json:"paid"`
	Repeats    int                  `json:"mails_repeated"` // sent again after an instance died, under the same name
}

// check is a check under way.
type check struct {
	Books
	crowd *shoppers.Crowd
	Verdict
}

// Check looks through the books of a run that is over and at rest. What shoppers saw themselves is in their history, and comes into the verdict, too.
func Check(ctx context.Context, b Books, crowd *shoppers.Crowd) (Verdict, error) {
	c := &check{Books: b, crowd: crowd}
	for _, step := range []func(context.Context) error{c.ask, c.acknowledged, c.money, c.mails} {
		if err := step(ctx); err != nil {
			return c.Verdict, err
		}
	}
	c.seen()
	return c.Verdict, nil
}

// Add adds what came of a rule that is looked into elsewhere.
func (v *Verdict) Add(rule, promise string, things int, broken []shoppers.Violation) {
	v.Findings = append(v.Findings, Finding{rule, promise, things, len(broken)})
	v.Violations = append(v.Violations, broken...)
	slices.SortStableFunc(v.Findings, func(x, y Finding) int { return cmp.Compare(x.Rule, y.Rule) })
}

// ask puts every question to the database.
func (c *check) ask(ctx context.Context) error {
	for _, r := range rules {
		rows, err := c.rows(ctx, r.text)
		if err != nil {
			return err
		}
		var broken []shoppers.Violation
		for _, row := range rows {
			broken = append(broken, shoppers.Violation{Rule: r.id, Shopper: c.owner(row), Text: "not so: " + r.promise + ": " + row})
		}
		c.Add(r.id, r.promise, 0, broken)
	}
	return nil
}

// owner is the shopper whose order a row names; −1 if it names none.
func (c *check) owner(row string) int {
	for _, s := range c.crowd.Shoppers {
		for _, o := range s.Orders {
			if strings.Contains(row, o.Number) {
				return s.ID
			}
		}
	}
	return -1
}

// acknowledged looks for every order that a shopper was told of (O1), at the total that they were told (M3).
func (c *check) acknowledged(ctx context.Context) error {
	totals, err := c.sums(ctx, "SELECT number, total FROM orders")
	if err != nil {
		return err
	}
	paid, err := c.sums(ctx, "SELECT 'paid', count(*) FROM orders WHERE status = 'paid'")
	if err != nil {
		return err
	}
	c.Orders, c.Paid = len(totals), int(paid["paid"])
	things, lost, changed := 0, []shoppers.Violation(nil), []shoppers.Violation(nil)
	for _, s := range c.crowd.Shoppers {
		for _, o := range s.Orders {
			things++
			if total, there := totals[o.Number]; !there {
				lost = append(lost, shoppers.Violation{Rule: "O1", Shopper: s.ID, Text: "order " + o.Number + " was acknowledged and is not in the database"})
			} else if total != o.Total {
				changed = append(changed, shoppers.Violation{Rule: "M3", Shopper: s.ID, Text: fmt.Sprintf("order %s costs %d, its buyer was told %d", o.Number, total, o.Total)})
			}
		}
	}
	c.Add("O1", "every acknowledged order is there", things, lost)
	c.Add("M3", "an order costs what its buyer was told", things, changed)
	return nil
}

// money holds the provider's ledger against ours (M1, M2).
func (c *check) money(ctx context.Context) error {
	ours, err := c.sums(ctx, "SELECT number, sum(captured - refunded) FROM payment GROUP BY number")
	if err != nil {
		return err
	}
	ledger, err := c.Ledger(ctx)
	if err != nil {
		return err
	}
	theirs, captures := map[string]int64{}, map[string]int{}
	for _, e := range ledger {
		theirs[e.number()] += e.Captured - e.Refunded
		captures[e.number()] += e.Captures
	}
	var differ, twice []shoppers.Violation
	for number, kept := range theirs {
		if ours[number] != kept {
			differ = append(differ, shoppers.Violation{Rule: "M1", Shopper: c.owner(number), Text: fmt.Sprintf("order %s: the provider kept %d won, the shop says %d", number, kept, ours[number])})
		}
		if captures[number] > 1 {
			twice = append(twice, shoppers.Violation{Rule: "M2", Shopper: c.owner(number), Text: fmt.Sprintf("order %s was captured %d times", number, captures[number])})
		}
	}
	c.Add("M1", "the provider and the shop agree on every won", len(theirs), differ)
	c.Add("M2", "an order is captured at most once", len(theirs), twice)
	return nil
}

// mails looks for the mail of every event that counts as delivered (W1).
func (c *check) mails(ctx context.Context) error {
	events, err := c.rows(ctx, "SELECT id FROM outbox WHERE done_at IS NOT NULL AND topic LIKE 'order.%'")
	if err != nil {
		return err
	}
	sent := c.sent()
	var missing []shoppers.Violation
	for _, id := range events {
		if sent[id] == 0 {
			missing = append(missing, shoppers.Violation{Rule: "W1", Shopper: -1, Text: "the event " + id + " counts as delivered and nobody sent its mail"})
		}
		c.Repeats += max(0, sent[id]-1)
	}
	c.Add("W1", "every event has become a mail", len(events), missing)
	return nil
}

// promises of what shoppers see for themselves.
var promises = []struct{ rule, promise string }{
	{"C1", "a cart holds what was acknowledged, and nothing else"}, {"C3", "nobody sees what is another's"}, {"R1", "a shopper sees their own writes"},
	{"O1", "an acknowledged order ends as its buyer was told"}, {"I1", "the same key, the same answer"}, {"M1", "an order can be paid"}, {"M2", "who was refused has not paid"},
	{"M3", "an order is shown at its price"}, {"500", "no answer is an accident"},
}

func (c *check) seen() {
	all := c.crowd.History.Violations()
	rounds := 0
	for _, m := range c.crowd.Members {
		rounds += m.Rounds
	}
	c.Add("C2", "joining carts keeps the larger quantity of each line, and joining twice changes nothing", rounds, slices.DeleteFunc(slices.Clone(all), func(v shoppers.Violation) bool { return v.Rule != "C2" }))
	for _, p := range promises {
		mine := slices.DeleteFunc(slices.Clone(all), func(v shoppers.Violation) bool { return v.Rule != p.rule })
		c.Add(p.rule, p.promise, len(c.crowd.Shoppers), mine)
	}
}
