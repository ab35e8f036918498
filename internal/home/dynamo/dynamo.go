// Package dynamo keeps carts in a table of DynamoDB, or of a server that speaks its protocol.
//
// What it promises beyond cart.Home:
//
//   - What was acknowledged is on the disks of two availability zones or more, and every look is strongly consistent: it sees every change that was
//     acknowledged before, whichever instance made it.
//   - A change of a line is one conditional UpdateItem, for Take one per 20 lines. A second request follows only where a condition did not hold: the cart was
//     not there yet or has expired, a line to take from has more units than are taken, or somebody else was faster. (Servers that do not answer with
//     the item when a condition fails are asked for it, which is one more.)
//   - The limits of lines and quantities hold under concurrency too, for they are part of the condition.
//   - A cart is kept for 90 days after it was last looked at or changed. A look says so again at most once a day, with a second request. Expired carts
//     are gone at once, whether DynamoDB has deleted them or not.
//   - A call ends within its budget: throttling, failures and lost connections are tried again after a random time, and then are fault.OutOfOrder. A change
//     that is sent again is not made twice: it leaves a mark in its cart, and does nothing where it finds that.
//
// What it cannot promise:
//
//   - A change writes its whole item, and is billed for it: one unit per kilobyte of the cart, which at 20-character SKUs is about 50 bytes a line.
//     The 400 kB that an item may have are out of reach: 200 lines would need SKUs of 1000 bytes.
//   - One cart takes about 1000 changes a second, DynamoDB's limit for one item of up to 1 kB.
//   - A change that ended as fault.OutOfOrder may have happened or may yet happen.
//   - While the table is away, each call takes its whole budget to say so.
package dynamo

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"myclothes/internal/cart"
	"myclothes/internal/fault"
	"myclothes/internal/session"
)

// Home keeps carts in a table. Make one with Open.
type Home struct {
	o         Options
	db        *dynamodb.Client
	transport *http.Transport
}

var _ cart.Home = (*Home)(nil)

// Open makes a home. It asks the server only where it is to make the table; a server that is away otherwise is waited for later.
func Open(ctx context.Context, o Options) (*Home, error) {
	if err := o.complete(); err != nil {
		return nil, err
	}
	if o.Credentials == nil {
		var err error
		if o.Credentials, err = found(ctx, o); err != nil {
			return nil, err
		}
	}
	h := &Home{o: o}
	h.db, h.transport = newClient(o)
	if o.Create {
		if err := h.create(ctx); err != nil {
			h.Close()
			return nil, err
		}
	}
	return h, nil
}

// Close ends the idle connections.
func (h *Home) Close() { h.transport.CloseIdleConnections() }

// Name is the setting's value that chooses this home.
func (h *Home) Name() string { return "dynamodb" }

func (h *Home) Follows() bool { return true }

// Ping asks for a cart that nobody has: it needs no other rights than the home does.
func (h *Home) Ping(ctx context.Context) error {
	inner, cancel := context.WithTimeout(ctx, h.o.Budget)
	defer cancel()
	_, err := h.get(inner, "ping")
	return judge(ctx, err)
}

func (h *Home) Open(ctx context.Context, c cart.Carried) (cart.Cart, error) {
	if c.Owner() == "" {
		return cart.Cart{}, nil
	}
	inner, cancel := context.WithTimeout(ctx, h.o.Budget)
	defer cancel()
	e := h.begin(c)
	i, err := h.get(inner, e.key)
	if err != nil {
		return cart.Cart{}, judge(ctx, err)
	}
	e.renew(inner, i)
	return decode(i, e.now), nil
}

func (h *Home) Add(ctx context.Context, c cart.Carried, sku string, n int) (cart.Cart, cart.Carried, error) {
	if err := cart.CheckAdd(n); err != nil {
		return cart.Cart{}, c, err
	}
	return h.put(ctx, c, sku, n, func(ch *change) *change { return ch.add(sku, n) }, func(has int) (int, bool) { return has + n, false })
}

func (h *Home) Set(ctx context.Context, c cart.Carried, sku string, n int) (cart.Cart, cart.Carried, error) {
	if err := cart.CheckSet(n); err != nil {
		return cart.Cart{}, c, err
	}
	if n == 0 {
		return h.remove(ctx, c, sku)
	}
	return h.put(ctx, c, sku, n, func(ch *change) *change { return ch.put(sku, n) }, func(int) (int, bool) { return n, false })
}

func (h *Home) Raise(ctx context.Context, c cart.Carried, sku string, n int) (cart.Cart, cart.Carried, error) {
	if err := cart.CheckAdd(n); err != nil {
		return cart.Cart{}, c, err
	}
	return h.put(ctx, c, sku, n, func(ch *change) *change { return ch.raise(sku, n) }, func(has int) (int, bool) { return n, has >= n })
}

// put makes a line, in a new cart if need be. After how a cart had looked when the change was refused, want says how much the line should then have
// held, or that it is well as it is.
func (h *Home) put(ctx context.Context, c cart.Carried, sku string, n int, how func(*change) *change, want func(has int) (int, bool)) (cart.Cart, cart.Carried, error) {
	inner, cancel := context.WithTimeout(ctx, h.o.Budget)
	defer cancel()
	next := c.Named()
	e := h.begin(next)
	after, err := e.put(inner, sku, n, c.Owner() == "", how, want)
	if err != nil {
		return cart.Cart{}, c, judge(ctx, err)
	}
	return after, next, nil
}

// remove removes a line. A cart that is not there has none.
func (h *Home) remove(ctx context.Context, c cart.Carried, sku string) (cart.Cart, cart.Carried, error) {
	if c.Owner() == "" {
		return cart.Cart{}, c.Named(), nil
	}
	inner, cancel := context.WithTimeout(ctx, h.o.Budget)
	defer cancel()
	e := h.begin(c)
	for attempt := 0; ; attempt++ {
		i, err := e.update(inner, e.change().drop(sku))
		old, isRefused := refused(err)
		if isRefused {
			i, err = e.was(inner, old)
		}
		if err == nil && isRefused && isLive(i, e.now) && !e.mark.isIn(i) { // it was not there, and now is
			err = wait(inner, attempt)
			if err == nil {
				continue
			}
		}
		if err != nil {
			return cart.Cart{}, c, judge(ctx, err)
		}
		return decode(i, e.now), c, nil
	}
}

// together is how many lines one request takes from: DynamoDB allows expressions of 4 kB.
const together = 20

func (h *Home) Take(ctx context.Context, c cart.Carried, lines []cart.Line) (cart.Carried, error) {
	if c.Owner() == "" { // and so has nothing
		return c.Named(), nil
	}
	inner, cancel := context.WithTimeout(ctx, h.o.Budget)
	defer cancel()
	each := sums(lines)
	for len(each) > 0 {
		n := min(len(each), together)
		if err := h.begin(c).take(inner, each[:n]); err != nil {
			return c, judge(ctx, err)
		}
		each = each[n:]
	}
	return c, nil
}

// sums returns each SKU once, with all that is taken of it.
func sums(lines []cart.Line) []cart.Line {
	var out []cart.Line
	at := map[string]int{}
	for _, l := range lines {
		if l.Quantity < 1 {
			continue
		}
		i, seen := at[l.SKU]
		if !seen {
			i, at[l.SKU] = len(out), len(out)
			out = append(out, cart.Line{SKU: l.SKU})
		}
		out[i].Quantity = min(cart.MaxQuantity, out[i].Quantity+min(l.Quantity, cart.MaxQuantity))
	}
	return out
}

// edit is one operation on one cart.
type edit struct {
	h    *Home
	key  session.Key
	now  time.Time
	mark mark
}

func (h *Home) begin(c cart.Carried) edit { return edit{h, c.Owner(), h.o.Now(), newMark()} }

func (e edit) expires() int64 { return e.now.Add(e.h.o.Keep).Unix() }

func (e edit) change() *change { return newChange(e.mark, e.now.Unix(), e.expires()) }

func (e edit) put(ctx context.Context, sku string, n int, fresh bool, how func(*change) *change, want func(int) (int, bool)) (cart.Cart, error) {
	next := how(e.change())
	for attempt := 0; ; attempt++ {
		var i item
		var err error
		if !fresh {
			i, err = e.update(ctx, next)
		}
		old, isRefused := refused(err)
		if fresh || isRefused && !isLive(old, e.now) {
			i, err = e.create(ctx, sku, n)
			old, isRefused = refused(err)
		}
		if isRefused {
			old, err = e.was(ctx, old)
		}
		if err != nil || !isRefused {
			return decode(i, e.now), err
		}
		if e.mark.isIn(old) {
			return decode(old, e.now), nil
		}
		fresh, next = false, how(e.change())
		if isLive(old, e.now) {
			has, garbage := quantity(old, sku)
			to, well := want(has)
			lines, _ := inside(old["quantity"])
			switch {
			case well:
				e.renew(ctx, old)
				return decode(old, e.now), nil
			case to > cart.MaxQuantity:
				return cart.Cart{}, cart.CheckSet(to)
			case garbage != nil:
				next = e.change().replace(sku, n, garbage)
			case has == 0 && len(lines) >= cart.MaxLines:
				return cart.Cart{}, fault.CartFull
			}
		}
		if err := wait(ctx, attempt); err != nil {
			return cart.Cart{}, err
		}
	}
}

// take takes up to each line's quantity. It first supposes that there is no more than that, as when all of a cart was ordered.
func (e edit) take(ctx context.Context, lines []cart.Line) error {
	next := e.change()
	for i, l := range lines {
		next.take(i, l.SKU, l.Quantity, true)
	}
	for attempt := 0; ; attempt++ {
		_, err := e.update(ctx, next)
		old, isRefused := refused(err)
		if isRefused {
			old, err = e.was(ctx, old)
		}
		if err != nil || !isRefused || !isLive(old, e.now) || e.mark.isIn(old) {
			return err
		}
		next = e.change()
		for i, l := range lines {
			if has, _ := quantity(old, l.SKU); has > 0 {
				next.take(i, l.SKU, l.Quantity, has <= l.Quantity)
			}
		}
		if attempt > 0 {
			err = wait(ctx, attempt)
		}
		if err != nil {
			return err
		}
	}
}

// renew keeps a cart that was looked at for longer, at most once a day. It is no loss if that does not succeed.
func (e edit) renew(ctx context.Context, i item) {
	expires, ok := integer(i["expires"])
	if !ok || !isLive(i, e.now) || e.expires()-expires < int64(e.h.o.Keep/90/time.Second) {
		return
	}
	_, _ = e.h.db.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName: &e.h.o.Table, Key: item{"id": text(string(e.key))}, UpdateExpression: aws.String("SET #e = :e"), ConditionExpression: aws.String("#e = :was"),
		ExpressionAttributeNames: map[string]string{"#e": names["#e"]}, ExpressionAttributeValues: item{":e": number(e.expires()), ":was": i["expires"]},
	})
}

// update makes the change and returns the item after it.
func (e edit) update(ctx context.Context, c *change) (item, error) {
	condition := strings.Join(c.condition, " AND ")
	out, err := again(ctx, e.h, func(ctx context.Context) (*dynamodb.UpdateItemOutput, error) {
		return e.h.db.UpdateItem(ctx, &dynamodb.UpdateItemInput{
			TableName: &e.h.o.Table, Key: item{"id": text(string(e.key))}, UpdateExpression: aws.String(c.expression()), ConditionExpression: &condition,
			ExpressionAttributeNames: c.names, ExpressionAttributeValues: c.values,
			ReturnValues: types.ReturnValueAllNew, ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld,
		})
	})
	if err != nil {
		return nil, err
	}
	e.tidy(ctx, out.Attributes)
	return out.Attributes, nil
}

// tidy removes marks that nobody needs any more. It is no loss if that does not succeed.
func (e edit) tidy(ctx context.Context, i item) {
	var paths []string
	names := map[string]string{"#o": names["#o"]}
	for n, m := range stale(i, e.now) {
		name := "#" + strconv.Itoa(n)
		paths, names[name] = append(paths, "#o."+name), m
	}
	if paths != nil {
		_, _ = e.h.db.UpdateItem(ctx, &dynamodb.UpdateItemInput{
			TableName: &e.h.o.Table, Key: item{"id": text(string(e.key))}, UpdateExpression: aws.String("REMOVE " + strings.Join(paths, ", ")),
			ConditionExpression: aws.String("attribute_exists(#o)"), ExpressionAttributeNames: names,
		})
	}
}

// create makes a cart of one line, where none is live.
func (e edit) create(ctx context.Context, sku string, n int) (item, error) {
	name := skuPrefix + sku
	i := item{
		"id": text(string(e.key)), "quantity": hash(item{name: number(int64(n))}), "position": hash(item{name: number(0)}), "last": number(1),
		"marks": hash(item{string(e.mark): number(e.now.Unix())}), "expires": number(e.expires()),
	}
	_, err := again(ctx, e.h, func(ctx context.Context) (*dynamodb.PutItemOutput, error) {
		return e.h.db.PutItem(ctx, &dynamodb.PutItemInput{
			TableName: &e.h.o.Table, Item: i, ConditionExpression: aws.String("NOT (" + live + ")"),
			ExpressionAttributeNames:            names,
			ExpressionAttributeValues:           item{":now": number(e.now.Unix()), ":map": text("M"), ":number": text("N")},
			ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld,
		})
	})
	return i, err
}

// was returns the item that a refusal came with, or else asks for it.
func (e edit) was(ctx context.Context, old item) (item, error) {
	if old != nil {
		return old, nil
	}
	return e.h.get(ctx, e.key)
}

// get reads an item, as it is after every change that was acknowledged before.
func (h *Home) get(ctx context.Context, key session.Key) (item, error) {
	out, err := again(ctx, h, func(ctx context.Context) (*dynamodb.GetItemOutput, error) {
		return h.db.GetItem(ctx, &dynamodb.GetItemInput{TableName: &h.o.Table, Key: item{"id": text(string(key))}, ConsistentRead: aws.Bool(true)})
	})
	if err != nil {
		return nil, err
	}
	return out.Item, nil
}
