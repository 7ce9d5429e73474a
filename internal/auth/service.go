package auth

import (
	"context"
	"fmt"
	"strings"

	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/fault"
	"sir/internal/policy"
	"sir/internal/usecase"
)

// Service holds the use cases of accounts and sign-in.
type Service struct{ desk *usecase.Desk }

// New makes the service.
func New(desk *usecase.Desk) *Service { return &Service{desk} }

// Add adds an account. ErrInvalid names what is wrong with the input.
func (s *Service) Add(ctx context.Context, actor policy.Actor, input NewAccount) (Account, error) {
	input.SignInName = NormaliseSignInName(input.SignInName)
	input.Name = strings.TrimSpace(input.Name)
	if err := input.check(); err != nil {
		return Account{}, err
	}
	hash, err := hashPassword(ctx, input.Password)
	if err != nil {
		return Account{}, err
	}
	return s.add(ctx, actor, Account{
		ID: db.NewID(), SignInName: input.SignInName, Name: input.Name, Epoch: 1,
		CreatedAt: s.desk.Now(), Grants: input.Grants, passwordHash: hash,
	})
}

// AddDemo adds an account that has no password and can only be entered by the
// demonstration's sign-in buttons.
func (s *Service) AddDemo(ctx context.Context, actor policy.Actor, name string, grant policy.Grant) (Account, error) {
	return s.add(ctx, actor, Account{
		ID: db.NewID(), SignInName: demoSignInName(grant.Role), Name: name, Epoch: 1,
		CreatedAt: s.desk.Now(), Grants: []policy.Grant{grant},
	})
}

func demoSignInName(role policy.Role) string {
	return "demo-" + strings.ReplaceAll(string(role), " ", "-")
}

func (s *Service) add(ctx context.Context, actor policy.Actor, account Account) (Account, error) {
	object, err := s.givenOver(ctx, account)
	if err != nil {
		return account, err
	}
	err = s.desk.Write(ctx, actor, policy.AddAccount, object, func(ctx context.Context) (audit.Note, error) {
		var roles []string
		for _, role := range account.Actor().Roles() {
			roles = append(roles, string(role))
		}
		return audit.Note{
			Object: "account " + account.ID,
			Detail: map[string]string{"sign-in name": account.SignInName, "roles": strings.Join(roles, ", ")},
		}, s.insertAccount(ctx, account)
	})
	return account, err
}

// grantedOver is what an administrator must reach to handle the account: the
// member that all of its roles are held for, or everything.
func grantedOver(account Account) policy.Object {
	object := policy.Object{Account: account.ID}
	for i, grant := range account.Grants {
		if grant.Role == policy.InstanceAdmin || i > 0 && grant.Member != object.Member {
			return policy.Object{Account: account.ID}
		}
		object.Member = grant.Member
	}
	return object
}

// givenOver is what an administrator must reach to give out the account's
// roles. A role that is held for a programme, a site or an innovation too may
// reach past the member, so that only who reaches everything can give it. A
// champion of one of the member's own sites does not: of a programme they see
// the total alone.
func (s *Service) givenOver(ctx context.Context, account Account) (policy.Object, error) {
	for _, g := range account.Grants {
		if g.Programme+g.Site+g.Innovation == "" {
			continue
		}
		within := g.Role == policy.SiteChampion && g.Site != "" && g.Innovation == ""
		if within {
			member, err := s.memberOf(ctx, g.Site)
			if err != nil {
				return policy.Object{}, err
			}
			within = member != "" && member == g.Member
		}
		if !within {
			return policy.Object{Account: account.ID}, nil
		}
	}
	return grantedOver(account), nil
}

// List answers the accounts that the actor may see, by sign-in name.
func (s *Service) List(ctx context.Context, actor policy.Actor) ([]Account, error) {
	if !policy.Can(actor, policy.ViewAccounts) {
		return nil, s.desk.Read(ctx, actor, policy.ViewAccounts, policy.Object{})
	}
	all, err := db.List(ctx, s.desk.DB, scanAccount, `SELECT `+accountColumns+` FROM account ORDER BY sign_in_name`)
	if err != nil {
		return nil, fmt.Errorf("list accounts: %w", err)
	}
	visible := all[:0]
	for _, account := range all {
		if account.Grants, err = s.grants(ctx, account.ID); err != nil {
			return nil, fmt.Errorf("list roles: %w", err)
		}
		if policy.Allow(actor, policy.ViewAccounts, grantedOver(account)) == nil {
			visible = append(visible, account)
		}
	}
	return visible, nil
}

// ChangePassword changes the actor's own password and ends all their other
// sessions. It answers the account as it then stands. Guesses at the current
// password are slowed down with those at sign-in (ErrTooMany); address is
// where the attempt comes from.
func (s *Service) ChangePassword(ctx context.Context, actor policy.Actor, current, next, address string) (Account, error) {
	if err := s.desk.Read(ctx, actor, policy.ChangeOwnPassword, policy.Object{Account: actor.ID}); err != nil {
		return Account{}, err
	}
	account, err := s.byID(ctx, actor.ID)
	if err != nil {
		return Account{}, err
	}
	if err := s.checkChange(ctx, account, current, next, address); err != nil {
		return Account{}, err
	}
	hash, err := hashPassword(ctx, next)
	if err != nil {
		return Account{}, err
	}
	return s.endSessions(ctx, actor, policy.ChangeOwnPassword, `password_hash = $2, epoch = epoch + 1`, hash)
}

func (s *Service) checkChange(ctx context.Context, account Account, current, next, address string) error {
	if err := s.countAttempt(ctx, account.SignInName, address); err != nil {
		return err
	}
	right, err := checkPassword(ctx, account.passwordHash, current)
	if err != nil {
		return err
	}
	var wrong fault.Fields
	if !right {
		wrong.Add("current-password", "The current password is not right.")
	} else if err := s.forgetAttempt(ctx, account.SignInName, address); err != nil {
		return err
	}
	if message := passwordFault(account.SignInName, next); message != "" {
		wrong.Add("new-password", "%s", message)
	}
	return wrong.Err()
}

// SignOutEverywhere ends all sessions of the actor, this one included.
func (s *Service) SignOutEverywhere(ctx context.Context, actor policy.Actor) error {
	_, err := s.endSessions(ctx, actor, policy.SignOutEverywhere, `epoch = epoch + 1`)
	return err
}

// endSessions raises the epoch of the actor's own account. set is one of ours.
func (s *Service) endSessions(ctx context.Context, actor policy.Actor, action policy.Action, set string, args ...any) (Account, error) {
	var account Account
	err := s.desk.Write(ctx, actor, action, policy.Object{Account: actor.ID}, func(ctx context.Context) (audit.Note, error) {
		note := audit.Note{Object: "account " + actor.ID}
		err := s.desk.DB.ExecOne(ctx, `UPDATE account SET version = version + 1, `+set+` WHERE id = $1`,
			append([]any{actor.ID}, args...)...)
		if err != nil {
			return note, err
		}
		account, err = s.byID(ctx, actor.ID)
		return note, err
	})
	return account, err
}
