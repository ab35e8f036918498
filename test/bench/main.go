// Command bench measures the shop beside the limits of the machine it runs on, in one run: a bare net/http server that writes the same
// bytes, and PostgreSQL's own pgbench. Figures of different runs must not be compared; the ratios of one run may.
//
// The servers share one core and the load the other, as far as there are two. The payment simulator stands on the load's side: in
// production it is somebody else's machine.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"myclothes/internal/testenv"
)

func main() {
	if addr := os.Getenv("BENCH_BARE"); addr != "" {
		serveBare(addr)
		return
	}
	took := flag.Duration("d", 4*time.Second, "length of each measurement")
	flag.Parse()
	if err := run(*took); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(took time.Duration) error {
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
	r := &report{took: took}
	r.header()
	for _, engine := range []struct {
		name, address string
		pg            int
	}{{"SQLite", "sqlite:" + filepath.Join(dir, "shop.db"), 0}, {"PostgreSQL", address, pg.PID}} {
		if err := r.engine(engine.name, engine.address, engine.pg, binary, filepath.Join(dir, engine.name)); err != nil {
			return fmt.Errorf("%s: %w", engine.name, err)
		}
	}
	if err := r.pgbench(pg, took); err != nil {
		return err
	}
	r.marks()
	return nil
}
