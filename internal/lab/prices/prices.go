// Package prices changes prices while visitors read them, and says how old what they were shown is (K1).
//
// Every price of a product is used once, so that a price that is read says which change it comes from. Only changes that were acknowledged count: what a change without an
// answer does, and when, nobody knows, and its product is left alone from then on.
package prices

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Desk is where prices are changed and looked at. Safe for concurrent use; its functions are set before use.
type Desk struct {
	SQL  func(ctx context.Context, text string) (string, error) // of the primary
	Page func(ctx context.Context, path string) ([]byte, error) // as a visitor is shown it

	mu    sync.Mutex
	goods []*goods
	next  int
	looks []Look
}

// goods is a product, and what it has cost.
type goods struct {
	id     int64
	prices []price
	left   bool // it changed, or did not, without an answer
}

// price is one that was asked for; since is when it was known to be committed.
type price struct {
	won   int64
	since time.Time
}

// Look is one page of one product.
type Look struct {
	Product int64
	Began   time.Time
	Old     time.Duration // for how long what was shown had been replaced when the visitor began; 0 is up to date
	Strange bool          // a price that never was
}

// choose are products whose prices nobody else changes; each gets one price for all its variants.
const choose = `WITH chosen AS (SELECT id, price FROM product p WHERE status = 'on_sale' AND NOT EXISTS (SELECT FROM variant WHERE product_id = p.id AND sale_next > 0) ORDER BY md5(id::text) LIMIT 300),
	one AS (UPDATE variant v SET price = c.price, list_price = c.price, regular = 0, sale_price = 0 FROM chosen c WHERE v.product_id = c.id),
	told AS (INSERT INTO catalog_change (number, product_id, at) SELECT floor(random() * 1e15), 0, extract(epoch FROM clock_timestamp()) * 1000000)
	SELECT id, price FROM chosen`

// Open learns what there is, and makes it ready.
func (d *Desk) Open(ctx context.Context) error {
	rows, err := d.SQL(ctx, choose)
	if err != nil {
		return err
	}
	now := time.Now()
	for _, row := range strings.Fields(rows) {
		g := &goods{prices: []price{{since: now}}}
		if _, err := fmt.Sscanf(row, "%d|%d", &g.id, &g.prices[0].won); err != nil {
			return fmt.Errorf("a product's price: %q: %w", row, err)
		}
		d.goods = append(d.goods, g)
	}
	if len(d.goods) == 0 {
		return fmt.Errorf("no product has a price")
	}
	return nil
}

// Work changes a price so often, until ctx ends.
func (d *Desk) Work(ctx context.Context, every time.Duration) {
	for each(ctx, every) {
		d.change(ctx)
	}
}

// few products change, again and again, so that somebody is looking when they do.
const few = 12

func (d *Desk) change(ctx context.Context) {
	g := d.turn()
	if g == nil {
		return
	}
	d.mu.Lock()
	won := g.prices[len(g.prices)-1].won + 10
	d.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	_, err := d.SQL(ctx, fmt.Sprintf(`UPDATE variant SET price = %[2]d, list_price = %[2]d, regular = 0, sale_price = 0 WHERE product_id = %[1]d;
		UPDATE product SET price = %[2]d, list_price = %[2]d, discount = 0 WHERE id = %[1]d;
		INSERT INTO catalog_change (number, product_id, at) VALUES (floor(random() * 1e15), %[1]d, extract(epoch FROM clock_timestamp()) * 1000000)`, g.id, won))
	d.mu.Lock()
	defer d.mu.Unlock()
	if g.left = err != nil; !g.left {
		g.prices = append(g.prices, price{won, time.Now()})
	}
}

// turn is the product whose turn it is, the next of the first few.
func (d *Desk) turn() *goods {
	d.mu.Lock()
	defer d.mu.Unlock()
	if all := d.few(); len(all) > 0 {
		d.next++
		return all[d.next%len(all)]
	}
	return nil
}

// few are the first that were not left. The caller holds d.mu.
func (d *Desk) few() (all []*goods) {
	for _, g := range d.goods {
		if !g.left && len(all) < few {
			all = append(all, g)
		}
	}
	return all
}

// Watch looks at the page of one of them so often, until ctx ends.
func (d *Desk) Watch(ctx context.Context, every time.Duration) {
	for each(ctx, every) {
		d.mu.Lock()
		all := d.few()
		d.mu.Unlock()
		if len(all) > 0 {
			d.look(ctx, all[rand.IntN(len(all))])
		}
	}
}

func (d *Desk) look(ctx context.Context, g *goods) {
	began := time.Now()
	page, err := d.Page(ctx, "/products/"+strconv.FormatInt(g.id, 10))
	if err != nil {
		return // that nothing was shown is counted elsewhere
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, won := range shown(page) {
		if l := g.judge(began, won); !g.left || !l.Strange {
			d.looks = append(d.looks, l)
		}
	}
}

// judge says how old a price is that was shown to who began to look at a time.
func (g *goods) judge(began time.Time, won int64) Look {
	l := Look{Product: g.id, Began: began, Strange: true}
	for i, p := range g.prices {
		if p.won == won {
			l.Strange = false
			if i+1 < len(g.prices) {
				l.Old = max(0, began.Sub(g.prices[i+1].since))
			}
		}
	}
	if newest := g.prices[len(g.prices)-1].won; won == newest+10 {
		l.Strange = false // committed, and not acknowledged yet
	}
	return l
}

// Looks are all so far.
func (d *Desk) Looks() []Look {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]Look(nil), d.looks...)
}

// Rest looks at everything that was changed when nothing changes any more. The last price must be shown, or one that was never acknowledged.
func (d *Desk) Rest(ctx context.Context, looks int) {
	d.mu.Lock()
	all := slices.Clone(d.goods)
	d.mu.Unlock()
	for _, g := range all {
		if len(g.prices) > 1 && !g.left {
			for range looks {
				d.look(ctx, g)
			}
		}
	}
}

// each waits, and reports whether to go on.
func each(ctx context.Context, every time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(every):
		return true
	}
}
