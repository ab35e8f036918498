// Command bench measures the shop beside the limits of the machine it runs on, in one run: a bare net/http server that writes the same
// bytes, and PostgreSQL's own pgbench. Figures of different runs must not be compared; the ratios of one run may.
//
// The servers share one core and the load the other, as far as there are two. The payment simulator stands on the load's side: in
// production it is somebody else's machine.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"myclothes/internal/testenv"
)

func main() {
	if addr := os.Getenv("BENCH_BARE"); addr != "" {
		serveBare(addr)
		return
	}
	took := flag.Duration("d", 4*time.Second, "length of each measurement")
	sizes := flag.String("sizes", "0,100000", "sizes of catalogue, the smallest first; 0 is the demo's own")
	rows := flag.Int("rows", 100_000, "rows of the file that is imported")
	scale := flag.Bool("scale", false, "only what grows with the catalogue")
	data := flag.String("data", "", "folder in which the shops stay, so that a large one is filled only once; empty: they go at the end")
	homes := flag.Bool("homes", false, "only the homes of carts")
	reads := flag.Bool("reads", false, "only replicas and caches, under the browsing mix")
	accounts := flag.Bool("accounts", false, "only accounts and companies")
	flag.Parse()
	if err := run(*took, *sizes, *rows, *data, *scale, *homes, *reads, *accounts); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(took time.Duration, sizes string, rows int, data string, scale, homes, reads, accounts bool) error {
	dir, err := os.MkdirTemp("", "myclothes-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := pin(os.Getpid(), loadCore); err != nil {
		return err
	}
	runtime.GOMAXPROCS(1)
	binary := filepath.Join(dir, "myclothes")
	if err := build(binary); err != nil {
		return err
	}
	var counts []int
	for _, s := range strings.Split(sizes, ",") {
		n, err := strconv.Atoi(s)
		if err != nil {
			return fmt.Errorf("-sizes: %w", err)
		}
		counts = append(counts, n)
	}
	r := &report{took: took}
	r.header()
	if reads {
		for _, n := range counts {
			if err := r.reads(n, binary, dir); err != nil {
				return err
			}
		}
		return nil
	}
	if accounts {
		return r.accounts(binary, dir)
	}
	if !scale && !homes {
		if err := r.shop(binary, dir); err != nil {
			return err
		}
	}
	if !scale {
		if err := r.homes(dir); err != nil {
			return err
		}
		r.homeMarks()
	}
	if homes {
		return nil
	}
	if !scale {
		if err := r.accounts(binary, dir); err != nil {
			return err
		}
	}
	if r.keep = data != ""; !r.keep {
		data = dir
	}
	return r.scale(context.Background(), counts, rows, binary, data)
}

// shop measures the shop on both engines beside the limits.
func (r *report) shop(binary, dir string) error {
	pg, err := testenv.StartPostgres("-c", "shared_buffers=256MB")
	if err != nil {
		return err
	}
	defer pg.Stop()
	if err := pinTree(pg.PID, serverCore); err != nil {
		return err
	}
	address, err := pg.NewDatabase()
	if err != nil {
		return err
	}
	for _, engine := range []struct {
		name, address string
		pg            int
	}{{"SQLite", "sqlite:" + filepath.Join(dir, "shop.db"), 0}, {"PostgreSQL", address, pg.PID}} {
		if err := r.engine(engine.name, engine.address, engine.pg, binary, filepath.Join(dir, engine.name)); err != nil {
			return fmt.Errorf("%s: %w", engine.name, err)
		}
	}
	if err := r.pgbench(pg, r.took); err != nil {
		return err
	}
	r.marks()
	return nil
}
