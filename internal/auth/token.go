package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"
	"time"

	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/fault"
	"sir/internal/policy"
)

// Token is a key by which a program acts as an account, with that account's
// roles as they are at the time. Of the key itself only a hash is kept.
type Token struct {
	ID         string
	AccountID  string
	Name       string
	MadeAt     time.Time
	ExpiresAt  time.Time
	RevokedAt  time.Time // zero while it was not revoked
	LastUsedOn string    // ISO date; empty before the first use
	Expired    bool      // when it was read
}

// Revoked tells whether somebody ended the token.
func (t Token) Revoked() bool { return !t.RevokedAt.IsZero() }

// Live tells whether the token would be let in, as far as it is the token's to
// say: its account may be disabled.
func (t Token) Live() bool { return !t.Revoked() && !t.Expired }

const (
	// tokenPrefix lets a key be known for one where it turns up by mistake.
	tokenPrefix = "sir_"
	tokenBytes  = 20 // of randomness: nobody guesses 160 bits
	// LongestToken is how many days a token may live.
	LongestToken = 365
	liveTokens   = 20 // that one account may have at a time
)

var (
	tokenPattern  = regexp.MustCompile(`^` + tokenPrefix + `[a-z2-7]{32}$`)
	tokenEncoding = base32.StdEncoding.WithPadding(base32.NoPadding)
)

func newSecret() string {
	secret := make([]byte, tokenBytes)
	_, _ = rand.Read(secret) // never fails: see crypto/rand
	return tokenPrefix + strings.ToLower(tokenEncoding.EncodeToString(secret))
}

// hashToken is what is kept of a secret. It needs no salt and no slowness:
// the secret is random all through.
func hashToken(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// NewToken is the input for making a token: Days is how long it lives.
type NewToken struct {
	Name string
	Days int
}

func (n NewToken) check() error {
	var wrong fault.Fields
	if message := displayNameFault(n.Name); message != "" {
		wrong.Add("key-name", "%s", message)
	}
	if n.Days < 1 || n.Days > LongestToken {
		wrong.Add("key-days", "A key can last from 1 day to %d days.", LongestToken)
	}
	return wrong.Err()
}

// MakeToken makes a token for the actor's own account. It answers the secret,
// which cannot be had again. ErrInvalid names what is wrong with the input.
func (s *Service) MakeToken(ctx context.Context, actor policy.Actor, input NewToken) (token Token, secret string, err error) {
	input.Name = strings.TrimSpace(input.Name)
	err = s.desk.Write(ctx, actor, policy.ManageTokens, policy.Object{Account: actor.ID}, func(ctx context.Context) (audit.Note, error) {
		if err := input.check(); err != nil {
			return audit.Note{}, err
		}
		if err := s.lockAccount(ctx, actor.ID); err != nil {
			return audit.Note{}, err
		}
		now := s.desk.Now().Truncate(time.Microsecond)
		if err := s.roomForToken(ctx, actor.ID, input.Name); err != nil {
			return audit.Note{}, err
		}
		token = Token{ID: db.NewID(), AccountID: actor.ID, Name: input.Name, MadeAt: now, ExpiresAt: now.AddDate(0, 0, input.Days)}
		secret = newSecret()
		return token.note("made"), s.insertToken(ctx, token, hashToken(secret))
	})
	if err != nil {
		return Token{}, "", err
	}
	return token, secret, nil
}

func (t Token) note(what string) audit.Note {
	return audit.Note{Object: "account " + t.AccountID, Detail: map[string]string{
		"key": t.Name, "done": what, "expires": t.ExpiresAt.UTC().Format(time.DateOnly),
	}}
}

// roomForToken refuses a second live token of the same name, which nobody
// could tell apart, and more of them than anybody looks after.
func (s *Service) roomForToken(ctx context.Context, accountID, name string) error {
	standing, err := s.tokensOf(ctx, accountID)
	if err != nil {
		return err
	}
	live := 0
	for _, t := range standing {
		if !t.Live() {
			continue
		}
		if live++; t.Name == name {
			return &fault.Error{Kind: fault.ErrInvalid, Fields: []fault.Field{{
				Name: "key-name", Message: "You have a key with this name already. Choose another name, or revoke that key first.",
			}}}
		}
	}
	if live >= liveTokens {
		return fault.Invalid("You have %d keys in use, which is the most there can be. Revoke one that is no longer needed.", live)
	}
	return nil
}

// Tokens answers the actor's own tokens, the newest first.
func (s *Service) Tokens(ctx context.Context, actor policy.Actor) ([]Token, error) {
	if err := s.desk.Read(ctx, actor, policy.ManageTokens, policy.Object{Account: actor.ID}); err != nil {
		return nil, err
	}
	return s.tokensOf(ctx, actor.ID)
}

// AccountTokens are the tokens of one account.
type AccountTokens struct {
	Account Account
	Tokens  []Token // the newest first
}

// AllTokens answers the tokens of the accounts that the actor looks after, by
// sign-in name; accounts without any are left out.
func (s *Service) AllTokens(ctx context.Context, actor policy.Actor) ([]AccountTokens, error) {
	accounts, err := s.List(ctx, actor)
	if err != nil {
		return nil, err
	}
	var all []AccountTokens
	for _, account := range accounts {
		tokens, err := s.tokensOf(ctx, account.ID)
		if err != nil {
			return nil, err
		}
		if len(tokens) > 0 {
			all = append(all, AccountTokens{account, tokens})
		}
	}
	return all, nil
}

// RevokeToken ends one of the actor's own tokens, or one of an account that
// the actor may disable. One that is not there, and one that the actor may not
// end, are answered alike. Ending it again changes nothing.
func (s *Service) RevokeToken(ctx context.Context, actor policy.Actor, id string) error {
	missing := fault.NotFound("There is no such key among those that you look after.")
	token, err := s.tokenBy(ctx, `id = $1`, id)
	if err != nil {
		return notFoundAs(err, missing)
	}
	action, object := policy.ManageTokens, policy.Object{Account: token.AccountID}
	if token.AccountID != actor.ID {
		account, err := s.byID(ctx, token.AccountID)
		if err != nil {
			return err
		}
		action, object = policy.DisableAccount, grantedOver(account)
	}
	if policy.Allow(actor, action, object) != nil {
		return missing
	}
	return s.desk.Write(ctx, actor, action, object, func(ctx context.Context) (audit.Note, error) {
		return token.note("revoked"), s.revokeToken(ctx, id, s.desk.Now())
	})
}

// errToken is the one answer to a token that is mistyped, expired or revoked,
// or whose account is disabled.
var errToken = &fault.Error{
	Kind:    fault.ErrSignedOut,
	Message: "This key is not in use: it may be mistyped, expired or revoked, or its account disabled. Make a new one on the page Your account.",
}

// TokenActor answers who acts by the secret: the account, named together with
// the key, with the roles that it holds now. Any other secret is ErrSignedOut
// and recorded, and slowed down by the address that it comes from
// (ErrTooMany); a right one always passes, since none can be found by trying.
// The first use on a day is recorded as a sign-in.
func (s *Service) TokenActor(ctx context.Context, secret, address string) (policy.Actor, error) {
	token, account, err := s.tokenAccount(ctx, secret)
	if err != nil {
		return policy.Actor{}, err
	}
	if account.ID == "" || account.Disabled() || !token.Live() {
		return policy.Actor{}, s.refuseToken(ctx, token, address)
	}
	actor := account.Actor()
	actor.Name = fmt.Sprintf("%s (key %s)", account.Name, token.Name)
	today := s.desk.Now().UTC().Format(time.DateOnly)
	if token.LastUsedOn == today {
		return actor, nil
	}
	return actor, s.noteUse(ctx, actor, token, today, address)
}

// tokenAccount finds the token and its account; both are zero where there is
// none.
func (s *Service) tokenAccount(ctx context.Context, secret string) (Token, Account, error) {
	if !tokenPattern.MatchString(secret) {
		return Token{}, Account{}, nil
	}
	token, err := s.tokenBy(ctx, `token_hash = $1`, hashToken(secret))
	if err != nil {
		return Token{}, Account{}, notFoundAs(err, nil)
	}
	account, err := s.byID(ctx, token.AccountID)
	return token, account, err
}

// refuseToken counts and records a failure. Its failures are counted apart
// from sign-ins, so that a program with an old key locks out no person.
func (s *Service) refuseToken(ctx context.Context, token Token, address string) error {
	by := subject{"key address " + clip(address), freeByAddress}
	err := s.desk.DB.InTx(ctx, func(ctx context.Context) error { return s.countFailure(ctx, by, s.desk.Now()) })
	if err != nil {
		return err
	}
	note := audit.Note{Object: "key", Detail: map[string]string{"address": clip(address)}}
	if token.ID != "" {
		note = token.note("refused")
		note.Detail["address"] = clip(address)
	}
	record := audit.Record{Actor: policy.Nobody, Action: string(policy.SignIn), Outcome: audit.Refused, Note: note}
	if err := s.desk.Record(ctx, record); err != nil {
		return err
	}
	return errToken
}

func (s *Service) noteUse(ctx context.Context, actor policy.Actor, token Token, today, address string) error {
	return s.desk.DB.InTx(ctx, func(ctx context.Context) error {
		first, err := s.usedOn(ctx, token.ID, today)
		if err != nil || !first {
			return err
		}
		note := token.note("first used today")
		note.Detail["address"] = clip(address)
		return s.desk.Record(ctx, audit.Record{Actor: actor, Action: string(policy.SignIn), Outcome: audit.Done, Note: note})
	})
}
