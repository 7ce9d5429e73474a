package auth

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/fault"
	"sir/internal/policy"
)

// ToDisable answers the account that Disable would end, for a page that asks
// before it is done. It refuses what Disable refuses.
func (s *Service) ToDisable(ctx context.Context, actor policy.Actor, signInName string) (Account, error) {
	account, err := s.find(ctx, actor, policy.DisableAccount, signInName)
	if err != nil {
		return Account{}, err
	}
	return account, s.mayEnd(ctx, actor, account)
}

// Disable ends an account's sessions and lets it sign in no more. ErrInvalid
// says why an account must stay: it is the actor's own, or the last one that
// can look after the instance.
func (s *Service) Disable(ctx context.Context, actor policy.Actor, signInName string) error {
	account, err := s.find(ctx, actor, policy.DisableAccount, signInName)
	if err != nil {
		return err
	}
	return s.desk.Write(ctx, actor, policy.DisableAccount, grantedOver(account), func(ctx context.Context) (audit.Note, error) {
		// Changing nothing locks the rows, so that two administrators cannot
		// disable each other at the same moment, also on two instances.
		_, err := s.desk.DB.Exec(ctx, `
			UPDATE account SET version = version WHERE id IN (SELECT account_id FROM role_grant WHERE role = $1)`,
			string(policy.InstanceAdmin))
		if err != nil {
			return audit.Note{}, fmt.Errorf("lock the administrators: %w", err)
		}
		if err := s.mayEnd(ctx, actor, account); err != nil {
			return audit.Note{}, err
		}
		return noteOf(account), s.desk.DB.ExecOne(ctx, `
			UPDATE account SET disabled_at = $1, epoch = epoch + 1, version = version + 1 WHERE id = $2`,
			db.At(s.desk.Now()), account.ID)
	})
}

// Enable lets a disabled account sign in again.
func (s *Service) Enable(ctx context.Context, actor policy.Actor, signInName string) error {
	account, err := s.find(ctx, actor, policy.EnableAccount, signInName)
	if err != nil {
		return err
	}
	return s.desk.Write(ctx, actor, policy.EnableAccount, grantedOver(account), func(ctx context.Context) (audit.Note, error) {
		now, err := s.byID(ctx, account.ID)
		if err == nil && !now.Disabled() {
			err = fault.Invalid("The account %s is in use already.", account.SignInName)
		}
		if err != nil {
			return audit.Note{}, err
		}
		return noteOf(account), s.desk.DB.ExecOne(ctx, `
			UPDATE account SET disabled_at = NULL, version = version + 1 WHERE id = $1`, account.ID)
	})
}

func noteOf(account Account) audit.Note {
	return audit.Note{Object: "account " + account.ID, Detail: map[string]string{"sign-in name": account.SignInName}}
}

// find answers the account with a sign-in name to who may do the action to it.
// Who may not is answered alike where there is no such account, so that a
// guess teaches nothing.
func (s *Service) find(ctx context.Context, actor policy.Actor, action policy.Action, signInName string) (Account, error) {
	signInName = NormaliseSignInName(signInName)
	account, err := s.bySignInName(ctx, signInName)
	if err != nil && !errors.Is(err, fault.ErrNotFound) {
		return Account{}, err
	}
	if refused := s.desk.Read(ctx, actor, action, grantedOver(account)); refused != nil {
		return Account{}, refused
	}
	if err != nil {
		return Account{}, fault.NotFound("There is no account with the sign-in name %s.", clip(signInName))
	}
	return account, nil
}

// mayEnd answers an ErrInvalid where the account must stay in use, or is not.
func (s *Service) mayEnd(ctx context.Context, actor policy.Actor, account Account) error {
	if account.ID == actor.ID {
		return fault.Invalid("You cannot disable your own account. Ask another administrator to do it.")
	}
	now, err := s.byID(ctx, account.ID)
	if err != nil {
		return err
	}
	if now.Disabled() {
		return fault.Invalid("The account %s is disabled already.", account.SignInName)
	}
	if !slices.Contains(now.Actor().Roles(), policy.InstanceAdmin) {
		return nil
	}
	var others int
	err = s.desk.DB.Row(ctx, `
		SELECT count(*) FROM account
		WHERE disabled_at IS NULL AND id <> $1 AND id IN (SELECT account_id FROM role_grant WHERE role = $2)`,
		account.ID, string(policy.InstanceAdmin)).Scan(&others)
	if err != nil {
		return fmt.Errorf("count administrators: %w", err)
	}
	if others == 0 {
		return fault.Invalid("%s is the last instance administrator, so the account must stay in use. Give somebody else that role first.", account.Name)
	}
	return nil
}
