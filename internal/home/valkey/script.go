package valkey

import (
	"cmp"
	"context"
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/valkey-io/valkey-go"

	"myclothes/internal/cart"
)

// A cart is a hash. Its field ":SKU" is a line and holds "POSITION QUANTITY"; its field "#" is the last position that was given away. The hash goes with
// its last line. What a script finds that it could not have written counts as no line.
const (
	keyPrefix = "cart:"
	skuPrefix = ":"
)

// found defines line(cart, field), which returns position and quantity or nil, and ended(cart), which deletes a cart without lines and says whether it was.
var found = fmt.Sprintf(`
local function line(cart, field)
  local at, has = string.match(redis.call('HGET', cart, field) or '', '^(%%d+) (%%d+)$')
  if at and #at <= 15 and #has <= 2 and tonumber(has) >= 1 and tonumber(has) <= %d then return at, tonumber(has) end
end
local function ended(cart)
  if redis.call('HLEN', cart) > redis.call('HEXISTS', cart, '#') then return false end
  redis.call('DEL', cart)
  return true
end
`, cart.MaxQuantity)

// put: KEYS cart; ARGV how long to keep it (ms), "add", "set" or "raise", the field, a quantity. It answers with the cart, or with what it is too much of.
var put = writing(found + fmt.Sprintf(`
local cart, how, field, n = KEYS[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local at, has = line(cart, field)
if how == 'add' then n = (has or 0) + n elseif how == 'raise' then n = math.max(has or 0, n) end
if n > %d then return 'quantity' end
if n == 0 then
  redis.call('HDEL', cart, field)
  if ended(cart) then return {} end
elseif at then
  redis.call('HSET', cart, field, at .. ' ' .. n)
else
  if redis.call('HLEN', cart) - redis.call('HEXISTS', cart, '#') - redis.call('HEXISTS', cart, field) >= %d then return 'lines' end
  local last = redis.call('HGET', cart, '#') or '0'
  if #last > 14 or not string.match(last, '^%%d+$') then last = '0' end
  at = string.format('%%d', last + 1)
  redis.call('HSET', cart, '#', at, field, at .. ' ' .. n)
end
redis.call('PEXPIRE', cart, ARGV[1])
return redis.call('HGETALL', cart)`, cart.MaxQuantity, cart.MaxLines))

// take: KEYS cart; ARGV how long to keep it (ms), then each line's field and quantity.
var take = writing(found + `
for i = 2, #ARGV, 2 do
  local at, has = line(KEYS[1], ARGV[i])
  if at then
    local left = has - tonumber(ARGV[i + 1])
    if left > 0 then redis.call('HSET', KEYS[1], ARGV[i], at .. ' ' .. left) else redis.call('HDEL', KEYS[1], ARGV[i]) end
  end
end
if not ended(KEYS[1]) then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {}`)

// script is sent by its hash, and whole where the server does not know it yet.
type script struct {
	lua        *valkey.Lua
	text, sha1 string
}

func writing(text string) script {
	sum := sha1.Sum([]byte(text))
	return script{lua: valkey.NewLuaScript(text), text: text, sha1: hex.EncodeToString(sum[:])}
}

// run runs the script and, where o asks for it, waits for replicas in the same round trip.
func (s script) run(ctx context.Context, client valkey.Client, o Options, key string, args []string) (valkey.ValkeyMessage, error) {
	if o.Replicas == 0 {
		r := s.lua.Exec(ctx, client, []string{key}, args)
		return r.ToMessage()
	}
	var answer valkey.ValkeyMessage
	err := client.Dedicated(func(one valkey.DedicatedClient) (err error) { // WAIT holds its connection up, and speaks of what came over it
		answer, err = s.runAndWait(ctx, one, o, key, args)
		return err
	})
	return answer, err
}

func (s script) runAndWait(ctx context.Context, one valkey.DedicatedClient, o Options, key string, args []string) (valkey.ValkeyMessage, error) {
	answer, err := confirmed(ctx, one, o, one.B().Evalsha().Sha1(s.sha1).Numkeys(1).Key(key).Arg(args...).Build())
	if refused, ok := valkey.IsValkeyErr(err); ok && refused.IsNoScript() {
		return confirmed(ctx, one, o, one.B().Eval().Script(s.text).Numkeys(1).Key(key).Arg(args...).Build())
	}
	return answer, err
}

// confirmed makes a change and, in the same round trip, waits until enough replicas have it.
func confirmed(ctx context.Context, one valkey.DedicatedClient, o Options, c valkey.Completed) (valkey.ValkeyMessage, error) {
	r := one.DoMulti(ctx, c, one.B().Wait().Numreplicas(int64(o.Replicas)).Timeout(o.WaitFor.Milliseconds()).Build())
	answer, err := r[0].ToMessage()
	if err != nil {
		return answer, err
	}
	has, err := r[1].AsInt64()
	if err == nil && has < int64(o.Replicas) {
		err = fmt.Errorf("%w: %d of %d", errTooFew, has, o.Replicas)
	}
	return answer, err
}

var errTooFew = errors.New("too few replicas have the change")

// placed is a line and its position.
type placed struct {
	at uint64
	cart.Line
}

func (p placed) compare(to placed) int {
	return cmp.Or(cmp.Compare(p.at, to.at), cmp.Compare(p.SKU, to.SKU))
}

// decode makes lines of a hash's fields, each with its value behind it. What is no line is passed over.
func decode(hash []string) []cart.Line {
	all := make([]placed, 0, len(hash)/2)
	for pair := range slices.Chunk(hash, 2) {
		if len(pair) < 2 {
			break
		}
		field, value := pair[0], pair[1]
		sku, isLine := strings.CutPrefix(field, skuPrefix)
		before, after, _ := strings.Cut(value, " ")
		at, err1 := strconv.ParseUint(before, 10, 63)
		n, err2 := strconv.ParseUint(after, 10, 63)
		if isLine && err1 == nil && err2 == nil && len(before) <= 15 && len(after) <= 2 && n >= 1 && n <= cart.MaxQuantity {
			all = append(all, placed{at, cart.Line{SKU: sku, Quantity: int(n)}})
		}
	}
	if len(all) == 0 {
		return nil
	}
	if !slices.IsSortedFunc(all, placed.compare) { // small hashes keep their order
		slices.SortFunc(all, placed.compare)
	}
	lines := make([]cart.Line, 0, len(all))
	for _, p := range all[:min(len(all), cart.MaxLines)] {
		lines = append(lines, p.Line)
	}
	return lines
}

func milliseconds(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }
