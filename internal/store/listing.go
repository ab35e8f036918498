package store

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	"myclothes/internal/catalog"
	"myclothes/internal/fault"
)

// sorting is one order of a listing: a whole number per product, and the id where numbers are equal.
type sorting struct {
	key  string // an SQL expression over p
	desc bool   // largest key first; the id follows the same direction
}

var sortings = map[catalog.Sort]sorting{
	catalog.Newest:    {"p.created_at", true},
	catalog.BestSold:  {"COALESCE((SELECT CAST(SUM(s.sold - s.returned) AS BIGINT) FROM variant v JOIN stock s ON s.sku = v.sku WHERE v.product_id = p.id), 0)", true},
	catalog.PriceUp:   {"p.price", false},
	catalog.PriceDown: {"p.price", true},
	catalog.MostOff:   {"p.discount", true},
}

// cursor is where the page before ended: the last product's key and id, in one order.
type cursor struct {
	Sort catalog.Sort `json:"s"`
	Key  int64        `json:"k"`
	ID   int64        `json:"i"`
}

func (c cursor) String() string {
	b, err := json.Marshal(c)
	if err != nil {
		panic(err) // a string and two numbers
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

func parseCursor(s string, want catalog.Sort) (cursor, error) {
	var c cursor
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err == nil {
		err = json.Unmarshal(b, &c)
	}
	if err != nil || c.Sort != want || len(s) > 200 {
		return c, fault.BadRequest.At("cursor", "목록 위치가 올바르지 않아요. 처음부터 다시 봐 주세요.", "This cursor is not valid here. Start from the first page.")
	}
	return c, nil
}

// condition is a WHERE clause under construction: only the filters that are set are in the SQL.
type condition struct {
	parts []string
	args  []any
}

// and adds a clause; each %s in it stands for the next value.
func (c *condition) and(clause string, values ...any) {
	holes := make([]any, len(values))
	for i, v := range values {
		c.args = append(c.args, v)
		holes[i] = fmt.Sprintf("$%d", len(c.args))
	}
	c.parts = append(c.parts, fmt.Sprintf(clause, holes...))
}

func (c *condition) String() string { return strings.Join(c.parts, " AND ") }

// List reads one page of cards and counts all that the query chooses.
func (c *Catalog) List(ctx context.Context, q catalog.Query) (catalog.Page, error) {
	if q.Sort == "" {
		q.Sort = catalog.Newest
	}
	if q.Limit <= 0 || q.Limit > catalog.MaxLimit {
		q.Limit = catalog.PageLimit
	}
	order, ok := sortings[q.Sort]
	if !ok {
		return catalog.Page{}, fault.BadRequest.At("sort", "정렬 방식을 확인해 주세요.", "Unknown sort order.")
	}
	where, err := c.filter(ctx, q)
	if err != nil {
		return catalog.Page{}, err
	}
	var page catalog.Page
	if err := c.r.one(ctx, stale, "listing count", `SELECT COUNT(*) FROM product p WHERE `+where.String(), where.args, &page.Total); err != nil {
		return catalog.Page{}, err
	}
	if q.Cursor != "" {
		after, err := parseCursor(q.Cursor, q.Sort)
		if err != nil {
			return catalog.Page{}, err
		}
		where.and("("+order.key+", p.id) "+order.beyond()+" (%s, %s)", after.Key, after.ID)
	}
	err = c.cards(ctx, q, order, where, &page)
	return page, err
}

func (s sorting) beyond() string {
	if s.desc {
		return "<"
	}
	return ">"
}

func (s sorting) orderBy() string {
	if s.desc {
		return s.key + " DESC, p.id DESC"
	}
	return s.key + ", p.id"
}

func (c *Catalog) filter(ctx context.Context, q catalog.Query) (*condition, error) {
	w := &condition{parts: []string{"p.status = 'on_sale'"}}
	if q.Category != "" {
		tree, err := c.Tree(ctx)
		if err != nil {
			return nil, err
		}
		in, args := list(w.args, tree.Below(q.Category))
		w.args, w.parts = args, append(w.parts, "p.category IN ("+in+")")
	}
	if q.Brand != "" {
		w.and("p.brand = %s", q.Brand)
	}
	for _, word := range catalog.Words(q.Text) {
		w.and(`p.folded LIKE %s ESCAPE '\'`, "%"+escapeLike.Replace(word)+"%")
	}
	if q.MinPrice > 0 {
		w.and("p.price >= %s", int64(q.MinPrice))
	}
	if q.MaxPrice > 0 {
		w.and("p.price <= %s", int64(q.MaxPrice))
	}
	switch {
	case q.Color != "" && q.Size != "":
		w.and("EXISTS (SELECT 1 FROM variant v WHERE v.product_id = p.id AND v.color = %s AND v.size = %s)", q.Color, q.Size)
	case q.Color != "":
		w.and("EXISTS (SELECT 1 FROM variant v WHERE v.product_id = p.id AND v.color = %s)", q.Color)
	case q.Size != "":
		w.and("EXISTS (SELECT 1 FROM variant v WHERE v.product_id = p.id AND v.size = %s)", q.Size)
	}
	return w, nil
}

var escapeLike = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// cards reads one card more than the page holds, to learn whether there is a next page.
func (c *Catalog) cards(ctx context.Context, q catalog.Query, order sorting, where *condition, page *catalog.Page) error {
	where.args = append(where.args, q.Limit+1)
	var last cursor
	return c.r.each(ctx, stale, "listing",
		`SELECT p.id, p.slug, b.slug, b.name_ko, b.name_en, p.category, p.name_ko, p.name_en, p.price, p.list_price, p.created_at,
		        COALESCE(i.path, ''), COALESCE(i.alt_ko, ''), COALESCE(i.alt_en, ''), COALESCE(i.color, ''),
		        NOT EXISTS (SELECT 1 FROM variant v JOIN stock s ON s.sku = v.sku WHERE v.product_id = p.id AND s.on_hand > 0),
		        `+order.key+`
		   FROM product p
		   JOIN brand b ON b.slug = p.brand
		   LEFT JOIN product_image i ON i.product_id = p.id AND i.position = 0
		  WHERE `+where.String()+`
		  ORDER BY `+order.orderBy()+fmt.Sprintf(" LIMIT $%d", len(where.args)), where.args,
		func(s scanner) error {
			var x catalog.Card
			var created, key int64
			err := s.Scan(&x.ID, &x.Slug, &x.Brand.Slug, &x.Brand.Name.KO, &x.Brand.Name.EN, &x.Category, &x.Name.KO, &x.Name.EN, &x.Price, &x.ListPrice, &created,
				&x.Image.Path, &x.Image.Alt.KO, &x.Image.Alt.EN, &x.Image.Color, &x.SoldOut, &key)
			if len(page.Cards) == q.Limit {
				page.Next = last.String()
				return err
			}
			x.CreatedAt = fromMicros(created)
			last = cursor{q.Sort, key, x.ID}
			page.Cards = append(page.Cards, x)
			return err
		})
}
