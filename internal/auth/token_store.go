package auth

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"sir/internal/db"
	"sir/internal/fault"
)

const tokenColumns = `id, account_id, name, made_at, expires_at, revoked_at, last_used_on`

func (s *Service) scanToken(row db.Scanner) (Token, error) {
	var t Token
	err := row.Scan(&t.ID, &t.AccountID, &t.Name, (*db.Time)(&t.MadeAt), (*db.Time)(&t.ExpiresAt),
		(*db.Time)(&t.RevokedAt), (*db.Text)(&t.LastUsedOn))
	t.Expired = !s.desk.Now().Before(t.ExpiresAt)
	return t, err
}

// tokenBy reads one token. condition is one of ours.
func (s *Service) tokenBy(ctx context.Context, condition, value string) (Token, error) {
	t, err := s.scanToken(s.desk.DB.Row(ctx, `SELECT `+tokenColumns+` FROM api_token WHERE `+condition, value))
	if errors.Is(err, sql.ErrNoRows) {
		return Token{}, fault.NotFound("There is no such key.")
	}
	if err != nil {
		return Token{}, fmt.Errorf("read key: %w", err)
	}
	return t, nil
}

// notFoundAs answers another error, or none, in the place of ErrNotFound.
func notFoundAs(err, instead error) error {
	if errors.Is(err, fault.ErrNotFound) {
		return instead
	}
	return err
}

func (s *Service) tokensOf(ctx context.Context, accountID string) ([]Token, error) {
	list, err := db.List(ctx, s.desk.DB, s.scanToken, `SELECT `+tokenColumns+` FROM api_token WHERE account_id = $1 ORDER BY made_at DESC, id DESC`, accountID)
	if err != nil {
		return nil, fmt.Errorf("list keys: %w", err)
	}
	return list, nil
}

func (s *Service) insertToken(ctx context.Context, t Token, hash string) error {
	_, err := s.desk.DB.Exec(ctx, `
		INSERT INTO api_token (id, account_id, name, token_hash, made_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)`,
		t.ID, t.AccountID, t.Name, hash, db.At(t.MadeAt), db.At(t.ExpiresAt))
	if err != nil {
		return fmt.Errorf("insert key: %w", err)
	}
	return nil
}

// lockAccount makes whoever adds to an account wait for the one before. On
// SQLite there is one writer anyway.
func (s *Service) lockAccount(ctx context.Context, id string) error {
	if err := s.desk.DB.ExecOne(ctx, `UPDATE account SET version = version WHERE id = $1`, id); err != nil {
		return fmt.Errorf("lock the account: %w", err)
	}
	return nil
}

func (s *Service) revokeToken(ctx context.Context, id string, now time.Time) error {
	err := s.desk.DB.ExecOne(ctx, `UPDATE api_token SET revoked_at = coalesce(revoked_at, $1) WHERE id = $2`, db.At(now), id)
	if err != nil {
		return fmt.Errorf("revoke key: %w", err)
	}
	return nil
}

// usedOn notes the day of use, and tells whether it is the first use on it.
func (s *Service) usedOn(ctx context.Context, id, day string) (first bool, err error) {
	result, err := s.desk.DB.Exec(ctx, `
		UPDATE api_token SET last_used_on = $1 WHERE id = $2 AND (last_used_on IS NULL OR last_used_on <> $1)`, day, id)
	if err != nil {
		return false, fmt.Errorf("note the use of a key: %w", err)
	}
	changed, err := result.RowsAffected()
	return changed > 0, err
}
