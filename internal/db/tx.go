package db

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"time"
)

// A transaction that collides with another one is tried again, but no more
// often than maxAttempts, and not once patience has passed: SQLite alone waits
// ten seconds for a busy file before it says so.
const (
	maxAttempts = 10
	patience    = 10 * time.Second
)

type txKey struct{ db *DB }

// txFrom answers the transaction on d that ctx carries, or nil.
func txFrom(ctx context.Context, d *DB) *sql.Tx {
	tx, _ := ctx.Value(txKey{d}).(*sql.Tx)
	return tx
}

// InTx runs fn in a transaction and commits when fn returns nil. Inside
// another InTx on the same database it joins that transaction, which then
// commits or rolls back as a whole.
//
// fn must use the context it is given, and may run more than once: when the
// database reports a serialization failure, a deadlock or a busy file, the
// transaction is rolled back and tried again after a short random wait, a
// bounded number of times.
func (d *DB) InTx(ctx context.Context, fn func(ctx context.Context) error) error {
	if txFrom(ctx, d) != nil {
		return fn(ctx)
	}
	started := time.Now()
	for attempt := 1; ; attempt++ {
		err := d.attempt(ctx, fn)
		if err == nil || !d.dialect.retryable(err) {
			return err
		}
		if attempt == maxAttempts || time.Since(started) > patience {
			return fmt.Errorf("the database was busy each of %d times: %w", attempt, err)
		}
		if err := pause(ctx, attempt); err != nil {
			return err
		}
	}
}

func (d *DB) attempt(ctx context.Context, fn func(ctx context.Context) error) (err error) {
	tx, err := d.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin transaction: %w", err)
	}
	// Also undoes the work when fn panics; after a commit it does nothing.
	defer func() { _ = tx.Rollback() }()
	if err := fn(context.WithValue(ctx, txKey{d}, tx)); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit transaction: %w", err)
	}
	return nil
}

// pause waits 1 to 2 ms, doubled with each attempt up to about a quarter of a
// second, or until ctx ends.
func pause(ctx context.Context, attempt int) error {
	base := time.Millisecond << min(attempt-1, 7)
	timer := time.NewTimer(base + rand.N(base))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Snapshot runs fn in a read-only transaction in which every query sees the
// database as at one moment, while others go on writing.
func (d *DB) Snapshot(ctx context.Context, fn func(ctx context.Context) error) error {
	if txFrom(ctx, d) != nil {
		return fn(ctx)
	}
	tx, err := d.read.BeginTx(ctx, d.dialect.snapshot)
	if err != nil {
		return fmt.Errorf("begin snapshot: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	return fn(context.WithValue(ctx, txKey{d}, tx))
}
