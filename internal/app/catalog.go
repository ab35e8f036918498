package app

import (
	"context"
	"time"

	"myclothes/internal/cache"
	"myclothes/internal/catalog"
	"myclothes/internal/fresh"
	"myclothes/internal/search"
	"myclothes/internal/store"
	"myclothes/internal/ui"
)

// fillIn bounds how long anything that is kept may take to be read.
const fillIn = 5 * time.Second

// ledger is the database as the cache sees it.
type ledger struct {
	*store.Catalog
	db *store.DB
}

func (l ledger) Mark(ctx context.Context) (fresh.Position, error) { return l.db.Mark(ctx) }

// openCatalog puts what is kept in front of the database, and the index of what is sold in front of that.
func (x *shop) openCatalog() error {
	src := ledger{x.db.Catalog(), x.db}
	if x.settings.Cache == "off" {
		x.catalog = search.Open(src, time.Now)
		return nil
	}
	x.news = cache.NewNews(src, nil, time.Now)
	x.kept = cache.NewCatalog(src, x.news, cache.How{FillIn: fillIn, Observe: x.metrics.Cache, Now: time.Now})
	x.closers = append(x.closers, func() error { x.kept.Close(); return nil })
	x.catalog = search.Open(x.kept, time.Now)
	return nil
}

// told takes over what this instance has just changed.
func (x *shop) told(changes []catalog.Change) {
	if x.news != nil {
		x.news.Told(changes)
	}
}

// follow hears of the catalogue's changes until ctx ends.
func (x *shop) follow(ctx context.Context) {
	if x.news != nil {
		x.news.Run(ctx)
	}
}

type editorial interface {
	Banners(ctx context.Context) ([]catalog.Banner, error)
}

func (x *shop) editorial() editorial {
	if x.kept != nil {
		return x.kept
	}
	return x.db.Catalog()
}

// pages keeps rendered public pages: 64 MB of them, about 3,000 pages of a listing.
func (x *shop) pages() *cache.Pages[ui.Doc] {
	age := x.settings.CacheFor
	if x.settings.Cache == "off" {
		age = 0
	}
	c := cache.NewPages[ui.Doc](cache.PagesOptions{Name: "pages", MaxBytes: 64 << 20, MaxAge: age, FillIn: fillIn, Observe: x.metrics.Cache})
	x.closers = append(x.closers, func() error { c.Close(); return nil })
	return c
}
