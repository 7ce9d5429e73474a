package auth

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"sir/internal/db"
	"sir/internal/fault"
	"sir/internal/policy"
)

const accountColumns = `id, sign_in_name, name, password_hash, epoch, created_at, disabled_at`

func scanAccount(row db.Scanner) (Account, error) {
	var a Account
	err := row.Scan(&a.ID, &a.SignInName, &a.Name, &a.passwordHash, &a.Epoch,
		(*db.Time)(&a.CreatedAt), (*db.Time)(&a.DisabledAt))
	return a, err
}

// accountBy reads one account with its grants. condition is one of ours.
func (s *Service) accountBy(ctx context.Context, condition, value string) (Account, error) {
	a, err := scanAccount(s.desk.DB.Row(ctx, `SELECT `+accountColumns+` FROM account WHERE `+condition, value))
	if errors.Is(err, sql.ErrNoRows) {
		return Account{}, fault.NotFound("There is no such account.")
	}
	if err != nil {
		return Account{}, fmt.Errorf("read account: %w", err)
	}
	a.Grants, err = s.grants(ctx, a.ID)
	return a, err
}

func (s *Service) byID(ctx context.Context, id string) (Account, error) {
	return s.accountBy(ctx, `id = $1`, id)
}

func (s *Service) bySignInName(ctx context.Context, name string) (Account, error) {
	return s.accountBy(ctx, `sign_in_name = $1`, name)
}

func (s *Service) grants(ctx context.Context, accountID string) ([]policy.Grant, error) {
	return db.List(ctx, s.desk.DB, func(row db.Scanner) (policy.Grant, error) {
		var g policy.Grant
		err := row.Scan(&g.Role, (*db.Text)(&g.Member), (*db.Text)(&g.Programme), (*db.Text)(&g.Site), (*db.Text)(&g.Innovation))
		return g, err
	}, `SELECT role, member_id, programme_id, site_id, innovation_id FROM role_grant WHERE account_id = $1 ORDER BY id`, accountID)
}

func (s *Service) insertAccount(ctx context.Context, a Account) error {
	_, err := s.desk.DB.Exec(ctx, `
		INSERT INTO account (id, sign_in_name, name, password_hash, created_at) VALUES ($1, $2, $3, $4, $5)`,
		a.ID, a.SignInName, a.Name, a.passwordHash, db.At(a.CreatedAt))
	if db.IsDuplicate(err) {
		return &fault.Error{Kind: fault.ErrInvalid, Fields: []fault.Field{{
			Name: "sign-in-name", Message: fmt.Sprintf("There is an account with the sign-in name %s already.", a.SignInName),
		}}}
	}
	if err != nil {
		return fmt.Errorf("insert account: %w", err)
	}
	for _, g := range a.Grants {
		if err := s.insertGrant(ctx, a.ID, g); err != nil {
			return fmt.Errorf("insert role: %w", err)
		}
	}
	return nil
}

func (s *Service) insertGrant(ctx context.Context, accountID string, g policy.Grant) error {
	_, err := s.desk.DB.Exec(ctx, `
		INSERT INTO role_grant (id, account_id, role, member_id, programme_id, site_id, innovation_id)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		db.NewID(), accountID, string(g.Role), db.NullText(g.Member), db.NullText(g.Programme), db.NullText(g.Site), db.NullText(g.Innovation))
	return err
}
