// Package site holds the site's specification: plain-text scripts of requests and of what must come back, in testdata. They run against the real
// program, on each database engine.
//
// A script is a visitor. Each has goods of its own (see goods), so that scripts running beside each other do not meet, and an address
// of its own on the network. The commands are in commands_test.go, each with its usage.
package site

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"myclothes/internal/store"
	"myclothes/internal/testenv"
	"myclothes/test/shoptest"
)

func TestSite(t *testing.T) {
	testenv.Engines(t, func(t *testing.T, database string) { scriptsOf(t, database) })
}

// TestSiteInEveryHome: where carts live is a setting, and no visitor can tell.
func TestSiteInEveryHome(t *testing.T) {
	redis, err := testenv.StartRedis()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(redis.Stop)
	for _, home := range []string{"cookie", "memory", "valkey"} {
		t.Run(home, func(t *testing.T) {
			scriptsOf(t, testenv.SQLite(t), "--cart-home="+home, "--valkey=valkey://"+redis.Address())
		})
	}
}

// scriptsOf runs every script against a shop with that database and further flags.
func scriptsOf(t *testing.T, database string, more ...string) {
	shop := shoptest.Start(t, database, append(more, flags...)...)
	shop.Stop()
	shop.Restart("--otlp-endpoint=" + shop.Secrets.Traces(t))
	db := shop.Open()
	t.Cleanup(func() {
		shop.Stop()
		audit(t, db)
	})
	testscript.Run(t, testscript.Params{
		Dir: "testdata", RequireExplicitExec: true, RequireUniqueNames: true, Cmds: commands,
		Setup: func(e *testscript.Env) error { return setUp(e, t, shop, db) },
	})
}

// flags of every shop here: scripts say by X-Forwarded-For who they are, and do not wait long for a payment that never answers.
var flags = []string{"--trusted-proxies=127.0.0.1/32", "--payment-timeout=1s", "--log-level=debug"}

func audit(t *testing.T, db *store.DB) {
	broken, err := db.Audit(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range broken {
		t.Errorf("the database after all scripts: %s", b)
	}
}

// scripts counts them, for goods and addresses.
var scripts atomic.Int64

func setUp(e *testscript.Env, t *testing.T, shop *shoptest.Shop, db *store.DB) error {
	n := scripts.Add(1)
	v := &visit{t: t, shop: shop, db: db, from: fmt.Sprintf("10.1.%d.%d", n/250, n%250+1), number: n, vars: e.Setenv}
	v.as("")
	e.Values[visitKey{}] = v
	return v.enter()
}

// enter puts the script's goods into the shop that it visits and names them.
func (v *visit) enter() error {
	p := goods(v.number)
	if err := v.db.Merchant().PutProducts(context.Background(), p); err != nil {
		return err
	}
	v.vars("URL", v.shop.URL)
	v.vars("OPS", v.shop.Ops)
	v.vars("PAY", v.shop.Pay)
	for name, value := range names(v.number) {
		v.vars(name, value)
	}
	return nil
}
