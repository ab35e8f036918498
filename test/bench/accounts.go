package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/company"
	"myclothes/internal/customer"
	"myclothes/internal/seal"
	"myclothes/internal/store"
)

// signers are how many customers sign in, and each how often: as many guesses as one account is allowed at once.
const signers, each = 12, 8

// accounts measures what an account costs on SQLite: signing in and the share of hashing in it, opening what is sealed on the pages of orders, and the prices of a company's cart.
func (r *report) accounts(binary, dir string) error {
	b := &bench{report: r, name: "accounts", address: "sqlite:" + filepath.Join(dir, "accounts.db"), shop: host(), sim: host()}
	data := filepath.Join(dir, "accounts")
	shop, err := start(serverCore, filepath.Join(dir, "accounts.log"), nil, binary, "demo", "--listen="+b.shop, "--ops-listen="+host(), "--simulator-listen="+b.sim, "--base-url=http://"+b.shop,
		"--database="+b.address, "--data="+data, "--log-level=error", "--trusted-proxies=127.0.0.1/32")
	if err != nil {
		return err
	}
	defer shop.stop()
	if _, err := shop.await("http://"+b.shop+"/healthz", time.Minute); err != nil {
		return err
	}
	b.pids = []int{shop.pid()}
	if err := b.restock(); err != nil {
		return err
	}
	cookie, id, err := b.signIns()
	if err != nil {
		return err
	}
	if err := b.opening(cookie, filepath.Join(data, "secret-key")); err != nil {
		return err
	}
	return b.companyCart(id, filepath.Join(data, "secret-key"))
}

// signIns returns the cookies of somebody who has signed in, and who they are.
func (b *bench) signIns() (cookie string, id customer.ID, err error) {
	c, err := dial(b.shop)
	if err != nil {
		return "", "", err
	}
	from := func(n int) string { return fmt.Sprintf("%sX-Forwarded-For: 10.4.0.%d\r\n", jsonType, n+1) }
	for n := range signers {
		a, err := c.do("POST", "/api/v1/account", from(n), fmt.Sprintf(`{"email":"signer%d@example.com","password":"lorry-anvil-7","name":"x","consents":["over14","terms","privacy"]}`, n), true)
		if err != nil || a.status != 202 {
			return "", "", fmt.Errorf("joining: %d %s %v", a.status, a.body, err)
		}
	}
	var links []string
	for until := time.Now().Add(time.Minute); len(links) < signers; time.Sleep(100 * time.Millisecond) {
		a, err := c.do("GET", "/demo/mail", "", "", true)
		if err != nil || time.Now().After(until) {
			return "", "", fmt.Errorf("%d mails: %v", len(links), err)
		}
		links = regexp.MustCompile(`/account/confirm/[\w-]+`).FindAllString(string(a.body), -1)
	}
	for _, l := range links {
		if a, err := c.do("POST", l, "Content-Type: application/x-www-form-urlencoded\r\n", "x=y", false); err != nil || a.status != 200 {
			return "", "", fmt.Errorf("confirming: %d %v", a.status, err)
		}
	}
	var all []time.Duration
	was := cpu(b.pids[0])
	for range each {
		for n := range signers {
			begin := time.Now()
			a, err := c.do("POST", "/api/v1/session", from(n), fmt.Sprintf(`{"email":"signer%d@example.com","password":"lorry-anvil-7"}`, n), true)
			if err != nil || a.status != 204 {
				return "", "", fmt.Errorf("signing in: %d %s %v", a.status, a.body, err)
			}
			all = append(all, time.Since(begin))
		}
	}
	spent := (cpu(b.pids[0]) - was) / time.Duration(len(all))
	slices.Sort(all)
	passwords, hashed := customer.NewPasswords(), []time.Duration{}
	for range 50 {
		begin := time.Now()
		if _, err := passwords.Hash(context.Background(), "lorry-anvil-7"); err != nil {
			return "", "", err
		}
		hashed = append(hashed, time.Since(begin))
	}
	slices.Sort(hashed)
	fmt.Printf("\nsigning in: p50 %s, server CPU %s; argon2id alone p50 %s (%.0f %% of p50)\n", short(all[len(all)/2]), short(spent), short(hashed[25]), 100*float64(hashed[25])/float64(all[len(all)/2]))
	return b.somebody(c)
}

// somebody signs in once more, by the cookie that says so.
func (b *bench) somebody(c *conn) (string, customer.ID, error) {
	if _, err := fmt.Fprintf(c.net, "POST /api/v1/session HTTP/1.1\r\nHost: %s\r\n%sContent-Length: 60\r\n\r\n%s", c.host, jsonType, `{"email":"signer0@example.com","password":"lorry-anvil-7"}  `); err != nil {
		return "", "", err
	}
	cookies := ""
	for {
		line, err := c.in.ReadString('\n')
		if err != nil {
			return "", "", err
		}
		if line == "\r\n" {
			break
		}
		if value, ok := strings.CutPrefix(line, "Set-Cookie: "); ok {
			one, _, _ := strings.Cut(value, ";")
			cookies += one + "; "
		}
	}
	a, err := c.do("GET", "/api/v1/account", "Cookie: "+cookies+"\r\n", "", true)
	var who struct{ ID customer.ID }
	if err == nil {
		err = json.Unmarshal(a.body, &who)
	}
	if err != nil || who.ID == "" {
		return "", "", fmt.Errorf("who: %d %s %v", a.status, a.body, err)
	}
	return cookies, who.ID, nil
}

// opening compares the pages of orders with what opening the sealed rows on them costs.
func (b *bench) opening(cookie, keyFile string) error {
	c, err := dial(b.shop)
	if err != nil {
		return err
	}
	own := "Cookie: " + cookie + "\r\n"
	for n := range 20 {
		a, err := c.do("POST", "/api/v1/cart/lines", own+jsonType, fmt.Sprintf(`{"sku":%q,"quantity":1}`, b.skus[n]), true)
		if err == nil && a.status == 200 {
			a, err = c.do("POST", "/api/v1/orders", own+jsonType+fmt.Sprintf("Idempotency-Key: %d\r\n", n), buyer, true)
		}
		if err != nil || a.status != 201 {
			return fmt.Errorf("order: %d %s %v", a.status, a.body, err)
		}
	}
	f, err := measure(1, b.took, b.pids, nothing, func(int, int) error {
		a, err := c.do("GET", "/account/orders", own, "", false)
		if err == nil && a.status != 200 {
			err = fmt.Errorf("status %d", a.status)
		}
		return err
	})
	if err != nil {
		return err
	}
	b.row("order list, 20 orders", f)
	vault, err := vaultOf(keyFile)
	if err != nil {
		return err
	}
	box, err := vault.New()
	if err != nil {
		return err
	}
	text := box.Seal("bench", []byte(buyer))
	begin := time.Now()
	const rows = 5000
	for range rows {
		opened, err := vault.Open(box.Wrapped)
		if err != nil {
			return err
		}
		if _, err := opened.Open("bench", text); err != nil {
			return err
		}
	}
	one := time.Since(begin) / rows
	fmt.Printf("opening one sealed row: %v; the list opens none, and 20 of them would be\n", one)
	b.mark("20 sealed rows, % of the order list's CPU", 100*float64(20*one)/float64(f.cpu), 10, false)
	return nil
}

func vaultOf(file string) (*seal.Vault, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	key, err := seal.ParseKey(strings.TrimSpace(string(text)))
	if err != nil {
		return nil, err
	}
	return seal.NewVault(key)
}

// companyCart asks what 200 SKUs cost a customer, and once more when they buy for a company whose list has all of them.
func (b *bench) companyCart(who customer.ID, keyFile string) error {
	vault, err := vaultOf(keyFile)
	if err != nil {
		return err
	}
	statements := 0
	db, err := store.Open(store.Options{Address: b.address, Vault: vault, Observe: func(string, string, time.Duration) { statements++ }})
	if err != nil {
		return err
	}
	defer db.Close()
	var skus []string
	for id := int64(1); len(skus) < 200; id++ {
		p, err := db.Catalog().Product(ctx, id)
		if err != nil {
			return err
		}
		for _, v := range p.Variants {
			skus = append(skus, v.SKU)
		}
	}
	skus = skus[:200]
	ask := func() (float64, error) {
		statements = 0
		n := 0
		err := b.times("accounts: prices of 200 lines", func() error {
			n++
			got, err := db.Catalog().Offers(ctx, string(who), skus)
			if err == nil && len(got) != len(skus) {
				err = fmt.Errorf("%d of %d", len(got), len(skus))
			}
			return err
		})
		return float64(statements) / float64(n), err
	}
	if _, err := ask(); err != nil {
		return err
	}
	private := b.kept["accounts: prices of 200 lines"].p50
	list := company.PriceList{Name: "bench", Percent: 10}
	for _, sku := range skus {
		for _, from := range []int{1, 10} {
			list.Entries = append(list.Entries, company.Entry{SKU: sku, Tier: catalog.Tier{From: from, Price: 1000}})
		}
	}
	companies := db.Companies(vault)
	if err := companies.PutPriceList(ctx, list); err != nil {
		return err
	}
	id, err := companies.Apply(ctx, who, company.Application{Registration: "2208162517", Name: "x", Representative: "x", Mail: "x@example.com"}, company.Trading)
	if err == nil {
		err = companies.Decide(ctx, id, company.Approved, "")
	}
	if err == nil {
		err = companies.SetTerms(ctx, id, company.Terms{PriceList: "bench"})
	}
	if err != nil {
		return err
	}
	needed, err := ask()
	if err != nil {
		return err
	}
	deals := b.kept["accounts: prices of 200 lines"].p50
	fmt.Printf("prices of 200 lines: private %s, a company's with 400 entries %s (%.2f times)\n", fine(private), fine(deals), float64(deals)/float64(private))
	b.mark("statements for the prices of a company's 200 lines", needed, 1, false)
	return nil
}
