package db

import "context"

// MigrateTo brings an empty database up to a version, for tests of what the
// later steps make of data.
func (d *DB) MigrateTo(ctx context.Context, version int64) error {
	provider, err := d.provider()
	if err != nil {
		return err
	}
	_, err = provider.UpTo(ctx, version)
	return err
}
