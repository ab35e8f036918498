package store

import (
	"context"
	"fmt"
	"strings"
)

// TryToWriteWithAReader writes through the reading side; it must be refused.
func (db *DB) TryToWriteWithAReader(ctx context.Context) error {
	_, err := db.read.ExecContext(ctx, `UPDATE product SET slug = 'x'`)
	return err
}

// Columns lists every column as "table.column type nullable", apart from the migrations' own table.
func (db *DB) Columns(ctx context.Context) ([]string, error) {
	text := `SELECT m.name || '.' || c.name || ' ' || lower(c.type) || CASE WHEN c."notnull" = 1 OR c.pk > 0 THEN '' ELSE ' null' END
	           FROM sqlite_master m JOIN pragma_table_info(m.name) c
	          WHERE m.type = 'table' AND m.name NOT LIKE 'goose%' AND m.name NOT LIKE 'sqlite%' ORDER BY 1`
	if db.dialect.name == "postgres" {
		text = `SELECT table_name || '.' || column_name || ' ' || data_type || CASE is_nullable WHEN 'NO' THEN '' ELSE ' null' END
		          FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE 'goose%' ORDER BY 1`
	}
	var out []string
	err := db.reader().each(ctx, now, "columns", text, nil, func(s scanner) error {
		var c string
		err := s.Scan(&c)
		out = append(out, c)
		return err
	})
	return out, err
}

// Engine names the database.
func (db *DB) Engine() string { return db.dialect.name }

// EverythingOfCustomers is Everything of the tables about customers and of the outbox.
func (db *DB) EverythingOfCustomers(ctx context.Context) (string, error) {
	return db.Everything(ctx, "customer", "application", "sign_in", "consent", "address", "rate", "wish", "passkey", "identity", "challenge", "outbox")
}

// Everything returns all that stands in those tables.
func (db *DB) Everything(ctx context.Context, tables ...string) (string, error) {
	var all strings.Builder
	for _, table := range tables {
		rows, err := db.write.QueryContext(ctx, "SELECT * FROM "+table)
		if err != nil {
			return "", err
		}
		names, _ := rows.Columns()
		values, dest := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			dest[i] = &values[i]
		}
		for rows.Next() {
			if err := rows.Scan(dest...); err != nil {
				return "", err
			}
			fmt.Fprintf(&all, "%s\n", values)
		}
		if err := rows.Err(); err != nil {
			return "", err
		}
	}
	return all.String(), nil
}

// ParsePosition is parsePosition.
var ParsePosition = parsePosition

// Exec runs a statement as whoever has the database's password may.
func (db *DB) Exec(ctx context.Context, text string) error {
	_, err := db.write.ExecContext(ctx, text)
	return err
}

// Unguard takes away what refuses changes of the access log.
func (db *DB) Unguard(ctx context.Context) error {
	if db.dialect.name == "postgres" {
		return db.Exec(ctx, `DROP TRIGGER access_log_stays ON access_log`)
	}
	if err := db.Exec(ctx, `DROP TRIGGER access_log_stays`); err != nil {
		return err
	}
	return db.Exec(ctx, `DROP TRIGGER access_log_remains`)
}
