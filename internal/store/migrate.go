package store

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

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
	files, err := fs.Sub(migrations, "migrations")
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
