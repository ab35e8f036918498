// Package valkey keeps carts in Valkey or Redis (6 or newer): in a single server, in one that Sentinels replace when it dies, or in a cluster.
//
// What it promises beyond cart.Home:
//
//   - Every operation is one round trip; a change is one script, which the server runs alone. (A second trip follows where the server does not know the script,
//     once after each of its starts, and once a day where a look has the cart kept for longer.)
//   - A cart is kept for 90 days after it was last looked at or changed.
//   - A call ends within its budget, whatever the servers do, with fault.OutOfOrder if they did not answer. After some failures in a row calls stop asking
//     and fail at once; once a second one of them tries again.
//   - It opens while the servers are away and needs no restart when they come, come back, or change places.
//
// What it cannot promise:
//
//   - Valkey copies changes to its replicas after it has acknowledged them. When a master dies, what its replicas have not got is lost, acknowledged or
//     not: usually the last milliseconds, but everything since then where the replicas had lost their connection before. Options.Replicas makes a change be
//     acknowledged only when so many replicas have it; the others are fault.OutOfOrder. That narrows the window and does not close it: another replica than
//     those may be chosen. Valkey's own min-replicas-to-write keeps a master that is cut off from taking changes at all.
//   - A server that keeps nothing on disk loses all carts when it starts again, and one that evicts keys loses carts when its memory is full: it
//     should be set to noeviction.
//   - A change that ended as fault.OutOfOrder may still happen, even after later ones: a server that stalled finds it in its socket when it wakes. Only
//     Open is asked again by itself.
package valkey

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/valkey-io/valkey-go"

	"myclothes/internal/cart"
	"myclothes/internal/fault"
)

// Home keeps carts in Valkey. Make one with Open.
type Home struct {
	o       Options
	link    *link
	breaker breaker
}

var _ cart.Home = (*Home)(nil)

// Open makes a home and tries to connect, for as long as one call may take. It fails only on options that cannot work: servers that are away now are
// waited for later.
func Open(ctx context.Context, o Options) (*Home, error) {
	if err := o.complete(); err != nil {
		return nil, err
	}
	h := &Home{o: o, link: newLink(o), breaker: breaker{limit: o.Failures, rest: o.Rest, now: o.Now, told: o.Resting}}
	ctx, cancel := context.WithTimeout(ctx, o.Budget)
	defer cancel()
	h.link.get(ctx)
	return h, nil
}

// Close ends the connections. Calls under way have the time of one call to end.
func (h *Home) Close() { h.link.close(h.o.Budget) }

// Name is the setting's value that chooses this home.
func (h *Home) Name() string { return "valkey" }

// Follows reports that a member finds their cart on every device.
func (h *Home) Follows() bool { return true }

// Ping asks a server whether it lives, also while calls fail at once.
func (h *Home) Ping(ctx context.Context) error {
	_, err := within(ctx, h, func(ctx context.Context, client valkey.Client) (struct{}, error) {
		return struct{}{}, client.Do(ctx, client.B().Ping().Build()).Error()
	})
	return quiet(err)
}

func (h *Home) Open(ctx context.Context, c cart.Carried) (cart.Cart, error) {
	if c.Owner() == "" {
		return cart.Cart{}, nil
	}
	key := cartKey(c)
	answer, err := h.look(ctx, key, h.o.Keep, h.o.Keep/90, func(b valkey.Builder) valkey.Completed { return b.Hgetall().Key(key).Build() })
	if err != nil {
		return cart.Cart{}, err
	}
	return read(answer)
}

func (h *Home) Add(ctx context.Context, c cart.Carried, sku string, n int) (cart.Cart, cart.Carried, error) {
	if err := cart.CheckAdd(n); err != nil {
		return cart.Cart{}, c, err
	}
	return h.put(ctx, c, "add", sku, n)
}

func (h *Home) Set(ctx context.Context, c cart.Carried, sku string, n int) (cart.Cart, cart.Carried, error) {
	if err := cart.CheckSet(n); err != nil {
		return cart.Cart{}, c, err
	}
	return h.put(ctx, c, "set", sku, n)
}

func (h *Home) Raise(ctx context.Context, c cart.Carried, sku string, n int) (cart.Cart, cart.Carried, error) {
	if err := cart.CheckAdd(n); err != nil {
		return cart.Cart{}, c, err
	}
	return h.put(ctx, c, "raise", sku, n)
}

func (h *Home) put(ctx context.Context, c cart.Carried, how, sku string, n int) (cart.Cart, cart.Carried, error) {
	next := c.Named()
	answer, err := h.script(ctx, put, cartKey(next), milliseconds(h.o.Keep), how, skuPrefix+sku, strconv.Itoa(n))
	if err != nil {
		return cart.Cart{}, c, err
	}
	if what, err := answer.ToString(); err == nil {
		return cart.Cart{}, c, tooMuch(what)
	}
	after, err := read(answer)
	if err != nil {
		return cart.Cart{}, c, err
	}
	return after, next, nil
}

func tooMuch(of string) error {
	if of == "lines" {
		return fault.CartFull
	}
	return cart.CheckSet(cart.MaxQuantity + 1)
}

// Take is one script: after an error all lines were taken or none.
func (h *Home) Take(ctx context.Context, c cart.Carried, lines []cart.Line) (cart.Carried, error) {
	if c.Owner() == "" { // and so has nothing
		return c.Named(), nil
	}
	args := []string{milliseconds(h.o.Keep)}
	for _, l := range lines {
		if l.Quantity > 0 {
			args = append(args, skuPrefix+l.SKU, strconv.Itoa(min(l.Quantity, cart.MaxQuantity)))
		}
	}
	_, err := h.script(ctx, take, cartKey(c), args...)
	return c, err
}

// read makes a cart of a script's answer.
func read(answer valkey.ValkeyMessage) (cart.Cart, error) {
	pairs, err := answer.AsStrSlice()
	if err != nil {
		return cart.Cart{}, fmt.Errorf("valkey: an answer that is no hash: %w", err)
	}
	return cart.Cart{Lines: decode(pairs)}, nil
}

// cartKey is under which key the servers keep the visitor's cart.
func cartKey(c cart.Carried) string { return keyPrefix + string(c.Owner()) }

// script runs a script on a key.
func (h *Home) script(ctx context.Context, s script, key string, args ...string) (valkey.ValkeyMessage, error) {
	return h.ask(ctx, func(ctx context.Context, client valkey.Client) (valkey.ValkeyMessage, error) {
		return s.run(ctx, client, h.o, key, args)
	})
}

// ask asks the servers something, within the budget, unless they failed too often.
func (h *Home) ask(ctx context.Context, what func(context.Context, valkey.Client) (valkey.ValkeyMessage, error)) (valkey.ValkeyMessage, error) {
	if err := ctx.Err(); err != nil {
		return valkey.ValkeyMessage{}, err
	}
	ok, try := h.breaker.enter()
	if !ok {
		return valkey.ValkeyMessage{}, fault.OutOfOrder.Because("valkey: failed too often and is left alone for a while")
	}
	answer, err := within(ctx, h, what)
	v, err := judge(ctx, err)
	h.breaker.leave(try, v)
	return answer, err
}

// within calls what with the client, within the budget. A caller who leaves is noticed when the budget is spent: watching for that would cost each call as
// much as the server does.
func within[T any](ctx context.Context, h *Home, what func(context.Context, valkey.Client) (T, error)) (T, error) {
	ctx, cancel := context.WithTimeout(ctx, h.o.Budget)
	defer cancel()
	client, err := h.link.get(ctx)
	if err != nil {
		var none T
		return none, err
	}
	return what(ctx, client)
}

// judge says what a call's end means for the servers and for the caller. A caller who leaves says nothing about them; one whose time is up does.
func judge(ctx context.Context, err error) (verdict, error) {
	refused, isAnswer := valkey.IsValkeyErr(err)
	if until, ok := ctx.Deadline(); ok && err != nil && !isAnswer && !time.Now().Before(until) {
		return failed, context.DeadlineExceeded // though the socket may have noticed first
	}
	switch {
	case err == nil:
		return answered, nil
	case ctx.Err() == context.Canceled:
		return nothing, ctx.Err()
	case ctx.Err() != nil:
		return failed, ctx.Err()
	case errors.Is(err, errTooFew): // the server is well; its replicas are not
		return answered, fault.OutOfOrder.Because("valkey: %w", quiet(err))
	case isAnswer && !concernsAll(refused.Error()):
		return answered, fmt.Errorf("valkey: %w", quiet(err))
	}
	return failed, fault.OutOfOrder.Because("valkey: %w", quiet(err))
}

// concernsAll reports whether a server that answers so would answer every cart so, now. (valkey-go leaves out the ERR of answers that begin with it.)
func concernsAll(answer string) bool {
	word, _, _ := strings.Cut(answer, " ")
	switch word {
	case "LOADING", "READONLY", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "MOVED", "ASK", "OOM", "MISCONF", "NOREPLICAS", "BUSY", "NOAUTH", "WRONGPASS", "NOPERM", "UNBLOCKED":
		return true
	}
	return strings.HasPrefix(answer, "unknown command") || strings.HasPrefix(answer, "max number of clients")
}

// quiet cuts off what a server's refusal repeats of the command: the cart's key and its SKUs.
func quiet(err error) error {
	if refused, ok := valkey.IsValkeyErr(err); ok {
		words, _, _ := strings.Cut(refused.Error(), ", with args")
		return errors.New(words)
	}
	return err
}
