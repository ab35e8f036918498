package store_test

import (
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/customer"
	"myclothes/internal/fault"
	"myclothes/internal/store/storetest"
)

func TestWishes(t *testing.T) {
	eachPeople(t, func(p *people) {
		storetest.Fill(p.t, p.db)
		id, other := p.join("haru@example.com"), p.join("onda@example.com")
		for _, product := range []int64{1, 2, 3, 1} { // 3 is no longer sold
			p.now = p.now.Add(time.Second)
			p.must(p.Wish(ctx, id, product))
		}
		list := func(id customer.ID, want ...int64) {
			p.t.Helper()
			if got, err := p.Wishes(ctx, id); err != nil || !slices.Equal(got, want) {
				p.t.Errorf("wishes %v, %v; want %v", got, err, want)
			}
		}
		list(id, 3, 2, 1)
		list(other)
		for what, product := range map[string]int64{"a draft": 4, "none": 999} {
			if err := p.Wish(ctx, id, product); !errors.Is(err, fault.NoSuchPage) {
				p.t.Errorf("%s: %v", what, err)
			}
		}
		p.must(p.Unwish(ctx, other, 2))
		p.must(p.Unwish(ctx, id, 3))
		p.must(p.Unwish(ctx, id, 3))
		list(id, 2, 1)
		p.must(p.Leave(ctx, id))
		list(id)
		if err := p.Wish(ctx, id, 1); !errors.Is(err, fault.NoSuchPage) {
			p.t.Errorf("who has left wishes: %v", err)
		}
	})
}

// TestWishesAreBounded: of ten wishes at once for which there is room for three, three come true.
func TestWishesAreBounded(t *testing.T) {
	eachPeople(t, func(p *people) {
		storetest.Fill(p.t, p.db)
		id := p.join("haru@example.com")
		many := manyProducts(customer.MaxWishes + 10)
		p.must(p.db.Merchant().PutProducts(ctx, many))
		for _, x := range many[:customer.MaxWishes-3] {
			p.must(p.Wish(ctx, id, x.ID))
		}
		var kept atomic.Int64
		var all sync.WaitGroup
		for _, x := range many[customer.MaxWishes : customer.MaxWishes+10] {
			all.Go(func() {
				err := p.Wish(ctx, id, x.ID)
				if err == nil {
					kept.Add(1)
				} else if !says(err, customer.TooManyWishes) {
					p.t.Error(err)
				}
			})
		}
		all.Wait()
		if got, err := p.Wishes(ctx, id); err != nil || kept.Load() != 3 || len(got) != customer.MaxWishes {
			p.t.Errorf("%d of ten were kept, %d in all, %v", kept.Load(), len(got), err)
		}
	})
}

// manyProducts are so many with one variant each.
func manyProducts(n int) []catalog.Product {
	out := make([]catalog.Product, n)
	for i := range out {
		p := storetest.Products(catalog.Brand{Slug: "haru"})[2]
		p.ID, p.Status = int64(1000+i), catalog.OnSale
		p.Variants = slices.Clone(p.Variants)
		p.Variants[0].SKU = "MANY-" + p.CreatedAt.Add(time.Duration(i)*time.Second).Format("150405")
		out[i] = p
	}
	return out
}
