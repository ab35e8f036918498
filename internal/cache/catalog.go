package cache

import (
	"context"
	"errors"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/fault"
)

// Source is what a Catalog keeps.
type Source interface {
	catalog.Source
	Ledger
	// Banners returns the editorial pictures of the front page, in order.
	Banners(ctx context.Context) ([]catalog.Banner, error)
}

// Catalog is a catalogue of which products, cards and banners are kept. It says of stock what pages say of it: catalog.ShownAs. Everything else, and whatever
// must be fresh, comes from the source itself.
type Catalog struct {
	catalog.Source
	products *Aside[catalog.Product]
	cards    *Aside[shown]
	front    *Aside[[]catalog.Banner]
}

// shown is what lists show of a product.
type shown struct {
	Card  catalog.Card
	Faces []face
}

// face is a catalog.Face in a form of which JSON loses nothing.
type face struct {
	Image catalog.Image
	Color catalog.Color
}

// Kinds names the caches, as metrics and the tier call them.
var Kinds = []string{"product", "card", "front"}

// Sizes of memory, in bytes.
const (
	productsKept = 64 << 20 // about 8,000
	cardsKept    = 48 << 20 // about 30,000
)

// How says what differs between shops that keep things.
type How struct {
	Refill  func(kind string) bool // which Kinds are read again at once when they change; see AsideOptions
	FillIn  time.Duration
	Observe func(cache, result string)
	Now     func() time.Time
}

// NewCatalog keeps what src says, and forgets what news tells.
func NewCatalog(src Source, news *News, how How) *Catalog {
	return &Catalog{
		Source: src,
		products: keep(news, how, Kinds[0], productsKept, products(src), func(p catalog.Product, v catalog.Version) catalog.Product {
			p.Version = v
			return p
		}),
		cards: keep(news, how, Kinds[1], cardsKept, cards(src), func(s shown, v catalog.Version) shown {
			s.Card.Version = v
			return s
		}),
		front: keep(news, how, Kinds[2], 1<<20, banners(src), func(b []catalog.Banner, _ catalog.Version) []catalog.Banner { return b }),
	}
}

func keep[V any](news *News, how How, kind string, most uint64, read func(context.Context, []int64) (map[int64]V, error), stamp func(V, catalog.Version) V) *Aside[V] {
	return NewAside(news, AsideOptions[V]{Name: kind, MaxBytes: most, Read: read, Stamp: stamp, Refill: how.Refill(kind), FillIn: how.FillIn, Observe: how.Observe, Now: how.Now})
}

// Close ends what it does in the background. Nothing may be read after it.
func (c *Catalog) Close() { c.products.Close(); c.cards.Close(); c.front.Close() }

// Product implements catalog.Shelves.
func (c *Catalog) Product(ctx context.Context, id int64) (catalog.Product, error) {
	found, err := c.products.Get(ctx, []int64{id})
	p, ok := found[id]
	if err == nil && !ok {
		err = fault.NoSuchPage
	}
	return p, err
}

func products(src catalog.Shelves) func(context.Context, []int64) (map[int64]catalog.Product, error) {
	return func(ctx context.Context, ids []int64) (map[int64]catalog.Product, error) {
		out := make(map[int64]catalog.Product, len(ids))
		for _, id := range ids {
			p, err := src.Product(ctx, id)
			if errors.Is(err, fault.NoSuchPage) {
				continue
			}
			if err != nil {
				return nil, err
			}
			for i := range p.Variants {
				p.Variants[i].Available = catalog.ShownAs(p.Variants[i].Available)
			}
			p.UnitsSold = 0 // it changes untold, and no page says it
			out[id] = p
		}
		return out, nil
	}
}

// Cards implements catalog.Shelves.
func (c *Catalog) Cards(ctx context.Context, ids []int64) ([]catalog.Card, error) {
	found, err := c.cards.Get(ctx, ids)
	out := make([]catalog.Card, 0, len(ids))
	for _, id := range ids {
		if s, ok := found[id]; ok {
			out = append(out, s.Card)
		}
	}
	return out, err
}

// Faces implements catalog.Shelves.
func (c *Catalog) Faces(ctx context.Context, ids []int64) (map[int64][]catalog.Face, error) {
	found, err := c.cards.Get(ctx, ids)
	out := make(map[int64][]catalog.Face, len(found))
	for id, s := range found {
		for _, f := range s.Faces {
			out[id] = append(out[id], catalog.Face{Image: f.Image, Color: f.Color})
		}
	}
	return out, err
}

func cards(src catalog.Shelves) func(context.Context, []int64) (map[int64]shown, error) {
	return func(ctx context.Context, ids []int64) (map[int64]shown, error) {
		all, err := src.Cards(ctx, ids)
		if err != nil {
			return nil, err
		}
		faces, err := src.Faces(ctx, ids)
		out := make(map[int64]shown, len(all))
		for _, c := range all {
			s := shown{Card: c}
			for _, f := range faces[c.ID] {
				s.Faces = append(s.Faces, face{f.Image, f.Color})
			}
			out[c.ID] = s
		}
		return out, err
	}
}

// Banners returns the editorial pictures of the front page, in order.
func (c *Catalog) Banners(ctx context.Context) ([]catalog.Banner, error) {
	found, err := c.front.Get(ctx, []int64{catalog.FrontPage})
	return found[catalog.FrontPage], err
}

func banners(src Source) func(context.Context, []int64) (map[int64][]catalog.Banner, error) {
	return func(ctx context.Context, ids []int64) (map[int64][]catalog.Banner, error) {
		all, err := src.Banners(ctx)
		return map[int64][]catalog.Banner{catalog.FrontPage: all}, err
	}
}
