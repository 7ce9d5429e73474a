package db

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/gofrs/flock"
)

// fileLock says who may migrate or serve an SQLite file. The operating system
// drops it when the process ends, however it ends. A nil *fileLock is none.
type fileLock struct{ *flock.Flock }

// Hold takes the right to be the one process that serves or migrates this
// database, and keeps it until Close. A second process waits up to patience
// and is then refused. PostgreSQL needs no such right: any number of
// instances may serve it.
func (d *DB) Hold(ctx context.Context, patience time.Duration) error {
	if d.dialect.name != "sqlite" || d.lock != nil {
		return nil
	}
	lock := &fileLock{flock.New(d.address + ".lock")}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	_, err := lock.TryLockContext(ctx, 50*time.Millisecond)
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("another sir process is using %s: stop it first, or use another file with --db", d.address)
	}
	if err != nil {
		return fmt.Errorf("lock %s: %w", d.address, err)
	}
	d.lock = lock
	return nil
}

func (l *fileLock) release() error {
	if l == nil {
		return nil
	}
	return l.Unlock()
}
