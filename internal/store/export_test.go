package store

import "context"

// TryToWriteWithAReader writes through the reading side; it must be refused.
func (db *DB) TryToWriteWithAReader(ctx context.Context) error {
	_, err := db.read.ExecContext(ctx, `UPDATE product SET slug = 'x'`)
	return err
}
