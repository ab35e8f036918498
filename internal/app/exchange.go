package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"myclothes/internal/catalog/exchange"
	"myclothes/internal/config"
	"myclothes/internal/media"
	"myclothes/internal/store"
)

// Import brings a catalogue file in, with its pictures from a folder; "" for none. What it says goes to out, faults of the file too.
func Import(ctx context.Context, s *config.Settings, file, pictures string, out io.Writer) error {
	m, folder, closeAll, err := exchangeable(ctx, s)
	if err != nil {
		return err
	}
	defer closeAll()
	in := &media.Incoming{To: folder}
	if pictures != "" {
		if in.From, err = os.OpenRoot(pictures); err != nil {
			return err
		}
		defer in.From.Close()
	}
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	line := &progress{out: out}
	i := exchange.Import{Shop: m, Pictures: in, JSON: isJSON(file), Now: time.Now, Progress: line.report}
	done, err := i.Run(ctx, f)
	line.end()
	var refused *exchange.Refused
	if errors.As(err, &refused) {
		for _, f := range refused.Faults {
			fmt.Fprintf(out, "%s: %s\n", filepath.Base(file), f)
		}
		if refused.More > 0 {
			fmt.Fprintf(out, "… and %d more\n", refused.More)
		}
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s (%s): %d rows; products: %d new, %d changed, %d as they were; brands: %d written, %d as they were; categories: %d written, %d as they were; %.1f s, %.0f rows/s\n",
		filepath.Base(file), done.Encoding, done.Rows, done.New, done.Changed, done.Same, done.Brands, done.SameBrands, done.Categories, done.SameCategories, done.Took.Seconds(), float64(done.Rows)/done.Took.Seconds())
	if done.New > 0 {
		return m.Analyze(ctx)
	}
	return nil
}

// Export writes the catalogue to a file, JSON if its name ends so and CSV otherwise; to out if file is "" or "-". What is products, categories or brands.
func Export(ctx context.Context, s *config.Settings, file, what string, out, say io.Writer) (err error) {
	m, _, closeAll, err := exchangeable(ctx, s)
	if err != nil {
		return err
	}
	defer closeAll()
	if file != "" && file != "-" {
		f, err := os.CreateTemp(filepath.Dir(file), ".export-*")
		if err != nil {
			return err
		}
		defer os.Remove(f.Name())
		if err := export(ctx, m, isJSON(file), what, f, say); err != nil {
			f.Close()
			return err
		}
		if err := errors.Join(f.Chmod(0o644), f.Close()); err != nil {
			return err
		}
		return os.Rename(f.Name(), file)
	}
	return export(ctx, m, false, what, out, io.Discard)
}

func export(ctx context.Context, m *store.Merchant, asJSON bool, what string, out, say io.Writer) error {
	line := &progress{out: say}
	defer line.end()
	e := exchange.Export{Shop: m, Progress: line.report}
	if asJSON {
		return e.JSON(ctx, out)
	}
	return e.CSV(ctx, out, what)
}

func isJSON(file string) bool { return strings.EqualFold(filepath.Ext(file), ".json") }

// exchangeable opens what files are exchanged with: the catalogue and the pictures.
func exchangeable(ctx context.Context, s *config.Settings) (*store.Merchant, *media.Folder, func(), error) {
	logTo(s, true)
	s.Complete()
	db, err := store.Open(store.Options{Address: s.Database})
	if err != nil {
		return nil, nil, nil, err
	}
	if err := db.CheckSchema(ctx); err != nil {
		return nil, nil, nil, errors.Join(err, db.Close())
	}
	folder, err := media.Open(strings.TrimPrefix(s.Media, "file:"))
	if err != nil {
		return nil, nil, nil, errors.Join(err, db.Close())
	}
	return db.Merchant(), folder, func() { folder.Close(); db.Close() }, nil
}

// progress is a line that shows how far long work is, written anew a few times a second.
type progress struct {
	out  io.Writer
	next time.Time
	said bool
}

func (p *progress) report(step string, rows int) {
	if now := time.Now(); now.After(p.next) {
		p.next, p.said = now.Add(200*time.Millisecond), true
		fmt.Fprintf(p.out, "\r%s: %d rows ", step, rows)
	}
}

func (p *progress) end() {
	if p.said {
		fmt.Fprint(p.out, "\r                              \r")
	}
}
