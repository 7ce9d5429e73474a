package auth

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"sir/internal/db"
)

// SessionStore keeps sessions in the database for scs, on both engines. The
// token itself is not kept, only its hash: who reads the database cannot take
// over a session.
type SessionStore struct {
	DB  *db.DB
	Now func() time.Time
}

// sameSession is how much later an expiry must be before it is worth a write:
// without it every page view would write to the database.
const sameSession = time.Minute

func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// FindCtx implements scs.CtxStore.
func (s SessionStore) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	var data []byte
	err := s.DB.Row(ctx, `SELECT data FROM session WHERE token_hash = $1 AND expires_at > $2`,
		tokenHash(token), db.At(s.Now())).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("read session: %w", err)
	}
	return data, true, nil
}

// CommitCtx implements scs.CtxStore.
func (s SessionStore) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	_, err := s.DB.Exec(ctx, `
		INSERT INTO session (token_hash, data, expires_at) VALUES ($1, $2, $3)
		ON CONFLICT (token_hash) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at
		WHERE session.data <> excluded.data OR session.expires_at < excluded.expires_at - $4`,
		tokenHash(token), data, db.At(expiry.UTC()), sameSession.Microseconds())
	if err != nil {
		return fmt.Errorf("keep session: %w", err)
	}
	return nil
}

// DeleteCtx implements scs.CtxStore. It clears expired sessions on the way,
// which spares a clean-up job.
func (s SessionStore) DeleteCtx(ctx context.Context, token string) error {
	_, err := s.DB.Exec(ctx, `DELETE FROM session WHERE token_hash = $1 OR expires_at <= $2`, tokenHash(token), db.At(s.Now()))
	if err != nil {
		return fmt.Errorf("end session: %w", err)
	}
	return nil
}

// Find, Commit and Delete complete scs.Store, which scs.CtxStore includes; scs
// calls the three above instead.

// Find implements scs.Store.
func (s SessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit implements scs.Store.
func (s SessionStore) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete implements scs.Store.
func (s SessionStore) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
