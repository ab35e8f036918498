package dynamo

import (
	"cmp"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"myclothes/internal/cart"
)

// A cart is one item. Its lines are two maps from ":SKU", so that one expression both finds a line and makes it:
//
//	id        S   the owner's session.Key
//	quantity  M   of each line
//	position  M   of each line: what "last" was when the line was made
//	last      N   grows with every change
//	marks     M   from the latest changes' marks to when they were made, in seconds since 1970: see mark
//	expires   N   seconds since 1970: DynamoDB deletes the item some time later, and until then it counts as gone
//
// An item of another shape counts as gone too, and a line whose quantity could not have been written as no line.
type item = map[string]types.AttributeValue

const skuPrefix = ":" // no name is empty

var names = map[string]string{"#q": "quantity", "#p": "position", "#n": "last", "#o": "marks", "#e": "expires"}

// live is the condition under which an item is a cart, for :now, :map and :number.
const live = `#e > :now AND attribute_type(#q, :map) AND attribute_type(#p, :map) AND attribute_type(#o, :map) AND attribute_type(#n, :number)`

func number(n int64) types.AttributeValue {
	return &types.AttributeValueMemberN{Value: strconv.FormatInt(n, 10)}
}

func text(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }

func hash(m item) types.AttributeValue { return &types.AttributeValueMemberM{Value: m} }

// integer reads a number; what is none, or has a fraction, is not ok.
func integer(v types.AttributeValue) (n int64, ok bool) {
	s, isNumber := v.(*types.AttributeValueMemberN)
	if !isNumber || s == nil {
		return 0, false
	}
	n, err := strconv.ParseInt(s.Value, 10, 64)
	return n, err == nil
}

func inside(v types.AttributeValue) (item, bool) {
	m, ok := v.(*types.AttributeValueMemberM)
	if !ok || m == nil {
		return nil, false
	}
	return m.Value, true
}

// isLive is live for an item that was read. Its numbers are compared as the server does.
func isLive(i item, now time.Time) bool {
	expires, ok := i["expires"].(*types.AttributeValueMemberN)
	_, q := inside(i["quantity"])
	_, p := inside(i["position"])
	_, o := inside(i["marks"])
	_, n := i["last"].(*types.AttributeValueMemberN)
	if !ok || !q || !p || !o || !n || expires == nil {
		return false
	}
	at, err := strconv.ParseFloat(expires.Value, 64)
	return err == nil && at > float64(now.Unix())
}

// quantity returns how much of sku a live item holds and, where what it holds is no quantity, that.
func quantity(i item, sku string) (n int, garbage types.AttributeValue) {
	q, _ := inside(i["quantity"])
	v, there := q[skuPrefix+sku]
	if !there {
		return 0, nil
	}
	if n, ok := integer(v); ok && n >= 1 && n <= cart.MaxQuantity {
		return int(n), nil
	}
	return 0, v
}

// decode makes a cart of an item.
func decode(i item, now time.Time) cart.Cart {
	if !isLive(i, now) {
		return cart.Cart{}
	}
	quantities, _ := inside(i["quantity"])
	positions, _ := inside(i["position"])
	type placed struct {
		at int64
		cart.Line
	}
	var all []placed
	for name := range quantities {
		sku, ok := strings.CutPrefix(name, skuPrefix)
		if n, _ := quantity(i, sku); ok && n > 0 {
			at, _ := integer(positions[name])
			all = append(all, placed{at, cart.Line{SKU: sku, Quantity: n}})
		}
	}
	slices.SortFunc(all, func(a, b placed) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.SKU, b.SKU)) })
	var c cart.Cart
	for _, p := range all[:min(len(all), cart.MaxLines)] {
		c.Lines = append(c.Lines, p.Line)
	}
	return c
}

// mark is a random name that a change leaves in its cart and whose absence is its condition, so that it happens once however often it is sent: when an
// answer was lost, the next attempt finds the mark.
type mark string

func newMark() mark { return mark(strconv.FormatUint(rand.Uint64()>>16, 36)) }

func (m mark) isIn(i item) bool {
	marks, _ := inside(i["marks"])
	_, ok := marks[string(m)]
	return ok
}

// Marks are needed for as long as a change may be under way, a call's budget. They go in heaps.
const (
	markAge  = 5 * time.Minute // clocks differ
	heap     = 16
	mostHeap = 100 // in one request
	mostMark = 500 // then the oldest go whatever their age
)

// stale returns the marks that should go now: none, or a heap.
func stale(i item, now time.Time) []string {
	marks, _ := inside(i["marks"])
	if len(marks) < heap {
		return nil
	}
	made := func(m string) int64 { n, _ := integer(marks[m]); return n }
	all := slices.SortedFunc(maps.Keys(marks), func(a, b string) int { return cmp.Compare(made(a), made(b)) })
	old, _ := slices.BinarySearchFunc(all, now.Add(-markAge).Unix(), func(m string, at int64) int { return cmp.Compare(made(m), at) })
	if len(all) > mostMark {
		old = max(old, mostHeap)
	}
	if old < heap {
		return nil
	}
	return all[:min(old, mostHeap)]
}

// change is one UpdateItem: what it sets and removes, and under which condition besides the item's being live and unmarked.
type change struct {
	set, remove, condition []string
	names                  map[string]string
	values                 item
}

func newChange(m mark, now, expires int64) *change {
	c := &change{
		set: []string{"#o.#m = :now", "#e = :e"}, condition: []string{live, "attribute_not_exists(#o.#m)"}, names: maps.Clone(names),
		values: item{":e": number(expires), ":now": number(now), ":map": text("M"), ":number": text("N")},
	}
	c.names["#m"] = string(m)
	return c
}

// line makes sku's line, at the end where it is new, hold what the expression says.
func (c *change) line(sku, expression, condition string, values item) *change {
	c.names["#s"] = skuPrefix + sku
	c.set = append(c.set, "#q.#s = "+expression, "#p.#s = if_not_exists(#p.#s, #n)", "#n = #n + :one")
	c.condition = append(c.condition, condition)
	maps.Copy(c.values, values)
	c.values[":one"] = number(1)
	return c
}

const fits = `attribute_not_exists(#q.#s) AND size(#q) < :lines`

func (c *change) add(sku string, n int) *change {
	return c.line(sku, "if_not_exists(#q.#s, :zero) + :by", "("+fits+" OR #q.#s >= :one AND #q.#s <= :room)",
		item{":zero": number(0), ":by": number(int64(n)), ":room": number(int64(cart.MaxQuantity - n)), ":lines": number(cart.MaxLines)})
}

func (c *change) put(sku string, n int) *change {
	return c.line(sku, ":to", "(attribute_exists(#q.#s) OR size(#q) < :lines)", item{":to": number(int64(n)), ":lines": number(cart.MaxLines)})
}

func (c *change) raise(sku string, n int) *change {
	return c.line(sku, ":to", "("+fits+" OR #q.#s < :to)", item{":to": number(int64(n)), ":lines": number(cart.MaxLines)})
}

// replace writes over what is no quantity.
func (c *change) replace(sku string, n int, garbage types.AttributeValue) *change {
	return c.line(sku, ":to", "#q.#s = :garbage", item{":to": number(int64(n)), ":garbage": garbage})
}

// take takes n from the i-th line: all of it, which must then be no more, or a part, which must then be less.
func (c *change) take(i int, sku string, n int, all bool) {
	name, by := "#s"+strconv.Itoa(i), ":b"+strconv.Itoa(i)
	c.names[name], c.values[by] = skuPrefix+sku, number(int64(n))
	if all {
		c.remove = append(c.remove, "#q."+name, "#p."+name)
		c.condition = append(c.condition, "(attribute_not_exists(#q."+name+") OR #q."+name+" <= "+by+")")
		return
	}
	c.set = append(c.set, "#q."+name+" = #q."+name+" - "+by)
	c.condition = append(c.condition, "#q."+name+" > "+by)
}

// drop removes a line, whatever it holds.
func (c *change) drop(sku string) *change {
	c.names["#s"] = skuPrefix + sku
	c.remove = append(c.remove, "#q.#s", "#p.#s")
	return c
}

func (c *change) expression() string {
	s := "SET " + strings.Join(c.set, ", ")
	if len(c.remove) > 0 {
		s += " REMOVE " + strings.Join(c.remove, ", ")
	}
	return s
}
