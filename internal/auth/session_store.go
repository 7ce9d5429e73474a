package auth

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"sir/internal/db"
)

// Session expiry: after idleTimeout without a click, and after lifetime in any
// case.
const (
	idleTimeout = 30 * time.Minute
	lifetime    = 12 * time.Hour
)

// NewSessions makes the manager of the sessions in the database. secure is
// for a service that is reached over HTTPS. The database holds only a hash of
// each token: who reads it cannot take over a session.
func NewSessions(d *db.DB, now func() time.Time, secure bool) *scs.SessionManager {
	sessions := scs.New()
	sessions.Store = sessionStore{d, now}
	sessions.Codec = sessionCodec{}
	sessions.HashTokenInStore = true
	sessions.IdleTimeout = idleTimeout
	sessions.Lifetime = lifetime
	sessions.Cookie.Name = "sir_session"
	sessions.Cookie.HttpOnly = true
	sessions.Cookie.SameSite = http.SameSiteLaxMode
	if secure {
		sessions.Cookie.Name = "__Host-sir_session"
		sessions.Cookie.Secure = true
	}
	return sessions
}

// sessionStore keeps sessions for scs, with the same SQL on both engines.
type sessionStore struct {
	db  *db.DB
	now func() time.Time
}

// sameSession is how much later an expiry must be before it is worth a write:
// without it every page view would write to the database.
const sameSession = time.Minute

// ended stands for the content of a session that was ended. No codec writes it.
var ended = []byte{0}

// FindCtx implements scs.CtxStore.
func (s sessionStore) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	var data []byte
	err := s.db.Row(ctx, `SELECT data FROM session WHERE token_hash = $1 AND expires_at > $2 AND data <> $3`,
		token, db.At(s.now()), ended).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("read session: %w", err)
	}
	return data, true, nil
}

// CommitCtx implements scs.CtxStore. It leaves a session that was ended as it
// is: a request that was under way then keeps its session at its own end.
func (s sessionStore) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	_, err := s.db.Exec(ctx, `
		INSERT INTO session (token_hash, data, expires_at) VALUES ($1, $2, $3)
		ON CONFLICT (token_hash) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at
		WHERE session.data <> $5 AND (session.data <> excluded.data OR session.expires_at < excluded.expires_at - $4)`,
		token, data, db.At(expiry.UTC()), sameSession.Microseconds(), ended)
	if err != nil {
		return fmt.Errorf("keep session: %w", err)
	}
	return nil
}

// DeleteCtx implements scs.CtxStore. It empties the session and keeps its row
// for as long as a request that began before may still be under way. On the
// way it clears what has expired, which spares a clean-up job.
func (s sessionStore) DeleteCtx(ctx context.Context, token string) error {
	return s.db.InTx(ctx, func(ctx context.Context) error {
		_, err := s.db.Exec(ctx, `UPDATE session SET data = $1, expires_at = $2 WHERE token_hash = $3`,
			ended, db.At(s.now().Add(idleTimeout)), token)
		if err == nil {
			_, err = s.db.Exec(ctx, `DELETE FROM session WHERE expires_at <= $1`, db.At(s.now()))
		}
		if err != nil {
			return fmt.Errorf("end session: %w", err)
		}
		return nil
	})
}

// Find, Commit and Delete complete scs.Store, which scs.CtxStore includes; scs
// calls the three above instead.

// Find implements scs.Store.
func (s sessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit implements scs.Store.
func (s sessionStore) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete implements scs.Store.
func (s sessionStore) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
