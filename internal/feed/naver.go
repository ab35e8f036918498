package feed

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"myclothes/internal/catalog"
)

// The columns of Naver Shopping's EP 3.0. Those of the summary come with what became of the product and when.
var epColumns = []string{"id", "title", "price_pc", "price_mobile", "normal_price", "link", "mobile_link", "image_link", "add_image_link",
	"category_name1", "category_name2", "category_name3", "category_name4", "condition", "brand", "maker", "origin", "shipping"}

// naver writes the whole EP: one line for each product of which something can be bought.
func (f *Feeds) naver(s *sheet) error {
	tree, err := f.Catalog.Tree(s.ctx)
	if err != nil {
		return err
	}
	s.line(epColumns)
	return f.each(s, func(p *catalog.Product) {
		if !p.Card().SoldOut {
			s.line(f.ep(tree, p))
		}
	})
}

// naverSummary writes what changed in the last day: I for what is new, U for what is otherwise, D for what can no longer be bought. Whatever changes very much at once
// tells its products one by one as well, somewhat earlier: catalog.ToldAside.
func (f *Feeds) naverSummary(s *sheet) error {
	tree, err := f.Catalog.Tree(s.ctx)
	if err != nil {
		return err
	}
	since := f.Now().Add(-24 * time.Hour)
	changes, err := f.Catalog.Changes(s.ctx, since.Add(-catalog.ToldAside))
	if err != nil {
		return err
	}
	s.line(append(slices.Clone(epColumns), "class", "update_time"))
	at := map[int64]time.Time{}
	for _, c := range changes {
		at[c.Product] = c.At // by time: the last one stays
	}
	delete(at, 0) // for indexes only
	ids := make([]int64, 0, len(at))
	for id := range at {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for chunk := range slices.Chunk(ids, atOnce) {
		s.more()
		some, err := f.Catalog.ProductsOf(s.ctx, chunk)
		if err != nil {
			return err
		}
		for i := range some {
			f.changed(s, tree, &some[i], since, at[some[i].ID])
		}
	}
	return s.err
}

func (f *Feeds) changed(s *sheet, tree catalog.Tree, p *catalog.Product, since, at time.Time) {
	class := "U"
	switch {
	case p.Status == catalog.Draft:
		return // nobody has seen it
	case p.Status != catalog.OnSale, p.Card().SoldOut:
		class = "D"
	case p.CreatedAt.After(since):
		class = "I"
	}
	s.line(append(f.ep(tree, p), class, at.In(seoul).Format("2006-01-02 15:04:05")))
}

var seoul = time.FixedZone("KST", 9*60*60)

func (f *Feeds) ep(tree catalog.Tree, p *catalog.Product) []string {
	card := p.Card()
	price := strconv.FormatInt(int64(card.Price), 10)
	normal := ""
	if card.ListPrice > card.Price {
		normal = strconv.FormatInt(int64(card.ListPrice), 10)
	}
	var more []string
	for _, i := range p.Images {
		if i.Path != card.Image.Path && len(more) < 10 {
			more = append(more, f.picture(i.Path))
		}
	}
	var names [4]string
	for i, c := range tree.PathTo(p.Category) {
		if i < len(names) {
			names[i] = c.Name.KO
		}
	}
	return []string{strconv.FormatInt(p.ID, 10), p.Brand.Name.KO + " " + p.Name.KO, price, price, normal, f.page(p), f.page(p), f.picture(card.Image.Path), strings.Join(more, "|"),
		names[0], names[1], names[2], names[3], "신상품", p.Brand.Name.KO, p.Facts[catalog.FactMaker].KO, p.Facts[catalog.FactCountry].KO,
		strconv.FormatInt(int64(f.delivery(card.Price)), 10)}
}

// line writes the fields of a line. A tab or a line break in one would begin another field: it becomes a blank.
func (s *sheet) line(fields []string) {
	for i, v := range fields {
		if i > 0 {
			s.text("\t")
		}
		s.text(strings.Join(strings.Fields(v), " "))
	}
	s.text("\n")
}
