package main

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/valkey-io/valkey-go"

	"myclothes/internal/cart"
	"myclothes/internal/demo"
	"myclothes/internal/home/cookie"
	"myclothes/internal/home/dynamo"
	"myclothes/internal/home/memory"
	home "myclothes/internal/home/valkey"
	"myclothes/internal/httpx"
	"myclothes/internal/seal"
	"myclothes/internal/store"
	"myclothes/internal/testenv"
)

// rival is a home of carts beside the least that its store can do: a bare read and a bare write of one cart, through the same driver.
type rival struct {
	cart.Home
	fill        func(lines int) error // what read and write work on
	read, write func() error
	readName    string
	writeName   string
}

var ctx = context.Background()

// homes measures every home of carts with 1, 10, 50 and 100 lines. Ours and the bare command take turns, so that the machine's moods meet both.
func (r *report) homes(dir string) error {
	fmt.Printf("\n%-28s %11s %11s %11s %11s   %s\n", "cart, lines", "open p50", "p99", "bare p50", "p99", "times, and what is bare")
	for _, begin := range []func(string) (rival, func(), error){ofMemory, ofCookie, ofSQLite, ofPostgres, ofValkey, ofDynamo} {
		h, end, err := begin(dir)
		if err == nil {
			err = r.home(h)
		}
		end()
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *report) home(h rival) error {
	for _, n := range []int{1, 10, 50, 100} {
		c, err := filled(h.Home, n)
		if err == nil {
			err = h.fill(n)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", h.Name(), err)
		}
		open := func() error { _, err := h.Open(ctx, c); return err }
		has := 1
		add := func() (err error) {
			if has++; has < cart.MaxQuantity {
				_, _, err = h.Add(ctx, c, sku(0), 1)
				return err
			}
			has = 1
			_, _, err = h.Set(ctx, c, sku(0), 1)
			return err
		}
		if err := r.beside(fmt.Sprintf("%s, %d: open", h.Name(), n), open, h.read, h.readName); err != nil {
			return err
		}
		if err := r.beside(fmt.Sprintf("%s, %d: add", h.Name(), n), add, h.write, h.writeName); err != nil {
			return err
		}
		up, down := carried(c)
		fmt.Printf("%-28s %d bytes of cookies in a request, %d in the answer to a change\n", fmt.Sprintf("%s, %d: carried", h.Name(), n), up, down)
	}
	return nil
}

// beside measures two acts in turns.
func (r *report) beside(name string, ours, bare func() error, what string) error {
	var a, b []time.Duration
	for end := time.Now().Add(r.took / 4); time.Now().Before(end); {
		for _, one := range []struct {
			do  func() error
			all *[]time.Duration
		}{{ours, &a}, {bare, &b}} {
			begin := time.Now()
			if err := one.do(); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			*one.all = append(*one.all, time.Since(begin))
		}
	}
	slices.Sort(a)
	slices.Sort(b)
	half, most := len(a)/2, len(a)*99/100
	fmt.Printf("%-28s %11s %11s %11s %11s   %.2f × %s\n", name, fine(a[half]), fine(a[most]), fine(b[half]), fine(b[most]), float64(a[half])/float64(b[half]), what)
	r.kept[name] = figures{p50: a[half], p99: a[most]}
	r.kept[name+", bare"] = figures{p50: b[half], p99: b[most]}
	return nil
}

var skus = sync.OnceValue(func() []string {
	var all []string
	for p := range demo.Items(0) {
		for _, v := range p.Product.Variants {
			all = append(all, v.SKU)
		}
	}
	return all
})

func sku(i int) string { return skus()[i*7] } // of different products

func filled(h cart.Home, lines int) (c cart.Carried, err error) {
	for i := range lines {
		if _, c, err = h.Add(ctx, c, sku(i), 1); err != nil {
			return c, err
		}
	}
	return c, nil
}

// carried returns how many bytes a browser sends for a cart, and how many it is told to carry after a change.
func carried(c cart.Carried) (up, down int) {
	w := httptest.NewRecorder()
	httpx.Cookies{Secure: true}.Carry(w, cart.Carried{}, c)
	r := http.Request{Header: http.Header{}}
	for _, k := range w.Result().Cookies() {
		r.AddCookie(k)
	}
	for _, line := range w.Header()["Set-Cookie"] {
		down += len("Set-Cookie: ") + len(line) + 2
	}
	return len("Cookie: ") + len(r.Header.Get("Cookie")) + 2, down
}

func ofMemory(string) (rival, func(), error) {
	var mu sync.Mutex
	var carts map[string]map[string]int
	key := "visitor"
	return rival{
		Home: memory.New(), readName: "a map under a lock", writeName: "a map under a lock",
		fill: func(n int) error {
			carts = map[string]map[string]int{key: {}}
			for i := range n {
				carts[key][sku(i)] = 1
			}
			return nil
		},
		read: func() error {
			mu.Lock()
			defer mu.Unlock()
			out := make([]cart.Line, 0, len(carts[key]))
			for s, n := range carts[key] {
				out = append(out, cart.Line{SKU: s, Quantity: n})
			}
			if len(out) == 0 {
				return fmt.Errorf("an empty cart")
			}
			return nil
		},
		write: func() error { mu.Lock(); defer mu.Unlock(); carts[key][sku(0)]++; return nil },
	}, func() {}, nil
}

func ofCookie(string) (rival, func(), error) {
	ring, err := seal.NewRing(seal.NewKey("a"))
	if err != nil {
		return rival{}, func() {}, err
	}
	h := cookie.New(cookie.Options{Keys: ring})
	var plain []byte
	var sealed string
	return rival{
		Home: h, readName: "opening so many sealed bytes", writeName: "opening and sealing them",
		fill: func(n int) error {
			c, err := filled(h, n)
			if err != nil {
				return err
			}
			plain, err = ring.Open("cart 1", c.Sealed)
			sealed = c.Sealed
			return err
		},
		read: func() error { _, err := ring.Open("cart 1", sealed); return err },
		write: func() error {
			_, err := ring.Open("cart 1", sealed)
			ring.Seal("cart 1", plain)
			return err
		},
	}, func() {}, nil
}

func ofSQLite(dir string) (rival, func(), error) {
	return ofDatabase("sqlite:" + filepath.Join(dir, "homes.db"))
}

func ofPostgres(string) (rival, func(), error) {
	pg, err := testenv.StartPostgres("-c", "shared_buffers=256MB")
	if err != nil {
		return rival{}, func() {}, err
	}
	address, err := pg.NewDatabase()
	if err != nil {
		return rival{}, pg.Stop, err
	}
	h, end, err := ofDatabase(address)
	return h, func() { end(); pg.Stop() }, err
}

func ofDatabase(address string) (rival, func(), error) {
	db, err := store.Open(store.Options{Address: address})
	if err != nil {
		return rival{}, func() {}, err
	}
	if _, err := db.Migrate(ctx); err != nil {
		return rival{}, func() { db.Close() }, err
	}
	bare, err := bareCart(address)
	if err != nil {
		return rival{}, func() { db.Close() }, err
	}
	engine, _, _ := strings.Cut(address, ":")
	return rival{Home: named{db.Carts(), engine}, readName: "the same SELECT, prepared", writeName: "an upsert, prepared",
		fill: bare.fill, read: bare.read, write: bare.write}, func() { bare.Close(); db.Close() }, nil
}

// bare is a table of one's own through database/sql alone.
type bare struct {
	*sql.DB
	lines, put *sql.Stmt
}

func bareCart(address string) (*bare, error) {
	driver, dsn := "pgx", address
	if file, ok := strings.CutPrefix(address, "sqlite:"); ok {
		driver, dsn = "sqlite", "file:"+file+"?_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=busy_timeout(5000)"
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return nil, err
	}
	b := &bare{DB: db}
	_, err = db.Exec(`CREATE TABLE bare (visitor TEXT, sku TEXT, quantity BIGINT, PRIMARY KEY (visitor, sku))`)
	if err == nil {
		b.lines, err = db.Prepare(`SELECT sku, quantity FROM bare WHERE visitor = $1 ORDER BY sku`)
	}
	if err == nil {
		b.put, err = db.Prepare(`INSERT INTO bare VALUES ($1, $2, 1) ON CONFLICT (visitor, sku) DO UPDATE SET quantity = bare.quantity + 1`)
	}
	return b, err
}

func (b *bare) fill(n int) error {
	for i := range n {
		if _, err := b.put.Exec("bare", sku(i)); err != nil {
			return err
		}
	}
	return nil
}

func (b *bare) read() error {
	rows, err := b.lines.Query("bare")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var l cart.Line
		if err := rows.Scan(&l.SKU, &l.Quantity); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (b *bare) write() error { _, err := b.put.Exec("bare", sku(0)); return err }

// named is a home under another name.
type named struct {
	cart.Home
	name string
}

func (n named) Name() string { return n.name }

func ofValkey(string) (rival, func(), error) {
	r, err := testenv.StartRedis()
	if err != nil {
		return rival{}, func() {}, err
	}
	h, err := home.Open(ctx, home.Options{Layout: home.Single, Addresses: []string{r.Address()}})
	if err != nil {
		return rival{}, r.Stop, err
	}
	// The same driver, set up in the quickest of its ways.
	client, err := valkey.NewClient(valkey.ClientOption{InitAddress: []string{r.Address()}, AlwaysRESP2: true, DisableCache: true, DisableAutoPipelining: true, ForceSingleClient: true})
	if err != nil {
		return rival{}, func() { h.Close(); r.Stop() }, err
	}
	return rival{
		Home: h, readName: "HGETALL", writeName: "HSET and HGETALL together",
		fill: func(n int) error {
			for i := range n {
				if err := client.Do(ctx, client.B().Hset().Key("bare").FieldValue().FieldValue(sku(i), "1 1").Build()).Error(); err != nil {
					return err
				}
			}
			return nil
		},
		read: func() error {
			_, err := client.Do(ctx, client.B().Hgetall().Key("bare").Build()).AsStrSlice()
			return err
		},
		write: func() error {
			all := client.DoMulti(ctx, client.B().Hset().Key("bare").FieldValue().FieldValue(sku(0), "1 1").Build(), client.B().Hgetall().Key("bare").Build())
			_, err := all[1].AsStrSlice()
			return err
		},
	}, func() { client.Close(); h.Close(); r.Stop() }, nil
}

func ofDynamo(string) (rival, func(), error) {
	d, err := testenv.StartDynalite()
	if err != nil {
		return rival{}, func() {}, err
	}
	h, err := dynamo.Open(ctx, dynamo.Options{Region: "ap-northeast-2", Table: "carts", Endpoint: d.URL(), Create: true})
	if err != nil {
		return rival{}, d.Stop, err
	}
	client := dynamodb.New(dynamodb.Options{Region: "ap-northeast-2", BaseEndpoint: aws.String(d.URL()), Credentials: credentials.NewStaticCredentialsProvider("local", "local", "")})
	key := map[string]types.AttributeValue{"id": &types.AttributeValueMemberS{Value: "bare"}}
	return rival{
		Home: h, readName: "GetItem, consistent", writeName: "UpdateItem of one path",
		fill: func(n int) error {
			quantity := map[string]types.AttributeValue{}
			for i := range n {
				quantity[sku(i)] = &types.AttributeValueMemberN{Value: "1"}
			}
			_, err := client.PutItem(ctx, &dynamodb.PutItemInput{TableName: aws.String("carts"),
				Item: map[string]types.AttributeValue{"id": key["id"], "q": &types.AttributeValueMemberM{Value: quantity}}})
			return err
		},
		read: func() error {
			_, err := client.GetItem(ctx, &dynamodb.GetItemInput{TableName: aws.String("carts"), Key: key, ConsistentRead: aws.Bool(true)})
			return err
		},
		write: func() error {
			_, err := client.UpdateItem(ctx, &dynamodb.UpdateItemInput{TableName: aws.String("carts"), Key: key, UpdateExpression: aws.String("SET #q.#s = :n"),
				ExpressionAttributeNames:  map[string]string{"#q": "q", "#s": sku(0)},
				ExpressionAttributeValues: map[string]types.AttributeValue{":n": &types.AttributeValueMemberN{Value: "1"}}, ReturnValues: types.ReturnValueAllNew})
			return err
		},
	}, func() { h.Close(); d.Stop() }, nil
}

// homeMarks compares carts in Valkey with the bare round trip.
func (r *report) homeMarks() {
	fmt.Println()
	for _, n := range []int{1, 10, 50, 100} {
		name := fmt.Sprintf("valkey, %d: open", n)
		ours, bare := r.kept[name], r.kept[name+", bare"]
		r.mark(name+", times HGETALL", float64(ours.p50)/float64(bare.p50), 1.3, false)
		r.mark(name+", p99, ms", float64(ours.p99)/1e6, 1, false)
		add := r.kept[fmt.Sprintf("valkey, %d: add", n)]
		r.mark(fmt.Sprintf("valkey, %d: add, p99, ms", n), float64(add.p99)/1e6, 1, false)
	}
}
