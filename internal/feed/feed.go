// Package feed says what the shop sells to those who lead people to it: search engines (sitemaps, robots.txt), Naver Shopping (EP 3.0) and Google
// Merchant Center. Prices, stock and addresses are those of the pages.
package feed

import (
	"bufio"
	"context"
	"log/slog"
	"net/http"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/fault"
	"myclothes/internal/httpx"
	"myclothes/internal/money"
)

// Catalog is what feeds are made of.
type Catalog interface {
	Tree(ctx context.Context) (catalog.Tree, error)
	Brands(ctx context.Context) ([]catalog.Brand, error)
	// Products returns up to limit whole products on sale, by ID, beginning after one.
	Products(ctx context.Context, after int64, limit int) ([]catalog.Product, error)
	// ProductsOf returns these products, whatever their status; unknown ones are absent.
	ProductsOf(ctx context.Context, ids []int64) ([]catalog.Product, error)
	// LastID returns the largest ID of a product.
	LastID(ctx context.Context) (int64, error)
	Changes(ctx context.Context, since time.Time) ([]catalog.Change, error)
}

// Feeds answers the requests of feeds.
type Feeds struct {
	Catalog  Catalog
	BaseURL  string       // without a slash at the end
	Fee      money.Amount // of a delivery, for goods below FreeFrom
	FreeFrom money.Amount // 0: delivery is never free
	Now      func() time.Time

	turn chan struct{}
}

// How long a feed may take, and how many products are read at once for it. A feed of a large catalogue takes longer than a page may.
const (
	feedTimeout = 10 * time.Minute
	atOnce      = 200
)

// Surface returns the feeds' routes. fail answers when one cannot begin.
func (f *Feeds) Surface(fail func(http.ResponseWriter, *http.Request, *fault.Error)) httpx.Surface {
	f.turn = make(chan struct{}, 2)
	return httpx.Surface{Fail: fail, Routes: []httpx.Route{
		{Pattern: "GET /robots.txt", Cache: httpx.Hour, Handle: f.robots},
		{Pattern: "GET /sitemap.xml", Cache: httpx.Hour, Handle: f.sitemapIndex},
		{Pattern: "GET /sitemaps/{name}", Cache: httpx.Hour, Handle: f.sitemap},
		{Pattern: "GET /feeds/naver.tsv", Handle: f.long(f.naver)},
		{Pattern: "GET /feeds/naver-summary.tsv", Handle: f.long(f.naverSummary)},
		{Pattern: "GET /feeds/google.xml", Handle: f.long(f.google)},
	}}
}

// sheet is a feed being written. The first error is kept; what comes after it is not written.
type sheet struct {
	ctx context.Context
	w   *bufio.Writer
	to  *http.ResponseController // nil: it is not being sent yet
	err error
}

// patience is how long a reader may take for what atOnce products come to. A feed is read by few, and a slow one keeps others from it.
const patience = 30 * time.Second

// more gives the reader time for what comes next.
func (s *sheet) more() {
	if s.to == nil {
		return
	}
	if err := s.to.SetWriteDeadline(time.Now().Add(patience)); err != nil {
		slog.DebugContext(s.ctx, "no write deadline", "err", err)
	}
}

func (s *sheet) text(parts ...string) {
	for _, p := range parts {
		if s.err == nil {
			_, s.err = s.w.WriteString(p)
		}
	}
}

// long gives a feed the time that it takes, two at once at the most: each reads the whole catalogue. One that fails in the middle is cut off, so that
// nobody takes a part for the whole.
func (f *Feeds) long(write func(*sheet) error) httpx.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		select {
		case f.turn <- struct{}{}:
			defer func() { <-f.turn }()
		default:
			return fault.OutOfOrder
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), feedTimeout)
		defer cancel()
		defer context.AfterFunc(r.Context(), func() {
			if context.Cause(r.Context()) == context.Canceled {
				cancel()
			}
		})()
		s := &sheet{ctx: ctx, w: bufio.NewWriterSize(w, 64<<10), to: http.NewResponseController(w)}
		w.Header().Set("Content-Type", kinds[ending(r.URL.Path)])
		if err := write(s); err != nil {
			slog.ErrorContext(ctx, "feed cut off", "feed", r.URL.Path, "err", err)
			panic(http.ErrAbortHandler)
		}
		return s.w.Flush()
	}
}

var kinds = map[string]string{"tsv": "text/tab-separated-values; charset=utf-8", "xml": "application/xml; charset=utf-8"}

func ending(path string) string { return path[len(path)-3:] }

// each gives every product on sale to write, which may fail the feed through s.
func (f *Feeds) each(s *sheet, write func(*catalog.Product)) error {
	for after := int64(0); s.err == nil; {
		s.more()
		some, err := f.Catalog.Products(s.ctx, after, atOnce)
		if err != nil || len(some) == 0 {
			return err
		}
		for i := range some {
			write(&some[i])
		}
		after = some[len(some)-1].ID
	}
	return s.err
}

// page returns the public address of a product's page.
func (f *Feeds) page(p *catalog.Product) string { return f.BaseURL + catalog.Path(p.ID, p.Slug) }

// picture returns the public address of a picture, as large as it is kept.
func (f *Feeds) picture(path string) string {
	if path == "" {
		return ""
	}
	return f.BaseURL + "/media/" + catalog.PictureFile(path, 1600)
}

// delivery is what it costs to bring one thing of that price.
func (f *Feeds) delivery(price money.Amount) money.Amount {
	if f.FreeFrom > 0 && price >= f.FreeFrom {
		return 0
	}
	return f.Fee
}
