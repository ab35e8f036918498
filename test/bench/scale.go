package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"myclothes/internal/catalog"
	"myclothes/internal/demo"
	"myclothes/internal/search"
)

// queries are what is asked of an index: with all facets, as pages ask it.
var queries = []struct {
	name string
	catalog.Query
}{
	{"one word", catalog.Query{Text: "셔츠"}},
	{"two words", catalog.Query{Text: "블랙 코트"}},
	{"first consonants", catalog.Query{Text: "ㅅㅊ"}},
	{"typing error", catalog.Query{Text: "셧츠"}},
	{"category", catalog.Query{Category: "clothing"}},
	{"category, colour, size, in stock", catalog.Query{Category: "clothing", Colors: []string{"black"}, Sizes: []string{"M"}, InStock: true}},
	{"price range, cheapest first", catalog.Query{MinPrice: 30_001, MaxPrice: 100_000, Sort: catalog.PriceUp}},
}

// index measures the index of the demo's catalogue of n products, in this process.
func (r *report) index(n int) error {
	before := inUse()
	x := search.New(catalog.NewTree(demo.Categories()))
	begin := time.Now()
	batch := make([]catalog.Entry, 0, 1000)
	for item := range demo.Items(n) {
		if batch = append(batch, entryOf(item.Product)); len(batch) == cap(batch) {
			x.Put(batch...)
			batch = batch[:0]
		}
	}
	x.Put(batch...)
	built, count := time.Since(begin), x.Len()
	fmt.Printf("\nindex of %d products: made and filled in %v, %.0f bytes per product\n", count, built.Round(10*time.Millisecond), float64(inUse()-before)/float64(count))
	for _, q := range queries {
		if err := r.times(fmt.Sprintf("%d: find, %s", count, q.name), func() error { x.Forget(); _, err := x.Find(q.Query); return err }); err != nil {
			return err
		}
	}
	typed := []string{"셔", "코ㅌ", "니트", "damg", "블랙", "ㅅ", "원피스", "스니"}
	i := 0
	err := r.times(fmt.Sprintf("%d: suggest", count), func() error { i++; x.Suggest(typed[i%len(typed)], 8); return nil })
	if err != nil {
		return err
	}
	byID := make(map[int64]*catalog.Entry, count)
	for id := range int64(count) {
		byID[id] = &catalog.Entry{ID: id}
	}
	err = r.times(fmt.Sprintf("%d: a plain map look-up of 24", count), func() error {
		for id := range int64(24) {
			if byID[id*int64(count)/24] == nil {
				return fmt.Errorf("nothing at %d", id)
			}
		}
		return nil
	})
	runtime.KeepAlive(x)
	return err
}

func entryOf(p catalog.Product) catalog.Entry {
	card := p.Card()
	e := catalog.Entry{ID: p.ID, Slug: p.Slug, Brand: p.Brand, Category: p.Category, Name: p.Name, Fabric: p.Fabric, Price: card.Price, ListPrice: card.ListPrice, Popularity: p.Weight, CreatedAt: p.CreatedAt}
	for _, v := range p.Variants {
		e.Variants = append(e.Variants, catalog.EntryVariant{Color: v.Color, Size: v.Size.Label, InStock: !v.SoldOut()})
	}
	return e
}

func inUse() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// times runs do again and again, by itself, and prints how long one takes.
func (r *report) times(name string, do func() error) error {
	var all []time.Duration
	for end := time.Now().Add(r.took / 4); time.Now().Before(end); {
		begin := time.Now()
		if err := do(); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, time.Since(begin))
	}
	slices.Sort(all)
	f := figures{rate: float64(len(all)) / (r.took / 4).Seconds(), p50: all[len(all)/2], p99: all[len(all)*99/100]}
	r.kept[name] = f
	fmt.Printf("%-52s %10s %10s\n", name, fine(f.p50), fine(f.p99))
	return nil
}

func fine(d time.Duration) string { return d.Round(time.Microsecond / 10).String() }

// sized measures pages of a shop with n products, first with none of them kept and then as they are.
func (r *report) sized(n int, binary, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	categories := []string{"clothing", "shoes", "tops", "outerwear", "accessories", "bags"} // their first pages are full at every size
	last := demo.Count(n)
	return errors.Join(
		r.sizedShop(n, binary, dir, "off", func(b *bench) error {
			return errors.Join(
				b.follow("product page, not kept", func(i int) string { return "/products/" + strconv.Itoa(1+i*7919%last) }),
				b.follow("category page, not kept", func(i int) string { return "/c/" + categories[i%len(categories)] }))
		}),
		r.sizedShop(n, binary, dir, "memory", func(b *bench) error {
			m := newMix(1, last)
			var mu sync.Mutex
			return b.follow(browsing, func(int) string { mu.Lock(); defer mu.Unlock(); return m.next() })
		}))
}

// browsing names the row of TPC-W's browsing mix.
const browsing = "browsing mix, kept in memory"

// sizedShop runs a shop with n products on one database.
func (r *report) sizedShop(n int, binary, dir, cache string, do func(*bench) error) error {
	b := &bench{report: r, name: fmt.Sprintf("%d products", demo.Count(n)), shop: host(), sim: host()}
	begin := time.Now()
	shop, err := start(serverCore, filepath.Join(dir, "shop.log"), nil, binary, "demo", "--listen="+b.shop, "--ops-listen="+host(), "--simulator-listen="+b.sim, "--base-url=http://"+b.shop,
		"--data="+dir, "--log-level=error", "--cache="+cache, "--demo-products="+strconv.Itoa(n))
	if err != nil {
		return err
	}
	defer shop.stop()
	if _, err := shop.await("http://"+b.shop+"/healthz", time.Hour); err != nil {
		return err
	}
	fmt.Printf("\n%s, cache %s: open after %v, %d MB resident\n", b.name, cache, time.Since(begin).Round(time.Second), resident(shop.pid())>>20)
	b.pids = []int{shop.pid()}
	rest(shop.pid())
	return do(b)
}

// rest waits until a process that was busy has given back what it no longer needs, so that none of that is counted as the pages'.
func rest(pid int) {
	for before := cpu(pid); ; {
		time.Sleep(2 * time.Second)
		after := cpu(pid)
		if after-before < 100*time.Millisecond {
			return
		}
		before = after
	}
}

// follow is pages for addresses that may lead on to the page's own.
func (b *bench) follow(name string, path func(n int) string) error {
	conns, err := dialAll(b.shop, readers)
	if err != nil {
		return err
	}
	f, err := measure(readers, b.took, b.pids, nothing, func(client, n int) error {
		a, err := conns[client].do("GET", path(client*1_000_003+n), "", "", false)
		if err == nil && a.status == 301 {
			a, err = conns[client].do("GET", a.location, "", "", false)
		}
		if err == nil && a.status != 200 {
			err = fmt.Errorf("%s: status %d", path(client*1_000_003+n), a.status)
		}
		return err
	})
	if err == nil {
		b.row(b.name+": "+name, f)
	}
	return err
}

// brought measures how a file of that many rows comes in, and again when nothing in it is new.
func (r *report) brought(rows int, binary, dir string) error {
	file := filepath.Join(dir, "goods.csv")
	if err := goods(file, rows); err != nil {
		return err
	}
	data := filepath.Join(dir, "imported")
	run := func(args ...string) (string, int64, error) {
		cmd := exec.Command("taskset", append([]string{"-c", serverCore, binary}, append(args, "--data="+data)...)...)
		var out bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &out
		if err := cmd.Run(); err != nil {
			return "", 0, fmt.Errorf("%s: %w: %s", args[0], err, out.String())
		}
		usage, _ := cmd.ProcessState.SysUsage().(*syscall.Rusage)
		said := out.String()
		return strings.TrimSpace(said[strings.LastIndex(said, "\r")+1:]), usage.Maxrss >> 10, nil
	}
	if _, _, err := run("migrate"); err != nil {
		return err
	}
	for _, shelf := range []string{"categories", "brands"} {
		name, err := shelves(dir, shelf)
		if err != nil {
			return err
		}
		if _, _, err := run("import", name); err != nil {
			return err
		}
	}
	fmt.Println()
	for _, which := range []string{"new", "again"} {
		said, peak, err := run("import", file)
		if err != nil {
			return err
		}
		fmt.Printf("import, %s: %s; peak memory %d MB\n", which, said, peak)
	}
	return nil
}

// goods writes a product file of at least that many rows, without pictures.
func goods(name string, rows int) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	w := csv.NewWriter(f)
	head := []string{"product", "status", "category", "brand", "name_ko", "name_en", "description_ko", "description_en", "fabric_ko", "sku", "color", "color_ko", "color_hex", "size", "price", "list_price", "stock"}
	for _, fact := range catalog.Facts {
		head = append(head, "fact_"+string(fact)+"_ko")
	}
	if err := w.Write(head); err != nil {
		return err
	}
	written := 0
	for item := range demo.Items(demo.Most) {
		p := item.Product
		for _, v := range p.Variants {
			record := []string{strconv.FormatInt(p.ID, 10), "on_sale", p.Category, p.Brand.Slug, p.Name.KO, p.Name.EN, p.Description.KO, p.Description.EN, p.Fabric.KO,
				v.SKU, v.Color.Code, v.Color.Name.KO, v.Color.Hex, v.Size.Label, strconv.FormatInt(int64(v.Price), 10), strconv.FormatInt(int64(v.ListPrice), 10), strconv.Itoa(v.Available)}
			for _, fact := range catalog.Facts {
				record = append(record, p.Facts[fact].KO)
			}
			if err := w.Write(record); err != nil {
				return err
			}
			written++
		}
		if written >= rows {
			break
		}
	}
	w.Flush()
	return w.Error()
}

// shelves writes the demo's categories or brands as a file.
func shelves(dir, which string) (string, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	switch which {
	case "categories":
		w.Write([]string{"category", "parent", "name_ko", "name_en", "notice", "plan", "sizes"})
		for _, c := range demo.Categories() {
			w.Write([]string{c.Slug, c.Parent, c.Name.KO, c.Name.EN, string(c.Notice), string(c.Plan), c.Sizes})
		}
	default:
		w.Write([]string{"brand", "name_ko", "name_en", "story_ko", "story_en"})
		for _, x := range demo.Brands() {
			w.Write([]string{x.Slug, x.Name.KO, x.Name.EN, x.Story.KO, x.Story.EN})
		}
	}
	w.Flush()
	name := filepath.Join(dir, which+".csv")
	return name, os.WriteFile(name, b.Bytes(), 0o644)
}

// scale measures what grows with the catalogue.
func (r *report) scale(ctx context.Context, sizes []int, rows int, binary, dir string) error {
	// First, while this process is small: the kernel counts a child's memory from its parent's on.
	if err := r.brought(rows, binary, dir); err != nil {
		return err
	}
	for _, n := range sizes {
		if err := r.sized(n, binary, filepath.Join(dir, "sized", strconv.Itoa(n))); err != nil {
			return err
		}
		if r.keep {
			continue
		}
		if err := os.RemoveAll(filepath.Join(dir, "sized", strconv.Itoa(n))); err != nil {
			return err
		}
	}
	for _, n := range sizes {
		if err := r.index(n); err != nil {
			return err
		}
	}
	r.growth(sizes)
	return ctx.Err()
}

// growth compares the largest catalogue with the smallest.
func (r *report) growth(sizes []int) {
	small, large := demo.Count(sizes[0]), demo.Count(sizes[len(sizes)-1])
	fmt.Println()
	for page, most := range map[string]float64{"product page, not kept": 1.5, "category page, not kept": 1.5, browsing: 1.3} {
		grew := float64(r.kept[fmt.Sprintf("%d products: %s", large, page)].cpu) / float64(r.kept[fmt.Sprintf("%d products: %s", small, page)].cpu)
		r.mark(fmt.Sprintf("%s, %d beside %d", page, large, small), grew, most, false)
	}
	for _, q := range queries {
		for _, n := range sizes {
			if c := demo.Count(n); c <= 100_000 {
				r.mark(fmt.Sprintf("%d: find, %s, ms", c, q.name), float64(r.kept[fmt.Sprintf("%d: find, %s", c, q.name)].p50)/1e6, 1, false)
			}
		}
	}
}
