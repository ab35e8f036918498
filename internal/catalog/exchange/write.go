package exchange

import (
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"time"

	"myclothes/internal/catalog"
)

func (i *Import) write(ctx context.Context, file io.ReadSeeker, c *checker) (Done, error) {
	var done Done
	err := i.Shop.Import(ctx, func(w Writer) error {
		done, c.refused = Done{}, Refused{}
		last, err := w.LastID()
		if err != nil {
			return err
		}
		wr := &writing{checker: c, w: w, last: last, done: &done, at: i.Now()}
		if err := wr.putShelves(); err != nil {
			return err
		}
		changed := func(f Fault) { err = errors.Join(err, fmt.Errorf("the file changed while it was read: %s", f)) }
		if rerr := i.read(ctx, file, "write", changed, wr.item); rerr != nil {
			return rerr
		}
		return errors.Join(err, wr.upheld())
	})
	return done, err
}

// writing writes items that have been checked.
type writing struct {
	*checker
	w    Writer
	last int64
	done *Done
	at   time.Time
}

func (w *writing) item(x item) error {
	w.done.Rows += x.rows
	if x.product == nil {
		return nil // putShelves was first
	}
	return w.product(x)
}

// id returns the ID of the product that an SKU of the file or the shop belongs to; 0 for neither.
func (w *writing) id(sku string) int64 {
	id := w.ids[w.hash(sku)]
	if id < 0 {
		return w.last - id
	}
	return id
}

func (w *writing) product(x item) error {
	p := x.product
	p.Settle(w.tree)
	p.ID, p.CreatedAt = w.id(p.Variants[0].SKU), w.at.UTC().Truncate(time.Microsecond)
	for i := range p.Images {
		p.Images[i].Path = w.pictures[p.Images[i].Path]
	}
	p.Images = distinct(p.Images)
	if err := w.relate(x); err != nil {
		return err
	}
	if p.ID > w.last {
		w.done.New++
		return w.w.PutProduct(p)
	}
	was, err := w.w.Whole(p.ID)
	if err != nil {
		return err
	}
	x.keep(was, w.tree)
	if same(was, p, w.at) {
		w.done.Same++
		return nil
	}
	w.done.Changed++
	return w.w.PutProduct(p)
}

// relate finds the products of related SKUs. One that is nowhere is left out: it may come with the next file.
func (w *writing) relate(x item) error {
	var elsewhere []string
	for _, sku := range x.related {
		if w.id(sku) == 0 {
			elsewhere = append(elsewhere, sku)
		}
	}
	owners := map[string]int64{}
	if len(elsewhere) > 0 {
		var err error
		if owners, err = w.Shop.Owners(w.ctx, elsewhere); err != nil {
			return err
		}
	}
	for _, sku := range x.related {
		id := w.id(sku)
		if id == 0 {
			id = owners[sku]
		}
		if id != 0 && id != x.product.ID && !slices.Contains(x.product.Related, id) {
			x.product.Related = append(x.product.Related, id)
		}
	}
	return nil
}

// same reports whether writing p over was would change nothing, and takes over into p what a file does not say.
func same(was catalog.Product, p *catalog.Product, now time.Time) bool {
	p.CreatedAt, p.UnitsSold = was.CreatedAt, was.UnitsSold
	if p.Brand.Slug == was.Brand.Slug {
		p.Brand = was.Brand
	}
	stock := map[string]int{}
	for _, v := range was.Variants {
		stock[v.SKU] = v.Available
	}
	for i, v := range p.Variants {
		v = v.At(now)
		if n, ok := stock[v.SKU]; ok {
			v.Available = n
		}
		p.Variants[i] = v
	}
	return reflect.DeepEqual(was, *p)
}
