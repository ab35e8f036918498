package search

import (
	"encoding/base64"
	"encoding/json"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"myclothes/internal/catalog"
	"myclothes/internal/fault"
)

// byFit is the order of a search by how well products fit. It is no catalog.Sort that anybody can ask for, so that its cursors are
// refused in the order by popularity, and the other way round.
const byFit catalog.Sort = "fit"

// cursor is where the page before ended: the place of its last product in one order. Products that come and go do not move it.
type cursor struct {
	Sort catalog.Sort `json:"s"`
	key
}

func (c cursor) String() string {
	b, err := json.Marshal(c)
	if err != nil {
		panic(err) // a string and numbers
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// parseCursor returns nil for the first page.
func parseCursor(s string, want catalog.Sort) (*key, error) {
	if s == "" {
		return nil, nil
	}
	var c cursor
	refused := fault.BadRequest.At("cursor", "목록 위치가 올바르지 않아요. 처음부터 다시 봐 주세요.",
		"This cursor is not valid here. Start from the first page.")
	if len(s) > 300 {
		return nil, refused
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err == nil {
		err = json.Unmarshal(b, &c)
	}
	if err != nil || c.Sort != want || c.ID <= 0 {
		return nil, refused
	}
	return &c.key, nil
}

// top keeps the first few of the keys that it is given, in order.
type top struct {
	keys []key
	docs []uint32
	most int
}

// offer takes a document's key if it is behind after (nil: any) and not behind all that are kept already.
func (t *top) offer(doc uint32, k key, after *key) {
	if after != nil && after.ahead(k) >= 0 {
		return
	}
	if len(t.keys) == t.most {
		if k.ahead(t.keys[t.most-1]) >= 0 {
			return
		}
		t.keys, t.docs = t.keys[:t.most-1], t.docs[:t.most-1]
	}
	i, _ := slices.BinarySearchFunc(t.keys, k, key.ahead)
	t.keys, t.docs = slices.Insert(t.keys, i, k), slices.Insert(t.docs, i, doc)
}

// first returns the first documents of a set in an order, behind after (nil: from its beginning), at most n.
//
// It walks the order until it has met enough members. When that has taken as many steps as the set has members, it looks at every
// member instead: of a small set, or one that is far down in this order.
func (x *Index) first(set *roaring.Bitmap, by catalog.Sort, after *key, n int) []uint32 {
	o, size := x.orders[by], int(set.GetCardinality())
	if size == 0 || n == 0 {
		return nil
	}
	at := 0
	if after != nil {
		at = o.after(x.docs, *after)
	}
	out := make([]uint32, 0, n)
	end := min(len(o.docs), at+size)
	for ; at < end; at++ {
		if set.Contains(o.docs[at]) {
			if out = append(out, o.docs[at]); len(out) == n {
				return out
			}
		}
	}
	if at == len(o.docs) {
		return out
	}
	t := top{most: n}
	each(set, func(doc uint32) { t.offer(doc, x.docs[doc].key(by), after) })
	return t.docs
}
