package app

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"myclothes/internal/cache"
	"myclothes/internal/catalog"
	"myclothes/internal/fresh"
	"myclothes/internal/home/valkey"
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
	tier, err := x.tier()
	if err != nil {
		return err
	}
	x.news = cache.NewNews(src, tier, time.Now)
	refill := func(kind string) bool { return slices.Contains(x.settings.CacheRefill, kind) }
	x.kept = cache.NewCatalog(src, x.news, cache.How{Refill: refill, FillIn: fillIn, Observe: x.metrics.Cache, Now: time.Now})
	x.closers = append(x.closers, func() error { x.kept.Close(); return nil })
	x.catalog = search.Open(x.kept, time.Now)
	return nil
}

// tier opens the cache that instances share; nil where there is none.
func (x *shop) tier() (cache.Tier, error) {
	if x.settings.Cache != "valkey" {
		return nil, nil
	}
	o, err := valkey.Parse(x.settings.Valkey)
	if err != nil {
		return nil, fmt.Errorf("--valkey: %w", err)
	}
	o.Resting = func(resting bool) { slog.Warn("the shared cache is left alone", "resting", resting) }
	t, err := valkey.OpenTier(context.Background(), o)
	if err != nil {
		return nil, err
	}
	x.outside("cache", t.Ping, t.Close)
	return t, nil
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

// turn grows with every change of the catalogue that was heard of.
func (x *shop) turn() uint64 {
	if x.news == nil {
		return 0
	}
	return x.news.Turn()
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
	c := cache.NewPages[ui.Doc](cache.PagesOptions{Name: "pages", MaxBytes: 64 << 20, MaxAge: age, Turn: x.turn, FillIn: fillIn, Observe: x.metrics.Cache})
	x.closers = append(x.closers, func() error { c.Close(); return nil })
	return c
}
