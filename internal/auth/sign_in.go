package auth

import (
	"context"
	"errors"

	"sir/internal/audit"
	"sir/internal/fault"
	"sir/internal/policy"
)

// errSignIn is the one answer to a wrong name, a wrong password and a disabled
// account, so that it does not tell which names exist.
var errSignIn = &fault.Error{
	Kind: fault.ErrSignedOut, Message: "The sign-in name or the password is not right.",
}

// strangerHash is a hash that fits no password anyone has. It is checked for
// unknown names, so that they take as long as known ones.
const strangerHash = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// SignIn answers the account behind the name and the password. address is
// where the attempt comes from. Repeated failures by account and by address
// are slowed down (ErrTooMany); every outcome but that one is recorded.
func (s *Service) SignIn(ctx context.Context, name, password, address string) (Account, error) {
	name = NormaliseSignInName(name)
	if err := s.countAttempt(ctx, name, address); err != nil {
		return Account{}, err
	}
	account, err := s.identify(ctx, name, password)
	if errors.Is(err, fault.ErrSignedOut) {
		return Account{}, errors.Join(err, s.recordSignIn(ctx, policy.Nobody, audit.Refused, "name "+clip(name), address))
	}
	if err != nil {
		return Account{}, err
	}
	if err := s.forgetAttempt(ctx, name, address); err != nil {
		return Account{}, err
	}
	return account, s.recordSignIn(ctx, account.Actor(), audit.Done, "account "+account.ID, address)
}

// SignInDemo answers the demonstration's account for the role; ErrForbidden
// where it is disabled. Only a server in demo mode offers it.
func (s *Service) SignInDemo(ctx context.Context, role policy.Role, address string) (Account, error) {
	account, err := s.bySignInName(ctx, demoSignInName(role))
	if err != nil {
		return Account{}, err
	}
	if account.Disabled() {
		refused := fault.Forbidden("The demonstration's account for this role is disabled. Choose another role, or let an administrator enable it on the page Accounts.")
		return Account{}, errors.Join(refused, s.recordSignIn(ctx, policy.Nobody, audit.Refused, "account "+account.ID, address))
	}
	return account, s.recordSignIn(ctx, account.Actor(), audit.Done, "account "+account.ID, address)
}

func (s *Service) identify(ctx context.Context, name, password string) (Account, error) {
	var account Account
	if signInNamePattern.MatchString(name) { // no account has any other name
		var err error
		if account, err = s.bySignInName(ctx, name); err != nil && !errors.Is(err, fault.ErrNotFound) {
			return Account{}, err
		}
	}
	hash := account.passwordHash
	if hash == "" {
		hash = strangerHash
	}
	right, err := checkPassword(ctx, hash, password)
	if err != nil {
		return Account{}, err
	}
	if !right || account.passwordHash == "" || account.Disabled() {
		return Account{}, errSignIn
	}
	return account, nil
}

func (s *Service) recordSignIn(ctx context.Context, actor policy.Actor, outcome audit.Outcome, object, address string) error {
	return s.desk.Record(ctx, audit.Record{
		Actor: actor, Action: string(policy.SignIn), Outcome: outcome,
		Note: audit.Note{Object: object, Detail: map[string]string{"address": address}},
	})
}

// Resume answers the account of a session that was opened at the given epoch;
// ErrSignedOut where the account was disabled or signed out everywhere since.
func (s *Service) Resume(ctx context.Context, accountID string, epoch int64) (Account, error) {
	account, err := s.byID(ctx, accountID)
	if errors.Is(err, fault.ErrNotFound) || err == nil && (account.Epoch != epoch || account.Disabled()) {
		return Account{}, fault.SignedOut("You were signed out. Sign in again.")
	}
	return account, err
}

// RecordSignOut notes that the actor ended their session.
func (s *Service) RecordSignOut(ctx context.Context, actor policy.Actor) error {
	return s.desk.Write(ctx, actor, policy.SignOut, policy.Object{}, func(context.Context) (audit.Note, error) {
		return audit.Note{Object: "account " + actor.ID}, nil
	})
}

// clip keeps what a stranger typed short: at most as many bytes as a sign-in
// name may have, as valid UTF-8 without control characters.
func clip(text string) string { return printable(text[:min(len(text), 64)]) }
