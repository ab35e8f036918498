package store

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"testing/fstest"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// migrations are one text for both engines. What cannot be said in one is in a folder of the engine's own, under the same name, and stands where that text
// says "-- +engine".
//
//go:embed migrations/*.sql migrations/*/*.sql
var migrations embed.FS

const engineMark = "-- +engine\n"

// steps returns the migrations as that engine reads them.
func steps(engine string) (fs.FS, error) {
	out := fstest.MapFS{}
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		text, err := migrations.ReadFile(name)
		if err != nil {
			return nil, err
		}
		own, err := migrations.ReadFile("migrations/" + engine + "/" + path.Base(name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		out[path.Base(name)] = &fstest.MapFile{Data: bytes.Replace(text, []byte(engineMark), own, 1)}
	}
	return out, nil
}

// Migrate brings the schema to this version and returns how many steps that took. Any number of instances may call it at
// once: one works, the others wait. An interrupted step leaves nothing behind.
func (db *DB) Migrate(ctx context.Context) (int, error) {
	if err := db.checkCollation(ctx); err != nil {
		return 0, err
	}
	p, err := db.provider()
	if err != nil {
		return 0, err
	}
	done, err := p.Up(ctx)
	return len(done), db.fail("migrate", err)
}

// CheckSchema reports whether the schema is at least the one that this version needs. A newer one is fine: changes are additive.
func (db *DB) CheckSchema(ctx context.Context) error {
	p, err := db.provider()
	if err != nil {
		return err
	}
	has, err := p.GetDBVersion(ctx)
	if err != nil {
		return db.fail("schema version", err)
	}
	sources := p.ListSources()
	if want := sources[len(sources)-1].Version; has < want {
		return fmt.Errorf("the database's schema is at version %d and this program needs %d: run 'myclothes migrate' first", has, want)
	}
	return nil
}

func (db *DB) provider() (*goose.Provider, error) {
	files, err := steps(db.dialect.name)
	if err != nil {
		return nil, err
	}
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	engine := goose.DialectSQLite3
	if db.dialect.name == "postgres" {
		engine = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300)) // asks every second for five minutes
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	return goose.NewProvider(engine, db.write, files, options...)
}

// checkCollation refuses a PostgreSQL database that sorts text by a language's rules: lists would come in another order than
// on SQLite, and after an upgrade of the operating system in another than the indexes hold.
func (db *DB) checkCollation(ctx context.Context) error {
	if db.dialect.name != "postgres" {
		return nil
	}
	var collation string
	err := db.reader().one(ctx, now, "collation", `SELECT datcollate FROM pg_database WHERE datname = current_database()`, nil, &collation)
	if err != nil {
		return err
	}
	if collation != "C" && collation != "C.UTF-8" && collation != "C.utf8" && collation != "POSIX" {
		return errors.New("the database's collation is " + collation + ": create it with LOCALE 'C.UTF-8' ENCODING 'UTF8' TEMPLATE template0")
	}
	return nil
}
